"""Topics as people meet them from a web search: what is tried, how it went, where, and what belongs with it."""

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse

from missions.models import Mission, Utfordring
from partnerskap.felles.felles_sider import for_alle
from partnerskap.felles.ferdig_sql import ferdig_sql
from partnerskap.sider import sammendrag
from prosjekter.fasettindeks import JA
from prosjekter.kodeverk import Utfall
from prosjekter.models import Klassifisering, Prosjekt, Utfordringssvar
from prosjekter.sidedata import laering as laeringsdata
from prosjekter.stedstall import som_i_listen, stedstall
from prosjekter.tema import INGRESSER, LISTENAVN, TEMAER, antall_per_tema, beslektede
from prosjekter.utvalg import Utvalg

NYE, PA_HYLLE, BESLEKTEDE, MISSIONS = 5, 3, 8, 5


@for_alle
def liste(request):
    synlige = Utvalg.for_bruker(request.user)
    antall = antall_per_tema(synlige)
    grupper = [
        (
            kode.value,
            LISTENAVN[kode],
            [(tema, antall.get(tema.slug, 0)) for tema in TEMAER.values() if tema.liste == kode],
        )
        for kode in INGRESSER
    ]
    return render(
        request, "tema/liste.html", {"grupper": grupper, "viser_eksempeldata": bool(synlige.med("eksempel", JA))}
    )


@for_alle
def tema(request, slug):
    """A topic by its slug. The code itself, with underscores, leads here too."""
    if slug not in TEMAER:
        if (riktig := slug.replace("_", "-").lower()) in TEMAER:
            return redirect(TEMAER[riktig], permanent=True)
        raise Http404
    return render(request, "tema/tema.html", _innhold(request, TEMAER[slug]))


def _innhold(request, tema):
    synlige = Utvalg.for_bruker(request.user)
    prosjekter = tema.av(synlige)
    virket_ikke = prosjekter.med("utfall", Utfall.VIRKET_IKKE)
    tellinger = sammendrag.tell(prosjekter)
    per_utfall = dict(sammendrag.per_utfall(tellinger))
    liste = reverse("prosjekter:liste")
    steder = stedstall(prosjekter)
    missions = _missions(prosjekter, request.user)
    behov = _behov(tema.liste, tema.verdi, [mission.pk for mission, _antall in missions], bruker=request.user)
    return {
        "tema": tema,
        "antall": sum(per_utfall.values()),
        "antall_steder": steder.antall_kommuner,
        "tellinger": list(per_utfall.items()),
        "setning": sammendrag.utfallssetning(per_utfall),
        "faser": sammendrag.faser(tellinger, lambda fase: liste + tema.sporring(fase=fase)),
        "nyeste": prosjekter.forste(NYE),
        "virket_ikke": virket_ikke.forste(PA_HYLLE),
        "antall_virket_ikke": virket_ikke.antall,
        "laeringskort": laeringsdata.hylle(_laering(tema.liste, tema.verdi, bruker=request.user), PA_HYLLE),
        "gjenbrukte": prosjekter.med("gjenbrukt", JA).forste(PA_HYLLE, "gjenbruk"),
        "kart": som_i_listen(steder.kart(lambda fylke: liste + tema.sporring(fylke=fylke)), prosjekter),
        "beslektede": beslektede(tema, synlige, BESLEKTEDE),
        "missions": missions,
        "behov": behov,
        "prosjektliste": liste + tema.sporring(),
        "virket_ikke_adresse": liste + tema.sporring(utfall=Utfall.VIRKET_IKKE),
        "feed_adresse": reverse("prosjekter:nye") + tema.sporring(),
        "viser_eksempeldata": any(b.er_eksempel for b in behov) or bool(prosjekter.med("eksempel", JA)),
    }


def _missions(prosjekter, bruker):
    """The missions most of the projects belong to, as pairs of mission and how many."""
    antall = prosjekter.per("mission")
    missions = Mission.objects.synlige_for(bruker).filter(slug__in=antall).order_by("pk")
    return sorted(((m, antall[m.slug]) for m in missions), key=lambda par: -par[1])[:MISSIONS]


@ferdig_sql
def _laering(liste, verdi, *, bruker):
    """What projects about this learnt did not work."""
    om_dette = Klassifisering.objects.filter(prosjekt=OuterRef("prosjekt"), liste=liste, verdi=verdi)
    return laeringsdata.til_hylle(bruker).filter(Exists(om_dette.order_by()))[: laeringsdata.SETT_PA]


@ferdig_sql
def _behov(liste, verdi, missions, *, bruker):
    """The shared needs that projects about this answer, and those in the same missions; what most carry first."""
    prosjekter = Prosjekt.objects.synlige_for(bruker).publiserte()
    prosjekter = prosjekter.filter(klassifiseringer__liste=liste, klassifiseringer__verdi=verdi)
    besvart = Utfordringssvar.objects.filter(prosjekt__in=prosjekter.order_by().values("pk")).order_by()
    treff = Q(pk__in=besvart.values("utfordring")) | Q(mission__blant=missions)
    return Utfordring.objects.publiserte().filter(treff).for_rad().order_by("-antall", "-pk")[:PA_HYLLE]


urlpatterns = [path("", liste, name="temaer"), path("<slug:slug>/", tema, name="tema")]
