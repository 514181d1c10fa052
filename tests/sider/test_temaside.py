"""Topics: every code has a page with words of introduction, and the page tells what is tried and how it went."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from missions import utfordring_handlinger
from prosjekter import sokeindeks
from prosjekter.kodeverk import (
    KODELISTER,
    Kodeliste,
    Malgruppe,
    Metode,
    Partnerrolle,
    Status,
    Synlighet,
    Tjenesteomrade,
    Utfall,
)
from prosjekter.models import Deltakelse, Missiontilknytning, Prosjekt, Utfordringssvar
from prosjekter.tema import INGRESSER, TEMAER, antall_per_tema
from prosjekter.utvalg import Utvalg
from tests.fabrikker import lag_bruker, lag_fylke, lag_mission, lag_organisasjon, lag_prosjekt, lag_utfordring

HELSE, KLIMA = (Kodeliste.TJENESTEOMRADE, Tjenesteomrade.HELSE_OMSORG), (Kodeliste.TJENESTEOMRADE, Tjenesteomrade.KLIMA)
ELDRE, LAB = (Kodeliste.MALGRUPPE, Malgruppe.ELDRE), (Kodeliste.METODE, Metode.POLICYLAB)


def side(klient, slug="helse-omsorg"):
    svar = klient.get(reverse("tema", args=[slug]))
    assert svar.status_code == 200
    return " ".join(svar.content.decode().split())


def test_hver_kode_har_sitt_tema_med_en_setning():
    assert set(INGRESSER) == {Kodeliste.TJENESTEOMRADE, Kodeliste.MALGRUPPE, Kodeliste.METODE}
    for liste, ingresser in INGRESSER.items():
        assert set(ingresser) == set(KODELISTER[liste])
    assert len(TEMAER) == sum(len(ingresser) for ingresser in INGRESSER.values())  # no two share an address
    assert all(str(tema.ingress).endswith((".", "?")) for tema in TEMAER.values())


@pytest.mark.django_db
class TestTemasiden:
    def test_siden_forteller_hva_som_proeves_hvordan_det_gikk_og_hvor(self, client):
        fjordvik = lag_organisasjon("Fjordvik", fylke=lag_fylke("Finnmark", "56"))
        virket = lag_prosjekt(
            "Turlag med rullator", eier=fjordvik, utfall=Utfall.VIRKET, fase="drift", koder=[HELSE, ELDRE]
        )
        lag_prosjekt("Robot på rommet", utfall=Utfall.VIRKET_IKKE, fase="pilot", koder=[HELSE, ELDRE, LAB])
        lag_prosjekt("Grønne tak", koder=[KLIMA])
        mission = lag_mission("Gode liv lenge")
        Missiontilknytning.objects.create(mission=mission, prosjekt=virket, svar="godtatt")

        html = side(client)

        assert "2 prosjekter: 1 virket og 1 ble prøvd og virket ikke." in html
        assert html.count("Robot på rommet") == 2  # among the new, and among what did not work
        assert "Grønne tak" not in html
        assert "Finnmark: 1 prosjekt<" in html
        assert "/prosjekter/?tjenesteomrade=helse_omsorg&amp;fylke=56" in html
        assert "/prosjekter/?tjenesteomrade=helse_omsorg&amp;fase=pilot" in html
        assert re.search(r'href="/tema/eldre/">Eldre</a> <span class="dus liten">2 felles', html)
        assert re.search(r'href="/tema/policylab/">Policylab</a> <span class="dus liten">1 felles', html)
        assert re.search(r"Gode liv lenge</a> <span class=\"dus liten\">1 prosjekt<", html)
        assert f'href="{reverse("prosjekter:nye")}?tjenesteomrade=helse_omsorg"' in html
        assert "Helse og omsorg: 2 prosjekter fra norske kommuner. 1 virket" in html  # what a web search shows

    @pytest.mark.parametrize("slug", ["helse-omsorg", "naeringsliv", "aksjonsforskning"])
    def test_et_tomt_tema_har_setningen_sin_og_en_vei_videre(self, client, slug):
        html = side(client, slug)

        assert str(TEMAER[slug].ingress) in html
        assert "Ingen har lagt ut noe om dette ennå" in html
        assert reverse("prosjekter:ny") in html
        assert "<table" not in html

    def test_gjenbrukte_prosjekter_loeftes_fram(self, client):
        lag_prosjekt("Reist langt", koder=[HELSE])
        Prosjekt.objects.filter(tittel="Reist langt").update(antall_i_bruk=3)

        assert "Tatt i bruk av flest" in side(client)

    def test_kartet_har_samme_tall_som_listen_bak(self, client):
        nord = lag_organisasjon(fylke=lag_fylke("Finnmark", "56"))
        deltar = lag_prosjekt(eier=lag_organisasjon(fylke=lag_fylke("Troms", "55")), koder=[HELSE])
        Deltakelse.objects.create(prosjekt=deltar, organisasjon=nord, rolle=Partnerrolle.TESTARENA)
        sokeindeks.oppdater([deltar.pk])

        html = side(client)

        assert "Finnmark: 1 prosjekt<" in html
        assert "Troms: 1 prosjekt<" in html
        svar = client.get(reverse("prosjekter:liste"), {"tjenesteomrade": "helse_omsorg", "fylke": "56"})
        assert svar.context["filter"].antall == 1

    def test_behov_i_de_samme_missionene_er_med(self, client):
        mission = lag_mission()
        prosjekt = lag_prosjekt(koder=[HELSE])
        Missiontilknytning.objects.create(mission=mission, prosjekt=prosjekt, svar="godtatt")
        lag_utfordring("Vi finner ikke vikarer", mission=mission)
        besvart = lag_utfordring("Nettene er for lange")
        Utfordringssvar.objects.create(utfordring=besvart, prosjekt=prosjekt)
        lag_utfordring("Noe helt annet")

        html = side(client)

        assert "Vi finner ikke vikarer" in html
        assert "Nettene er for lange" in html
        assert "Noe helt annet" not in html

    def test_det_som_er_skjult_verken_vises_eller_telles(self, som, roller):
        felles = {"eier": roller.kommunen, "koder": [HELSE, ELDRE], "utfall": Utfall.VIRKET_IKKE}
        lag_prosjekt("Vår kladd", status=Status.KLADD, **felles)
        lag_prosjekt("Bare for deltakerne", synlighet=Synlighet.PROSJEKT, **felles)
        sektor = lag_prosjekt("For sektoren", synlighet=Synlighet.SEKTOR, **felles)
        Missiontilknytning.objects.create(mission=lag_mission("Skjult sammenheng"), prosjekt=sektor, svar="godtatt")

        html = side(som("anonym"))

        assert "Ingen har lagt ut noe om dette ennå" in html
        for skjult in ("Vår kladd", "Bare for deltakerne", "For sektoren", "Skjult sammenheng", "/tema/eldre/"):
            assert skjult not in html
        assert "1 prosjekt" not in som("anonym").get(reverse("temaer")).content.decode()
        assert "For sektoren" in side(som("fremmed"))
        assert "Vår kladd" not in side(som("eier"))

    def test_listen_teller_hvert_tema(self, client):
        lag_prosjekt(koder=[HELSE, ELDRE])
        lag_prosjekt(koder=[HELSE, (Kodeliste.FINANSIERING, "ks")])

        html = " ".join(client.get(reverse("temaer")).content.decode().split())

        assert antall_per_tema(Utvalg.for_bruker(AnonymousUser())) == {"helse-omsorg": 2, "eldre": 1}
        assert 'Helse og omsorg</strong></a><span class="liten dus">2 prosjekter<' in html
        assert html.count("/tema/") >= len(TEMAER)
        assert client.get("/sitemap-temaer.xml").content.decode().count("<url>") == len(TEMAER)

    def test_koden_leder_til_temaet(self, client):
        svar = client.get("/tema/helse_omsorg/")

        assert (svar.status_code, svar["Location"]) == (301, "/tema/helse-omsorg/")
        assert client.get("/tema/finnes-ikke/").status_code == 404

    @pytest.mark.parametrize("antall", [1, 3, 9])
    def test_antall_spoerringer_avhenger_ikke_av_hvor_mange(self, client, django_assert_num_queries, antall):
        for nr in range(antall):
            eier = lag_organisasjon(fylke=lag_fylke(f"Fylke {nr}", f"{60 + nr}"))
            p = lag_prosjekt(eier=eier, utfall=Utfall.VIRKET_IKKE, koder=[HELSE, ELDRE, LAB], antall_i_bruk=1)
            Missiontilknytning.objects.create(mission=lag_mission(), prosjekt=p, svar="godtatt")

        side(client)  # what the process remembers of the projects is read once
        with django_assert_num_queries(7):
            side(client)
        with django_assert_num_queries(1):
            client.get(reverse("temaer"))


@pytest.mark.django_db
def test_et_nytt_behov_og_en_ny_underskrift_vises_straks(client, roller):
    alta = lag_organisasjon("Alta", fylke=lag_fylke("Finnmark", "56"))
    fylkessiden = reverse("fylkesside", args=["56"])
    client.get(fylkessiden)  # kept from now on, until something changes
    behov = lag_utfordring("Ingen vet hvem som eier bekken", eier=roller.kommunen)

    utfordring_handlinger.skriv_under(behov, organisasjon=alta, begrunnelse="", av=lag_bruker(i=alta))

    assert "Ingen vet hvem som eier bekken" in client.get(fylkessiden).content.decode()
