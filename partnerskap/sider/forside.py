"""The front page: what this is, and the three things people come for, drawn from what is really published."""

from collections import Counter
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse

from missions.models import Mission, Samfunnsutfordring
from partnerskap.felles.felles_sider import for_alle
from partnerskap.felles.templatetags.portal import UTFALLSFARGER
from prosjekter import fasettindeks
from prosjekter.kodeverk import Kodeliste, Tjenesteomrade, Utfall
from prosjekter.models import Klassifisering, Missiontilknytning, Prosjekt
from prosjekter.stedstall import stedstall
from prosjekter.tema import tema_for

ANTALL_PA_HYLLE = 3
ANTALL_NYE = 5
ANTALL_OMRADER = 4
ANTALL_MISSIONS = 6


@dataclass(frozen=True)
class Oversikt:
    """How many, where and how it went."""

    antall: int
    antall_kommuner: int
    per_utfall: Counter
    prikker: list
    fylker: list
    har_eksempler: bool


def oversikt(prosjekter):
    """One dot a municipality: its newest work. Owners without a place on the map are counted, but not drawn.

    A place is a municipality's number, or the point that an example organisation has been given.
    """
    steder = stedstall(prosjekter)
    return Oversikt(
        antall=steder.antall,
        antall_kommuner=steder.antall_kommuner,
        per_utfall=sum(steder.eiere.values(), Counter()),
        prikker=steder.prikker,
        fylker=steder.kart(lambda nummer: reverse("fylkesside", args=[nummer])).rader,
        har_eksempler=prosjekter.filter(er_eksempel=True).exists(),
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
    """The numbers, kept until something changes: they read every published project."""
    return fasettindeks.naa().husk(
        "forside", lambda: (oversikt(prosjekter), telling_per_mission(prosjekter), vanlige_omrader(prosjekter))
    )


@for_alle
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
