"""One of everything that is open to all, for tests that ask about every address."""

from types import SimpleNamespace

import pytest
from django.db import transaction

from missions.models import Hovedprosjekt
from tests.fabrikker import (
    lag_barriere,
    lag_bilde,
    lag_eksperiment,
    lag_gjenbruk,
    lag_initiativ,
    lag_kommune,
    lag_laering,
    lag_mission,
    lag_sokbart,
    lag_utfordring,
    lag_vedlegg,
)
from tests.rollebesetning import ROLLER, Rollebesetning


@pytest.fixture(scope="module")
def verden(django_db_setup, django_db_blocker):
    """Made once for a file of tests: each of them gets it as it was. Use together with `db`."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield lag_verden(Rollebesetning())
        transaction.set_rollback(True)


@pytest.fixture
def roller(db, verden):
    """The cast who live in this world. All of them are there before the first test."""
    return verden.roller


def lag_verden(roller):
    for rolle in ROLLER:
        roller[rolle]
    prosjekt = lag_sokbart("Digitalt ungdomstorg", eier=roller.kommunen)
    utfordring = lag_utfordring("Nattevakter", eier=roller.kommunen)
    return SimpleNamespace(
        roller=roller,
        utfordring=utfordring,
        kommune=lag_kommune("Halden", "3101"),
        mission=lag_mission("Flere unge hører til"),
        initiativ=lag_initiativ("Felles løft"),
        hovedprosjekt=Hovedprosjekt.objects.create(tittel="Byer i rettferdig omstilling", slug="byer"),
        organisasjon=roller.kommunen,
        partner=roller.partneren,
        prosjekt=prosjekt,
        laering=lag_laering(prosjekt, "Spør nattevaktene først."),
        gjenbruk=lag_gjenbruk(prosjekt, roller.partneren),
        barriere=lag_barriere(prosjekt),
        bilde=lag_bilde(prosjekt),
        vedlegg=lag_vedlegg(prosjekt),
        eksperiment=lag_eksperiment(prosjekt, beslutning="stopp"),
    )
