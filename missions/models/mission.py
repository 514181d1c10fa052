"""WHY: the societal challenges KS prioritises, missions under them, and KS' own main projects.

What curators edit carries two things: `versjon`, the optimistic lock that every save raises by one, and `nokkel`, made
when the form for a new one is shown, so that a double click makes one row (missions.handlinger).
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kommuner.tilgang import er_missionkurator
from missions.kodeverk import Missionstatus
from partnerskap.felles.adresser import adresse
from partnerskap.felles.historikk import Historikk

# Addresses below /missions/ that are pages of their own, see partnerskap/urls.py.
OPPTATTE_SLUGGER = ("ny", "utfordringer", "hovedprosjekter")


def ledig_slug(navn, opptatte=OPPTATTE_SLUGGER):
    """A slug never taken from under the portal's own pages."""
    return models.CheckConstraint(
        name=navn, condition=~Q(slug__in=opptatte), violation_error_message=_("Denne adressen er opptatt.")
    )


class SamfunnsutfordringQuerySet(models.QuerySet):
    def med_innhold(self, bruker):
        """With the missions the person may see, main projects and key figures; four queries whatever the number."""
        return self.prefetch_related(
            models.Prefetch("missions", Mission.objects.synlige_for(bruker)),
            models.Prefetch("hovedprosjekter", Hovedprosjekt.objects.all()),
            "nokkeltall",
        )


class Samfunnsutfordring(models.Model):
    """A broad problem KS has said it prioritises."""

    navn = models.CharField(_("navn"), max_length=120)
    slug = models.SlugField(max_length=80, unique=True)
    ingress = models.CharField(_("ingress"), max_length=300)
    beskrivelse = models.TextField(_("beskrivelse"), max_length=8000, blank=True)
    kilde = models.CharField(_("kilde"), max_length=300, blank=True)
    er_prioritert = models.BooleanField(_("prioritert av KS"), default=True)
    rekkefolge = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)
    versjon = models.PositiveIntegerField(default=1, editable=False)
    nokkel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    historikk = Historikk()

    objects = SamfunnsutfordringQuerySet.as_manager()

    class Meta:
        verbose_name = _("samfunnsutfordring")
        verbose_name_plural = _("samfunnsutfordringer")
        ordering = ["rekkefolge", "pk"]
        constraints = [ledig_slug("samfunnsutfordring_slug_ledig")]

    def __str__(self):
        return self.navn

    def get_absolute_url(self):
        return adresse("missions:samfunnsutfordring", self.slug)


class Nokkeltall(models.Model):
    """One figure about a challenge. Never shown without its source and year."""

    samfunnsutfordring = models.ForeignKey(Samfunnsutfordring, on_delete=models.CASCADE, related_name="nokkeltall")
    verdi = models.CharField(_("tall"), max_length=20)
    tekst = models.CharField(_("hva tallet sier"), max_length=200)
    aar = models.PositiveSmallIntegerField(_("år"))
    kilde = models.CharField(_("kilde"), max_length=200)
    rekkefolge = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)
    historikk = Historikk()

    class Meta:
        verbose_name = _("nøkkeltall")
        verbose_name_plural = _("nøkkeltall")
        ordering = ["rekkefolge", "pk"]

    def __str__(self):
        return f"{self.verdi} {self.tekst}"


class MissionQuerySet(models.QuerySet):
    def synlige_for(self, bruker):
        """Published missions; a curator also sees those not yet shown."""
        return self if er_missionkurator(bruker) else self.filter(er_publisert=True)


class Mission(models.Model):
    """A shared goal with a deadline, under a challenge. `versjon` guards against two editors at once."""

    samfunnsutfordring = models.ForeignKey(Samfunnsutfordring, on_delete=models.PROTECT, related_name="missions")
    tittel = models.CharField(_("tittel"), max_length=120)
    slug = models.SlugField(max_length=80, unique=True)
    retningsmal = models.CharField(_("retningsmål"), max_length=300)
    beskrivelse = models.TextField(_("beskrivelse"), max_length=8000, blank=True)
    hvorfor_haster = models.TextField(_("hvorfor det haster"), max_length=8000, blank=True)
    vent_kostnad = models.TextField(_("hva det koster å vente"), max_length=8000, blank=True)
    status = models.CharField(
        _("status"), max_length=20, choices=Missionstatus.choices, default=Missionstatus.UNDER_UTFORMING
    )
    frist = models.DateField(_("frist"), null=True, blank=True)
    periode_fra = models.DateField(_("periode fra"), null=True, blank=True)
    periode_til = models.DateField(_("periode til"), null=True, blank=True)
    kurator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="kurerte_missions",
        verbose_name=_("kurator"),
    )
    er_publisert = models.BooleanField(_("vises for alle"), default=False)
    er_eksempel = models.BooleanField(_("eksempeldata"), default=False)
    versjon = models.PositiveIntegerField(default=1, editable=False)
    nokkel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    historikk = Historikk()

    objects = MissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mission")
        verbose_name_plural = _("missions")
        ordering = ["samfunnsutfordring__rekkefolge", "tittel", "pk"]
        constraints = [
            ledig_slug("mission_slug_ledig"),
            models.CheckConstraint(
                name="mission_periode_til_etter_fra",
                condition=Q(periode_fra=None) | Q(periode_til=None) | Q(periode_til__gte=F("periode_fra")),
                violation_error_message=_("Perioden må slutte etter at den har begynt."),
            ),
        ]

    def __str__(self):
        return self.tittel

    def get_absolute_url(self):
        return adresse("missionside", self.slug)


class Hovedprosjekt(models.Model):
    """A project KS itself leads under a challenge, possibly within a mission."""

    samfunnsutfordring = models.ForeignKey(
        Samfunnsutfordring, on_delete=models.PROTECT, null=True, blank=True, related_name="hovedprosjekter"
    )  # empty for work on administration and politics as such
    mission = models.ForeignKey(
        Mission, on_delete=models.SET_NULL, null=True, blank=True, related_name="hovedprosjekter"
    )
    tittel = models.CharField(_("tittel"), max_length=120)
    slug = models.SlugField(max_length=80, unique=True)
    ingress = models.CharField(_("ingress"), max_length=300)
    beskrivelse = models.TextField(_("beskrivelse"), max_length=8000, blank=True)
    kilde = models.CharField(_("kilde"), max_length=300, blank=True)
    rekkefolge = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)
    versjon = models.PositiveIntegerField(default=1, editable=False)
    nokkel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    historikk = Historikk()

    class Meta:
        verbose_name = _("hovedprosjekt")
        verbose_name_plural = _("hovedprosjekter")
        ordering = ["rekkefolge", "pk"]
        constraints = [ledig_slug("hovedprosjekt_slug_ledig")]

    def __str__(self):
        return self.tittel

    def get_absolute_url(self):
        return adresse("missions:hovedprosjekt", self.slug)
