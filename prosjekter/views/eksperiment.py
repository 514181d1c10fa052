"""Experiments of a project: the log, one of them, logging a new one, and saying what happened."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partnerskap.felles import gjenopptak
from partnerskap.felles.felles_sider import for_alle
from partnerskap.felles.tilgang import krev
from partnerskap.felles.versjon import Konflikt, til_visning
from prosjekter import personvern, tilgang
from prosjekter.forms import eksperiment as skjemaer
from prosjekter.handlinger import eksperiment as handlinger
from prosjekter.models import Eksperiment
from prosjekter.sidedata import eksperiment as eksperimentdata
from prosjekter.views import nedtaking
from prosjekter.views.registrering import hent as hent_prosjekt
from prosjekter.views.skjemaside import bundet_til, vis_skjema

PER_SIDE = 10
ENDRINGER_PER_SIDE = 30


def hent(request, slug, pk, regel=None):
    """The experiment, for those who may see it. 404 for others, 403 for those who may not act."""
    synlige = Eksperiment.objects.synlige_for(request.user).select_related("prosjekt__eier")
    eksperiment = get_object_or_404(synlige, pk=pk, prosjekt__slug=slug)
    if regel:
        krev(regel, request.user, eksperiment)
    return eksperiment


# ---- Reading -------------------------------------------------------------------------------------------------------


@for_alle
def logg(request, slug):
    prosjekt = hent_prosjekt(request, slug)
    if prosjekt.slug != slug:
        return redirect("prosjekter:eksperimenter", prosjekt.slug, permanent=True)
    alle = Eksperiment.objects.synlige_for(request.user).filter(prosjekt=prosjekt).nyeste_forst()
    kontekst = {
        "prosjekt": prosjekt,
        "side": Paginator(alle, PER_SIDE).get_page(request.GET.get("side")),
        "sammendrag": eksperimentdata.sammendrag(prosjekt),
        "kan_logge": request.user.is_authenticated and tilgang.kan_logge_eksperiment(request.user, prosjekt),
        "er_apent": eksperimentdata.er_apent(prosjekt),
        "viser_eksempeldata": prosjekt.er_eksempel,
    }
    return render(request, "eksperimenter/logg.html", kontekst)


@for_alle
def eksperiment(request, slug, pk):
    eksperiment = hent(request, slug, pk)
    return render(request, "eksperimenter/eksperiment.html", eksperimentdata.side(eksperiment, request.user))


def historikk(request, slug, pk):
    eksperiment = hent(request, slug, pk)
    krev(tilgang.kan_se_historikk, request.user, eksperiment.prosjekt)
    side = Paginator(eksperimentdata.endringer(eksperiment), ENDRINGER_PER_SIDE).get_page(request.GET.get("side"))
    kontekst = {"e": eksperiment, "prosjekt": eksperiment.prosjekt, "side": side, "viser_eksempeldata": False}
    return render(request, "eksperimenter/historikk.html", kontekst)


# ---- Writing -------------------------------------------------------------------------------------------------------


def ny(request, slug):
    """Under a minute on a phone, also when it is tried and done."""
    prosjekt = hent_prosjekt(request, slug, tilgang.kan_logge_eksperiment)
    skjema = skjemaer.NyttEksperiment(bundet_til(request))
    if request.method == "POST" and skjema.is_valid():
        logget, er_ny = handlinger.logg(prosjekt, **skjema.verdier, av=request.user)
        gjenopptak.glem(request)
        if er_ny:
            messages.success(request, takk(logget))
            _advar(request, logget)
        return redirect(logget)
    kontekst = {
        "prosjekt": prosjekt,
        "skjema": skjema,
        "skjemaeier": gjenopptak.merke(request.user),
        "gjenopptatt": request.method != "POST" and skjema.is_bound,
        "viser_eksempeldata": prosjekt.er_eksempel,
    }
    return render(request, "eksperimenter/ny.html", kontekst)


def takk(eksperiment):
    if eksperiment.er_stopp:
        return _("Logget. Takk for at dere forteller det: nå slipper andre å prøve det samme.")
    if eksperiment.har_resultat:
        return _("Logget. Takk for at dere forteller hvordan det gikk.")
    return _("Logget. Skriv hva som skjedde, når dere vet det.")


def _advar(request, eksperiment):
    """It stands, but does it tell of somebody who can be recognised? Machines guess, so people are asked."""
    if funn := personvern.ligner_paa(eksperiment.ord):
        tekst = _("Teksten ser ut til å inneholde %s. Ta det bort hvis det gjelder en person.")
        messages.warning(request, tekst % ", ".join(map(str, funn)))


def rediger(request, slug, pk):
    return _endre(
        request,
        hent(request, slug, pk, tilgang.kan_endre_eksperiment),
        skjemaer.Eksperimentskjema,
        handlinger.oppdater,
        tittel=_("Rediger eksperimentet"),
        overskrift=_("Rediger eksperimentet"),
        ingress=_("Det dere endrer, synes med en gang. Historikken tar vare på det som sto."),
    )


def hva_skjedde(request, slug, pk):
    eksperiment = hent(request, slug, pk, tilgang.kan_endre_eksperiment)
    return _endre(
        request,
        eksperiment,
        skjemaer.HvaSkjedde,
        handlinger.si_hva_som_skjedde,
        tittel=_("Hva skjedde?"),
        overskrift=_("Hva skjedde?"),
        ingress=_("Dere trodde: «%(hypotese)s»") % {"hypotese": eksperiment.hypotese},
        merknad=_("Dere ventet: %(forventning)s") % {"forventning": eksperiment.forventning},
    )


def _endre(request, eksperiment, skjemaklasse, handling, **ord_):
    skjema = skjemaklasse(bundet_til(request), eksperiment=eksperiment)
    konflikt = None
    if request.method == "POST" and skjema.is_valid():
        try:
            fersk = handling(
                eksperiment, verdier=skjema.verdier, versjon=skjema.cleaned_data["versjon"], av=request.user
            )
        except Konflikt as feil:
            skjema = skjemaklasse(eksperiment=eksperiment, initial=feil.verdier)
            konflikt = til_visning(feil, skjema, request.user)
        else:
            gjenopptak.glem(request)
            messages.success(request, takk(fersk) if not eksperiment.har_resultat else _("Lagret."))
            _advar(request, fersk)
            return redirect(fersk)
    return vis_skjema(
        request,
        eksperiment.prosjekt,
        skjema,
        status=409 if konflikt else 200,
        konflikt=konflikt,
        knapp=_("Lagre"),
        tilbake=eksperiment.get_absolute_url(),
        **ord_,
    )


# ---- Away, and back ------------------------------------------------------------------------------------------------


def trekk(request, slug, pk):
    eksperiment = hent(request, slug, pk, tilgang.kan_endre_eksperiment)
    if request.method == "POST":
        if handlinger.trekk(eksperiment, av=request.user):
            messages.success(request, _("Trukket. Dere kan legge det tilbake."))
        return redirect("prosjekter:eksperimenter", slug)
    return vis_skjema(
        request,
        eksperiment.prosjekt,
        skjemaer.Trekk(),
        tittel=_("Trekk eksperimentet"),
        overskrift=_("Trekk «%s»?") % eksperiment.hypotese,
        ingress=_("Andre ser det ikke lenger. Dere som kan redigere prosjektet, kan legge det tilbake."),
        merknad=_("Gikk det ikke som ventet? Det er det den neste lurer på. La det gjerne stå."),
        knapp=_("Trekk"),
        tilbake=eksperiment.get_absolute_url(),
    )


ta_ned, ks_legger_tilbake = nedtaking.sider(hent, lambda eksperiment: _("Ta ned eksperimentet?"))


@require_POST
def legg_tilbake(request, slug, pk):
    """The project puts back what it has withdrawn, KS what it has taken down."""
    eksperiment = hent(request, slug, pk)
    if eksperiment.tatt_ned_tid or not tilgang.kan_redigere(request.user, eksperiment.prosjekt):
        return ks_legger_tilbake(request, slug=slug, pk=pk)
    if handlinger.legg_tilbake(eksperiment, av=request.user):
        messages.success(request, _("Lagt tilbake."))
    return redirect(eksperiment)
