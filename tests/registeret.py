"""The real register in the test database: loaded once for each test class that asks for it, and gone after it."""

import csv
import shutil

import pytest
from django.db import transaction

from kommuner.register.filer import MAPPE
from kommuner.register.innlasting import last_register


@pytest.fixture(scope="class")
def registeret(django_db_setup, django_db_blocker):
    """Use together with `db`, whose own transaction then lies inside this one."""
    with django_db_blocker.unblock(), transaction.atomic():
        last_register()
        yield
        transaction.set_rollback(True)


class Registermappe:
    """A copy of the register's files that a test may change."""

    def __init__(self, mappe):
        self.mappe = mappe
        for fil in MAPPE.glob("*.csv"):
            shutil.copyfile(fil, mappe / fil.name)

    def endre(self, filnavn, velg, **verdier):
        """Set columns on the rows the function picks."""
        rader, kolonner = self._les(filnavn)
        for rad in rader:
            if velg(rad):
                rad.update(verdier)
        self._skriv(filnavn, rader, kolonner)

    def fjern(self, filnavn, velg):
        rader, kolonner = self._les(filnavn)
        self._skriv(filnavn, [rad for rad in rader if not velg(rad)], kolonner)

    def legg_til(self, filnavn, *nye):
        rader, kolonner = self._les(filnavn)
        self._skriv(filnavn, [*rader, *(dict.fromkeys(kolonner, "") | ny for ny in nye)], kolonner)

    def kommune(self, nummer, navn, fra="2028-01-01"):
        """A new number from a day on, with the details a current municipality must have."""
        self.legg_til(
            "kommuner.csv",
            {
                "kommunenummer": nummer, "navn": navn, "navn_offisielt": navn, "malform": "bokmål",
                "fylkesnummer": nummer[:2], "gyldig_fra": fra, "eldre_enn_register": "nei",
            },
        )  # fmt: skip
        self.legg_til("kommunedetaljer.csv", {"kommunenummer": nummer, "folketall": "1000"})

    def avslutt(self, nummer, dag="2027-12-31"):
        self.endre("kommuner.csv", lambda rad: rad["kommunenummer"] == nummer and not rad["gyldig_til"], gyldig_til=dag)
        self.endre("parallellnavn.csv", lambda rad: rad["nummer"] == nummer and not rad["gyldig_til"], gyldig_til=dag)
        self.fjern("kommunedetaljer.csv", lambda rad: rad["kommunenummer"] == nummer)

    def endring(self, type_, fra, til, dato="2028-01-01"):
        self.legg_til(
            "kommuneendringer.csv",
            {"dato": dato, "fra_kommunenummer": fra, "til_kommunenummer": til, "type": type_},
        )

    def _les(self, filnavn):
        with (self.mappe / filnavn).open(encoding="utf-8", newline="") as fil:
            leser = csv.DictReader(fil)
            return list(leser), leser.fieldnames

    def _skriv(self, filnavn, rader, kolonner):
        with (self.mappe / filnavn).open("w", encoding="utf-8", newline="") as fil:
            skriver = csv.DictWriter(fil, kolonner, lineterminator="\n")
            skriver.writeheader()
            skriver.writerows(rader)


@pytest.fixture
def mappe(tmp_path):
    return Registermappe(tmp_path)
