"""Ask a project without anyone's address being shown, report what should not be here, and KS' list of reports."""

from allauth.core import ratelimit
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerskap.felles import gjenopptak
from partnerskap.felles.tilgang import krev
from prosjekter import henvendelser, tilgang
from prosjekter.forms.henvendelse import Henvendelsesskjema, Meldeskjema, Meldesvar
from prosjekter.models import FILSLAG, Henvendelse, Innholdsmelding
from prosjekter.views.barriere import hent as hent_barriere
from prosjekter.views.eksperiment import hent as hent_eksperiment
from prosjekter.views.gjenbruk import hent as hent_gjenbruk
from prosjekter.views.gjenbruk import publisert
from prosjekter.views.laering import hent as hent_laering
from prosjekter.views.samspill import hent_rad as hent_samspill
from prosjekter.views.skjemaside import bundet_til, vis_skjema

PER_SIDE = 20
FOR_MANGE = gettext_lazy("Det ble mange på kort tid. Vent litt, og prøv igjen.")


def kontakt(request, slug):
    """Signed-in only: then the address the answer goes to is proven, and nobody can write in another's name."""
    prosjekt = publisert(request, slug)
    skjema = Henvendelsesskjema(bundet_til(request))
    if request.method == "POST" and skjema.is_valid():
        if ratelimit.consume(request, action="kontakt_prosjekt"):
            henvendelser.send(prosjekt, **skjema.cleaned_data, av=request.user)
            gjenopptak.glem(request)
            messages.success(
                request, _("Sendt til %s. De svarer deg på e-post, og du har fått en kopi.") % prosjekt.eier
            )
            return redirect(prosjekt)
        skjema.add_error(None, FOR_MANGE)
    return vis_skjema(
        request,
        prosjekt,
        skjema,
        tittel=_("Spør dem"),
        overskrift=_("Spør om «%s»") % prosjekt.tittel,
        ingress=_("Spørsmålet går til dem som passer på prosjektet i %s.") % prosjekt.eier,
        merknad=_("De ser navnet ditt og adressen %s, så de kan svare. Du får en kopi.") % request.user.email,
        knapp=_("Send"),
    )


def meld_gjenbruk(request, slug, pk):
    gjenbruk = hent_gjenbruk(request, slug, pk)
    return _meld(request, gjenbruk.fra, gjenbruk.get_absolute_url(), gjenbruk=gjenbruk)


def meld_laering(request, pk):
    laering = hent_laering(request, pk)
    return _meld(request, laering.prosjekt, laering.get_absolute_url(), laering=laering)


def meld_barriere(request, slug, pk):
    barriere = hent_barriere(request, slug, pk)
    return _meld(request, barriere.prosjekt, barriere.get_absolute_url(), barriere=barriere)


def meld_eksperiment(request, slug, pk):
    eksperiment = hent_eksperiment(request, slug, pk)
    return _meld(request, eksperiment.prosjekt, eksperiment.get_absolute_url(), eksperiment=eksperiment)


def meld_samspill(request, slug, pk):
    rad = hent_samspill(request, slug, pk)
    return _meld(request, rad.fra, rad.get_absolute_url(), komplementaritet=rad)


def meld_henvendelse(request, slug, pk):
    synlige = Henvendelse.objects.synlige_for(request.user).select_related("prosjekt__eier")
    henvendelse = get_object_or_404(synlige, pk=pk, prosjekt__slug=slug)
    return _meld(request, henvendelse.prosjekt, henvendelse.prosjekt.get_absolute_url(), henvendelse=henvendelse)


def _meld(request, prosjekt, tilbake, **om):
    skjema = Meldeskjema(bundet_til(request))
    if request.method == "POST" and skjema.is_valid():
        if ratelimit.consume(request, action="meld_innhold"):
            _melding, er_ny = henvendelser.meld(**om, **skjema.cleaned_data, av=request.user)
            gjenopptak.glem(request)
            tekst = _("Takk. KS ser på det og svarer deg.") if er_ny else _("Du har alt meldt fra om dette.")
            messages.success(request, tekst)
            return redirect(tilbake)
        skjema.add_error(None, FOR_MANGE)
    return vis_skjema(
        request,
        prosjekt,
        skjema,
        tittel=_("Meld fra til KS"),
        overskrift=_("Meld fra til KS"),
        ingress=_("KS ser på det og svarer deg. De som skrev det, får ikke vite hvem som meldte."),
        knapp=_("Meld fra"),
        tilbake=tilbake,
    )


def innholdsmeldinger(request):
    """KS' list of what has been reported, oldest first, each with room for the answer."""
    krev(tilgang.kan_moderere, request.user)
    apne = Innholdsmelding.objects.synlige_for(request.user).apne()
    paa_prosjektet = (f"{navn}__prosjekt" for navn in ("henvendelse", "laering", "barriere", "eksperiment", *FILSLAG))
    i_prosjektet = ("gjenbruk__fra", "gjenbruk__taker", "komplementaritet__fra")
    apne = apne.select_related("meldt_av", *i_prosjektet, *paa_prosjektet)
    skjema, gjelder = Meldesvar(), None
    if request.method == "POST":
        nummer = request.POST.get("melding", "")
        gjelder = get_object_or_404(apne, pk=int(nummer) if nummer.isdecimal() and len(nummer) < 10 else 0)
        skjema = Meldesvar(request.POST)
        if skjema.is_valid():
            henvendelser.svar_pa_melding(gjelder, svar=skjema.cleaned_data["svar"], av=request.user)
            messages.success(request, _("Svart."))
            return redirect("prosjekter:innholdsmeldinger")
    side = Paginator(apne, PER_SIDE).get_page(request.GET.get("side"))
    for melding in side:
        melding.skjema = skjema if melding == gjelder else Meldesvar(auto_id=f"id_%s_{melding.pk}")
    return render(request, "moderering/innholdsmeldinger.html", {"side": side})
