"""Where an idea has travelled: over several steps, bounded, and never past what the reader may see."""

import time

import pytest
from django.test import Client
from django.urls import reverse

from prosjekter import gjenbrukstre
from prosjekter.kodeverk import Synlighet
from prosjekter.models import Gjenbruk
from tests.fabrikker import lag_gjenbruk, lag_organisasjon, lag_prosjekt

pytestmark = pytest.mark.django_db


def adresse(prosjekt):
    return reverse("prosjekter:gjenbrukstre", args=[prosjekt.slug])


def hent(prosjekt, klient=None):
    return (klient or Client()).get(adresse(prosjekt)).content.decode()


@pytest.fixture
def kjede(roller):
    """Idea -> Annet prosjekt in Andrevik -> Tredje in Tredjevik, and back to the first."""
    forst = lag_prosjekt("Ideen", slug="ideen", eier=roller.kommunen)
    andrevik, tredjevik = lag_organisasjon("Andrevik"), lag_organisasjon("Tredjevik")
    annet, tredje = lag_prosjekt("Annet prosjekt", eier=andrevik), lag_prosjekt("Tredje prosjekt", eier=tredjevik)
    lag_gjenbruk(forst, andrevik, til=annet, status="verdi_bekreftet")
    lag_gjenbruk(annet, tredjevik, til=tredje, status="i_bruk")
    lag_gjenbruk(tredje, lag_organisasjon("Fjerdevik"), status="vurderes")
    lag_gjenbruk(tredje, taker_navn="Utenfor", status="i_bruk")
    return forst, annet, tredje


def test_treet_viser_alle_steg_og_tallene_skiller(kjede):
    html = hent(kjede[0])

    assert html.index("Andrevik") < html.index("Tredjevik") < html.index("Fjerdevik")
    assert "Ga verdi ett sted til" in html
    assert "I bruk 2 steder. Ett sted vurderer, planlegger eller innfører det." in html
    assert "oppgitt av dem som delte" in html
    assert html.count('class="treliste"') == 3


def test_det_som_bygger_paa_noe_viser_hva(kjede):
    html = hent(kjede[1])

    assert "Ideen bygger på" in html
    assert adresse(kjede[0]) in html
    assert "Tredjevik" in html
    assert ">Andrevik</text>" in html


def test_et_tre_som_gaar_i_ring_stopper(kjede):
    """The deeds refuse it; should it happen all the same, the page still stands."""
    forst, _annet, tredje = kjede
    lag_gjenbruk(tredje, lag_organisasjon("Femtevik"), til=forst)

    assert hent(forst).count("Femtevik</a>") == 1


def test_treet_stopper_der_leseren_ikke_ser_mer(kjede, som, roller):
    kjede[1].synlighet = Synlighet.SEKTOR
    kjede[1].save()

    html = hent(kjede[0])

    assert "Andrevik" in html
    assert "Annet prosjekt" not in html
    assert "Tredjevik" not in html
    assert "I bruk ett sted." in html
    assert "Tredjevik" in hent(kjede[0], som("fremmed"))
    assert "Annet prosjekt" not in hent(kjede[2])


def test_et_tomt_tre_har_en_vei_videre():
    prosjekt = lag_prosjekt()

    assert reverse("prosjekter:bruk", args=[prosjekt.slug]) in hent(prosjekt)


@pytest.mark.parametrize("antall", [1, 3, 250])
def test_treet_er_kappet_raskt_og_bruker_like_mange_sporringer(antall, django_assert_num_queries):
    prosjekt = lag_prosjekt()
    takere = [lag_organisasjon(f"Taker {nr}", kart_x=100 + nr, kart_y=200) for nr in range(antall)]
    Gjenbruk.objects.bulk_create(Gjenbruk(fra=prosjekt, taker=t, type="kopiert", status="i_bruk") for t in takere)
    hent(prosjekt)

    start = time.process_time()
    with django_assert_num_queries(4):  # the mark of the content, the project, its takers, and what it builds on itself
        html = hent(prosjekt)

    assert time.process_time() - start < 1
    assert html.count("/gjenbruk/") == min(antall, gjenbrukstre.MAKS)
    assert ("Vi viser de 200 nærmeste" in html) == (antall > gjenbrukstre.MAKS)


def test_hver_generasjon_er_ett_sporsmaal(kjede, django_assert_num_queries):
    with django_assert_num_queries(6):
        hent(kjede[0])
