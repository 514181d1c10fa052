"""Challenges, missions and main projects as the public meets them: what KS wants, and what people try."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.generic import RedirectView

from kommuner.kodeverk import Sektor
from kommuner.models import Organisasjon
from missions.models import EksterntInitiativ, Hovedprosjekt, Mission, Samfunnsutfordring, Utfordring
from missions.tilgang import kan_kuratere, kan_se_historikk
from partnerskap.felles.felles_sider import for_alle
from partnerskap.sider.felt import tegn_felt
from partnerskap.sider.sammendrag import per_utfall, tell
from prosjekter.fasettindeks import JA
from prosjekter.kodeverk import Fase, Utfall
from prosjekter.models import Barriere, Deltakelse, Prosjekt
from prosjekter.sidedata import barriere as barrieredata
from prosjekter.sidedata import samspill as samspilldata
from prosjekter.stedstall import som_i_listen, stedstall
from prosjekter.utvalg import Utvalg

PER_FASE = 3  # projects shown by name in each phase of a mission; the list has the rest
PER_SEKTOR = 8  # organisations shown by name in each sector
PER_SIDE = 20
VISTE_INITIATIVER = 6
VISTE_BEHOV = 5  # shared needs on a mission's page; the list has the rest


@for_alle
def liste(request):
    """All challenges, each with its missions and main projects."""
    utfordringer = list(Samfunnsutfordring.objects.med_innhold(request.user))
    missions = [mission for utfordring in utfordringer for mission in utfordring.missions.all()]
    _legg_ved_tellinger(missions, request.user)
    return render(
        request,
        "missions/liste.html",
        {
            "utfordringer": utfordringer,
            "uten_utfordring": Hovedprosjekt.objects.filter(samfunnsutfordring=None),
            "kan_kuratere": kan_kuratere(request.user),
            "viser_eksempeldata": any(mission.viser_eksempler for mission in missions),
        },
    )


@for_alle
def samfunnsutfordring(request, slug):
    utfordring = get_object_or_404(Samfunnsutfordring.objects.med_innhold(request.user), slug=slug)
    missions = list(utfordring.missions.all())
    _legg_ved_tellinger(missions, request.user)
    return render(
        request,
        "missions/samfunnsutfordring.html",
        {
            "utfordring": utfordring,
            "missions": missions,
            "kan_kuratere": kan_kuratere(request.user),
            "kan_se_historikk": kan_se_historikk(request.user),
            "viser_eksempeldata": any(mission.viser_eksempler for mission in missions),
        },
    )


@for_alle
def hovedprosjekt(request, slug):
    hovedprosjekt = get_object_or_404(Hovedprosjekt.objects.select_related("samfunnsutfordring"), slug=slug)
    mission = Mission.objects.synlige_for(request.user).filter(pk=hovedprosjekt.mission_id).first()
    prosjekter = Prosjekt.objects.publiserte().synlige_for(request.user).filter(hovedprosjekt=hovedprosjekt)
    side = Paginator(prosjekter.for_kort(), PER_SIDE).get_page(request.GET.get("side"))
    return render(
        request,
        "missions/hovedprosjekt.html",
        {
            "hovedprosjekt": hovedprosjekt,
            "mission": mission,
            "side": side,
            "kan_kuratere": kan_kuratere(request.user),
            "kan_se_historikk": kan_se_historikk(request.user),
            "viser_eksempeldata": any(p.er_eksempel for p in side) or bool(mission and mission.er_eksempel),
        },
    )


@for_alle
def mission(request, slug):
    """One mission: why, where to, what is tried by phase, and who takes part."""
    mission = get_object_or_404(
        Mission.objects.synlige_for(request.user).select_related("samfunnsutfordring", "kurator"), slug=slug
    )
    prosjekter = Prosjekt.objects.publiserte().synlige_for(request.user).i_mission(mission)
    utvalg = Utvalg.for_bruker(request.user).med("mission", mission.slug)
    tellinger = tell(utvalg)
    faser = _faser(prosjekter, tellinger)
    sektorer = _sektorer(prosjekter)
    meldte = Barriere.objects.synlige_for(request.user).meldte().i_mission(mission)
    barrierer = barrieredata.samlet(list(barrieredata.nyeste(meldte)))
    return render(
        request,
        "missions/mission.html",
        {
            "mission": mission,
            "hovedprosjekter": mission.hovedprosjekter.all(),
            "antall": sum(tellinger.values()),
            "antall_kommuner": sum(s.antall for s in sektorer if s.kode == Sektor.KOMMUNE),
            "antall_virket_ikke": sum(n for (_fase, u), n in tellinger.items() if u == Utfall.VIRKET_IKKE),
            "felt": tegn_felt(tellinger),
            "utfall": [(u.value, u.label) for u in Utfall if any(u == brukt for _fase, brukt in tellinger)],
            "faser": faser,
            "sektorer": sektorer,
            "kart": _kart(mission, utvalg),
            "behov": Utfordring.objects.i_mission(mission).for_kort().order_by("-antall", "-pk")[: VISTE_BEHOV + 1],
            "vis_behov": VISTE_BEHOV,
            "barrierer": barrierer,
            "initiativer": EksterntInitiativ.objects.i_mission(mission)[: VISTE_INITIATIVER + 1],
            "vis_initiativer": VISTE_INITIATIVER,
            "samspill": samspilldata.om("mission", mission, request.user),
            "overlapp": samspilldata.overlapp_i(mission, request.user) if kan_kuratere(request.user) else None,
            "nytt_prosjekt": f"{reverse('prosjekter:ny')}?mission={mission.slug}",
            "kan_kuratere": kan_kuratere(request.user),
            "kan_se_historikk": kan_se_historikk(request.user),
            "viser_eksempeldata": mission.er_eksempel
            or barrierer["viser_eksempeldata"]
            or any(p.er_eksempel for fase in faser for p in fase.prosjekter),
        },
    )


@dataclass(frozen=True)
class Faserad:
    """One phase of a mission: how many by outcome, and the newest by name."""

    kode: str
    navn: str
    tellinger: list
    ord: list
    prosjekter: list

    @property
    def antall(self):
        return sum(antall for _utfall, antall in self.tellinger)

    @property
    def har_flere(self):
        return self.antall > len(self.prosjekter)


@dataclass(frozen=True)
class Sektorrad:
    kode: str
    navn: str
    antall: int
    organisasjoner: list

    @property
    def antall_andre(self):
        return self.antall - len(self.organisasjoner)


def _kart(mission, utvalg):
    """Where it is tried; a county leads to the list of its projects in the mission."""
    liste = f"{reverse('prosjekter:liste')}?mission={mission.slug}"
    return som_i_listen(stedstall(utvalg).kart(lambda fylke: f"{liste}&fylke={fylke}"), utvalg)


def _faser(prosjekter, tellinger):
    """The phases that have projects, each with its newest. One query, whatever the number of phases."""
    nummerert = prosjekter.annotate(
        nummer=Window(RowNumber(), partition_by="fase", order_by=[F("publisert_tid").desc(), F("pk").desc()])
    )
    nyeste = list(nummerert.filter(nummer__lte=PER_FASE).order_by("nummer").select_related("eier"))
    rader = []
    for fase in Fase:
        i_fasen = [(Utfall(utfall), antall) for (f, utfall), antall in tellinger.items() if f == fase]
        if i_fasen:
            rader.append(
                Faserad(
                    kode=fase.value,
                    navn=fase.label,
                    tellinger=[(utfall.value, antall) for utfall, antall in i_fasen],
                    ord=[(utfall.label, antall) for utfall, antall in i_fasen],
                    prosjekter=[p for p in nyeste if p.fase == fase],
                )
            )
    return rader


def _sektorer(prosjekter):
    """Who takes part now, by sector: the first names and how many there are. One query."""
    deltar = Deltakelse.objects.aktive().filter(prosjekt__in=prosjekter.values("pk"))
    organisasjoner = (
        Organisasjon.objects.filter(pk__in=deltar.values("organisasjon"))
        .annotate(
            nummer=Window(RowNumber(), partition_by="sektor", order_by=["sorteringsnokkel", "pk"]),
            i_sektoren=Window(Count("pk"), partition_by="sektor"),
        )
        .filter(nummer__lte=PER_SEKTOR)
        .select_related("kommune")
        .order_by("sorteringsnokkel", "pk")
    )
    etter_sektor = {}
    for organisasjon in organisasjoner:
        etter_sektor.setdefault(organisasjon.sektor, []).append(organisasjon)
    return [
        Sektorrad(
            kode=sektor.value,
            navn=sektor.label,
            antall=etter_sektor[sektor][0].i_sektoren,
            organisasjoner=etter_sektor[sektor],
        )
        for sektor in Sektor
        if sektor in etter_sektor
    ]


def _legg_ved_tellinger(missions, bruker):
    """Give each mission `tellinger`, its visible projects by outcome, for missionkort."""
    synlige = Utvalg.for_bruker(bruker)
    for mission in missions:
        utvalg = synlige.med("mission", mission.slug)
        mission.viser_eksempler = mission.er_eksempel or bool(utvalg.med("eksempel", JA))
        mission.tellinger = per_utfall(tell(utvalg))


til_lista = login_not_required(RedirectView.as_view(pattern_name="missions:liste", permanent=True))

urlpatterns = [
    path("", liste, name="liste"),
    path("utfordringer/", til_lista, name="alle_utfordringer"),
    path("utfordringer/<slug:slug>/", samfunnsutfordring, name="samfunnsutfordring"),
    path("hovedprosjekter/", til_lista, name="alle_hovedprosjekter"),
    path("hovedprosjekter/<slug:slug>/", hovedprosjekt, name="hovedprosjekt"),
]
