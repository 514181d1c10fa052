"""A file of rows, CSV or XLSX, as a table of cells. What kind it is, is seen from its content and not from its name.

Whatever is wrong with the file as such is a Filfeil with a message for the one who made it. What is wrong with one row
goes with the row.
"""

import csv
import io
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from warnings import catch_warnings, simplefilter
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook

MAKS_BYTE = 100_000_000
MAKS_UTPAKKET = 500_000_000  # an XLSX is a zip: what it says it is on disk says nothing
MAKS_RADER = 50_000
MAKS_KOLONNER = 200
MAKS_CELLE = 1_000_000  # beyond this a quote has not been closed
SKILLETEGN = {";": "semikolon", ",": "komma", "\t": "tabulator"}
ANNET = {
    b"\xd0\xcf\x11\xe0": "Fila er lagret i det gamle Excel-formatet (.xls) eller har passord. "
    "Lagre den som .xlsx uten passord, eller som CSV.",
    b"%PDF": "Fila er en PDF. Lagre lista som .xlsx eller CSV.",
    b"\x1f\x8b": "Fila er pakket (gzip). Pakk den ut først.",
}


class Filfeil(Exception):  # noqa: N818 - the word of the domain
    """The file cannot be read at all. The message is for people."""


@dataclass(frozen=True)
class Feilcelle:
    """A cell that has no value to read, and why."""

    grunn: str


@dataclass
class Rad:
    """`nummer` is the number the spreadsheet shows: the headings are row 1."""

    nummer: int
    celler: list
    feil: str = ""


@dataclass
class Tabell:
    overskrifter: list
    rader: list = field(default_factory=list)
    beskrivelse: str = ""  # what the file was taken for


def les_fil(sti, er_kjent):
    """Read the file. `er_kjent` says whether a heading is one of ours, by which the separator of a CSV is told."""
    try:
        with open(sti, "rb") as fil:
            innhold = fil.read(MAKS_BYTE + 1)
    except IsADirectoryError:
        raise Filfeil("Det er en mappe, ikke en fil.") from None
    except FileNotFoundError:
        raise Filfeil("Fila finnes ikke.") from None
    except OSError as feil:
        raise Filfeil(f"Fila kan ikke leses: {feil.strerror}.") from None
    if len(innhold) > MAKS_BYTE:
        raise Filfeil(f"Fila er større enn {MAKS_BYTE // 1_000_000} MB. Del den i flere.")
    if not innhold.strip():
        raise Filfeil("Fila er tom.")
    for begynnelse, melding in ANNET.items():
        if innhold.startswith(begynnelse):
            raise Filfeil(melding)
    tabell = _les_xlsx(innhold) if innhold.startswith(b"PK\x03\x04") else _les_csv(innhold, er_kjent)
    if not tabell.rader:
        raise Filfeil("Fila har overskrifter, men ingen rader.")
    return tabell


def _ta_rader(alle, beskrivelse):
    """The first row with anything in it is the headings; rows without anything are left out."""
    tabell = None
    for nummer, celler, feil in alle:
        if not feil and all(celle is None or celle == "" for celle in celler):
            continue
        if tabell is None:
            if feil:
                raise Filfeil(f"Rad {nummer}, overskriftene: {feil}")
            while celler and celler[-1] in (None, ""):
                celler.pop()
            if len(celler) > MAKS_KOLONNER:
                raise Filfeil(f"Fila har {len(celler)} kolonner. Det meste er {MAKS_KOLONNER}.")
            tabell = Tabell(["" if c is None else str(c) for c in celler], beskrivelse=beskrivelse)
            continue
        if len(tabell.rader) == MAKS_RADER:
            raise Filfeil(f"Fila har mer enn {MAKS_RADER} rader. Del den i flere.")
        tabell.rader.append(Rad(nummer, celler, feil))
    if tabell is None:
        raise Filfeil("Fila er tom.")
    return tabell


# ---- CSV -----------------------------------------------------------------------------------------------------------


def _les_csv(innhold, er_kjent):
    tekst, koding = _tegn(innhold)
    forste, _skille, resten = tekst.partition("\n")
    skilletegn = None
    foran = 0
    if forste.strip().lower().startswith("sep=") and len(forste.strip()) <= 5:  # Excel's own line
        skilletegn, tekst, foran = forste.rstrip("\r")[4:5] or "\t", resten, 1
    if skilletegn not in SKILLETEGN:
        skilletegn = _finn_skilletegn(tekst, er_kjent)
    return _ta_rader(_csvrader(tekst, skilletegn, foran), f"CSV, {koding}, {SKILLETEGN[skilletegn]} mellom cellene")


def _tegn(innhold):
    """The text, and what it was encoded as: UTF-8 when that fits, else Windows-1252, as Excel in Norway writes."""
    for merke, koding, navn in (
        (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"), (b"\xff\xfe", "utf-16", "UTF-16"), (b"\xfe\xff", "utf-16", "UTF-16"),
    ):  # fmt: skip
        if innhold.startswith(merke):
            try:
                return innhold.decode(koding), navn
            except UnicodeDecodeError:
                raise Filfeil(f"Fila sier at den er {navn}, men er det ikke. Lagre den på nytt som UTF-8.") from None
    if innhold.count(b"\0") > len(innhold) // 100:
        raise Filfeil("Fila er verken CSV eller XLSX. Lagre lista på nytt i ett av de to formatene.")
    try:
        return innhold.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        pass
    try:
        return innhold.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError as feil:
        linje = innhold.count(b"\n", 0, feil.start) + 1
        raise Filfeil(f"Linje {linje} har tegn som verken er UTF-8 eller Windows-1252. Lagre fila som UTF-8.") from None


def _finn_skilletegn(tekst, er_kjent):
    """The one that makes most of the headings into names we know; else the one there is most of."""
    hode = next((linje for linje in tekst[:100_000].splitlines() if linje.strip()), "")

    def poeng(tegn):
        celler = next(csv.reader([hode], delimiter=tegn), [])
        return sum(map(bool, map(er_kjent, celler))), len(celler)

    return max(SKILLETEGN, key=poeng)


def _csvrader(tekst, skilletegn, foran):
    """(number, cells, what is wrong). A broken row does not stop the next."""
    with _lange_celler():
        leser = csv.reader(io.StringIO(tekst, newline=""), delimiter=skilletegn, strict=True)
        nummer = foran
        while True:
            nummer += 1
            fra = leser.line_num
            try:
                yield nummer, next(leser), ""
            except StopIteration:
                return
            except csv.Error as feil:
                yield nummer, [], _csvfeil(str(feil), fra + 1)


@contextmanager
def _lange_celler():
    """csv's own limit, for the whole process, is 131,072."""
    for_ = csv.field_size_limit(MAKS_CELLE)
    try:
        yield
    finally:
        csv.field_size_limit(for_)


def _csvfeil(feil, linje):
    if "unexpected end" in feil:
        return f"Et anførselstegn som åpner en celle på linje {linje}, blir aldri lukket. Resten av fila er ikke lest."
    if "larger than" in feil:
        return f"En celle er lengre enn {MAKS_CELLE} tegn. Mangler det et anførselstegn på linje {linje}?"
    if "expected after" in feil:
        return 'Et anførselstegn står midt i en celle. Skriv det to ganger ("") der det skal være med i teksten.'
    return "Raden er ikke gyldig CSV."


# ---- XLSX ----------------------------------------------------------------------------------------------------------

IKKE_XLSX = "Fila ser ut som en zip-fil, men er ikke et regneark. Åpne lista i Excel og lagre den som .xlsx."


def _les_xlsx(innhold):
    _se_i_pakken(innhold)
    try:
        with catch_warnings():
            simplefilter("ignore")  # openpyxl tells about drop-down lists and styles it leaves out
            # Twice: once for the values Excel worked out, once to see which cells are formulas.
            verdier, formler = (
                load_workbook(io.BytesIO(innhold), read_only=True, data_only=bare_verdier, keep_links=False)
                for bare_verdier in (True, False)
            )
            ark = next((a.title for a in verdier.worksheets if a.sheet_state == "visible"), None)
            if ark is None:
                raise Filfeil("Regnearket har ingen synlige ark.")
            rader = _arkrader(verdier[ark], formler[ark])
            return _ta_rader(rader, f"XLSX, arket «{ark}»")
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, ParseError, EOFError):
        # What openpyxl raises for a broken file is whatever its code happened to run into.
        raise Filfeil("Regnearket er skadet og kan ikke leses. Åpne det i Excel og lagre det på nytt.") from None


def _se_i_pakken(innhold):
    """A spreadsheet, and not larger unpacked than we can hold. Unpacks it all: the sizes a zip states can be false."""
    try:
        with zipfile.ZipFile(io.BytesIO(innhold)) as pakke:
            if "xl/workbook.xml" not in pakke.namelist():
                raise Filfeil(IKKE_XLSX)
            utpakket = 0
            for del_ in pakke.infolist():
                with pakke.open(del_) as strom:
                    while bit := strom.read(1 << 20):
                        utpakket += len(bit)
                        if utpakket > MAKS_UTPAKKET:
                            raise Filfeil("Regnearket er for stort når det pakkes ut. Del det i flere.")
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise Filfeil(IKKE_XLSX) from None
    except zipfile.zlib.error:
        raise Filfeil(IKKE_XLSX) from None


def _arkrader(verdier, formler):
    # One stray cell at the far end of a sheet would make every row 16,384 cells wide.
    par = zip(
        verdier.iter_rows(max_col=MAKS_KOLONNER + 1, values_only=True),
        formler.iter_rows(max_col=MAKS_KOLONNER + 1, values_only=True),
        strict=True,
    )
    for nummer, (rad, formelrad) in enumerate(par, start=1):
        if formelrad.count(None) == len(formelrad):
            continue  # a sheet may have a million of these
        yield nummer, [_celle(verdi, formel) for verdi, formel in zip(rad, formelrad, strict=True)], ""


def _celle(verdi, formel):
    if verdi is None and formel is not None:
        return Feilcelle("Formelen har ingen verdi. Åpne fila i Excel og lagre den, eller lim inn verdien.")
    if isinstance(verdi, str):
        if verdi.startswith("#") and verdi.rstrip("!?").isupper() and verdi in FEILVERDIER:
            return Feilcelle(f"Cella viser en feil i regnearket: {verdi}.")
        return verdi.replace("_x000D_", "")
    return verdi


FEILVERDIER = {"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#GETTING_DATA"}
