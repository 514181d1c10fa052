"""What a search is called, what is new in it, and what has gone from it since it was saved."""

import re
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import ngettext

from abonnement.kodeverk import Liste
from abonnement.lister import LISTER

VISTE_NAVN = 6
VISTE_TEGN = 60  # of what someone typed
IKKE_ORD = re.compile(r'[^\w\s"§-]|_')  # what makes an address on the net out of words


def filter_for(data, bruker, liste=Liste.PROSJEKTER):
    """The same list as the reader would see now. `data` is a query string or what it holds."""
    data = QueryDict(data) if isinstance(data, str) else data
    return LISTER[liste].filter_for(data, bruker)


def _funn(filter_):
    """What the words found. They are looked for when the list is asked for."""
    return filter_.qs is not None and filter_.funn


def normalisert(filter_):
    """The query string that is kept: without the order, with mended words, and equal for equal searches."""
    valgt = {navn: list(valgte) for navn, valgte in filter_.filtrene.items()}
    if rettet := _funn(filter_).rettet_til:
        valgt["q"] = [rettet]
    return urlencode(sorted((navn, verdi) for navn, verdier in valgt.items() for verdi in verdier))


def i_ord(filter_, liste=Liste.PROSJEKTER):
    """«ungdom» · Halden · Pilot. What someone typed is cut down to words: it may go in mail to a stranger."""
    hva, navn = LISTER[liste], []
    for filternavn, valgte in filter_.filtrene.items():
        if filternavn == "q":
            navn += [f"«{_bare_ord(tekst)}»" for tekst in valgte]
        elif filternavn == "regel":  # what somebody once wrote
            navn += [_bare_ord(n) for n in valgte.values()]
        else:
            navn += [str(n) for n in valgte.values()]
    if not navn:
        return str(hva.alt)
    tekst = " · ".join(filter(None, [str(hva.i_navnet), *navn[:VISTE_NAVN]]))
    if (rest := len(navn) - VISTE_NAVN) > 0:
        tekst += " " + ngettext("og %s filter til", "og %s filtre til", rest) % rest
    return tekst


def _bare_ord(tekst):
    return " ".join(IKKE_ORD.sub(" ", tekst).split())[:VISTE_TEGN].strip()


def borte(sporring, filter_):
    """Filters that have lost every value they had. Without them the search would find more than was asked for."""
    return QueryDict(sporring).keys() - filter_.filtrene.keys()


def er_vag(filter_):
    """Nothing has the words as they stand, so the list shows something that is near. Nobody asked to be sent that."""
    return _funn(filter_).er_naermeste or bool(_funn(filter_).rettet_til)


def nye(filter_, sok, til):
    """What has come into the search after `sok.sett_til` and no later than `til`. Only what has all the words."""
    filter_.bare_alle = True
    return LISTER[sok.liste].nye(filter_, sok, til)
