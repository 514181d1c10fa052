"""The list of all municipalities: order, search, languages, and the same number of queries whatever is asked."""

import re
from html import unescape

import pytest
from django.urls import reverse

from kommuner.kommuneliste import forenkle, kommuneliste
from tests.fabrikker import lag_fylke, lag_kommune
from tests.rollebesetning import ROLLER

LISTE = "/kommuner/"
registeret_i_basen = pytest.mark.usefixtures("registeret", "db")


def synlige(svar):
    """What stands in the list without being hidden."""
    rader = re.findall(r'<li data-navn="[^"]*">(.*?)</li>', svar.content.decode(), re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", "", rad)).strip() for rad in rader]


@registeret_i_basen
class TestMedHeleRegisteret:
    def test_alle_357_staar_etter_fylke_i_norsk_rekkefolge(self, client):
        svar = client.get(LISTE)

        navn = synlige(svar)
        assert len(navn) == 357
        assert [g.fylke.navn for g in svar.context["fylker"]] == [
            "Agder", "Akershus", "Buskerud", "Finnmark", "Innlandet", "Møre og Romsdal", "Nordland", "Oslo",
            "Rogaland", "Telemark", "Troms", "Trøndelag", "Vestfold", "Vestland", "Østfold",
        ]  # fmt: skip
        agder = [o.kommune.navn for o in svar.context["fylker"][0].oppforinger]
        assert agder[-3:] == ["Vennesla", "Åmli", "Åseral"]

    @pytest.mark.parametrize(
        ("sok", "treff"),
        [
            ("Halden", ["Halden"]),
            ("halden", ["Halden"]),
            ("0101", ["Halden tidligere 0101"]),
            ("3101", ["Halden"]),
            ("kautokeino", ["Kautokeino Guovdageaidnu"]),
            ("guovdageaidnu", ["Kautokeino Guovdageaidnu"]),
            ("Oslove", ["Oslo Oslove"]),
            ("porsangu", ["Porsanger Porsáŋgu Porsanki"]),
            ("Våler", ["Våler (Innlandet)", "Hvaler", "Våler (Østfold)"]),
            ("heroy", ["Herøy (Møre og Romsdal)", "Herøy (Nordland)"]),
            ("finnøy", ["Stavanger tidligere Finnøy"]),
            ("snillfjord", ["Heim tidligere Snillfjord", "Hitra tidligere Snillfjord", "Orkland tidligere Snillfjord"]),
            ("haram", ["Haram", "Ålesund tidligere Haram"]),
            ("tysfjord", ["Hamarøy Hábmer tidligere Tysfjord", "Narvik tidligere Tysfjord"]),
            ("tromso", ["Tromsø"]),
            ("  vardø ", ["Vardø"]),
        ],
    )  # fmt: skip
    @pytest.mark.hver_motor
    def test_soket_finner(self, client, sok, treff):
        assert synlige(client.get(LISTE, {"q": sok})) == treff

    def test_et_fylke_gir_kommunene_der(self, client):
        assert len(synlige(client.get(LISTE, {"q": "Finnmárku"}))) == 18

    def test_samiske_og_kvenske_navn_har_sprak(self, client):
        innhold = client.get(LISTE).content.decode()

        assert '<span class="dus" lang="se">Guovdageaidnu</span>' in innhold
        assert '<span class="dus" lang="fkv">Porsanki</span>' in innhold
        assert '<span class="dus" lang="sma">Oslove</span>' in innhold
        assert '<span class="dus" lang="smj">Fuolldá</span>' in innhold

    def test_antallet_staar_i_ord(self, client):
        assert '<span id="treff" role="status"' in client.get(LISTE).content.decode()
        assert ">357 kommuner</span>" in client.get(LISTE).content.decode()
        assert ">1 kommune</span>" in client.get(LISTE, {"q": "halden"}).content.decode()

    def test_tomt_resultat_gir_en_vei_videre(self, client):
        innhold = client.get(LISTE, {"q": "Andeby"}).content.decode()

        assert "Vi fant ingen kommune for «Andeby»" in innhold
        assert 'href="/kommuner/">Vis alle kommuner</a>' in innhold

    @pytest.mark.parametrize("sok", ["", "halden", "Andeby"])
    def test_like_mange_spoerringer_uansett_sok(self, client, django_assert_num_queries, sok):
        with django_assert_num_queries(5):
            client.get(LISTE, {"q": sok})

    @pytest.mark.parametrize("sok", ["'", '"><script>', "%", "_", "\\", "æ" * 5000, "\u202e", "١٢٣٤", "🙂"])
    @pytest.mark.hver_motor
    def test_rare_sok_gir_en_side(self, client, sok):
        svar = client.get(LISTE, {"q": sok})

        assert svar.status_code == 200
        assert "<script>" not in svar.content.decode().split("<main")[1]


@pytest.mark.django_db
@pytest.mark.parametrize("antall", [1, 3])
def test_listen_bruker_like_mange_spoerringer(client, django_assert_num_queries, antall):
    for nr in range(antall):
        lag_kommune(f"Provvik {nr}", fylke=lag_fylke(f"Fylke {nr}", f"9{nr}"))

    with django_assert_num_queries(5):
        svar = client.get(LISTE)

    assert len(synlige(svar)) == antall


@pytest.mark.django_db
def test_tomt_register_gir_en_side(client):
    assert client.get(LISTE).status_code == 200


@pytest.mark.parametrize("rolle", ROLLER)
def test_listen_er_aapen_for_alle(som, rolle):
    lag_kommune("Halden")

    assert synlige(som(rolle).get(reverse("kommuner:liste"))) == ["Halden"]


@pytest.mark.django_db
def test_posting_slipper_ikke_til(client):
    assert client.post(LISTE).status_code == 405


@pytest.mark.django_db
def test_avsluttede_staar_ikke_i_listen():
    lag_kommune("Gammelvik", gyldig_til="2019-12-31")
    lag_kommune("Nyvik")

    assert [o.kommune.navn for gruppe in kommuneliste() for o in gruppe.oppforinger] == ["Nyvik"]


@pytest.mark.parametrize(
    ("tekst", "enkel"), [("Kárášjohka", "karasjohka"), ("ÅLESUND ", "alesund"), ("Tromsø", "tromsø")]
)
def test_forenkle_er_som_i_portal_js(tekst, enkel):
    assert forenkle(tekst) == enkel
