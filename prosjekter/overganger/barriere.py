"""The one table of how a barrier moves: from which states, to which, and who is told. Only KS moves it.

Every move is said with a reason, which stands on the barrier's page with the date. What has been decided can be taken up
again: laws change, and so do answers.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from prosjekter import tilgang
from prosjekter.kodeverk import Policylabstatus
from prosjekter.varsler import barriere as varsler

MELDT, AVKLART, I_POLICYLAB, FORSLAG_SENDT, ENDRET, AVVIST, LOKALT = Policylabstatus


class UmuligFlytt(Exception):  # noqa: N818
    """No row of the table leads there from here, for this person."""

    def __init__(self, fra, til):
        super().__init__(f"{fra} til {til}")
        self.melding = _("Det går ikke an å gå fra «%(fra)s» til «%(til)s».") % {
            "fra": Policylabstatus(fra).label.lower(),
            "til": Policylabstatus(til).label.lower(),
        }


@dataclass(frozen=True)
class Flytt:
    til: str
    fra: tuple
    hvem: Callable = tilgang.kan_behandle_barriere  # (bruker, barriere) -> bool
    varsle: Callable = varsler.flyttet  # told to those who look after the project


FLYTT = (
    Flytt(MELDT, (AVKLART, AVVIST, LOKALT)),
    Flytt(AVKLART, (MELDT, I_POLICYLAB, LOKALT)),
    Flytt(I_POLICYLAB, (MELDT, AVKLART, FORSLAG_SENDT, ENDRET, AVVIST, LOKALT)),
    Flytt(FORSLAG_SENDT, (AVKLART, I_POLICYLAB)),
    Flytt(ENDRET, (AVKLART, I_POLICYLAB, FORSLAG_SENDT, AVVIST), varsle=varsler.endret),
    Flytt(AVVIST, (MELDT, AVKLART, I_POLICYLAB, FORSLAG_SENDT)),
    Flytt(LOKALT, (MELDT, AVKLART, I_POLICYLAB, FORSLAG_SENDT, AVVIST), varsle=varsler.lokalt_handlingsrom),
)


def finn(barriere, til, bruker):
    """The row from where the barrier is to `til`, for this person. UmuligFlytt when there is none."""
    for flytt in FLYTT:
        if flytt.til == til and barriere.policylab_status in flytt.fra and flytt.hvem(bruker, barriere):
            return flytt
    raise UmuligFlytt(barriere.policylab_status, til)


def mulige(barriere, bruker, fra=None):
    """States the person may move it to, in the order of the list; from another state than its own when one is given."""
    dit = {f.til for f in FLYTT if (fra or barriere.policylab_status) in f.fra and f.hvem(bruker, barriere)}
    return [status for status in Policylabstatus if status in dit]
