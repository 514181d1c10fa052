"""Projects to suggest while someone types: only what anyone may see, whoever asks."""

from prosjekter.models import Prosjekt
from sok import ordstart
from sok.analyse import tokens

KANDIDATER = 40  # fetched to choose among
OPPSLAG = ordstart.Oppslag(
    Prosjekt.objects.apne().select_related("eier").only("tittel", "slug", "malform", "er_eksempel", "eier__navn"),
    vei="ordstarter",
    antall=KANDIDATER,
)


def foresla(tekst, antall):
    """The likeliest projects: those whose title begins like this, then those with all the words, the newest first."""
    if not (paabegynt := ordstart.les(tekst)):
        return []
    funnet = OPPSLAG.begynner_likt(paabegynt)[:antall]
    if len(funnet) < antall:
        kandidater = OPPSLAG.har_ordene(paabegynt)
        funnet += sorted(
            (p for p in kandidater if p not in funnet), key=lambda p: not _i_tittelen(p.tittel, paabegynt.ord)
        )
    return funnet[:antall]


def _i_tittelen(tittel, ordene):
    """Whether all the words stand there as typed, and not only in the owner's name or inside a compound."""
    i_tittelen = tokens(tittel)
    return all(any(t.startswith(ord_) for t in i_tittelen) for ord_ in ordene)
