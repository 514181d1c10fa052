"""The register's files as typed rows. Knows nothing of the database. data/KILDER.md describes the files."""

import csv
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import SimpleNamespace as Rad

from django.core.exceptions import ValidationError

from kommuner.kodeverk import Endringstype, Sprakvedtak, Stedssprak
from kommuner.models import Nettdomene
from kommuner.models.organisasjon import gyldig_orgnr
from partnerskap.felles.norsk import norsk_slug

MAPPE = Path(__file__).resolve().parent.parent / "data"
DAG = timedelta(days=1)


class Registerfeil(Exception):  # noqa: N818
    """Everything that is wrong, one sentence each. Nothing has been written."""

    def __init__(self, feil):
        self.feil = feil
        super().__init__("\n".join(feil))


def tekst(verdi):
    return verdi


def navn(verdi):
    if not verdi or len(verdi) > 100:
        raise ValueError("mangler, eller er for langt")
    return verdi


def siffer(antall):
    def les(verdi):
        if len(verdi) != antall or not (verdi.isascii() and verdi.isdigit()):
            raise ValueError(f"skal ha {antall} siffer")
        return verdi

    return les


def valgfri(les):
    return lambda verdi: les(verdi) if verdi else None


def ja(verdi):
    return {"ja": True, "nei": False}[verdi]


def kode(kodeverk):
    """A value of one of our code lists, written in the files with Norwegian letters."""
    return lambda verdi: kodeverk(norsk_slug(verdi)) if verdi else ""


def domene(verdi):
    if verdi:
        Nettdomene._meta.get_field("domene").run_validators(verdi)
    return verdi


def orgnr(verdi):
    if verdi:
        gyldig_orgnr(verdi)
    return verdi


dato = date.fromisoformat
fylkesnummer, kommunenummer = siffer(2), siffer(4)

PERIODE = {"gyldig_fra": valgfri(dato), "gyldig_til": valgfri(dato)}
# File, the attribute it becomes, and how each column is read. Columns we have no use for are left out.
KOLONNER: dict[str, tuple[str, dict[str, Callable]]] = {
    "fylker.csv": (
        "fylker",
        {"fylkesnummer": fylkesnummer, "navn": navn, **PERIODE, "eldre_enn_register": ja},
    ),
    "kommuner.csv": (
        "kommuner",
        {
            "kommunenummer": kommunenummer,
            "navn": navn,
            "navn_offisielt": navn,
            "malform": kode(Sprakvedtak),
            "fylkesnummer": fylkesnummer,
            **PERIODE,
            "eldre_enn_register": ja,
        },
    ),
    "kommuner_utgatt_2017.csv": (
        "utgatte",
        {
            "kommunenummer": kommunenummer,
            "navn": navn,
            "navn_offisielt": navn,
            "fylkesnummer": fylkesnummer,
            "fylkesnavn": navn,
            "gyldig_til": dato,
        },
    ),
    "parallellnavn.csv": (
        "navn",
        {
            "enhet": tekst,
            "nummer": tekst,
            "navn": navn,
            "sprak": Stedssprak,
            "rekkefolge": int,
            **PERIODE,
            "eldre_enn_register": ja,
        },
    ),
    "kommuneendringer.csv": (
        "endringer",
        {
            "dato": dato,
            "fra_kommunenummer": kommunenummer,
            "til_kommunenummer": kommunenummer,
            "type": kode(Endringstype),
            "vedtaksdato": valgfri(dato),
            "merknad": tekst,
        },
    ),
    "kommunedetaljer.csv": (
        "detaljer",
        {
            "kommunenummer": kommunenummer,
            "administrasjonssenter": tekst,
            "breddegrad": valgfri(float),
            "lengdegrad": valgfri(float),
            "folketall": valgfri(int),
            "folketall_dato": valgfri(dato),
            "areal_km2": valgfri(Decimal),
            "kostragruppe": tekst,
            "nettdomene": domene,
            "organisasjonsnummer": orgnr,
        },
    ),
}


@dataclass(frozen=True)
class Filer:
    fylker: list
    kommuner: list
    utgatte: list
    navn: list
    endringer: list
    detaljer: list

    def per(self, dag):
        """The register as it is on a day. What begins later is left out, what ends later has not ended."""
        return replace(
            self,
            fylker=_per(self.fylker, dag),
            kommuner=_per(self.kommuner, dag),
            navn=_per(self.navn, dag),
            endringer=[e for e in self.endringer if e.dato <= dag],
        )


def _per(rader, dag):
    return [
        Rad(**{**vars(rad), "gyldig_til": rad.gyldig_til if rad.gyldig_til and rad.gyldig_til < dag else None})
        for rad in rader
        if rad.gyldig_fra is None or rad.gyldig_fra <= dag
    ]


def les(mappe=MAPPE):
    """Read all files. Raises Registerfeil with every cell that could not be read."""
    feil, innhold = [], {}
    for filnavn, (felt, kolonner) in KOLONNER.items():
        innhold[felt] = _les_fil(Path(mappe) / filnavn, kolonner, feil)
    if feil:
        raise Registerfeil(feil)
    return Filer(**innhold)


def _les_fil(fil, kolonner, feil):
    try:
        with fil.open(encoding="utf-8", newline="") as apen:
            leser = csv.DictReader(apen, strict=True)
            if mangler := [k for k in kolonner if k not in (leser.fieldnames or [])]:
                feil.append(f"{fil.name}: kolonner mangler: {', '.join(mangler)}")
                return []
            return [_les_rad(rad, kolonner, f"{fil.name}:{leser.line_num}", feil) for rad in leser]
    except (OSError, UnicodeDecodeError, csv.Error) as grunn:
        feil.append(f"{fil.name}: kan ikke leses ({grunn})")
        return []


def _les_rad(rad, kolonner, hvor, feil):
    verdier = {}
    for kolonne, les_verdi in kolonner.items():
        ra = rad[kolonne]
        try:
            verdier[kolonne] = les_verdi(ra)
        except (ValueError, KeyError, TypeError, InvalidOperation, ValidationError):
            feil.append(f"{hvor}: {kolonne} kan ikke være «{ra}»")
            verdier[kolonne] = None
    if verdier.pop("eldre_enn_register", False):
        verdier["gyldig_fra"] = None  # the file gives the register's own first day, not the place's
    return Rad(**verdier, hvor=hvor)
