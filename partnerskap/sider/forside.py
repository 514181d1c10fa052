"""The front page: what this is, and the three things people come for, drawn from what is really published."""

from collections import Counter
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse

from missions.models import Mission, Samfunnsutfordring
from partnerskap.felles import innhold
from partnerskap.felles.felles_sider import for_alle
from partnerskap.felles.ferdig_sql import ferdig_sql
from partnerskap.felles.templatetags.portal import UTFALLSFARGER
from partnerskap.sider.sammendrag import per_utfall, tell
from prosjekter.fasettindeks import JA
from prosjekter.kodeverk import Kodeliste, Utfall
from prosjekter.sidedata import laering as laeringsdata
from prosjekter.stedstall import stedstall
from prosjekter.tema import tema_for
from prosjekter.utvalg import Utvalg

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


def oversikt(utvalg):
    """One dot a municipality: its newest work. Owners without a place on the map are counted, but not drawn.

    A place is a municipality's number, or the point that an example organisation has been given.
    """
    steder = stedstall(utvalg)
    return Oversikt(
        antall=steder.antall,
        antall_kommuner=steder.antall_kommuner,
        per_utfall=sum(steder.eiere.values(), Counter()),
        prikker=steder.prikker,
        fylker=steder.kart(lambda nummer: reverse("fylkesside", args=[nummer])).rader,
        har_eksempler=bool(utvalg.med("eksempel", JA)),
    )


def vanlige_omrader(utvalg):
    """The service areas with most projects."""
    per_omrade = utvalg.per(Kodeliste.TJENESTEOMRADE)
    vanligst = sorted(per_omrade, key=lambda kode: (-per_omrade[kode], kode))
    return [tema for kode in vanligst if (tema := tema_for(Kodeliste.TJENESTEOMRADE, kode))][:ANTALL_OMRADER]


@ferdig_sql
def _laering(*, bruker):
    return laeringsdata.til_hylle(bruker)[: laeringsdata.SETT_PA]


@ferdig_sql
def _missions(*, bruker):
    return Mission.objects.synlige_for(bruker).select_related("samfunnsutfordring")[:ANTALL_MISSIONS]


@for_alle
def forside(request):
    # The same page for everyone: what is open. What is for the sector or for participants is found in the lists.
    besokende = AnonymousUser()
    prosjekter = Utvalg.for_bruker(besokende)
    tall = innhold.husk(("forside", prosjekter.indeks.merke), lambda: oversikt(prosjekter))
    missions = _missions(bruker=besokende)
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
            "omrader": vanlige_omrader(prosjekter),
            "missions": [(m, per_utfall(tell(prosjekter.med("mission", m.slug)))) for m in missions],
            "utfordringer": [] if missions else Samfunnsutfordring.objects.filter(er_prioritert=True),
            "virket_ikke": prosjekter.med("utfall", Utfall.VIRKET_IKKE).forste(ANTALL_PA_HYLLE),
            "laeringskort": laeringsdata.hylle(_laering(bruker=besokende), ANTALL_PA_HYLLE),
            "nyeste": prosjekter.forste(ANTALL_NYE),
            "viser_eksempeldata": tall.har_eksempler or any(mission.er_eksempel for mission in missions),
        },
    )
