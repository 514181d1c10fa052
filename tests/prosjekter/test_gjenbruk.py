"""Reuse: who may say what, what is counted, who is told, and what nobody else may see."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommuner.kodeverk import Rolle
from partnerskap.felles.versjon import Konflikt
from prosjekter.handlinger import gjenbruk as handlinger
from prosjekter.handlinger.prosjekt import Mangler
from prosjekter.kodeverk import Gjenbrukstatus, Partnerrolle, Status, Synlighet
from prosjekter.models import Deltakelse, Gjenbruk, Prosjekt
from prosjekter.overganger import gjenbruk as overganger
from tests.fabrikker import lag_bruker, lag_gjenbruk, lag_organisasjon, lag_prosjekt
from tests.rollebesetning import ROLLER
from utboks.models import Epost

pytestmark = pytest.mark.django_db

SVAR = {"type": "tilpasset", "status": "vurderes", "kontaktrolle": "Leder"}


@pytest.fixture
def prosjekt(roller):
    return lag_prosjekt("Middag på skolen", slug="middag", eier=roller.kommunen, ansvarlig=roller["eier"])


@pytest.fixture
def taker(roller):
    roller["fremmed"]
    return roller["fremmed"].medlemskap.get().organisasjon


def tall(prosjekt):
    prosjekt.refresh_from_db()
    return prosjekt.antall_interesse, prosjekt.antall_i_bruk, prosjekt.antall_bekreftet


def registrer(prosjekt, taker, av, **felt):
    return handlinger.registrer(prosjekt, taker=taker, nokkel="a", av=av, **{**SVAR, **felt})[0]


def oppdater(gjenbruk, av, **verdier):
    return handlinger.oppdater(gjenbruk, verdier=verdier, versjon=gjenbruk.versjon, av=av)


def side(prosjekt, klient=None):
    return (klient or Client()).get(prosjekt.get_absolute_url()).content.decode()


# ---- Saying so -----------------------------------------------------------------------------------------------------


def test_en_fremmed_sier_fra_og_eieren_faar_vite_det(som, roller, prosjekt, taker):
    klient = som("fremmed")
    html = side(prosjekt, klient)
    assert reverse("prosjekter:bruk", args=["middag"]) in html
    skjema = klient.get(reverse("prosjekter:bruk", args=["middag"]))
    utfylt = {**SVAR, "taker": taker.pk, "nokkel": skjema.context["skjema"]["nokkel"].value(), "kjerne": "Bordet"}

    svar = klient.post(reverse("prosjekter:bruk", args=["middag"]), utfylt)
    igjen = klient.post(reverse("prosjekter:bruk", args=["middag"]), utfylt)

    gjenbruk = Gjenbruk.objects.get()
    assert svar.url == igjen.url == gjenbruk.get_absolute_url()
    assert (gjenbruk.taker, gjenbruk.registrert_av, gjenbruk.kjerne) == (taker, roller["fremmed"], "Bordet")
    epost = Epost.objects.get()
    assert epost.til == roller["eier"].email
    assert epost.emne == "Annenvik vil bruke «Middag på skolen»"
    assert gjenbruk.get_absolute_url() in epost.tekst
    assert "Annenvik" in side(prosjekt)
    assert tall(prosjekt) == (1, 0, 0)


def test_en_kollega_som_ogsaa_sier_fra_kommer_til_det_som_finnes(som, roller, prosjekt, taker):
    registrert = registrer(prosjekt, taker, roller["fremmed"])
    kollega = Client()
    kollega.force_login(lag_bruker("Kari Kollega", i=taker))

    svar = kollega.get(reverse("prosjekter:bruk", args=["middag"]))

    assert svar.url == reverse("prosjekter:rediger_gjenbruk", args=["middag", registrert.pk])


def test_eieren_kan_ikke_gjenbruke_sitt_eget(som, roller, prosjekt):
    svar = som("kollega").get(reverse("prosjekter:bruk", args=["middag"]), follow=True)

    assert "Dere eier dette prosjektet selv" in svar.content.decode()
    assert "Vi vil bruke dette" not in side(prosjekt, som("kollega"))
    with pytest.raises(PermissionDenied):
        registrer(prosjekt, roller.kommunen, roller["kollega"])


def test_den_som_har_tatt_over_for_eieren_kan_heller_ikke(roller, prosjekt):
    etterfolger = lag_organisasjon("Nye Fjordvik")
    roller.kommunen.etterfolger, roller.kommunen.opphort_dato = etterfolger, "2026-01-01"
    roller.kommunen.save()
    ansatt = lag_bruker(i=etterfolger)

    with pytest.raises(PermissionDenied):
        registrer(prosjekt, etterfolger, ansatt)


def test_en_medeier_kan_ikke_men_en_fagpartner_kan(roller, prosjekt):
    medeier, partner = lag_organisasjon("Medeiervik"), lag_organisasjon("Partnervik")
    Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=medeier, rolle=Partnerrolle.MEDEIER)
    Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=partner, rolle=Partnerrolle.FAGPARTNER)

    with pytest.raises(PermissionDenied):
        registrer(prosjekt, medeier, lag_bruker(i=medeier))
    assert registrer(prosjekt, partner, lag_bruker(i=partner)).taker == partner


def test_ingen_sier_fra_for_en_annen_kommune(som, prosjekt):
    andre = lag_organisasjon("Helt Andrevik")

    svar = som("fremmed").post(reverse("prosjekter:bruk", args=["middag"]), {**SVAR, "taker": andre.pk})

    assert svar.status_code == 200
    assert not Gjenbruk.objects.exists()


def test_det_som_ikke_er_publisert_kan_ingen_si_at_de_bruker(som, roller):
    kladd = lag_prosjekt(slug="kladd", eier=roller.kommunen, status=Status.KLADD)

    assert som("fremmed").get(reverse("prosjekter:bruk", args=["kladd"])).status_code == 404
    assert som("eier").get(reverse("prosjekter:bruk", args=["kladd"])).status_code == 404
    assert "Vi vil bruke dette" not in side(kladd, som("eier"))


def test_en_uten_organisasjon_faar_en_vei_videre(prosjekt):
    klient = Client()
    klient.force_login(lag_bruker("Ny Person"))

    assert "Først må du høre til et sted" in klient.get(reverse("prosjekter:bruk", args=["middag"])).content.decode()


def test_ideen_kan_ikke_gaa_i_ring(roller, prosjekt, taker):
    hos_taker = lag_prosjekt("Middag i Annenvik", eier=taker)
    registrer(prosjekt, taker, roller["fremmed"], til=hos_taker)

    with pytest.raises(handlinger.GarIRing):
        handlinger.registrer(
            hos_taker, taker=roller.kommunen, nokkel="b", av=roller["eier"], **{**SVAR, "til": prosjekt}
        )
    uten = handlinger.registrer(hos_taker, taker=roller.kommunen, nokkel="c", av=roller["eier"], **SVAR)[0]
    with pytest.raises(handlinger.GarIRing):
        oppdater(uten, roller["eier"], til=prosjekt)
    assert tall(hos_taker) == (1, 0, 0)


# ---- How it goes ---------------------------------------------------------------------------------------------------


def test_tabellen_for_hvor_langt_de_har_kommet(roller, prosjekt, taker):
    """Every state x state x person: what the table says, and nothing else."""
    gjenbruk = lag_gjenbruk(prosjekt, taker)
    for fra in Gjenbrukstatus:
        gjenbruk.status = fra
        for rolle in ROLLER:
            mulige = set(overganger.mulige(gjenbruk, roller[rolle])) - {fra}
            if rolle != "fremmed":
                assert mulige == set(), (fra, rolle)
            else:
                assert (Gjenbrukstatus.VERDI_BEKREFTET in mulige) == (fra == Gjenbrukstatus.I_BRUK)
                assert (Gjenbrukstatus.FORKASTET in mulige) == (fra != Gjenbrukstatus.FORKASTET)


@pytest.mark.parametrize("rolle", [r for r in ROLLER if r != "fremmed"])
def test_bare_taker_bekrefter_verdi(roller, prosjekt, taker, rolle):
    gjenbruk = lag_gjenbruk(prosjekt, taker, status="i_bruk")

    with pytest.raises(PermissionDenied):
        oppdater(gjenbruk, roller[rolle], status="verdi_bekreftet", verdi="Mye", belegg="malt")

    assert tall(prosjekt) == (0, 1, 0)


def test_verdi_bekreftes_med_hva_og_hvordan_de_vet_det(som, roller, prosjekt, taker):
    gjenbruk = lag_gjenbruk(prosjekt, taker, status="i_bruk", registrert_av=roller["fremmed"])
    adresse = reverse("prosjekter:rediger_gjenbruk", args=["middag", gjenbruk.pk])
    utfylt = {**SVAR, "status": "verdi_bekreftet", "versjon": gjenbruk.versjon, "kjerne": "Bordet"}

    uten = som("fremmed").post(adresse, utfylt)
    med = som("fremmed").post(adresse, {**utfylt, "verdi": "Svinnet gikk ned.", "belegg": "malt"})

    assert "Skriv hvilken verdi det ga" in uten.content.decode()
    assert "Bordet" in uten.content.decode()
    assert med.status_code == 302
    assert tall(prosjekt) == (0, 1, 1)
    html = side(prosjekt)
    assert "Ga verdi ett sted til" in html
    assert "Svinnet gikk ned." in html
    assert Epost.objects.get().emne == "«Middag på skolen» ga verdi i Annenvik"
    with pytest.raises(Mangler):
        oppdater(Gjenbruk.objects.get(), roller["fremmed"], verdi="")


def test_verdi_kan_ikke_bekreftes_foer_det_er_i_bruk(roller, prosjekt, taker):
    gjenbruk = lag_gjenbruk(prosjekt, taker, status="planlagt")

    with pytest.raises(overganger.UmuligFlytt):
        oppdater(gjenbruk, roller["fremmed"], status="verdi_bekreftet", verdi="Mye", belegg="malt")

    gjenbruk.refresh_from_db()
    assert (gjenbruk.status, gjenbruk.verdi) == ("planlagt", "")


def test_det_som_legges_bort_sier_hvorfor_og_vises_som_laering(roller, prosjekt, taker):
    gjenbruk = lag_gjenbruk(prosjekt, taker)

    with pytest.raises(Mangler):
        oppdater(gjenbruk, roller["fremmed"], status="forkastet")
    oppdater(gjenbruk, roller["fremmed"], status="forkastet", hvorfor_ikke="Kjøkkenet var for lite.")

    assert tall(prosjekt) == (0, 0, 0)
    assert "Kjøkkenet var for lite." in side(prosjekt)


def test_to_som_lagrer_samtidig_mister_ingenting(som, roller, prosjekt, taker):
    gjenbruk = lag_gjenbruk(prosjekt, taker)
    adresse = reverse("prosjekter:rediger_gjenbruk", args=["middag", gjenbruk.pk])
    utfylt = {**SVAR, "status": "i_bruk", "versjon": gjenbruk.versjon}
    oppdater(gjenbruk, roller["fremmed"], tilpasning="Deres tekst")

    svar = som("fremmed").post(adresse, {**utfylt, "tilpasning": "Min tekst"})

    assert svar.status_code == 409
    assert "Min tekst" in svar.content.decode()
    assert "Deres tekst" in svar.content.decode()
    with pytest.raises(Konflikt):
        handlinger.oppdater(gjenbruk, verdier={"tilpasning": "Enda en"}, versjon=1, av=roller["fremmed"])


def test_etterfolgerens_folk_tar_over(roller, prosjekt, taker):
    gjenbruk = lag_gjenbruk(prosjekt, taker, registrert_av=roller["fremmed"])
    etterfolger = lag_organisasjon("Storvik")
    taker.etterfolger, taker.opphort_dato = etterfolger, "2026-01-01"
    taker.save()
    leder = lag_bruker("Lene Leder", i=etterfolger, rolle=Rolle.ANSVARLIG)

    oppdater(gjenbruk, leder, status="verdi_bekreftet", verdi="Bra", belegg="erfart")
    handlinger.svar(gjenbruk, tekst="Takk!", av=roller["eier"])

    assert tall(prosjekt) == (0, 1, 1)
    assert Epost.objects.filter(emne__startswith="Svar fra").get().til == leder.email


def test_eieren_takker_og_taker_faar_vite_det(som, roller, prosjekt, taker):
    gjenbruk = lag_gjenbruk(prosjekt, taker, registrert_av=roller["fremmed"])
    adresse = reverse("prosjekter:svar_gjenbruk", args=["middag", gjenbruk.pk])

    som("eier").post(adresse, {"svar": "Så fint!"})
    som("eier").post(adresse, {"svar": "Så fint!"})

    assert Epost.objects.get().til == roller["fremmed"].email
    assert "Så fint!" in Client().get(gjenbruk.get_absolute_url()).content.decode()
    assert som("fremmed").get(adresse).status_code == 403


# ---- Claims --------------------------------------------------------------------------------------------------------


def test_eieren_oppgir_en_utenfor_portalen_og_det_er_en_pastand(som, roller, prosjekt):
    adresse = reverse("prosjekter:oppgi_ekstern", args=["middag"])
    assert som("fremmed").get(adresse).status_code == 403

    som("eier").post(adresse, {"taker_navn": "Stiftelsen Morgenro", "type": "kopiert", "status": "i_bruk"})

    pastand = Gjenbruk.objects.get()
    assert tall(prosjekt) == (0, 0, 0)
    html = side(prosjekt)
    assert "Stiftelsen Morgenro" in html
    assert "Oppgitt av Fjordvik prøvekommune" in html
    assert Gjenbrukstatus.VERDI_BEKREFTET not in overganger.mulige(pastand, roller["eier"])
    with pytest.raises(overganger.UmuligFlytt):
        oppdater(pastand, roller["eier"], status="verdi_bekreftet", verdi="Mye", belegg="malt")
    som("eier").post(reverse("prosjekter:fjern_pastand", args=["middag", pastand.pk]))
    assert not Gjenbruk.objects.exists()


def test_det_en_taker_har_sagt_kan_eieren_ikke_fjerne(som, prosjekt):
    gjenbruk = lag_gjenbruk(prosjekt)

    svar = som("eier").post(reverse("prosjekter:fjern_pastand", args=["middag", gjenbruk.pk]))

    assert svar.status_code == 403
    assert Gjenbruk.objects.exists()


# ---- Who sees what -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("synlighet", [Synlighet.SEKTOR, Synlighet.PROSJEKT])
def test_gjenbruk_av_det_som_ikke_er_aapent_ser_og_teller_bare_de_som_ser_prosjektet(som, roller, taker, synlighet):
    prosjekt = lag_prosjekt("Hemmelig middag", slug="hemmelig", eier=roller.kommunen, synlighet=synlighet)
    gjenbruk = lag_gjenbruk(prosjekt, lag_organisasjon("Røpevik"), status="verdi_bekreftet", verdi="Lekkasje")

    for rolle in ROLLER:
        ser_prosjektet = Prosjekt.objects.synlige_for(roller[rolle]).exists()
        assert Gjenbruk.objects.synlige_for(roller[rolle]).exists() == ser_prosjektet, rolle
        status = som(rolle).get(gjenbruk.get_absolute_url()).status_code
        assert status == (200 if ser_prosjektet else 404), rolle
    assert "Røpevik" not in Client().get("/prosjekter/").content.decode()


def test_ks_tar_ned_med_grunn_og_det_slutter_aa_telle(som, roller, prosjekt, taker):
    gjenbruk = lag_gjenbruk(prosjekt, taker, tilpasning="Kari i kantina liker det", registrert_av=roller["fremmed"])
    adresse = reverse("prosjekter:ta_ned_gjenbruk", args=["middag", gjenbruk.pk])
    assert som("eier").get(adresse).status_code == 403

    som("moderator").post(adresse, {"grunn": "personopplysninger", "begrunnelse": "Navnet må ut."})

    assert tall(prosjekt) == (0, 0, 0)
    ser = {r for r in ROLLER if som(r).get(gjenbruk.get_absolute_url()).status_code == 200}
    assert ser == {"fremmed", "moderator", "administrator"}
    assert "Kari i kantina" not in side(prosjekt, som("eier")) + side(prosjekt, som("fremmed"))
    assert "Navnet må ut." in Epost.objects.get(til=roller["fremmed"].email).tekst
    som("moderator").post(reverse("prosjekter:legg_tilbake_gjenbruk", args=["middag", gjenbruk.pk]))
    assert tall(prosjekt) == (0, 1, 0)


def test_takers_eget_prosjekt_vises_bare_for_dem_som_ser_det(som, roller, prosjekt, taker):
    kladd = lag_prosjekt("Hemmelig kladd", eier=taker, status=Status.KLADD)
    gjenbruk = lag_gjenbruk(prosjekt, taker, til=kladd)

    assert "Hemmelig kladd" not in som("eier").get(gjenbruk.get_absolute_url()).content.decode()
    assert "Hemmelig kladd" in som("fremmed").get(gjenbruk.get_absolute_url()).content.decode()


def test_historikken_er_for_dem_det_gjelder(som, roller, prosjekt, taker):
    gjenbruk = registrer(prosjekt, taker, roller["fremmed"])
    oppdater(gjenbruk, roller["fremmed"], status="i_bruk")
    adresse = reverse("prosjekter:gjenbrukshistorikk", args=["middag", gjenbruk.pk])

    svar = {rolle: som(rolle).get(adresse).status_code for rolle in ROLLER}

    assert svar == {
        "anonym": 302, "fremmed": 200, "eier": 200, "kollega": 200, "ansvarlig": 200, "partner": 403,
        "folgeforsker": 200, "moderator": 200, "missionkurator": 403, "administrator": 200,
    }  # fmt: skip
    assert "Frida Fremmed" in som("eier").get(adresse).content.decode()


# ---- Speed ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("antall", [1, 3, 200])
def test_prosjektsiden_bruker_like_faa_sporringer_for_mange(prosjekt, antall, django_assert_max_num_queries):
    for nr in range(antall):
        lag_gjenbruk(prosjekt, lag_organisasjon(f"Taker {nr}"), status="verdi_bekreftet")

    with django_assert_max_num_queries(8):
        html = side(prosjekt)

    assert html.count("Taker ") == min(antall, 10)


def test_listen_kan_sorteres_paa_det_som_har_reist_lengst(roller):
    en, to, ingen = (lag_prosjekt(tittel) for tittel in ("En", "To", "Ingen"))
    lag_gjenbruk(en, status="verdi_bekreftet")
    lag_gjenbruk(to, status="i_bruk")
    lag_gjenbruk(ingen, status="vurderes")

    assert list(Prosjekt.objects.mest_gjenbrukte_forst()) == [en, to, ingen]
    assert set(Prosjekt.objects.gjenbrukte()) == {en, to}


# ---- The question after a year -------------------------------------------------------------------------------------


def for_dager_siden(antall):
    return timezone.localdate() - timedelta(days=antall)


def test_etter_et_aar_spoer_vi_taker_om_det_ga_verdi_og_bare_en_gang(roller, prosjekt, taker):
    gammelt = lag_gjenbruk(prosjekt, taker, i_bruk_dato=for_dager_siden(366), registrert_av=roller["fremmed"])
    lag_gjenbruk(prosjekt, status="verdi_bekreftet", i_bruk_dato=for_dager_siden(400))
    lag_gjenbruk(prosjekt, i_bruk_dato=for_dager_siden(300))
    lag_gjenbruk(prosjekt, taker_navn="Utenfor", i_bruk_dato=for_dager_siden(400))

    assert handlinger.minn_om_verdi() is False
    handlinger.minn_om_verdi()

    epost = Epost.objects.get()
    assert (epost.til, epost.emne) == (roller["fremmed"].email, "Ga det verdi? «Middag på skolen»")
    assert reverse("prosjekter:rediger_gjenbruk", args=["middag", gammelt.pk]) in epost.tekst
    Gjenbruk.objects.update(paaminnet_tid=timezone.now() - timedelta(days=366))
    handlinger.minn_om_verdi()
    assert Epost.objects.count() == 1, "the same year gives the same key"


def test_har_den_som_sa_fra_sluttet_spoer_vi_den_ansvarlige(roller, prosjekt, taker):
    lag_gjenbruk(prosjekt, taker, i_bruk_dato=for_dager_siden(366), registrert_av=roller["fremmed"])
    roller["fremmed"].medlemskap.update(til_dato=for_dager_siden(1))
    leder = lag_bruker(i=taker, rolle=Rolle.ANSVARLIG)

    handlinger.minn_om_verdi()

    assert Epost.objects.get().til == leder.email
    klient = Client()
    klient.force_login(leder)
    assert "Ga «Middag på skolen» verdi hos dere?" in klient.get(reverse("minside")).content.decode()


# ---- Min side ------------------------------------------------------------------------------------------------------


def test_min_side_viser_hva_vi_bruker_hvem_som_bruker_vaart_og_det_som_venter(som, roller, prosjekt, taker):
    hemmelig = lag_prosjekt("Hemmelig", synlighet=Synlighet.PROSJEKT)
    lag_gjenbruk(hemmelig, taker)
    lag_gjenbruk(prosjekt, taker, i_bruk_dato=for_dager_siden(366), registrert_av=roller["fremmed"])

    taker_ser = som("fremmed").get(reverse("minside")).content.decode()
    eier_ser = som("eier").get(reverse("minside")).content.decode()

    assert "Ga «Middag på skolen» verdi hos dere?" in taker_ser
    assert "Vi bruker" in taker_ser
    assert "Hemmelig" not in taker_ser
    assert "Annenvik bygger på «Middag på skolen»" in eier_ser
    assert "Andre bruker vårt" in eier_ser
    assert "Gjenbruk" not in som("partner").get(reverse("minside")).content.decode()


@pytest.mark.parametrize("antall", [1, 3])
def test_siden_om_gjenbruk_bruker_like_mange_sporringer(som, roller, taker, antall, django_assert_num_queries):
    for _nr in range(antall):
        lag_gjenbruk(lag_prosjekt(eier=roller.kommunen), taker)
        lag_gjenbruk(lag_prosjekt(eier=taker))
    klient = som("fremmed")

    with django_assert_num_queries(9):
        html = klient.get(reverse("mitt_gjenbruk")).content.decode()

    assert len(re.findall(r"/prosjekter/[^/]+/gjenbruk/", html)) == 2 * antall
