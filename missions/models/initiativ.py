"""What others do about the same: programmes and initiatives outside the portal, kept by KS' curators."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kommuner.tilgang import er_missionkurator
from missions.models.mission import Mission, ledig_slug
from partnerskap.felles.adresser import adresse
from partnerskap.felles.historikk import Historikk
from sok.indeks import Sokerad

# Addresses below /initiativer/ that are pages of their own.
OPPTATTE = ("ny",)


class EksterntInitiativQuerySet(models.QuerySet):
    def synlige_for(self, bruker):
        """Those KS says are active; a curator also sees the rest."""
        return self if er_missionkurator(bruker) else self.filter(aktiv=True)

    def i_mission(self, mission):
        return self.filter(aktiv=True, initiativmissions__mission=mission)


class EksterntInitiativ(models.Model):
    """A programme elsewhere that projects here may build on or complement. What is said of it must be true today."""

    navn = models.CharField(_("navn"), max_length=120)
    slug = models.SlugField(max_length=80, unique=True)
    eier = models.CharField(_("hvem står bak"), max_length=120)
    beskrivelse = models.CharField(_("kort beskrivelse"), max_length=600)
    url = models.URLField(_("nettside"), max_length=300)
    periode_fra = models.DateField(_("periode fra"), null=True, blank=True)
    periode_til = models.DateField(_("periode til"), null=True, blank=True)
    missions = models.ManyToManyField(Mission, through="Initiativmission", related_name="initiativer")
    aktiv = models.BooleanField(_("vises for alle"), default=True)
    er_eksempel = models.BooleanField(_("eksempeldata"), default=False)
    versjon = models.PositiveIntegerField(default=1, editable=False)
    nokkel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    historikk = Historikk()

    objects = EksterntInitiativQuerySet.as_manager()

    class Meta:
        verbose_name = _("eksternt initiativ")
        verbose_name_plural = _("eksterne initiativer")
        ordering = ["navn", "pk"]
        constraints = [
            ledig_slug("initiativ_slug_ledig", OPPTATTE),
            models.CheckConstraint(
                name="initiativ_periode_til_etter_fra",
                condition=Q(periode_fra=None) | Q(periode_til=None) | Q(periode_til__gte=F("periode_fra")),
                violation_error_message=_("Perioden må slutte etter at den har begynt."),
            ),
        ]

    def __str__(self):
        return self.navn

    def get_absolute_url(self):
        return adresse("initiativer:initiativ", self.slug)


class Initiativmission(models.Model):
    """The initiative works towards the same as the mission. Said by KS."""

    initiativ = models.ForeignKey(EksterntInitiativ, on_delete=models.CASCADE, related_name="initiativmissions")
    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="initiativmissions")
    historikk = Historikk()

    class Meta:
        verbose_name = _("initiativ i mission")
        verbose_name_plural = _("initiativer i missions")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["initiativ", "mission"], name="initiativmission_unik")]

    def __str__(self):
        return f"{self.initiativ} – {self.mission}"


class Initiativsok(Sokerad):
    """The initiative's terms. Made by a migration operation of its own, since the table differs between engines."""

    initiativ = models.OneToOneField(
        EksterntInitiativ, on_delete=models.CASCADE, primary_key=True, db_column="rowid", related_name="sok"
    )

    class Meta:
        verbose_name = _("søkerad for initiativ")
        verbose_name_plural = _("søkerader for initiativer")

    def __str__(self):
        return f"{self.initiativ_id}"
