"""Questions to a project through the portal, and reports of what should not stand here."""

import uuid
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommuner.tilgang import arbeider_for, er_moderator
from prosjekter.kodeverk import EIERROLLER, Meldegrunn
from prosjekter.models.barriere import Barriere
from prosjekter.models.eksperiment import Eksperiment
from prosjekter.models.filer import Bilde, Lenke, Vedlegg
from prosjekter.models.gjenbruk import Gjenbruk
from prosjekter.models.komplementaritet import Komplementaritet
from prosjekter.models.laering import Laering
from prosjekter.models.prosjekt import Deltakelse, Prosjekt


class HenvendelseQuerySet(models.QuerySet):
    def synlige_for(self, bruker):
        """Whoever wrote it, and those it was written to. KS only sees what has been reported."""
        if not bruker.is_authenticated:
            return self.none()
        vare = Deltakelse.objects.aktive().filter(organisasjon__in=arbeider_for(bruker), rolle__in=EIERROLLER)
        synlig = Q(avsender=bruker) | Q(prosjekt__in=vare.values("prosjekt"))
        if er_moderator(bruker):
            synlig |= Q(pk__in=Innholdsmelding.objects.exclude(henvendelse=None).values("henvendelse"))
        return self.filter(synlig)


class Henvendelse(models.Model):
    """A question to those who look after a project. Nobody's address was shown; the sender gave hers with the question.

    Erased after 90 days (prosjekter.henvendelser.rydd), when it has long been answered by mail.
    """

    prosjekt = models.ForeignKey(Prosjekt, on_delete=models.CASCADE, related_name="henvendelser")
    avsender = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="henvendelser")
    tekst = models.TextField(_("spørsmålet"), max_length=3000)
    sendt_tid = models.DateTimeField(default=timezone.now)
    nokkel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = HenvendelseQuerySet.as_manager()

    class Meta:
        verbose_name = _("henvendelse")
        verbose_name_plural = _("henvendelser")
        ordering = ["-sendt_tid", "-pk"]

    def __str__(self):
        return f"{self.prosjekt} {self.sendt_tid:%Y-%m-%d}"


class InnholdsmeldingQuerySet(models.QuerySet):
    def apne(self):
        """Waiting for KS, oldest first."""
        return self.filter(avgjort_tid=None).order_by("meldt_tid", "pk")

    def synlige_for(self, bruker):
        return self.all() if er_moderator(bruker) else self.none()


OM = (
    "gjenbruk",
    "henvendelse",
    "eksperiment",
    "komplementaritet",
    "laering",
    "barriere",
    "bilde",
    "vedlegg",
    "lenke",
)  # a report is about one of these


def hoyst_en_ting():
    """One of them is set; or none, when what it was about is deleted."""
    return reduce(or_, (Q(**{f"{felt}__isnull": True for felt in OM if felt != denne}) for denne in OM))


class Innholdsmelding(models.Model):
    """Somebody says that something written here should not be. KS answers with a reason.

    It waits for KS also when what it is about is deleted: that may be how somebody answered it, and the one who
    reported it is still to hear. `navn` is what it was called then.
    """

    gjenbruk = models.ForeignKey(Gjenbruk, on_delete=models.SET_NULL, null=True, blank=True, related_name="meldinger")
    henvendelse = models.ForeignKey(
        Henvendelse, on_delete=models.SET_NULL, null=True, blank=True, related_name="meldinger"
    )
    eksperiment = models.ForeignKey(
        Eksperiment, on_delete=models.SET_NULL, null=True, blank=True, related_name="meldinger"
    )
    komplementaritet = models.ForeignKey(
        Komplementaritet, on_delete=models.SET_NULL, null=True, blank=True, related_name="meldinger"
    )
    laering = models.ForeignKey(Laering, on_delete=models.SET_NULL, null=True, blank=True, related_name="meldinger")
    barriere = models.ForeignKey(Barriere, on_delete=models.SET_NULL, null=True, blank=True, related_name="meldinger")
    bilde = models.ForeignKey(Bilde, on_delete=models.SET_NULL, null=True, blank=True, related_name="meldinger")
    vedlegg = models.ForeignKey(Vedlegg, on_delete=models.SET_NULL, null=True, blank=True, related_name="meldinger")
    lenke = models.ForeignKey(Lenke, on_delete=models.SET_NULL, null=True, blank=True, related_name="meldinger")
    navn = models.CharField(_("hva det gjelder"), max_length=300, db_default="", editable=False)
    grunn = models.CharField(_("hva er galt?"), max_length=20, choices=Meldegrunn.choices)
    tekst = models.TextField(_("hva bør KS vite?"), max_length=1000, blank=True)
    meldt_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="meldinger"
    )
    meldt_tid = models.DateTimeField(default=timezone.now)
    svar = models.TextField(_("svar"), max_length=1000, blank=True)
    avgjort_tid = models.DateTimeField(null=True, blank=True)
    avgjort_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = InnholdsmeldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("melding om innhold")
        verbose_name_plural = _("meldinger om innhold")
        ordering = ["-meldt_tid", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="innholdsmelding_hoyst_en_ting",
                condition=hoyst_en_ting(),
                violation_error_message=_("En melding gjelder én ting."),
            ),
            *(
                models.UniqueConstraint(
                    fields=[felt, "meldt_av"],
                    condition=Q(avgjort_tid=None),
                    name=f"innholdsmelding_en_apen_om_{felt}",
                    violation_error_message=_("Du har alt meldt fra om dette."),
                )
                for felt in OM
            ),
        ]

    def __str__(self):
        return f"{self.get_grunn_display()} {self.meldt_tid:%Y-%m-%d}"

    @property
    def om(self):
        """The reported thing itself. None when it is deleted."""
        return next((getattr(self, felt) for felt in OM if getattr(self, f"{felt}_id")), None)

    @property
    def er_nede(self):
        """KS has taken it down since."""
        return getattr(self.om, "tatt_ned_tid", None) is not None

    @property
    def adresse(self):
        """Where it stands, and where it can be taken down. Nowhere when it is deleted."""
        ting = self.henvendelse.prosjekt if self.henvendelse_id else self.om
        return ting.get_absolute_url() if ting else ""

    @property
    def innhold(self):
        """What was reported, as it stands now."""
        if self.henvendelse_id:
            return self.henvendelse.tekst
        return self.om.ord if self.om else ""
