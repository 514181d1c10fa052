"""Where curators write. The same steps for challenges, missions and main projects; `Slag` says what differs."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import models
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from missions import handlinger
from missions.forms import HovedprosjektForm, InitiativForm, MissionForm, Redigeringsskjema, SamfunnsutfordringForm
from missions.models import (
    EksterntInitiativ,
    Hovedprosjekt,
    Initiativmission,
    Mission,
    Nokkeltall,
    Samfunnsutfordring,
)
from missions.tilgang import kan_kuratere, kan_se_historikk
from partnerskap.felles import gjenopptak, historikk, versjon
from partnerskap.felles.tilgang import krev

PER_SIDE = 25
SYSTEM = ("startdata", "eksempeldata")  # deeds no person did
HANDLINGER = {
    "opprett": gettext_lazy("opprettet siden"),
    "startdata": gettext_lazy("la inn siden"),
    "eksempeldata": gettext_lazy("la inn siden"),
    "lagre": gettext_lazy("endret teksten"),
    "publiser": gettext_lazy("viste missionen for alle"),
    "skjul": gettext_lazy("skjulte missionen"),
}


@dataclass(frozen=True)
class Slag:
    """One kind of thing a curator writes."""

    modell: type[models.Model]
    skjema: type[Redigeringsskjema]
    opprett: Callable
    lagre: Callable
    ny_tittel: str


UTFORDRING = Slag(
    Samfunnsutfordring,
    SamfunnsutfordringForm,
    handlinger.opprett_samfunnsutfordring,
    handlinger.lagre_samfunnsutfordring,
    gettext_lazy("Ny samfunnsutfordring"),
)
MISSION = Slag(Mission, MissionForm, handlinger.opprett_mission, handlinger.lagre_mission, gettext_lazy("Ny mission"))
HOVEDPROSJEKT = Slag(
    Hovedprosjekt,
    HovedprosjektForm,
    handlinger.opprett_hovedprosjekt,
    handlinger.lagre_hovedprosjekt,
    gettext_lazy("Nytt hovedprosjekt"),
)


INITIATIV = Slag(
    EksterntInitiativ,
    InitiativForm,
    handlinger.opprett_initiativ,
    handlinger.lagre_initiativ,
    gettext_lazy("Nytt eksternt initiativ"),
)


@require_http_methods(["GET", "HEAD", "POST"])
def ny(request, slag):
    krev(kan_kuratere, request.user)
    skjema = slag.skjema(_data(request))
    if _skal_lagre(request) and skjema.is_valid():
        objekt, er_ny = slag.opprett(av=request.user, **skjema.til_handling())
        gjenopptak.glem(request)
        if er_ny:
            messages.success(request, _("«%(navn)s» er lagret.") % {"navn": objekt})
        return redirect(objekt)
    return _vis_skjema(request, slag, skjema)


@require_http_methods(["GET", "HEAD", "POST"])
def rediger(request, slag, slug):
    objekt = _hent(request, slag, slug)
    krev(kan_kuratere, request.user)
    skjema = slag.skjema(_data(request), instance=objekt)
    if not (_skal_lagre(request) and skjema.is_valid()):
        return _vis_skjema(request, slag, skjema, objekt=slag.modell.objects.get(pk=objekt.pk))
    objekt = slag.modell.objects.get(pk=objekt.pk)  # the form has written on the other copy
    try:
        slag.lagre(objekt, av=request.user, **skjema.til_handling())
    except versjon.Konflikt as konflikt:
        return _vis_konflikt(request, slag, objekt, konflikt, skjema)
    gjenopptak.glem(request)
    messages.success(request, _("Endringene er lagret."))
    return redirect(objekt)


@require_safe
def endringer(request, slag, slug):
    """Who changed what, and when."""
    objekt = _hent(request, slag, slug)
    krev(kan_se_historikk, request.user)
    kilder = [historikk.Kilde(slag.modell.historikk.filter(id=objekt.pk), utelat=frozenset({"nokkel", "slug"}))]
    if slag is UTFORDRING:
        tall = Nokkeltall.historikk.filter(samfunnsutfordring=objekt.pk)
        kilder.append(historikk.Kilde(tall, rad=handlinger.tall_linje))
    if slag is INITIATIV:
        missions = Initiativmission.historikk.filter(initiativ=objekt.pk).select_related("mission")
        kilder.append(historikk.Kilde(missions, rad=lambda rad: rad.mission))
    alle = historikk.les(kilder, handlinger=HANDLINGER, system=SYSTEM)
    side = Paginator(alle, PER_SIDE).get_page(request.GET.get("side"))
    return render(request, "missions/endringer.html", {"objekt": objekt, "side": side})


@require_POST
def publiser(request, slug):
    mission = _hent(request, MISSION, slug)
    krev(kan_kuratere, request.user)
    try:
        if handlinger.publiser_mission(mission, av=request.user):
            messages.success(request, _("Missionen er publisert. Nå kan alle lese den."))
    except handlinger.Mangler as mangler:
        navn = ", ".join(str(Mission._meta.get_field(felt).verbose_name) for felt in mangler.felter)
        messages.error(request, _("Missionen er ikke publisert ennå. Dette mangler: %(felter)s.") % {"felter": navn})
        return redirect("missions:rediger", slug=slug)
    return redirect(mission)


@require_POST
def skjul(request, slug):
    mission = _hent(request, MISSION, slug)
    krev(kan_kuratere, request.user)
    if handlinger.skjul_mission(mission, av=request.user):
        messages.success(request, _("Missionen er skjult. Bare kuratorer ser den."))
    return redirect(mission)


def _hent(request, slag, slug):
    """What the person may see, or 404."""
    rader = slag.modell.objects.all()
    if slag in (MISSION, INITIATIV):
        rader = rader.synlige_for(request.user)
    return get_object_or_404(rader, slug=slug)


def _data(request):
    """What was posted, with one more row of key figures when that was the wish; or what a lost sign-in left behind."""
    if request.method != "POST":
        return gjenopptak.hent(request)
    data = request.POST.copy()
    if "flere_tall" in data and data.get("tall-TOTAL_FORMS", "").isdecimal():
        data["tall-TOTAL_FORMS"] = int(data["tall-TOTAL_FORMS"][:3]) + 1
    return data


def _skal_lagre(request):
    return request.method == "POST" and not {"forhandsvis", "flere_tall"} & request.POST.keys()


def _vis_konflikt(request, slag, objekt, konflikt, sendt):
    """The form anew with the writer's own text, and both texts above it."""
    ekstra = {}
    if slag is UTFORDRING and "nokkeltall" not in konflikt.flettet:
        ekstra["tall"] = sendt.til_handling()["tall"]
    skjema = slag.skjema(instance=objekt, initial=konflikt.verdier, **ekstra)
    visning = versjon.til_visning(konflikt, skjema)
    return _vis_skjema(request, slag, skjema, objekt=objekt, konflikt=visning, status=409)


def _vis_skjema(request, slag, skjema, *, objekt=None, konflikt=None, status=200):
    return render(
        request,
        "missions/skjema.html",
        {
            "skjema": skjema,
            "objekt": objekt,
            "tittel": objekt or slag.ny_tittel,
            "tall": getattr(skjema, "tall", None),
            "er_mission": slag is MISSION,
            "skjemaeier": gjenopptak.merke(request.user),
            "gjenopptatt": request.method != "POST" and skjema.is_bound,
            "forhandsvisning": skjema.som_tekst() if "forhandsvis" in request.POST else None,
            "konflikt": konflikt,
        },
        status=status,
    )
