"""A stream of what belongs to projects, lessons or experiments: a list to search and filter, a feed and a file."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from kommuner.tilgang import er_i_kommunesektoren
from partnerskap.felles.felles_sider import for_alle
from prosjekter.eksport import som_csv
from prosjekter.forms.fasetter import fasetter
from prosjekter.forms.filtersett import ryddet
from prosjekter.forms.utveier import utveier
from prosjekter.views.offentlig import Sidedeler, Treffliste, hent_side, ukjent_verdi, vis_liste

PER_SIDE = 20


def sider(navn, mal, modell, filtersett, strom, *, hvor_mange, kolonner, celler, mer=lambda request, rader: {}):
    """(list, feed, file). `navn` is that of the addresses and the file, `mal` extends prosjekter/strom.html.

    `hvor_mange` says a number of them in words; `celler` is what the file says of a row, in `kolonner`; `mer` is what
    the list shows besides.
    """

    def filter_for(request, bruker):
        return filtersett(request.GET, modell.objects.synlige_for(bruker).i_strommen(), bruker=bruker)

    @for_alle
    def liste(request):
        if (ren := ryddet(request.GET, filtersett)) is not None:
            return redirect(f"{request.path}?{ren.urlencode()}" if ren else request.path)
        filter_ = filter_for(request, request.user)
        sider = Sidedeler(Treffliste(filter_), PER_SIDE)
        side = hent_side(sider, request.GET.get("side", "1"))
        kontekst = {
            "filter": filter_,
            "fasetter": fasetter(filter_),
            "sider": sider,
            "antall": hvor_mange(sider.count),
            "side": side,
            "ser_sektoren": er_i_kommunesektoren(request.user),
            "alle": request.path,
            "feed_navn": strom.overskrift,
            "feed_adresse": filter_.under(reverse(f"{navn}:feed")),
            "eksport_adresse": reverse(f"{navn}:eksport") + filter_.adresse().rstrip("?"),
            "utveier": [] if sider.count else utveier(filter_),
            "viser_eksempeldata": any(rad.er_eksempel for rad in side or ()),
            **mer(request, side or ()),
        }
        return vis_liste(request, mal, kontekst)

    @for_alle
    def feed(request):
        """Only what is open to all, also for those who are signed in."""
        filter_ = filter_for(request, AnonymousUser())
        return ukjent_verdi(filter_) or strom(filter_)(request)

    @login_not_required
    @require_safe
    def eksport(request):
        """What the reader may see and the filters find, as a file."""
        filter_ = filter_for(request, request.user)
        return ukjent_verdi(filter_) or som_csv(filter_, navn=navn, kolonner=kolonner, celler=celler)

    return liste, feed, eksport
