"""The index is brought up to date while people search, and tells what it lacked."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from partnerskap.felles.stolpe import stolpe
from prosjekter.management.commands import bygg_sokeindeks
from prosjekter.management.commands.bygg_sokeindeks import SOKERADER
from prosjekter.models import Prosjekt, Prosjektsok
from sok.analyse import VERSJON
from sok.forslag import mente_du
from sok.indeks import finn
from sok.models import Sokeord
from tests.fabrikker import lag_barriere, lag_eksperiment, lag_initiativ, lag_laering, lag_sokbart, lag_utfordring


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
@pytest.mark.parametrize(
    "lag",
    [lag_sokbart, lag_utfordring, lag_initiativ, lambda: lag_barriere(lag_sokbart()),
     lambda: lag_laering(lag_sokbart()), lambda: lag_eksperiment(lag_sokbart())],
)  # fmt: skip
def test_en_oppgradering_bygger_bare_naar_noe_er_foreldet(lag):
    """Whatever it is that an older analysis has written, and nothing when there is nothing."""
    assert kjor("--hvis-foreldet") == "Søkeindeksen er ikke foreldet.\n"
    rad = lag()
    sokerad = SOKERADER[type(rad)]
    kjor()
    Sokeord.objects.all().delete()
    kjor("--hvis-foreldet")
    assert not Sokeord.objects.exists()
    sokerad.objects.filter(pk=rad.pk).update(analyseversjon=0)

    kjor("--hvis-foreldet")

    assert sokerad.objects.get(pk=rad.pk).analyseversjon == VERSJON
    assert "ikke foreldet" in kjor("--hvis-foreldet")


def test_det_som_kjoeres_for_hver_ny_utgave_bygger_indeksen():
    klargjor = (settings.ROT / "scripts" / "klargjor.sh").read_text()

    assert [linje.split("manage.py ")[1] for linje in klargjor.splitlines() if "manage.py" in linje] == [
        "migrate --noinput", "createcachetable", "last_register", "last_startdata", "bygg_sokeindeks --hvis-foreldet",
    ]  # fmt: skip


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
