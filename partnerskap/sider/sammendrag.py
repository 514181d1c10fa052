"""How it goes with a number of projects, in a sentence and by phase: for pages about a place or a topic."""

from collections import Counter
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kommuner.historie import ramse
from partnerskap.felles.fylkeskart import tall
from prosjekter.kodeverk import Fase, Utfall

SAGT = {  # after a number: «12 virket»
    Utfall.VIRKET: _("%s virket"),
    Utfall.DELVIS: _("%s virket delvis"),
    Utfall.VIRKET_IKKE: _("%s ble prøvd og virket ikke"),
    Utfall.STOPPET: _("%s stoppet før resultat"),
    Utfall.OVERFORT: _("%s ble overført til andre"),
    Utfall.PAUSE: _("%s er på pause"),
    Utfall.PAGAR: _("%s pågår"),
}


class Fasetall(NamedTuple):
    """One phase that has projects: how many by outcome, and where they are listed."""

    kode: str
    navn: str
    tellinger: list
    adresse: str

    @property
    def antall(self):
        return sum(antall for _utfall, antall in self.tellinger)

    @property
    def setning(self):
        return utfallssetning(dict(self.tellinger))


def tell(utvalg):
    """{(fase, utfall): number}, in the order of the code lists, of those there are."""
    per_fase = ((fase, utvalg.med("fase", fase).per("utfall")) for fase in Fase)
    return {(fase, u): antall[u] for fase, antall in per_fase for u in Utfall if u in antall}


def per_utfall(tellinger):
    """Pairs of outcome and number in the order of the code list, for {% merkerad %}."""
    antall = Counter()
    for (_fase, utfall), i_fasen in tellinger.items():
        antall[utfall] += i_fasen
    return [(u.value, antall[u]) for u in Utfall if u in antall]


def faser(tellinger, adresse):
    """The phases that have projects, in order. `adresse` makes the address of the list from a phase."""
    return [
        Fasetall(
            fase.value,
            fase.label,
            [(utfall, antall) for (f, utfall), antall in tellinger.items() if f == fase],
            adresse(fase.value),
        )
        for fase in Fase
        if any(f == fase for f, _utfall in tellinger)
    ]


def utfallssetning(antall):
    """«5 virket, 2 ble prøvd og virket ikke og 8 pågår», in the order the marks stand."""
    return ramse([str(sagt) % tall(antall[utfall]) for utfall, sagt in SAGT.items() if antall.get(utfall)])
