"""KS takes away one thing that hangs on a project, with a reason, and puts it back. The project stays.

The deeds are the same for every kind of row that KanTasNed. What differs is in `SLAG`: how the row is held, what is
counted and indexed anew, and how those who wrote it are told.
"""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

from django.db import transaction
from django.utils import timezone

from partnerskap.felles import versjon as versjoner
from partnerskap.felles.tilgang import krev
from prosjekter import tilgang
from prosjekter.handlinger import barriere as barriere_handlinger
from prosjekter.handlinger import eksperiment as eksperiment_handlinger
from prosjekter.handlinger import fil as fil_handlinger
from prosjekter.handlinger import gjenbruk as gjenbruk_handlinger
from prosjekter.handlinger import laering as laering_handlinger
from prosjekter.handlinger import samspill as samspill_handlinger
from prosjekter.handlinger.prosjekt import Mangler
from prosjekter.models import FILSLAG, Barriere, Eksperiment, Gjenbruk, Komplementaritet, Laering
from prosjekter.varsler import barriere as barriere_varsler
from prosjekter.varsler import eksperiment as eksperiment_varsler
from prosjekter.varsler import fil as fil_varsler
from prosjekter.varsler import gjenbruk as gjenbruk_varsler
from prosjekter.varsler import laering as laering_varsler
from prosjekter.varsler import samspill as samspill_varsler


@dataclass(frozen=True)
class Slag:
    navn: str  # as in «ta_ned_barriere», in the history
    hold: Callable  # the row: its project, held, and the row as it is now
    ferdig: Callable  # the project and the row: counts, indexes, and that pages have changed
    varsler: ModuleType


SLAG = {
    Barriere: Slag("barriere", barriere_handlinger.hold_begge, barriere_handlinger.ferdig, barriere_varsler),
    Eksperiment: Slag(
        "eksperiment", eksperiment_handlinger.hold_begge, eksperiment_handlinger.ferdig, eksperiment_varsler
    ),
    Gjenbruk: Slag(
        "gjenbruk",
        gjenbruk_handlinger.hold_begge,
        lambda prosjekt, rad: gjenbruk_handlinger.ferdig(prosjekt, rad.til),
        gjenbruk_varsler,
    ),
    Komplementaritet: Slag(
        "samspill",
        samspill_handlinger.hold_begge,
        lambda prosjekt, rad: samspill_handlinger.ferdig(prosjekt, rad.til_prosjekt),
        samspill_varsler,
    ),
    Laering: Slag("laering", laering_handlinger.hold_begge, laering_handlinger.ferdig, laering_varsler),
    **{
        modell: Slag(
            slag,
            fil_handlinger.hold_begge,
            lambda prosjekt, _rad: fil_handlinger.ferdig(prosjekt, av=None),
            fil_varsler,
        )
        for slag, modell in FILSLAG.items()
    },
}


@transaction.atomic
def ta_ned(rad, *, grunn, begrunnelse, av):
    """Others no longer see it, and those who wrote it are told why. False when it was down already."""
    krev(tilgang.kan_moderere, av)
    begrunnelse = begrunnelse.strip()
    if usagt := [navn for navn, sagt in (("grunn", grunn), ("begrunnelse", begrunnelse)) if not sagt]:
        raise Mangler(felt=usagt)
    slag = SLAG[type(rad)]
    prosjekt, fersk = slag.hold(rad)
    if fersk.tatt_ned_tid:
        return False
    _skriv(fersk, timezone.now(), grunn, begrunnelse, av=av, handling=f"ta_ned_{slag.navn}")
    slag.ferdig(prosjekt, fersk)
    slag.varsler.tatt_ned(fersk, av=av)
    return True


@transaction.atomic
def legg_tilbake(rad, *, av):
    """Others see it again. False when they did already."""
    krev(tilgang.kan_moderere, av)
    slag = SLAG[type(rad)]
    prosjekt, fersk = slag.hold(rad)
    if fersk.tatt_ned_tid is None:
        return False
    _skriv(fersk, None, "", "", av=av, handling=f"legg_tilbake_{slag.navn}")
    slag.ferdig(prosjekt, fersk)
    slag.varsler.lagt_tilbake(fersk, av=av)
    return True


def _skriv(rad, tid, grunn, begrunnelse, *, av, handling):
    versjoner.ta_neste(rad, rad.versjon)
    rad.tatt_ned_tid, rad.tatt_ned_grunn, rad.tatt_ned_begrunnelse = tid, grunn, begrunnelse
    if hasattr(rad, "endret_tid"):
        rad.endret_tid = timezone.now()
    versjoner.merk(rad, av=av, handling=handling)
    rad.save()
