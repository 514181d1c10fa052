"""The filters as the page shows them: each value with how many rows it would give."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from partnerskap.felles.templatetags.portal import merke, tall
from prosjekter.forms.filtertyper import Egenskapsfilter

# There are a hundred of these on the page, so they are joined here, and not one by one in a template.
BOKS = (
    '<div class="ds-field"><input class="ds-input" type="checkbox" name="{0}" value="{1}" id="f-{0}-{1}"{2}>'
    '<label class="ds-label" data-weight="regular" for="f-{0}-{1}">{3}<span>{4}</span> <span class="antall">'
)
BOKS_SLUTT = "</span></label></div>"


@lru_cache(maxsize=5_000)
def _boks(navn, verdi, etikett, er_valgt, merke):
    return format_html(BOKS, navn, verdi, mark_safe(" checked") if er_valgt else "", merke, etikett)


class Valg(NamedTuple):
    navn: str
    verdi: str
    etikett: str
    antall: int
    er_valgt: bool


@dataclass(frozen=True)
class Fasett:
    """One group of choices. Its counts are of what all the OTHER filters find, so they say what ticking would give."""

    navn: str
    etikett: str
    valg: list  # boxes to tick
    meny: list = ()  # pairs of a group's name and choices to add one of
    tomt: str = ""
    er_apen: bool = False
    med_merke: bool = False
    merker: dict = field(default_factory=dict)  # {value: the mark it is drawn with}, when they are called differently

    @property
    def antall_valgte(self):
        return sum(v.er_valgt for v in self.valg)

    @property
    def vises_apen(self):
        return self.er_apen or self.antall_valgte > 0

    @property
    def bokser(self):
        merker = [merke(self.merker.get(v.verdi, v.verdi)) if self.med_merke else "" for v in self.valg]
        return mark_safe(  # noqa: S308 - each part is escaped in _boks
            "".join(
                f"{_boks(v.navn, v.verdi, v.etikett, v.er_valgt, m)}{tall(v.antall)}{BOKS_SLUTT}"
                for v, m in zip(self.valg, merker, strict=True)
            )
        )

    @property
    def nedtrekk(self):
        """A menu that adds one value at a time."""
        grupper = format_html_join(
            "", '<optgroup label="{}">{}</optgroup>', ((g, _linjer(valg)) for g, valg in self.meny if g)
        )
        utenfor = mark_safe("".join(_linjer(valg) for g, valg in self.meny if not g))  # noqa: S308
        return format_html(
            '<select class="ds-input" name="{0}" id="f-{0}" aria-label="{1}"><option value="">{2}</option>{3}{4}</select>',
            self.navn, _("Legg til: %s") % self.etikett, self.tomt, utenfor, grupper,
        )  # fmt: skip


def fasetter(filter_):
    """Those that have something to choose; what a project either has or has not is gathered in one."""
    egenskaper, svar = [], []
    for navn, filteret in filter_.filters.items():
        if navn == "q" or navn in filter_.VISNING:
            continue
        if isinstance(filteret, Egenskapsfilter):
            egenskaper += _valg(filter_, navn, filteret.meny())
        elif fasett := _fasett(filter_, navn, filteret):
            svar.append(fasett)
    if egenskaper:
        svar.insert(1, Fasett("egenskaper", _("Bare de som"), egenskaper, er_apen=True))
    return svar


def _fasett(filter_, navn, filteret):
    meny = filteret.meny()
    if not filteret.som_meny:
        valg = _valg(filter_, navn, meny)
        return valg and Fasett(
            navn,
            filteret.label,
            valg,
            er_apen=filteret.er_apen,
            med_merke=filteret.med_merke,
            merker=filteret.merker,
        )
    grupper = meny if meny and isinstance(meny[0][1], list) else [("", meny)]
    valgte = _valg(filter_, navn, filter_.valgt.get(navn, {}).items())
    ledige = [(gruppe, [v for v in _valg(filter_, navn, valg) if not v.er_valgt]) for gruppe, valg in grupper]
    ledige = [(gruppe, valg) for gruppe, valg in ledige if valg]
    return (valgte or ledige) and Fasett(navn, filteret.label, valgte, ledige, filteret.tomt, filteret.er_apen)


def _valg(filter_, navn, meny):
    """Those that are chosen, or that would give something: counted among what all the other filters find."""
    meny = list(meny)
    antall, valgte = filter_.tell(navn, [verdi for verdi, _etikett in meny]), filter_.valgt.get(navn, {})
    return [
        Valg(navn, verdi, str(etikett), antall[verdi], verdi in valgte)
        for verdi, etikett in meny
        if antall[verdi] or verdi in valgte
    ]


def _linjer(valg):
    return mark_safe("".join(f"{_linje(v.verdi, v.etikett)} ({tall(v.antall)})</option>" for v in valg))  # noqa: S308


@lru_cache(maxsize=5_000)
def _linje(verdi, etikett):
    return format_html('<option value="{}">{}', verdi, etikett)
