"""Those who can take part: municipalities' organisations, county authorities, and partners."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from kommuner.kodeverk import KOMMUNESEKTOREN, Forvaltningsniva, Sektor
from kommuner.models.sted import Fylke, Kommune
from kommuner.postdomener import bare_egne_domener, domene_og_foreldre, er_for_alle
from partnerskap.felles.adresser import adresse
from partnerskap.felles.norsk import norsk_slug, sorteringsnokkel

VEKTER = (3, 2, 7, 6, 5, 4, 3, 2)


def gyldig_orgnr(verdi):
    """Nine digits whose last is the modulus 11 check digit (Brønnøysundregistrene's rule)."""
    if not (verdi.isascii() and verdi.isdigit() and len(verdi) == 9):
        raise ValidationError(_("Et organisasjonsnummer har ni siffer."), code="orgnr")
    kontroll = -sum(v * int(s) for v, s in zip(VEKTER, verdi[:8], strict=True)) % 11
    if kontroll != int(verdi[8]):
        raise ValidationError(_("Organisasjonsnummeret finnes ikke. Se etter om et siffer er byttet om."), code="orgnr")


class OrganisasjonQuerySet(models.QuerySet):
    def aktive(self):
        return self.filter(opphort_dato=None)

    def partnere(self):
        """Everyone but the municipalities, which have their own list."""
        return self.exclude(sektor=Sektor.KOMMUNE)


class Organisasjon(models.Model):
    """Anyone who can own or take part in a project. Ended ones have a successor and keep their old projects."""

    navn = models.CharField(_("navn"), max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    sorteringsnokkel = models.CharField(max_length=200, editable=False)
    sektor = models.CharField(_("sektor"), max_length=40, choices=Sektor.choices)
    niva = models.CharField(_("forvaltningsnivå"), max_length=20, choices=Forvaltningsniva.choices)
    orgnr = models.CharField(
        _("organisasjonsnummer"), max_length=9, null=True, blank=True, unique=True, validators=[gyldig_orgnr]
    )
    nettsted = models.URLField(_("nettsted"), blank=True)
    om = models.TextField(_("om organisasjonen"), max_length=600, blank=True)
    kommune = models.OneToOneField(
        Kommune, on_delete=models.PROTECT, null=True, blank=True, related_name="organisasjon"
    )  # the place this organisation acts for
    fylke = models.ForeignKey(
        Fylke, on_delete=models.PROTECT, null=True, blank=True, related_name="organisasjoner"
    )  # where it is
    etterfolger = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="forgjengere",
        verbose_name=_("etterfølger"),
    )
    opphort_dato = models.DateField(_("opphørt"), null=True, blank=True)
    krever_godkjenning = models.BooleanField(
        _("nye medlemmer må godkjennes"),
        default=False,
        help_text=_("Ellers blir alle med jobbadresse hos dere bidragsytere med en gang."),
    )
    er_betrodd = models.BooleanField(_("betrodd: publiserer uten forhåndskontroll"), default=False)
    er_sekretariat = models.BooleanField(_("er KS"), default=False)
    er_eksempel = models.BooleanField(_("eksempeldata"), default=False)
    kart_x = models.FloatField(null=True, blank=True)  # place on our map, in the map's own units
    kart_y = models.FloatField(null=True, blank=True)

    objects = OrganisasjonQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisasjon")
        verbose_name_plural = _("organisasjoner")
        ordering = ["sorteringsnokkel", "pk"]
        indexes = [models.Index(fields=["sektor", "sorteringsnokkel"], name="organisasjon_sektor")]

    def __str__(self):
        return self.navn

    def save(self, **kwargs):
        self.sorteringsnokkel = sorteringsnokkel(self.navn)
        self.slug = self.slug or norsk_slug(self.navn)
        self.orgnr = self.orgnr or None
        super().save(**kwargs)

    def get_absolute_url(self):
        if self.kommune_id:
            return adresse("kommuneside", self.kommune.nummer)
        return adresse("partnerside", self.slug)

    @property
    def i_kommunesektoren(self):
        return self.sektor in KOMMUNESEKTOREN

    @property
    def virksom(self):
        """Itself, or after a merger the one that carries on. None when nobody does."""
        sett, organisasjon = set(), self
        while organisasjon and organisasjon.opphort_dato and organisasjon.pk not in sett:
            sett.add(organisasjon.pk)
            organisasjon = organisasjon.etterfolger
        return organisasjon if organisasjon and not organisasjon.opphort_dato else None


class NettdomeneQuerySet(models.QuerySet):
    def organisasjon_for(self, epost):
        """Who a work address belongs to: the nearest registered domain above it. None for mail anyone can have."""
        domene = epost.rpartition("@")[2].lower()
        if er_for_alle(domene):
            return None
        kandidater = [d for d in domene_og_foreldre(domene) if not er_for_alle(d)]
        treff = {n.domene: n.organisasjon for n in self.filter(domene__in=kandidater).select_related("organisasjon")}
        naermeste = next((treff[d] for d in kandidater if d in treff), None)
        return naermeste and naermeste.virksom


class Nettdomene(models.Model):
    """A mail domain that belongs to an organisation: a verified address there makes its owner a member."""

    organisasjon = models.ForeignKey(Organisasjon, on_delete=models.CASCADE, related_name="nettdomener")
    domene = models.CharField(
        _("domene"),
        max_length=100,
        unique=True,
        validators=[
            RegexValidator(r"^[a-z0-9-]+(\.[a-z0-9-]+)+$", _("Skriv domenet slik: eksempel.kommune.no")),
            bare_egne_domener,
        ],
    )

    objects = NettdomeneQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-postdomene")
        verbose_name_plural = _("e-postdomener")
        ordering = ["domene"]

    def __str__(self):
        return self.domene
