"""One group of choices in a list, and how it is drawn: each value with how many rows it would give."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from partnerskap.felles.templatetags.portal import merke, tall

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


def _linjer(valg):
    return mark_safe("".join(f"{_linje(v.verdi, v.etikett)} ({tall(v.antall)})</option>" for v in valg))  # noqa: S308


@lru_cache(maxsize=5_000)
def _linje(verdi, etikett):
    return format_html('<option value="{}">{}', verdi, etikett)
