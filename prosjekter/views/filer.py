"""A project's pictures, attachments and links: the page where the owner keeps them in order, and what is done there."""

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from partnerskap.felles import bildekontroll, filkontroll, gjenopptak, virus
from partnerskap.felles.opplasting import ingen_plass, tar_imot_en_fil
from partnerskap.felles.tilgang import krev
from partnerskap.felles.versjon import Konflikt, til_visning
from prosjekter import henvendelser, tilgang
from prosjekter.forms import filer as skjemaer
from prosjekter.handlinger import fil as handlinger
from prosjekter.models import FILSLAG
from prosjekter.sidedata import fil as fildata
from prosjekter.views import nedtaking
from prosjekter.views.henvendelse import FOR_MANGE
from prosjekter.views.registrering import finnes_fortsatt
from prosjekter.views.registrering import hent as hent_prosjekt
from prosjekter.views.skjemaside import bundet_til, vis_skjema

REDIGERES = {"bilde": gettext_lazy("bildet"), "vedlegg": gettext_lazy("vedlegget"), "lenke": gettext_lazy("lenken")}


def hent(request, slug, slag, pk, regel=None):
    """The picture, attachment or link. 404 for those who may not see it, 403 for those who may not act."""
    if slag not in FILSLAG:
        raise Http404
    synlige = FILSLAG[slag].objects.synlige_for(request.user).select_related("prosjekt__eier")
    rad = get_object_or_404(synlige, pk=pk, prosjekt__slug=slug)
    if regel:
        krev(regel, request.user, rad.prosjekt)
    return rad


def filer(request, slug):
    prosjekt = hent_prosjekt(request, slug, tilgang.kan_se_filsiden)
    if prosjekt.slug != slug:
        return redirect("prosjekter:filer", prosjekt.slug)
    kontekst = {
        "prosjekt": prosjekt,
        "viser_eksempeldata": prosjekt.er_eksempel,
        "skannes": virus.er_paa(),
        "lister": fildata.lister(prosjekt, request.user),
        "kan_redigere": tilgang.kan_redigere(request.user, prosjekt),
        "kan_moderere": tilgang.kan_moderere(request.user),
    }
    return render(request, "filer/filer.html", kontekst)


# ---- Add -----------------------------------------------------------------------------------------------------------


@tar_imot_en_fil(bildekontroll.MAKS_BYTE)
@finnes_fortsatt
def nytt_bilde(request, slug):
    prosjekt = hent_prosjekt(request, slug, tilgang.kan_redigere)
    skjema = _filskjema(request, skjemaer.NyttBilde, initial={"kreditering": prosjekt.eier.navn})
    if request.method == "POST" and skjema.is_valid():
        felt = dict(skjema.cleaned_data)
        if svar := _ta_imot(request, skjema, handlinger.legg_til_bilde, prosjekt, bildefil=felt.pop("fil"), **felt):
            return svar
    return _vis_ny(
        request,
        prosjekt,
        skjema,
        tittel=_("Legg til bilde"),
        ingress=_("Vis arbeidet, stedet eller tingen. Er det folk på bildet, må de ha sagt ja til at det publiseres."),
    )


@tar_imot_en_fil(filkontroll.MAKS_BYTE)
@finnes_fortsatt
def nytt_vedlegg(request, slug):
    prosjekt = hent_prosjekt(request, slug, tilgang.kan_redigere)
    skjema = _filskjema(request, skjemaer.NyttVedlegg)
    if request.method == "POST" and skjema.is_valid():
        felt = dict(skjema.cleaned_data)
        if svar := _ta_imot(
            request, skjema, handlinger.legg_til_vedlegg, prosjekt,
            vedleggsfil=felt.pop("fil"), skannet=skjema.skannet, **felt,
        ):  # fmt: skip
            return svar
    return _vis_ny(
        request,
        prosjekt,
        skjema,
        tittel=_("Legg til vedlegg"),
        ingress=_("Noe andre kan ta med seg og bruke. Se etter at det ikke står noe om enkeltpersoner i filen."),
        merknad="" if virus.er_paa() else _("Filer sjekkes for type, makroer og skript, men ikke for virus."),
    )


@finnes_fortsatt
def ny_lenke(request, slug):
    prosjekt = hent_prosjekt(request, slug, tilgang.kan_redigere)
    skjema = skjemaer.NyLenke(bundet_til(request), stanset=_stanset(request))
    if (
        request.method == "POST"
        and skjema.is_valid()
        and (svar := _ta_imot(request, skjema, handlinger.legg_til_lenke, prosjekt, **skjema.cleaned_data))
    ):
        return svar
    return _vis_ny(
        request,
        prosjekt,
        skjema,
        tittel=_("Legg til lenke"),
        ingress=_("Til noe som ligger et annet sted og er åpent for andre."),
    )


def _filskjema(request, klasse, initial=None):
    filer = request.FILES if request.method == "POST" else None
    bundet = bundet_til(request)
    return klasse(bundet, filer, opplasting=request.opplasting, stanset=_stanset(request), initial=initial)


def _stanset(request):
    """Every attempt counts, and before anything is opened: what is refused costs us as much to look into."""
    if request.method == "POST" and not ratelimit.consume(request, action="last_opp"):
        return FOR_MANGE
    return ""


def _ta_imot(request, skjema, handling, prosjekt, **felt):
    """Do it, and answer; or None when the form must be shown again with what is wrong."""
    try:
        rad, er_ny = handling(prosjekt, **felt, av=request.user)
    except handlinger.Fullt as fullt:
        skjema.add_error(None, str(fullt))
        return None
    except OSError:
        skjema.add_error("fil", ingen_plass())
        return None
    gjenopptak.glem(request)
    if er_ny:
        messages.success(request, _("«%s» er lagt til.") % rad.navn)
    else:
        messages.info(request, _("«%s» ligger her fra før.") % rad.navn)
    return redirect(rad)


def _vis_ny(request, prosjekt, skjema, **ord_):
    kontekst = {
        "overskrift": ord_["tittel"],
        "knapp": _("Legg til"),
        "tilbake": _filsiden(prosjekt),
        "bilde": None,
        "velg_filen_igjen": "fil" in skjema.fields and skjema.is_bound,
        **ord_,
    }
    return vis_skjema(request, prosjekt, skjema, mal="filer/skjema.html", **kontekst)


def _filsiden(prosjekt):
    return reverse("prosjekter:filer", args=[prosjekt.slug])


# ---- Mend, move, take away -----------------------------------------------------------------------------------------


@finnes_fortsatt
def rediger(request, slug, slag, pk):
    rad = hent(request, slug, slag, pk, tilgang.kan_redigere)
    skjema, konflikt = skjemaer.REDIGER[slag](bundet_til(request), initial=skjemaer.startverdier(rad)), None
    if request.method == "POST" and skjema.is_valid():
        try:
            versjon = skjema.cleaned_data["versjon"] or 0
            handlinger.endre(rad, verdier=skjema.verdier, versjon=versjon, av=request.user)
        except Konflikt as feil:
            skjema = skjemaer.REDIGER[slag](initial=feil.verdier)
            konflikt = til_visning(feil, skjema, request.user)
        except handlinger.Finnes as finnes:
            skjema.add_error("url", str(finnes))
        else:
            gjenopptak.glem(request)
            messages.success(request, _("Lagret."))
            return redirect(rad)
    return vis_skjema(
        request,
        rad.prosjekt,
        skjema,
        mal="filer/skjema.html",
        status=409 if konflikt else 200,
        tittel=_("Rediger"),
        overskrift=_("Rediger %s") % REDIGERES[slag],
        ingress="",
        merknad=rad.tatt_ned_i_ord,
        bilde=rad if slag == "bilde" else None,
        velg_filen_igjen=False,
        knapp=_("Lagre"),
        tilbake=_filsiden(rad.prosjekt),
        konflikt=konflikt,
    )


@require_POST
@finnes_fortsatt
def flytt(request, slug, slag, pk):
    """By a button, which comes back to the page; or by the script that lets one drag, which only asks that it is done."""
    rad = hent(request, slug, slag, pk, tilgang.kan_redigere)
    fra, til = (_tall(request.POST.get(navn, "")) for navn in ("fra", "til"))
    if fra is not None and til is not None:
        handlinger.flytt(rad, fra=fra, til=til, av=request.user)
    return HttpResponse(status=204) if "stille" in request.POST else redirect(rad)


def _tall(tekst):
    return int(tekst) if tekst.isascii() and tekst.isdecimal() and len(tekst) < 4 else None


@finnes_fortsatt
def slett(request, slug, slag, pk):
    prosjekt = hent_prosjekt(request, slug, tilgang.kan_redigere)
    if slag not in FILSLAG:
        raise Http404
    rad = (
        FILSLAG[slag]
        .objects.synlige_for(request.user)
        .select_related("prosjekt")
        .filter(prosjekt=prosjekt, pk=pk)
        .first()
    )
    if rad is None:
        if request.method == "POST":  # gone already: a second click
            return redirect("prosjekter:filer", prosjekt.slug)
        raise Http404
    if request.method == "POST":
        handlinger.slett(rad, av=request.user)
        messages.success(request, _("«%s» er slettet.") % rad.navn)
        return redirect("prosjekter:filer", prosjekt.slug)
    kontekst = {
        "prosjekt": prosjekt,
        "viser_eksempeldata": prosjekt.er_eksempel,
        "overskrift": _("Slette «%s»?") % rad.navn,
        "forklaring": _("Det blir borte for godt, også for dem som har lenke til det."),
        "knapp": _("Slett"),
        "farlig": True,
        "tilbake": _filsiden(prosjekt),
    }
    return render(request, "registrering/bekreft.html", kontekst)


# ---- Reports, and KS -----------------------------------------------------------------------------------------------


def meld(request, slug):
    """Anyone signed in who sees the project says what is wrong with one of the things on it."""
    prosjekt = hent_prosjekt(request, slug)
    rader = fildata.synlige(prosjekt, request.user)
    if not rader:
        raise Http404
    skjema = skjemaer.MeldFil(bundet_til(request), rader=rader)
    if request.method == "POST" and skjema.is_valid():
        if ratelimit.consume(request, action="meld_innhold"):
            felt = dict(skjema.cleaned_data)
            rad = felt.pop("hva")
            _melding, er_ny = henvendelser.meld(**{rad.SLAG: rad}, **felt, av=request.user)
            gjenopptak.glem(request)
            messages.success(
                request, _("Takk. KS ser på det og svarer deg.") if er_ny else _("Du har alt meldt fra om dette.")
            )
            return redirect(prosjekt)
        skjema.add_error(None, FOR_MANGE)
    return vis_skjema(
        request,
        prosjekt,
        skjema,
        tittel=_("Meld fra til KS"),
        overskrift=_("Meld fra om et bilde, et vedlegg eller en lenke"),
        ingress=_("KS ser på det og svarer deg. De som la det ut, får ikke vite hvem som meldte."),
        knapp=_("Meld fra"),
    )


ta_ned, legg_tilbake = nedtaking.sider(hent, lambda rad: _("Ta ned «%s»?") % rad.navn)
