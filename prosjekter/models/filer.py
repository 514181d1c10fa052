"""Pictures, attachments and links on a project, each kind in the order its owner gave it.

The files themselves lie in prosjekter.fillager, in a folder of their own for each row (`mappe`), so that deleting one
never touches another.
"""

import uuid

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from kommuner.tilgang import arbeider_for, er_moderator
from partnerskap.felles import bildekontroll
from partnerskap.felles.adresser import adresse
from partnerskap.felles.filkontroll import TYPER
from partnerskap.felles.historikk import Historikk
from prosjekter.kodeverk import EIERROLLER, Lisens
from prosjekter.models.moderering import prosjektet_er_synlig_for
from prosjekter.models.nedtaking import KanTasNed
from prosjekter.models.prosjekt import Deltakelse, Prosjekt

UTENFOR_HISTORIKKEN = ["rekkefolge", "nokkel", "mappe"]
nettadresse = URLValidator(schemes=["http", "https"], message=_("Skriv hele adressen, fra https://"))


class FilQuerySet(models.QuerySet):
    def gyldige(self):
        """Not taken down by KS."""
        return self.filter(tatt_ned_tid=None)

    def synlige_for(self, bruker):
        """THE rule: whoever may see the project sees what hangs on it.

        What KS has taken down is seen by KS, and by the owners, who can mend it.
        """
        synlig = Q(tatt_ned_tid=None)
        if er_moderator(bruker):
            synlig = Q()
        elif ider := arbeider_for(bruker):
            eier = Deltakelse.objects.aktive().filter(
                prosjekt=OuterRef("prosjekt"), organisasjon__in=ider, rolle__in=EIERROLLER
            )
            synlig |= Q(Exists(eier))
        return self.filter(synlig, prosjektet_er_synlig_for(bruker))

    def paa_adressen(self, slug):
        """On the project that has this address, or has had it: shared links to a picture lead on."""
        er = Q(prosjekt__slug=slug) | Q(prosjekt__in=Prosjekt.objects.filter(gamle_slugger__slug=slug))
        return self.filter(er)


class PaaProsjekt(KanTasNed):
    """What the three have in common: a place in the order, who put it there, and whether KS has taken it down."""

    rekkefolge = models.PositiveSmallIntegerField(default=0, editable=False)
    lagt_til_av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    lagt_til_tid = models.DateTimeField(default=timezone.now)
    versjon = models.PositiveIntegerField(default=1, editable=False)
    nokkel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    er_eksempel = models.BooleanField(_("eksempeldata"), default=False)

    objects = FilQuerySet.as_manager()

    SLAG = ""  # in addresses

    class Meta:
        abstract = True
        ordering = ["rekkefolge", "pk"]

    def __str__(self):
        return self.navn

    @property
    def ord(self):
        """All that is said with it, for the one who judges a report."""
        felt = ("navn", "bildetekst", "kreditering", "filnavn", "url")
        return "\n\n".join(tekst for navn in felt if (tekst := getattr(self, navn, "")))

    def get_absolute_url(self):
        return f"{adresse('prosjekter:filer', self.prosjekt.slug)}#{self.SLAG}-{self.pk}"


class Bilde(PaaProsjekt):
    """A picture, kept in a few widths as WebP and JPEG. What was sent is not kept."""

    SLAG = "bilde"

    prosjekt = models.ForeignKey(Prosjekt, on_delete=models.CASCADE, related_name="bilder")
    alt_tekst = models.CharField(_("hva bildet viser"), max_length=300, blank=True)
    er_pynt = models.BooleanField(_("bare pynt"), default=False)
    bildetekst = models.CharField(_("bildetekst"), max_length=300, blank=True)
    kreditering = models.CharField(_("hvem som har laget bildet"), max_length=120)
    lisens = models.CharField(_("lisens"), max_length=20, choices=Lisens.choices, default=Lisens.CC_BY_4)
    bredde = models.PositiveSmallIntegerField(editable=False)
    hoyde = models.PositiveSmallIntegerField(editable=False)
    merke = models.CharField(max_length=64, editable=False)  # of what it became: the address changes when it does
    sjekksum = models.CharField(max_length=64, editable=False)  # of what was sent
    storrelse = models.PositiveIntegerField(editable=False)  # of all its widths together
    mappe = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    historikk = Historikk(excluded_fields=UTENFOR_HISTORIKKEN)

    class Meta(PaaProsjekt.Meta):
        verbose_name = _("bilde")
        verbose_name_plural = _("bilder")
        constraints = [
            *KanTasNed.Meta.constraints,
            models.CheckConstraint(
                name="bilde_sier_hva_det_viser",
                condition=Q(er_pynt=True, alt_tekst="") | (Q(er_pynt=False) & ~Q(alt_tekst="")),
                violation_error_message=_("Skriv hva bildet viser, eller si at det bare er pynt."),
            ),
            models.UniqueConstraint(
                fields=["prosjekt", "sjekksum"],
                name="bilde_en_gang",
                violation_error_message=_("Bildet ligger her fra før."),
            ),
        ]

    @property
    def navn(self):
        return self.alt_tekst or self.bildetekst or str(_("Pyntebilde"))

    @property
    def kort_lisens(self):
        """«CC BY 4.0»: without what it means."""
        return f"{self.get_lisens_display().partition(':')[0]}.".replace(" ", "\N{NO-BREAK SPACE}")

    @cached_property
    def bredder(self):
        return bildekontroll.bredder(self.bredde)

    def adresse(self, bredde, slag):
        return self._adressemal.replace("BREDDE.SLAG", f"{bredde}.{slag}")

    @cached_property
    def _adressemal(self):
        return adresse("prosjekter:bilde", self.prosjekt.slug, self.pk, f"{self.merke}-BREDDE.SLAG")

    def kilder(self, slag):
        """The value of a srcset."""
        return ", ".join(f"{self.adresse(bredde, slag)} {bredde}w" for bredde in self.bredder)

    @property
    def kilder_webp(self):
        return self.kilder("webp")

    @property
    def kilder_jpeg(self):
        return self.kilder("jpg")

    @property
    def minste(self):
        return self.adresse(self.bredder[0], "jpg")

    @property
    def storste(self):
        return self.adresse(self.bredde, "jpg")


class Vedlegg(PaaProsjekt):
    """A document to take along. `filnavn` is a safe form of what it was called; `type` is what it is."""

    SLAG = "vedlegg"

    prosjekt = models.ForeignKey(Prosjekt, on_delete=models.CASCADE, related_name="vedlegg")
    tittel = models.CharField(_("hva det heter"), max_length=140)
    filnavn = models.CharField(_("filnavn"), max_length=120, editable=False)
    type = models.CharField(_("type"), max_length=5, choices=[(t.kode, t.navn) for t in TYPER.values()], editable=False)
    storrelse = models.PositiveIntegerField(editable=False)
    sjekksum = models.CharField(max_length=64, editable=False)
    skannet_tid = models.DateTimeField(null=True, editable=False)  # None: there was no virus scanner
    mappe = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    historikk = Historikk(excluded_fields=UTENFOR_HISTORIKKEN)

    class Meta(PaaProsjekt.Meta):
        verbose_name = _("vedlegg")
        verbose_name_plural = _("vedlegg")
        constraints = [
            *KanTasNed.Meta.constraints,
            models.UniqueConstraint(
                fields=["prosjekt", "sjekksum"],
                name="vedlegg_en_gang",
                violation_error_message=_("Filen ligger her fra før."),
            ),
        ]

    @property
    def navn(self):
        return self.tittel

    @property
    def adresse(self):
        return adresse("prosjekter:vedlegg", self.prosjekt.slug, self.pk)


class Lenke(PaaProsjekt):
    """An address elsewhere, with a title that says what is there."""

    SLAG = "lenke"

    prosjekt = models.ForeignKey(Prosjekt, on_delete=models.CASCADE, related_name="lenker")
    tittel = models.CharField(_("hva det heter"), max_length=140)
    url = models.CharField(_("adresse"), max_length=500, validators=[nettadresse])
    historikk = Historikk(excluded_fields=["rekkefolge", "nokkel"])

    class Meta(PaaProsjekt.Meta):
        verbose_name = _("lenke")
        verbose_name_plural = _("lenker")
        constraints = [
            *KanTasNed.Meta.constraints,
            models.UniqueConstraint(
                fields=["prosjekt", "url"],
                name="lenke_en_gang",
                violation_error_message=_("Lenken ligger her fra før."),
            ),
            models.CheckConstraint(
                name="lenke_til_en_nettside",
                condition=Q(url__startswith="https://") | Q(url__startswith="http://"),
                violation_error_message=_("Skriv hele adressen, fra https://"),
            ),
        ]

    @property
    def navn(self):
        return self.tittel

    @property
    def sted(self):
        """Where it leads, for the one who wonders before she clicks."""
        return self.url.partition("//")[2].partition("/")[0].removeprefix("www.")


FILSLAG = {modell.SLAG: modell for modell in (Bilde, Vedlegg, Lenke)}
# How many of each a project may have, and what they may weigh together.
MAKS_ANTALL = {"bilde": 20, "vedlegg": 40, "lenke": 40}
MAKS_SAMLET = 300 * 1024 * 1024
TELLERE = {"bilde": "antall_bilder", "vedlegg": "antall_vedlegg", "lenke": "antall_lenker"}
