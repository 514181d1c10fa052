"""Projects to suggest while someone types: only what anyone may see, whoever asks."""

from prosjekter.models import Prosjekt
from sok import ordstart
from sok.analyse import tokens

KANDIDATER = 40  # fetched to choose among


def foresla(tekst, antall):
    """The likeliest projects: those whose title begins like this, then those with all the words, the newest first."""
    if not (paabegynt := ordstart.les(tekst)):
        return []
    apne = Prosjekt.objects.apne().select_related("eier").only("tittel", "slug", "malform", "er_eksempel", "eier__navn")
    funnet = list(ordstart.begynner_likt(apne, paabegynt, vei="ordstarter")[:antall])
    if len(funnet) < antall:
        kandidater = ordstart.har_ordene(apne, paabegynt, vei="ordstarter")[:KANDIDATER]
        funnet += sorted(
            (p for p in kandidater if p not in funnet), key=lambda p: not _i_tittelen(p.tittel, paabegynt.ord)
        )
    return funnet[:antall]


def _i_tittelen(tittel, ordene):
    """Whether all the words stand there as typed, and not only in the owner's name or inside a compound."""
    i_tittelen = tokens(tittel)
    return all(any(t.startswith(ord_) for t in i_tittelen) for ord_ in ordene)
