"""What someone typed, as something both engines can match.

Words must all be there; "quoted words" stand together; -word must not be there. Only tokens of the analyser reach the
engines, so nothing typed can be taken for their query syntax.
"""

import re
from dataclasses import dataclass, replace
from itertools import combinations

from sok.analyse import analyser, begynnelser, er_stoppord, stamme, synonymer, tokens

MAKS_ORD = 12
MAKS_TEGN = 500
_ORD_PAA_VEI = re.compile(r"(?<![^\s/])\w[\w‐‑-]+$")
_DEL = re.compile(r'(-?)"([^"]*)"|(\S+)')


@dataclass(frozen=True)
class Ledd:
    """One demand. Any alternative fulfils it: one stem, several that stand side by side, all of `spredt`, or a stem that
    begins with one of the `begynnelser`.
    """

    alternativer: tuple[tuple[str, ...], ...]
    spredt: tuple[str, ...] = ()  # stems that may stand anywhere
    begynnelser: tuple[str, ...] = ()
    deler: tuple[str, ...] = ()  # what a compound is about, without its last part, for the closest tier


@dataclass(frozen=True)
class Sporring:
    krav: tuple[Ledd, ...] = ()
    uten: tuple[Ledd, ...] = ()

    @property
    def er_tom(self):
        return not (self.krav or self.uten)

    @property
    def stammer(self):
        """Every stem that counts as a hit, to be marked in an excerpt. «tek*» is every stem that begins with tek."""
        stammer = {s for ledd in self.krav for alternativ in ledd.alternativer for s in alternativ}
        stammer.update(f"{b}*" for ledd in self.krav for b in ledd.begynnelser)
        return frozenset(stammer.union(*(ledd.deler + ledd.spredt for ledd in self.krav)))

    def naermeste(self):
        """Looser and looser searches for the same words: all but one, all but two, any or part of a compound."""
        antall = len(self.krav)
        for faerre in (antall - 1, antall - 2):
            if faerre > 1:
                yield tuple(combinations(self.krav, faerre))
        yield tuple((ledd,) for ledd in self.krav) + tuple((Ledd(((d,),)),) for ledd in self.krav for d in ledd.deler)


def les(tekst, *, prefiks=False):
    """Read what was typed. With `prefiks` the last word may still be on its way: it matches as a beginning too."""
    krav, uten, loese = [], [], []
    tekst = tekst[:MAKS_TEGN]
    for minus, frase, ord_ in _DEL.findall(tekst):
        if ord_:
            if ord_.startswith("-") and len(ord_) > 1:
                uten += [Ledd(((stamme(t),),)) for t in tokens(ord_[1:])]
            else:
                loese += tokens(ord_)
        elif stammer := tuple(stamme(t) for t in tokens(frase) if not er_stoppord(t)):
            (uten if minus else krav).append(Ledd((stammer,)))
    # A question made of nothing but small words is still a search for those words.
    loese = [t for t in loese if not er_stoppord(t)] or ([] if krav or uten else loese)
    krav += _ledd_av(loese)
    if prefiks and loese and (paa_vei := _ORD_PAA_VEI.search(tekst)) and tokens(paa_vei[0])[-1:] == loese[-1:]:
        krav[-1] = replace(krav[-1], begynnelser=begynnelser(loese[-1]))
    return Sporring(tuple(dict.fromkeys(krav))[:MAKS_ORD], tuple(dict.fromkeys(uten))[:MAKS_ORD])


def _ledd_av(ord_):
    """Demands from loose words. Several that together are one expression (kunstig intelligens) become one."""
    grupper = synonymer()
    stammer = [stamme(o) for o in ord_]
    i = 0
    while i < len(ord_):
        for lengde in range(min(4, len(ord_) - i), 0, -1):
            uttrykk = tuple(stammer[i : i + lengde])
            gruppe = grupper.get(uttrykk)
            if gruppe or lengde == 1:
                yield _ledd(ord_[i], uttrykk, gruppe)
                i += lengde
                break


def _ledd(ord_, uttrykk, gruppe):
    alternativer = [uttrykk]
    enkeltdeler = analyser(ord_).enkeltdeler if len(uttrykk) == 1 else ()
    if enkeltdeler:
        alternativer.append(enkeltdeler)  # «ungdoms los» is how some write ungdomslos
    if gruppe:
        alternativer.append((gruppe,))
    return Ledd(tuple(alternativer), spredt=uttrykk if len(uttrykk) > 1 else (), deler=enkeltdeler[:-1])


def som_tsquery(valg):
    """For PostgreSQL's to_tsquery with the «simple» configuration. Any of the sets of demands will do."""
    return " | ".join("(" + " & ".join(_ts(ledd) for ledd in krav) + ")" for krav in valg)


def _ts(ledd):
    valg = ["(" + " <-> ".join(a) + ")" for a in ledd.alternativer] + [f"{b}:*" for b in ledd.begynnelser]
    if ledd.spredt:
        valg.append("(" + " & ".join(ledd.spredt) + ")")
    return "(" + " | ".join(valg) + ")"


def som_fts5(valg):
    """For SQLite's FTS5 MATCH."""
    return " OR ".join("(" + " AND ".join(_fts(ledd) for ledd in krav) + ")" for krav in valg)


def _fts(ledd):
    valg = ['"' + " ".join(a) + '"' for a in ledd.alternativer] + [f'"{b}"*' for b in ledd.begynnelser]
    if ledd.spredt:
        valg.append("(" + " AND ".join(ledd.spredt) + ")")
    return "(" + " OR ".join(valg) + ")"
