"""Lessons of one project: its cards, writing and changing them, the page of one card, and the deeds on it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kommuner.models import Organisasjon
from kommuner.tilgang import arbeider_for
from partnerskap.felles import gjenopptak
from partnerskap.felles.felles_sider import for_alle
from partnerskap.felles.tilgang import krev
from partnerskap.felles.versjon import Konflikt, til_visning
from prosjekter import personvern, tilgang
from prosjekter.forms.laering import Laeringsskjema, Nyttigskjema
from prosjekter.handlinger import laering as handlinger
from prosjekter.models import Laering
from prosjekter.sidedata import laering as laeringsdata
from prosjekter.sidedata import prosjekt as sidedata
from prosjekter.views import nedtaking
from prosjekter.views.registrering import hent as hent_prosjekt
from prosjekter.views.skjemaside import bundet_til, vis_skjema

PER_SIDE = 20
ENDRINGER_PER_SIDE = 30


def hent(request, pk, slug=None, regel=None):
    """The card, for those who may see it. 404 for others, 403 for those who may not act."""
    synlige = Laering.objects.synlige_for(request.user).select_related(
        "prosjekt__eier__kommune__fylke", "prosjekt__eier__fylke", "eksperiment"
    )
    laering = get_object_or_404(synlige, pk=pk, **({"prosjekt__slug": slug} if slug else {}))
    if regel:
        krev(regel, request.user, laering)
    return laering


# ---- The project's own cards ---------------------------------------------------------------------------------------


@for_alle
def liste(request, slug):
    prosjekt = hent_prosjekt(request, slug)
    if prosjekt.slug != slug:
        return redirect("prosjekter:laering", prosjekt.slug, permanent=True)
    side = Paginator(laeringsdata.for_prosjekt(prosjekt, request.user), PER_SIDE).get_page(request.GET.get("side"))
    kontekst = {
        "prosjekt": prosjekt,
        "side": side,
        "kan_skrive": tilgang.kan_skrive_laering(request.user, prosjekt),
        "hvem_ser": sidedata.hvem_ser(prosjekt),
        "er_apent": prosjekt.er_apent,
        "viser_eksempeldata": prosjekt.er_eksempel,
    }
    return render(request, "laering/prosjekt.html", kontekst)


def ny(request, slug):
    """Under a minute on a phone: a kind, a sentence, and who may read it."""
    prosjekt = hent_prosjekt(request, slug, tilgang.kan_skrive_laering)
    start = {"type": request.GET.get("type", ""), "eksperiment": request.GET.get("eksperiment", "")}
    skjema = Laeringsskjema(bundet_til(request), prosjekt=prosjekt, initial=start)
    if request.method == "POST" and skjema.is_valid():
        laering, _er_ny = handlinger.skriv(
            prosjekt, **skjema.verdier, nokkel=skjema.cleaned_data["nokkel"], av=request.user
        )
        gjenopptak.glem(request)
        messages.success(request, _("Kortet er lagret. Takk for at dere deler det dere lærte."))
        _si_fra_om_folk(request, laering)
        return redirect("prosjekter:ny_laering", prosjekt.slug) if "en_til" in request.POST else redirect(laering)
    return _vis_skjema(
        request,
        prosjekt,
        skjema,
        tittel=_("Nytt læringskort"),
        overskrift=_("Hva lærte dere?"),
        ingress=_("Én setning holder. Det som ikke virket, er like nyttig som det som virket."),
        merknad=_("Kortet hører til «%(tittel)s». %(hvem)s")
        % {"tittel": prosjekt.tittel, "hvem": sidedata.hvem_ser(prosjekt)},
        tilbake=prosjekt.get_absolute_url(),
        knapp_til=_("Lagre og skriv et til"),
    )


def rediger(request, slug, pk):
    laering = hent(request, pk, slug, tilgang.kan_endre_laering)
    skjema = Laeringsskjema(bundet_til(request), prosjekt=laering.prosjekt, laering=laering)
    konflikt = None
    if request.method == "POST" and skjema.is_valid():
        try:
            fersk = handlinger.oppdater(
                laering, verdier=skjema.verdier, versjon=skjema.cleaned_data["versjon"], av=request.user
            )
        except Konflikt as feil:
            laering = hent(request, pk, slug)
            skjema = Laeringsskjema(prosjekt=laering.prosjekt, laering=laering, initial=feil.verdier)
            konflikt = til_visning(feil, skjema, request.user)
        else:
            gjenopptak.glem(request)
            messages.success(request, _("Endringene er lagret."))
            _si_fra_om_folk(request, fersk)
            return redirect(fersk)
    return _vis_skjema(
        request,
        laering.prosjekt,
        skjema,
        status=409 if konflikt else 200,
        konflikt=konflikt,
        tittel=_("Rediger læringskort"),
        overskrift=_("Rediger læringskortet"),
        ingress=laering.prosjekt.tittel,
        merknad=laering.tatt_ned_i_ord,
        tilbake=laering.get_absolute_url(),
    )


def _vis_skjema(request, prosjekt, skjema, **tekster):
    return vis_skjema(
        request, prosjekt, skjema, knapp=_("Lagre kortet"), forst=skjema.forst, resten=skjema.resten, **tekster
    )


def _si_fra_om_folk(request, laering):
    """A machine guesses, so it warns and never refuses."""
    if funnet := personvern.ligner_paa(laering.ord):
        tekst = _("Det ser ut som kortet har %(hva)s. Se etter at ingen kan kjennes igjen.")
        messages.warning(request, tekst % {"hva": ", ".join(map(str, funnet))})


def slett(request, slug, pk):
    laering = Laering.objects.synlige_for(request.user).filter(pk=pk, prosjekt__slug=slug).first()
    if laering is None and request.method == "POST":  # gone already: a second click
        return redirect("prosjekter:laering", hent_prosjekt(request, slug).slug)
    laering = hent(request, pk, slug, tilgang.kan_endre_laering)
    if request.method == "POST":
        try:
            handlinger.slett(laering, av=request.user)
        except handlinger.Mangler:
            messages.error(request, _("Et avsluttet prosjekt må ha minst én læring. Skriv en ny før du sletter denne."))
            return redirect(laering)
        messages.success(request, _("Kortet er slettet."))
        return redirect("prosjekter:laering", laering.prosjekt.slug)
    kontekst = {
        "prosjekt": laering.prosjekt,
        "viser_eksempeldata": laering.prosjekt.er_eksempel,
        "overskrift": _("Slette kortet?"),
        "forklaring": _("«%(laering)s» blir borte for godt, også for dem som har lagret det.")
        % {"laering": laering.tekst},
        "knapp": _("Slett kortet"),
        "farlig": True,
        "tilbake": laering.get_absolute_url(),
    }
    return render(request, "registrering/bekreft.html", kontekst)


# ---- One card ------------------------------------------------------------------------------------------------------


@for_alle
def kort(request, pk):
    return render(request, "laering/kort.html", laeringsdata.side(hent(request, pk), request.user))


def historikk(request, slug, pk):
    laering = hent(request, pk, slug)
    krev(tilgang.kan_se_historikk, request.user, laering.prosjekt)
    side = Paginator(laeringsdata.endringer(laering), ENDRINGER_PER_SIDE).get_page(request.GET.get("side"))
    kontekst = {
        "laering": laering,
        "prosjekt": laering.prosjekt,
        "side": side,
        "viser_eksempeldata": laering.prosjekt.er_eksempel,
    }
    return render(request, "laering/historikk.html", kontekst)


@require_POST
def nyttig(request, pk):
    """«Nyttig for oss», for the person's only organisation, or the one she says."""
    laering = hent(request, pk)
    egne = laeringsdata.egne_som_kan_lagre(laering, request.user)
    krev(lambda _bruker: bool(egne), request.user)
    data = {"organisasjon": egne[0].pk} if len(egne) == 1 else request.POST
    skjema = Nyttigskjema(data, egne=Organisasjon.objects.filter(pk__in=[o.pk for o in egne]))
    if not skjema.is_valid():
        messages.info(request, _("Velg hvem av dere som har nytte av kortet."))
        return redirect(f"{laering.get_absolute_url()}#nyttig")
    organisasjon = skjema.cleaned_data["organisasjon"]
    if handlinger.merk_nyttig(laering, organisasjon=organisasjon, av=request.user):
        messages.success(request, _("Lagret for %s. Dere finner det igjen på Min side.") % organisasjon)
    return redirect(f"{laering.get_absolute_url()}#nyttig")


@require_POST
def trekk_nyttig(request, pk):
    laering = hent(request, pk)
    sagt = request.POST.get("organisasjon", "")
    mine = Organisasjon.objects.filter(pk__in=arbeider_for(request.user), nyttigmerker__laering=laering)
    if sagt.isdecimal() and len(sagt) < 18:
        mine = mine.filter(pk=int(sagt))
    for organisasjon in mine.order_by("pk")[:1]:
        handlinger.trekk_nyttig(laering, organisasjon=organisasjon, av=request.user)
        messages.success(request, _("Tatt bort fra det dere har lagret."))
    return redirect(f"{laering.get_absolute_url()}#nyttig")


# ---- KS ------------------------------------------------------------------------------------------------------------


ta_ned, legg_tilbake = nedtaking.sider(hent, lambda laering: _("Ta ned læringskortet?"))
