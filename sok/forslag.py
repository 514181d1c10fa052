"""«Mente du»: the nearest word that is in use, for a word that nobody uses and our own lists do not know.

Candidates are what is one edit away (Norvig), as a word or as a stem, and what sounds much the same, which finds two
mistakes in a long word («talegjennkjening»). The nearest wins, then the commonest.
"""

import re
from collections import Counter
from itertools import product

from django.db import transaction
from django.db.models import Q

from sok.analyse import analyser, delt_i_kjent_og_ukjent, er_kjent, er_stoppord, stamme, tokens, uten_endelse
from sok.models import Sokeord

BOKSTAVER = "abcdefghijklmnopqrstuvwxyzæøå"
MIN_LENGDE = 4
MAKS_LENGDE = 40  # of a word we try to mend
MAKS_ORD = 8
MAKS_TEGN = 500
KORT = 6  # letters; a word of fewer must sound like the other
LANGT = 8  # letters; a word of so many may have two mistakes
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


def mente_du(tekst):
    """The text with unknown words replaced by the nearest in use, or None when there is nothing to suggest."""
    skrevet = tokens(tekst[:MAKS_TEGN])
    ord_ = [t for t in dict.fromkeys(skrevet) if MIN_LENGDE <= len(t) <= MAKS_LENGDE and not er_stoppord(t)][:MAKS_ORD]
    stammer = {o: stamme(o) for o in ord_}
    i_bruk = Sokeord.objects.filter(Q(ord__in=ord_) | Q(stamme__in=stammer.values())).values_list("ord", "stamme")
    brukte = {verdi for rad in i_bruk for verdi in rad}
    ukjente = [o for o in ord_ if o not in brukte and stammer[o] not in brukte and not er_kjent(o)]
    rettet = {fra: til for fra in ukjente if (til := naermeste(fra) or _naermeste_del(fra) or _naermeste_kjente(fra))}
    if not rettet:
        return None
    return " ".join(rettet.get(t, t) for t in skrevet)


def lyd(ord_):
    """Roughly how a word sounds: its consonants, without what is often mistaken."""
    for fra, til in _LYDER:
        ord_ = fra.sub(til, ord_)
    return ord_


def naermeste(ord_):
    stammen = stamme(ord_)
    skrevet = _andre_skrivemaater(ord_)
    naere = Q(ord__in=skrevet | _avstand_en(ord_))
    if len(stammen) >= MIN_LENGDE:  # shorter ones are all near each other: dem, del, der
        naere |= Q(stamme__in=_avstand_en(stammen))
    if len(ord_) >= LANGT:
        naere |= Q(lyd=lyd(uten_endelse(ord_)))
    kandidater = []
    for funnet, stamme_, antall in Sokeord.objects.filter(naere).values_list("ord", "stamme", "antall"):
        avstand = 0.5 if funnet in skrevet else _avstand(ord_, funnet)
        if len(stammen) >= MIN_LENGDE:
            avstand = min(avstand, _avstand(stammen, stamme_))
        if avstand <= _tillatt(ord_, funnet):
            kandidater.append((avstand, funnet[0] != ord_[0], -antall, funnet))
    return min(kandidater)[-1] if kandidater else None


def _tillatt(ord_, funnet):
    """How many mistakes there may be. Short words are easily near each other by chance; few err in the first letter."""
    if len(ord_) >= LANGT:
        return 2
    if len(ord_) < KORT and lyd(uten_endelse(ord_)) != lyd(uten_endelse(funnet)):
        return 0.5
    return 1 if ord_[0] == funnet[0] else 0.5


def _naermeste_del(ord_):
    """Mend the part of a compound that is not known: velferds|teknolgi."""
    kjent, ukjent, sist = delt_i_kjent_og_ukjent(ord_)
    if len(ukjent) < 6 or not (rettet := naermeste(ukjent)):
        return None
    return kjent + rettet if sist else rettet + kjent


def _naermeste_kjente(ord_):
    """A word of our own lists: nobody uses it as it stands, but perhaps another form of it, or a compound."""
    if len(ord_) < KORT:
        return None
    skrevet = _andre_skrivemaater(ord_)
    kjente = (o for o in skrevet | _avstand_en(ord_) if o[0] == ord_[0] and er_kjent(o))
    return min(kjente, key=lambda o: (o not in skrevet, lyd(o) != lyd(ord_), o), default=None)


def _andre_skrivemaater(ord_):
    """Where there is no æ, ø or å on the keyboard: «barnehagekoe», «skolefravar»."""
    funnet = set()
    for fra, til in _SKRIVEMAATER:
        biter = ord_.split(fra)
        for valg in product((fra, til), repeat=min(len(biter) - 1, 3)):
            valg += (fra,) * (len(biter) - 1 - len(valg))
            funnet.add("".join(b + v for b, v in zip(biter, (*valg, ""), strict=True)))
    return funnet - {ord_}


def _avstand_en(ord_):
    par = [(ord_[:i], ord_[i:]) for i in range(len(ord_) + 1)]
    uten = {a + b[1:] for a, b in par if b}
    byttet_plass = {a + b[1] + b[0] + b[2:] for a, b in par if len(b) > 1}
    annen = {a + c + b[1:] for a, b in par if b for c in BOKSTAVER}
    med = {a + c + b for a, b in par for c in BOKSTAVER}
    return uten | byttet_plass | annen | med


def _avstand(a, b):
    """Edits from one to the other, where two letters that change place are one edit."""
    forrige, naa = [], list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        eldst, forrige, naa = forrige, naa, [i]
        for j, y in enumerate(b, 1):
            naa.append(min(forrige[j] + 1, naa[j - 1] + 1, forrige[j - 1] + (x != y)))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                naa[j] = min(naa[j], eldst[j - 2] + 1)
    return naa[-1]
