"""A municipality's page: found by every number and name, with its projects and those of what went into it."""

import re

import pytest
from django.urls import reverse

from kommuner.models import Kommune, Organisasjon
from prosjekter import fasettindeks
from prosjekter.kodeverk import Partnerrolle, Status, Synlighet
from prosjekter.models import Deltakelse
from tests.fabrikker import lag_barriere, lag_gjenbruk, lag_kommune, lag_organisasjon, lag_prosjekt, lag_utfordring
from tests.rollebesetning import ROLLER

registeret_i_basen = pytest.mark.usefixtures("registeret", "db")


def side(nummer):
    return f"/kommuner/{nummer}/"


def valg(svar):
    """Numbers offered on a page that lets one choose."""
    return re.findall(r'<a class="dekk" href="/kommuner/(\d+)/">', svar.content.decode())


def tekst(svar):
    return " ".join(re.sub(r"<[^>]+>", " ", svar.content.decode()).split())


def organisasjon(navn):
    return Organisasjon.objects.get(kommune__navn=navn, kommune__gyldig_til=None)


@registeret_i_basen
class TestNumre:
    @pytest.mark.parametrize(
        ("gammelt", "naa"),
        [
            ("0101", "3101"),  # Halden, twice renumbered
            ("3001", "3101"),
            ("1601", "5001"),  # Trondheim
            ("1141", "1103"),  # Finnøy, now in Stavanger
            ("0714", "3903"),  # Hof, by way of two mergers
            ("2011", "5612"),
            ("101", "3101"),  # as a spreadsheet writes it
            ("301", "0301"),
        ],
    )
    def test_gammelt_nummer_leder_videre_for_godt(self, client, gammelt, naa):
        svar = client.get(side(gammelt))

        assert (svar.status_code, svar["Location"]) == (301, side(naa))

    @pytest.mark.parametrize(
        ("gammelt", "naa"),
        [
            ("1507", ["1580", "1508"]),
            ("5012", ["5055", "5056", "5059"]),
            ("1850", ["1875", "1806"]),
            ("1534", ["1580", "1508"]),
        ],
    )
    def test_delt_kommune_sier_det_og_tilbyr_alle(self, client, gammelt, naa):
        svar = client.get(side(gammelt))

        assert svar.status_code == 200
        assert valg(svar) == naa
        assert '<meta name="robots" content="noindex, follow">' in svar.content.decode()

    def test_aalesund_ble_delt_og_haram_var_ute_en_tur(self, client):
        assert "Ålesund ble delt 1. januar 2024" in tekst(client.get(side("1507")))
        assert "Hvor ble det av Haram?" in tekst(client.get(side("1534")))

    @pytest.mark.parametrize(
        "nummer", ["9999", "0000", "1", "12345", "Andeby", "'", "--", "%C3%86%C3%98", "٣١٠١", "🙂"]
    )
    def test_ukjent_gir_404(self, client, nummer):
        assert client.get(side(nummer)).status_code == 404

    def test_alle_numre_som_har_vaert_gir_svar(self, client):
        numre = Kommune.objects.values_list("numre__nummer", flat=True)

        svar = {client.get(side(nummer)).status_code for nummer in list(numre)[::23]}

        assert svar <= {200, 301}


@registeret_i_basen
class TestNavn:
    @pytest.mark.parametrize(
        ("navn", "nummer"),
        [
            ("Halden", "3101"), ("halden", "3101"), ("Guovdageaidnu", "5612"), ("Ålesund", "1508"),
            ("alesund", "1508"), ("Haram", "1580"), ("Oslove", "0301"), ("Finnøy", "1103"),
        ],
    )  # fmt: skip
    def test_navn_som_en_har_leder_til_nummeret(self, client, navn, nummer):
        svar = client.get(side(navn))

        assert (svar.status_code, svar["Location"]) == (302, side(nummer))

    @pytest.mark.parametrize(("navn", "numre"), [("Våler", ["3114", "3419"]), ("heroy", ["1515", "1818"])])
    def test_navn_flere_har_gir_et_valg(self, client, navn, numre):
        svar = client.get(side(navn))

        assert svar.status_code == 200
        assert sorted(valg(svar)) == numre

    def test_valget_viser_fylket(self, client):
        svar = tekst(client.get(side("Våler")))

        assert "Hvilken kommune mener du? Flere kommuner heter det samme." in svar
        assert "Innlandet, kommunenummer 3419" in svar
        assert "Østfold, kommunenummer 3114" in svar

    def test_den_som_heter_det_i_dag_gaar_foran_den_som_het_det(self, client):
        """Nes in Akershus, not Nesbyen, which was Nes until 2020."""
        assert client.get(side("Nes"))["Location"] == side("3228")

    def test_snillfjord_gir_et_valg_mellom_tre(self, client):
        assert sorted(valg(client.get(side("Snillfjord")))) == ["5055", "5056", "5059"]


@registeret_i_basen
class TestSiden:
    def test_fakta_staar_med_dato_og_gamle_numre(self, client):
        svar = tekst(client.get(side("5622")))

        assert "Kommune i Finnmark med 3" in svar
        assert "5622 (5436 til 2023, 2020 til 2019)" in svar
        assert "(1. januar 2024)" in svar
        assert "Kilder: Statistisk sentralbyrå, Kartverket, GeoNames og Brønnøysundregistrene." in svar

    def test_navnene_har_sprak(self, client):
        svar = client.get(side("5622")).content.decode()

        assert '<span lang="se">Porsáŋgu</span> <span class="dus">nordsamisk</span>' in svar
        assert '<span lang="fkv">Porsanki</span> <span class="dus">kvensk</span>' in svar
        assert '<span lang="se">Guovdageaidnu</span>' in client.get(side("5612")).content.decode()

    def test_det_offisielle_navnet_staar_i_sin_orden_med_sprak(self, client):
        svar = client.get(side("5612")).content.decode()

        assert '<span lang="se">Guovdageaidnu</span> – <span lang="no">Kautokeino</span>' in svar

    def test_oslo_er_sitt_eget_fylke(self, client):
        assert "Kommune og fylke med 717" in tekst(client.get(side("0301")))

    def test_homonymer_baerer_fylket_i_overskriften(self, client):
        assert ">Våler (Innlandet)</h1>" in client.get(side("3419")).content.decode()

    def test_kartet_viser_fylket_og_stedet(self, client):
        svar = client.get(side("3101")).content.decode()

        assert '<path class="fylket" d="M' in svar
        assert '<circle class="stedet"' in svar

    def test_historien_fortelles(self, client):
        svar = tekst(client.get(side("5501")))
        assert "Nytt fylke og kommunenummer 1. januar 2024 Troms og Finnmark ble Troms, og 5401 ble 5501." in svar
        assert "Slått sammen 1. januar 2020 Sandnes (1102) og Forsand (1129) ble Sandnes." in tekst(
            client.get(side("1108"))
        )
        assert "Deling 1. januar 2024 En del av Ålesund (1507) ble Haram." in tekst(client.get(side("1580")))
        assert "Nytt navn 1. januar 2026 Oslo → Oslo - Oslove" in tekst(client.get(side("0301")))

    def test_uten_prosjekter_inviterer_siden(self, client):
        svar = client.get(side("3101")).content.decode()

        assert "Ingen har lagt ut prosjekter fra Halden ennå." in svar
        assert f'href="{reverse("prosjekter:ny")}"' in svar

    def test_egne_og_andres_prosjekter_staar_hver_for_seg(self, client):
        lag_prosjekt("Eget arbeid", eier=organisasjon("Halden"))
        andres = lag_prosjekt("Naboens arbeid", eier=organisasjon("Aremark"))
        Deltakelse.objects.create(prosjekt=andres, organisasjon=organisasjon("Halden"), rolle=Partnerrolle.MEDEIER)

        svar = client.get(side("3101"))

        assert [p.tittel for p in svar.context["egne"]] == ["Eget arbeid"]
        assert [p.tittel for p in svar.context["andres"]] == ["Naboens arbeid"]

    def test_avsluttet_deltakelse_teller_ikke(self, client):
        andres = lag_prosjekt(eier=organisasjon("Aremark"))
        Deltakelse.objects.create(
            prosjekt=andres, organisasjon=organisasjon("Halden"), rolle=Partnerrolle.MEDEIER, til_dato="2024-01-01"
        )

        assert client.get(side("3101")).context["andres"] == []

    def test_mange_prosjekter_gir_lenke_til_alle(self, client):
        for _nummer in range(7):
            lag_prosjekt(eier=organisasjon("Halden"))

        svar = client.get(side("3101"))

        assert len(svar.context["egne"]) == 6
        assert svar.context["antall_egne"] == 7
        assert 'href="/prosjekter/?kommune=3101">Se alle prosjektene i Halden</a>' in svar.content.decode()

    def test_prosjekter_i_sammenslaatt_kommune_finnes_hos_etterfolgeren(self, client):
        for nummer, navn in (("1534", "Haram"), ("1141", "Finnøy")):
            gammel = lag_organisasjon(
                f"Gamle {navn} kommune", kommune=Kommune.objects.get(nummer=nummer), opphort_dato="2020-01-01"
            )
            lag_prosjekt(f"Fra gamle {navn}", eier=gammel)

        assert [p.tittel for p in client.get(side("1103")).context["egne"]] == ["Fra gamle Finnøy"]
        assert [p.tittel for p in client.get(side("1508")).context["egne"]] == ["Fra gamle Haram"]
        svar = client.get(side("1580"))
        assert [p.tittel for p in svar.context["egne"]] == ["Fra gamle Haram"]
        assert "Gamle Haram kommune" in svar.content.decode()

    @pytest.mark.parametrize("rolle", ROLLER)
    def test_hver_leser_ser_det_hun_skal_og_ikke_mer(self, som, rolle):
        halden = organisasjon("Halden")
        lag_prosjekt("Aapent", eier=halden)
        lag_prosjekt("For sektoren", eier=halden, synlighet=Synlighet.SEKTOR)
        lag_prosjekt("For deltakerne", eier=halden, synlighet=Synlighet.PROSJEKT)
        lag_prosjekt("Kladden", eier=halden, status=Status.KLADD)
        lag_prosjekt("Sendt inn", eier=halden, status=Status.INNSENDT)

        svar = som(rolle).get(side("3101"))

        venter = {"Aapent"}
        if rolle not in ("anonym", "partner"):
            venter.add("For sektoren")
        if rolle in ("folgeforsker", "moderator", "administrator"):
            venter.add("For deltakerne")
        assert {p.tittel for p in svar.context["egne"]} == venter
        assert svar.context["antall_egne"] == len(venter)
        assert "Kladden" not in svar.content.decode()

    def test_kommuner_som_ligner_med_grunn_og_sammenligning(self, client):
        svar = client.get(side("5025"))

        assert "Heim Samme KOSTRA-gruppe (2), 5 000–9 999 innbyggere, nøytral målform, samme fylke." in tekst(svar)
        assert 'href="/sammenlign/kommuner/?k=5025&amp;k=5055"' in svar.content.decode()
        assert 'href="/sammenlign/kommuner/?k=5025"' in svar.content.decode()

    def test_navn_numre_og_hvem_den_kom_fra(self, client):
        assert "Tidligere numre 0101 til 2019, 3001 fra 2020 til 2023" in tekst(client.get(side("3101")))
        sandnes = client.get(side("1108"))
        assert "Kommer fra Forsand (1129) og Sandnes (1102)" in tekst(sandnes)
        assert "/kommuner/1129/" not in sandnes.content.decode()  # would only lead back here
        assert '<a href="/kommuner/1507/">Ålesund (1507)</a>' in client.get(side("1580")).content.decode()

    @pytest.mark.parametrize("rolle", ROLLER)
    def test_gjenbruk_begge_veier_for_dem_som_ser_prosjektet(self, som, rolle):
        halden, aremark = organisasjon("Halden"), organisasjon("Aremark")
        for nr, felt in enumerate(({}, {"synlighet": Synlighet.SEKTOR}, {"status": Status.AVPUBLISERT})):
            for fra, til in ((halden, aremark), (aremark, halden)):
                lag_gjenbruk(lag_prosjekt(f"Fra {fra.kommune} {nr}", eier=fra, **felt), til)
        tatt_ned = lag_gjenbruk(lag_prosjekt("Tatt ned", eier=halden), organisasjon("Bodø"))
        type(tatt_ned).objects.filter(pk=tatt_ned.pk).update(
            tatt_ned_tid=tatt_ned.opprettet_tid, tatt_ned_grunn="reklame"
        )

        gjenbruk = som(rolle).get(side("3101")).context["gjenbruk"]

        ser = {"0"}
        if rolle not in ("anonym", "partner"):
            ser.add("1")
        gitt = {g.fra.tittel for g in gjenbruk["gitt"]}
        assert gitt == {f"Fra Halden {nr}" for nr in ser}
        assert {g.fra.tittel for g in gjenbruk["tatt"]} == {f"Fra Aremark {nr}" for nr in ser}

    def test_utfordringer_den_har_meldt_eller_skrevet_under_paa(self, client):
        halden, aremark = organisasjon("Halden"), organisasjon("Aremark")
        lag_utfordring("Meldt av Halden", eier=halden)
        lag_utfordring("Meldt av naboen", eier=aremark, har=[halden])
        lag_utfordring("Kladd i Halden", eier=halden, status="kladd")
        lag_utfordring("Bare naboens", eier=aremark)

        svar = client.get(side("3101"))

        assert [u.tittel for u in svar.context["utfordringer"]] == ["Meldt av naboen", "Meldt av Halden"]
        assert "Kladd i Halden" not in svar.content.decode()

    @pytest.mark.parametrize("rolle", ["anonym", "partner", "fremmed"])
    def test_barrierer_i_egne_og_andres_prosjekter_for_dem_som_ser_dem(self, som, rolle):
        halden, aremark = organisasjon("Halden"), organisasjon("Aremark")
        eget, andres, ferdig = lag_prosjekt(eier=halden), lag_prosjekt(eier=aremark), lag_prosjekt(eier=aremark)
        med = {"organisasjon": halden, "rolle": Partnerrolle.FAGPARTNER}
        Deltakelse.objects.create(prosjekt=andres, **med)
        Deltakelse.objects.create(prosjekt=ferdig, til_dato="2020-01-01", fra_dato="2019-01-01", **med)
        sektorens = lag_prosjekt(eier=halden, synlighet="sektor")
        for prosjekt, lov in ((eget, "Plan- og bygningsloven"), (andres, "Plan- og bygningsloven"),
                              (sektorens, "Sektorens lov"), (ferdig, "Ferdig lov"),
                              (lag_prosjekt(eier=halden, status="kladd"), "Kladdens lov"),
                              (lag_prosjekt(eier=aremark), "Naboens lov")):  # fmt: skip
            lag_barriere(prosjekt, lov)
        lag_barriere(eget, "Trukket lov", trukket_tid="2026-01-01T12:00Z")

        svar = som(rolle).get(side("3101"))

        grupper = {str(g["regel"]): len(g["barrierer"]) for g in svar.context["barrierer"]["grupper"]}
        assert grupper == {"Plan- og bygningsloven": 2} | ({"Sektorens lov": 1} if rolle == "fremmed" else {})
        for skjult in ("Ferdig lov", "Kladdens lov", "Naboens lov", "Trukket lov"):
            assert skjult not in svar.content.decode()
        assert "/barrierer/?kommune=3101" in svar.content.decode()

    def test_siden_viser_ingen_personer(self, client, roller):
        prosjekt = lag_prosjekt(eier=organisasjon("Halden"), opprettet_av=roller["eier"], ansvarlig=roller["eier"])

        innhold = client.get(side("3101")).content.decode()

        assert prosjekt.tittel in innhold
        assert roller["eier"].navn not in innhold
        assert roller["eier"].email not in innhold

    @pytest.mark.parametrize("antall", [1, 3])
    def test_siden_bruker_like_mange_spoerringer(self, client, django_assert_num_queries, antall):
        for _nummer in range(antall):
            lag_prosjekt(eier=organisasjon("Halden"))
            andres = lag_prosjekt(eier=organisasjon("Aremark"))
            Deltakelse.objects.create(prosjekt=andres, organisasjon=organisasjon("Halden"), rolle=Partnerrolle.MEDEIER)
            lag_gjenbruk(andres, organisasjon("Halden"))
            lag_utfordring(eier=organisasjon("Aremark"), har=[organisasjon("Halden")])
            lag_barriere(andres)

        fasettindeks.naa()  # what the process remembers of the projects is read once
        with django_assert_num_queries(15):
            svar = client.get(side("3101"))

        assert (svar.context["antall_egne"], svar.context["antall_andres"]) == (antall, antall)


@pytest.mark.django_db
def test_kommune_uten_detaljer_organisasjon_og_plass_paa_kartet_har_ogsaa_en_side(client):
    lag_kommune("Nyvik", nummer="9901")

    svar = client.get(side("9901"))

    assert svar.status_code == 200
    assert svar.context["kart"] is None
    assert "Innbyggere" not in svar.content.decode()
