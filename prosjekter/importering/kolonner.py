"""The columns a list may have: what each is called, what it becomes on a project, and how its cells are read.

A reader takes what stood in the cell and gives the value, or raises Celleproblem with what is wrong and what is allowed.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches

from django.utils import timezone

from partnerskap.felles.norsk import norsk_slug
from prosjekter.emneord import rydd
from prosjekter.importering.lesing import Feilcelle
from prosjekter.kodeverk import (
    Fase,
    Finansieringskilde,
    Innovasjonstype,
    Lisens,
    Malform,
    Malgruppe,
    Metode,
    Opphav,
    Radikalitet,
    Stoppgrunn,
    Synlighet,
    Tjenesteomrade,
    Utfall,
)
from prosjekter.models import Prosjekt, Prosjekttekst

STYRETEGN = re.compile(r"[\x00-\x08\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
ODELAGT = re.compile(r"Ã[\u0080-\u00bf¦¸¥†˜…]")  # æ, ø or å read as the wrong encoding, and saved so
JA = {"ja", "j", "yes", "y", "x", "1", "true", "sant", "publisert"}
NEI = {"nei", "n", "no", "0", "false", "usant", "kladd"}
MAANEDER = (
    "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember",
)  # fmt: skip


class Celleproblem(Exception):  # noqa: N818 - the word of the domain
    """What is wrong with a cell, and what would be right. For people."""


@dataclass(frozen=True)
class Kolonne:
    """`felt` is the project's own name (as in krav.les). Several columns may go to the same thing (the owner)."""

    navn: str
    felt: str
    les: Callable
    andre_navn: tuple = ()


# ---- What stands in a cell -----------------------------------------------------------------------------------------


def som_tekst(celle):
    """Whatever a spreadsheet gives, as the text a person sees."""
    if isinstance(celle, Feilcelle):
        raise Celleproblem(celle.grunn)
    if celle is None:
        return ""
    if isinstance(celle, bool):
        return "ja" if celle else "nei"
    if isinstance(celle, float) and celle.is_integer():
        return str(int(celle))
    if isinstance(celle, datetime) and celle.time() == celle.time().min:
        return celle.date().isoformat()
    # What Word and Excel use for a line break inside a cell.
    tekst = str(celle).replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\u2028", "\n").strip()
    if tegn := STYRETEGN.search(tekst):
        raise Celleproblem(
            f"Teksten har et usynlig tegn som ikke kan lagres (U+{ord(tegn[0]):04X}). Skriv den på nytt."
        )
    if ODELAGT.search(tekst):
        raise Celleproblem("Bokstavene æ, ø og å er ødelagt. Lagre fila på nytt som UTF-8 fra kilden.")
    return tekst


def lang_tekst(maks):
    def les(celle):
        tekst = som_tekst(celle)
        if len(tekst) > maks:
            raise Celleproblem(f"For langt: {_tall(len(tekst))} tegn. Det meste er {_tall(maks)}.")
        return tekst

    return les


def en_linje(maks):
    lengde = lang_tekst(maks)
    return lambda celle: lengde(" ".join(som_tekst(celle).split()))


def emneord(celle):
    return en_linje(Prosjekt._meta.get_field("emneord").max_length)(rydd(som_tekst(celle)))


def deler(celle):
    """Several values in one cell: semicolon or line break between, each once."""
    return list(dict.fromkeys(d for del_ in re.split(r"[;\n]", som_tekst(celle)) if (d := " ".join(del_.split()))))


def likning(tekst):
    """For comparing what people write with what a thing is called: «Virket ikke», «virket_ikke»."""
    return norsk_slug(tekst.replace("_", " "), maks=200)


# ---- Codes ---------------------------------------------------------------------------------------------------------


def en_kode(kodeverk, **andre):
    """One value from a list: its slug or its label, in any case. `andre` are more words for a value."""
    ord_ = _ordliste(kodeverk, andre)

    def les(celle):
        tekst = som_tekst(celle)
        if not tekst:
            return ""
        if (funnet := ord_.get(likning(tekst))) is None:
            raise Celleproblem(_finnes_ikke(tekst, kodeverk, ord_))
        return funnet

    return les


def flere_koder(kodeverk):
    ord_ = _ordliste(kodeverk, {})

    def les(celle):
        koder = []
        for del_ in deler(celle):
            if (funnet := ord_.get(likning(del_))) is None:
                hint = " Skill flere verdier med semikolon." if "," in del_ else ""
                raise Celleproblem(_finnes_ikke(del_, kodeverk, ord_) + hint)
            koder.append(funnet)
        return sorted(set(koder))

    return les


def _ordliste(kodeverk, andre):
    ord_ = {likning(str(o)): valg.value for valg in kodeverk for o in (valg.value, valg.label)}
    # «Prøvd, virket ikke» and «CC BY 4.0: fri bruk ...» are known by their first or last words too.
    for valg in kodeverk:
        for ledd in re.split(r"[,:(]", str(valg.label)):
            ord_.setdefault(likning(ledd), valg.value)
    return ord_ | {likning(o): verdi for verdi, flere in andre.items() for o in flere}


def _finnes_ikke(tekst, kodeverk, ord_):
    naer = get_close_matches(likning(tekst), ord_, n=1, cutoff=0.75)
    mente = f" Mente du «{kodeverk(ord_[naer[0]]).label}»?" if naer else ""
    lovlige = ", ".join(f"{valg.value}" for valg in kodeverk)
    return f"«{utdrag(tekst)}» er ikke en lovlig verdi.{mente} Lovlige verdier: {lovlige}."


# ---- Dates ---------------------------------------------------------------------------------------------------------

LOVLIGE_DATOER = "Skriv 2025-12-31, 31.12.2025, 2025-12, 12.2025 eller 2025."


def dato(*, sist=False):
    """A day. Of a month or a year alone: its first day, or its last with `sist`."""

    def les(celle):
        dagen = _dagen(celle, sist)
        if dagen is not None and not 1950 <= dagen.year <= 2100:
            raise Celleproblem(f"Se etter om årstallet {dagen.year} er riktig.")
        return dagen

    return les


def _dagen(celle, sist):
    if isinstance(celle, datetime):
        return celle.date()
    if isinstance(celle, date):
        return celle
    tekst = som_tekst(celle)
    if not tekst:
        return None
    if tekst.isdigit() and 20_000 <= int(tekst[:6]) <= 80_000 and len(tekst) == 5:
        raise Celleproblem(f"Tallet {tekst} er en dato Excel har glemt å vise som dato. {LOVLIGE_DATOER}")
    try:
        return _dag(tekst, sist)
    except ValueError:
        raise Celleproblem(f"«{utdrag(tekst)}» er ikke en dato som finnes. {LOVLIGE_DATOER}") from None


def _dag(tekst, sist):
    tekst = re.sub(r"[T ]\d{2}:\d{2}.*$", "", tekst).lower()
    if m := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", tekst):
        return date(*map(int, m.groups()))
    if m := re.fullmatch(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})", tekst):
        return date(*map(int, reversed(m.groups())))
    if m := re.fullmatch(r"(?:(\d{1,2})\. ?)?([a-z]{3,9})\.? (\d{4})", tekst):
        maaned = next((nr for nr, navn in enumerate(MAANEDER, 1) if navn.startswith(m[2])), 0)
        return date(int(m[3]), maaned, int(m[1])) if m[1] else _i_maaneden(int(m[3]), maaned, sist)
    if m := re.fullmatch(r"(\d{4})-(\d{1,2})", tekst):
        return _i_maaneden(int(m[1]), int(m[2]), sist)
    if m := re.fullmatch(r"(\d{1,2})[./](\d{4})", tekst):
        return _i_maaneden(int(m[2]), int(m[1]), sist)
    if re.fullmatch(r"\d{4}", tekst):
        return date(int(tekst), 12, 31) if sist else date(int(tekst), 1, 1)
    raise ValueError(tekst)


def _i_maaneden(aar, maaned, sist):
    forste = date(aar, maaned, 1)
    return forste.replace(day=calendar.monthrange(aar, maaned)[1]) if sist else forste


def publisert(celle):
    """False, True, or the day it was published elsewhere."""
    tekst = som_tekst(celle).lower()
    if tekst in JA:
        return True
    if not tekst or tekst in NEI:
        return False
    try:
        dagen = dato()(celle)
    except Celleproblem:
        raise Celleproblem(f"Det står «{utdrag(tekst)}». Skriv ja, nei eller datoen det ble publisert.") from None
    if dagen > timezone.localdate():
        raise Celleproblem("Datoen er ikke kommet ennå. Skriv ja, nei eller datoen det ble publisert.")
    return dagen


# ---- Who -----------------------------------------------------------------------------------------------------------


def ekstern_id(celle):
    tekst = en_linje(200)(celle)
    if not tekst:
        raise Celleproblem("Raden mangler id. Uten den kan ikke prosjektet kjennes igjen neste gang lista lastes inn.")
    return tekst


def kommunenummer(celle):
    """Four digits. Spreadsheets drop the zero in front: 301 is 0301."""
    tekst = som_tekst(celle).replace(" ", "").lstrip("Kk-")
    if not tekst:
        return ""
    if not (tekst.isascii() and tekst.isdigit()):
        return som_tekst(celle)  # a name: the lookup says which number it has
    if len(tekst) not in (3, 4):
        raise Celleproblem(f"«{utdrag(tekst)}» er ikke et kommunenummer. Et kommunenummer har fire siffer, som 0301.")
    return tekst.zfill(4)


def organisasjonsnummer(celle):
    return re.sub(r"[\s.\u00a0]|^NO|MVA$", "", som_tekst(celle), flags=re.IGNORECASE)


# ---- The columns ---------------------------------------------------------------------------------------------------


def _maks(navn, modell=Prosjekt):
    return modell._meta.get_field(navn).max_length


def _langtekst(navn, *andre):
    return Kolonne(navn, navn, lang_tekst(_maks(navn, Prosjekttekst)), andre)


KOLONNER = (
    Kolonne("id", "id", ekstern_id, ("ekstern_id",)),
    Kolonne("tittel", "tittel", en_linje(_maks("tittel")), ("navn", "prosjektnavn")),
    Kolonne("ingress", "ingress", en_linje(_maks("ingress"))),
    _langtekst("utfordring"),
    _langtekst("losning"),
    _langtekst("resultat", "resultater"),
    _langtekst("laering"),
    Kolonne(
        "malform", "malform",
        en_kode(Malform, nb=("nb-NO", "bm"), nn=("nn-NO", "nynorsk"), se=("samisk",), en=("engelsk",)),
        ("sprak",),
    ),
    Kolonne("kommunenummer", "kommunenummer", kommunenummer, ("kommunenr", "knr")),
    Kolonne("organisasjonsnummer", "organisasjonsnummer", organisasjonsnummer, ("orgnr", "organisasjonsnr")),
    Kolonne("eier", "eier", en_linje(200)),
    Kolonne("fase", "fase", en_kode(Fase, drift=("drift",), eksperiment=("eksperiment",), utforsking=("konsept",))),
    Kolonne("utfall", "utfall", en_kode(Utfall, virket_ikke=("mislyktes",), pause=("pause",), overfort=("overført",))),
    Kolonne("tjenesteomrade", "tjenesteomrade", flere_koder(Tjenesteomrade), ("tjenesteomrader",)),
    Kolonne("mission", "missions", deler, ("missions", "samfunnsoppdrag")),
    Kolonne("emneord", "emneord", emneord, ("stikkord", "nokkelord")),
    Kolonne("partnere", "partnere", deler, ("partner", "deltakere")),
    Kolonne("start", "start_dato", dato(), ("startdato", "start_dato", "oppstart")),
    Kolonne("slutt", "slutt_dato", dato(sist=True), ("sluttdato", "slutt_dato")),
    Kolonne("kontakt", "kontaktrolle", en_linje(_maks("kontaktrolle")), ("kontaktrolle",)),
    Kolonne("publisert", "publisert", publisert),
    # Not in every list. Without them the owner is asked in the portal.
    Kolonne("stoppgrunn", "stoppgrunn", en_kode(Stoppgrunn)),
    Kolonne("malgruppe", "malgruppe", flere_koder(Malgruppe), ("malgrupper",)),
    Kolonne("metode", "metode", flere_koder(Metode), ("metoder",)),
    Kolonne("innovasjonstype", "innovasjonstype", flere_koder(Innovasjonstype)),
    Kolonne("finansiering", "finansiering", flere_koder(Finansieringskilde)),
    Kolonne("opphav", "opphav", en_kode(Opphav)),
    Kolonne("radikalitet", "radikalitet", en_kode(Radikalitet)),
    _langtekst("forutsetninger"),
    _langtekst("okonomi"),
    _langtekst("avvikling"),
    Kolonne("alene_fordi", "alene_fordi", en_linje(_maks("alene_fordi"))),
    Kolonne("synlighet", "synlighet", en_kode(Synlighet)),
    Kolonne("lisens", "lisens", en_kode(Lisens)),
)  # fmt: skip
KREVDE = ("id", "tittel", "utfordring")
EIERKOLONNER = ("kommunenummer", "organisasjonsnummer", "eier")
# Fields that always have a value: an empty cell says nothing about them.
HAR_ALLTID_VERDI = {"malform", "fase", "utfall", "synlighet", "lisens"}
ETTER_NAVN = {likning(navn): k for k in KOLONNER for navn in (k.navn, *k.andre_navn)}


def finn_kolonne(overskrift):
    """The column a heading means, or None. «Tjenesteområde», «tjenesteomrade» and «TJENESTEOMRÅDE » are one."""
    return ETTER_NAVN.get(likning(str(overskrift)))


def ligner_paa_kolonne(overskrift):
    naer = get_close_matches(likning(overskrift), ETTER_NAVN, n=1, cutoff=0.75)
    return ETTER_NAVN[naer[0]].navn if naer else ""


def utdrag(tekst, maks=60):
    """As much of what was written as is needed to recognise it, on one line and without what a terminal acts on."""
    tekst = " ".join("".join(t if t.isprintable() else " " for t in tekst).split())
    return tekst if len(tekst) <= maks else f"{tekst[: maks - 1]}…"


def _tall(antall):
    return f"{antall:,}".replace(",", " ")
