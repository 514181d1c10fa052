"""The counties: all on the map, each with its page, and the way on from those that are no more."""

import re

import pytest
from django.urls import reverse

from kommuner.models import Fylke, Organisasjon
from kommuner.oppslag import kommune_med_nummer
from prosjekter.kodeverk import Partnerrolle, Status, Synlighet, Utfall
from prosjekter.models import Deltakelse
from tests.fabrikker import lag_fylke, lag_kommune, lag_organisasjon, lag_prosjekt, lag_utfordring

FINNMARK = "56"


def side(klient, nummer=FINNMARK):
    svar = klient.get(reverse("fylkesside", args=[nummer]))
    assert svar.status_code == 200
    return " ".join(svar.content.decode().split())


def kommunen(nummer):
    return Organisasjon.objects.get(kommune=kommune_med_nummer(nummer))


@pytest.mark.usefixtures("registeret", "db")
class TestMedRegisteret:
    def test_siden_forteller_hva_som_skjer_i_fylket(self, client):
        alta, vadso = kommunen("5601"), kommunen("5607")
        lag_prosjekt("Én los for fire kommuner", eier=alta, utfall=Utfall.VIRKET, fase="drift")
        lag_prosjekt("Chat om natten", eier=alta, utfall=Utfall.VIRKET_IKKE, fase="pilot")
        lag_prosjekt("Naustet", eier=vadso, utfall=Utfall.PAGAR, fase="pilot")
        annet_sted = lag_prosjekt("Nattevakt", eier=kommunen("4601"))
        Deltakelse.objects.create(prosjekt=annet_sted, organisasjon=alta, rolle=Partnerrolle.TESTARENA)

        html = side(client)

        assert "Finnmárku" in html
        assert 'lang="se"' in html
        assert "Finnmark fylkeskommune" in html
        assert "3 prosjekter: 1 virket, 1 ble prøvd og virket ikke og 1 pågår." in html
        assert "Noen herfra er med i 1 til." in html
        assert "Nattevakt" not in html
        assert "?fylke=56&amp;fase=pilot" in html
        tabell = re.findall(r'<th scope="row"><a href="([^"]+)">([^<]+)</a>.*?tall-kolonne">(\d+)<', html)
        assert tabell == [("/kommuner/5601/", "Alta", "2"), ("/kommuner/5607/", "Vadsø", "1")]
        assert html.count('class="u-virket_ikke"') + html.count('class="u-virket"') == 1  # Alta's newest

    def test_behov_noen_i_fylket_har_er_med(self, client):
        lag_utfordring("Ingen vet hvem som eier bekken", eier=kommunen("4601"), har=[kommunen("5601")])
        lag_utfordring("Et annet sted", eier=kommunen("4601"))
        lag_utfordring("Ikke lagt ut", eier=kommunen("5601"), status="kladd")

        html = side(client)

        assert "Ingen vet hvem som eier bekken" in html
        assert "/utfordringer/?fylke=56" in html
        assert "Et annet sted" not in html
        assert "Ikke lagt ut" not in html

    def test_et_fylke_uten_prosjekter_viser_kommunene_og_en_vei_videre(self, client):
        html = side(client)

        assert "Ingen i Finnmark har lagt ut prosjekter ennå" in html
        assert reverse("prosjekter:ny") in html
        assert "/kommuner/5622/" in html
        assert "<table" not in html

    @pytest.mark.parametrize(
        ("nummer", "til"), [("20", "56"), ("14", "46"), ("5", "34"), ("01", "31"), ("finnmark", "56"), ("Romsa", "55")]
    )
    def test_gamle_numre_og_navn_leder_videre(self, client, nummer, til):
        svar = client.get(reverse("fylkesside", args=[nummer]))

        assert svar.status_code == (301 if nummer.isdigit() else 302)
        assert svar["Location"] == reverse("fylkesside", args=[til])

    @pytest.mark.parametrize(
        ("nummer", "etter"), [("30", ["31", "32", "33"]), ("38", ["39", "40"]), ("54", ["55", "56"])]
    )
    def test_et_delt_fylke_lar_leseren_velge(self, client, nummer, etter):
        html = side(client, nummer)

        assert "finnes ikke lenger" in html
        assert sorted(re.findall(r'class="dekk" href="/fylker/(\d\d)/"', html)) == etter
        assert "noindex" in html

    @pytest.mark.parametrize("nummer", ["99", "00", "123456789", "atlantis", "²", "x" * 3000])
    def test_ukjente_fylker_finnes_ikke(self, client, nummer):
        assert client.get(f"/fylker/{nummer}/").status_code == 404

    @pytest.mark.parametrize("nummer", ["03", "18", "34", "50"])
    def test_hvert_sted_er_paa_kartet_og_lenkene_staar_i_teksten_ogsaa(self, client, nummer):
        html = side(client, nummer)

        tegning, tekst = html.split("</svg> </figure>")
        i_tegningen = set(re.findall(r'href="(/kommuner/\d{4}/)" tabindex="-1"', tegning))
        assert len(i_tegningen) == Fylke.objects.get(nummer=nummer).kommuner.gjeldende().count()
        assert all(f'href="{adresse}"' in tekst for adresse in i_tegningen)

    def test_kommunen_og_kommunelisten_viser_vei_til_fylket(self, client):
        assert 'href="/fylker/56/"' in client.get("/kommuner/5622/").content.decode()
        assert 'href="/fylker/56/"' in client.get("/kommuner/").content.decode()
        assert "/fylker/56/" in client.get("/sitemap-fylker.xml").content.decode()

    def test_listen_har_alle_fylker_med_tall(self, client):
        lag_prosjekt(eier=kommunen("5601"))

        html = " ".join(client.get(reverse("fylker")).content.decode().split())

        assert len(re.findall(r'<th scope="row">.*?<a href="/fylker/\d\d/">', html)) == 15
        assert "Finnmark: 1 prosjekt<" in html


@pytest.mark.django_db
def test_det_som_er_skjult_verken_vises_eller_telles(som, roller):
    eier = roller.kommunen
    eier.fylke = lag_fylke()
    eier.save()
    lag_prosjekt("Åpent forsøk", eier=eier, utfall=Utfall.VIRKET)
    lag_prosjekt("Vår kladd", eier=eier, status=Status.KLADD)
    lag_prosjekt("For sektoren", eier=eier, synlighet=Synlighet.SEKTOR)
    andres = lag_prosjekt("Andres skjulte", synlighet=Synlighet.PROSJEKT)
    Deltakelse.objects.create(prosjekt=andres, organisasjon=eier, rolle=Partnerrolle.FAGPARTNER)

    for rolle, antall in {"anonym": 1, "fremmed": 2, "eier": 2, "moderator": 2}.items():
        html, liste = side(som(rolle), "31"), som(rolle).get(reverse("fylker")).content.decode()

        assert f"{antall} prosjekt" in html
        assert f"Østfold: {antall} prosjekt" in liste
        assert "Vår kladd" not in html
        assert "Andres skjulte" not in html
        assert ("For sektoren" in html) is (antall == 2)
    assert "er med i" not in side(som("anonym"), "31")


@pytest.mark.django_db
@pytest.mark.parametrize("antall", [4, 9])
def test_antall_spoerringer_avhenger_ikke_av_hvor_mye_som_skjer(client, django_assert_num_queries, antall):
    for nr in range(antall):
        eier = lag_organisasjon(kommune=lag_kommune(f"Sted {nr}"))
        lag_prosjekt(eier=eier, utfall=Utfall.VIRKET)
        lag_prosjekt(eier=lag_organisasjon(fylke=lag_fylke()))

    side(client, "31")  # what the process remembers of projects and places is read once
    with django_assert_num_queries(11):
        side(client, "31")
