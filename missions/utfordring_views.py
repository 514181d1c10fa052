"""Shared needs: the list and its feed, posting, signing, and KS' queue. The page of one need gathers from several
rooms, and is in partnerskap.sider.utfordringsside.
"""

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from missions import tilgang
from missions import utfordring_forms as skjemaer
from missions import utfordring_handlinger as handlinger
from missions.models import Medunderskrift, Utfordring, Utfordringsoppsett
from missions.utfordring_feed import NyeUtfordringer
from partnerskap.felles import gjenopptak, historikk, versjon
from partnerskap.felles.felles_sider import for_alle
from partnerskap.felles.tilgang import krev

PER_SIDE = 20
ENDRINGER_PER_SIDE = 30
HANDLINGER = {
    "opprett": gettext_lazy("skrev en kladd"),
    "eksempeldata": gettext_lazy("la inn utfordringen"),
    "lagre": gettext_lazy("endret teksten"),
    "publiser": gettext_lazy("publiserte"),
    "skriv_under": gettext_lazy("skrev under"),
    "trekk": gettext_lazy("trakk en underskrift"),
    "besvar": gettext_lazy("svarte"),
    "ta_inn": gettext_lazy("tok den inn i en mission"),
    "ta_ut": gettext_lazy("tok den ut av en mission"),
    "sla_sammen": gettext_lazy("slo sammen"),
    "ta_ned": gettext_lazy("tok den ned"),
    "sett_terskel": gettext_lazy("satte ned grensen, og da hadde mange nok den"),
}
BOKHOLDERI = frozenset({
    "slug", "nokkel", "eier", "opprettet_av", "opprettet_tid", "endret_tid", "publisert_tid", "sett_tid", "svar_tid",
    "terskel_tid", "er_eksempel",
})  # fmt: skip
UMULIG = {
    "slatt_sammen": gettext_lazy("Utfordringen er slått sammen med en annen. Du kan skrive under der."),
    "seg_selv": gettext_lazy("En utfordring kan ikke slås sammen med seg selv."),
    "ikke_publisert": gettext_lazy("Utfordringen er ikke publisert lenger."),
}


@for_alle
def liste(request):
    filter_ = skjemaer.UtfordringFilter(request.GET, Utfordring.objects.synlige_for(request.user))
    side = Paginator(filter_.qs.for_kort(), PER_SIDE).get_page(request.GET.get("side"))
    antall = side.paginator.count
    kontekst = {
        "filter": filter_,
        "fasetter": filter_.fasetter(),
        "side": side,
        "antall": ngettext("%(n)s utfordring", "%(n)s utfordringer", antall) % {"n": antall},
        "kan_melde": tilgang.kan_melde_utfordring(request.user),
        "kan_behandle": tilgang.kan_behandle_utfordring(request.user),
        "finnes_noen": antall or filter_.alle.exists(),
        "viser_eksempeldata": any(u.er_eksempel for u in side),
    }
    return render(request, "utfordringer/liste.html", kontekst)


@for_alle
def nye(request):
    """The feed. A program cannot read our messages, so an unknown value is an error here."""
    filter_ = skjemaer.UtfordringFilter(request.GET, Utfordring.objects.synlige_for(AnonymousUser()))
    if filter_.ukjente:
        return HttpResponseBadRequest("\n".join(filter_.ukjente), content_type="text/plain; charset=utf-8")
    return NyeUtfordringer(filter_)(request)


def hent(request, slug, regel=None):
    """The need, for those who may see it. 404 for others, 403 for those who may not act."""
    synlige = Utfordring.objects.synlige_for(request.user).select_related(
        "eier__kommune__fylke", "eier__fylke", "mission", "foreslatt_mission", "slatt_sammen_med"
    )
    utfordring = get_object_or_404(synlige, slug=slug)
    if regel:
        krev(regel, request.user, utfordring)
    return utfordring


def behandles(request, slug):
    utfordring = hent(request, slug)
    krev(tilgang.kan_behandle_utfordring, request.user)
    return utfordring


# ---- Posting -------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def ny(request):
    if not tilgang.kan_melde_utfordring(request.user):
        return render(request, "utfordringer/ikke_kommune.html", status=403 if request.method == "POST" else 200)
    skjema = skjemaer.UtfordringForm(_data(request), bruker=request.user)
    if request.method == "POST" and skjema.is_valid():
        utfordring, er_ny = handlinger.opprett(av=request.user, **skjema.til_handling())
        gjenopptak.glem(request)
        if er_ny:
            messages.success(
                request, _("Kladden er lagret. Bare dere i %s ser den til dere publiserer.") % utfordring.eier
            )
        return redirect(utfordring)
    return _vis_skjema(request, skjema)


@require_http_methods(["GET", "HEAD", "POST"])
def rediger(request, slug):
    utfordring = hent(request, slug, tilgang.kan_redigere_utfordring)
    skjema = skjemaer.UtfordringForm(_data(request), instance=utfordring, bruker=request.user)
    if not (request.method == "POST" and skjema.is_valid()):
        return _vis_skjema(request, skjema, utfordring=Utfordring.objects.get(pk=utfordring.pk))
    utfordring = Utfordring.objects.get(pk=utfordring.pk)  # the form has written on the other copy
    try:
        handlinger.lagre(utfordring, av=request.user, **skjema.til_handling())
    except versjon.Konflikt as konflikt:
        skjema = skjemaer.UtfordringForm(instance=utfordring, initial=konflikt.verdier, bruker=request.user)
        visning = versjon.til_visning(konflikt, skjema, request.user)
        return _vis_skjema(request, skjema, utfordring=utfordring, konflikt=visning, status=409)
    gjenopptak.glem(request)
    messages.success(request, _("Endringene er lagret."))
    return redirect(utfordring)


def _data(request):
    return request.POST if request.method == "POST" else gjenopptak.hent(request)


def _vis_skjema(request, skjema, *, utfordring=None, konflikt=None, status=200):
    kontekst = {
        "skjema": skjema,
        "utfordring": utfordring,
        "konflikt": konflikt,
        "skjemaeier": gjenopptak.merke(request.user),
        "gjenopptatt": request.method != "POST" and skjema.is_bound,
        "viser_eksempeldata": bool(utfordring and utfordring.er_eksempel),
    }
    return render(request, "utfordringer/skjema.html", kontekst, status=status)


@require_POST
def publiser(request, slug):
    utfordring = hent(request, slug)
    try:
        if handlinger.publiser(utfordring, av=request.user):
            messages.success(request, _("Utfordringen er publisert. Nå kan andre si at de har den også."))
    except handlinger.Mangler as mangler:
        felt = skjemaer.UtfordringForm.Meta.labels
        navn = " ".join(str(felt[navn]) for navn in mangler.felter)
        messages.error(request, _("Svar på dette før dere publiserer: %(felter)s") % {"felter": navn})
        return redirect("utfordringer:rediger", slug)
    return redirect(utfordring)


@require_http_methods(["GET", "HEAD", "POST"])
def slett(request, slug):
    utfordring = Utfordring.objects.synlige_for(request.user).filter(slug=slug).first()
    if utfordring is None:
        if request.method == "POST":  # gone already: a second click
            return redirect("utfordringer:liste")
        raise Http404
    krev(tilgang.kan_slette_utfordring, request.user, utfordring)
    if request.method == "POST":
        handlinger.slett(utfordring, av=request.user)
        messages.success(request, _("Kladden «%s» er slettet.") % utfordring.tittel)
        return redirect("utfordringer:liste")
    return _bekreft(
        request, utfordring, overskrift=_("Slette «%s»?") % utfordring.tittel,
        forklaring=_("Kladden blir borte for godt."), knapp=_("Slett kladden"), farlig=True,
    )  # fmt: skip


def _bekreft(request, utfordring, *, skjema=None, status=200, **tekster):
    kontekst = {
        "utfordring": utfordring,
        "skjema": skjema,
        "skjemaeier": gjenopptak.merke(request.user),
        "farlig": False,
        "viser_eksempeldata": utfordring.er_eksempel,
        **tekster,
    }
    return render(request, "utfordringer/bekreft.html", kontekst, status=status)


@require_safe
def endringer(request, slug):
    utfordring = hent(request, slug, tilgang.kan_se_utfordringens_historikk)
    kilder = [
        historikk.Kilde(Utfordring.historikk.filter(id=utfordring.pk), utelat=BOKHOLDERI),
        historikk.Kilde(
            Medunderskrift.historikk.filter(utfordring_id=utfordring.pk),
            utelat=frozenset({"utfordring", "av", "tid", "organisasjon"}),
            rad=lambda rad: rad.organisasjon,
        ),
    ]
    alle = historikk.les(kilder, handlinger=HANDLINGER, system=("eksempeldata",))
    side = Paginator(alle, ENDRINGER_PER_SIDE).get_page(request.GET.get("side"))
    return render(request, "utfordringer/endringer.html", {"utfordring": utfordring, "side": side})


# ---- Signing -------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def skriv_under(request, slug):
    utfordring = hent(request, slug)
    if utfordring.slatt_sammen_med_id:
        return redirect("utfordringer:skriv_under", utfordring.slatt_sammen_med.slug)
    krev(lambda bruker: tilgang.kan_melde_utfordring(bruker) and utfordring.er_publisert, request.user)
    skjema = skjemaer.Underskriftsskjema(_data(request), bruker=request.user, utfordring=utfordring)
    if request.method == "POST" and skjema.is_valid():
        organisasjon = skjema.cleaned_data["organisasjon"]
        if handlinger.skriv_under(utfordring, av=request.user, **skjema.cleaned_data):
            messages.success(request, _("Notert: %s har den også.") % organisasjon)
        else:
            messages.info(request, _("%s har skrevet under fra før.") % organisasjon)
        gjenopptak.glem(request)
        return redirect(f"{utfordring.get_absolute_url()}#hvem")
    if not skjema.egne:
        messages.info(request, _("Dere har skrevet under fra før."))
        return redirect(utfordring)
    return _bekreft(
        request, utfordring, skjema=skjema, overskrift=_("Har dere den også?"),
        forklaring=utfordring.tittel, knapp=_("Ja, vi har den også"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def trekk(request, slug, pk):
    utfordring = hent(request, slug)
    underskrift = get_object_or_404(utfordring.medunderskrifter.select_related("organisasjon", "utfordring"), pk=pk)
    krev(tilgang.kan_trekke_underskrift, request.user, underskrift)
    if request.method == "POST" or underskrift.trukket_tid:
        if handlinger.trekk(underskrift, av=request.user):
            messages.success(request, _("Underskriften til %s er trukket.") % underskrift.organisasjon)
        return redirect(utfordring)
    return _bekreft(
        request, utfordring, overskrift=_("Trekke underskriften til %s?") % underskrift.organisasjon,
        forklaring=_("Dere blir borte fra listen over dem som har utfordringen. Dere kan skrive under på nytt."),
        knapp=_("Trekk underskriften"),
    )  # fmt: skip


# ---- KS ------------------------------------------------------------------------------------------------------------


@require_safe
def ko(request):
    """What waits for the curators: many enough have signed, or it is new and nobody has looked."""
    krev(tilgang.kan_behandle_utfordring, request.user)
    venter = Paginator(Utfordring.objects.venter_pa_kurator().for_kort(), PER_SIDE)
    nye_ = Paginator(Utfordring.objects.ikke_sett().for_kort(), PER_SIDE)
    kontekst = {
        "venter": venter.get_page(request.GET.get("side")),
        "nye": nye_.get_page(request.GET.get("nye")),
        "terskel": Utfordringsoppsett.gjeldende_terskel(),
        "kan_sette_terskel": tilgang.kan_sette_terskel(request.user),
    }
    kontekst["viser_eksempeldata"] = any(u.er_eksempel for del_ in ("venter", "nye") for u in kontekst[del_])
    return render(request, "utfordringer/ko.html", kontekst)


@require_http_methods(["GET", "HEAD", "POST"])
def terskel(request):
    """How many must have a need before it comes to the curators."""
    krev(tilgang.kan_sette_terskel, request.user)
    oppsett = Utfordringsoppsett(terskel=Utfordringsoppsett.gjeldende_terskel())
    skjema = skjemaer.Terskelskjema(_data(request), instance=oppsett)
    if request.method == "POST" and skjema.is_valid():
        antall = skjema.cleaned_data["terskel"]
        kom = handlinger.sett_terskel(antall, av=request.user)
        gjenopptak.glem(request)
        messages.success(request, _("Utfordringer kommer hit når %(n)s har dem.") % {"n": antall})
        if kom:
            messages.info(request, ngettext("%(n)s utfordring kom nå.", "%(n)s utfordringer kom nå.", kom) % {"n": kom})
        return redirect("utfordringer:ko")
    kontekst = {"skjema": skjema, "skjemaeier": gjenopptak.merke(request.user)}
    return render(request, "utfordringer/terskel.html", kontekst)


@require_http_methods(["GET", "HEAD", "POST"])
def behandle(request, slug):
    """KS' page of one need: answer, take it into a mission, merge it, take it down. Each is a form of its own."""
    utfordring = behandles(request, slug)
    data = _data(request) or {}
    hva = data.get("hva", "")
    skjemaene = _skjemaene(data, utfordring, hva)
    if request.method == "POST" and hva in skjemaene and skjemaene[hva].is_valid():
        try:
            kvittering = UTFOR[hva](utfordring, skjemaene[hva].cleaned_data, request.user)
        except handlinger.Umulig as feil:
            messages.error(request, UMULIG[str(feil)])
            return redirect(utfordring)
        except versjon.Konflikt as konflikt:
            messages.error(
                request, _("Noen har endret utfordringen mens du skrev. Se hva som står nå, og svar på nytt.")
            )
            skjemaene["besvar"] = skjemaer.Svarskjema(initial=konflikt.verdier)
            return _vis_behandle(request, behandles(request, slug), skjemaene, status=409)
        gjenopptak.glem(request)
        if kvittering:
            messages.success(request, kvittering)
        return redirect(Utfordring.objects.get(pk=utfordring.pk))
    return _vis_behandle(request, utfordring, skjemaene)


def _skjemaene(sendt, utfordring, hva):
    def data(navn):
        return sendt if hva == navn else None

    start = {"svar": utfordring.svar, "versjon": utfordring.versjon}
    mission = utfordring.mission_id or utfordring.foreslatt_mission_id
    return {
        "besvar": skjemaer.Svarskjema(data("besvar"), initial=start),
        "ta_inn": skjemaer.Missionsskjema(data("ta_inn"), initial={"mission": mission}),
        "sla_sammen": skjemaer.Sammenskjema(data("sla_sammen"), utfordring=utfordring),
        "ta_ned": skjemaer.Nedtaking(data("ta_ned")),
    }


def _besvar(utfordring, data, av):
    return handlinger.besvar(utfordring, av=av, **data) and _("Svaret er publisert.")


def _ta_inn(utfordring, data, av):
    mission = data["mission"]
    if not handlinger.ta_inn(utfordring, mission=mission, av=av):
        return ""
    return _("Tatt inn i «%s».") % mission if mission else _("Tatt ut av missionen.")


def _sla_sammen(utfordring, data, av):
    return handlinger.sla_sammen(utfordring, med=data["med"], av=av) and _("Slått sammen med «%s».") % data["med"]


def _ta_ned(utfordring, data, av):
    return handlinger.ta_ned(utfordring, av=av, **data) and _("Utfordringen er tatt ned.")


UTFOR = {"besvar": _besvar, "ta_inn": _ta_inn, "sla_sammen": _sla_sammen, "ta_ned": _ta_ned}


def _vis_behandle(request, utfordring, skjemaene, *, status=200):
    kontekst = {
        "utfordring": utfordring,
        "skjemaene": skjemaene,
        "skjemaeier": gjenopptak.merke(request.user),
        "gjenopptatt": request.method != "POST" and any(skjema.is_bound for skjema in skjemaene.values()),
        "viser_eksempeldata": utfordring.er_eksempel,
    }
    return render(request, "utfordringer/behandle.html", kontekst, status=status)


@require_POST
def sett(request, slug):
    utfordring = behandles(request, slug)
    verdi = request.POST.get("versjon", "")
    if (
        verdi.isascii()
        and verdi.isdecimal()
        and handlinger.merk_sett(utfordring, versjon=int(verdi[:9]), av=request.user)
    ):
        messages.success(request, _("«%s» er sett.") % utfordring.tittel)
    else:
        messages.info(request, _("Den er sett fra før, eller endret siden. Se på den igjen."))
    return redirect("utfordringer:ko")
