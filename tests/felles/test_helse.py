"""/helse/: what an operator's machinery asks."""

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.fixture
def databasen_er_borte(monkeypatch):
    def feil(*_argumenter, **_valg):
        raise OperationalError("could not connect to server: 10.0.0.7")

    monkeypatch.setattr(connection, "cursor", feil)


def test_live_svarer_uten_aa_spoerre_databasen(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        svar = client.get(reverse("helse_live"))

    assert svar.status_code == 200
    assert svar.content == b"ok\n"


def test_live_svarer_ogsaa_naar_databasen_er_borte(client, databasen_er_borte):
    assert client.get(reverse("helse_live")).status_code == 200


def test_klar_naar_database_og_mellomlager_virker(client):
    svar = client.get(reverse("helse_klar"))

    assert svar.status_code == 200
    assert svar.json() == {"klar": True, "database": True, "mellomlager": True}


def test_ikke_klar_naar_databasen_er_borte(client, databasen_er_borte):
    svar = client.get(reverse("helse_klar"))

    assert svar.status_code == 503
    assert svar.json()["database"] is False
    assert b"10.0.0.7" not in svar.content


def test_ikke_klar_naar_mellomlageret_er_borte(client, monkeypatch):
    def feil(*_argumenter, **_valg):
        raise ConnectionError("valkey.intern")

    monkeypatch.setattr(type(cache._connections["default"]), "get", feil)

    svar = client.get(reverse("helse_klar"))

    assert svar.status_code == 503
    assert svar.json() == {"klar": False, "database": True, "mellomlager": False}


@pytest.mark.parametrize("navn", ["helse_live", "helse_klar"])
def test_svaret_lagres_ikke_og_kan_ikke_postes_til(client, navn):
    assert "no-store" in client.get(reverse(navn))["Cache-Control"]
    assert client.post(reverse(navn)).status_code == 405
