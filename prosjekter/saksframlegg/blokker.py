"""What a case paper is made of: blocks with bits of text in them. No HTML and no Word here.

Our own sentences are templates with `{names}`; what is in square brackets in them («[Fyll inn: beløp]») is for the case
officer. What others have written comes in as bits of its own, so nothing in it is taken for a placeholder or a source.
"""

import re
from dataclasses import dataclass, field
from string import Formatter

from markdown_it import MarkdownIt

from partnerskap.felles.xml import ren

MAKS_SITAT = 2_500  # characters of one text; the rest stands in the source
FYLL = re.compile(r"(\[Fyll inn: [^\]]*\])")
_md = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline"])


@dataclass(frozen=True)
class Bit:
    """A run of text. `slag`: tekst, fyll (for the case officer), or kilde (leads to a source, number `tekst`)."""

    tekst: str
    slag: str = "tekst"
    sprak: str = ""

    @property
    def nummer(self):
        """Of the source it leads to."""
        return self.tekst.strip("[]")


@dataclass
class Blokk:
    """`slag`: overskrift, avsnitt, punkter, nummerert or tabell. A `sitat` is somebody else's words."""

    slag: str
    biter: list = field(default_factory=list)  # of a heading or paragraph
    punkter: list = field(default_factory=list)  # bits of each
    niva: int = 2
    sitat: bool = False
    sprak: str = ""
    kolonner: list = field(default_factory=list)
    rader: list = field(default_factory=list)  # bits of each cell

    @property
    def tekst(self):
        return "".join(bit.tekst for bit in self.biter)


def linje(mal, **verdier):
    """The bits of one of our sentences. A value is a Bit, a list of them, or text."""
    biter = []
    for fast, navn, _format, _konvertering in Formatter().parse(mal):
        biter += [Bit(b, "fyll" if FYLL.fullmatch(b) else "tekst") for b in FYLL.split(fast) if b]
        if navn is not None:
            biter += _som_biter(verdier[navn])
    return biter


def _som_biter(verdi):
    if isinstance(verdi, Bit):
        return [verdi]
    if isinstance(verdi, list):
        return verdi
    return [Bit(ren(str(verdi)))]


def setning(tekst):
    """Ends like a sentence, so that the next can follow."""
    tekst = tekst.strip()
    return tekst if tekst.endswith((".", "!", "?", "…")) else f"{tekst}."


def fyll(tekst):
    """A place for the case officer, with words of ours that mention others' names."""
    return Bit(f"[Fyll inn: {ren(tekst)}]", "fyll")


def sitat(markdown, sprak):
    """Somebody's text as blocks: paragraphs and lists, plain. Returns (blocks, whether it was cut)."""
    blokker, lengde = [], 0
    for er_punkt, tekst in _avsnitt(markdown):
        if lengde + len(tekst) > MAKS_SITAT:
            rest = MAKS_SITAT - lengde
            if rest > 200:
                _legg_til(blokker, er_punkt, f"{tekst[:rest].rsplit(' ', 1)[0]} …", sprak)
            return blokker, True
        lengde += len(tekst)
        _legg_til(blokker, er_punkt, tekst, sprak)
    return blokker, False


def _legg_til(blokker, er_punkt, tekst, sprak):
    biter = [Bit(tekst, sprak=sprak)]
    if not er_punkt:
        blokker.append(Blokk("avsnitt", biter=biter, sitat=True, sprak=sprak))
    elif blokker and blokker[-1].slag == "punkter":
        blokker[-1].punkter.append(biter)
    else:
        blokker.append(Blokk("punkter", punkter=[biter], sitat=True, sprak=sprak))


def _avsnitt(markdown):
    """(is in a list, text) of each run of text in it, with the address after what was a link."""
    dybde = 0
    for tegn in _md.parse(markdown or ""):
        dybde += {"list_item_open": 1, "list_item_close": -1}.get(tegn.type, 0)
        tekst = ""
        if tegn.type == "inline":
            tekst = _rett_fram(tegn.children)
        elif tegn.type in ("code_block", "fence"):
            tekst = tegn.content
        if tekst := " ".join(ren(tekst).split()):
            yield dybde > 0, tekst


def _rett_fram(barn):
    deler, adresse = [], ""
    for tegn in barn:
        if tegn.type in ("text", "code_inline"):
            deler.append(tegn.content)
        elif tegn.type in ("softbreak", "hardbreak"):
            deler.append(" ")
        elif tegn.type == "link_open":
            adresse = tegn.attrGet("href") or ""
        elif tegn.type == "link_close" and adresse.startswith(("https://", "http://")):
            deler.append("" if deler and deler[-1] == adresse else f" ({adresse})")
    return "".join(deler)
