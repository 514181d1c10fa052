"""The field of dots in a mission's head: every dot a project, nearer the middle the further it has come."""

from dataclasses import dataclass
from math import cos, pi, sin

from prosjekter.kodeverk import Fase

MIDTE = 200  # the drawing is 400 by 400
# From the middle out: the phases of the ring, its radius, how many dots it holds, and how wide they are.
RINGER = (
    ((Fase.SKALERING, Fase.DRIFT), 66, 10, 17),
    ((Fase.PILOT,), 95, 15, 16),
    ((Fase.EKSPERIMENT,), 124, 19, 15),
    ((Fase.UTFORSKING, Fase.INNSIKT), 153, 24, 14),
    ((Fase.FORANKRING, Fase.IDE), 182, 28, 13),
)
VRIDNING = 2.4  # the golden angle, in radians: rings with one dot each do not line up


@dataclass(frozen=True)
class Prikk:
    utfall: str
    x: str
    y: str
    bredde: int


@dataclass(frozen=True)
class Felt:
    prikker: list
    per_prikk: int
    radier: tuple = tuple(radius for _faser, radius, _plass, _bredde in RINGER)


def tegn_felt(tellinger):
    """`tellinger` is {(fase, utfall): number}. When a ring is full, every dot stands for more, in all rings alike."""
    ringer = [
        [utfall for (fase, utfall), antall in tellinger.items() if fase in faser for _nr in range(antall)]
        for faser, _radius, _plass, _bredde in RINGER
    ]
    per_prikk = max(1, *(-(-len(utfall) // plass) for utfall, (_f, _r, plass, _b) in zip(ringer, RINGER, strict=True)))
    prikker = [
        prikk
        for nummer, utfall in enumerate(ringer)
        for prikk in _ring(utfall[::per_prikk], *RINGER[nummer][1::2], start=nummer * VRIDNING - pi / 2)
    ]
    return Felt(prikker=prikker, per_prikk=per_prikk)


def _ring(utfall, radius, bredde, *, start):
    for nummer, ett in enumerate(utfall):
        vinkel = start + 2 * pi * nummer / len(utfall)
        yield Prikk(
            utfall=ett,
            x=f"{MIDTE + radius * cos(vinkel) - bredde / 2:.1f}",
            y=f"{MIDTE + radius * sin(vinkel) - bredde / 2:.1f}",
            bredde=bredde,
        )
