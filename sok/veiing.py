"""The closest to a question in plain words: what each of its words weighs, and which texts have enough of it.

A question is about what few texts have, so rare words weigh more than common ones, and words that fill out only tell who
comes first. An expression of our lists is weighed as one, and its words by themselves too, for not all who write of the
thing use the expression. What nothing has weighs most: then there is hardly an answer.
"""

from functools import cache, reduce
from math import log
from operator import or_

ANDEL_AV_BESTE = 0.49  # what an answer must weigh, of what the heaviest does: one of two words that are as rare will do
ANDELER_AV_ALLE = (0.35, 0.28)  # and of the whole question; less when nothing has so much
UTYDELIG = 0.3  # of a demand's weight is for what is only near it, or has a part of it
I_UTTRYKK = 0.5  # of a word's weight counts when it stands in an expression
FYLLVEKT = 0.3
MAKS_VEIDE = 6  # words, and expressions as well: each is looked up


def som_veier_nok(q, mengde_av, alle):
    """(those that have enough of it, ((demand, weight), ...) to order them by).

    `mengde_av(ledd)` are those that meet a demand and `alle` all there are, as sets of ids or as bit sets.
    """
    mengde_av = cache(mengde_av)

    def sjelden(ledd):
        return log(1 + antall_i(alle) / (antall_i(mengde_av(ledd)) or antall_i(mengde_av(ledd.spredt(2))) or 0.5))

    ord_ = sorted(q.ord_uten_fyll, key=lambda ledd: -len(ledd.term))[:MAKS_VEIDE]
    uttrykk = q.uttrykk[:MAKS_VEIDE]
    i_uttrykk = {stamme for ledd in uttrykk for stamme in ledd.ordstammer}
    vekt_av_ord = {ledd.term: sjelden(ledd) for ledd in ord_}
    vekter = [(ledd, vekt_av_ord[ledd.term] * (I_UTTRYKK if ledd.term in i_uttrykk else 1)) for ledd in ord_]
    av_uttrykk = [(ledd, _tyngste(ledd, vekt_av_ord, sjelden, mengde_av)) for ledd in uttrykk]
    hele = sum(v for ledd, v in vekter if ledd.term not in i_uttrykk) + sum(v for _, v in av_uttrykk)
    krav = tuple(par for ledd, vekt in (*vekter, *av_uttrykk) for par in _strengt_og_utydelig(ledd, vekt))
    deler = [(mengde_av(ledd), vekt) for ledd, vekt in krav]
    funnet = (_nok(deler, alle, andel * hele) for andel in ANDELER_AV_ALLE)
    treff = next(filter(None, funnet), alle ^ alle)
    return treff, (*krav, *((ledd, FYLLVEKT) for ledd in q.ordvis if ledd not in ord_))


def antall_i(mengde):
    return mengde.bit_count() if isinstance(mengde, int) else len(mengde)


def _tyngste(uttrykk, vekt_av_ord, sjelden, mengde_av):
    """What nothing has as one thing weighs no more than its words do."""
    finnes = mengde_av(uttrykk) or mengde_av(uttrykk.spredt(2))
    return max([sjelden(uttrykk) if finnes else 0, *(vekt_av_ord.get(s, 0) for s in uttrykk.ordstammer)])


def _strengt_og_utydelig(ledd, vekt):
    utydelig = ledd.spredt(2)
    if utydelig == ledd:
        return [(ledd, vekt)]
    return [(ledd, vekt * (1 - UTYDELIG)), (utydelig, vekt * UTYDELIG)]


def _nok(deler, alle, minst):
    """Those that weigh at least so much, and enough of what the heaviest does. `deler`: (those that meet it, weight).

    All there are is divided by one demand after the other, the heaviest first, and what cannot reach up is let go.
    """
    celler, igjen = [(alle, 0)], sum(vekt for _, vekt in deler)
    for mengde, vekt in sorted(deler, key=lambda del_: -del_[1]):
        igjen -= vekt
        delt = [(felles, v, c) for c, v in celler for felles in [c & mengde]]
        celler = [(f, v + vekt) for f, v, _ in delt if f] + [(c ^ f, v) for f, v, c in delt if c != f]
        minst = max(minst, ANDEL_AV_BESTE * max((v for _, v in celler), default=0))
        celler = [(c, v) for c, v in celler if v + igjen >= minst]
    return reduce(or_, (c for c, _ in celler), alle ^ alle)
