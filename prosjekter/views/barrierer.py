"""Barriers across projects: the list by rule or level, its feed and file, the page of one rule, and KS' part."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from partnerskap.felles import gjenopptak
from partnerskap.felles.felles_sider import for_alle
from partnerskap.felles.tilgang import krev
from prosjekter import tilgang
from prosjekter.eksport import hvem_og_hvor, som_csv
from prosjekter.feed import NyeBarrierer
from prosjekter.forms import barriere as skjemaer
from prosjekter.forms.barrierefilter import BarriereFilter
from prosjekter.forms.fasetter import fasetter
from prosjekter.forms.filtersett import ryddet
from prosjekter.forms.utveier import utveier
from prosjekter.handlinger import barriere as handlinger
from prosjekter.models import Barriere, Regel
from prosjekter.overganger import barriere as overganger
from prosjekter.sidedata import barriere as barrieredata
from prosjekter.views.barriere import hent
from prosjekter.views.offentlig import hent_side, ukjent_verdi, vis_liste
from prosjekter.views.skjemaside import bundet_til

GRUPPER_PER_SIDE = 10
PER_SIDE = 20
KOLONNER = (
    "regel", "lenke", "slik_skrev_de_det", "type", "niva", "det_den_stopper", "det_som_ville_lost_den", "status", "svar",
    "svart", "meldt", "prosjekt", "eier", "kommunenummer", "fylke", "eksempeldata", "adresse",
)  # fmt: skip


# ---- For everyone --------------------------------------------------------------------------------------------------


def filter_for(request, bruker):
    return BarriereFilter(request.GET, Barriere.objects.synlige_for(bruker).meldte(), bruker=bruker)


@for_alle
def liste(request):
    if (ren := ryddet(request.GET, BarriereFilter)) is not None:
        return redirect(f"{request.path}?{ren.urlencode()}" if ren else request.path)
    filter_ = filter_for(request, request.user)
    sider = Paginator(filter_.gruppene(), GRUPPER_PER_SIDE)
    side = hent_side(sider, request.GET.get("side", "1"))
    grupper = barrieredata.grupper(filter_, side or ())
    kontekst = {
        "filter": filter_,
        "fasetter": fasetter(filter_),
        "sider": sider,
        "side": side,
        "grupper": grupper,
        "antall": antall_barrierer(filter_.antall),
        "forklaringer": barrieredata.FORKLARINGER,
        "feed_adresse": filter_.under(reverse("barrierer:nye")),
        "eksport_adresse": filter_.under(reverse("barrierer:eksport")),
        "utveier": [] if filter_.antall else utveier(filter_),
        "kan_behandle": tilgang.kan_behandle_barrierer(request.user),
        "viser_eksempeldata": any(b.er_eksempel for gruppe in grupper for b in gruppe.barrierer),
    }
    return vis_liste(request, "barrierer/liste.html", kontekst)


def antall_barrierer(antall):
    """How many were found, in words."""
    if not antall:
        return _("Ingen barrierer")
    return ngettext("%s barriere", "%s barrierer", antall) % number_format(antall, force_grouping=True)


@for_alle
def nye(request):
    """Only what is open to all, also for those who are signed in."""
    filter_ = filter_for(request, AnonymousUser())
    return ukjent_verdi(filter_) or NyeBarrierer(filter_)(request)


@login_not_required
@require_safe
def eksport(request):
    """What the reader may see and the filters find, as a file."""
    filter_ = filter_for(request, request.user)
    return ukjent_verdi(filter_) or som_csv(filter_, navn="barrierer", kolonner=KOLONNER, celler=_celler)


def _celler(b):
    return (
        b.regel or "",
        b.lenke,
        b.hjemmel,
        b.get_type_display(),
        b.get_niva_display() if b.niva else "",
        b.hva_stopper,
        b.hva_ville_lost,
        b.get_policylab_status_display(),
        b.svar,
        timezone.localdate(b.svar_tid) if b.svar_tid else "",
        timezone.localdate(b.opprettet_tid),
        b.prosjekt.tittel,
        *hvem_og_hvor(b.prosjekt.eier),
        "ja" if b.er_eksempel else "",
        settings.PORTAL_ADRESSE + b.get_absolute_url(),
    )


@for_alle
def regel(request, slug):
    regel = _regel(request, slug)
    if regel.slug != slug:
        return redirect(regel, permanent=True)
    barrierer = Barriere.objects.synlige_for(request.user).meldte().filter(regel=regel)
    side = Paginator(barrierer.for_kort(), PER_SIDE).get_page(request.GET.get("side"))
    kontekst = barrieredata.regelside(regel, barrierer, request.user)
    kontekst |= {"side": side, "viser_eksempeldata": any(b.er_eksempel for b in side)}
    return render(request, "barrierer/regel.html", kontekst)


def _regel(request, slug):
    """The rule, or the one it has become part of, for those who see anything under it."""
    gammel = Regel.objects.filter(slug=slug).values("del_av")
    synlige = Regel.objects.synlige_for(request.user)
    funnet = synlige.filter(slug=slug, del_av=None).first() or synlige.filter(pk__in=gammel).first()
    if funnet is None:
        raise Http404
    return funnet


# ---- KS ------------------------------------------------------------------------------------------------------------


@require_safe
def ko(request):
    """What waits for an answer, what is being worked on, and what is done. The longest waiting first."""
    krev(tilgang.kan_behandle_barrierer, request.user)
    synlige = Barriere.objects.synlige_for(request.user).meldte()
    deler = [
        {"kode": kode, "navn": navn, "tom": tom, "rader": synlige.filter(policylab_status__in=statuser)}
        for kode, navn, statuser, tom in barrieredata.kodeler()
    ]
    for del_ in deler:
        del_["antall"] = del_["rader"].count()
    valgt = next((d for d in deler if d["kode"] == request.GET.get("vis")), deler[0])
    rader = valgt["rader"].for_kort().order_by("opprettet_tid", "pk")
    side = Paginator(rader, PER_SIDE).get_page(request.GET.get("side"))
    kontekst = {"deler": deler, "valgt": valgt, "side": side, "viser_eksempeldata": any(b.er_eksempel for b in side)}
    return render(request, "barrierer/ko.html", kontekst)


@require_http_methods(["GET", "HEAD", "POST"])
def behandle(request, slug, pk):
    """KS' page of one barrier: answer it, and say which rule it is about. Each is a form of its own."""
    barriere = hent(request, slug, pk, tilgang.kan_behandle_barriere)
    data = bundet_til(request) or {}
    skjemaene = _skjemaene(request, barriere, data)
    skjema = skjemaene.get(data.get("hva"))
    if request.method != "POST" or skjema is None or not skjema.is_valid():
        return _vis_behandle(request, barriere, skjemaene)
    try:
        kvittering = UTFOR[data["hva"]](barriere, skjema.cleaned_data, request.user)
    except handlinger.FlyttetAlt as feil:
        barriere.policylab_status = feil.barriere.policylab_status
        skjema.add_error(None, SVART_ALT % {"status": barriere.get_policylab_status_display().lower()})
        skjema.data = {**skjema.data.dict(), "fra": barriere.policylab_status}
        skjema.fields["til"].choices = skjemaer.dit(barriere, request.user)
        return _vis_behandle(request, hent(request, slug, pk), skjemaene, status=409)
    except overganger.UmuligFlytt as feil:
        skjema.add_error("til", feil.melding)
        return _vis_behandle(request, barriere, skjemaene)
    gjenopptak.glem(request)
    if kvittering:
        messages.success(request, kvittering)
    return redirect(barriere)


SVART_ALT = gettext_lazy(
    "En kollega flyttet den til «%(status)s» mens du skrev. Teksten din står her. Les svaret, og send på nytt om du vil."
)


def _skjemaene(request, barriere, sendt):
    def data(navn):
        return sendt if sendt.get("hva") == navn else None

    antall = handlinger.de_andre(barriere, barriere.policylab_status, request.user).count()
    svar = skjemaer.Flytteskjema(data("svar"), barriere=barriere, bruker=request.user, antall_andre=antall)
    skjemaene = {"svar": svar}
    if barriere.regel_id:
        skjemaene["regel"] = skjemaer.Regelvalg(data("regel"), barriere=barriere, bruker=request.user)
    return skjemaene


def _svar(barriere, data, av):
    antall = handlinger.flytt(barriere, av=av, **data)
    if not antall:
        return ""
    return ngettext("Svaret er publisert.", "Svaret er publisert på %(n)s barrierer.", antall) % {"n": antall}


def _legg_under(barriere, data, av):
    return handlinger.legg_under(barriere, av=av, **data) and _("Barrieren ligger nå under %s.") % data["regel"]


UTFOR = {"svar": _svar, "regel": _legg_under}


def _vis_behandle(request, barriere, skjemaene, *, status=200):
    kontekst = {
        "barriere": barriere,
        "prosjekt": barriere.prosjekt,
        "skjemaene": skjemaene,
        "skjemaeier": gjenopptak.merke(request.user),
        "gjenopptatt": request.method != "POST" and any(skjema.is_bound for skjema in skjemaene.values()),
        "hendelser": barrieredata.hendelser([barriere], barriere.flytt.all()),
        "viser_eksempeldata": barriere.er_eksempel,
    }
    return render(request, "barrierer/behandle.html", kontekst, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def rediger_regel(request, slug):
    """What a rule is called and where it stands, and gathering two spellings of the same."""
    regel = _regel(request, slug)
    krev(tilgang.kan_behandle_barrierer, request.user)
    data = bundet_til(request) or {}
    hva = data.get("hva")
    navn = skjemaer.Regelskjema(data if hva == "navn" else None, initial={"navn": regel.navn, "lenke": regel.lenke})
    sammen = skjemaer.Sammenslaing(data if hva == "sammen" else None, bruker=request.user, regel=regel)
    if request.method == "POST" and navn.is_bound and navn.is_valid():
        if handlinger.endre_regel(regel, av=request.user, **navn.cleaned_data):
            messages.success(request, _("Regelen er endret."))
        gjenopptak.glem(request)
        return redirect(regel)
    if request.method == "POST" and sammen.is_bound and sammen.is_valid():
        med = sammen.cleaned_data["med"]
        if handlinger.sla_sammen(regel, med=med, av=request.user):
            messages.success(request, _("%(gammel)s er nå del av %(ny)s.") % {"gammel": regel, "ny": med})
        gjenopptak.glem(request)
        return redirect(med)
    kontekst = {
        "regel": regel,
        "navn": navn,
        "sammen": sammen,
        "kan_slaas_sammen": sammen.fields["med"].queryset.exists(),
        "skjemaeier": gjenopptak.merke(request.user),
        "skrivemater": list(regel.skrivematene.values_list("navn", flat=True)),
        "viser_eksempeldata": False,
    }
    return render(request, "barrierer/rediger_regel.html", kontekst)
