"""Text for XML."""

import re

UGYLDIG_I_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def ren(tekst):
    """Without characters XML cannot hold; one of them in one title would stop the whole feed."""
    return UGYLDIG_I_XML.sub("", tekst)
