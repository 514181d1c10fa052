"""/laering/: every lesson the reader may see, as a stream to search and filter, a feed and a file."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from kommuner.tilgang import arbeider_for, er_i_kommunesektoren
from partnerskap.felles.felles_sider import for_alle, ikke_behold
from prosjekter.eksport import hvem_og_hvor, som_csv
from prosjekter.feed import NyLaering
from prosjekter.forms.fasetter import fasetter
from prosjekter.forms.filtersett import ryddet
from prosjekter.forms.laeringsfiltre import LaeringFilter
from prosjekter.forms.utveier import utveier
from prosjekter.models import Laering, Nyttigmerke
from prosjekter.views.offentlig import Sidedeler, Treffliste, hent_side, ukjent_verdi
from sok import tomme

PER_SIDE = 20
KOLONNER = (
    "type", "laering", "sammenheng", "rad_til_andre", "prosjekt", "eier", "kommunenummer", "fylke", "fase", "utfall",
    "hvem_kan_se", "malform", "skrevet", "eksempeldata", "adresse",
)  # fmt: skip


def filter_for(request, bruker):
    synlige = Laering.objects.synlige_for(bruker).i_strommen()
    return LaeringFilter(request.GET, synlige, bruker=bruker)


@for_alle
def liste(request):
    if (ren := ryddet(request.GET, LaeringFilter)) is not None:
        return redirect(f"{request.path}?{ren.urlencode()}" if ren else request.path)
    filter_ = filter_for(request, request.user)
    sider = Sidedeler(Treffliste(filter_), PER_SIDE)
    side = hent_side(sider, request.GET.get("side", "1"))
    kontekst = {
        "filter": filter_,
        "fasetter": fasetter(filter_),
        "sider": sider,
        "antall": antall_kort(sider.count),
        "side": side,
        "lagret": lagret_av_oss(request.user, side or ()),
        "ser_sektoren": er_i_kommunesektoren(request.user),
        "feed_adresse": filter_.under(reverse("laering:feed")),
        "eksport_adresse": reverse("laering:eksport") + filter_.adresse().rstrip("?"),
        "utveier": [] if sider.count else utveier(filter_),
        "viser_eksempeldata": any(kort.er_eksempel for kort in side or ()),
    }
    svar = render(request, "laering/liste.html", kontekst, status=404 if side is None else 200)
    if filter_.soker and (filter_.funn.er_naermeste or not filter_.funn.treff):
        tomme.tell(request.GET["q"])
        return ikke_behold(svar)
    return svar


def lagret_av_oss(bruker, rader):
    """Ids of those of the cards that the person's organisations keep. One query, none for visitors."""
    if not (ider := arbeider_for(bruker)) or not rader:
        return set()
    merker = Nyttigmerke.objects.filter(organisasjon__in=ider, laering__in=[kort.pk for kort in rader])
    return set(merker.order_by().values_list("laering", flat=True))


def antall_kort(antall):
    """How many were found, in words."""
    if not antall:
        return _("Ingen læringskort")
    return ngettext("%s læringskort", "%s læringskort", antall) % number_format(antall, force_grouping=True)


@for_alle
def feed(request):
    """Only what is open to all, also for those who are signed in."""
    filter_ = filter_for(request, AnonymousUser())
    return ukjent_verdi(filter_) or NyLaering(filter_)(request)


@login_not_required
@require_safe
def eksport(request):
    """What the reader may see and the filters find, as a file."""
    filter_ = filter_for(request, request.user)
    return ukjent_verdi(filter_) or som_csv(filter_, navn="laering", kolonner=KOLONNER, celler=_celler)


def _celler(kort):
    prosjekt = kort.prosjekt
    return (
        kort.get_type_display(),
        kort.tekst,
        kort.sammenheng,
        kort.rad_til_andre,
        prosjekt.tittel,
        *hvem_og_hvor(prosjekt.eier),
        prosjekt.get_fase_display(),
        prosjekt.get_utfall_display(),
        kort.get_synlighet_display(),
        prosjekt.malform,
        timezone.localdate(kort.opprettet_tid),
        "ja" if kort.er_eksempel else "",
        settings.PORTAL_ADRESSE + kort.get_absolute_url(),
    )
