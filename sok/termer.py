"""What a text is indexed by: the stems of its words, the parts of its compounds, what it is about, and neighbours as one word."""

from itertools import pairwise

from sok.analyse import MAKS_NABOBITER, analyser, er_av_kjente, navnetermer_i, tokens
from sok.ordklasser import SMAATT, betydningsord, er_smaaord
from sok.synonymer import emner_i

NAVN_TELLER = 3  # a place called by its name is about the place; those with the word alone come after


def dokumenttermer(tekst):
    """The terms of a text to be indexed: stems in order (for phrases), and parts and synonyms as a second list."""
    alle = tokens(tekst)
    smaa = er_smaaord(alle)
    ord_ = [analyser(t) for t, smaatt in zip(alle, smaa, strict=True) if not smaatt]
    stammer = [o.stamme for o in ord_]
    av_ord = iter(stammer)
    hele = [SMAATT + t if smaatt else next(av_ord) for t, smaatt in zip(alle, smaa, strict=True)]
    deler = [d for o in ord_ for d in o.deler]
    return stammer + navnetermer_i(tekst) * NAVN_TELLER, deler + emner_i(stammer, hele, deler, len(alle))


def naboord(tekst):
    """What two neighbouring words would be as one, either way round: «helsestasjon for ungdom» is ungdomshelsestasjon.

    Of words our lists know, since only those does a search for a compound divide with certainty (`er_av_kjente`).
    """
    ord_ = [analyser(t) for t in betydningsord(tokens(tekst))]
    for forst, sist in pairwise(ord_):
        biter = (forst.enkeltdeler or (forst.stamme,)) + (sist.enkeltdeler or (sist.stamme,))
        if len(biter) <= MAKS_NABOBITER and er_av_kjente(biter):
            yield from (forst.stamme + sist.stamme, sist.stamme + forst.stamme)
