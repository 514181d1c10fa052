"""Registering a project: three fields, then a calm page by sections, then sending it in. And its history."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerskap.felles import gjenopptak
from partnerskap.felles.tilgang import krev
from partnerskap.felles.versjon import Konflikt, til_visning
from prosjekter import arbeidskopier, krav, skjemakopi, tilgang
from prosjekter.forms import registrering as skjemaer
from prosjekter.handlinger import deltakelse as deltakelse_handlinger
from prosjekter.handlinger import laering as laering_handlinger
from prosjekter.handlinger import mission as mission_handlinger
from prosjekter.handlinger import prosjekt as handlinger
from prosjekter.kodeverk import Status
from prosjekter.models import GammelSlug, Prosjekt, Prosjektinvitasjon
from prosjekter.overganger import prosjekt as overganger
from prosjekter.sidedata import historikk as historikkdata
from prosjekter.sidedata import prosjekt as sidedata
from prosjekter.sidedata import samspill as samspilldata
from prosjekter.sidedata import skjema as skjemadata

ENDRINGER_PER_SIDE = 30


def hent(request, slug, regel=None):
    """The project, by its address or one it has had. 404 for those who may not see it, 403 for those who may not act."""
    synlige = Prosjekt.objects.synlige_for(request.user).select_related("eier__kommune", "eier__fylke")
    prosjekt = synlige.filter(slug=slug).first()
    if prosjekt is None:
        gammel = get_object_or_404(GammelSlug, slug=slug)
        prosjekt = get_object_or_404(synlige, pk=gammel.prosjekt_id)
    if regel:
        krev(regel, request.user, prosjekt)
    return prosjekt


def finnes_fortsatt(view):
    """A draft, or what hung on it, deleted between two clicks is not found; it is no fault of ours."""

    @wraps(view)
    def omslag(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except ObjectDoesNotExist as borte:
            raise Http404 from borte

    return omslag


def _ved(prosjekt):
    """What every page about one project says."""
    return {"prosjekt": prosjekt, "viser_eksempeldata": prosjekt.er_eksempel}


# ---- Three fields --------------------------------------------------------------------------------------------------


def ny(request):
    if not tilgang.kan_registrere(request.user):
        return render(request, "registrering/uten_organisasjon.html", status=403 if request.method == "POST" else 200)
    funn = None
    if request.method == "POST" and "ligner" in request.POST:
        skjema = skjemaer.NyttProsjekt(initial=request.POST.dict(), bruker=request.user)
        funn = samspilldata.mens_det_skrives(request.POST, request.user)
    elif request.method == "POST":
        skjema = skjemaer.NyttProsjekt(request.POST, bruker=request.user)
        if skjema.is_valid() and not handlinger.laget(skjema.cleaned_data["nokkel"], av=request.user):
            funn = samspilldata.foer_kladd(request.POST, request.user)
        if skjema.is_valid() and funn is None:
            mission = skjema.cleaned_data.pop("mission")
            prosjekt, er_ny = handlinger.opprett(**skjema.cleaned_data, av=request.user)
            gjenopptak.glem(request)
            if mission:
                mission_handlinger.foresla_mission(prosjekt, mission=mission, av=request.user)
            if er_ny:
                messages.success(request, _("Kladden er lagret. Bare dere i %s kan se den.") % prosjekt.eier)
            return redirect("prosjekter:rediger", prosjekt.slug)
    else:
        bevart = gjenopptak.hent(request)
        skjema = skjemaer.NyttProsjekt(bevart, bruker=request.user, initial={"mission": request.GET.get("mission", "")})
    return render(
        request,
        "registrering/ny.html",
        {
            "skjema": skjema,
            "skjemaeier": gjenopptak.merke(request.user),
            "gjenopptatt": request.method == "GET" and skjema.is_bound,
            "funn": funn,
            "status": samspilldata.i_ord(funn) if funn is not None else "",
            "spor": skjema.is_bound,
            "utgave": handlinger.siste_laget(av=request.user),
            "viser_eksempeldata": funn is not None and funn.viser_eksempeldata,
        },
    )


# ---- The calm page -------------------------------------------------------------------------------------------------


def rediger(request, slug):
    """To the section where the next best question is."""
    prosjekt = hent(request, slug, tilgang.kan_skrive)
    neste = krav.neste_beste(krav.les(prosjekt))
    return redirect("prosjekter:rediger_seksjon", prosjekt.slug, neste.seksjon if neste else "kort")


@finnes_fortsatt
def rediger_seksjon(request, slug, seksjon):
    if seksjon not in krav.SEKSJONER:
        raise Http404
    prosjekt = hent(request, slug, tilgang.kan_skrive)
    if request.method == "POST":
        return _lagre_seksjon(request, prosjekt, seksjon)
    if slug != prosjekt.slug:
        return redirect("prosjekter:rediger_seksjon", prosjekt.slug, seksjon)
    svar = krav.les(prosjekt)
    bevart = gjenopptak.hent(request)
    kopi = arbeidskopier.finn(prosjekt, seksjon, request.user) if bevart is None else None
    laast = tilgang.laaste_svar(request.user, prosjekt)
    skjema = skjemaer.Seksjonsskjema(bevart, seksjon=seksjon, prosjekt=prosjekt, svar=svar, laast=laast).fyll(kopi)
    return _vis_seksjon(request, prosjekt, svar, skjema, gjenopptatt=bevart is not None, kopi=kopi)


def _lagre_seksjon(request, prosjekt, seksjon):
    svar, laast = krav.les(prosjekt), tilgang.laaste_svar(request.user, prosjekt)
    skjema = skjemaer.Seksjonsskjema(request.POST, seksjon=seksjon, prosjekt=prosjekt, svar=svar, laast=laast)
    if not skjema.is_valid() or _vil_ha_flere_rader(request):
        return _vis_seksjon(request, prosjekt, svar, skjema)
    kopi = arbeidskopier.finn(prosjekt, seksjon, request.user)
    ulest = kopi.skrevet(etter=skjema.cleaned_data["utkast"]) if kopi else {}
    try:
        fersk = arbeidskopier.lagre_seksjon(
            prosjekt, seksjon=seksjon, verdier=skjema.verdier, ulest=skjemakopi.som_svar(skjema, ulest)[0],
            versjon=skjema.cleaned_data["versjon"], av=request.user,
        )  # fmt: skip
    except Konflikt as konflikt:
        fra = min(skjema.cleaned_data["versjon"], kopi.versjon if kopi else konflikt.versjon)
        prosjekt.versjon = konflikt.versjon
        vist = {**konflikt.verdier, "utkast": kopi.nummer if kopi else 0}
        skjema = skjemaer.Seksjonsskjema(seksjon=seksjon, prosjekt=prosjekt, svar=svar, initial=vist, laast=laast)
        visning = til_visning(konflikt, skjema, request.user, fra=fra)
        return _vis_seksjon(request, prosjekt, svar, skjema, konflikt=visning)
    except handlinger.Mangler as mangler:
        _vis_mangler(skjema, mangler)
        return _vis_seksjon(request, prosjekt, svar, skjema)
    gjenopptak.glem(request)
    if "lukk" in request.POST:
        messages.success(request, _("«%s» er lagret.") % fersk.tittel)
        return redirect("minside")
    if "se" in request.POST:
        return redirect("prosjekter:forhandsvis", fersk.slug)
    return redirect(_etter(fersk, seksjon))


def _vis_mangler(skjema, mangler):
    """Where it can be put right: in the field itself, else where the answer that asks for it was given."""
    for felt in mangler.felt:
        skjema.add_error(felt, _("Et publisert prosjekt må ha dette"))
    for s in mangler.sporsmal:
        if s.felt in skjema.fields:
            skjema.add_error(s.felt, s.mangler)
        else:
            anledning = next((navn for navn in ("utfall", "fase") if navn in skjema.fields), None)
            skjema.add_error(
                anledning, _("%(gjor)s først, under «%(del)s»") % {"gjor": s.mangler, "del": krav.SEKSJONER[s.seksjon]}
            )


@finnes_fortsatt
def avslutt(request, slug):
    """Say how it went. Everything that takes is on the page: the outcome, the lesson, and for a stop the reason."""
    prosjekt = hent(request, slug, tilgang.kan_redigere)
    svar, konflikt = krav.les(prosjekt), None
    bevart = gjenopptak.hent(request) if request.method != "POST" else None
    skjema = skjemaer.Avslutning(request.POST if request.method == "POST" else bevart, prosjekt=prosjekt, svar=svar)
    if request.method == "POST" and skjema.is_valid() and not _vil_ha_flere_rader(request):
        try:
            fersk = laering_handlinger.avslutt(
                prosjekt,
                verdier=skjema.verdier,
                kort=skjema.kort,
                versjon=skjema.cleaned_data["versjon"],
                av=request.user,
            )
        except Konflikt as feil:
            prosjekt.versjon = feil.versjon
            kortet = {f"kort_{navn}": skjema.kort.get(navn, "") for navn in ("type", "tekst")}
            skjema = skjemaer.Avslutning(prosjekt=prosjekt, svar=svar, initial=feil.verdier | kortet)
            konflikt = til_visning(feil, skjema, request.user)
        except handlinger.Mangler as mangler:
            _vis_mangler(skjema, mangler)
        else:
            gjenopptak.glem(request)
            messages.success(request, _("Takk for at dere deler hvordan det gikk."))
            return redirect(fersk)
    kontekst = {
        **_ved(prosjekt),
        "skjema": skjema,
        "konflikt": konflikt,
        "skjemaeier": gjenopptak.merke(request.user),
        "gjenopptatt": bevart is not None,
        "utgave": prosjekt.versjon if krav.er_avsluttet(svar) else prosjekt.utfall,  # another once it has been closed
        "hvem_ser": skjemadata.hvem_ser(prosjekt),
    }
    return render(request, "registrering/avslutt.html", kontekst, status=409 if konflikt else 200)


def _vil_ha_flere_rader(request):
    """The button for one more row only shows the form anew."""
    return any(navn.endswith("-flere") for navn in request.POST)


def _etter(prosjekt, seksjon):
    """The next section; after the last, on to sending in, or to the page itself when it is public."""
    if neste := skjemadata.neste_seksjon(seksjon):
        return skjemadata.adresse(prosjekt, neste)
    if prosjekt.status == Status.PUBLISERT:
        return prosjekt.get_absolute_url()
    return reverse("prosjekter:send_inn", args=[prosjekt.slug])


def _vis_seksjon(request, prosjekt, svar, skjema, *, konflikt=None, gjenopptatt=False, kopi=None, ekstra=None):
    seksjon = skjema.seksjon
    kontekst = {
        **_ved(prosjekt),
        "skjema": skjema,
        "seksjon": seksjon,
        "seksjonsnavn": krav.SEKSJONER[seksjon],
        "steg": skjemadata.steg(prosjekt, svar, seksjon),
        "konflikt": konflikt,
        "gjenopptatt": gjenopptatt,
        "skjemaeier": gjenopptak.merke(request.user),
        "neste_et_annet_sted": None if skjema.neste or skjema.errors else _neste_et_annet_sted(prosjekt, svar, seksjon),
        "har_lange_tekster": any(navn in krav.TEKSTFELT for navn in skjema.fields),
        "lagret": skjemadata.lagret(prosjekt),
        "kopi": kopi and {"tid": kopi.tid, "ma_rettes": skjemakopi.som_svar(skjema, kopi.skrevet())[1]},
        "er_kladd": prosjekt.status in arbeidskopier.BARE_DE_SOM_SKRIVER,
        "er_siste": skjemadata.neste_seksjon(seksjon) is None,
        **_ramme(request, prosjekt, svar),
    }
    if seksjon == "hvem":
        kontekst |= _hvem_er_med(prosjekt, kontekst["kan_redigere"]) | (ekstra or {})
    status = 409 if konflikt else 200
    return render(request, "registrering/seksjon.html", kontekst, status=status)


def _ramme(request, prosjekt, svar):
    """What stands around every page of a project being worked on."""
    return {
        "hvem_ser": skjemadata.hvem_ser(prosjekt),
        "beskjed": skjemadata.beskjed_fra_ks(prosjekt),
        "advarsler": skjemadata.personadvarsler(svar),
        "handlinger": skjemadata.eierhandlinger(prosjekt, request.user),
        "antall_mangler": len(krav.mangler(svar)),
        "kan_sende_inn": _kan_sende_inn(prosjekt, request.user),
        "kan_redigere": not tilgang.bare_hjelper(request.user, prosjekt),
        "antall_filer": prosjekt.antall_bilder + prosjekt.antall_vedlegg + prosjekt.antall_lenker,
        "publiserer_selv": prosjekt.eier.er_betrodd and prosjekt.status != Status.AVPUBLISERT,
    }


def _kan_sende_inn(prosjekt, bruker):
    return any(o.navn == "send_inn" for o in overganger.mulige(prosjekt, bruker))


def _neste_et_annet_sted(prosjekt, svar, seksjon):
    neste = krav.neste_beste(svar)
    if neste is None or neste.seksjon == seksjon:
        return None
    return {
        "sporsmal": neste.sporsmal,
        "seksjonsnavn": krav.SEKSJONER[neste.seksjon],
        "adresse": f"{skjemadata.adresse(prosjekt, neste.seksjon)}#id_{neste.felt}",
    }


def _hvem_er_med(prosjekt, kan_redigere):
    """Whoever only helps sees who takes part; whom the owner has asked, and where it is proposed, is the owner's."""
    if not kan_redigere:
        return {"deltakere": skjemadata.deltakere(prosjekt)}
    return {
        "deltakere": skjemadata.deltakere(prosjekt),
        "inviterte": prosjekt.invitasjoner.apne().select_related("organisasjon"),
        "tilknytninger": skjemadata.tilknytninger(prosjekt),
        "ny_deltaker": skjemaer.NyDeltaker(prosjekt=prosjekt),
        "foresla": skjemaer.ForeslaMission(prosjekt=prosjekt),
    }


# ---- Who is in it --------------------------------------------------------------------------------------------------


@finnes_fortsatt
def legg_til_deltaker(request, slug):
    prosjekt = hent(request, slug, tilgang.kan_redigere)
    if request.method != "POST":
        return redirect(f"{skjemadata.adresse(prosjekt, 'hvem')}#deltakere")
    skjema = skjemaer.NyDeltaker(request.POST, prosjekt=prosjekt)
    if not skjema.is_valid():
        return _vis_hvem(request, prosjekt, ny_deltaker=skjema)
    svar = deltakelse_handlinger.inviter(prosjekt, **skjema.cleaned_data, av=request.user)
    if isinstance(svar, Prosjektinvitasjon):
        messages.success(request, _("%s er invitert. De står som deltaker når de har sagt ja.") % svar.organisasjon)
    else:
        messages.success(request, _("%s er med i den rollen.") % svar.organisasjon)
    return redirect(f"{skjemadata.adresse(prosjekt, 'hvem')}#deltakere")


@finnes_fortsatt
def foresla_mission(request, slug):
    prosjekt = hent(request, slug, tilgang.kan_redigere)
    if request.method != "POST":
        return redirect(f"{skjemadata.adresse(prosjekt, 'hvem')}#missions")
    skjema = skjemaer.ForeslaMission(request.POST, prosjekt=prosjekt)
    if not skjema.is_valid():
        return _vis_hvem(request, prosjekt, foresla=skjema)
    mission = skjema.cleaned_data["mission"]
    mission_handlinger.foresla_mission(prosjekt, mission=mission, av=request.user)
    messages.success(request, _("Prosjektet er foreslått til «%s». Kuratoren der svarer.") % mission)
    return redirect(f"{skjemadata.adresse(prosjekt, 'hvem')}#missions")


def _vis_hvem(request, prosjekt, **ekstra):
    """The section again, with what was typed in one of its small forms."""
    svar = krav.les(prosjekt)
    skjema = skjemaer.Seksjonsskjema(seksjon="hvem", prosjekt=prosjekt, svar=svar)
    return _vis_seksjon(request, prosjekt, svar, skjema, ekstra=ekstra)


@finnes_fortsatt
def avslutt_deltakelse(request, slug, pk):
    prosjekt = hent(request, slug)
    deltakelse = get_object_or_404(
        prosjekt.deltakelser.select_related("organisasjon", "prosjekt").exclude(rolle="eier").filter(til_dato=None),
        pk=pk,
    )
    redigerer = tilgang.kan_redigere(request.user, prosjekt)
    krev(tilgang.kan_avslutte_deltakelse, request.user, deltakelse, redigerer)
    som_ks = tilgang.avslutter_som_ks(request.user, deltakelse, redigerer)
    tilbake = f"{skjemadata.adresse(prosjekt, 'hvem')}#deltakere" if redigerer else prosjekt.get_absolute_url()
    if som_ks:
        tilbake = reverse("prosjekter:deltakelse", args=[prosjekt.slug])
    skjema = skjemaer.AvsluttDeltakelse(request.POST or None, deltakelse=deltakelse, som_ks=som_ks)
    if request.method == "POST" and skjema.is_valid():
        deltakelse_handlinger.avslutt_deltakelse(deltakelse, **skjema.cleaned_data, av=request.user)
        messages.success(request, _("Lagret. %s står fortsatt som en som har vært med.") % deltakelse.organisasjon)
        ser_det = Prosjekt.objects.synlige_for(request.user).filter(pk=prosjekt.pk).exists()
        return redirect(tilbake if ser_det else reverse("minside"))
    kontekst = {
        **_ved(prosjekt),
        "skjema": skjema,
        "overskrift": _("Er %s ikke med lenger?") % deltakelse.organisasjon,
        "forklaring": _("De slutter å kunne se det som ikke er publisert. Det står fortsatt at de har vært med."),
        "knapp": _("Avslutt"),
        "tilbake": tilbake,
    }
    return render(request, "registrering/bekreft.html", kontekst)


@finnes_fortsatt
def trekk_forslag(request, slug, pk):
    prosjekt = hent(request, slug, tilgang.kan_redigere)
    tilbake = f"{skjemadata.adresse(prosjekt, 'hvem')}#missions"
    tilknytning = prosjekt.missiontilknytninger.filter(pk=pk).select_related("mission").first()
    if tilknytning is None:  # gone already: a second click
        return redirect(tilbake)
    if request.method == "POST":
        mission_handlinger.trekk_forslag(tilknytning, av=request.user)
        messages.success(request, _("Prosjektet er ikke lenger knyttet til «%s».") % tilknytning.mission)
        return redirect(tilbake)
    kontekst = {
        **_ved(prosjekt),
        "overskrift": _("Ta prosjektet ut av «%s»?") % tilknytning.mission,
        "forklaring": _("Dere kan foreslå det på nytt senere."),
        "knapp": _("Ta ut"),
        "tilbake": tilbake,
    }
    return render(request, "registrering/bekreft.html", kontekst)


# ---- Preview, sending in, and the other deeds ----------------------------------------------------------------------


def forhandsvis(request, slug):
    """As the public will see it, for those who take part and KS."""
    prosjekt = hent(request, slug, tilgang.kan_forhandsvise)
    prosjekt = sidedata.for_side(Prosjekt.objects).get(pk=prosjekt.pk)
    kontekst = sidedata.prosjektside(prosjekt, request.user)
    kontekst |= {
        "hvem_ser": skjemadata.hvem_ser(prosjekt),
        "kan_skrive": tilgang.kan_skrive(request.user, prosjekt),
        "kan_sende_inn": _kan_sende_inn(prosjekt, request.user),
    }
    return render(request, "registrering/forhandsvis.html", kontekst)


@finnes_fortsatt
def send_inn(request, slug):
    """GET says exactly what is missing, or asks for a last yes. POST does it."""
    prosjekt = hent(request, slug, tilgang.er_eier)
    if request.method == "POST":
        try:
            if handlinger.send_inn(prosjekt, av=request.user):
                messages.success(request, _kvittering(prosjekt))
            return redirect(prosjekt)
        except handlinger.Mangler:
            pass  # the page says what
        except overganger.UmuligOvergang as feil:
            messages.error(request, feil.melding)
            return redirect(prosjekt)
    elif not _kan_sende_inn(prosjekt, request.user):
        return redirect(prosjekt)
    svar = krav.les(prosjekt)
    mangler = [
        {"tekst": s.mangler, "adresse": f"{skjemadata.adresse(prosjekt, s.seksjon)}#id_{s.felt}"}
        for s in krav.mangler(svar)
    ]
    kontekst = {
        **_ved(prosjekt),
        "mangler": mangler,
        "samspill": {} if mangler else samspilldata.ved_innsending(prosjekt, request.user),
        "skjemaeier": gjenopptak.merke(request.user),
        **_ramme(request, prosjekt, svar),
    }
    return render(request, "registrering/send_inn.html", kontekst, status=422 if request.method == "POST" else 200)


def _kvittering(prosjekt):
    if prosjekt.status == Status.PUBLISERT:
        return _("«%s» er publisert. KS ser på det i etterkant.") % prosjekt.tittel
    return _("«%s» er sendt til KS. Du får e-post når de har svart.") % prosjekt.tittel


@finnes_fortsatt
def gjor(request, slug, navn):
    """One of the owner's deeds: GET asks, POST does. KS' own are in the queue."""
    if navn not in skjemadata.EIERHANDLINGER:
        raise Http404
    prosjekt = hent(request, slug)
    try:
        overgang = overganger.finn(navn, prosjekt, request.user)
    except overganger.UmuligOvergang as feil:
        messages.error(request, feil.melding)
        return redirect(prosjekt)
    if overgang is None:  # done already: a second click
        return redirect(prosjekt)
    skjema = skjemaer.Begrunnelse(request.POST or None, overgang=overgang) if overgang.ma_gis else None
    if request.method == "POST" and (skjema is None or skjema.is_valid()):
        getattr(handlinger, navn)(prosjekt, av=request.user, **(skjema.cleaned_data if skjema else {}))
        messages.success(request, _("Gjort. %s") % skjemadata.hvem_ser(prosjekt))
        return redirect(prosjekt)
    kontekst = {
        **_ved(prosjekt),
        "skjema": skjema,
        "overskrift": _("%(handling)s «%(tittel)s»?") % {"handling": overgang.etikett, "tittel": prosjekt.tittel},
        "forklaring": skjemadata.EIERHANDLINGER[navn],
        "knapp": overgang.etikett,
        "tilbake": prosjekt.get_absolute_url(),
    }
    return render(request, "registrering/bekreft.html", kontekst)


def slett(request, slug):
    try:
        prosjekt = hent(request, slug, tilgang.kan_slette)
    except Http404:
        if request.method == "POST":  # gone already: a second click
            return redirect("minside")
        raise
    if request.method == "POST":
        handlinger.slett(prosjekt, av=request.user)
        messages.success(request, _("Kladden «%s» er slettet.") % prosjekt.tittel)
        return redirect("minside")
    kontekst = {
        **_ved(prosjekt),
        "overskrift": _("Slette «%s»?") % prosjekt.tittel,
        "forklaring": _("Kladden og alt som står i den, blir borte for godt."),
        "knapp": _("Slett kladden"),
        "farlig": True,
        "tilbake": reverse("prosjekter:rediger", args=[prosjekt.slug]),
    }
    return render(request, "registrering/bekreft.html", kontekst)


@finnes_fortsatt
def bekreft(request, slug):
    prosjekt = hent(request, slug)
    krev(tilgang.er_eier, request.user, prosjekt)
    if request.method == "POST":
        try:
            handlinger.bekreft(prosjekt, av=request.user)
            messages.success(request, _("Takk. Nå ser alle at dette stemmer i dag."))
        except PermissionDenied:
            messages.error(request, _("Bare et publisert prosjekt kan bekreftes."))
    return redirect(prosjekt)


def historikk(request, slug):
    prosjekt = hent(request, slug, tilgang.kan_se_historikk)
    side = Paginator(historikkdata.endringer(prosjekt), ENDRINGER_PER_SIDE).get_page(request.GET.get("side"))
    return render(request, "registrering/historikk.html", {**_ved(prosjekt), "side": side})
