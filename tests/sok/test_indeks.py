"""The index on whichever engine the suite runs on: the same hits for the same questions, and good ones first."""

import pytest

from prosjekter.models import Prosjekt, Prosjektsok
from prosjekter.sokeindeks import foreldede, oppdater
from sok.indeks import finn
from tests.fabrikker import lag_prosjekt
from tests.sok.maling import bedom, fyll, vaart

pytestmark = pytest.mark.django_db

# What both engines must find. The order may differ: their ways of ranking do.
FASIT = {
    "skolefravær": "a2 a3 a7",
    "hjemmetjeneste": "b2 c1 c2 e4",
    "velferdsteknologi": "b5 m2",
    "ungdoms los": "a1",
    "sjukeheim": "b1 c6 j5 o3 q3 w1",
    "ki": "d1 d2 d4 d5",
    '"faste team"': "c2",
    "Granli vikarer": "c4 s1",
    "barnehaje": "d3 o1 o2 o3 v3 x6",
    "kjernekraft": "",
}


def test_begge_motorer_finner_det_samme_og_det_er_godt():
    navn = fyll()

    funnet = {sporring: {navn[rad.pk] for rad in vaart(sporring)} for sporring in FASIT}
    assert funnet == {sporring: set(svar.split()) for sporring, svar in FASIT.items()}

    ndcg = {type_: tall[1] for type_, tall in bedom(vaart, navn).items() if tall[1] is not None}
    assert ndcg.pop("alle") >= 0.90
    assert {type_: verdi for type_, verdi in ndcg.items() if verdi < 0.75} == {}


def test_raden_folger_prosjektet():
    prosjekt = lag_prosjekt("Robot")
    Prosjekt.objects.filter(pk=prosjekt.pk).update(tittel="Drone")
    oppdater([prosjekt.pk])

    assert not finn(Prosjekt.objects.all(), "robot").rader.exists()
    assert finn(Prosjekt.objects.all(), "drone").rader.get() == prosjekt

    prosjekt.delete()
    assert not Prosjektsok.objects.exists()


def test_rader_som_mangler_eller_er_av_eldre_utgave_blir_funnet():
    ny, gammel, uten = lag_prosjekt(), lag_prosjekt(), lag_prosjekt()
    Prosjektsok.objects.filter(pk=gammel.pk).update(analyseversjon=0)
    Prosjektsok.objects.filter(pk=uten.pk).delete()

    assert set(foreldede()) == {gammel, uten}
    assert ny not in foreldede()


def test_minus_tar_bort_og_kan_staa_alene():
    med, uten = lag_prosjekt("Robot i skolen"), lag_prosjekt("Robot på sykehjem")

    assert list(finn(Prosjekt.objects.all(), "robot -skole").rader) == [uten]
    assert list(finn(Prosjekt.objects.all(), "-sykehjem").rader) == [med]


def test_det_som_skrives_finner_mens_det_skrives():
    ferdig = lag_prosjekt("Los i skolen")
    paa_vei = lag_prosjekt("Lossing av fisk med velferdsteknologi")

    assert list(finn(Prosjekt.objects.all(), "velferdstek").rader) == [paa_vei]
    assert list(finn(Prosjekt.objects.all(), "los").rader) == [ferdig]
    begge = finn(Prosjekt.objects.all(), "los", prefiks=True).rader.order_by("-relevans")
    assert list(begge) == [ferdig, paa_vei]
