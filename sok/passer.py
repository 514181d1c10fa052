"""Whether a short text answers to what was typed, by the same analysis as the index.

For things that are few (missions, topics, our own pages): reading them all is quicker than keeping an index of them.
"""

from functools import lru_cache

from sok.termer import dokumenttermer, naboord


def passer(sporring, tekst):
    """Whether the text has everything that was asked for, and nothing that must not be there."""
    if not sporring.krav:
        return False
    termer = _termer(tekst)
    return any(all(_oppfylt(ledd, termer) for ledd in krav) for krav in sporring.valg) and not any(
        _oppfylt(ledd, termer) for ledd in sporring.uten
    )


@lru_cache(maxsize=5000)
def _termer(tekst):
    stammer, deler = dokumenttermer(tekst)
    return frozenset([*stammer, *deler, *naboord(tekst)])


def _oppfylt(ledd, termer):
    return (
        any(termer.issuperset(alternativ) for alternativ in ledd.alternativer)
        or (bool(ledd.alle) and all(_oppfylt(ett, termer) for ett in ledd.alle))
        or (bool(ledd.begynnelser) and any(term.startswith(ledd.begynnelser) for term in termer))
    )
