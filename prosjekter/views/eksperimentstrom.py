"""/eksperimenter/: everything that is tried and the reader may see, as a stream to filter, a feed and a file."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from kommuner.tilgang import er_i_kommunesektoren
from partnerskap.felles.felles_sider import for_alle
from prosjekter.eksport import hvem_og_hvor, som_csv
from prosjekter.feed import NyeEksperimenter
from prosjekter.forms.eksperimentfiltre import EksperimentFilter
from prosjekter.forms.fasetter import fasetter
from prosjekter.forms.filtersett import ryddet
from prosjekter.forms.utveier import utveier
from prosjekter.models import Eksperiment
from prosjekter.views.offentlig import Sidedeler, Treffliste, hent_side, ukjent_verdi

PER_SIDE = 20
KOLONNER = (
    "hypotese", "endring", "forventning", "det_som_skjedde", "beslutning", "hvorfor", "fra", "til", "avgjort", "prosjekt",
    "eier", "kommunenummer", "fylke", "fase", "utfall", "malform", "eksempeldata", "adresse",
)  # fmt: skip


def filter_for(request, bruker):
    return EksperimentFilter(request.GET, Eksperiment.objects.synlige_for(bruker).i_strommen(), bruker=bruker)


@for_alle
def liste(request):
    if (ren := ryddet(request.GET, EksperimentFilter)) is not None:
        return redirect(f"{request.path}?{ren.urlencode()}" if ren else request.path)
    filter_ = filter_for(request, request.user)
    sider = Sidedeler(Treffliste(filter_), PER_SIDE)
    side = hent_side(sider, request.GET.get("side", "1"))
    kontekst = {
        "filter": filter_,
        "fasetter": fasetter(filter_),
        "sider": sider,
        "antall": antall_eksperimenter(sider.count),
        "side": side,
        "ser_sektoren": er_i_kommunesektoren(request.user),
        "feed_adresse": filter_.under(reverse("eksperimenter:feed")),
        "eksport_adresse": reverse("eksperimenter:eksport") + filter_.adresse().rstrip("?"),
        "utveier": [] if sider.count else utveier(filter_),
        "viser_eksempeldata": any(e.er_eksempel for e in side or ()),
    }
    return render(request, "eksperimenter/liste.html", kontekst, status=404 if side is None else 200)


def antall_eksperimenter(antall):
    """How many were found, in words."""
    if not antall:
        return _("Ingen eksperimenter")
    return ngettext("%s eksperiment", "%s eksperimenter", antall) % number_format(antall, force_grouping=True)


@for_alle
def feed(request):
    """Only what is open to all, also for those who are signed in."""
    filter_ = filter_for(request, AnonymousUser())
    return ukjent_verdi(filter_) or NyeEksperimenter(filter_)(request)


@login_not_required
@require_safe
def eksport(request):
    """What the reader may see and the filters find, as a file."""
    filter_ = filter_for(request, request.user)
    return ukjent_verdi(filter_) or som_csv(filter_, navn="eksperimenter", kolonner=KOLONNER, celler=_celler)


def _celler(e):
    prosjekt = e.prosjekt
    return (
        e.hypotese,
        e.endring,
        e.forventning,
        e.observasjon,
        e.get_beslutning_display(),
        e.begrunnelse,
        e.fra_dato,
        e.til_dato or "",
        e.beslutning_dato or "",
        prosjekt.tittel,
        *hvem_og_hvor(prosjekt.eier),
        prosjekt.get_fase_display(),
        prosjekt.get_utfall_display(),
        prosjekt.malform,
        "ja" if e.er_eksempel else "",
        settings.PORTAL_ADRESSE + e.get_absolute_url(),
    )
