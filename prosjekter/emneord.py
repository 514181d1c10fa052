"""Free keywords on a project: what others may search for. Kept as one text with semicolons between."""

import re


def rydd(tekst):
    """Semicolon, comma or line break between; each word once, whatever its case."""
    ord_ = (" ".join(del_.split()) for del_ in re.split(r"[;,\n]", tekst))
    ulike = {}
    for o in filter(None, ord_):
        ulike.setdefault(o.casefold(), o)
    return "; ".join(ulike.values())
