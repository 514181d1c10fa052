"""How near texts are in meaning, as our lists of synonyms tell it: words that stand in the same lines point the same way.

Each stem of the lists has a direction in a space of BREDDE numbers (ordretninger.npz, made by `make ordretninger`). A text
points where its words together do, the rare ones most, and two texts are as near as the cosine of the angle between them:
1 is the same, 0 has nothing to do with it. So a text is near a search that shares no word with it, and no line with it either,
when their words stand beside the same words. It is for what nothing has all the words of: what it finds resembles.
"""

import hashlib
from functools import cache

import numpy as np

from sok.analyse import MAPPE, analyser, tokens
from sok.ordklasser import betydningsord

BREDDE = 128
HEL = 127  # one, in the whole numbers that directions are kept as
TITTEL_TELLER = 2  # times as much as the ingress, in where something points
FIL = MAPPE / "ordretninger.npz"


def trekk(ord_):
    """The stems that tell what words are about: of each word but the small ones, and of its parts."""
    for ett in map(analyser, betydningsord(ord_)):
        yield from (ett.stamme, *ett.enkeltdeler)


def retning(*tekster):
    """Where texts point together, as BREDDE bytes; nothing when our lists know no word of them. `tekster`: (text, weight)."""
    return retning_av(*((trekk(tokens(tekst)), vekt) for tekst, vekt in tekster))


def retning_av(*stammer):
    """As `retning`, of the stems of texts: (stems, weight)."""
    plass, retninger, vekter = _ordretninger()
    vekt_av = {}
    for noen, vekt in stammer:
        for stamme in noen:
            if stamme in plass:
                vekt_av[plass[stamme]] = vekt_av.get(plass[stamme], 0) + vekt
    if not vekt_av:
        return b""
    plasser = list(vekt_av)
    vekt = np.fromiter(vekt_av.values(), np.float64) * vekter[plasser]
    return i_hele_tall(vekt @ retninger[plasser].astype(np.float64)).tobytes()


def i_hele_tall(retninger):
    """Directions of length one, as whole numbers."""
    lengde = np.linalg.norm(retninger, axis=-1, keepdims=True)
    return np.rint(retninger * (HEL / np.maximum(lengde, 1e-9))).astype(np.int8)


def naerhet(sokt, retninger):
    """How near each row of directions is to this one. Whole numbers small enough to be exact, on any machine."""
    return retninger.astype(np.float32, copy=False) @ np.frombuffer(sokt, np.int8).astype(np.float32) / HEL**2


@cache
def _ordretninger():
    """{stem: its row}, the directions, and how much each stem tells."""
    with np.load(FIL) as fil:
        stammer = fil["stammer"].tobytes().decode().split("\n")
        return {stamme: i for i, stamme in enumerate(stammer)}, fil["retninger"], fil["vekter"].astype(np.float64)


def laget_av():
    """What the file must be made of, to be of the lists as they are."""
    sum_ = hashlib.sha256()
    for sti in sorted(MAPPE.rglob("*.txt")):
        sum_.update(sti.read_bytes())
    return sum_.hexdigest()
