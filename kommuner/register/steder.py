"""Which numbers are the same place, and what it has been called. Pure functions of the files."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace as Rad

from kommuner.kodeverk import Endringstype, Stedssprak
from kommuner.register.filer import DAG

REGISTERSTART = date(2018, 1, 1)
FLYTTINGER = (Endringstype.NUMMERENDRING, Endringstype.SAMMENSLAING, Endringstype.DELING)


@dataclass
class Sted:
    """One municipality: the lives of its numbers in order (rows of kommuner.csv), and its names."""

    liv: list
    navn: list = field(default_factory=list)

    @property
    def siste(self):
        return self.liv[-1]

    @property
    def gyldig_fra(self):
        return self.liv[0].gyldig_fra

    @property
    def gyldig_til(self):
        return self.siste.gyldig_til

    @property
    def er_gjeldende(self):
        return self.gyldig_til is None


class Numre:
    """The lives of all numbers, found by number and day."""

    def __init__(self, filer):
        utgatte = [
            Rad(**{**vars(rad), "gyldig_fra": None, "malform": ""}) for rad in filer.utgatte
        ]  # they lived before the register begins
        self.alle = utgatte + filer.kommuner
        self._etter_nummer = defaultdict(list)
        for liv in self.alle:
            self._etter_nummer[liv.kommunenummer].append(liv)

    def etter_nummer(self):
        return self._etter_nummer.items()

    def paa(self, nummer, dag):
        """The life of the number on that day, or None."""
        return next((liv for liv in self._etter_nummer[nummer] if gjelder(liv, dag)), None)

    def for_og_etter(self, endring):
        """The lives a change leads from and to."""
        return self.paa(endring.fra_kommunenummer, endring.dato - DAG), self.paa(
            endring.til_kommunenummer, endring.dato
        )


def gjelder(rad, dag):
    return (rad.gyldig_fra is None or rad.gyldig_fra <= dag) and (rad.gyldig_til is None or dag <= rad.gyldig_til)


def finn_steder(filer, numre):
    """All places. A one-to-one new number is the same place; a merger or a split makes new ones."""
    neste = {}
    for endring in filer.endringer:
        if endring.type == Endringstype.NUMMERENDRING:
            fra, til = numre.for_og_etter(endring)
            neste[id(fra)] = til
    fortsettelser = {id(liv) for liv in neste.values()}
    stedsnavn = _navn_etter_nummer(filer, "kommune")
    steder = []
    for liv in numre.alle:
        if id(liv) not in fortsettelser:
            kjede = [liv]
            while etter := neste.get(id(kjede[-1])):
                kjede.append(etter)
            steder.append(Sted(kjede, sla_sammen([n for ledd in kjede for n in navn_i_livet(ledd, stedsnavn)])))
    return steder


def navn_i_livet(liv, stedsnavn):
    """The names while the number lived. A place with one name has no rows of its own in parallellnavn.csv."""
    rader = stedsnavn[liv.kommunenummer]
    if any(rad.sprak == Stedssprak.NORSK for rad in rader):
        return rader
    return [norsk_navn(liv), *rader]


def norsk_navn(rad):
    return Rad(
        navn=rad.navn,
        sprak=Stedssprak.NORSK,
        rekkefolge=1,
        gyldig_fra=rad.gyldig_fra,
        gyldig_til=rad.gyldig_til,
    )


def fylkesnavn(filer, fylker):
    """Pairs of county number and name row."""
    stedsnavn = _navn_etter_nummer(filer, "fylke")
    return [
        (fylke.fylkesnummer, rad) for fylke in fylker for rad in [norsk_navn(fylke), *stedsnavn[fylke.fylkesnummer]]
    ]


def alle_fylker(filer):
    """The counties of the register, and those that ended before it begins."""
    kjente = {fylke.fylkesnummer for fylke in filer.fylker}
    eldre = {
        rad.fylkesnummer: Rad(
            fylkesnummer=rad.fylkesnummer, navn=rad.fylkesnavn, gyldig_fra=None, gyldig_til=rad.gyldig_til
        )
        for rad in filer.utgatte
        if rad.fylkesnummer not in kjente
    }
    return [*eldre.values(), *filer.fylker]


def sla_sammen(rader):
    """A name that continues under the next number is one name with one period."""
    sammen = {}
    for rad in sorted(rader, key=lambda r: r.gyldig_fra or date.min):
        nokkel = (rad.sprak, rad.navn, rad.rekkefolge)
        forrige = sammen.get(nokkel, [None])[-1]
        if forrige and forrige.gyldig_til and forrige.gyldig_til + DAG == rad.gyldig_fra:
            forrige.gyldig_til = rad.gyldig_til
        else:
            sammen.setdefault(nokkel, []).append(Rad(**vars(rad)))
    return [rad for perioder in sammen.values() for rad in perioder]


def homonymer(steder, fylkesnavn):
    """Indexes of those that must carry their county: another of today, or of another county, has the same name."""
    naa = Counter(sted.siste.navn for sted in steder if sted.er_gjeldende)
    fylker = defaultdict(set)
    for sted in steder:
        fylker[sted.siste.navn].add(fylkesnavn[sted.siste.fylkesnummer])
    return {
        i
        for i, sted in enumerate(steder)
        if (naa[sted.siste.navn] > 1 if sted.er_gjeldende else len(fylker[sted.siste.navn]) > 1)
    }


def _navn_etter_nummer(filer, enhet):
    navn = defaultdict(list)
    for rad in filer.navn:
        if rad.enhet == enhet:
            navn[rad.nummer].append(rad)
    return navn
