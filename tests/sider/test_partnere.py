"""Partners: the list by sector, and each one's page."""

import pytest

from prosjekter.kodeverk import Partnerrolle, Status, Synlighet
from prosjekter.models import Deltakelse
from tests.fabrikker import lag_fylke, lag_kommune, lag_organisasjon, lag_prosjekt
from tests.rollebesetning import ROLLER

pytestmark = pytest.mark.django_db


def lag_partner(navn, sektor="forskning_utdanning", **felt):
    return lag_organisasjon(navn, sektor=sektor, niva="ikke_offentlig", **felt)


def med(prosjekt, partner, rolle=Partnerrolle.FORSKNINGSPARTNER, **felt):
    Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=partner, rolle=rolle, **felt)
    return prosjekt


def navn(svar):
    return [partner.navn for partner in svar.context["side"]]


class TestListen:
    def test_kommuner_og_opphorte_staar_ikke_her(self, client):
        lag_organisasjon("Prøvevik kommune")
        lag_partner("Nedlagt institutt", opphort_dato="2024-01-01")
        lag_partner("Institutt for prøving")

        assert navn(client.get("/partnere/")) == ["Institutt for prøving"]

    def test_sektorene_staar_i_sin_orden_og_navnene_paa_norsk(self, client):
        lag_partner("Zulu frivillige", "frivillighet")
        lag_partner("Ås forskning")
        lag_partner("Ærlig forskning")
        lag_partner("Agder prøvefylke", "fylkeskommune")

        assert navn(client.get("/partnere/")) == [
            "Agder prøvefylke", "Ærlig forskning", "Ås forskning", "Zulu frivillige",
        ]  # fmt: skip

    @pytest.mark.parametrize("sok", ["Åsgård", "åsgård", "ÅSGÅRD", "sgår"])
    def test_soket_bryr_seg_ikke_om_store_bokstaver(self, client, sok):
        lag_partner("Åsgård institutt")
        lag_partner("Noe annet")

        assert navn(client.get("/partnere/", {"q": sok})) == ["Åsgård institutt"]

    def test_sektor_velger_ut_og_tellingen_gjelder_soket(self, client):
        lag_partner("Prøveforskning")
        lag_partner("Prøvefirma", "naeringsliv")
        lag_partner("Annet firma", "naeringsliv")

        svar = client.get("/partnere/", {"q": "prøve", "sektor": "naeringsliv"})

        assert navn(svar) == ["Prøvefirma"]
        assert [(kode, antall) for kode, _navn, antall in svar.context["sektorer"]] == [
            ("forskning_utdanning", 1), ("naeringsliv", 1),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        "sporring",
        ["?sektor=finnes_ikke", "?sektor=kommune", "?side=99999", "?side=-1", "?side=abc", "?side=", "?q=%27%22%3C"],
    )
    def test_rare_adresser_gir_en_side(self, client, sporring):
        lag_partner("Prøveforskning")

        assert client.get(f"/partnere/{sporring}").status_code == 200

    def test_tomt_resultat_gir_en_vei_videre(self, client):
        svar = client.get("/partnere/", {"q": "finnesikke"}).content.decode()

        assert "Vi fant ingen partner." in svar
        assert 'href="/partnere/">Vis alle partnere</a>' in svar

    def test_eksempler_er_merket_og_siden_sier_det(self, client):
        lag_partner("Oppdiktet institutt", er_eksempel=True)

        svar = client.get("/partnere/")

        assert svar.context["viser_eksempeldata"]
        assert '<span class="eksempelmerke">Eksempeldata</span>' in svar.content.decode()

    def test_siden_deles_opp(self, client):
        for nr in range(41):
            lag_partner(f"Partner {nr:02}")

        assert len(navn(client.get("/partnere/"))) == 40
        assert navn(client.get("/partnere/?side=2")) == ["Partner 40"]

    @pytest.mark.parametrize("rolle", ROLLER)
    def test_tallet_er_det_leseren_kan_se(self, som, rolle):
        partner = lag_partner("Prøvetelling")
        med(lag_prosjekt(), partner)
        toroller = med(lag_prosjekt(), partner)
        med(toroller, partner, Partnerrolle.FOLGEFORSKER)
        med(lag_prosjekt(synlighet=Synlighet.SEKTOR), partner)
        med(lag_prosjekt(status=Status.KLADD), partner)
        med(lag_prosjekt(), partner, til_dato="2024-01-01")

        svar = som(rolle).get("/partnere/", {"q": "Prøvetelling"})

        antall = 2 if rolle in ("anonym", "partner") else 3
        assert [p.antall_prosjekter for p in svar.context["side"]] == [antall]

    @pytest.mark.parametrize("antall", [1, 3])
    def test_listen_bruker_like_mange_spoerringer(self, client, django_assert_num_queries, antall):
        for nr in range(antall):
            med(lag_prosjekt(), lag_partner(f"Partner {nr}"))

        with django_assert_num_queries(5):  # one of them the mark of the content
            svar = client.get("/partnere/")

        assert [p.antall_prosjekter for p in svar.context["side"]] == [1] * antall


class TestSiden:
    def test_fakta_og_prosjekter_med_rolle(self, client):
        partner = lag_partner("Prøveforskning", orgnr="974760673", fylke=lag_fylke(), om="Vi forsker.")
        prosjekt = med(lag_prosjekt("Felles arbeid"), partner)
        med(prosjekt, partner, Partnerrolle.FOLGEFORSKER)

        svar = client.get(f"/partnere/{partner.slug}/")

        innhold = svar.content.decode()
        assert [(p.tittel, p.rolle) for p in svar.context["side"]] == [
            ("Felles arbeid", "Forskningspartner, Følgeforsker")
        ]
        for det in ("Vi forsker.", "974760673", "Østfold", "Forskning og utdanning", "Rolle: Forskningspartner, Følge"):
            assert det in innhold

    def test_ukjent_gir_404(self, client):
        assert client.get("/partnere/finnes-ikke/").status_code == 404

    def test_en_virkelig_kommune_har_siden_sin_som_sted(self, client):
        kommune = lag_kommune("Halden", nummer="3101")
        lag_organisasjon("Halden kommune", slug="halden-kommune", kommune=kommune)

        svar = client.get("/partnere/halden-kommune/")

        assert (svar.status_code, svar["Location"]) == (301, "/kommuner/3101/")

    def test_en_oppdiktet_kommune_bruker_partnersiden_og_er_merket(self, client):
        oppdiktet = lag_organisasjon("Fjordvik", er_eksempel=True)

        svar = client.get(oppdiktet.get_absolute_url())

        assert svar.status_code == 200
        assert '<span class="eksempelmerke">Eksempeldata</span>' in svar.content.decode()

    def test_opphort_viser_hvem_som_forer_arbeidet_videre(self, client):
        ny = lag_partner("Nytt institutt")
        gammel = lag_partner("Gammelt institutt", opphort_dato="2024-01-01", etterfolger=ny)
        med(lag_prosjekt("Arvet arbeid"), gammel)

        innhold = client.get(f"/partnere/{gammel.slug}/").content.decode()

        assert "Organisasjonen opphørte 1. januar 2024." in innhold
        assert f'<a href="/partnere/{ny.slug}/">Nytt institutt</a>' in innhold
        hos_den_nye = client.get(f"/partnere/{ny.slug}/")
        assert [p.tittel for p in hos_den_nye.context["side"]] == ["Arvet arbeid"]

    def test_uten_prosjekter_viser_siden_en_vei_videre(self, client):
        partner = lag_partner("Ensom forskning")

        assert "er ikke med i noe åpent prosjekt ennå." in client.get(f"/partnere/{partner.slug}/").content.decode()

    @pytest.mark.parametrize("rolle", ROLLER)
    def test_hver_leser_ser_det_hun_skal(self, som, rolle):
        partner = lag_partner("Prøvesyn")
        med(lag_prosjekt("Aapent"), partner)
        med(lag_prosjekt("For sektoren", synlighet=Synlighet.SEKTOR), partner)
        med(lag_prosjekt("Kladden", status=Status.KLADD), partner)

        svar = som(rolle).get(f"/partnere/{partner.slug}/")

        venter = {"Aapent"} if rolle in ("anonym", "partner") else {"Aapent", "For sektoren"}
        assert {p.tittel for p in svar.context["side"]} == venter
        assert "Kladden" not in svar.content.decode()

    @pytest.mark.parametrize("antall", [1, 3])
    def test_siden_bruker_like_mange_spoerringer(self, client, django_assert_num_queries, antall):
        partner = lag_partner("Prøveforskning")
        for _nummer in range(antall):
            med(lag_prosjekt(), partner)

        with django_assert_num_queries(7):
            svar = client.get(f"/partnere/{partner.slug}/")

        assert len(svar.context["side"]) == antall
