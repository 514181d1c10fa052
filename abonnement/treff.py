"""What a search is called, what is new in it, and what has gone from it since it was saved.

The list of projects and its filter know what a query string means; here it is only kept and asked again.
"""

import re
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommuner.models import Bruker
from prosjekter.forms.filtre import ProsjektFilter
from prosjekter.models import Missiontilknytning, Prosjekt

VISTE_NAVN = 6
VISTE_TEGN = 60  # of what someone typed
IKKE_ORD = re.compile(r'[^\w\s"-]|_')  # what makes an address on the net out of words


def leser(email):
    """Who the hits must be visible to: the one whose address it is, if she can sign in today, else anyone."""
    return Bruker.objects.virksomme().filter(email=email).first() or AnonymousUser()


def filter_for(data, bruker):
    """The same list as the reader would see now. `data` is a query string or what it holds."""
    data = QueryDict(data) if isinstance(data, str) else data
    return ProsjektFilter(data, Prosjekt.objects.synlige_for(bruker).publiserte(), bruker=bruker)


def _funn(filter_):
    """What the words found. They are looked for when the list is asked for."""
    return filter_.qs is not None and filter_.funn


def normalisert(filter_):
    """The query string that is kept: without the order, with mended words, and equal for equal searches."""
    valgt = {navn: list(valgte) for navn, valgte in filter_.filtrene.items()}
    if rettet := _funn(filter_).rettet_til:
        valgt["q"] = [rettet]
    return urlencode(sorted((navn, verdi) for navn, verdier in valgt.items() for verdi in verdier))


def i_ord(filter_):
    """«ungdom» · Halden · Pilot. What someone typed is cut down to words: it may go in mail to a stranger."""
    navn = []
    for filternavn, valgte in filter_.filtrene.items():
        if filternavn == "q":
            navn += [f"«{' '.join(IKKE_ORD.sub(' ', tekst).split())[:VISTE_TEGN].strip()}»" for tekst in valgte]
        else:
            navn += [str(n) for n in valgte.values()]
    if not navn:
        return _("Alle nye prosjekter")
    tekst = " · ".join(navn[:VISTE_NAVN])
    if (rest := len(navn) - VISTE_NAVN) > 0:
        tekst += " " + ngettext("og %s filter til", "og %s filtre til", rest) % rest
    return tekst


def borte(sporring, filter_):
    """Filters that have lost every value they had. Without them the search would find more than was asked for."""
    return QueryDict(sporring).keys() - filter_.filtrene.keys()


def er_vag(filter_):
    """Nothing has the words as they stand, so the list shows something that is near. Nobody asked to be sent that."""
    return _funn(filter_).er_naermeste or bool(_funn(filter_).rettet_til)


def nye(filter_, sok, til):
    """Projects that have come into the search after `sok.sett_til` and no later than `til`: published for the first time.

    In a search for missions, also those a mission has taken in, which often happens long after they are published.
    """
    if er_vag(filter_):
        return Prosjekt.objects.none()
    if not (missions := QueryDict(sok.sporring).getlist("mission")):
        nye = Q(publisert_tid__gt=sok.sett_til, publisert_tid__lte=til)
    else:
        nye = _i_mission(missions, til) & ~_i_mission(missions, sok.sett_til)
    return filter_.qs.filter(nye).order_by("-publisert_tid", "-pk")


def _i_mission(missions, tid):
    tatt_inn = Missiontilknytning.objects.godtatte().filter(mission__slug__in=missions, avgjort_tid__lte=tid)
    return Q(publisert_tid__lte=tid, pk__in=tatt_inn.values("prosjekt"))
