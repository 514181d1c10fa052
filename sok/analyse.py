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

import Stemmer

# Raise it when the analysis or a word list changes: rows of an older version are rebuilt (bygg_sokeindeks).
VERSJON = 17

MAPPE = Path(__file__).parent / "ordlister"
_BOKSTAV = "0-9a-zæøåčđŋšŧž"
_TOKEN = re.compile(rf"[{_BOKSTAV}]+(?:-[{_BOKSTAV}]+)*")
_SAMME_TEGN = str.maketrans("äöéèêóòôáàü‐‑", "æøeeeoooaau--") | {0xAD: None}  # a soft hyphen is no letter
# gaagate is gågate, but data|angrep and klima|avtale have two vowels.
_DOBBEL_A = re.compile(r"(?<!dat)(?<!klim)(?<!tem)(?<!skjem)(?<!kamer)(?<!aren)(?<!ekstr)(?<!vill)(?<!medi)(?<!dram)aa")
_STOR_BOKSTAV = re.compile(r"\b[A-ZÆØÅ]\w+")
_ER_LOV = re.compile(r"lov(?:en|a|er|ene|ane)?$")  # Snowball takes it for an ending: barnehage|loven
NAVNETERM = "xnavn"
_ENKEL = re.compile(r"(\w)\1$")
# What Snowball leaves on: undersøk(ing), bevege(lse), rekrutter(e), lær(ar)ane, søk(j)e, ungdom(m)er.
_REST = re.compile(r"(?<=\w{3})ing$|(?<=\w{4})else$|(?<=som)t$|(?<=løs)t$|(?<=\w{3}(?:al|iv))t$")
_REST_ER = re.compile(r"(?<=\w{5})(?:ern?|ar)$|(?<=\w{2}[gkvmr])j$|(?<=m)m$")
_snowball = Stemmer.Stemmer("norwegian", 0)  # without a memory of its own: _stem has one
LENGSTE_SAMMENSATTE = 60  # what is longer is no word, and would take for ever to divide
MAKS_BITER = 8
MAKS_NABOBITER = 4  # parts of a compound that may be written apart: who searches for more, writes it in one
MIN_HALVKJENT = 9
LANG_HALE = 7
KORTESTE_BOYDE = 5  # words of no more letters are too like others for more than their ordinary endings
# How a Norwegian word can begin: bruker|test, and not bruk|rtest.
_BEGYNNER = (
    r"(?:[bcdfghjklmnprstvw]|[bcfgkpr]h|sch?|[bfgkp][lr]|[bdfghklmnpst]j|[dt][rvw]|[fgkps]n|hv|kv|ps|s[fhlmv]|s[kpt][jrv]?|spl|vr|wh)?"
    r"[aeiouyæøå]"
)
_KAN_VAERE_ORD = re.compile(
    r"(?!lig(?:e$|st|ere|het|vis))(?!.{0,2}(?:[ai]sjon|i[tv]itet|iliser|ifi[ks]er|usin|ikap))"
    r"(?!.?(?:er|is|as|el|en|ig|in|at|al)(?:e|t|ing|jon|t?iv|isk|isme|ist|or|het|end|bar|hett?))" + _BEGYNNER
)
_KAN_VAERE_FORST = re.compile(_BEGYNNER)
# hjelp|ande is no duck, behand|lande no land, and invol|verte no host.
_IKKE_SIST = frozenset("ande ende lande rande rende erande sande verer verte vert ørane aren arane".split())
_S_ER_NESTE = re.compile(r"s(?:[aeiouyæøåjklmnptv])")
_TAR_S = re.compile(
    r"(?:dom|het|heit|ing|skap|jon|tet|else|nad|verk|lag|arbeid|ferd|gang|hold|bruk|skudd|um|vern"
    r"|idrett|fylke|distrikt|avfall|handel|ulykke|tvang|utslipp|kjønn|eksamen|utstyr|tilsyn|salg)$"
)
MAKS_BEGYNNELSER = 12
_HALV_ENDELSE = re.compile(r"(?<=\w{4})(?:erin?|in|els?)$")  # digitaliserin(g): the stem is digitalis
# over|holde is no compound; before longer words they are as good as one: etter|kontroll.
_FORSTAVELSER = frozenset("over under etter fore gjen gjenopp tilbake ufor".split())
_FRAM = re.compile(
    r"fram(?=legg|still|før|vis|gang|drift|tid|kom|skri[vt]|syn|vekst|hev|kall|sett|skaff|tred|gå|snakk|leie|for|over)"
)
_SJOL = re.compile(r"^sjøl(?=styr|hjelp|mord|stend|betjen|berg|forsyn|bestem|gjort|tillit|skad|råd|kost|eid|meld|bild)")
# Nynorsk sounds and endings that are others in bokmål, whatever the word.
_NYNORSKE_LYDER = (
    (re.compile(r"(?<=\w{3})heit(?=$|a$|en$|er$|ene$|s$)"), "het"),
    (re.compile(r"(?<=\w{3})sam(?=$|e$|t$)"), "som"),
    (re.compile(r"(?<=\w{3})laus(?=$|e$|t$)"), "løs"),
    (_FRAM, "frem"),
    (_SJOL, "selv"),
    (re.compile(r"(?<=\w{3})gjer(?=e$|ing)"), "gjør"),
    (re.compile(r"(?<=\w{2})leg$"), "lig"),  # «-lege» may be a doctor: those are in the list
)
_GRADBOYD = re.compile(
    r"(?<=\w{2}ig)(?<!redig|dirig|navig|oblig)(?<!korrig)(?:ere|are|a?ste?)$|(?<=\w{2}leg)(?:are|aste?)$"
)  # viktigere, vanlegast
LENGSTE_ENDELSE = 5
ENDELSER = ("", "s", "e", "er", "en", "et", "ene", "ens", "enes", "ers", "a", "ne", "nes", "ar", "ane")


@dataclass(frozen=True)
class Ord:
    """One word analysed: its stem, and for a compound the stems of its parts.

    `deler` is every run of neighbouring parts but the whole: ungdom|helse|stasjon also gives helsestasjon.
    """

    stamme: str
    enkeltdeler: tuple[str, ...] = ()
    deler: tuple[str, ...] = ()


@cache
def les_liste(navn):
    """The lines of a word list, without comments: a file, or all files of a folder."""
    filer = sorted((MAPPE / navn).glob("*.txt")) or [MAPPE / f"{navn}.txt"]
    linjer = (linje for fil in filer for linje in fil.read_text(encoding="utf-8").splitlines())
    return tuple(innhold for linje in linjer if (innhold := _brett(linje.split("#")[0].strip())))


@cache
def _unntak():
    """Forms the stemmer gets wrong, and irregular forms: form -> stem. A word alone is kept, with ordinary endings."""
    linjer = [linje.split() for linje in les_liste("unntak")]
    vernet = {form: grunn for (grunn, *mer) in linjer if not mer for form in _boy(grunn)}
    return vernet | dict(linje for linje in linjer if len(linje) == 2)


def _boy(ord_):
    """The forms a word may have, in both written forms. Too many, but the wrong ones are no words."""
    yield from (ord_ + endelse for endelse in ENDELSER)
    if len(ord_) > KORTESTE_BOYDE and ord_.endswith(("al", "iv", "bar", "løs")):  # interkommunal: interkommunalt
        yield ord_ + "t"
    rot, siste = ord_[:-2], _ENKEL.sub(r"\1", ord_[:-2])
    if ord_.endswith("e"):  # barnehage: barnehager, barnehagane
        yield from (
            ord_[:-1] + endelse for endelse in ("er", "en", "et", "ene", "ens", "ets", "ers", "a", "ar", "ane", "ast")
        )
    elif ord_.endswith("um") and len(ord_) > 4:  # museum: museet, and not kum: «kene»
        yield from (rot + endelse for endelse in ("et", "er", "ene", "ets", "a"))
    elif ord_.endswith("m"):  # rom: rommet
        yield from (ord_ + "m" + endelse for endelse in ENDELSER[2:])
    elif ord_.endswith("el"):  # sykkel: sykler
        yield from (siste + "l" + endelse for endelse in ("er", "ene", "e", "ar", "ane"))
    elif ord_.endswith("er"):  # lærer: lærarane, senter: sentre
        yield from (rot + "ar" + endelse for endelse in ("", "en", "ar", "ane", "ens", "s"))
        yield from (siste + "r" + endelse for endelse in ("e", "ene", "et", "a"))


@cache
def _former():
    """Form -> stem, for the words compounds are made of: what we know need not be guessed."""
    grunnord = sorted(_elementer())
    former = {}
    for ord_ in grunnord:
        stamme_ = _unntak().get(ord_) or _stem(ord_)
        for form in _boy(ord_):
            former.setdefault(form, stamme_)
    return former | {o: _stem(o) for o in grunnord} | _unntak()


@cache
def _nynorsk():
    """Nynorsk word -> bokmål word. Applied to whole words, and to parts of compounds."""
    par = dict(linje.split() for linje in les_liste("nynorsk"))
    boyde = {form: nb for nn, nb in par.items() for form in _boy(nn)}
    # «tale» is a bokmål word before it is a form of nynorsk «tal».
    boyde = {form: nb for form, nb in boyde.items() if form not in _elementer()}
    return boyde | par


@cache
def _nynorske_stammer():
    """By Snowball's stem, which takes off less than ours: «stille» is no form of «stillingar»."""
    stammer = {_snowball.stemWord(nn): nb for nn, nb, _ in _nynorskpar()}
    return {
        s: nb for s, nb in stammer.items() if s not in _elementer() or s in _nynorsk()
    }  # munn is no form of munnleg


@cache
def _elementer():
    """Words that compounds are made of, in bokmål."""
    return frozenset(o for linje in les_liste("sammensetning") for o in linje.split())


@cache
def _hele():
    """Words that look like compounds and are not, or whose parts mislead."""
    return frozenset(form for linje in les_liste("deles_ikke") for o in linje.split() for form in (o, *_boy(o)))


@cache
def _stedsnavn():
    """Names of municipalities, with their genitive -> the name: Halden is not a form of «halde»."""
    navn = [o for linje in les_liste("stedsnavn") for o in linje.split()]
    return {form: n for n in navn for form in ((n,) if n.endswith("s") else (n, n + "s"))}


@cache
def _navn_som_er_ord():
    return frozenset(o for linje in les_liste("stedsnavn_som_er_ord") for o in linje.split())


def navneterm(ord_):
    """The term of a name that is an ordinary word too (Stad, Heim), or nothing. The word has its own stem beside it."""
    navn = ord_.removesuffix("s")
    return next((f"{NAVNETERM}{n}" for n in (ord_, navn) if n in _navn_som_er_ord()), "")


def navnetermer_i(tekst):
    """The terms of names that are ordinary words too, where a text has them with a capital."""
    return [term for ord_ in _STOR_BOKSTAV.findall(tekst) if (term := navneterm(_brett(ord_)))]


def tokens(tekst):
    """Lower-case words in order. A hyphen joins: «KI-verktøy» is one word, and so is «e-post»."""
    return ord_i(_brett(tekst))


def ord_i(brettet):
    """The words of a text that is in lower case already, as the lists are."""
    return _TOKEN.findall(brettet)


def _brett(tekst):
    """Lower case, and one spelling where there are several: kafé = kafe, gågate = gaagate."""
    return _DOBBEL_A.sub("å", unicodedata.normalize("NFC", tekst).lower().translate(_SAMME_TEGN))


def _bare_stamme(ord_):
    return _former().get(ord_) or _stem(ord_)


@lru_cache(maxsize=200_000)
def _stem(ord_):
    """Snowball's stem, and a little more: undersøking = undersøkelse = undersøke, rekruttering = rekruttere."""
    return _REST_ER.sub("", _REST.sub("", _snowball.stemWord(ord_)))


def stamme(ord_):
    """The stem of one word, in bokmål."""
    return analyser(ord_).stamme


def uten_endelse(ord_):
    """The word as one piece, without its inflection: a compound keeps its joints."""
    return _bare_stamme(ord_)


@lru_cache(maxsize=200_000)
def analyser(ord_):
    """Analyse one lower-case word. A hyphen shows where a compound is divided."""
    if "-" in ord_:
        biter = [analyser(bit) for bit in ord_.split("-")[:MAKS_BITER]]
        stammer = tuple(s for bit in biter for s in bit.enkeltdeler or (bit.stamme,))
        return Ord("".join(stammer), stammer, tuple(d for d in _naboer(stammer) if len(d) > 1))
    if navn := _stedsnavn().get(ord_):
        return Ord(navn)
    ord_ = _bokmal(ord_)
    ord_ = _ordbokform(ord_)
    if deler := _del_opp(ord_) or _del_halvkjent(ord_):
        stammer = tuple(_bare_stamme(_bokmal(d)) for d in deler)
        return Ord("".join(stammer), stammer, tuple(_naboer(stammer)))
    ord_ = _begynner_paa_nynorsk(ord_)
    return Ord(_bare_stamme(_ordbokform(ord_)))


@lru_cache(maxsize=200_000)
def _ordbokform(ord_):
    """The word as our lists have it, of an inflected form, so that «røykvarslere» has the parts and groups of «røykvarsler».

    Of the words that are not looked up by their form alone: compounds of others, and those with synonyms. Other words as
    they are.
    """
    if ord_ in _i_synonymene() or ord_ in _elementer() or ord_ in _nynorsk() or ord_ in _hele() or ord_ in _unntak():
        return ord_
    mulige = list(_mulige_grunnformer(ord_))
    funnet = [o for o in mulige if o in _sammensatte_elementer() and ord_ in _boy(o)]
    if not funnet and ord_ not in _former():
        funnet = [o for o in mulige if o in _i_synonymene() and ord_ in _boy(o)]
    return max(funnet, default=ord_)


@cache
def _i_synonymene():
    """The longer words of the list of synonyms."""
    return frozenset(
        o for linje in les_liste("synonymer") for o in re.split("[;>~ ]+", linje) if len(o) > KORTESTE_BOYDE
    )


@cache
def _sammensatte_elementer():
    return frozenset(o for o in _elementer() if len(o) > KORTESTE_BOYDE and _del_opp(o))


def _mulige_grunnformer(form):
    """What may be inflected to this form (`_boy`): all that is, and more that is not."""
    for i in range(max(len(form) - LENGSTE_ENDELSE, 2), len(form) + 1):
        rot = form[:i]
        yield from (rot, rot + "e", rot + "um")
        if rot[-1] in "lr":  # sykl(er): sykkel, sentr(e): senter
            kort = rot[:-1]
            yield from (kort + "e" + rot[-1], kort + kort[-1] + "e" + rot[-1])
        if form[i:].startswith("ar"):  # lær(arane): lærer
            yield rot + "er"


def _begynner_paa_nynorsk(ord_):
    """With the bokmål word for a nynorsk one it begins with: høyre|apparat."""
    if len(ord_) < MIN_HALVKJENT or ord_ in _former():
        return ord_
    return next(
        (_forste_del()[ord_[:i]] + ord_[i:] for i in range(len(ord_) - 4, 4, -1) if ord_[:i] in _forste_del()), ord_
    )


@cache
def _forste_del():
    return {nn: nb for nn, nb, _ in _nynorskpar() if not nb.startswith(nn)}


@lru_cache(maxsize=20_000)
def begynnelser(ord_):
    """What the terms of a word can begin with, when only the beginning of it is typed: velferdstek, barneha, heimeten.

    The terms are in bokmål and without joints, so the typed letters are divided like a compound with an open end, and
    what may become a nynorsk word counts as the beginning of the bokmål one.
    """
    if len(ord_) > LENGSTE_SAMMENSATTE:
        return ()
    ord_ = ord_.replace("-", "")
    funnet = {ord_, _HALV_ENDELSE.sub("", ord_), *_begynnelser_paa_nynorsk(ord_)}
    for i in range(len(ord_) - 1, 2, -1):
        for hode in _uten_fuge(ord_[:i]):
            if hode in _hoder():
                funnet.update(stamme(hode) + b for b in begynnelser(ord_[i:]))
    # What begins with one of the others is found by it.
    korte = (f for f in sorted(funnet, key=lambda f: (len(f), f)) if not f.startswith(tuple(funnet - {f})))
    return tuple(korte)[:MAKS_BEGYNNELSER]


def _begynnelser_paa_nynorsk(ord_):
    if len(ord_) < 3:
        return ()
    return {stamme_ for nn, nb, stamme_ in _nynorskpar() if nn.startswith(ord_) and not nb.startswith(ord_)}


@cache
def _nynorskpar():
    return [(nn, nb, _bare_stamme(nb)) for nn, nb in (linje.split() for linje in les_liste("nynorsk"))]


def _naboer(stammer):
    for lengde in range(1, len(stammer)):
        for start in range(len(stammer) - lengde + 1):
            yield "".join(stammer[start : start + lengde])


@lru_cache(maxsize=200_000)
def _bokmal(ord_):
    """The bokmål word for a nynorsk one, by its form or its stem; other words as they are, in the positive degree."""
    ord_ = _GRADBOYD.sub("", ord_)
    nynorsk = _nynorsk()
    if ord_ in _former() and ord_ not in nynorsk:
        return ord_
    stamme_ = "" if _ER_LOV.search(ord_) else _snowball.stemWord(ord_)
    if funnet := nynorsk.get(ord_) or _nynorske_stammer().get(stamme_):
        return funnet
    for fra, til in _NYNORSKE_LYDER:
        ord_ = fra.sub(til, ord_)
    return ord_


@lru_cache(maxsize=200_000)
def _del_opp(ord_):
    """The parts of a compound, or nothing. All parts must be known words; the last may be inflected."""
    if not 5 <= len(ord_) <= LENGSTE_SAMMENSATTE:
        return ()
    if ord_ in _unntak() or ord_ in _hele() or _er_form_av_helt(ord_):
        return ()
    for i in range(len(ord_) - 2, 2, -1):
        for hode in _uten_fuge(ord_[:i]):
            if hode not in _hoder() or (len(hode) < i and _er_ikke_fuge(hode, ord_[i - 1 :])):
                continue
            for hale in _haler(ord_, i):
                deler_av_hale = _del_opp(hale)
                if deler_av_hale or _kan_staa_sist(hale):
                    return (*(_del_opp(hode) or (hode,)), *(deler_av_hale or (hale,)))
    hode, hale = ord_[:2], ord_[2:]
    if hode in _korte_forsteledd() and (
        deler_av_hale := (
            len(hale) > 3 and (_del_opp(hale) or _er_grunnord(hale)) or (hale in _elementer() and (hale,))
        )
    ):
        return (hode, *deler_av_hale)
    return ()


def _er_form_av_helt(ord_):
    """Whether it is a form, or the nynorsk, of a word we know to be one: terapeut|en, and not te|rap|uten."""
    grunnord = _grunnord().get(ord_) or _nynorsk().get(ord_, ord_)
    return grunnord != ord_ and not _del_opp(grunnord)


@cache
def _grunnord():
    """Inflected form -> the word that compounds are made of."""
    former = {form: o for o in sorted(_elementer(), key=lambda o: (len(o), o)) for form in _boy(o)}
    return {form: o for form, o in former.items() if form not in _elementer() and len(o) > 2}


def _er_ikke_fuge(hode, hale):
    """Whether what could be a joint begins the next word: nett|side, not nett|s|ide. But ungdoms|lag, and barne|bok."""
    if hale[0] == "e":
        return (hode[-1] == "e" or hale.startswith("elev")) and _kan_staa_sist(hale)
    return not _TAR_S.search(hode) and _kan_staa_sist(hale)


def _er_grunnord(ord_):
    return (ord_,) if ord_ in _former() or _nynorsk().get(ord_) in _former() else ()


def _haler(ord_, i):
    """What follows the head. Three alike are written as two: natt|tog is nattog."""
    yield ord_[i:]
    if ord_[i - 1] == ord_[i - 2]:
        yield ord_[i - 1 :]


@cache
def _hoder():
    """The known words in both written forms, uninflected. Bokmål sommer and lærer are nynorsk sommar and lærar."""
    paa_ar = {ord_[:-2] + "ar" for ord_ in _elementer() if ord_.endswith("er") and len(ord_) > 4}
    nynorsk = (linje.split() for linje in les_liste("nynorsk"))
    return _elementer() | paa_ar | {nn for nn, nb in nynorsk if nb in _elementer()}


@cache
def _korte_forsteledd():
    """Words of two letters that compounds begin with. At the end of a word they mean nothing."""
    return frozenset(o for linje in les_liste("korte_forsteledd") for o in linje.split())


def _kan_staa_sist(ord_):
    if ord_ in _hoder():
        return True
    return len(ord_) > 3 and ord_ not in _IKKE_SIST and (ord_ in _former() or _nynorsk().get(ord_) in _former())


def _del_halvkjent(ord_):
    """The two parts of a compound when only one of them is a word we know: sanse|klatring, grave|søknad.

    Long parts only, that can be words: a vowel, and more than an ending.
    """
    if not MIN_HALVKJENT <= len(ord_) <= LENGSTE_SAMMENSATTE or ord_ in _hele() or ord_ in _former():
        return ()
    for i in range(len(ord_) - 5, 3, -1):
        for hode in _uten_fuge(ord_[:i]):
            if len(hode) < i and _S_ER_NESTE.match(ord_[i - 1 :]) and not _TAR_S.search(hode):
                continue  # bygge|settet, not bygge|s|ettet
            fuge = ord_[i] == "s" and len(hode) == i and _TAR_S.search(hode) and not _kan_staa_sist(ord_[i:])
            hale = ord_[i + bool(fuge) :]
            if hode in _hoder() and len(hode) > 3 and hale not in _IKKE_SIST and _KAN_VAERE_ORD.match(hale):
                return (hode, hale)
    for i in range(4, len(ord_) - 4):
        if len(ord_) - i < LANG_HALE and ord_[:i] in _FORSTAVELSER:
            continue
        if _kan_staa_sist(ord_[i:]) and _KAN_VAERE_FORST.match(ord_[:i]):
            fuge = ord_[i] == "s" and bool(_TAR_S.search(ord_[:i])) and _kan_staa_sist(ord_[i + 1 :])
            return (ord_[:i], ord_[i + fuge :])
    return ()


def _uten_fuge(hode):
    yield hode
    if hode[-1] in "se" and len(hode) > 2:
        yield hode[:-1]


def er_av_kjente(stammer):
    """Whether these are all stems of words that compounds are made of."""
    return all(s in _elementstammer() for s in stammer)


@cache
def _elementstammer():
    return frozenset(_bare_stamme(_bokmal(ord_)) for ord_ in _elementer())


def er_kjent(token):
    """Whether our own lists know the word, or all its parts."""
    return token in _former() or token in _nynorsk() or token in _stedsnavn() or bool(_del_opp(token))


def er_oppfort(token):
    """Whether the word itself is in our lists, and not only its parts."""
    return _ordbokform(token) != token or any(
        token in ord_ for ord_ in (_former(), _nynorsk(), _stedsnavn(), oppforte_ord())
    )


@cache
def oppforte_ord():
    """The words of our lists as they are written there."""
    i_synonymene = {o for linje in les_liste("synonymer") for o in ord_i(linje) if len(o) >= KORTESTE_BOYDE}
    return frozenset(i_synonymene | _elementer() | _nynorsk().keys())


def delt_i_kjent_og_ukjent(ord_):
    """(the part we know, the other, whether the other stands last) of a compound, as it is written."""
    deler = _del_halvkjent(ord_)
    if not deler:
        return "", "", True
    sist = deler[0] in _hoder()
    ukjent = deler[1] if sist else deler[0]
    return (ord_.removesuffix(ukjent) if sist else ord_.removeprefix(ukjent)), ukjent, sist
