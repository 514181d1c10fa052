"""Searches in vain are counted without telling who searched, and what may be about a person is not written down."""

from datetime import date

import pytest
from django.urls import reverse

from sok import tomme
from sok.models import TomtSok
from tests.fabrikker import lag_sokbart

pytestmark = pytest.mark.django_db


def alle():
    return dict(TomtSok.objects.values_list("tekst", "antall"))


def test_det_samme_sokt_paa_flere_maater_er_en_rad():
    for tekst in ("Kjernekraft", "  kjernekraft ", "kjernekraft?"):
        tomme.tell(tekst)

    assert alle() == {"kjernekraft": 3}
    assert TomtSok.objects.get().maaned.day == 1


@pytest.mark.parametrize(
    "tekst",
    [
        "kari@kommune.no",
        "ring 912 34 567",
        "010203 45678",
        "Kari Nordmann",
        "Ola Normann-Hansen",
        "hvem er det",
        "!!!",
        "",
        "mannen i nabohuset som alltid går tur med hunden om natta",
        "x" * 10_000,
    ],
)
def test_det_som_kan_handle_om_noen_skrives_ikke_ned(tekst):
    tomme.tell(tekst)

    assert alle() == {}


def test_en_maskin_som_prover_ord_fyller_ikke_databasen(monkeypatch):
    monkeypatch.setattr(tomme, "MAKS_RADER", 2)

    for ord_ in ("alfa", "beta", "gamma", "alfa"):
        tomme.tell(ord_)

    assert alle() == {"alfa": 2, "beta": 1}


def test_det_som_er_over_ett_aar_gammelt_ryddes_bort():
    tomme.tell("kjernekraft")
    TomtSok.objects.create(tekst="gammelt", maaned=date(2020, 1, 1), antall=9)

    assert [rad["tekst"] for rad in tomme.oftest()] == ["kjernekraft"]
    tomme.rydd()
    assert alle() == {"kjernekraft": 1}


def test_sokesiden_teller_bare_det_den_ikke_finner(client):
    lag_sokbart("Robot i skolen")

    for q in ("robot", "kjernekraft", "kjernekraft"):
        client.get(reverse("sok"), {"q": q})

    assert alle() == {"kjernekraft": 2}


@pytest.mark.parametrize("rolle", ["moderator", "missionkurator", "administrator"])
def test_ks_ser_hva_folk_leter_etter(som, rolle):
    tomme.tell("kjernekraft")

    svar = som(rolle).get(reverse("sok_uten_treff"))

    assert "kjernekraft" in svar.content.decode()


@pytest.mark.parametrize("rolle", ["eier", "fremmed", "folgeforsker"])
def test_andre_ser_det_ikke(som, rolle):
    assert som(rolle).get(reverse("sok_uten_treff")).status_code == 403


@pytest.mark.parametrize("antall", [1, 3])
def test_listen_bruker_like_mange_sporringer(som, django_assert_max_num_queries, antall):
    for i in range(antall):
        tomme.tell(f"søk nummer {'abc'[i]}")
    klient = som("moderator")
    klient.get(reverse("sok_uten_treff"))

    with django_assert_max_num_queries(8):
        klient.get(reverse("sok_uten_treff"))
