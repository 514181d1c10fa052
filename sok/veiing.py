"""What is closest to a search that nothing, or next to nothing, has all the words of.

How close something is, is how much of the words it has, and how near it is in meaning (sok.betydning). A search is about what
few texts have, so rare words are worth more than common ones, and words that fill out little. What nothing has is worth
most: then there is hardly an answer.
"""

from functools import cache
from heapq import nlargest
from math import log

import numpy as np

from sok import betydning

NAERHET_TELLER = 1.5  # how near something is in meaning, against having all the words
MINST, AV_DET_BESTE = 0.75, 0.45  # how close it must be, and of what the closest is
# And either so near in meaning, or with so much of the words: a long text has a word of nearly anything.
NAER, MESTEPARTEN = 0.2, 0.6
MAKS_NAERMESTE = 10  # nobody reads further among what only resembles
MAKS_LEST = 300  # rows whose terms are read to tell how near they are
DEL_AV = 0.5  # what is only near a word, or has a part of it, is worth so much of the word
FYLLVEKT = 0.3
MAKS_VEIDE = 6  # words, and expressions as well: each is looked up


def dekning(q, mengde_av, antall):
    """[(those that meet it, what it is worth), ...] of each demand of a search; having all the words is worth 1.

    `mengde_av(ledd)` are those of the `antall` things there are that meet a demand, as a set of ids or a bit set. An
    expression of our lists comes on top of its words.
    """
    mengde_av = cache(mengde_av)

    def sjelden(ledd):
        return log(1 + antall / (antall_i(mengde_av(ledd)) or antall_i(mengde_av(ledd.spredt())) or 0.5))

    ord_ = sorted(q.ordvis, key=lambda ledd: (ledd.er_fyll, -len(ledd.term)))[:MAKS_VEIDE]
    vekter = [(ledd, (FYLLVEKT if ledd.er_fyll else 1) * sjelden(ledd)) for ledd in ord_]
    hele = sum(vekt for _, vekt in vekter) or 1
    deler = [del_ for ledd, vekt in vekter for del_ in ((ledd, vekt * (1 - DEL_AV)), (ledd.spredt(), vekt * DEL_AV))]
    deler += [(ledd, sjelden(ledd)) for ledd in q.uttrykk[:MAKS_VEIDE] if mengde_av(ledd)]
    return [(mengde_av(ledd), vekt / hele) for ledd, vekt in deler]


def naermeste(ider, har, naerhet, hele):
    """{id: how close it is} of what is close, the closest first. The others are arrays, in the order of the ids.

    `har`: what each has of the words, `naerhet`: how near it is in meaning, `hele`: whether it has all the words, and
    is not to be counted here.
    """
    poeng = np.where(hele, np.maximum(har, 1), har) + NAERHET_TELLER * np.maximum(naerhet, 0)
    nok = (poeng >= max(MINST, AV_DET_BESTE * poeng.max(initial=0))) & ((naerhet >= NAER) | (har >= MESTEPARTEN))
    er_naer = np.flatnonzero(~hele & nok)
    orden = er_naer[np.argsort(-poeng[er_naer], kind="stable")][:MAKS_NAERMESTE]
    return {ider[i]: float(poeng[i]) for i in orden}


class Radnaerhet:
    """How near the rows of a search table are to a text in meaning, worked out from their terms as they are asked for.

    For tables that are not large. Only what has some of the words is looked at.
    """

    def __init__(self, modell, tekst):
        self.modell, self.retning = modell, betydning.retning((tekst, 1))

    def naermeste(self, deler, _alle, hele):
        """As the function. `deler`: (ids, weight) of what has some of the words, and `hele` has all."""
        har = dict.fromkeys(sorted(hele.union(*(ider for ider, _ in deler))), 0)
        for ider, vekt in deler:
            for pk in ider:
                har[pk] += vekt
        ider = nlargest(MAKS_LEST, har, key=har.get)
        naere = self._av(ider)
        return naermeste(
            ider,
            np.array([har[pk] for pk in ider]),
            np.array([naere.get(pk, 0) for pk in ider]),
            np.array([pk in hele for pk in ider], bool),
        )

    def _av(self, ider):
        """{id: how near it is} of those whose words our lists know."""
        if not self.retning:
            return {}
        rader = self.modell.objects.filter(pk__blant=ider).values_list("pk", "a", "b")
        retninger = {
            pk: betydning.retning_av((a.split(), betydning.TITTEL_TELLER), (b.split(), 1)) for pk, a, b in rader
        }
        som_tall = {pk: np.frombuffer(retning, np.int8)[None] for pk, retning in retninger.items() if retning}
        return {pk: betydning.naerhet(self.retning, retning)[0] for pk, retning in som_tall.items()}


def antall_i(mengde):
    return mengde.bit_count() if isinstance(mengde, int) else len(mengde)
