"""KS' one queue: what waits, what is public already, what is with the owners; and deciding, with a reason.

Curators who are not moderators meet the same page with only the proposals to their missions.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from missions.tilgang import kan_avgjore_tilknytning
from partnerskap.felles import gjenopptak
from partnerskap.felles.tilgang import krev
from partnerskap.felles.versjon import Konflikt
from prosjekter import krav, sammenligning, tilgang
from prosjekter.forms.moderering import Begrunnelsesskjema, Kofilter, Svarskjema
from prosjekter.handlinger import mission as mission_handlinger
from prosjekter.handlinger import prosjekt as handlinger
from prosjekter.models import Innholdsmelding, Missiontilknytning, Modereringssak, Prosjekt
from prosjekter.overganger import prosjekt as overganger
from prosjekter.sidedata import prosjekt as sidedata
from prosjekter.sidedata import skjema as skjemadata
from sok.indeks import finn

PER_SIDE = 25
Vedtak = Modereringssak.Vedtak


# ---- The queue -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kodel:
    """One part of the queue."""

    kode: str
    navn: str
    tom: str
    rader: object  # a QuerySet
    antall: int


@require_safe
def ko(request):
    krev(tilgang.kan_se_ko, request.user)
    filter_ = Kofilter(request.GET)
    filter_.is_valid()
    q = filter_.cleaned_data.get("q", "").strip()
    deler = _kodeler(request.user)
    valgt = next((d for d in deler if d.kode == filter_.cleaned_data.get("vis")), deler[0])
    rader = _sok(valgt.rader, q) if q else valgt.rader
    side = Paginator(rader, PER_SIDE).get_page(request.GET.get("side"))
    return render(
        request,
        "moderering/ko.html",
        {
            "deler": deler,
            "valgt": valgt,
            "side": side,
            "q": q,
            "eldste": valgt.rader.first() if valgt.kode in ("venter", "etterkontroll", "missions") else None,
            "kan_moderere": tilgang.kan_moderere(request.user),
            "antall_meldinger": Innholdsmelding.objects.synlige_for(request.user).apne().count(),
            "viser_eksempeldata": any(rad.prosjekt.er_eksempel for rad in side),
        },
    )


def _sok(rader, q):
    """Among what stands there and nothing else: a draft must not decide what is nearest."""
    prosjekter = Prosjekt.objects.filter(pk__in=rader.order_by().values("prosjekt"))
    return rader.filter(prosjekt__in=finn(prosjekter, q).rader.order_by().values("pk"))


def _kodeler(bruker):
    """The parts this person has to do with. The first is where the day begins."""
    deler = []
    if tilgang.kan_moderere(bruker):
        saker = Modereringssak.objects.for_ko().synlige_for(bruker)
        deler += [
            _kodel("venter", _("Venter på KS"), _("Køen er tom. Ingen venter på svar fra KS."), saker.til_vurdering()),
            _kodel(
                "etterkontroll",
                _("Se etterpå"),
                _("Alt som er publisert uten forhåndskontroll, er sett."),
                saker.etterkontroll(),
            ),
        ]
    forslag = Missiontilknytning.objects.ventende_for(bruker).select_related(
        "prosjekt__eier", "mission", "foreslatt_av"
    )
    if tilgang.kan_svare_paa_forslag(bruker):
        deler.append(
            _kodel("missions", _("Forslag til missions"), _("Ingen prosjekter venter på svar fra en kurator."), forslag)
        )
    if tilgang.kan_moderere(bruker):
        deler += [
            _kodel("hos_eieren", _("Hos eieren"), _("Ingen prosjekter er til retting."), saker.hos_eieren()),
            _kodel("avgjort", _("Avgjort"), _("Ingen saker er avgjort ennå."), saker.avgjorte()),
        ]
    return deler


def _kodel(kode, navn, tom, rader):
    return Kodel(kode, navn, tom, rader, rader.count())


# ---- One case ------------------------------------------------------------------------------------------------------


@require_safe
def sak(request, pk):
    return _vis_sak(request, _hent_sak(request, pk))


@dataclass(frozen=True)
class Avgjorelse:
    """One of KS' deeds on a case: the button, and what is said when it is done."""

    overgang: str  # in overganger; empty for «seen», which moves nothing
    melding: str
    krever_grunn: bool = False


AVGJORELSER = {
    "publiser": Avgjorelse("publiser", gettext_lazy("«%(tittel)s» er publisert. Eieren får beskjed på e-post.")),
    "retting": Avgjorelse(
        "send_til_retting", gettext_lazy("«%(tittel)s» er sendt til retting. Eieren får begrunnelsen på e-post."), True
    ),
    "sett": Avgjorelse("", gettext_lazy("«%(tittel)s» er sett.")),
    "ta-ned": Avgjorelse(
        "avpubliser", gettext_lazy("«%(tittel)s» er tatt ned. Eieren får begrunnelsen på e-post."), True
    ),
    "publiser-igjen": Avgjorelse(
        "publiser_igjen", gettext_lazy("«%(tittel)s» er publisert igjen. Eieren får beskjed på e-post.")
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def avgjor(request, pk, handling):
    """Publish, return, take down or mark as seen. The one who comes second is told who was first; nothing is undone.

    GET decides nothing: it is where a sign-in that ran out leads back to, with what was typed.
    """
    sak = _hent_sak(request, pk)
    avgjorelse = AVGJORELSER.get(handling)
    if avgjorelse is None:
        raise Http404
    if request.method != "POST":
        skrevet = gjenopptak.hent(request)
        return _vis_sak(request, sak, skjema=Begrunnelsesskjema(skrevet) if skrevet else None)
    skjema = Begrunnelsesskjema(request.POST) if avgjorelse.krever_grunn else None
    if not sak.er_siste or (sak.avgjort_tid and handling in ("publiser", "retting", "sett")):
        return _vis_sak(request, sak, skjema=skjema, kollisjon=_hvem_var_forst(sak), status=409)
    if skjema and not skjema.is_valid():
        return _vis_sak(request, sak, skjema=skjema)
    try:
        gjort = _gjor(request, sak, avgjorelse, skjema)
    except Konflikt:
        melding = _("Prosjektet er endret siden du åpnet saken. Les det nye før du avgjør.")
        return _vis_sak(request, _hent_sak(request, pk), skjema=skjema, kollisjon=melding, status=409)
    except overganger.UmuligOvergang:
        gjort = False
    except handlinger.Mangler as mangler:
        melding = _("Prosjektet kan ikke publiseres ennå. Dette mangler: %(hva)s.") % {
            "hva": ", ".join(str(s.mangler) for s in mangler.sporsmal)
        }
        return _vis_sak(request, sak, kollisjon=melding, status=409)
    if not gjort:
        sak = _hent_sak(request, pk)
        return _vis_sak(request, sak, skjema=skjema, kollisjon=_hvem_var_forst(sak), status=409)
    gjenopptak.glem(request)
    messages.success(request, avgjorelse.melding % {"tittel": sak.prosjekt.tittel})
    return redirect("prosjekter:ko")


def _gjor(request, sak, avgjorelse, skjema):
    versjon = request.POST.get("versjon", "")
    versjon = int(versjon) if versjon.isdecimal() and len(versjon) < 10 else 0
    if not avgjorelse.overgang:
        return handlinger.merk_sett(sak, av=request.user, versjon=versjon or None)
    ord_ = skjema.cleaned_data if skjema else {}
    if avgjorelse.overgang == "publiser":
        ord_ = {"versjon": versjon}
    return getattr(handlinger, avgjorelse.overgang)(sak.prosjekt, av=request.user, **ord_)


@require_http_methods(["GET", "HEAD", "POST"])
def ta_ned(request, slug):
    """Take down any published project, also one that has never been a case."""
    prosjekt = get_object_or_404(Prosjekt.objects.synlige_for(request.user).select_related("eier"), slug=slug)
    krev(tilgang.kan_moderere, request.user)
    skjema = Begrunnelsesskjema(request.POST if request.method == "POST" else gjenopptak.hent(request))
    if request.method == "POST" and skjema.is_valid():
        try:
            handlinger.avpubliser(prosjekt, av=request.user, **skjema.cleaned_data)
            gjenopptak.glem(request)
            messages.success(request, AVGJORELSER["ta-ned"].melding % {"tittel": prosjekt.tittel})
        except overganger.UmuligOvergang as feil:
            messages.error(request, feil.melding)
        return redirect(prosjekt)
    return render(
        request, "moderering/ta_ned.html", {"prosjekt": prosjekt, "skjema": skjema, **_om_skrevet(request, skjema)}
    )


def _om_skrevet(request, skjema):
    """For the forms here: the mark that lets text survive a lost sign-in, and whether that just happened."""
    return {
        "skjemaeier": gjenopptak.merke(request.user),
        "gjenopptatt": request.method != "POST" and skjema.is_bound,
    }


def _hent_sak(request, pk):
    """The case, for those who see its project. 403 for those who may not decide."""
    synlige = Modereringssak.objects.for_ko().synlige_for(request.user)
    sak = get_object_or_404(synlige, pk=pk)
    krev(tilgang.kan_moderere, request.user)
    return sak


def _hvem_var_forst(sak):
    """Who decided, when and what, in a sentence."""
    if not sak.er_siste:
        sak = Modereringssak.objects.select_related("avgjort_av").filter(prosjekt=sak.prosjekt_id).latest("pk")
        if not sak.avgjort_tid:
            return _("Prosjektet er sendt inn på nytt siden. Svaret ditt er ikke lagret: avgjør den nyeste saken.")
    if not sak.avgjort_tid:
        return _("Prosjektet er flyttet på siden du åpnet saken. Svaret ditt er ikke lagret.")
    return _("%(hvem)s har alt avgjort saken: %(vedtak)s %(tid)s. Svaret ditt er ikke lagret.") % {
        "hvem": sak.avgjort_av or _("Noen"),
        "vedtak": sak.get_vedtak_display().lower(),
        "tid": date_format(sak.avgjort_tid, r"j. F \k\l. H.i"),
    }


def _vis_sak(request, sak, *, skjema=None, kollisjon="", status=200):
    prosjekt = get_object_or_404(sidedata.for_side(Prosjekt.objects.synlige_for(request.user)), pk=sak.prosjekt_id)
    runder = list(
        Modereringssak.objects.med_runder()
        .filter(prosjekt=prosjekt)
        .exclude(pk=sak.pk)
        .select_related("innsendt_av", "avgjort_av")
        .order_by("-pk")
    )
    forrige = next((r for r in runder if r.pk < sak.pk and r.vedtak not in ("", Vedtak.TRUKKET)), None)
    skjema = skjema or Begrunnelsesskjema()
    return render(
        request,
        "moderering/sak.html",
        {
            **sidedata.prosjektside(prosjekt, request.user),
            "sak": sak,
            "nyeste": runder[0] if not sak.er_siste else None,
            "runder": [r for r in runder if r.pk < sak.pk],
            "forrige": forrige,
            "forskjeller": sammenligning.endret_siden(prosjekt, forrige.versjon, forrige.avgjort_tid)
            if forrige
            else None,
            "advarsler": skjemadata.personadvarsler(krav.les(prosjekt)),
            "kan": _knapper(sak, prosjekt, request.user),
            "skjema": skjema,
            "kollisjon": kollisjon,
            **_om_skrevet(request, skjema),
        },
        status=status,
    )


def _knapper(sak, prosjekt, bruker):
    """The names of KS' deeds that can be done on this case now."""
    if not sak.er_siste:
        return set()
    mulige = {o.navn for o in overganger.mulige(prosjekt, bruker) if o.hvem is tilgang.kan_moderere}
    kan = {handling for handling, a in AVGJORELSER.items() if a.overgang in mulige}
    return kan | ({"sett"} if sak.er_etterkontroll and not sak.avgjort_tid else set())


# ---- Proposals to missions -----------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def forslag(request, pk):
    """A project proposed to a mission: the mission's own curator answers, and may change her mind."""
    tilknytning = get_object_or_404(
        Missiontilknytning.objects.select_related("mission", "foreslatt_av", "avgjort_av"),
        pk=pk,
        prosjekt__in=Prosjekt.objects.synlige_for(request.user),
    )
    krev(kan_avgjore_tilknytning, request.user, tilknytning.mission)
    sendt = request.method == "POST"
    skjema = Svarskjema(request.POST if sendt else gjenopptak.hent(request), initial={"sett": tilknytning.svar})
    if not (sendt and skjema.is_valid()):
        return _vis_forslag(request, tilknytning, skjema)
    if not mission_handlinger.avgjor_tilknytning(tilknytning, av=request.user, **skjema.cleaned_data):
        naa = Missiontilknytning.objects.select_related("mission", "avgjort_av", "foreslatt_av").filter(pk=pk).first()
        if naa is None:
            messages.info(request, _("Eieren har trukket forslaget."))
            return redirect(f"{reverse('prosjekter:ko')}?vis=missions")
        return _vis_forslag(request, naa, skjema, kollisjon=True, status=409)
    gjenopptak.glem(request)
    ja = tilknytning.svar == Missiontilknytning.Svar.GODTATT
    melding = _("Prosjektet er med i missionen.") if ja else _("Svaret er sendt til eieren.")
    messages.success(request, melding)
    return redirect(f"{reverse('prosjekter:ko')}?vis=missions")


def _vis_forslag(request, tilknytning, skjema, *, kollisjon=False, status=200):
    prosjekter = sidedata.for_side(Prosjekt.objects.synlige_for(request.user))
    prosjekt = get_object_or_404(prosjekter, pk=tilknytning.prosjekt_id)
    return render(
        request,
        "moderering/forslag.html",
        {
            **sidedata.prosjektside(prosjekt, request.user),
            "tilknytning": tilknytning,
            "skjema": skjema,
            "kollisjon": kollisjon,
            **_om_skrevet(request, skjema),
        },
        status=status,
    )
