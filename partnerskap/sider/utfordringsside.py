"""One shared need as anyone meets it: the problem, who has it, KS' answer, and the projects that try to solve it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from missions import tilgang as missiontilgang
from missions.models import Mission, Utfordring
from missions.utfordring_data import med_organisasjon, utbredelse, vekst
from missions.utfordring_forms import Underskriftsskjema
from missions.utfordring_views import hent
from partnerskap.felles import gjenopptak
from partnerskap.felles.felles_sider import for_alle
from partnerskap.felles.tilgang import krev
from prosjekter import tilgang as prosjekttilgang
from prosjekter.forms.utfordring import KnyttProsjekt, StartProsjekt
from prosjekter.handlinger import utfordring as handlinger
from prosjekter.models import Prosjekt, Utfordringssvar
from prosjekter.sidedata import samspill as samspilldata

PER_SIDE = 30
PROSJEKTER = 10


@for_alle
def utfordring(request, slug):
    utfordring = _med_sammenslatte(request, slug)
    if utfordring.slatt_sammen_med_id:
        return redirect(utfordring.slatt_sammen_med, permanent=True)
    alle = list(med_organisasjon(utfordring.medunderskrifter.all()))
    gjeldende = [u for u in alle if u.trukket_tid is None]
    side = Paginator(gjeldende, PER_SIDE).get_page(request.GET.get("side"))
    bruker = request.user
    for underskrift in side:
        underskrift.utfordring = utfordring
        underskrift.kan_trekkes = bruker.is_authenticated and missiontilgang.kan_trekke_underskrift(bruker, underskrift)
    kan_skrive_under = missiontilgang.kan_melde_utfordring(bruker) and utfordring.er_publisert
    skjema = Underskriftsskjema(bruker=bruker, utfordring=utfordring) if kan_skrive_under else None
    svar = prosjektsvar(utfordring, bruker)
    return render(
        request,
        "utfordringer/utfordring.html",
        {
            "utfordring": utfordring,
            "mission": _synlig_mission(utfordring, bruker),
            "deler": [
                (navn, tittel, tekst)
                for navn, tittel in (
                    ("problemet", _("Problemet")), ("hvem-merker", _("Hvem merker det?")),
                    ("provd", _("Hva er prøvd?")), ("mangler", _("Hva mangler?")),
                )
                if (tekst := getattr(utfordring, FELT[navn]))
            ],
            "bredde": utbredelse(gjeldende),
            "vekst": vekst(alle) if utfordring.publisert_tid else None,
            "side": side,
            "svar": svar,
            "samspill": samspilldata.om("utfordring", utfordring, bruker),
            "skjema": skjema if skjema and skjema.egne else None,
            "skjemaeier": gjenopptak.merke(bruker) if bruker.is_authenticated else "",
            "kan_starte": bool(kan_skrive_under and _egne_som_har_den(bruker, gjeldende)),
            "kan_redigere": bruker.is_authenticated and missiontilgang.kan_redigere_utfordring(bruker, utfordring),
            "kan_publisere": bruker.is_authenticated and missiontilgang.kan_publisere_utfordring(bruker, utfordring),
            "kan_slette": bruker.is_authenticated and missiontilgang.kan_slette_utfordring(bruker, utfordring),
            "kan_behandle": missiontilgang.kan_behandle_utfordring(bruker) and utfordring.status != "kladd",
            "kan_se_historikk": missiontilgang.kan_se_utfordringens_historikk(bruker, utfordring),
            "viser_eksempeldata": utfordring.er_eksempel or any(s.prosjekt.er_eksempel for s in svar),
        },
    )  # fmt: skip


FELT = {"problemet": "beskrivelse", "hvem-merker": "hvem", "provd": "provd", "mangler": "mangler"}


def _med_sammenslatte(request, slug):
    """The old address of a need that has become part of another leads on, for everyone."""
    gammel = Utfordring.objects.filter(slug=slug, slatt_sammen_med__status="publisert").select_related(
        "slatt_sammen_med"
    )
    return gammel.first() or hent(request, slug)


def _synlig_mission(utfordring, bruker):
    return (
        Mission.objects.synlige_for(bruker).filter(pk=utfordring.mission_id).first() if utfordring.mission_id else None
    )


def _egne_som_har_den(bruker, underskrifter):
    return any(missiontilgang.kan_melde_utfordring_for(bruker, u.organisasjon) for u in underskrifter)


def prosjektsvar(utfordring, bruker):
    """Projects that answer the need or one that has become part of it. Only those the reader may see."""
    alle = Utfordring.objects.filter(Q(pk=utfordring.pk) | Q(slatt_sammen_med=utfordring.pk))
    rader = (
        Utfordringssvar.objects.filter(utfordring__in=alle.order_by().values("pk"))
        .filter(prosjekt__in=Prosjekt.objects.synlige_for(bruker).exclude(status="arkivert").values("pk"))
        .select_related("prosjekt__eier__kommune", "prosjekt__eier__fylke")
        .prefetch_related("prosjekt__klassifiseringer")
        .order_by("-tid", "-pk")
    )
    svar = list({s.prosjekt_id: s for s in rader[:PROSJEKTER]}.values())
    for rad in svar:
        rad.kan_losnes = bruker.is_authenticated and prosjekttilgang.kan_losne(bruker, rad)
    return svar


@require_http_methods(["GET", "HEAD", "POST"])
def start(request, slug):
    """Start a project together. Those who have the need are invited."""
    utfordring = _publisert(request, slug)
    data = request.POST if request.method == "POST" else gjenopptak.hent(request)
    skjema = StartProsjekt(data, bruker=request.user, utfordring=utfordring)
    krev(lambda _bruker: bool(skjema.egne), request.user)
    if request.method == "POST" and skjema.is_valid():
        prosjekt, er_ny = handlinger.start(utfordring, av=request.user, **skjema.cleaned_data)
        gjenopptak.glem(request)
        if er_ny:
            messages.success(request, _("Kladden er lagret, og de andre som har utfordringen, er invitert."))
        return redirect("prosjekter:rediger", prosjekt.slug)
    antall = utfordring.medunderskrifter.gjeldende().count() - 1
    return _skjemaside(
        request,
        utfordring,
        skjema,
        antall=antall,
        overskrift=_("Start et prosjekt sammen"),
        knapp=_("Start prosjektet"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def knytt(request, slug):
    """Link a project of one's own that already tries to solve it."""
    utfordring = _publisert(request, slug)
    krev(prosjekttilgang.kan_registrere, request.user)
    skjema = KnyttProsjekt(
        request.POST if request.method == "POST" else None, bruker=request.user, utfordring=utfordring
    )
    if request.method == "POST" and skjema.is_valid():
        prosjekt = skjema.cleaned_data["prosjekt"]
        if handlinger.knytt(utfordring, prosjekt=prosjekt, av=request.user):
            messages.success(request, _("«%s» står nå som et svar på utfordringen.") % prosjekt)
        return redirect(f"{utfordring.get_absolute_url()}#prosjekter")
    return _skjemaside(
        request, utfordring, skjema, antall=None, overskrift=_("Har dere et prosjekt om dette?"), knapp=_("Vis det her")
    )


@require_POST
def losne(request, slug, pk):
    utfordring = hent(request, slug)
    svar = Utfordringssvar.objects.filter(pk=pk, prosjekt__in=Prosjekt.objects.synlige_for(request.user)).first()
    if svar:
        krev(prosjekttilgang.kan_losne, request.user, svar)
        handlinger.losne(svar, av=request.user)
        messages.success(request, _("Prosjektet står ikke lenger som et svar her."))
    return redirect(utfordring)


def _publisert(request, slug):
    utfordring = hent(request, slug)
    if not utfordring.er_publisert:
        raise Http404
    return utfordring


def _skjemaside(request, utfordring, skjema, **kontekst):
    kontekst |= {
        "utfordring": utfordring,
        "skjema": skjema,
        "skjemaeier": gjenopptak.merke(request.user),
        "viser_eksempeldata": utfordring.er_eksempel,
    }
    return render(request, "utfordringer/prosjekt.html", kontekst)


urlpatterns = [
    path("<slug:slug>/start/", start, name="start"),
    path("<slug:slug>/prosjekter/", knytt, name="knytt"),
    path("<slug:slug>/prosjekter/<int:pk>/losne/", losne, name="losne"),
    path("<slug:slug>/", utfordring, name="utfordring"),
]
