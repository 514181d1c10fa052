"""KS' own challenges and main projects, and KS as the organisation that runs the portal.

Only what is missing is made. What a curator has changed, renamed or deleted is left as it is: history remembers the
address each record once had.
"""

import tomllib
from pathlib import Path

from django.db import transaction

from kommuner.kodeverk import Forvaltningsniva, Sektor
from kommuner.models import Organisasjon
from missions.models import Hovedprosjekt, Nokkeltall, Samfunnsutfordring
from partnerskap.felles import innhold
from partnerskap.felles.versjon import merk

MAPPE = Path(__file__).parent


def les(navn):
    with (MAPPE / f"{navn}.toml").open("rb") as fil:
        return tomllib.load(fil)


@transaction.atomic
def last():
    """Make what is missing; returns how many of each were made."""
    laget = {
        "KS": _lag_sekretariat(),
        "samfunnsutfordringer": sum(map(_lag_utfordring, les("samfunnsutfordringer")["samfunnsutfordring"])),
        "hovedprosjekter": sum(map(_lag_hovedprosjekt, les("hovedprosjekter")["hovedprosjekt"])),
    }
    if any(laget.values()):
        innhold.endret()
    return laget


def _lag_sekretariat():
    """KS joins nobody by address: its roles decide over others' projects, so each is given by hand."""
    if Organisasjon.objects.filter(er_sekretariat=True).exists():
        return 0
    Organisasjon.objects.create(
        navn="KS",
        slug="ks",
        sektor=Sektor.PARTENE,
        niva=Forvaltningsniva.IKKE_OFFENTLIG,
        nettsted="https://www.ks.no",
        om="Kommunesektorens organisasjon. KS leder Partnerskap for radikal innovasjon og driver portalen.",
        krever_godkjenning=True,
        er_sekretariat=True,
    )
    return 1


def _har_fantes(modell, slug):
    return modell.objects.filter(slug=slug).exists() or modell.historikk.filter(slug=slug).exists()


def _lag_utfordring(data):
    if _har_fantes(Samfunnsutfordring, data["slug"]):
        return 0
    tall = data.get("nokkeltall", [])
    utfordring = Samfunnsutfordring(**_tekster({k: v for k, v in data.items() if k != "nokkeltall"}))
    _lagre(utfordring)
    for ett in tall:
        _lagre(Nokkeltall(samfunnsutfordring=utfordring, **ett))
    return 1


def _lag_hovedprosjekt(data):
    if _har_fantes(Hovedprosjekt, data["slug"]):
        return 0
    utfordring = Samfunnsutfordring.objects.filter(slug=data.get("samfunnsutfordring")).first()
    _lagre(Hovedprosjekt(**_tekster(data) | {"samfunnsutfordring": utfordring}))
    return 1


def _lagre(objekt):
    """The history says that the portal did it, not a person."""
    merk(objekt, av=None, handling="startdata")
    objekt.save()


def _tekster(data):
    return {navn: verdi.strip() if isinstance(verdi, str) else verdi for navn, verdi in data.items()}
