"""Links that lead people on: to what is theirs to do, and from a mission to a project proposed to it."""

import re

import pytest
from django.urls import reverse

from prosjekter.models import Missiontilknytning, Prosjekt
from tests.fabrikker import lag_kommune, lag_mission, lag_organisasjon, lag_prosjekt

NY = reverse("prosjekter:ny")
KO = reverse("prosjekter:ko")


def tekst(svar):
    return svar.content.decode()


# ---- The header ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rolle", ["moderator", "missionkurator", "administrator"])
def test_den_som_har_en_ko_finner_den_fra_alle_sider(som, rolle):
    html = tekst(som(rolle).get("/om/"))

    assert f'href="{KO}"' in html


@pytest.mark.parametrize("rolle", ["anonym", "eier", "ansvarlig", "folgeforsker"])
def test_andre_ser_ingen_ko(som, rolle):
    html = tekst(som(rolle).get("/om/"))

    assert KO not in html


def test_bare_koen_er_merket_som_stedet_man_er_i(som):
    meny = tekst(som("moderator").get(KO)).split('id="meny"')[1].split("</nav>")[0]

    assert re.findall(r'href="([^"]*)" aria-current', meny) == [KO]


# ---- One's own organisation ----------------------------------------------------------------------------------------


def test_den_ansvarlige_finner_medlemmene_fra_organisasjonens_egen_side(som, roller):
    styr = reverse("organisasjoner:styr", args=[roller.kommunen.slug])
    side = roller.kommunen.get_absolute_url()

    assert styr in tekst(som("ansvarlig").get(side))
    assert styr not in tekst(som("eier").get(side))
    assert styr not in tekst(som("anonym").get(side))


def test_kommunens_side_leder_ks_til_medlemmene(som):
    kommune = lag_kommune()
    organisasjon = lag_organisasjon(kommune.navn, kommune=kommune)
    styr = reverse("organisasjoner:styr", args=[organisasjon.slug])

    assert styr in tekst(som("moderator").get(kommune.get_absolute_url()))
    assert styr not in tekst(som("anonym").get(kommune.get_absolute_url()))


# ---- From a mission ------------------------------------------------------------------------------------------------


def registrer(klient, mission):
    svar = {"tittel": "Gapahuken", "utfordring": "Ingen møtes.", "nokkel": "a", "mission": mission}
    skjema = klient.get(NY).context["skjema"]
    return klient.post(NY, {**svar, "eier": skjema["eier"].value()})


def test_missionen_foelger_med_inn_i_registreringen(som):
    mission = lag_mission("Alle med")
    klient = som("eier")

    assert f"{NY}?mission={mission.slug}" in tekst(klient.get(mission.get_absolute_url()))
    html = tekst(klient.get(NY, {"mission": mission.slug}))

    assert "Vi foreslår det til missionen «Alle med»" in html
    assert f'name="mission" value="{mission.slug}"' in html


def test_prosjektet_blir_foreslaatt_til_missionen(som):
    mission = lag_mission()

    registrer(som("eier"), mission.slug)

    tilknytning = Missiontilknytning.objects.get()
    assert (tilknytning.prosjekt.tittel, tilknytning.mission, tilknytning.svar) == ("Gapahuken", mission, "foreslatt")


@pytest.mark.parametrize("mission", ["finnes-ikke", "a b", "x" * 5000, ""])
def test_en_mission_som_ikke_finnes_stopper_ingen(som, mission):
    klient = som("eier")

    assert klient.get(NY, {"mission": mission}).status_code == 200
    registrer(klient, mission)

    assert Prosjekt.objects.get().tittel == "Gapahuken"
    assert not Missiontilknytning.objects.exists()


def test_en_mission_som_ikke_vises_for_alle_kan_ikke_velges(som):
    skjult = lag_mission(er_publisert=False)

    html = tekst(som("eier").get(NY, {"mission": skjult.slug}))

    assert 'name="mission"' not in html


# ---- Small things --------------------------------------------------------------------------------------------------


def test_broedsmulen_har_prosjektets_sprak(client, db):
    prosjekt = lag_prosjekt("Ei bru til bygda", malform="nn")

    html = tekst(client.get(prosjekt.get_absolute_url()))

    assert 'aria-current="page" lang="nn">Ei bru til bygda</a>' in html


def test_ks_far_vite_hvem_som_ser_siden(som):
    prosjekt = lag_prosjekt()

    assert "<strong>Publisert.</strong> Alle kan se denne siden." in tekst(
        som("moderator").get(prosjekt.get_absolute_url())
    )


def test_den_gamle_adressen_til_ikonet_leder_til_ikonet(client):
    svar = client.get("/favicon.ico")

    assert svar.status_code == 302
    assert "ikon" in svar["Location"]
