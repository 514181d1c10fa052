"""Reuse: «Vi vil bruke dette», the page of one record, and the deeds on it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from kommuner.tilgang import arbeider_for
from partnerskap.felles import gjenopptak
from partnerskap.felles.felles_sider import for_alle
from partnerskap.felles.tilgang import krev
from partnerskap.felles.versjon import Konflikt, til_visning
from prosjekter import gjenbrukstre, tilgang
from prosjekter.forms import gjenbruk as skjemaer
from prosjekter.handlinger import gjenbruk as handlinger
from prosjekter.handlinger.prosjekt import Mangler
from prosjekter.kodeverk import Status, Synlighet
from prosjekter.models import Gjenbruk
from prosjekter.overganger import gjenbruk as overganger
from prosjekter.sidedata import gjenbruk as gjenbruksdata
from prosjekter.views import nedtaking
from prosjekter.views.registrering import hent as hent_prosjekt
from prosjekter.views.skjemaside import bundet_til, vis_skjema

ENDRINGER_PER_SIDE = 30


def hent(request, slug, pk, regel=None):
    """The record, for those who may see it. 404 for others, 403 for those who may not act."""
    synlige = Gjenbruk.objects.synlige_for(request.user).for_liste()
    gjenbruk = get_object_or_404(synlige.select_related("fra__eier", "til"), pk=pk, fra__slug=slug)
    if regel:
        krev(regel, request.user, gjenbruk)
    return gjenbruk


def publisert(request, slug):
    prosjekt = hent_prosjekt(request, slug)
    if prosjekt.status != Status.PUBLISERT:
        raise Http404
    return prosjekt


# ---- Taking up -----------------------------------------------------------------------------------------------------


def ny(request, slug):
    """«Vi vil bruke dette»: under a minute, on behalf of one's own organisation."""
    prosjekt = publisert(request, slug)
    if not tilgang.kan_registrere(request.user):
        return render(request, "registrering/uten_organisasjon.html", status=403 if request.method == "POST" else 200)
    skjema = skjemaer.NyttGjenbruk(bundet_til(request), bruker=request.user, prosjekt=prosjekt)
    if not skjema.egne:
        messages.info(request, _("Dere eier dette prosjektet selv. Gjenbruk er når andre tar det i bruk."))
        return redirect(prosjekt)
    if request.method != "POST" and (finnes := _fra_for(request.user, prosjekt, skjema.egne)):
        messages.info(request, _("%s har alt sagt fra. Her kan du oppdatere hvordan det går.") % finnes.hvem)
        return redirect("prosjekter:rediger_gjenbruk", prosjekt.slug, finnes.pk)
    if request.method == "POST" and skjema.is_valid():
        try:
            gjenbruk, er_ny = handlinger.registrer(prosjekt, **skjema.cleaned_data, av=request.user)
        except handlinger.GarIRing:
            skjema.add_error("til", RING)
        else:
            return _registrert(request, gjenbruk, er_ny)
    return _vis_ny(request, prosjekt, skjema)


RING = gettext_lazy("Ideen kom derfra. Velg et annet prosjekt, eller «Nei»")


def _registrert(request, gjenbruk, er_ny):
    gjenopptak.glem(request)
    if er_ny:
        tekst = _("Takk! Vi har sagt fra til %s. Si fra her når noe endrer seg.") % gjenbruk.fra.eier
        messages.success(request, tekst)
    else:
        messages.info(request, _("%s har alt sagt fra om dette.") % gjenbruk.hvem)
    return redirect(gjenbruk)


def _fra_for(bruker, prosjekt, egne):
    """The record the person's only organisation has already. With several organisations the form asks which."""
    if len(egne) > 1:
        return None
    mine = arbeider_for(bruker)
    return Gjenbruk.objects.synlige_for(bruker).tatt_av(mine).select_related("taker").filter(fra=prosjekt).first()


def _vis_ny(request, prosjekt, skjema):
    forst = ["type", "status", "kontaktrolle"]
    merknad = ""
    if skjema.fields["taker"].widget.is_hidden:
        merknad = _("Du sier fra på vegne av %s. Alle som ser prosjektet, ser det.") % skjema.egne[0]
    else:
        forst = ["taker", *forst]
    return vis_skjema(
        request,
        prosjekt,
        skjema,
        tittel=_("Vi vil bruke dette"),
        overskrift=_("Vi vil bruke «%s»") % prosjekt.tittel,
        ingress=_("Tre svar holder. Det binder dere ikke, og dere kan endre det når som helst."),
        merknad=merknad,
        knapp=_("Si fra"),
        forst=[skjema[navn] for navn in forst],
        resten=[skjema[navn] for navn in ("kjerne", "tilpasning", "til")],
    )


def ekstern(request, slug):
    """The giver knows of somebody outside the portal."""
    prosjekt = hent_prosjekt(request, slug, tilgang.kan_oppgi_ekstern)
    skjema = skjemaer.NyPastand(bundet_til(request))
    if request.method == "POST" and skjema.is_valid():
        gjenbruk, _er_ny = handlinger.oppgi_ekstern(prosjekt, **skjema.cleaned_data, av=request.user)
        gjenopptak.glem(request)
        messages.success(request, _("Lagret. Det står som oppgitt av dere, og telles ikke med."))
        return redirect(gjenbruk)
    return vis_skjema(
        request,
        prosjekt,
        skjema,
        tittel=_("Noen utenfor portalen bruker det"),
        overskrift=_("Hvem utenfor portalen bruker «%s»?") % prosjekt.tittel,
        ingress=_("Er de med i portalen, er det best at de sier fra selv. Da kan de også si om det ga verdi."),
        knapp=_("Lagre"),
    )


# ---- One record ----------------------------------------------------------------------------------------------------


@for_alle
def gjenbruk(request, slug, pk):
    gjenbruk = hent(request, slug, pk)
    return render(request, "gjenbruk/gjenbruk.html", gjenbruksdata.side(gjenbruk, request.user))


def rediger(request, slug, pk):
    gjenbruk = hent(request, slug, pk, tilgang.kan_endre_gjenbruk)
    skjema = skjemaer.Gjenbruksskjema(bundet_til(request), gjenbruk=gjenbruk, bruker=request.user)
    if request.method != "POST" or not skjema.is_valid():
        return _vis_rediger(request, gjenbruk, skjema)
    try:
        fersk = handlinger.oppdater(
            gjenbruk, verdier=skjema.verdier, versjon=skjema.cleaned_data["versjon"], av=request.user
        )
    except Konflikt as konflikt:
        gjenbruk = hent(request, slug, pk)
        skjema = skjemaer.Gjenbruksskjema(gjenbruk=gjenbruk, bruker=request.user, initial=konflikt.verdier)
        return _vis_rediger(request, gjenbruk, skjema, konflikt=til_visning(konflikt, skjema, request.user))
    except handlinger.GarIRing:
        skjema.add_error("til", RING)
    except overganger.UmuligFlytt as feil:
        skjema.add_error("status", feil.melding)
    except Mangler as mangler:
        for felt in mangler.felt:
            skjema.add_error(felt, _("Fyll ut dette feltet."))
    else:
        gjenopptak.glem(request)
        messages.success(request, _("Lagret. Takk for at dere forteller hvordan det går."))
        return redirect(fersk)
    return _vis_rediger(request, gjenbruk, skjema)


def _vis_rediger(request, gjenbruk, skjema, *, konflikt=None):
    return vis_skjema(
        request,
        gjenbruk.fra,
        skjema,
        status=409 if konflikt else 200,
        tittel=_("Hvordan går det?"),
        overskrift=_("Hvordan går det med «%s»?") % gjenbruk.fra.tittel,
        ingress=_("Det dere skriver, er det den neste som vurderer ideen, lurer på."),
        merknad=gjenbruk.tatt_ned_i_ord,
        knapp=_("Lagre"),
        forst=[felt for felt in skjema.visible_fields() if felt.name in skjemaer.HVORDAN_DET_GAAR],
        resten=[felt for felt in skjema.visible_fields() if felt.name not in skjemaer.HVORDAN_DET_GAAR],
        tilbake=gjenbruk.get_absolute_url(),
        konflikt=konflikt,
    )


def historikk(request, slug, pk):
    gjenbruk = hent(request, slug, pk, tilgang.kan_se_gjenbrukshistorikk)
    side = Paginator(gjenbruksdata.endringer(gjenbruk), ENDRINGER_PER_SIDE).get_page(request.GET.get("side"))
    kontekst = {
        "gjenbruk": gjenbruk,
        "prosjekt": gjenbruk.fra,
        "side": side,
        "viser_eksempeldata": gjenbruk.fra.er_eksempel,
    }
    return render(request, "gjenbruk/historikk.html", kontekst)


def svar(request, slug, pk):
    gjenbruk = hent(request, slug, pk, tilgang.kan_svare_pa_gjenbruk)
    skjema = skjemaer.Svar(bundet_til(request), initial={"svar": gjenbruk.svar})
    if request.method == "POST" and skjema.is_valid():
        handlinger.svar(gjenbruk, tekst=skjema.cleaned_data["svar"], av=request.user)
        gjenopptak.glem(request)
        messages.success(request, _("Takken er sendt til %s.") % gjenbruk.hvem)
        return redirect(gjenbruk)
    return vis_skjema(
        request,
        gjenbruk.fra,
        skjema,
        tittel=_("Takk for at dere bruker det"),
        overskrift=_("Si takk til %s") % gjenbruk.hvem,
        ingress=_("En takk holder. Har dere et godt råd, er det her det hører hjemme."),
        knapp=_("Si takk"),
        tilbake=gjenbruk.get_absolute_url(),
    )


@for_alle
def tre(request, slug):
    """Where the idea has travelled. Also for a project that is not published, to those who see it."""
    prosjekt = hent_prosjekt(request, slug)
    if prosjekt.slug != slug:
        return redirect("prosjekter:gjenbrukstre", prosjekt.slug, permanent=True)
    tre = gjenbrukstre.les(prosjekt, request.user)
    tall = gjenbrukstre.tall(tre)
    kontekst = {
        "prosjekt": prosjekt,
        "tre": tre,
        "tegning": gjenbrukstre.tegning(tre),
        "kart": gjenbrukstre.paa_kartet(tre),
        "overskrift": gjenbruksdata.overskrift(tall["antall_bekreftet"]),
        "under": gjenbruksdata.under(tall["antall_i_bruk"], tall["antall_interesse"]),
        "opphav": gjenbrukstre.opphav(prosjekt, request.user),
        "forklaring": gjenbrukstre.FORKLARING,
        "er_apent": prosjekt.status == Status.PUBLISERT and prosjekt.synlighet == Synlighet.APEN,
        "viser_eksempeldata": any(n.gjenbruk.er_eksempel for n in tre.rot.barn) or prosjekt.er_eksempel,
    }
    return render(request, "gjenbruk/tre.html", kontekst)


# ---- KS, and taking back a claim -----------------------------------------------------------------------------------


ta_ned, legg_tilbake = nedtaking.sider(hent, lambda gjenbruk: _("Ta ned det som står om %s?") % gjenbruk.hvem)


@require_POST
def fjern(request, slug, pk):
    """A claim the giver no longer stands for. A second click finds it gone."""
    gjenbruk = Gjenbruk.objects.synlige_for(request.user).filter(pk=pk, fra__slug=slug).select_related("fra").first()
    if gjenbruk is None:
        return redirect(hent_prosjekt(request, slug))
    krev(tilgang.kan_endre_gjenbruk, request.user, gjenbruk)
    handlinger.fjern_pastand(gjenbruk, av=request.user)
    messages.success(request, _("%s er tatt bort.") % gjenbruk.hvem)
    return redirect(gjenbruk.fra)
