"""The front page: what this is, and the three things people come for, drawn from what is really published."""

from collections import Counter
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db.models import Count, Max, Q
from django.shortcuts import render
from django.templatetags.static import static

from missions.models import Mission, Samfunnsutfordring
from partnerskap.felles.templatetags.portal import UTFALLSFARGER
from prosjekter.kodeverk import Kodeliste, Tjenesteomrade, Utfall
from prosjekter.models import Klassifisering, Missiontilknytning, Prosjekt
from prosjekter.tema import tema_for

ANTALL_PA_HYLLE = 3
ANTALL_NYE = 5
ANTALL_OMRADER = 4
ANTALL_MISSIONS = 6
SEKUNDER_I_MINNET = 60


@dataclass(frozen=True)
class Oversikt:
    """How many, where and how it went, from one query."""

    antall: int
    antall_kommuner: int
    per_utfall: Counter
    prikker: list
    har_eksempler: bool


def oversikt(prosjekter):
    """One dot a municipality: its newest work. Owners without a place on the map are counted, but not drawn.

    A place is a municipality's number, or the point that an example organisation has been given.
    """
    rader = list(
        prosjekter.order_by()
        .values_list("eier__kommune__nummer", "eier__kart_x", "eier__kart_y", "utfall")
        .annotate(antall=Count("pk"), nyest=Max("endret_tid"), eksempler=Count("pk", filter=Q(er_eksempel=True)))
        .order_by("nyest")
    )
    per_utfall = Counter()
    for *_sted, utfall, antall, _nyest, _eksempler in rader:
        per_utfall[utfall] += antall
    nyeste = {  # later rows win: the newest
        nummer or (x, y): utfall for nummer, x, y, utfall, *_ in rader if nummer or x is not None
    }
    return Oversikt(
        antall=per_utfall.total(),
        antall_kommuner=len(nyeste),
        per_utfall=per_utfall,
        prikker=sorted(nyeste.items(), key=str),
        har_eksempler=any(rad[-1] for rad in rader),
    )


def telling_per_mission(prosjekter):
    """Accepted projects counted by outcome, for each mission."""
    tellinger = {}
    for mission, utfall, antall in (
        Missiontilknytning.objects.filter(svar=Missiontilknytning.Svar.GODTATT, prosjekt__in=prosjekter.order_by())
        .order_by()
        .values_list("mission", "prosjekt__utfall")
        .annotate(antall=Count("pk"))
    ):
        tellinger.setdefault(mission, []).append((utfall, antall))
    return tellinger


def vanlige_omrader(prosjekter):
    """The service areas with most projects."""
    return list(
        Klassifisering.objects.filter(
            liste=Kodeliste.TJENESTEOMRADE, verdi__in=Tjenesteomrade.values, prosjekt__in=prosjekter.order_by()
        )
        .order_by()
        .values_list("verdi")
        .annotate(antall=Count("pk"))
        .order_by("-antall", "verdi")
        .values_list("verdi", flat=True)[:ANTALL_OMRADER]
    )


def tall_for_alle(prosjekter):
    """The numbers, at most a minute old: they read every published project, and the front page is read the most."""
    if not (tall := cache.get("forside")):
        tall = oversikt(prosjekter), telling_per_mission(prosjekter), vanlige_omrader(prosjekter)
        if tall[0].antall:  # the very first project is not kept waiting
            cache.set("forside", tall, SEKUNDER_I_MINNET)
    return tall


@login_not_required
def forside(request):
    # The same page for everyone: what is open. What is for the sector or for participants is found in the lists.
    besokende = AnonymousUser()
    prosjekter = Prosjekt.objects.synlige_for(besokende)
    tall, tellinger, omrader = tall_for_alle(prosjekter)
    missions = list(Mission.objects.synlige_for(besokende).select_related("samfunnsutfordring")[:ANTALL_MISSIONS])
    pa_kartet = {utfall for _sted, utfall in tall.prikker}
    return render(
        request,
        "partnerskap/forside.html",
        {
            "tall": tall,
            "delebilde": request.build_absolute_uri(static("bilder/deling.png")),
            "antall_virket": tall.per_utfall[Utfall.VIRKET],
            "antall_pagar": tall.per_utfall[Utfall.PAGAR],
            "antall_virket_ikke": tall.per_utfall[Utfall.VIRKET_IKKE],
            "forklaring": [(u, Utfall(u).label) for u in UTFALLSFARGER if u in pa_kartet],
            "omrader": [tema_for(Kodeliste.TJENESTEOMRADE, kode) for kode in omrader],
            "missions": [(mission, tellinger.get(mission.pk, [])) for mission in missions],
            "utfordringer": [] if missions else Samfunnsutfordring.objects.filter(er_prioritert=True),
            "virket_ikke": prosjekter.filter(utfall=Utfall.VIRKET_IKKE).for_kort()[:ANTALL_PA_HYLLE],
            "nyeste": prosjekter.for_kort()[:ANTALL_NYE],
            "viser_eksempeldata": tall.har_eksempler or any(mission.er_eksempel for mission in missions),
        },
    )
