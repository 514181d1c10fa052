"""The list as a spreadsheet: the same projects, no more than one may see, and nothing that runs."""

import csv
import io

import pytest
from django.test import Client

from prosjekter.kodeverk import Status
from tests.fabrikker import lag_prosjekt

pytestmark = pytest.mark.django_db


def rader(klient=None, **sporring):
    svar = (klient or Client()).get("/prosjekter/prosjekter.csv", sporring)
    assert svar.status_code == 200
    tekst = b"".join(svar.streaming_content).decode("utf-8")
    assert tekst.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(tekst.removeprefix("\ufeff")), delimiter=";"))


def test_filen_har_det_listen_har_i_samme_rekkefolge():
    lag_prosjekt("Zoom", fase="pilot")
    lag_prosjekt("Åpen; skole", fase="pilot", ingress="To\nlinjer.")
    lag_prosjekt("Idé", fase="ide")

    funnet = rader(fase="pilot", sorter="tittel")

    assert [(r["tittel"], r["fase"]) for r in funnet] == [("Zoom", "Pilot"), ("Åpen; skole", "Pilot")]
    assert funnet[1]["ingress"] == "To\nlinjer."


def test_filen_har_bare_det_leseren_kan_se(som):
    lag_prosjekt("Åpent")
    lag_prosjekt("For sektoren", synlighet="sektor")
    lag_prosjekt("Kladd", status=Status.KLADD)

    assert {r["tittel"] for r in rader()} == {"Åpent"}
    assert {r["tittel"] for r in rader(som("fremmed"))} == {"Åpent", "For sektoren"}


@pytest.mark.parametrize("tittel", ["=1+1", "+47", "-2", "@SUM(A1)"])
def test_ingen_celle_er_en_formel(tittel):
    lag_prosjekt(tittel)

    assert rader()[0]["tittel"] == f"'{tittel}"


def test_en_ukjent_verdi_er_en_feil():
    svar = Client().get("/prosjekter/prosjekter.csv", {"fase": "xyz"})

    assert svar.status_code == 400
    assert svar.content.decode() == "«xyz» er ikke en fase."


def test_sporringene_vokser_ikke_med_radene(django_assert_num_queries):
    for _nr in range(3):
        lag_prosjekt()
    rader()

    with django_assert_num_queries(3):  # the mark of the content, projects, codes
        assert len(rader()) == 3
