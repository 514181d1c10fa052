"""Which municipalities resemble each other, and why. From the register only: no figure of ours, and no ranking.

The distance between two is a sum of plain terms, so that anyone can check it by hand:

    |log2(inhabitants of one / inhabitants of the other)|    twice as many is 1
    + 1     different KOSTRA group: Statistics Norway's groups by size, fixed costs and means
    + 0.5   different written form (0.25 when one of them is neutral)
    + 0.5   different county

A missing figure tells neither for nor against; for inhabitants it counts as a doubling.
"""

from dataclasses import dataclass
from heapq import nsmallest
from math import log2

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from kommuner.kodeverk import Sprakvedtak
from kommuner.models import Kommune
from kommuner.tilgang import arbeider_for
from partnerskap.felles import innhold

KOSTRA, MALFORM, HALV_MALFORM, FYLKE, UKJENT_FOLKETALL = 1, 0.5, 0.25, 0.5, 1
STEDSFELT = ("nummer", "folketall", "kostragruppe", "malform", "fylke_id")  # what two places are measured by
LIGNER = 1.5  # up to here two are called alike
# Lowest number of inhabitants in each class of ORDLISTE's `folketallsgruppe`.
FOLKETALLSGRUPPER = (0, 2_000, 5_000, 10_000, 20_000, 50_000)


@dataclass(frozen=True)
class Lik:
    """A municipality that resembles another: how far from it, and why in words."""

    kommune: Kommune
    avstand: float
    hvorfor: str


def avstand(en, annen):
    """How different two municipalities are; 0 is alike in all. See the top of the file."""
    sum_ = UKJENT_FOLKETALL
    if en.folketall and annen.folketall:
        sum_ = abs(log2(en.folketall / annen.folketall))
    if en.kostragruppe and annen.kostragruppe and en.kostragruppe != annen.kostragruppe:
        sum_ += KOSTRA
    if en.malform and annen.malform and en.malform != annen.malform:
        sum_ += HALV_MALFORM if Sprakvedtak.NOYTRAL in (en.malform, annen.malform) else MALFORM
    return sum_ + (FYLKE if en.fylke_id != annen.fylke_id else 0)


def ligner(en, annen):
    return en != annen and avstand(en, annen) <= LIGNER


def lignende(kommune, antall=5):
    """Those most like it, nearest first. All are measured."""
    alle = innhold.husk("kommuner å ligne på", _alle)
    naermest = nsmallest(antall, ((avstand(kommune, en), en.nummer, en) for en in alle if en != kommune))
    return [Lik(annen, avstand_, hvorfor(kommune, annen)) for avstand_, _nummer, annen in naermest]


def _alle():
    return list(Kommune.objects.gjeldende().select_related("fylke"))


def hvorfor(en, annen):
    """What the two have in common: «Samme KOSTRA-gruppe (7), 5 000–9 999 innbyggere, nynorsk, samme fylke»."""
    felles = []
    if en.kostragruppe and en.kostragruppe == annen.kostragruppe:
        felles.append(_("samme KOSTRA-gruppe (%(gruppe)s)") % {"gruppe": kostra_tall(en)})
    if (gruppe := folketallsgruppe(en)) is not None and gruppe == folketallsgruppe(annen):
        felles.append(folketall_i_ord(gruppe))
    if en.malform and en.malform == annen.malform:
        felles.append(_("nøytral målform") if en.malform == Sprakvedtak.NOYTRAL else en.get_malform_display().lower())
    if en.fylke_id == annen.fylke_id:
        felles.append(_("samme fylke"))
    if not felles:
        return _("Nærmest i folketall.")
    return f"{felles[0][0].upper()}{', '.join(felles)[1:]}."


def kostra_tall(kommune):
    """«7» of the register's «EKG07»."""
    return kommune.kostragruppe.removeprefix("EKG").lstrip("0")


def folketallsgruppe(kommune):
    """The lowest number of inhabitants in its class, or None when we do not know how many they are."""
    if kommune.folketall is None:
        return None
    return max(minst for minst in FOLKETALLSGRUPPER if kommune.folketall >= minst)


def folketall_i_ord(minst):
    """«5 000–9 999 innbyggere»."""
    if minst == FOLKETALLSGRUPPER[0]:
        return _("under %(antall)s innbyggere") % {"antall": _tall(FOLKETALLSGRUPPER[1])}
    if minst == FOLKETALLSGRUPPER[-1]:
        return _("minst %(antall)s innbyggere") % {"antall": _tall(minst)}
    neste = FOLKETALLSGRUPPER[FOLKETALLSGRUPPER.index(minst) + 1]
    return _("%(minst)s–%(mest)s innbyggere") % {"minst": _tall(minst), "mest": _tall(neste - 1)}


def _tall(verdi):
    return number_format(verdi, force_grouping=True)


def egne_kommuner(bruker):
    """The municipalities a reader works for; none for the anonymous. One query."""
    ider = arbeider_for(bruker)
    return list(Kommune.objects.gjeldende().filter(organisasjon__in=ider).order_by("nummer")) if ider else []
