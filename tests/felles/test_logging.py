"""The logs tell what happened and where, and nothing about who."""

import json
import logging

import pytest
from django.test import RequestFactory

from partnerskap.felles.logging import JsonFormat, logg_foresporsler, masker
from partnerskap.urls import urlpatterns

NAVN, EPOST = "Kari Nordmann", "kari.nordmann@halden.kommune.no"


@pytest.fixture
def linjer():
    """Everything logged while the test runs, formatted as in production."""
    samlet = []
    mottaker = logging.Handler()
    mottaker.emit = lambda record: samlet.append(JsonFormat().format(record))
    rot = logging.getLogger()
    loggere = [rot, logging.getLogger("django"), logging.getLogger("portal.foresporsel")]
    nivaaer = [logger.level for logger in loggere]
    for logger in loggere:
        logger.addHandler(mottaker)
        logger.setLevel(logging.INFO)
    yield samlet
    for logger, nivaa in zip(loggere, nivaaer, strict=True):
        logger.removeHandler(mottaker)
        logger.setLevel(nivaa)


def test_en_linje_er_ett_jsonobjekt(linjer):
    logging.getLogger("prosjekter").info("publisert %s", 7)

    linje = json.loads(linjer[0])

    assert linje.keys() == {"tid", "nivaa", "logger", "melding"}
    assert (linje["nivaa"], linje["logger"], linje["melding"]) == ("INFO", "prosjekter", "publisert 7")


def test_et_unntak_gir_sted_og_slag_men_ikke_ordene_sine(linjer):
    try:
        raise ValueError(f"Key (navn)=({NAVN}) already exists: {EPOST}")
    except ValueError:
        logging.getLogger("prosjekter").exception("gikk galt")

    assert NAVN not in linjer[0]
    assert EPOST not in linjer[0]
    assert json.loads(linjer[0])["feil"]["type"] == "ValueError"
    assert "test_logging.py" in json.loads(linjer[0])["feil"]["spor"][0]


@pytest.mark.parametrize(
    "tekst",
    [EPOST, f"til <{EPOST}>", f"epost={EPOST}", "kari%40halden.kommune.no", f'"{EPOST}", x', "k+a@b"],
)
def test_epostadresser_maskeres(tekst):
    assert "<e-post>" in masker(tekst)
    assert "kari" not in masker(tekst)
    assert "@" not in masker(tekst)


@pytest.mark.django_db
def test_en_side_som_ikke_finnes_logger_ikke_adressen(client, linjer):
    client.get(f"/finnes-ikke/hemmelig-kode/?q={NAVN}", headers={"referer": f"http://testserver/{EPOST}"})

    alt = "".join(linjer)
    assert "Not Found" in alt
    assert not [ord for ord in (NAVN, "Kari", EPOST, "hemmelig-kode") if ord in alt]


def test_en_feil_i_en_side_logger_ikke_det_som_ble_skrevet(client, linjer, settings):
    def krasj(request, kode):
        raise RuntimeError(f"{NAVN} {EPOST}")

    client.raise_request_exception = False
    settings.ROOT_URLCONF = type("Adresser", (), {"urlpatterns": [_vei("krasj/<str:kode>/", krasj), *urlpatterns]})

    svar = client.post("/krasj/hemmelig-kode/", {"navn": NAVN, "epost": EPOST})

    alt = "".join(linjer)
    assert svar.status_code == 500
    assert "RuntimeError" in alt
    assert not [ord for ord in (NAVN, "Kari", EPOST, "hemmelig-kode") if ord in alt]


def _vei(rute, view):
    from django.contrib.auth.decorators import login_not_required
    from django.urls import path

    return path(rute, login_not_required(view))


def test_hver_forespoersel_gir_en_linje_med_ruten_og_ikke_adressen(linjer):
    request = RequestFactory().get("/invitasjon/hemmelig-kode/", {"q": NAVN})

    class Treff:
        route = "invitasjon/<str:kode>/"

    def svar(request):
        request.resolver_match = Treff
        return type("Svar", (), {"status_code": 302})

    logg_foresporsler(svar)(request)

    linje = json.loads(linjer[-1])
    assert (linje["metode"], linje["rute"], linje["status"]) == ("GET", "invitasjon/<str:kode>/", 302)
    assert linje["ms"] >= 0
    assert "hemmelig" not in linjer[-1]
    assert "Kari" not in linjer[-1]
