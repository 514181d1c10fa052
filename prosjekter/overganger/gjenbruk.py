"""The one table of how a reuse moves: from which states, to which, who may, and what must be said with it.

A taker may go back and forth as life does. One move is guarded: value is confirmed by the taker alone, from use, with
what the value is and how it is known.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from prosjekter import tilgang
from prosjekter.kodeverk import Gjenbrukstatus
from prosjekter.varsler import gjenbruk as varsler

VURDERES, PLANLAGT, INNFORES, I_BRUK, VERDI_BEKREFTET, FORKASTET = Gjenbrukstatus


class UmuligFlytt(Exception):  # noqa: N818
    """No row of the table leads there from here, for this person."""

    def __init__(self, fra, til):
        super().__init__(f"{fra} til {til}")
        self.melding = _("Det går ikke an å gå fra «%(fra)s» til «%(til)s».") % {
            "fra": Gjenbrukstatus(fra).label.lower(),
            "til": Gjenbrukstatus(til).label.lower(),
        }


@dataclass(frozen=True)
class Flytt:
    til: str
    fra: tuple
    hvem: Callable  # tilgang: (bruker, gjenbruk) -> bool
    ma_sies: tuple = ()  # fields that must have a value
    varsle: Callable | None = None  # told to those who share


START = (VURDERES, PLANLAGT, INNFORES, I_BRUK)  # where a new record may begin

FLYTT = (
    Flytt(VURDERES, (PLANLAGT, INNFORES, FORKASTET), tilgang.kan_endre_gjenbruk),
    Flytt(PLANLAGT, (VURDERES, INNFORES, FORKASTET), tilgang.kan_endre_gjenbruk),
    Flytt(INNFORES, (VURDERES, PLANLAGT, I_BRUK, FORKASTET), tilgang.kan_endre_gjenbruk),
    Flytt(
        I_BRUK, (VURDERES, PLANLAGT, INNFORES, VERDI_BEKREFTET, FORKASTET), tilgang.kan_endre_gjenbruk,
        varsle=varsler.tatt_i_bruk,
    ),
    Flytt(
        VERDI_BEKREFTET, (I_BRUK,), tilgang.er_taker,
        ma_sies=("verdi", "belegg"), varsle=varsler.verdi_bekreftet,
    ),
    Flytt(
        FORKASTET, (VURDERES, PLANLAGT, INNFORES, I_BRUK, VERDI_BEKREFTET), tilgang.kan_endre_gjenbruk,
        ma_sies=("hvorfor_ikke",), varsle=varsler.forkastet,
    ),
)  # fmt: skip


def finn(fra, til, gjenbruk, bruker):
    """The row from one state to another for this person; None when nothing moves. UmuligFlytt when there is none."""
    if fra == til:
        return None
    for flytt in FLYTT:
        if flytt.til == til and fra in flytt.fra and flytt.hvem(bruker, gjenbruk):
            return flytt
    raise UmuligFlytt(fra, til)


def mulige(gjenbruk, bruker):
    """States the person may choose: the one it is in, and those a row leads to."""
    dit = {f.til for f in FLYTT if gjenbruk.status in f.fra and f.hvem(bruker, gjenbruk)}
    return [s for s in Gjenbrukstatus if s == gjenbruk.status or s in dit]


def ma_sies(til):
    return next((f.ma_sies for f in FLYTT if f.til == til), ())
