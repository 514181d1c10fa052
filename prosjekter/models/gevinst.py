"""What the work gave, how that is known, and what helped or stood in the way. Several rows a project.

Each kind is one answer of the project (`rader`): edited in its section, with the project's version and history.
"""

from dataclasses import dataclass, field

from django.db import models
from django.db.models import Q
from django.utils.formats import number_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from partnerskap.felles.historikk import Historikk
from partnerskap.felles.kodeord import MedKodeord
from prosjekter.kodeverk import Belegg, Drivkraft, Retning, Verdidimensjon
from prosjekter.models.prosjekt import Prosjekt

MAKS_STYRKE = 6  # as Innovasjonsbarometeret


@dataclass(frozen=True)
class Svarrad:
    """One row as it was answered. Two rows are the same when their words are: they hold every field."""

    ord: str
    felt: dict = field(compare=False)

    def __str__(self):
        return self.ord


class Prosjektrad(MedKodeord, models.Model):
    """A row of an answer that is a list. `FELT` are what is asked."""

    FELT = ()

    class Meta:
        abstract = True

    def __str__(self):
        return self.ord.replace("\n", ". ")

    @property
    def ord(self):
        """Everything that was answered, a line each."""
        raise NotImplementedError

    def som_svar(self):
        return Svarrad(self.ord, {navn: getattr(self, navn) for navn in self.FELT})


class Gevinst(Prosjektrad):
    """One kind of value for someone: what was expected, what came of it, and how that is known."""

    FELT = ("dimensjon", "mottaker", "forventet", "realisert", "belegg")

    prosjekt = models.ForeignKey(Prosjekt, on_delete=models.CASCADE, related_name="gevinster")
    dimensjon = models.CharField(_("hva slags gevinst"), max_length=20, choices=Verdidimensjon.choices)
    mottaker = models.CharField(_("for hvem"), max_length=120, blank=True)
    forventet = models.CharField(_("ventet"), max_length=300, blank=True)
    realisert = models.CharField(_("oppnådd"), max_length=300, blank=True)
    belegg = models.CharField(_("hvordan vi vet det"), max_length=15, choices=Belegg.choices, default=Belegg.ANTATT)
    historikk = Historikk()

    class Meta:
        verbose_name = _("gevinst")
        verbose_name_plural = _("gevinster")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="gevinst_ventet_eller_oppnadd",
                condition=~Q(forventet="", realisert=""),
                violation_error_message=_("Skriv hva dere venter, eller hva dere har oppnådd."),
            )
        ]

    @property
    def ord(self):
        linjer = [
            _now("%(hva)s, for %(hvem)s") % {"hva": self.get_dimensjon_display(), "hvem": self.mottaker}
            if self.mottaker
            else str(self.get_dimensjon_display()),
            _now("Ventet: %s") % self.forventet if self.forventet else "",
            _now("Oppnådd: %s") % self.realisert if self.realisert else "",
            str(self.get_belegg_display()),
        ]
        return "\n".join(linje for linje in linjer if linje)


class Faktor(Prosjektrad):
    """Something that drove the work forward or held it back, and how much."""

    FELT = ("faktor", "retning", "styrke")

    prosjekt = models.ForeignKey(Prosjekt, on_delete=models.CASCADE, related_name="faktorer")
    faktor = models.CharField(_("hva det var"), max_length=25, choices=Drivkraft.choices)
    retning = models.CharField(_("hjalp eller hindret"), max_length=10, choices=Retning.choices)
    styrke = models.PositiveSmallIntegerField(_("hvor mye, fra 1 til 6"))
    historikk = Historikk()

    class Meta:
        verbose_name = _("faktor")
        verbose_name_plural = _("faktorer")
        ordering = ["-styrke", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["prosjekt", "faktor"], name="faktor_unik"),
            models.CheckConstraint(
                name="faktor_styrke_1_til_6",
                condition=Q(styrke__gte=1, styrke__lte=MAKS_STYRKE),
                violation_error_message=_("Styrken er et tall fra 1 til 6."),
            ),
        ]

    @property
    def ord(self):
        return _now("%(hva)s: %(retning)s (%(styrke)s av 6)") % {
            "hva": self.get_faktor_display(),
            "retning": str(self.get_retning_display()).lower(),
            "styrke": self.styrke,
        }


class Avvikling(Prosjektrad):
    """Something old that stops because of the new, and what that frees in a year. No number is «not known», not zero."""

    FELT = ("hva", "frigjort_tid", "frigjort_belop", "merknad")

    prosjekt = models.ForeignKey(Prosjekt, on_delete=models.CASCADE, related_name="avviklinger")
    hva = models.CharField(_("det vi slutter med"), max_length=200)
    frigjort_tid = models.PositiveIntegerField(_("timer frigjort i året"), null=True, blank=True)
    frigjort_belop = models.PositiveIntegerField(_("kroner frigjort i året"), null=True, blank=True)
    merknad = models.CharField(_("hvordan vi vet det"), max_length=300, blank=True)
    historikk = Historikk()

    class Meta:
        verbose_name = _("avvikling")
        verbose_name_plural = _("det vi slutter med")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="avvikling_sier_hva",
                condition=~Q(hva=""),
                violation_error_message=_("Skriv hva dere slutter med."),
            )
        ]

    @property
    def ord(self):
        linjer = [
            self.hva,
            _now("%s timer frigjort i året") % self.tid_i_ord if self.tid_i_ord else "",
            _now("%s kroner frigjort i året") % self.belop_i_ord if self.belop_i_ord else "",
            self.merknad,
        ]
        return "\n".join(linje for linje in linjer if linje)

    @property
    def tid_i_ord(self):
        return tall_i_ord(self.frigjort_tid)

    @property
    def belop_i_ord(self):
        return tall_i_ord(self.frigjort_belop)


def tall_i_ord(tall):
    """«350 000», and nothing for what nobody knows."""
    return "" if tall is None else number_format(tall, force_grouping=True)


# The answers that are lists, by the name they have among a project's answers.
RADFELT = {"gevinster": Gevinst, "faktorer": Faktor, "avviklinger": Avvikling}


def sum_frigjort(rader):
    """The project's own columns from answered rows: how many, and the sums of those who have a number."""
    return {
        "antall_avviklinger": len(rader),
        **{navn: sum_av_kjente(rad.felt[navn] for rad in rader) for navn in ("frigjort_tid", "frigjort_belop")},
    }


def sum_av_kjente(verdier):
    kjente = [verdi for verdi in verdier if verdi is not None]
    return sum(kjente) if kjente else None


def hoyeste_belegg(rader):
    """The strongest evidence among answered gains; "" without any."""
    rekkefolge = Belegg.values
    return max((rad.felt["belegg"] for rad in rader), key=rekkefolge.index, default="")
