"""How a project relates to what others do: said by its own people, answered by the other side."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommuner.tilgang import arbeider_for, er_moderator
from missions.models import EksterntInitiativ, Mission, Utfordring
from partnerskap.felles.adresser import adresse
from partnerskap.felles.historikk import Historikk
from prosjekter.kodeverk import EIERROLLER, TRENGER_SVAR, Samspillstype, Samspillsvar
from prosjekter.models.nedtaking import KanTasNed
from prosjekter.models.prosjekt import Deltakelse, Prosjekt

MAALFELT = ("til_prosjekt", "utfordring", "mission", "initiativ")


def ett_maal():
    """Exactly one of the four."""
    vilkaar = Q()
    for valgt in MAALFELT:
        vilkaar |= Q(**{f"{felt}__isnull": felt != valgt for felt in MAALFELT})
    return vilkaar


class KomplementaritetQuerySet(models.QuerySet):
    def offentlige(self):
        """What may be shown at all: «ikke relevant» is the author's own note, and KS may have taken one down."""
        return self.exclude(type=Samspillstype.IKKE_RELEVANT).filter(tatt_ned_tid=None)

    def synlige_for(self, bruker):
        """THE rule: whoever may see both ends sees the relation.

        «Ikke relevant» is seen by the project's own people alone; what KS has taken down, by them and KS.
        """
        apen = ~Q(type=Samspillstype.IKKE_RELEVANT)
        synlig = apen & Q(tatt_ned_tid=None)
        if er_moderator(bruker):
            synlig |= apen
        if ider := arbeider_for(bruker):
            eier = Deltakelse.objects.aktive().filter(
                prosjekt=OuterRef("fra"), organisasjon__in=ider, rolle__in=EIERROLLER
            )
            synlig |= Q(Exists(eier))
        return self.filter(synlig, _synlig(Prosjekt, "fra", bruker)).filter(
            Q(til_prosjekt=None) | _synlig(Prosjekt, "til_prosjekt", bruker),
            Q(utfordring=None) | _synlig(Utfordring, "utfordring", bruker),
            Q(mission=None) | _synlig(Mission, "mission", bruker),
            Q(initiativ=None) | _synlig(EksterntInitiativ, "initiativ", bruker),
        )

    def ved(self, prosjekt):
        """From the project or to it."""
        return self.filter(Q(fra=prosjekt) | Q(til_prosjekt=prosjekt))

    def tell(self, ider):
        """Set how many relations each of these projects has, from it and to it."""
        for pk in ider:
            Prosjekt.objects.filter(pk=pk).update(antall_samspill=self.model.objects.offentlige().ved(pk).count())

    def for_visning(self):
        """With what a row shows; one query."""
        return self.select_related("fra__eier", "til_prosjekt__eier", "utfordring__eier", "mission", "initiativ")

    def ubesvarte_til(self, bruker):
        """Said of projects this person may answer for, and she has not. Only where the answer matters."""
        ider = arbeider_for(bruker)
        eier = Deltakelse.objects.aktive().filter(
            prosjekt=OuterRef("til_prosjekt"), organisasjon__in=ider, rolle__in=EIERROLLER
        )
        return self.offentlige().filter(Exists(eier), svar="", fra__status="publisert", type__in=TRENGER_SVAR)


def _synlig(modell, felt, bruker):
    return Exists(modell.objects.synlige_for(bruker).filter(pk=OuterRef(felt)).order_by())


class Komplementaritet(KanTasNed):
    """`fra` stands in this relation to exactly one other thing. One relation for each pair.

    «Ikke relevant» is a choice too: it is kept so that the author is not asked again, and never shown to others.
    """

    fra = models.ForeignKey(
        Prosjekt, on_delete=models.CASCADE, related_name="komplementariteter", verbose_name=_("prosjektet")
    )
    til_prosjekt = models.ForeignKey(
        Prosjekt, on_delete=models.CASCADE, null=True, blank=True, related_name="omtalt_i", verbose_name=_("prosjekt")
    )
    utfordring = models.ForeignKey(
        Utfordring, on_delete=models.CASCADE, null=True, blank=True, related_name="komplementariteter",
        verbose_name=_("utfordring"),
    )  # fmt: skip
    mission = models.ForeignKey(
        Mission, on_delete=models.CASCADE, null=True, blank=True, related_name="komplementariteter",
        verbose_name=_("mission"),
    )  # fmt: skip
    initiativ = models.ForeignKey(
        EksterntInitiativ, on_delete=models.CASCADE, null=True, blank=True, related_name="komplementariteter",
        verbose_name=_("eksternt initiativ"),
    )  # fmt: skip
    type = models.CharField(_("slik"), max_length=15, choices=Samspillstype.choices)
    begrunnelse = models.CharField(_("begrunnelse"), max_length=500, blank=True)
    # The other project's people: do they agree?
    svar = models.CharField(_("svar"), max_length=12, choices=Samspillsvar.choices, blank=True)
    kommentar = models.CharField(_("kommentar"), max_length=500, blank=True)
    svart_tid = models.DateTimeField(null=True, blank=True)
    svart_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    av = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="sagt_om_samspill"
    )
    opprettet_tid = models.DateTimeField(default=timezone.now)
    endret_tid = models.DateTimeField(default=timezone.now)
    varslet_tid = models.DateTimeField(null=True, blank=True)  # the other side was told of it as it is now
    tatt_ned_begrunnelse = models.TextField(_("hvorfor det er tatt ned"), max_length=2000, blank=True)
    versjon = models.PositiveIntegerField(default=1, editable=False)
    er_eksempel = models.BooleanField(_("eksempeldata"), default=False)
    historikk = Historikk(excluded_fields=["varslet_tid", "endret_tid"])

    objects = KomplementaritetQuerySet.as_manager()

    class Meta:
        verbose_name = _("komplementaritet")
        verbose_name_plural = _("komplementariteter")
        ordering = ["opprettet_tid", "pk"]
        constraints = [
            *KanTasNed.Meta.constraints,
            models.CheckConstraint(
                name="komplementaritet_ett_maal",
                condition=ett_maal(),
                violation_error_message=_("Velg én ting det henger sammen med."),
            ),
            models.CheckConstraint(
                name="komplementaritet_ikke_seg_selv",
                condition=Q(til_prosjekt=None) | ~Q(til_prosjekt=models.F("fra")),
                violation_error_message=_("Et prosjekt henger alltid sammen med seg selv."),
            ),
            models.CheckConstraint(
                name="komplementaritet_overlapp_har_begrunnelse",
                condition=~Q(type="overlapper") | ~Q(begrunnelse=""),
                violation_error_message=_("Skriv hvorfor det trengs to."),
            ),
            models.CheckConstraint(
                name="komplementaritet_svar_og_tid_foelges",
                condition=Q(svar="", svart_tid=None) | (~Q(svar="") & Q(svart_tid__isnull=False)),
                violation_error_message=_("Svar og tidspunkt må settes sammen."),
            ),
            models.CheckConstraint(
                name="komplementaritet_svar_fra_prosjekt",
                condition=Q(svar="") | Q(til_prosjekt__isnull=False),
                violation_error_message=_("Bare et prosjekt kan svare."),
            ),
            *(
                models.UniqueConstraint(
                    fields=["fra", felt],
                    condition=Q(**{f"{felt}__isnull": False}),
                    name=f"komplementaritet_{felt}_unik",
                    violation_error_message=_("Dere har alt sagt hvordan dette henger sammen."),
                )
                for felt in MAALFELT
            ),
        ]

    def __str__(self):
        return f"{self.fra} {self.get_type_display().lower()}: {self.maal}"

    def get_absolute_url(self):
        return adresse("prosjekter:samspill_svar", self.fra.slug, self.pk)

    @property
    def maalfelt(self):
        return next(felt for felt in MAALFELT if getattr(self, f"{felt}_id"))

    @property
    def maal(self):
        """What it relates to."""
        return getattr(self, self.maalfelt)

    @property
    def prosjekt(self):
        """The one that said it."""
        return self.fra

    @property
    def ord(self):
        """All that is written in it."""
        return "\n\n".join(t for t in (self.begrunnelse, self.kommentar) if t)

    @property
    def er_enige(self):
        return self.svar == Samspillsvar.ENIG
