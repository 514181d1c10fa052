"""From Norwegian text to search terms, the same for both written forms and for compounds.

Norwegian writes compounds as one word, in two written forms, and the databases' own configurations know neither:
«helse» must find «folkehelsearbeid», «heimeteneste» must find «hjemmetjeneste». So words are analysed here, and the
databases' engines match and rank what comes out (sok.indeks).

A word becomes one stem (bokmål, joints removed: «sjukefråvær» and «sykefravær» both give «sykfravær») and, when it is
a compound, its parts. The word lists are our own; see docs/sok.md for how they grow.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import snowballstemmer

# Raise it when the analysis or a word list changes: rows of an older version are rebuilt (bygg_sokeindeks).
VERSJON = 1

MAPPE = Path(__file__).parent / "ordlister"
_TOKEN = re.compile(r"[0-9a-zæøåäöéèêóòôáàüčđŋšŧž]+")
_BINDESTREK = re.compile(r"(?<=\w)[-‐‑](?=\w)")
_DOBBEL = re.compile(r"([bdfgklmnprst])\1$")
_snowball = snowballstemmer.stemmer("norwegian")
LENGSTE_SAMMENSATTE = 60  # what is longer is no word, and would take for ever to divide
MAKS_BEGYNNELSER = 12
_HALV_ERING = re.compile(r"(?<=\w{3}er)in?$")  # digitaliserin(g): the stem is digitaliser
ENDELSER = ("", "s", "e", "er", "en", "et", "ene", "ens", "enes", "ers", "a", "ne", "ar", "ane")


@dataclass(frozen=True)
class Ord:
    """One word analysed: its stem, and for a compound the stems of its parts.

    `deler` is every run of neighbouring parts but the whole: ungdom|helse|stasjon also gives helsestasjon.
    """

    stamme: str
    enkeltdeler: tuple[str, ...] = ()
    deler: tuple[str, ...] = ()


def les_liste(navn):
    """The lines of a word list, without comments."""
    for linje in (MAPPE / f"{navn}.txt").read_text(encoding="utf-8").splitlines():
        if innhold := linje.split("#")[0].strip():
            yield innhold


@cache
def _stoppord():
    return frozenset(o for linje in les_liste("stoppord") for o in linje.split())


@cache
def _unntak():
    """Forms the stemmer gets wrong, and irregular forms: form -> stem. A word alone is kept, with ordinary endings."""
    linjer = [linje.split() for linje in les_liste("unntak")]
    vernet = {grunn + endelse: grunn for (grunn, *mer) in linjer if not mer for endelse in ENDELSER}
    # «barnehage» + «r»: words on -e take the endings without their own e.
    vernet |= {g + e: g for (g, *mer) in linjer if not mer and g.endswith("e") for e in ("r", "n", "ne", "ns", "rs")}
    return vernet | dict(linje for linje in linjer if len(linje) == 2)


@cache
def _nynorsk():
    """Nynorsk word or its stem -> bokmål word. Applied to whole words, to stems, and to parts of compounds."""
    par = {}
    for linje in les_liste("nynorsk"):
        nn, nb = linje.split()
        par[nn] = nb
        par.setdefault(_bare_stamme(nn), nb)
    return par


@cache
def _elementer():
    """Words that compounds are made of, and their stems."""
    ord_ = {o for linje in les_liste("sammensetning") for o in linje.split()}
    ord_ |= {linje.split()[0] for linje in les_liste("nynorsk")}
    return frozenset(ord_), frozenset(_bare_stamme(o) for o in ord_)


@cache
def _hele():
    """Words that look like compounds and are not, or whose parts mislead."""
    return frozenset(o for linje in les_liste("deles_ikke") for o in linje.split())


@cache
def synonymer():
    """Sequence of stems -> the group's own term. One line of the list is one group, divided by semicolons."""
    grupper = {}
    for linje in les_liste("synonymer"):
        uttrykk = [tuple(stamme(o) for o in tokens(del_)) for del_ in linje.split(";")]
        for stammer in uttrykk:
            grupper[stammer] = "xsyn" + "".join(uttrykk[0])
    return grupper


def tokens(tekst):
    """Lower-case words in order. A hyphen joins: «KI-verktøy» is one word, and so is «e-post»."""
    tekst = unicodedata.normalize("NFC", tekst).lower()
    return _TOKEN.findall(_BINDESTREK.sub("", tekst))


@lru_cache(maxsize=200_000)
def _bare_stamme(ord_):
    """Snowball's stem, with what it misses for Norwegian: ungdommer = ungdom, digitalisering = digitalisere."""
    if unntak := _unntak().get(ord_):
        return unntak
    stamme_ = _snowball.stemWord(ord_)
    if stamme_.endswith("ering") and len(stamme_) > 7:
        stamme_ = stamme_[:-3]
    return _DOBBEL.sub(r"\1", stamme_) if len(stamme_) > 3 else stamme_


def stamme(ord_):
    """The stem of one word, in bokmål."""
    return analyser(ord_).stamme


@lru_cache(maxsize=200_000)
def analyser(ord_):
    """Analyse one lower-case word."""
    ord_ = _bokmal(ord_)
    if deler := _del_opp(ord_):
        stammer = tuple(_bare_stamme(_bokmal(d)) for d in deler)
        return Ord("".join(stammer), stammer, tuple(_naboer(stammer)))
    return Ord(_bare_stamme(ord_))


@lru_cache(maxsize=20_000)
def begynnelser(ord_):
    """What the terms of a word can begin with, when only the beginning of it is typed: velferdstek, barneha, heimeten.

    The terms are in bokmål and without joints, so the typed letters are divided like a compound with an open end, and
    what may become a nynorsk word counts as the beginning of the bokmål one.
    """
    if len(ord_) > LENGSTE_SAMMENSATTE:
        return ()
    funnet = {ord_, *_begynnelser_paa_nynorsk(ord_)}
    if ordstamme := _HALV_ERING.sub("", ord_):
        funnet.add(ordstamme)
    for i in range(len(ord_) - 1, 2, -1):
        for hode in _uten_fuge(ord_[:i]):
            if hode in _elementer()[0]:
                funnet.update(stamme(hode) + b for b in begynnelser(ord_[i:]))
    # What begins with one of the others is found by it.
    korte = [
        f for f in sorted(funnet, key=lambda f: (len(f), f)) if not any(f != g and f.startswith(g) for g in funnet)
    ]
    return tuple(korte[:MAKS_BEGYNNELSER])


def _begynnelser_paa_nynorsk(ord_):
    if len(ord_) < 3:
        return ()
    return {_bare_stamme(nb) for nn, nb in _nynorsk().items() if nn.startswith(ord_) and not nb.startswith(ord_)}


def _naboer(stammer):
    for lengde in range(1, len(stammer)):
        for start in range(len(stammer) - lengde + 1):
            yield "".join(stammer[start : start + lengde])


def _bokmal(ord_):
    """The bokmål word for a nynorsk one, by its form or its stem; other words as they are."""
    nynorsk = _nynorsk()
    return nynorsk.get(ord_) or nynorsk.get(_bare_stamme(ord_)) or ord_


@lru_cache(maxsize=200_000)
def _del_opp(ord_):
    """The parts of a compound, or nothing. All parts must be known words; the last may be inflected."""
    if not 6 <= len(ord_) <= LENGSTE_SAMMENSATTE:
        return ()
    if ord_ in _unntak() or ord_ in _hele() or _bare_stamme(ord_) in _hele():
        return ()
    elementer, stammer = _elementer()
    for i in range(len(ord_) - 2, 2, -1):
        for hode in _uten_fuge(ord_[:i]):
            if hode not in elementer:
                continue
            hale = ord_[i:]
            deler_av_hale = _del_opp(hale)
            if deler_av_hale or hale in elementer or (len(hale) > 3 and _bare_stamme(hale) in stammer):
                return (*(_del_opp(hode) or (hode,)), *(deler_av_hale or (hale,)))
    return ()


def _uten_fuge(hode):
    yield hode
    if hode[-1] in "se" and len(hode) > 2:
        yield hode[:-1]


def dokumenttermer(tekst):
    """The terms of a text to be indexed: stems in order (for phrases), and parts and synonyms as a second list."""
    stoppord = _stoppord()
    ord_ = [analyser(t) for t in tokens(tekst) if t not in stoppord]
    stammer = [o.stamme for o in ord_]
    deler = [d for o in ord_ for d in o.deler]
    grupper = synonymer()
    return stammer, deler + list(_synonymer_i(stammer)) + [grupper[d,] for d in deler if (d,) in grupper]


def _synonymer_i(stammer):
    grupper, lengder = synonymer(), _uttrykk_som_begynner_med()
    for i, forste in enumerate(stammer):
        for lengde in lengder.get(forste, ()):
            if gruppe := grupper.get(tuple(stammer[i : i + lengde])):
                yield gruppe


@cache
def _uttrykk_som_begynner_med():
    """{stem: the lengths of the expressions it begins}."""
    lengder = {}
    for uttrykk in synonymer():
        lengder.setdefault(uttrykk[0], set()).add(len(uttrykk))
    return lengder


def er_stoppord(token):
    return token in _stoppord()


@cache
def tomme_stammer():
    """Stems that say nothing about what a text is about. Search keeps them; what compares texts does not."""
    return frozenset(stamme(o) for linje in les_liste("tomme_ord") for o in linje.split())
