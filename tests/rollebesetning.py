"""The cast: one of each kind of person, for tests that ask who may do what. Use the fixture `rolle` or `alle_roller`."""

import pytest
from django.contrib.auth.models import AnonymousUser

from kommuner.kodeverk import Rolle
from tests.fabrikker import lag_bruker, lag_ks, lag_organisasjon

ROLLER = (
    "anonym",
    "fremmed",
    "eier",
    "kollega",
    "ansvarlig",
    "partner",
    "folgeforsker",
    "moderator",
    "missionkurator",
    "administrator",
)


class Rollebesetning:
    """People made when asked for. `eier` registers projects for `kommunen`; `fremmed` works elsewhere."""

    def __init__(self):
        self.kommunen = lag_organisasjon("Fjordvik prøvekommune")
        self.partneren = lag_organisasjon("Prøveforskning", sektor="forskning_utdanning", niva="ikke_offentlig")
        self._laget = {}

    def __getitem__(self, rolle):
        if rolle not in self._laget:
            self._laget[rolle] = self._lag(rolle)
        return self._laget[rolle]

    def _lag(self, rolle):
        if rolle == "anonym":
            return AnonymousUser()
        if rolle == "fremmed":
            return lag_bruker("Frida Fremmed", i=lag_organisasjon("Annenvik"))
        if rolle in ("eier", "kollega"):
            return lag_bruker(f"{rolle.title()} Prøve", i=self.kommunen)
        if rolle == "ansvarlig":
            return lag_bruker("Leif Leder", i=self.kommunen, rolle=Rolle.ANSVARLIG)
        if rolle == "partner":
            return lag_bruker("Pia Partner", i=self.partneren)
        return lag_bruker(f"{rolle.title()} i KS", i=lag_ks(), rolle=Rolle(rolle))


@pytest.fixture
def roller(db):
    return Rollebesetning()


@pytest.fixture
def som(client, roller):
    """`som("eier")` is a client signed in as that person (or not at all, for "anonym")."""
    from django.test import Client

    def logg_inn(rolle):
        klient = Client()
        if rolle != "anonym":
            klient.force_login(roller[rolle])
        return klient

    return logg_inn
