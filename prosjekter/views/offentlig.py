"""What anyone may read: the list of projects, and the page of each."""

import re

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from partnerskap.felles import innhold
from partnerskap.felles.felles_sider import for_alle, ikke_behold
from prosjekter import deling, sokeindeks
from prosjekter.eksport import som_csv
from prosjekter.feed import NyeProsjekter
from prosjekter.forms.fasetter import fasetter
from prosjekter.forms.filtersett import ryddet
from prosjekter.forms.filtre import ProsjektFilter
from prosjekter.forms.utveier import utveier
from prosjekter.models import GammelSlug, Prosjekt
from prosjekter.sidedata import prosjekt as sidedata
from prosjekter.stedstall import som_i_listen, stedstall
from prosjekter.utvalg import Utvalg
from sok import tomme
from sok.sporring import ordrett

PER_SIDE = 20
MAKS_SIDER = 250  # further in, the database would skip thousands of rows for a page nobody reads


class Sidedeler(Paginator):
    """Twenty at a time, and no further than the 5,000th."""

    @cached_property
    def num_pages(self):
        return min(super().num_pages, MAKS_SIDER)

    @property
    def er_kappet(self):
        return self.count > MAKS_SIDER * self.per_page


class Treffliste:
    """What a filter found, for a Paginator: counted without the rows, fetched a page at a time."""

    def __init__(self, filter_):
        self.filter = filter_

    def __len__(self):
        return self.filter.antall

    def __getitem__(self, utsnitt):
        pks = self.filter.pks(utsnitt.start or 0, utsnitt.stop)
        rader = self.filter.rader(pks)
        return [rader[pk] for pk in pks if pk in rader]


@for_alle
def liste(request):
    if (ren := ryddet(request.GET, ProsjektFilter)) is not None:
        return redirect(f"{request.path}?{ren.urlencode()}" if ren else request.path)
    synlige = Prosjekt.objects.synlige_for(request.user).publiserte()
    filter_ = ProsjektFilter(request.GET, synlige, bruker=request.user)
    sider = Sidedeler(Treffliste(filter_), PER_SIDE)
    side = hent_side(sider, request.GET.get("side", "1"))
    kontekst = {
        "filter": filter_,
        "fasetter": fasetter(filter_),
        "funn": filter_.funn,
        "sider": sider,
        "antall": antall_prosjekter(sider.count),
        "side": side,
        "feed_adresse": filter_.under(reverse("prosjekter:nye")),
        "eksport_adresse": reverse("prosjekter:eksport") + filter_.adresse("vis").rstrip("?"),
        "viser_eksempeldata": side is not None and any(p.er_eksempel for p in side),
    } | andre_skrivemaater(filter_)
    if side is not None and filter_.funn.stammer:
        sokeindeks.sett_utdrag(side, filter_.funn.stammer)
    if filter_.visning == "kart":
        kontekst["kart"] = kart(filter_)
    if not sider.count:
        kontekst["utveier"] = utveier(filter_)
    return vis_liste(request, "prosjekter/liste.html", kontekst)


def vis_liste(request, mal, kontekst):
    """A list with its `filter` and the `side` of it. A search that nothing has all the words of is counted, each time."""
    svar = render(request, mal, kontekst, status=404 if kontekst["side"] is None else 200)
    filter_ = kontekst["filter"]
    if filter_.soker and (filter_.funn.er_naermeste or not filter_.funn.treff):
        tomme.tell(request.GET["q"])
        return ikke_behold(svar)
    return svar


def andre_skrivemaater(filter_):
    """Addresses of the search for just what was typed, and for what the reader may have meant."""
    skrevet = " ".join(filter_.valgt.get("q", ()))
    return {"ordrett": filter_.adresse(q=ordrett(skrevet)), "mente_du": filter_.adresse(q=filter_.funn.mente_du)}


def kart(filter_):
    """Projects per county with the other filters on."""
    utvalg = Utvalg(filter_.indeks, filter_.treff_uten("fylke"), filter_.bruker)
    if utvalg.bits == filter_.indeks.bits("synlig", "apen"):  # the map most people open: all there is
        tall = innhold.husk(("kart", filter_.indeks.merke), lambda: stedstall(utvalg))
    else:
        tall = stedstall(utvalg)
    tegning = tall.kart(lambda nummer: filter_.adresse(vis="", fylke=nummer), filter_.valgt.get("fylke", ()))
    return som_i_listen(tegning, utvalg)


@for_alle
def nye(request):
    """The feed holds only what is open to all, also for those who are signed in."""
    filter_ = ProsjektFilter(request.GET, Prosjekt.objects.apne(), bruker=AnonymousUser())
    return ukjent_verdi(filter_) or NyeProsjekter(filter_)(request)


@login_not_required
@require_safe
def eksport(request):
    """What the reader may see and the filters find, as a file."""
    synlige = Prosjekt.objects.synlige_for(request.user).publiserte()
    filter_ = ProsjektFilter(request.GET, synlige, bruker=request.user)
    return ukjent_verdi(filter_) or som_csv(filter_)


def antall_prosjekter(antall):
    """How many were found, in words."""
    if not antall:
        return gettext("Ingen prosjekter")
    tall = number_format(antall, force_grouping=True)
    return ngettext("%s prosjekt", "%s prosjekter", antall) % tall


def ukjent_verdi(filter_):
    """The answer to a feed or a file that is asked for what nobody knows: a program cannot read the page's messages."""
    if filter_.ukjente:
        return HttpResponseBadRequest("\n".join(filter_.ukjente), content_type="text/plain; charset=utf-8")
    return None


def hent_side(sider, nummer):
    """The page asked for, or None when there is no such page."""
    if not re.fullmatch(r"[0-9]{1,6}", nummer):
        return None
    try:
        return sider.page(int(nummer))
    except InvalidPage:
        return None


@for_alle
def prosjekt(request, slug):
    prosjekt = sidedata.hent(slug, request.user)
    if prosjekt is None:
        return _dit_det_flyttet(Prosjekt.objects.synlige_for(request.user), slug)
    rader = sidedata.hent_rader(prosjekt, request.user, med_naboer=True)
    kontekst = sidedata.prosjektside(prosjekt, request.user, rader)
    kontekst |= sidedata.svar_om_tilgang(prosjekt, request.user)
    kontekst |= sidedata.med_samspill(prosjekt, request.user, kontekst["innhold"])
    kontekst |= sidedata.med_lignende(prosjekt, request.user, rader, kontekst["innhold"])
    kontekst |= {"del_adresse": None, "del_mailto": None}
    if kontekst["er_apent"]:
        kontekst |= {
            "del_adresse": deling.adresse(prosjekt),
            "del_mailto": deling.mailto(prosjekt),
            "delekort": deling.delekort(prosjekt, kontekst["filer"].forste),
            "strukturerte_data": deling.strukturerte_data(prosjekt, kontekst["missions"], kontekst["filer"].forste),
        }
    return render(request, "prosjekter/prosjekt.html", kontekst)


def _dit_det_flyttet(synlige, slug):
    """An address the project used to have leads on, but only for those who may see the project."""
    gammel = GammelSlug.objects.filter(slug=slug, prosjekt__in=synlige).select_related("prosjekt").first()
    if gammel is None:
        raise Http404
    return redirect(gammel.prosjekt, permanent=True)
