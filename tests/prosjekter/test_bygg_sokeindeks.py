"""The index is brought up to date while people search, and tells what it lacked."""

from io import StringIO

import pytest
from django.core.management import call_command

from partnerskap.felles.stolpe import stolpe
from prosjekter.management.commands import bygg_sokeindeks
from prosjekter.models import Prosjekt, Prosjektsok
from sok.forslag import mente_du
from sok.indeks import finn
from sok.models import Sokeord
from tests.fabrikker import lag_sokbart


@pytest.fixture
def tre(db):
    ny, gammel, uten = lag_sokbart("Robot en"), lag_sokbart("Robot to"), lag_sokbart("Robot tre")
    Prosjektsok.objects.filter(pk=gammel.pk).update(analyseversjon=0)
    Prosjektsok.objects.filter(pk=uten.pk).delete()
    return ny, gammel, uten


def kjor(*valg, **felt):
    ut = StringIO()
    call_command("bygg_sokeindeks", *valg, stdout=ut, **felt)
    return ut.getvalue()


def test_sjekk_sier_hva_som_mangler_og_bygger_ingenting(tre):
    svar = kjor("--sjekk")

    assert "2 av 3 prosjekter må bygges: 1 står ikke i indeksen, 1 er bygd av en eldre analyse" in svar
    assert finn(Prosjekt.objects.all(), "robot").rader.count() == 2


def test_det_som_manglet_blir_funnet_og_ordene_er_i_bruk(tre, monkeypatch):
    monkeypatch.setattr(bygg_sokeindeks, "BUNT", 1)

    svar = kjor()

    assert "Bygger: 1 av 2" in svar
    assert "2 prosjekter bygd" in svar
    assert finn(Prosjekt.objects.all(), "robot").rader.count() == 3
    assert Sokeord.objects.filter(ord="robot", antall=3).exists()
    assert mente_du("robbot") == "robot"
    assert "0 av 3 prosjekter må bygges." in kjor("--sjekk")


@pytest.mark.django_db
def test_paa_en_terminal_vokser_en_stolpe():
    class Terminal(StringIO):
        def isatty(self):
            return True

    ut = Terminal()
    ut._out = ut
    vis = stolpe(ut, "Bygger", 4)
    for ferdig in range(1, 5):
        vis(ferdig)

    assert ut.getvalue().count("\r") == 4
    assert ut.getvalue().endswith(f"{'█' * 25} 100 % av 4\n")
