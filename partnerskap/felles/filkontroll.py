"""What an attachment really is, whatever it is called, and whether it may be passed on to others.

Only a short list of kinds is let in, each known by its content: a PDF, Word, Excel, PowerPoint and LibreOffice files
(which are zip archives), and plain text. Nothing is unpacked, run or shown: a file is looked into just far enough to know
what it is and that it carries no macros, scripts or locks. That is a sieve and not a proof; the virus scanner
(partnerskap.felles.virus) is the next one. docs/beslutninger has the reasons.
"""

import codecs
import hashlib
import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MAKS_BYTE = 20 * 1024 * 1024
BIT = 64 * 1024
MAKS_NAVN = 100


class Filfeil(Exception):  # noqa: N818
    """The file is not taken, and why, in words for the one who sent it."""


@dataclass(frozen=True)
class Filtype:
    kode: str  # also how the name ends
    navn: str
    mime: str
    kjennetegn: str = ""  # what an archive says it is


OOXML = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."
TYPER = {
    t.kode: t
    for t in (
        Filtype("pdf", gettext_lazy("PDF"), "application/pdf"),
        Filtype("docx", gettext_lazy("Word-dokument"), OOXML + "wordprocessingml.document"),
        Filtype("xlsx", gettext_lazy("Excel-regneark"), OOXML + "spreadsheetml.sheet"),
        Filtype("pptx", gettext_lazy("PowerPoint-presentasjon"), OOXML + "presentationml.presentation"),
        Filtype("odt", gettext_lazy("LibreOffice-dokument"), ODF + "text"),
        Filtype("ods", gettext_lazy("LibreOffice-regneark"), ODF + "spreadsheet"),
        Filtype("odp", gettext_lazy("LibreOffice-presentasjon"), ODF + "presentation"),
        Filtype("csv", gettext_lazy("CSV-fil"), "text/csv"),
        Filtype("txt", gettext_lazy("Tekstfil"), "text/plain"),
    )
}
GODTAS = gettext_lazy("PDF, Word, Excel, PowerPoint, LibreOffice (odt, ods, odp), csv og txt")
# What the chooser of files offers first.
ENDELSER = ",".join(f".{kode}" for kode in TYPER)
GAMLE = {"doc": "docx", "xls": "xlsx", "ppt": "pptx"}


@dataclass(frozen=True)
class Vedleggsfil:
    """A file that has been looked into. Only `les` makes one."""

    fil: object
    type: str
    filnavn: str
    storrelse: int
    sjekksum: str


def les(fil, navn):
    """Look into an open file that is called `navn`. Raises Filfeil."""
    storrelse = fil.seek(0, 2)
    if not storrelse:
        raise Filfeil(_("Filen er tom."))
    if storrelse > MAKS_BYTE:
        raise Filfeil(_("Filen er for stor."))
    endelse = trygt_navn(navn).rpartition(".")[2].lower() if "." in trygt_navn(navn) else ""
    kode = _hva_det_er(fil, endelse)
    return Vedleggsfil(fil, kode, filnavn(navn, kode), storrelse, sjekksum(fil))


def sjekksum(fil):
    fil.seek(0)
    return hashlib.file_digest(fil, "sha256").hexdigest()


def _hva_det_er(fil, endelse):
    fil.seek(0)
    hode = fil.read(1024)
    if hode.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-"):
        kode = _pdf(fil)
    elif hode.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        kode = _arkiv(fil)
    elif hode.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise Filfeil(_gammel_eller_laast(endelse))
    elif endelse in ("csv", "txt", ""):
        kode = _tekst(fil, hode, endelse or "txt")
    else:
        raise Filfeil(_ukjent(endelse))
    if endelse and endelse != kode:
        raise Filfeil(
            _("Filen heter «.%(endelse)s», men innholdet er noe annet (%(type)s). Lagre den på nytt med riktig type.")
            % {"endelse": endelse[:10], "type": TYPER[kode].navn}
        )
    return kode


def _ukjent(endelse):
    if endelse in TYPER:
        return _("Filen heter «.%s», men er ikke det. Den kan være ødelagt. Åpne den og lagre den på nytt.") % endelse
    return _("Denne typen fil tar vi ikke imot. Dette kan du legge ved: %s.") % GODTAS


def _gammel_eller_laast(endelse):
    if endelse in TYPER:
        return _("Filen er låst med passord, eller lagret i et gammelt format. Ta bort passordet og lagre den på nytt.")
    ny = GAMLE.get(endelse, "docx")
    return _("Filen er i et gammelt format. Åpne den, velg «Lagre som», og velg .%s eller PDF.") % ny


# ---- PDF ----------------------------------------------------------------------------------------------------------


def _pdf_navn(navn):
    """A name in a PDF may be written with any letter as its number: /J#61vaScript."""
    tegn = (f"(?:{t}|#{ord(t):02x}|#{ord(t):02X})" for t in navn)
    return f"/{''.join(tegn)}(?![A-Za-z])".encode()


SKRIPT_I_PDF = re.compile(b"|".join(map(_pdf_navn, ("JavaScript", "Launch"))))
LAAST_PDF = re.compile(_pdf_navn("Encrypt"))
MAKS_PAKKET_UT = 32 * 1024 * 1024


def _pdf(fil):
    fil.seek(0)
    innhold = fil.read(MAKS_BYTE)
    if b"%%EOF" not in innhold[-2048:]:
        raise Filfeil(_("PDF-en slutter midt i. Last den opp på nytt, og vent til hele er med."))
    if LAAST_PDF.search(innhold):
        raise Filfeil(_("PDF-en er låst. Lagre den uten passord eller sperrer, så kan vi kontrollere den."))
    if any(SKRIPT_I_PDF.search(del_) for del_ in (innhold, *_pakket_ut(innhold))):
        raise Filfeil(_("PDF-en inneholder skript. Skriv den ut til en ny PDF, og last opp den."))
    return "pdf"


def _pakket_ut(innhold):
    """What newer PDFs pack away in object streams, a limited amount of it."""
    igjen = MAKS_PAKKET_UT
    for pakket in _objektstrommer(innhold):
        try:
            ut = zlib.decompressobj().decompress(pakket, igjen)
        except zlib.error:
            continue
        yield ut
        igjen -= len(ut)
        if igjen <= 0:
            raise Filfeil(_("PDF-en er pakket på en måte vi ikke kan kontrollere. Skriv den ut til en ny PDF."))


def _objektstrommer(innhold):
    """Found by plain search, each byte looked at once: a file made to be slow is not."""
    sted = 0
    while (sted := innhold.find(b"/ObjStm", sted)) >= 0:
        start = innhold.find(b"stream", sted, sted + 400)
        if start < 0:
            sted += len(b"/ObjStm")
            continue
        slutt = innhold.find(b"endstream", start)
        sted = slutt if slutt >= 0 else len(innhold)
        yield innhold[start + len(b"stream") : sted].lstrip(b"\r\n")


# ---- Zip archives: office files -----------------------------------------------------------------------------------

MAKS_DELER = 5_000
MAKS_UTPAKKET = 400 * 1024 * 1024
MAKS_FORHOLD = 200  # text packs to a twentieth, an empty sheet to a hundredth; a bomb to a thousandth
LITEN = 20 * 1024 * 1024  # what is no larger than this unpacked harms nobody, however well it packs
MAKS_INNHOLDSLISTE = 1024 * 1024
MAKROER = re.compile(r"(^|/)(vbaProject\w*\.bin|vbaData\.xml|macrosheets/|Basic/|Scripts/|activeX/)", re.IGNORECASE)


def _arkiv(fil):
    _kontroller_innholdslisten(fil)
    fil.seek(0)
    try:
        with zipfile.ZipFile(fil) as arkiv:
            return _kontroller_arkiv(arkiv)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as feil:
        raise Filfeil(_odelagt()) from feil


def _kontroller_innholdslisten(fil):
    """The list of contents stands last, with its size in the record that ends the file. Looked at before it is read."""
    storrelse = fil.seek(0, 2)
    fil.seek(max(0, storrelse - 66_000))
    _foran, merke, post = fil.read().rpartition(b"PK\x05\x06")
    if not merke or len(post) < 18:
        raise Filfeil(_odelagt())
    if int.from_bytes(post[8:12], "little") > MAKS_INNHOLDSLISTE * 2:
        raise Filfeil(_for_stor_utpakket())


def _odelagt():
    return _("Filen er ødelagt eller ikke lastet opp helt. Åpne den, lagre den på nytt og prøv igjen.")


def _for_stor_utpakket():
    return _("Filen blir altfor stor når den pakkes ut. Gjør den mindre, eller lagre den som PDF.")


def _kontroller_arkiv(arkiv):
    deler = arkiv.infolist()
    navn = [d.filename for d in deler]
    utpakket, pakket = sum(d.file_size for d in deler), sum(d.compress_size for d in deler)
    if len(deler) > MAKS_DELER or utpakket > MAKS_UTPAKKET or utpakket > max(LITEN, pakket * MAKS_FORHOLD):
        raise Filfeil(_for_stor_utpakket())
    if len(set(navn)) < len(navn) or any(n.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", n) for n in navn):
        raise Filfeil(_("Filen er ikke satt sammen slik slike filer skal være. Åpne den og lagre den på nytt."))
    if any(d.flag_bits & 0x1 for d in deler):
        raise Filfeil(_("Filen er låst med passord. Ta bort passordet, så kan vi kontrollere den."))
    kode = _ooxml(arkiv, navn) or _odf(arkiv, navn)
    if kode is None:
        raise Filfeil(_("Pakkede filer (zip) tar vi ikke imot. Legg ved hver fil for seg: %s.") % GODTAS)
    return kode


def _ooxml(arkiv, navn):
    if "[Content_Types].xml" not in navn:
        return None
    typer = _liten_del(arkiv, "[Content_Types].xml")
    if b"macroEnabled" in typer or any(MAKROER.search(n) for n in navn):
        raise Filfeil(_makroer())
    for n in navn:
        if n.endswith("settings.xml.rels") and _har_fremmed_mal(_liten_del(arkiv, n)):
            raise Filfeil(_("Dokumentet henter en mal fra et annet sted. Lagre det som PDF i stedet."))
    return next(
        (k for k, t in TYPER.items() if t.mime.startswith(OOXML) and f"{t.mime}.main+xml".encode() in typer), None
    )


def _har_fremmed_mal(forbindelser):
    """A template from elsewhere is how macros come in by the back door."""
    return any(b"attachedTemplate" in ett and b"External" in ett for ett in forbindelser.split(b">"))


def _odf(arkiv, navn):
    if "mimetype" not in navn:
        return None
    mime = _liten_del(arkiv, "mimetype").decode("ascii", "replace").strip()
    kode = next((k for k, t in TYPER.items() if t.mime == mime and mime.startswith(ODF)), None)
    if kode and any(MAKROER.search(n) for n in navn):
        raise Filfeil(_makroer())
    if kode and "META-INF/manifest.xml" in navn and b"encryption-data" in _liten_del(arkiv, "META-INF/manifest.xml"):
        raise Filfeil(_("Filen er låst med passord. Ta bort passordet, så kan vi kontrollere den."))
    return kode


def _makroer():
    return _("Filen inneholder makroer, og det tar vi ikke imot. Lagre den uten makroer eller som PDF.")


def _liten_del(arkiv, navn):
    """One of the archive's own lists. Reads no more than such a list can be, whatever it says about itself."""
    with arkiv.open(navn) as del_:
        innhold = del_.read(MAKS_INNHOLDSLISTE + 1)
    if len(innhold) > MAKS_INNHOLDSLISTE:
        raise Filfeil(_("Filen er ikke satt sammen slik slike filer skal være. Åpne den og lagre den på nytt."))
    return innhold


# ---- Text ---------------------------------------------------------------------------------------------------------

LIGNER_KODE = re.compile(rb"^(#!|<!doctype|<\?xml|<\?php|<html|<head|<body|<svg|<script|<iframe|<!--)", re.IGNORECASE)
STYRETEGN = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def _tekst(fil, hode, kode):
    if LIGNER_KODE.match(hode.lstrip(b"\xef\xbb\xbf\xff\xfe\r\n\t ").replace(b"\0", b"")):
        raise Filfeil(_("Filen er en nettside eller et program, ikke ren tekst. Slike filer tar vi ikke imot."))
    for koding in _kodinger(hode):
        if _kan_leses(fil, koding):
            return kode
    raise Filfeil(_("Filen er ikke ren tekst. Dette kan du legge ved: %s.") % GODTAS)


def _kodinger(hode):
    if hode.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    return ("utf-8-sig", "cp1252")


def _kan_leses(fil, koding):
    fil.seek(0)
    leser = codecs.getincrementaldecoder(koding)()
    try:
        while bit := fil.read(BIT):
            if STYRETEGN.search(leser.decode(bit)):
                return False
        leser.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


# ---- Names --------------------------------------------------------------------------------------------------------

ULOVLIGE = re.compile(r'[<>:"/\\|?*;%\'`$&#{}\[\]^~=+]')
OPPTATTE = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


def filnavn(navn, kode):
    """A name that is safe on every machine, and ends as what the file is."""
    stamme, prikk, endelse = trygt_navn(navn).rpartition(".")
    if not prikk or endelse.lower() != kode:
        stamme = trygt_navn(navn)
    stamme = stamme[:MAKS_NAVN].strip(" .")
    if not stamme or OPPTATTE.match(stamme):
        stamme = f"vedlegg {stamme}".strip()
    return f"{stamme}.{kode}"


def trygt_navn(navn):
    """Letters, digits and ordinary punctuation. No folders, no control signs, nothing that turns the text around."""
    sist = re.split(r"[/\\]", unicodedata.normalize("NFC", navn))[-1]
    tegn = "".join(t if unicodedata.category(t)[0] in "LNPZM" else " " for t in sist)
    return " ".join(ULOVLIGE.sub(" ", tegn).split())
