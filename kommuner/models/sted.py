"""Counties and municipalities through time.

A Kommune is the place; its numbers and names come and go. Halden is one Kommune that has been 0101, 3001 and 3101. A
merger makes a new Kommune, unless the number lives on (Stavanger, Trondheim); a split makes new ones. Numbers are text.

An empty `gyldig_fra` means older than the register, which begins 2018-01-01. `gyldig_til` is the last day, inclusive.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kommuner.kodeverk import Endringstype, Sprakvedtak, Stedssprak
from partnerskap.felles.adresser import adresse
from partnerskap.felles.norsk import norsk_slug, sorteringsnokkel


class GjeldendeQuerySet(models.QuerySet):
    def gjeldende(self, dato=None):
        """Valid on the date. Without a date: today, which is every open period (the loader lets the future wait)."""
        if dato is None:
            return self.filter(gyldig_til=None)
        return self.filter(Q(gyldig_fra=None) | Q(gyldig_fra__lte=dato), Q(gyldig_til=None) | Q(gyldig_til__gte=dato))


class Fylke(models.Model):
    """A county: the life of one county number. The elected authority is an Organisasjon, not this."""

    nummer = models.CharField(_("fylkesnummer"), max_length=2, unique=True)
    navn = models.CharField(_("navn"), max_length=100)
    sorteringsnokkel = models.CharField(max_length=200, editable=False)
    gyldig_fra = models.DateField(null=True, blank=True)
    gyldig_til = models.DateField(null=True, blank=True)

    objects = GjeldendeQuerySet.as_manager()

    class Meta:
        verbose_name = _("fylke")
        verbose_name_plural = _("fylker")
        ordering = ["sorteringsnokkel", "nummer"]

    def __str__(self):
        return self.navn

    def save(self, **kwargs):
        self.sorteringsnokkel = sorteringsnokkel(self.navn)
        super().save(**kwargs)

    def get_absolute_url(self):
        return adresse("fylkesside", self.nummer)


class Kommune(models.Model):
    """A municipality as a place. `nummer` is its latest number; all of them are in Kommunenummer."""

    nummer = models.CharField(_("kommunenummer"), max_length=4, unique=True)
    navn = models.CharField(_("navn"), max_length=100)
    navn_offisielt = models.CharField(_("offisielt navn"), max_length=200)
    er_homonym = models.BooleanField(default=False)  # another municipality has the same name: show the county
    sorteringsnokkel = models.CharField(max_length=200, editable=False)
    fylke = models.ForeignKey(Fylke, on_delete=models.PROTECT, related_name="kommuner")
    gyldig_fra = models.DateField(null=True, blank=True)
    gyldig_til = models.DateField(null=True, blank=True)
    malform = models.CharField(_("målform"), max_length=10, choices=Sprakvedtak.choices, blank=True)
    administrasjonssenter = models.CharField(_("administrasjonssenter"), max_length=100, blank=True)
    breddegrad = models.FloatField(null=True, blank=True)
    lengdegrad = models.FloatField(null=True, blank=True)
    folketall = models.PositiveIntegerField(_("folketall"), null=True, blank=True)
    folketall_dato = models.DateField(null=True, blank=True)
    areal_km2 = models.DecimalField(_("areal"), max_digits=9, decimal_places=2, null=True, blank=True)
    kostragruppe = models.CharField(_("KOSTRA-gruppe"), max_length=5, blank=True)

    objects = GjeldendeQuerySet.as_manager()

    class Meta:
        verbose_name = _("kommune")
        verbose_name_plural = _("kommuner")
        ordering = ["sorteringsnokkel", "nummer"]

    def __str__(self):
        return self.visningsnavn

    def save(self, **kwargs):
        self.sorteringsnokkel = sorteringsnokkel(self.navn)
        super().save(**kwargs)

    def get_absolute_url(self):
        return adresse("kommuneside", self.nummer)

    @property
    def visningsnavn(self):
        """The name as people must see it: two are called Våler and two Herøy, so those carry their county."""
        return f"{self.navn} ({self.fylke.navn})" if self.er_homonym else self.navn

    @property
    def er_gjeldende(self):
        return self.gyldig_til is None


class Kommunenummer(models.Model):
    """A number a municipality has had, with its county and official name in that period."""

    nummer = models.CharField(_("kommunenummer"), max_length=4, db_index=True)
    kommune = models.ForeignKey(Kommune, on_delete=models.CASCADE, related_name="numre")
    fylke = models.ForeignKey(Fylke, on_delete=models.PROTECT, null=True, blank=True, related_name="kommunenumre")
    navn = models.CharField(max_length=200)  # the official one, all languages; the last while the number lived
    gyldig_fra = models.DateField(null=True, blank=True)
    gyldig_til = models.DateField(null=True, blank=True)

    objects = GjeldendeQuerySet.as_manager()

    class Meta:
        verbose_name = _("kommunenummer")
        verbose_name_plural = _("kommunenumre")
        ordering = [F("gyldig_fra").asc(nulls_first=True), "nummer"]
        constraints = [
            models.UniqueConstraint(fields=["nummer", "gyldig_fra"], name="kommunenummer_unikt_fra"),
            models.UniqueConstraint(
                fields=["nummer"], condition=Q(gyldig_til=None), name="kommunenummer_ett_gjeldende"
            ),
        ]

    def __str__(self):
        return self.nummer


class Stedsnavn(models.Model):
    """One official name of a place in one language, with its order among them and its period."""

    kommune = models.ForeignKey(Kommune, null=True, blank=True, on_delete=models.CASCADE, related_name="stedsnavn")
    fylke = models.ForeignKey(Fylke, null=True, blank=True, on_delete=models.CASCADE, related_name="stedsnavn")
    navn = models.CharField(max_length=100)
    sokenokkel = models.CharField(max_length=100, editable=False, db_index=True)
    sprak = models.CharField(max_length=3, choices=Stedssprak.choices)
    rekkefolge = models.PositiveSmallIntegerField(default=1)
    gyldig_fra = models.DateField(null=True, blank=True)
    gyldig_til = models.DateField(null=True, blank=True)

    objects = GjeldendeQuerySet.as_manager()

    class Meta:
        verbose_name = _("stedsnavn")
        verbose_name_plural = _("stedsnavn")
        ordering = ["rekkefolge", "pk"]
        constraints = [
            models.CheckConstraint(
                name="stedsnavn_hoerer_til_ett_sted",
                condition=Q(kommune__isnull=True, fylke__isnull=False) | Q(kommune__isnull=False, fylke__isnull=True),
                violation_error_message=_("Et stedsnavn hører til en kommune eller et fylke."),
            )
        ]

    def __str__(self):
        return self.navn

    def save(self, **kwargs):
        self.sokenokkel = norsk_slug(self.navn, maks=100)
        super().save(**kwargs)


class Kommuneendring(models.Model):
    """A reform event. `dato` is the first day of the new state."""

    dato = models.DateField()
    type = models.CharField(max_length=15, choices=Endringstype.choices)
    fra = models.ForeignKey(Kommune, on_delete=models.CASCADE, related_name="endringer_fra")
    til = models.ForeignKey(Kommune, on_delete=models.CASCADE, related_name="endringer_til")
    fra_nummer = models.CharField(max_length=4)
    til_nummer = models.CharField(max_length=4)
    vedtaksdato = models.DateField(null=True, blank=True)
    merknad = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("kommuneendring")
        verbose_name_plural = _("kommuneendringer")
        ordering = ["dato", "fra_nummer", "til_nummer", "type"]
        constraints = [
            models.UniqueConstraint(fields=["dato", "type", "fra_nummer", "til_nummer"], name="kommuneendring_unik")
        ]

    def __str__(self):
        return f"{self.dato} {self.get_type_display()} {self.fra_nummer} → {self.til_nummer}"
