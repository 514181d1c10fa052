"""Barriers of a project: raising one, its page, its history, and taking it down."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partnerskap.felles import gjenopptak
from partnerskap.felles.felles_sider import for_alle
from partnerskap.felles.tilgang import krev
from partnerskap.felles.versjon import Konflikt, til_visning
from prosjekter import tilgang
from prosjekter.forms.barriere import FORST, BarriereForm
from prosjekter.handlinger import barriere as handlinger
from prosjekter.handlinger.prosjekt import Mangler
from prosjekter.models import Barriere
from prosjekter.sidedata import barriere as barrieredata
from prosjekter.views import nedtaking
from prosjekter.views.registrering import hent as hent_prosjekt
from prosjekter.views.skjemaside import bundet_til, vis_skjema

PER_SIDE = 20
ENDRINGER_PER_SIDE = 30


def hent(request, slug, pk, regel=None):
    """The barrier, for those who may see it. 404 for others, 403 for those who may not act."""
    synlige = Barriere.objects.synlige_for(request.user).for_kort()
    barriere = get_object_or_404(synlige, pk=pk, prosjekt__slug=slug)
    if regel:
        krev(regel, request.user, barriere)
    return barriere


@for_alle
def barrierer(request, slug):
    """All that stand in one project's way; to its own people also those they have withdrawn."""
    prosjekt = hent_prosjekt(request, slug)
    if prosjekt.slug != slug:
        return redirect("prosjekter:barrierer", prosjekt.slug, permanent=True)
    rader = Barriere.objects.synlige_for(request.user).filter(prosjekt=prosjekt).for_kort()
    side = Paginator(rader, PER_SIDE).get_page(request.GET.get("side"))
    kan_melde = request.user.is_authenticated and tilgang.kan_melde_barriere(request.user, prosjekt)
    kontekst = {"prosjekt": prosjekt, "side": side, "kan_melde": kan_melde, "viser_eksempeldata": prosjekt.er_eksempel}
    return render(request, "barrierer/i_prosjekt.html", kontekst)


def ny(request, slug):
    prosjekt = hent_prosjekt(request, slug, tilgang.kan_melde_barriere)
    skjema = BarriereForm(bundet_til(request), bruker=request.user)
    if request.method == "POST" and skjema.is_valid():
        nokkel = skjema.cleaned_data["nokkel"]
        barriere, er_ny = handlinger.meld(prosjekt, nokkel=nokkel, **skjema.verdier, av=request.user)
        gjenopptak.glem(request)
        if er_ny:
            messages.success(request, _kvittering(prosjekt))
        return redirect(barriere)
    return _vis_form(
        request,
        prosjekt,
        skjema,
        overskrift=_("Hva står i veien?"),
        ingress=_("Meld det, så ser KS og andre at dere ikke er alene om det. Det tar et minutt."),
        knapp=_("Meld barrieren"),
    )


def _kvittering(prosjekt):
    if prosjekt.status == "publisert":
        return _("Barrieren er meldt. KS svarer her, og dere får svaret på e-post.")
    return _("Barrieren er lagret. KS og andre ser den når prosjektet er publisert.")


@for_alle
def barriere(request, slug, pk):
    return render(request, "barrierer/barriere.html", barrieredata.side(hent(request, slug, pk), request.user))


def rediger(request, slug, pk):
    barriere = hent(request, slug, pk, tilgang.kan_endre_barriere)
    skjema = BarriereForm(bundet_til(request), bruker=request.user, barriere=barriere)
    if request.method != "POST" or not skjema.is_valid():
        return _vis_rediger(request, barriere, skjema)
    try:
        handlinger.oppdater(barriere, verdier=skjema.verdier, versjon=skjema.cleaned_data["versjon"], av=request.user)
    except Konflikt as konflikt:
        barriere = hent(request, slug, pk)
        skjema = BarriereForm(bruker=request.user, barriere=barriere, initial=konflikt.verdier)
        return _vis_rediger(request, barriere, skjema, konflikt=til_visning(konflikt, skjema, request.user))
    except Mangler:
        skjema.add_error("hjemmel", _("Skriv hvilken lov eller regel det er, så godt du kan"))
        return _vis_rediger(request, barriere, skjema)
    gjenopptak.glem(request)
    messages.success(request, _("Endringene er lagret."))
    return redirect(barriere)


def _vis_rediger(request, barriere, skjema, *, konflikt=None):
    return _vis_form(
        request,
        barriere.prosjekt,
        skjema,
        status=409 if konflikt else 200,
        overskrift=_("Endre barrieren"),
        ingress=_("Det KS har svart, blir stående."),
        merknad=barrieredata.tilstand_i_ord(barriere),
        knapp=_("Lagre"),
        tilbake=barriere.get_absolute_url(),
        konflikt=konflikt,
    )


def _vis_form(request, prosjekt, skjema, **tekster):
    return vis_skjema(
        request,
        prosjekt,
        skjema,
        tittel=_("Barriere"),
        forst=[skjema[navn] for navn in FORST],
        resten=[felt for felt in skjema.visible_fields() if felt.name not in FORST],
        **tekster,
    )


@require_POST
def trekk(request, slug, pk):
    barriere = hent(request, slug, pk, tilgang.kan_endre_barriere)
    if handlinger.trekk(barriere, av=request.user):
        messages.success(request, _("Barrieren er trukket. Bare dere ser den nå, og dere kan melde den igjen."))
    return redirect(barriere)


@require_POST
def meld_igjen(request, slug, pk):
    barriere = hent(request, slug, pk, tilgang.kan_endre_barriere)
    if handlinger.meld_igjen(barriere, av=request.user):
        messages.success(request, _("Barrieren er meldt igjen."))
    return redirect(barriere)


def historikk(request, slug, pk):
    barriere = hent(request, slug, pk, tilgang.kan_se_barrierehistorikk)
    side = Paginator(barrieredata.endringer(barriere), ENDRINGER_PER_SIDE).get_page(request.GET.get("side"))
    kontekst = {
        "barriere": barriere,
        "prosjekt": barriere.prosjekt,
        "side": side,
        "viser_eksempeldata": barriere.er_eksempel,
    }
    return render(request, "barrierer/historikk.html", kontekst)


ta_ned, legg_tilbake = nedtaking.sider(hent, lambda barriere: _("Ta ned barrieren?"))
