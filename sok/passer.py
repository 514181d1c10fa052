"""Whether a short text answers to what was typed, by the same analysis as the index.

For things that are few (missions, topics, our own pages): reading them all is quicker than keeping an index of them.
"""

from functools import lru_cache

from sok.analyse import dokumenttermer


def passer(sporring, tekst):
    """Whether the text has everything that was asked for, and nothing that must not be there."""
    termer = _termer(tekst)
    return bool(sporring.krav) and (
        all(_oppfylt(ledd, termer) for ledd in sporring.krav)
        and not any(_oppfylt(ledd, termer) for ledd in sporring.uten)
    )


@lru_cache(maxsize=5000)
def _termer(tekst):
    stammer, deler = dokumenttermer(tekst)
    return frozenset(stammer + deler)


def _oppfylt(ledd, termer):
    return (
        any(termer.issuperset(alternativ) for alternativ in ledd.alternativer)
        or (bool(ledd.spredt) and termer.issuperset(ledd.spredt))
        or (bool(ledd.begynnelser) and any(term.startswith(ledd.begynnelser) for term in termer))
    )
