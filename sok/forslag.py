"""«Mente du»: the nearest word that is in use, for a word that nobody uses and our own lists do not know.

Candidates are what is one edit away (Norvig), as a word or as a stem, and of long words what sounds much the same, which
finds two mistakes («talegjennkjening»). All are looked up by an index, a fixed number of them. What it costs to get from
one to the other depends on how easily it happens: a doubled letter, a sound that is written in two ways, two letters in
each other's place, the key beside. The cheapest wins, then the commonest.
"""

import re
from collections import Counter
from functools import cache
from itertools import product

from django.db import transaction
from django.db.models import Q

from sok.analyse import (
    ENDELSER,
    analyser,
    delt_i_kjent_og_ukjent,
    er_kjent,
    er_oppfort,
    oppforte_ord,
    stamme,
    tokens,
    uten_endelse,
)
from sok.models import Sokeord
from sok.ordklasser import er_stoppord
from sok.termer import dokumenttermer

BOKSTAVER = "abcdefghijklmnopqrstuvwxyzæøå"
MIN_LENGDE = 4
MAKS_LENGDE = 40  # of a word we try to mend
MAKS_ORD = 8
MAKS_UKJENTE = 3  # that are mended in one search
MAKS_TEGN = 500
MIN_STAMME = 5  # letters of a stem that may be near another: shorter ones are all near each other (dem, del, der)
KORT = 5  # letters; a word of fewer must sound like the other
LANGT = 8  # letters; a word of so many may have two mistakes
MIN_LYD = 4  # consonants; of fewer, too many words sound the same
MAKS_KANDIDATER = 300
SJELDENT = 2  # texts
MYE_VANLIGERE = 5  # times
LYDER = "fjklmnprstv"  # what a sound can consist of
# What a mistake costs. One of 1 is the most there may be in a short word, and two of them in a long one.
LITT = 0.4  # a doubled letter, a sound written in another way, ø without the key for it
NESTEN_EN = 0.8  # letters in each other's place, the key beside, a letter too many or too few
EN = 1.0  # another vowel
FOR_MYE = 1.3  # another consonant
UENDELIG = 9
MAKS_ULIKE = 5  # letters that are in only one of the words
ANNEN_START = 0.3  # more, for few err in the first letter
AV_STAMMEN = 0.3  # more, for stems are alike more easily than words
SPLITTET_TAALER = 0.85  # of a compound that our lists can divide, and so may be right
_SKRIVEMAATER = (("oe", "ø"), ("ae", "æ"), ("aa", "å"), ("o", "ø"), ("a", "å"), ("e", "æ"))
_LYDER = tuple(
    (re.compile(fra), til)
    for fra, til in (
        ("^hv", "v"),
        ("^[ghl]j", "j"),
        ("skj|sj|sch", "s"),
        ("[kt]j", "k"),
        ("ch|ck|c|q", "k"),
        ("ph", "f"),
        ("x", "ks"),
        ("w", "v"),
        ("z", "s"),
        ("(?<=[nlr])d", ""),
        ("b", "p"),
        ("d", "t"),
        ("g", "k"),
        ("(?<=.)[aeiouyæøåhj]", ""),
        (r"(.)\1+", r"\1"),
    )
)

VOKALER = "aeiouyæøå"
_SAMME_LYD = tuple(
    (re.compile(fra), til)
    for fra, til in (
        ("^hv", "v"),
        ("^[gh]j", "j"),
        ("skj|sch|sj", "S"),
        ("kj|tj", "K"),
        ("ck|c(?![eiy])|q", "k"),
        ("ph", "f"),
        ("x", "ks"),
        ("w", "v"),
        ("z|c", "s"),
        ("n[dn]", "N"),
        ("l[dl]", "L"),
        ("oe", "ø"),
        ("ae", "æ"),
        ("ig$", "i"),
    )
)
_LIKE = [
    set(par) for par in ("eæ", "oø", "aå", "oå", "aæ", "øæ", "KS", "dt", "gk", "bp", "iy", "nN", "lL", "Kk", "sS", "øö")
]
_REKKER = ("qwertyuiopå", "asdfghjkløæ", "zxcvbnm")


def _taster_ved():
    """{letter: those beside it on the keyboard, and above and below}."""
    ved = {}
    for nr, rekke in enumerate(_REKKER):
        for i, bokstav in enumerate(rekke):
            over, under = (_REKKER[n][max(i - 1, 0) : i + 2] if 0 <= n < 3 else "" for n in (nr - 1, nr + 1))
            ved[bokstav] = rekke[max(i - 1, 0) : i + 2] + over + under
    return ved


_TASTER_VED = _taster_ved()


def bygg_ordforrad(tekster):
    """Replace the vocabulary with the words of these texts, which must be open to all. Returns how many words.

    Everything is worked out before the first write: those who search and write in the meantime wait for nothing.
    """
    teller = Counter()
    for tekst in tekster:
        teller.update({t for t in tokens(tekst) if _kan_foreslaas(t)})
    # A part may be in use inside compounds only.
    for ord_ in list(teller):
        for del_ in analyser(ord_).enkeltdeler:
            if len(del_) >= MIN_LENGDE and er_kjent(del_):
                teller[del_] += teller[ord_]
    rader = [Sokeord(ord=o, antall=n, stamme=stamme(o)[:80], lyd=lyd(uten_endelse(o))[:60]) for o, n in teller.items()]
    with transaction.atomic():
        Sokeord.objects.all().delete()
        Sokeord.objects.bulk_create(rader, batch_size=2000)
    return len(rader)


def _kan_foreslaas(token):
    return MIN_LENGDE <= len(token) <= 60 and not token.isdigit() and not er_stoppord(token)


def les_ordlistene():
    """What a process reads once and remembers: before anyone waits for it."""
    dokumenttermer("ordliste")
    _oppforte_etter_lyd()


def mente_du(tekst):
    """The text with unknown words replaced by the nearest in use, or None when there is nothing to suggest."""
    skrevet = tokens(tekst[:MAKS_TEGN])
    ord_ = [t for t in dict.fromkeys(skrevet) if MIN_LENGDE <= len(t) <= MAKS_LENGDE and not er_stoppord(t)][:MAKS_ORD]
    stammer = {o: stamme(o) for o in ord_}
    i_bruk = Sokeord.objects.filter(Q(ord__in=ord_) | Q(stamme__in=stammer.values())).values_list("ord", "stamme")
    brukte = {verdi for rad in i_bruk for verdi in rad}
    ukjente = [o for o in ord_ if o not in brukte and stammer[o] not in brukte and not er_oppfort(o)][:MAKS_UKJENTE]
    rettet = {fra: til for fra in ukjente if (til := _rett(fra)) and til != fra}
    if not rettet:
        return None
    return " ".join(rettet.get(t, t) for t in skrevet)


def er_begynt(tekst):
    """Whether the last word is the beginning of one in use."""
    siste = tokens(tekst[:MAKS_TEGN])[-1:]
    return bool(siste) and Sokeord.objects.filter(ord__begynner_med=siste[0]).exists()


def vanligere_ord(tekst):
    """The text with rare words replaced by near ones that are much commoner, or nothing: others may err alike."""
    skrevet = tokens(tekst[:MAKS_TEGN])
    ord_ = [t for t in dict.fromkeys(skrevet) if LANGT - 1 <= len(t) <= MAKS_LENGDE and not er_kjent(t)][:MAKS_ORD]
    sjeldne = Sokeord.objects.filter(ord__in=ord_, antall__lte=SJELDENT).values_list("ord", "antall")
    bedre = {o: til for o, antall in sjeldne if (til := naermeste(o, NESTEN_EN, MYE_VANLIGERE * antall))}
    bedre = {fra: til for fra, til in bedre.items() if stamme(fra) != stamme(til)}
    return " ".join(bedre.get(t, t) for t in skrevet) if bedre else ""


def _rett(ord_):
    if er_kjent(ord_):  # as a compound: perhaps right, and only new to us
        naer = naermeste(ord_, SPLITTET_TAALER)
        return naer if naer and (len(ord_) >= LANGT or er_oppfort(naer)) else _i_faerre_deler(ord_)
    return naermeste(ord_) or _naermeste_del(ord_) or _naermeste_kjente(ord_)


def lyd(ord_):
    """Roughly how a word sounds: its consonants, without what is often mistaken."""
    for fra, til in _LYDER:
        ord_ = fra.sub(til, ord_)
    return ord_


def naermeste(ord_, taaler=None, minst=1):
    """The word in use that is nearest, or None. It may cost so much, and must be in so many texts."""
    stammen = stamme(ord_)
    naere = Q(ord__in=_andre_skrivemaater(ord_) | _avstand_en(ord_) | _andre_endelser(ord_))
    if len(stammen) >= MIN_STAMME:
        # The word as it stands too: analysed, a misspelt one may be taken for a compound (personven, as person|venn).
        naere |= Q(stamme__in=_avstand_en(stammen) | _avstand_en(ord_))
    if lyder := _naere_lyder(ord_):
        naere |= Q(lyd__in=lyder)
    rader = (
        Sokeord.objects.filter(naere, antall__gte=minst)
        .order_by("-antall", "ord")
        .values_list("ord", "stamme", "antall")[:MAKS_KANDIDATER]
    )
    kandidater = []
    for funnet, stamme_, antall in rader:
        pris = _pris(ord_, funnet)
        if min(len(stammen), len(stamme_)) >= MIN_STAMME:
            pris = min(pris, round(_pris(stammen, stamme_) + AV_STAMMEN, 1), _pris(ord_, stamme_))
        if pris <= (taaler or _tillatt(ord_, funnet)):
            kandidater.append((pris, -antall, funnet))
    return min(kandidater)[-1] if kandidater else None


def _tillatt(ord_, funnet):
    """What the mistakes may cost. Short words are easily near each other by chance."""
    if len(ord_) >= LANGT:
        return 2 * NESTEN_EN
    if len(ord_) < KORT and lyd(uten_endelse(ord_)) != lyd(uten_endelse(funnet)):
        return LITT
    return EN


def _naere_lyder(ord_):
    """The sounds of a long word, and those one mistake away."""
    if len(ord_) < LANGT:
        return set()
    egne = {lyd(ord_), lyd(uten_endelse(ord_))}
    return egne.union(*(_avstand_en(egen, LYDER) for egen in egne if len(egen) >= MIN_LYD))


def _naermeste_del(ord_):
    """Mend the part of a compound that is not known: velferds|teknolgi."""
    kjent, ukjent, sist = delt_i_kjent_og_ukjent(ord_)
    if len(ukjent) < 6 or Sokeord.objects.filter(stamme=stamme(ukjent)).exists():
        return None
    if not (rettet := naermeste(ukjent, EN)):
        return None
    return kjent + rettet if sist else rettet + kjent


def _i_faerre_deler(ord_):
    """A compound that may be written so for want of a key: «skolemaltid» is skole|måltid rather than skole|mal|tid."""
    andre = (o for o in _andre_skrivemaater(ord_) if er_kjent(o))
    antall, best = min(((len(analyser(o).enkeltdeler), o) for o in andre), default=(UENDELIG, None))
    return best if antall < len(analyser(ord_).enkeltdeler) else None


def _naermeste_kjente(ord_):
    """A word of our own lists: nobody uses it as it stands, but perhaps another form of it, or a compound."""
    if len(ord_) < KORT:
        return None
    kandidater = {o for o in _andre_skrivemaater(ord_) | _avstand_en(ord_) if er_oppfort(o)}
    kandidater.update(*(_oppforte_etter_lyd().get(lyden, ()) for lyden in _naere_lyder(ord_)))
    # As it stands in the lists, sooner than as a form that could be made of it.
    priser = ((_pris(ord_, o), o not in oppforte_ord(), o) for o in kandidater)
    return min((pris for pris in priser if pris[0] <= _tillatt(ord_, pris[-1])), default=(None,))[-1]


@cache
def _oppforte_etter_lyd():
    """{sound: the long words of our own lists that sound so}."""
    funnet = {}
    for ord_ in oppforte_ord():
        if len(ord_) >= LANGT - 1:
            funnet.setdefault(lyd(uten_endelse(ord_)), []).append(ord_)
    return funnet


def _andre_skrivemaater(ord_):
    """Where there is no æ, ø or å on the keyboard: «barnehagekoe», «skolefravar»."""
    funnet = set()
    for fra, til in _SKRIVEMAATER:
        biter = ord_.split(fra)
        for valg in product((fra, til), repeat=min(len(biter) - 1, 3)):
            valg += (fra,) * (len(biter) - 1 - len(valg))
            funnet.add("".join(b + v for b, v in zip(biter, (*valg, ""), strict=True)))
    return funnet - {ord_}


def _avstand_en(ord_, bokstaver=BOKSTAVER):
    par = [(ord_[:i], ord_[i:]) for i in range(len(ord_) + 1)]
    uten = {a + b[1:] for a, b in par if b}
    byttet_plass = {a + b[1] + b[0] + b[2:] for a, b in par if len(b) > 1}
    annen = {a + c + b[1:] for a, b in par if b for c in bokstaver}
    med = {a + c + b for a, b in par for c in bokstaver}
    return uten | byttet_plass | annen | med


def _pris(a, b):
    """What the mistakes cost from one word to the other (Damerau and Levenshtein, weighed)."""
    if abs(len(a) - len(b)) > 2 or _ulike_bokstaver(a, b) > MAKS_ULIKE:
        return UENDELIG
    if _bare_annen_endelse(a, b):
        return LITT
    snudd = a[:2] == b[1::-1]
    start = 0 if a[:1] == b[:1] or snudd or lyd(a)[:2] == lyd(b)[:2] else ANNEN_START
    return round(start + min(_avstand(a, b), _avstand(_en_skrivemaate(a), _en_skrivemaate(b))), 1)


def _ulike_bokstaver(a, b):
    """How many letters are in the one and not in the other: much quicker than to work out what it costs."""
    i_a, i_b = Counter(a), Counter(b)
    return (i_a - i_b).total() + (i_b - i_a).total()


def _avstand(a, b):
    forrige, naa = [], [0.0]
    for j in range(1, len(b) + 1):
        naa.append(naa[-1] + _enslig(b, j - 1))
    for i, x in enumerate(a, 1):
        eldst, forrige, naa = forrige, naa, [naa[0] + _enslig(a, i - 1)]
        for j, y in enumerate(b, 1):
            bytte = 0 if x == y else _annen_bokstav(x, y)
            naa.append(min(forrige[j] + _enslig(a, i - 1), naa[j - 1] + _enslig(b, j - 1), forrige[j - 1] + bytte))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                naa[j] = min(naa[j], eldst[j - 2] + NESTEN_EN)
    return naa[-1]


def _andre_endelser(ord_):
    """The word with other endings: what the stemmer did not see is the same word."""
    rot = {ord_.removesuffix(e) for e in ENDELSER}
    return {r + e for r in rot if len(r) >= MIN_STAMME for e in ENDELSER}


def _bare_annen_endelse(a, b):
    return b in _andre_endelser(a)


def _en_skrivemaate(ord_):
    """As it is written where one sound has several letters: the difference costs next to nothing."""
    for fra, til in _SAMME_LYD:
        ord_ = fra.sub(til, ord_)
    return ord_


def _enslig(ord_, i):
    """What it costs that this letter is too many."""
    return LITT if (i and ord_[i - 1] == ord_[i]) or ord_[i + 1 : i + 2] == ord_[i] else NESTEN_EN


def _annen_bokstav(x, y):
    if {x, y} in _LIKE:
        return LITT
    if y in _TASTER_VED.get(x, ""):
        return NESTEN_EN
    return EN if x in VOKALER and y in VOKALER else FOR_MYE
