"""A short excerpt of a text where the hit is, with the hit marked. What the text holds is always escaped."""

import re
from functools import lru_cache

from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import mark_safe

from sok.analyse import analyser, tokens

LENGDE = 220
_ORD = re.compile(r"[\w‐‑-]+")
_MARKDOWN = re.compile(r"^[#>*+-]+\s+|[*_`]+|\[([^\[\]]*)\]\([^()]*\)", re.MULTILINE)


class Treff(dict):
    """{word: whether it is a hit}, each word judged once. For one search, whose texts have most of their words in common."""

    def __init__(self, stammer):
        super().__init__()
        self.stammer = stammer
        self.begynnelser = tuple(s.removesuffix("*") for s in stammer if s.endswith("*"))

    def __missing__(self, ord_):
        termer = _termer(ord_)
        self[ord_] = not self.stammer.isdisjoint(termer) or any(t.startswith(self.begynnelser) for t in termer)
        return self[ord_]

    def i(self, tekst):
        """Whether any word of the text is a hit."""
        return any(map(self.__getitem__, _ORD.findall(tekst)))


def utdrag(tekst, treff):
    """HTML-safe excerpt, or an empty string when no word of the text is a hit."""
    tekst = " ".join(_MARKDOWN.sub(r"\1", tekst or "").split())
    forste = next((m.start() for m in _ORD.finditer(tekst) if treff[m[0]]), None)
    if forste is None:
        return ""
    start, slutt = _vindu(tekst, forste)
    biter, her = [], start
    for m in _ORD.finditer(tekst, start, slutt):
        if treff[m[0]]:
            biter += [(tekst[her : m.start()],), (mark_safe(f"<mark>{conditional_escape(m[0])}</mark>"),)]  # noqa: S308
            her = m.end()
    biter.append((tekst[her:slutt],))
    foran, bak = ("… " if start else ""), (" …" if slutt < len(tekst) else "")
    return mark_safe(foran + format_html_join("", "{}", biter) + bak)  # noqa: S308 - every piece is escaped


@lru_cache(maxsize=50_000)
def _termer(ord_):
    """What a word of a text can be met by: its stem, and the stems of its parts."""
    analysert = [analyser(token) for token in tokens(ord_)]
    return frozenset(term for a in analysert for term in (a.stamme, *a.deler))


def _vindu(tekst, treff):
    """A stretch of whole words around the first hit, more after it than before."""
    start = max(0, treff - LENGDE // 3)
    if start:
        start = tekst.find(" ", start) + 1
    slutt = start + LENGDE
    if slutt >= len(tekst):
        return start, len(tekst)
    return start, max(tekst.rfind(" ", start, slutt), treff)
