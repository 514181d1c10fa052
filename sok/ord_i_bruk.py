"""Words that open texts use, for what our own lists do not know: a compound is divided by them, or they begin with it.

Only for a search that nothing met, so a few look-ups more do not matter.
"""

from dataclasses import replace

from sok.analyse import LENGSTE_SAMMENSATTE, er_kjent, stamme
from sok.forslag import naermeste
from sok.models import Sokeord

MIN_DEL = 4  # letters of a part
MIN_LANG_DEL = 5  # of a part when the other is misspelt, and of what is looked for inside other words
MAKS_INNI = 12
MAKS_UKJENTE = 3  # words of one search we do this for
MAKS_RETTET = 2


def med_ord_i_bruk(q):
    """The same search, where words nobody uses are compounds of words in use, or a part of them."""
    lesninger = (q.krav, *q.lest_ellers)
    ordene = {ledd.term: ledd for krav in lesninger for ledd in krav if ledd.ord}
    i_bruk = set(Sokeord.objects.filter(stamme__in=list(ordene)).values_list("stamme", flat=True))
    ukjente = [ledd for stamme_, ledd in ordene.items() if stamme_ not in i_bruk][:MAKS_UKJENTE]
    utvidet = {ledd: _utvidet(ledd) for ledd in ukjente}
    krav, *lest_ellers = (tuple(utvidet.get(ledd, ledd) for ledd in krav) for krav in lesninger)
    return replace(q, krav=krav, lest_ellers=tuple(lest_ellers))


def _utvidet(ledd):
    ord_ = ledd.ord
    if not MIN_LANG_DEL <= len(ord_) <= LENGSTE_SAMMENSATTE:
        return ledd
    deler = ledd.deler if ledd.er_kjent else _delt_av_brukte(ord_) or ledd.deler
    return replace(ledd, deler=deler, naere=(*ledd.naere, *_inni(ord_)))


def _inni(ord_):
    """Stems of the words in use that begin with this one and go on with one we know: brann|mur, and not «brannete»."""
    treff = Sokeord.objects.filter(ord__begynner_med=ord_).order_by("-antall", "ord")
    funnet = [
        (stamme_,)
        for funnet, stamme_ in treff.values_list("ord", "stamme")[:MAKS_INNI]
        if _er_ord(funnet.removeprefix(ord_))
    ]
    return tuple(dict.fromkeys(funnet))


def _er_ord(rest):
    return any(len(r) > 2 and er_kjent(r) for r in (rest, rest.removeprefix("s"), rest.removesuffix("s")))


def _delt_av_brukte(ord_):
    """The stems of two words in use that the word is made of, with or without a joint; one of them may be misspelt."""
    delinger = [
        (hode, ord_[i:])
        for i in range(len(ord_) - MIN_DEL, MIN_DEL - 1, -1)
        for hode in dict.fromkeys((ord_[:i], ord_[:i].rstrip("se") if ord_[i - 1] in "se" else ord_[:i]))
        if len(hode) >= MIN_DEL
    ]
    stammer = {bit: stamme(bit) for deling in delinger for bit in deling}
    brukte = set(Sokeord.objects.filter(stamme__in=stammer.values()).values_list("stamme", flat=True))
    for deling in delinger:
        if all(stammer[bit] in brukte for bit in deling):
            return tuple(stammer[bit] for bit in deling)
    halve = [
        (kjent, annen)
        for hode, hale in delinger
        for kjent, annen in ((hode, hale), (hale, hode))
        if min(len(kjent), len(annen)) >= MIN_LANG_DEL and stammer[kjent] in brukte
    ]
    for kjent, annen in halve[:MAKS_RETTET]:
        if rettet := naermeste(annen):
            return stammer[kjent], stamme(rettet)
    return ()
