"""Shared needs, «for stort for oss alene»: one municipality posts it, others sign that they have it too."""

import uuid
from functools import reduce
from operator import or_

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommuner.models import Organisasjon
from kommuner.tilgang import arbeider_for, er_missionkurator, er_moderator
from missions.kodeverk import Svarstatus, Utfordringsstatus
from missions.models.mission import Mission, ledig_slug
from partnerskap.felles.adresser import adresse
from partnerskap.felles.historikk import Historikk
from sok.indeks import Sokerad

# Addresses below /utfordringer/ that are pages of their own.
OPPTATTE = ("ny", "ko")


class UtfordringQuerySet(models.QuerySet):
    def publiserte(self):
        return self.filter(status=Utfordringsstatus.PUBLISERT)

    def synlige_for(self, bruker):
        """THE rule: what is published is for all; the rest for its owner's people. KS sees all but drafts."""
        synlig = Q(status=Utfordringsstatus.PUBLISERT)
        if er_moderator(bruker) or er_missionkurator(bruker):
            synlig |= ~Q(status=Utfordringsstatus.KLADD)
        if ider := arbeider_for(bruker):
            synlig |= Q(eier__in=ider)
        return self.filter(synlig)

    def i_mission(self, mission):
        """Published needs a curator has taken into the mission."""
        return self.publiserte().filter(mission=mission)

    def hos(self, organisasjon_ider):
        """Published needs that one of these organisations carries: posted or signed by it."""
        return self.publiserte().filter(_underskrevet(organisasjon__in=organisasjon_ider))

    def i_fylkene(self, numre):
        """Published needs that somebody in one of the counties carries."""
        der = Q(organisasjon__fylke__nummer__in=numre) | Q(organisasjon__kommune__fylke__nummer__in=numre)
        return self.publiserte().filter(Exists(_rader().filter(der)))

    def med_svarstatus(self, *svarstatuser):
        """How far KS has come with it, one of these; see Svarstatus."""
        return self.filter(reduce(or_, (SVARSTATUS[s] for s in svarstatuser)))

    def venter_pa_kurator(self):
        """Many enough have signed, and nobody has taken it on. The longest waiting first."""
        return self.publiserte().filter(SVARSTATUS[Svarstatus.HOS_KS]).order_by("terskel_tid", "pk")

    def ikke_sett(self):
        """Public, and KS has not looked since it was last changed. Oldest first."""
        return self.publiserte().filter(sett_tid=None).order_by("endret_tid", "pk")

    def for_rad(self):
        """With what utfordringer/_rad.html shows, and no more."""
        return self.select_related("eier").only(
            "tittel", "slug", "beskrivelse", "antall", "mission", "svar_tid", "terskel_tid", "publisert_tid", "er_eksempel",
            "eier__navn",
        )  # fmt: skip

    def for_kort(self):
        return self.select_related("eier__kommune", "eier__fylke", "mission")


SVARSTATUS = {
    Svarstatus.APEN: Q(mission=None, svar_tid=None, terskel_tid=None),
    Svarstatus.HOS_KS: Q(mission=None, svar_tid=None, terskel_tid__isnull=False),
    Svarstatus.BESVART: Q(mission=None, svar_tid__isnull=False),
    Svarstatus.I_MISSION: Q(mission__isnull=False),
}


def _rader():
    return Medunderskrift.objects.filter(utfordring=OuterRef("pk"), trukket_tid=None)


def _underskrevet(**felt):
    return Exists(_rader().filter(**felt))


class Utfordring(models.Model):
    """A need. `antall` is how many organisations carry it, the owner among them, kept by utfordring_handlinger."""

    tittel = models.CharField(_("tittel"), max_length=120)
    slug = models.SlugField(max_length=80, unique=True, editable=False)
    beskrivelse = models.TextField(_("problemet"), max_length=4000)
    hvem = models.TextField(_("hvem det gjelder"), max_length=1000, blank=True)
    provd = models.TextField(_("det som er prøvd"), max_length=4000, blank=True)
    mangler = models.TextField(_("det som mangler"), max_length=2000, blank=True)
    eier = models.ForeignKey(
        Organisasjon, on_delete=models.PROTECT, related_name="utfordringer", verbose_name=_("meldt av")
    )
    foreslatt_mission = models.ForeignKey(
        Mission, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("foreslått mission")
    )
    mission = models.ForeignKey(
        Mission,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="utfordringer",
        verbose_name=_("mission"),
    )
    status = models.CharField(
        _("status"), max_length=15, choices=Utfordringsstatus.choices, default=Utfordringsstatus.KLADD
    )
    antall = models.PositiveIntegerField(default=0, editable=False)
    terskel_tid = models.DateTimeField(_("nok har skrevet under"), null=True, blank=True)
    sett_tid = models.DateTimeField(null=True, blank=True)  # KS has looked at it as it is now
    svar = models.TextField(_("svar fra KS"), max_length=4000, blank=True)
    svar_tid = models.DateTimeField(null=True, blank=True)
    begrunnelse = models.TextField(_("hvorfor den er tatt ned"), max_length=1000, blank=True)
    slatt_sammen_med = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="innlemmede",
        verbose_name=_("er nå del av"),
    )
    opprettet_av = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="meldte_utfordringer"
    )
    opprettet_tid = models.DateTimeField(default=timezone.now)
    endret_tid = models.DateTimeField(default=timezone.now)
    publisert_tid = models.DateTimeField(null=True, blank=True)
    versjon = models.PositiveIntegerField(default=1, editable=False)
    nokkel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    er_eksempel = models.BooleanField(_("eksempeldata"), default=False)
    historikk = Historikk(excluded_fields=["antall"])

    objects = UtfordringQuerySet.as_manager()

    class Meta:
        verbose_name = _("utfordring")
        verbose_name_plural = _("utfordringer")
        ordering = ["-publisert_tid", "-pk"]
        indexes = [
            models.Index(fields=["status", "-publisert_tid", "-id"], name="utfordring_nyeste"),
            models.Index(fields=["status", "-antall", "-id"], name="utfordring_flest"),
        ]
        constraints = [
            ledig_slug("utfordring_slug_ledig", OPPTATTE),
            models.CheckConstraint(
                name="utfordring_publisert_har_tid",
                condition=~Q(status=Utfordringsstatus.PUBLISERT) | Q(publisert_tid__isnull=False),
                violation_error_message=_("En publisert utfordring må ha publiseringstid."),
            ),
            models.CheckConstraint(
                name="utfordring_slatt_sammen_har_maal",
                condition=Q(status=Utfordringsstatus.SLATT_SAMMEN, slatt_sammen_med__isnull=False)
                | (~Q(status=Utfordringsstatus.SLATT_SAMMEN) & Q(slatt_sammen_med=None)),
                violation_error_message=_("En utfordring som er slått sammen, må vise til den andre."),
            ),
        ]

    def __str__(self):
        return self.tittel

    def get_absolute_url(self):
        return adresse("utfordringer:utfordring", self.slug)

    @property
    def er_publisert(self):
        return self.status == Utfordringsstatus.PUBLISERT

    @property
    def svarstatus(self):
        if self.mission_id:
            return Svarstatus.I_MISSION
        if self.svar_tid:
            return Svarstatus.BESVART
        return Svarstatus.HOS_KS if self.terskel_tid else Svarstatus.APEN


class MedunderskriftQuerySet(models.QuerySet):
    def gjeldende(self):
        return self.filter(trukket_tid=None)


class Medunderskrift(models.Model):
    """«Vi har den også», on behalf of an organisation. The owner has a row too, from the day it was published."""

    utfordring = models.ForeignKey(Utfordring, on_delete=models.CASCADE, related_name="medunderskrifter")
    organisasjon = models.ForeignKey(Organisasjon, on_delete=models.PROTECT, related_name="medunderskrifter")
    begrunnelse = models.CharField(_("slik er det hos oss"), max_length=300, blank=True)
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    tid = models.DateTimeField(default=timezone.now)
    trukket_tid = models.DateTimeField(_("trukket"), null=True, blank=True)
    historikk = Historikk()

    objects = MedunderskriftQuerySet.as_manager()

    class Meta:
        verbose_name = _("medunderskrift")
        verbose_name_plural = _("medunderskrifter")
        ordering = ["tid", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["utfordring", "organisasjon"],
                condition=Q(trukket_tid=None),
                name="medunderskrift_en_gang",
                violation_error_message=_("Organisasjonen har allerede skrevet under."),
            )
        ]
        indexes = [models.Index(fields=["organisasjon", "utfordring"], name="medunderskrift_organisasjon")]

    def __str__(self):
        return f"{self.organisasjon}: {self.utfordring}"


class Utfordringsoppsett(models.Model):
    """What KS decides about needs. One row."""

    terskel = models.PositiveSmallIntegerField(
        _("så mange må ha den før kuratorene får den"),
        default=5,
        validators=[MinValueValidator(2), MaxValueValidator(400)],
    )
    historikk = Historikk()

    class Meta:
        verbose_name = _("oppsett for utfordringer")
        verbose_name_plural = _("oppsett for utfordringer")
        constraints = [models.CheckConstraint(name="utfordringsoppsett_en_rad", condition=Q(id=1))]

    def __str__(self):
        return str(self._meta.verbose_name)

    @classmethod
    def gjeldende_terskel(cls):
        return (cls.objects.filter(pk=1).first() or cls()).terskel


class Utfordringssok(Sokerad):
    """The need's terms. Made by a migration of its own, since the table differs between engines."""

    utfordring = models.OneToOneField(
        Utfordring, on_delete=models.CASCADE, primary_key=True, db_column="rowid", related_name="sok"
    )

    class Meta:
        verbose_name = _("søkerad for utfordring")
        verbose_name_plural = _("søkerader for utfordringer")

    def __str__(self):
        return f"{self.utfordring_id}"
