"""The nightly rebuilding: once a night, never by day."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from prosjekter import nattarbeid
from prosjekter.models import Prosjekt
from tests.fabrikker import lag_organisasjon, lag_prosjekt
from utboks import jobber

pytestmark = pytest.mark.django_db


def klokka(monkeypatch, time):
    monkeypatch.setattr(
        timezone, "localtime", lambda *_: datetime(2026, 1, 15, time, tzinfo=timezone.get_current_timezone())
    )


def test_en_organisasjon_med_nytt_navn_finnes_morgenen_etter(client, monkeypatch):
    eier = lag_organisasjon("Gamlenavn")
    lag_prosjekt("Nattugla", eier=eier)
    eier.navn = "Ugledalen"
    eier.save()

    klokka(monkeypatch, 13)
    nattarbeid.bygg_sokeindeks()
    om_dagen = client.get("/prosjekter/?q=ugledalen").content.decode()
    klokka(monkeypatch, 3)
    nattarbeid.bygg_sokeindeks()
    nattarbeid.bygg_likheter()
    etter_natta = client.get("/prosjekter/?q=ugledalen").content.decode()

    assert "Nattugla" not in om_dagen
    assert "Nattugla" in etter_natta
    assert Prosjekt.objects.count() == 1


def test_det_skjer_en_gang_hver_natt():
    begynner = [begynner for begynner in range(3) for time in range(begynner, 24, 3) if time in nattarbeid.NATT]

    assert timedelta(hours=len(nattarbeid.NATT)) == nattarbeid.HVER
    assert sorted(begynner) == [0, 1, 2]
    assert {"natt-sokeindeks", "natt-likheter"} <= jobber.OPPGAVER.keys()
