"""Topics as people meet them from a web search: what is tried, how it went, where, and what belongs with it."""

from django.db.models import Count, Q
from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.urls import path, reverse

from missions.models import Mission, Utfordring
from partnerskap.felles.felles_sider import for_alle
from partnerskap.sider import sammendrag
from prosjekter.forms.filtre import ProsjektFilter
from prosjekter.kodeverk import Utfall
from prosjekter.models import Missiontilknytning, Prosjekt, Utfordringssvar
from prosjekter.stedstall import som_i_listen, stedstall
from prosjekter.tema import INGRESSER, LISTENAVN, TEMAER, antall_per_tema, beslektede

NYE, PA_HYLLE, BESLEKTEDE, MISSIONS = 5, 3, 8, 5


@for_alle
def liste(request):
    antall = antall_per_tema(_synlige(request))
    grupper = [
        (
            kode.value,
            LISTENAVN[kode],
            [(tema, antall.get(tema.slug, 0)) for tema in TEMAER.values() if tema.liste == kode],
        )
        for kode in INGRESSER
    ]
    return render(
        request, "tema/liste.html", {"grupper": grupper, "viser_eksempeldata": _har_eksempler(_synlige(request))}
    )


@for_alle
def tema(request, slug):
    """A topic by its slug. The code itself, with underscores, leads here too."""
    if slug not in TEMAER:
        if (riktig := slug.replace("_", "-").lower()) in TEMAER:
            return redirect(TEMAER[riktig], permanent=True)
        raise Http404
    return render(request, "tema/tema.html", _innhold(request, TEMAER[slug]))


def _synlige(request):
    return Prosjekt.objects.publiserte().synlige_for(request.user)


def _har_eksempler(prosjekter):
    return prosjekter.filter(er_eksempel=True).exists()


def _innhold(request, tema):
    synlige = _synlige(request)
    prosjekter = tema.prosjekter(synlige)
    tellinger = sammendrag.tell(prosjekter)
    per_utfall = dict(sammendrag.per_utfall(tellinger))
    liste = reverse("prosjekter:liste")
    steder = stedstall(prosjekter)
    filter_ = ProsjektFilter(QueryDict(tema.sporring()[1:]), synlige, bruker=request.user)
    missions = _missions(prosjekter, request.user)
    behov = _behov(prosjekter, missions)
    return {
        "tema": tema,
        "antall": sum(per_utfall.values()),
        "antall_steder": steder.antall_kommuner,
        "tellinger": list(per_utfall.items()),
        "setning": sammendrag.utfallssetning(per_utfall),
        "faser": sammendrag.faser(tellinger, lambda fase: liste + tema.sporring(fase=fase)),
        "nyeste": prosjekter.for_kort()[:NYE],
        "virket_ikke": prosjekter.filter(utfall=Utfall.VIRKET_IKKE).for_kort()[:PA_HYLLE],
        "antall_virket_ikke": per_utfall.get(Utfall.VIRKET_IKKE, 0),
        "gjenbrukte": prosjekter.gjenbrukte().mest_gjenbrukte_forst().for_kort()[:PA_HYLLE],
        "kart": som_i_listen(steder.kart(lambda fylke: liste + tema.sporring(fylke=fylke)), filter_),
        "beslektede": beslektede(tema, synlige, BESLEKTEDE),
        "missions": missions,
        "behov": behov,
        "prosjektliste": liste + tema.sporring(),
        "virket_ikke_adresse": liste + tema.sporring(utfall=Utfall.VIRKET_IKKE),
        "feed_adresse": reverse("prosjekter:nye") + tema.sporring(),
        "viser_eksempeldata": any(b.er_eksempel for b in behov) or _har_eksempler(prosjekter),
    }


def _missions(prosjekter, bruker):
    """The missions most of the projects belong to, as pairs of mission and how many. Two queries."""
    rader = (
        Missiontilknytning.objects.godtatte()
        .filter(prosjekt__in=prosjekter.order_by().values("pk"), mission__in=Mission.objects.synlige_for(bruker))
        .order_by()
        .values_list("mission")
        .annotate(antall=Count("pk"))
        .order_by("-antall", "mission")[:MISSIONS]
    )
    antall = dict(rader)
    missions = Mission.objects.in_bulk(antall)
    return [(missions[pk], n) for pk, n in antall.items()]


def _behov(prosjekter, missions):
    """The shared needs the projects answer, and those in the same missions; what most carry first."""
    besvart = Utfordringssvar.objects.filter(prosjekt__in=prosjekter.order_by().values("pk"))
    treff = Q(pk__in=besvart.values("utfordring")) | Q(mission__in=[mission.pk for mission, _antall in missions])
    return list(Utfordring.objects.publiserte().filter(treff).for_kort().order_by("-antall", "-pk")[:PA_HYLLE])


urlpatterns = [path("", liste, name="temaer"), path("<slug:slug>/", tema, name="tema")]
