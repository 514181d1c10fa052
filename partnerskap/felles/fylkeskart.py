"""The map of counties: how many in each, told in shades and in words. Knows counties and numbers, nothing else."""

from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerskap.felles.kart import norge

SKYGGER = 4  # besides «none», which is a class of its own
SKJEVT = 16  # times the smallest: from here on each class is at least twice the one before
MERKE = 26  # width of a mark among the shades, in the drawing's own units


class Fylkesrad(NamedTuple):
    nummer: str
    navn: str
    antall: int
    adresse: str
    er_valgt: bool = False


class Klasse(NamedTuple):
    skygge: int  # 0 is none
    navn: str


class Kart(NamedTuple):
    """What {% fylkeskart %} draws."""

    rader: list  # of Fylkesrad
    prikker: list = []  # pairs of place and outcome
    forklaring: list = []  # pairs of outcome and word, for those among the marks
    uten_fylke: int = 0  # how many are in no county
    merknad: str = ""  # a sentence on how they are counted


def grenser(antall):
    """The largest number of each class, in rising order.

    Numbers of projects are often skewed: one county has two, another two hundred. Then each class is as many times larger
    than the one before, or all but one county would look alike. When they are near each other the steps are even.
    Rounded to numbers people can read; with few different numbers each is a class of its own.
    """
    ulike = sorted({n for n in antall if n})
    if len(ulike) <= SKYGGER:
        return ulike
    minst, storst = ulike[0], ulike[-1]
    if storst >= SKJEVT * minst:
        trinn = [minst * (storst / minst) ** (nr / SKYGGER) for nr in range(1, SKYGGER)]
    else:
        trinn = [minst - 1 + (storst - minst + 1) * nr / SKYGGER for nr in range(1, SKYGGER)]
    for siffer in (1, 2):
        runde = [minst - 1, *(round(t, siffer - len(str(int(t)))) for t in trinn), storst]
        if all(lav < hoy for lav, hoy in zip(runde, runde[1:], strict=False)):
            return [int(n) for n in runde[1:]]
    return [ulike[len(ulike) * nr // SKYGGER - 1] for nr in range(1, SKYGGER + 1)]


def skygge(antall, grenser):
    """0 for none, else 1 to SKYGGER: the largest class always has the strongest shade."""
    if not antall:
        return 0
    return SKYGGER - len(grenser) + 1 + next(nr for nr, grense in enumerate(grenser) if antall <= grense)


def klasser(antall):
    """The classes of the map, in words: «Ingen», «1–5», «6–40»."""
    ulike, slutt = sorted(set(antall)), grenser(antall)
    hver_for_seg = len(ulike) - (0 in ulike) <= SKYGGER
    svar = [Klasse(0, _("Ingen"))] if 0 in ulike else []
    fra = next((n for n in ulike if n), 0)
    for til in slutt:
        svar.append(Klasse(skygge(til, slutt), tall(til) if hver_for_seg or fra == til else f"{tall(fra)}–{tall(til)}"))
        fra = til + 1
    return svar


def tegnbare(kart):
    """Each county as the template needs it, in the order of the table."""
    slutt, former = grenser(rad.antall for rad in kart.rader), norge().fylker
    return [
        {
            **rad._asdict(),
            "ord": antall_ord(rad.antall),
            "skygge": skygge(rad.antall, slutt),
            "form": former.get(rad.nummer, ""),
        }
        for rad in kart.rader
    ]


def antall_ord(antall):
    return ngettext("%s prosjekt", "%s prosjekter", antall) % tall(antall) if antall else _("ingen prosjekter")


def tall(antall):
    return number_format(antall, force_grouping=True)
