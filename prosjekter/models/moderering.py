"""KS' review rounds, and each mission's own yes or no."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommuner.tilgang import er_missionkurator
from missions.models import Mission
from partnerskap.felles.adresser import adresse
from partnerskap.felles.historikk import Historikk
from prosjekter.kodeverk import Grunn
from prosjekter.models.prosjekt import Prosjekt


def prosjektet_er_synlig_for(bruker):
    """For rows that hang on a project. Asked row by row: few cases wait, and they are not worth a list of all projects."""
    return Exists(Prosjekt.objects.synlige_for(bruker).filter(pk=OuterRef("prosjekt")).order_by())


class ModereringssakQuerySet(models.QuerySet):
    def apne(self):
        """Waiting for KS, oldest first."""
        return self.filter(avgjort_tid=None).order_by("innsendt_tid", "pk")

    def til_vurdering(self):
        """Nothing is public before KS decides."""
        return self.apne().filter(er_etterkontroll=False)

    def etterkontroll(self):
        """Public already; KS looks afterwards."""
        return self.apne().filter(er_etterkontroll=True)

    def hos_eieren(self):
        """Returned and not yet sent in again, the longest first."""
        return self.filter(vedtak="til_retting", prosjekt__status="til_retting", er_siste=True).order_by(
            "avgjort_tid", "pk"
        )

    def avgjorte(self):
        return self.exclude(avgjort_tid=None).order_by("-avgjort_tid", "-pk")

    def synlige_for(self, bruker):
        return self.filter(prosjektet_er_synlig_for(bruker))

    def med_runder(self):
        """With `er_siste`, and `er_ny`: whether it is the project's first round that counts."""
        andre = Modereringssak.objects.filter(prosjekt=OuterRef("prosjekt")).exclude(pk=OuterRef("pk"))
        return self.annotate(
            er_siste=~Exists(andre.filter(pk__gt=OuterRef("pk"))),
            er_ny=~Exists(andre.filter(pk__lt=OuterRef("pk")).exclude(vedtak="trukket")),
        )

    def for_ko(self):
        """With what a row in the queue shows; constant number of queries."""
        return self.med_runder().select_related("prosjekt__eier", "innsendt_av", "avgjort_av")


class Modereringssak(models.Model):
    """One round: sent in, then decided with a reason. At most one is open for a project."""

    class Vedtak(models.TextChoices):
        PUBLISERT = "publisert", _("Publisert")
        TIL_RETTING = "til_retting", _("Sendt til retting")
        TRUKKET = "trukket", _("Trukket tilbake")
        SETT = "sett", _("Sett i etterkant")  # it was public before KS looked
        AVPUBLISERT = "avpublisert", _("Avpublisert")

    prosjekt = models.ForeignKey(Prosjekt, on_delete=models.CASCADE, related_name="modereringssaker")
    er_etterkontroll = models.BooleanField(default=False)
    versjon = models.PositiveIntegerField()  # the project's version when it was sent in
    innsendt_tid = models.DateTimeField(default=timezone.now)
    innsendt_av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    avgjort_tid = models.DateTimeField(null=True, blank=True)
    avgjort_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    vedtak = models.CharField(max_length=12, choices=Vedtak.choices, blank=True)
    grunn = models.CharField(_("grunn"), max_length=25, choices=Grunn.choices, blank=True)
    begrunnelse = models.TextField(_("begrunnelse"), max_length=2000, blank=True)

    objects = ModereringssakQuerySet.as_manager()

    class Meta:
        verbose_name = _("modereringssak")
        verbose_name_plural = _("modereringssaker")
        ordering = ["-innsendt_tid", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["prosjekt"], condition=Q(avgjort_tid=None), name="modereringssak_en_apen"),
            models.CheckConstraint(
                name="modereringssak_vedtak_og_tid_foelges",
                condition=Q(avgjort_tid=None, vedtak="") | (Q(avgjort_tid__isnull=False) & ~Q(vedtak="")),
                violation_error_message=_("Vedtak og tidspunkt må settes sammen."),
            ),
        ]
        indexes = [
            models.Index(fields=["innsendt_tid"], name="modereringssak_ko", condition=Q(avgjort_tid=None)),
        ]

    def __str__(self):
        return f"{self.prosjekt} {self.innsendt_tid:%Y-%m-%d}"

    def get_absolute_url(self):
        return adresse("prosjekter:sak", self.pk)

    @property
    def dager_ventet(self):
        """Whole days since it was sent in, as people count them."""
        return (timezone.localdate() - timezone.localdate(self.innsendt_tid)).days


class MissiontilknytningQuerySet(models.QuerySet):
    def godtatte(self):
        return self.filter(svar="godtatt")

    def ventende_for(self, bruker):
        """Proposals this person may answer, oldest first: her own missions' and those of missions without a curator.

        Only of projects she may see: a curator who is no moderator meets them when they are published.
        """
        if not er_missionkurator(bruker):
            return self.none()
        return self.filter(
            Q(mission__kurator=None) | Q(mission__kurator=bruker),
            prosjektet_er_synlig_for(bruker),
            svar="foreslatt",
        ).order_by("foreslatt_tid", "pk")


class Missiontilknytning(models.Model):
    """A project proposed to a mission; that mission's curator decides."""

    class Svar(models.TextChoices):
        FORESLATT = "foreslatt", _("Foreslått")
        GODTATT = "godtatt", _("Godtatt")
        AVSLATT = "avslatt", _("Avslått")

    prosjekt = models.ForeignKey(Prosjekt, on_delete=models.CASCADE, related_name="missiontilknytninger")
    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="tilknytninger")
    svar = models.CharField(_("svar"), max_length=10, choices=Svar.choices, default=Svar.FORESLATT)
    begrunnelse = models.TextField(_("begrunnelse"), max_length=1000, blank=True)
    foreslatt_tid = models.DateTimeField(default=timezone.now)
    foreslatt_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    avgjort_tid = models.DateTimeField(null=True, blank=True)
    avgjort_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    historikk = Historikk()

    objects = MissiontilknytningQuerySet.as_manager()

    class Meta:
        verbose_name = _("tilknytning til mission")
        verbose_name_plural = _("tilknytninger til missions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["prosjekt", "mission"], name="missiontilknytning_unik"),
        ]
        indexes = [models.Index(fields=["mission", "svar", "prosjekt"], name="missiontilknytning_svar")]

    def __str__(self):
        return f"{self.prosjekt} → {self.mission}: {self.get_svar_display()}"

    @property
    def dager_ventet(self):
        return (timezone.localdate() - timezone.localdate(self.foreslatt_tid)).days
