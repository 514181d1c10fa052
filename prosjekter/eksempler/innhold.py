"""The invented content as plain data: one TOML file a subject, read as it stands."""

import tomllib
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


def _les(navn):
    with (DATA / f"{navn}.toml").open("rb") as fil:
        return tomllib.load(fil)


@cache
def prosjekter():
    """All of them, each with what nytte.toml says about it."""
    nytte = _les("nytte")["nytte"]
    alle = [p for fil in sorted(DATA.glob("*.toml")) for p in _les(fil.stem).get("prosjekt", [])]
    return [p | nytte.get(p["nokkel"], {}) for p in alle]


@cache
def organisasjoner():
    """All of them, with the sector and level that their heading says."""
    funnet = _les("organisasjoner")
    return [
        *({"sektor": "kommune", "niva": "kommune", **o} for o in funnet["kommune"]),
        *({"sektor": "fylkeskommune", "niva": "fylkeskommune", **o} for o in funnet["fylkeskommune"]),
        *funnet["partner"],
    ]


@cache
def personer():
    return _les("personer")["person"]


@cache
def missions():
    return _les("missions")["mission"]


@cache
def gjenbruk():
    return _les("gjenbruk")["gjenbruk"]


@cache
def eksperimenter():
    return _les("eksperimenter")["eksperiment"]


@cache
def initiativer():
    return _les("samspill")["initiativ"]


@cache
def samspill():
    return _les("samspill")["samspill"]


@cache
def barrierer():
    return _les("barrierer")["barriere"]


@cache
def laering():
    return _les("laeringskort")["laering"]


@cache
def utfordringer():
    return _les("utfordringer")["utfordring"]


def personer_for_banner():
    """(address, who it is) for those one may want to sign in as."""
    return [(p["email"], f"{p['navn']}, {p['hvem']}") for p in personer() if "hvem" in p]
