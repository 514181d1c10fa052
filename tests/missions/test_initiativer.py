"""Initiatives elsewhere: written by curators in the portal, read by all, shown on the missions they work towards."""

import uuid

import pytest
from django.urls import reverse

from missions.models import EksterntInitiativ
from tests.fabrikker import lag_initiativ, lag_mission
from tests.rollebesetning import ROLLER

pytestmark = pytest.mark.django_db
NY = "/initiativer/ny/"


def felt(**endret):
    return {
        "nokkel": str(uuid.UUID(int=7)),
        "navn": "Felles løft",
        "eier": "Prøvedirektoratet",
        "beskrivelse": "Tilskudd til los.",
        "url": "prove.example/los",
        "aktiv": "on",
        **endret,
    }


def html(klient, ting):
    svar = klient.get(ting.get_absolute_url())
    assert svar.status_code == 200
    return svar.content.decode()


def test_kuratoren_skriver_og_alle_leser_det_paa_missionen(som):
    mission, annen = lag_mission("Ingen unge på vent"), lag_mission("Plass til vannet")

    for _klikk in range(2):
        assert som("missionkurator").post(NY, felt(missions=[mission.pk])).status_code == 302

    initiativ = EksterntInitiativ.objects.get()
    assert (initiativ.slug, initiativ.url) == ("felles-loft", "https://prove.example/los")
    assert "Andre som arbeider med dette" in html(som("anonym"), mission)
    assert "Felles løft" in html(som("anonym"), mission)
    assert "Felles løft" not in html(som("anonym"), annen)
    assert "Ingen unge på vent" in html(som("anonym"), initiativ)
    assert "Felles løft" in som("anonym").get(reverse("initiativer:liste")).content.decode()


def test_bare_kuratorer_skriver(som):
    initiativ = lag_initiativ()
    for adresse in (NY, reverse("initiativer:rediger", args=[initiativ.slug])):
        status = {rolle: som(rolle).get(adresse).status_code for rolle in ROLLER}

        assert {rolle for rolle, s in status.items() if s == 200} == {"missionkurator", "administrator"}
        assert set(status.values()) == {200, 302, 403}


def test_det_som_er_over_ser_bare_kuratorer(som):
    mission = lag_mission()
    initiativ = lag_initiativ("Over og ut", aktiv=False, missions=[mission])

    assert som("anonym").get(initiativ.get_absolute_url()).status_code == 404
    assert "Over og ut" not in som("anonym").get(reverse("initiativer:liste")).content.decode()
    assert "Over og ut" not in html(som("missionkurator"), mission)
    assert "Bare kuratorer ser denne siden" in html(som("missionkurator"), initiativ)


def test_en_skjult_mission_nevnes_ikke(som):
    initiativ = lag_initiativ(missions=[lag_mission("Hemmelig mission", er_publisert=False)])

    assert "Hemmelig mission" not in html(som("anonym"), initiativ)
    assert "Hemmelig mission" in html(som("missionkurator"), initiativ)


def test_historikken_har_missions_med(som):
    mission = lag_mission("Ingen unge på vent")
    initiativ = lag_initiativ()
    data = felt(versjon=1, missions=[mission.pk])

    som("missionkurator").post(reverse("initiativer:rediger", args=[initiativ.slug]), data)

    side = som("missionkurator").get(reverse("initiativer:endringer", args=[initiativ.slug])).content.decode()
    assert "Ingen unge på vent" in side
    assert "Felles løft" in side


def test_to_kuratorer_samtidig(som):
    """Different fields are merged, missions are added up, and the same field shows both texts."""
    en, annen = lag_mission("Den ene"), lag_mission("Den andre")
    initiativ = lag_initiativ("Felles løft", eier="Prøvedirektoratet", beskrivelse="Tilskudd til los.")
    adresse = reverse("initiativer:rediger", args=[initiativ.slug])
    forste, andre = som("missionkurator"), som("administrator")

    forste.post(adresse, felt(versjon=1, eier="Et annet direktorat", missions=[en.pk]))
    andre.post(adresse, felt(versjon=1, missions=[annen.pk], url=initiativ.url))

    assert set(initiativ.missions.all()) == {en, annen}
    konflikt = andre.post(adresse, felt(versjon=1, eier="Et tredje direktorat", missions=[annen.pk]))
    assert konflikt.status_code == 409
    assert "Et annet direktorat" in konflikt.content.decode()
    assert "Et tredje direktorat" in konflikt.content.decode()


@pytest.mark.parametrize(
    ("feil", "melding"),
    [({"navn": ""}, "Fyll ut"), ({"url": "javascript:alert(1)"}, "gyldig"), ({"url": "x" * 400}, "300"),
     ({"periode_fra": "2026-01-01", "periode_til": "2025-01-01"}, "Perioden må slutte"), ({"missions": ["999", "x"]}, "x")],
)  # fmt: skip
def test_daarlig_utfylt_kommer_tilbake_med_beskjed(som, feil, melding):
    svar = som("missionkurator").post(NY, felt(**feil))

    assert svar.status_code == 200
    assert melding in svar.content.decode()
    assert "Tilskudd til los." in svar.content.decode()
    assert not EksterntInitiativ.objects.exists()


@pytest.mark.parametrize("antall", [1, 3])
def test_listen_spoer_like_mye(client, antall, django_assert_num_queries):
    for _nr in range(antall):
        lag_initiativ(missions=[lag_mission(), lag_mission()])

    with django_assert_num_queries(4):
        client.get(reverse("initiativer:liste"))
