"""Who takes part in a project, who looks after it, and who would like to: one page for all that."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partnerskap.felles.forms import data_fra
from partnerskap.felles.tilgang import krev
from prosjekter import tilgang
from prosjekter.forms import deltakelse as skjemaer
from prosjekter.handlinger import deltakelse as handlinger
from prosjekter.models import Overtakelse, Prosjektinvitasjon
from prosjekter.models.samarbeid import Svar
from prosjekter.overganger import deltakelse as overganger
from prosjekter.sidedata import deltakelse as deltakelsesdata
from prosjekter.sidedata import skjema as skjemadata
from prosjekter.varsler.deltakelse import hva_det_gjelder
from prosjekter.views.registrering import finnes_fortsatt, hent


@finnes_fortsatt
def deltakelse(request, slug):
    prosjekt = hent(request, slug, tilgang.kan_forhandsvise)
    return vis(request, prosjekt, skjemaer.BeOmHjelp())


def vis(request, prosjekt, be_om_hjelp):
    """The page, with the form for asking a person as it was filled in."""
    kontekst = {
        "prosjekt": prosjekt,
        "viser_eksempeldata": prosjekt.er_eksempel,
        "hvem_ser": skjemadata.hvem_ser(prosjekt),
        "be_om_hjelp": be_om_hjelp,
        **deltakelsesdata.for_side(prosjekt, request.user),
    }
    return render(request, "prosjekter/deltakelse.html", kontekst)


@finnes_fortsatt
def legg_til_som_ks(request, slug):
    prosjekt = hent(request, slug, tilgang.kan_legge_til_uten_aa_sporre)
    skjema = skjemaer.LeggTilSomKs(data_fra(request), prosjekt=prosjekt)
    tilbake = reverse("prosjekter:deltakelse", args=[prosjekt.slug])
    if request.method == "POST" and skjema.is_valid():
        rad, ny = handlinger.legg_til_som_ks(prosjekt, av=request.user, **skjema.cleaned_data)
        hva = _("%s er lagt til. De får vite det, og kan gå ut igjen.") if ny else _("%s er med i den rollen fra før.")
        messages.success(request, hva % rad.organisasjon)
        return redirect(tilbake)
    return bekreft(
        request, prosjekt, _("Legg til en deltaker uten å spørre"),
        _("For dem som er med, men ikke svarer eller ikke bruker portalen. Ellers er det prosjektet som inviterer."),
        _("Legg til"), tilbake, skjema,
    )  # fmt: skip


@finnes_fortsatt
def gi_fra_seg(request, slug):
    prosjekt = hent(request, slug, tilgang.deltar)
    tilbake = reverse("prosjekter:deltakelse", args=[prosjekt.slug])
    if prosjekt.ansvarlig_id != request.user.pk:
        return redirect(tilbake)
    if request.method == "POST":
        handlinger.gi_fra_seg(prosjekt, av=request.user)
        messages.success(request, _("Du passer ikke lenger på prosjektet. De ansvarlige hos eieren får vite det."))
        return redirect(tilbake)
    return bekreft(
        request, prosjekt, _("Vil du slutte å passe på «%s»?") % prosjekt.tittel,
        _("Prosjektet blir hos %s. De ansvarlige der får e-post, så noen andre kan ta over.") % prosjekt.eier,
        _("Ja, jeg slutter å passe på det"), tilbake,
    )  # fmt: skip


def bekreft(request, prosjekt, overskrift, forklaring, knapp, tilbake, skjema=None):
    kontekst = {
        "prosjekt": prosjekt, "viser_eksempeldata": prosjekt.er_eksempel, "overskrift": overskrift,
        "forklaring": forklaring, "knapp": knapp, "tilbake": tilbake, "skjema": skjema,
    }  # fmt: skip
    return render(request, "registrering/bekreft.html", kontekst)


@finnes_fortsatt
def be_om_overtakelse(request, slug, slag):
    """GET asks why, POST asks those who decide."""
    if slag not in Overtakelse.Slag.values:
        raise Http404
    prosjekt = hent(request, slug, tilgang.deltar)
    tilbake = reverse("prosjekter:deltakelse", args=[prosjekt.slug])
    er_eier = slag == Overtakelse.Slag.EIER
    if er_eier:
        krev(tilgang.mulige_eiere, request.user, prosjekt)
    else:
        krev(tilgang.er_hovedeier, request.user, prosjekt)
        if not tilgang.kan_be_om_ansvar(request.user, prosjekt):  # a second click, after a yes
            return redirect(tilbake)
    skjema = skjemaer.BeOmOvertakelse(data_fra(request), prosjekt=prosjekt, slag=slag, bruker=request.user)
    if request.method == "POST" and skjema.is_valid():
        data = {"organisasjon": prosjekt.eier, **skjema.cleaned_data}
        svar = handlinger.be_om_overtakelse(prosjekt, slag=slag, av=request.user, **data)
        messages.success(
            request, _("Gjort.") if svar.svar else _("De som bestemmer, er spurt. Du får e-post når de svarer.")
        )
        return redirect(tilbake)
    overskrift = _("Be om å få eie «%s»?") if er_eier else _("Be om å få passe på «%s»?")
    forklaring = (
        _("Sier eieren ja, blir dere eier og %s medeier, og du passer på prosjektet.") % prosjekt.eier
        if er_eier
        else _("Den som passer på prosjektet, får beskjedene om det og svarer på spørsmål.")
    )
    return bekreft(request, prosjekt, overskrift % prosjekt.tittel, forklaring, _("Spør"), tilbake, skjema)


@require_http_methods(["GET", "HEAD", "POST"])
@finnes_fortsatt
def overtakelse(request, slug, pk):
    """For those who decide, and the one who asked. Shows the question and no more of a draft."""
    rad = get_object_or_404(
        Overtakelse.objects.select_related("prosjekt__eier", "prosjekt__ansvarlig", "organisasjon", "bedt_av", "svart_av"),
        pk=pk, prosjekt__slug=slug,
    )  # fmt: skip
    bestemmer = tilgang.kan_avgjore_overtakelse(request.user, rad)
    if not bestemmer and not tilgang.er_den_som_ba(request.user, rad):
        raise Http404
    skjema = skjemaer.Kommentar(data_fra(request))
    if request.method == "POST" and skjema.is_valid() and request.POST.get("svar") in Svar.values:
        try:
            handlinger.svar_overtakelse(rad, svar=request.POST["svar"], av=request.user, **skjema.cleaned_data)
            trukket = request.POST["svar"] == Svar.TRUKKET
            messages.success(
                request,
                _("Spørsmålet er trukket.") if trukket else _("Svaret er lagret. Den som spurte, får vite det."),
            )
        except overganger.UmuligSvar as feil:
            messages.info(request, feil.melding)
        return redirect("minside")
    kontekst = {
        "prosjekt": rad.prosjekt, "viser_eksempeldata": rad.prosjekt.er_eksempel, "rad": rad,
        "hva": hva_det_gjelder(rad), "skjema": skjema, "besvart": overganger.hva_ble_svart(rad) if rad.svar else "",
        "svarene": overganger.mulige(overganger.OVERTAKELSE, rad, request.user), "bestemmer": bestemmer,
    }  # fmt: skip
    return render(request, "prosjekter/overtakelse.html", kontekst)


@finnes_fortsatt
def trekk_invitasjon(request, slug, pk):
    prosjekt = hent(request, slug, tilgang.kan_redigere)
    tilbake = reverse("prosjekter:deltakelse", args=[prosjekt.slug])
    invitasjon = get_object_or_404(Prosjektinvitasjon.objects.select_related("organisasjon"), pk=pk, prosjekt=prosjekt)
    if invitasjon.svar:
        messages.info(request, overganger.hva_ble_svart(invitasjon))
        return redirect(tilbake)
    if request.method == "POST":
        try:
            handlinger.svar_invitasjon(invitasjon, svar=Svar.TRUKKET, av=request.user)
            messages.success(request, _("Invitasjonen til %s er trukket tilbake.") % invitasjon.organisasjon)
        except overganger.UmuligSvar as feil:
            messages.info(request, feil.melding)
        return redirect(tilbake)
    return bekreft(
        request, prosjekt, _("Trekke invitasjonen til %s?") % invitasjon.organisasjon,
        _("De får vite det på e-post. Dere kan invitere dem igjen senere."), _("Trekk invitasjonen"), tilbake,
    )  # fmt: skip
