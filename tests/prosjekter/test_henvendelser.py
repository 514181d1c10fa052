"""Asking a project without anybody's address being shown, and reporting what should not be here."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommuner.kodeverk import Rolle
from prosjekter import henvendelser
from prosjekter.kodeverk import Status, Synlighet
from prosjekter.models import Henvendelse, Innholdsmelding
from tests.fabrikker import lag_bruker, lag_gjenbruk, lag_organisasjon, lag_prosjekt
from tests.rollebesetning import ROLLER
from utboks import varsling
from utboks.models import Epost

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ingen_har_spurt():
    cache.clear()


@pytest.fixture
def prosjekt(roller):
    return lag_prosjekt("Samtalen", slug="samtalen", eier=roller.kommunen, ansvarlig=roller["eier"])


@pytest.fixture
def adresse(prosjekt):
    return reverse("prosjekter:kontakt_prosjekt", args=["samtalen"])


def mottatt():
    return {e.til: e for e in Epost.objects.all()}


def test_spoersmaalet_gaar_til_den_ansvarlige_med_kopi_og_uten_at_adressen_vises(som, roller, adresse):
    side = som("fremmed").get(adresse)
    assert roller["eier"].email not in side.content.decode()

    utfylt = {"tekst": "Hvor lenge varer samtalen?", "nokkel": side.context["skjema"]["nokkel"].value()}
    som("fremmed").post(adresse, utfylt)
    som("fremmed").post(adresse, utfylt)

    brev = mottatt()
    assert brev.keys() == {roller["eier"].email, roller["fremmed"].email}
    til_eier = brev[roller["eier"].email]
    assert "Hvor lenge varer samtalen?" in til_eier.tekst
    assert roller["fremmed"].email in til_eier.tekst
    assert roller["eier"].email not in brev[roller["fremmed"].email].tekst
    assert Epost.objects.count() == 2


def test_har_eieren_ingen_i_portalen_faar_ks_det(som, roller):
    prosjekt = lag_prosjekt(slug="uten-folk", eier=lag_organisasjon("Tomvik"))
    roller["moderator"]

    som("fremmed").post(reverse("prosjekter:kontakt_prosjekt", args=[prosjekt.slug]), {"tekst": "Hei?"})

    assert mottatt().keys() == {roller["moderator"].email, roller["fremmed"].email}


def test_uten_innlogging_sendes_ingenting(adresse):
    svar = Client().post(adresse, {"tekst": "Kjøp nå", "til": "offer@example.com"})

    assert svar.status_code == 302
    assert not Epost.objects.exists()


def test_mottaker_kan_ikke_velges_og_linjeskift_lager_ingen_hoder(som, roller, prosjekt, adresse):
    prosjekt.tittel = "Samtalen"
    som("fremmed").post(adresse, {"tekst": "Hei\r\nBcc: offer@example.com", "til": "offer@example.com"})

    assert mottatt().keys() == {roller["eier"].email, roller["fremmed"].email}
    assert {e.emne for e in Epost.objects.all()} == {"Spørsmål om «Samtalen»", "Kopi: spørsmål om «Samtalen»"}


def test_mange_paa_kort_tid_stopper_uten_at_teksten_blir_borte(som, adresse):
    klient = som("fremmed")
    for nr in range(10):
        klient.post(adresse, {"tekst": f"Spørsmål {nr}"})

    html = klient.post(adresse, {"tekst": "Det ellevte"}).content.decode()

    assert "Det ble mange på kort tid" in html
    assert "Det ellevte" in html
    assert Henvendelse.objects.count() == 10


@pytest.mark.parametrize("felt", [{"status": Status.KLADD}, {"synlighet": Synlighet.PROSJEKT}])
def test_bare_den_som_ser_et_publisert_prosjekt_kan_spoerre(som, roller, felt):
    prosjekt = lag_prosjekt(slug="lukket", eier=roller.kommunen, **felt)

    svar = som("fremmed").post(reverse("prosjekter:kontakt_prosjekt", args=[prosjekt.slug]), {"tekst": "Hei"})

    assert svar.status_code == 404
    assert not Epost.objects.exists()


def test_mottakeren_melder_fra_og_ks_svarer(som, roller, prosjekt):
    roller["moderator"]
    henvendelse = henvendelser.send(prosjekt, tekst="Kjøp en sensor av oss!", nokkel="a", av=roller["fremmed"])
    meld = reverse("prosjekter:meld_henvendelse", args=["samtalen", henvendelse.pk])
    ser = {r for r in ROLLER if r != "anonym" and som(r).get(meld).status_code == 200}
    assert ser == {"fremmed", "eier", "kollega", "ansvarlig"}

    som("eier").post(meld, {"grunn": "reklame"})
    som("eier").post(meld, {"grunn": "reklame"})

    melding = Innholdsmelding.objects.get()
    assert Epost.objects.get(til=roller["moderator"].email).emne == "Meldt: Reklame eller søppelpost"
    ko = reverse("prosjekter:innholdsmeldinger")
    assert {r for r in ROLLER if som(r).get(ko).status_code == 200} == {"moderator", "administrator"}
    assert "Kjøp en sensor" in som("moderator").get(ko).content.decode()
    som("moderator").post(ko, {"melding": melding.pk, "svar": "Vi har snakket med dem."})
    assert "Vi har snakket med dem." in Epost.objects.get(emne="KS har sett på det du meldte").tekst
    assert "Ingenting er meldt" in som("moderator").get(ko).content.decode()


def test_gjenbruk_kan_meldes_av_den_som_ser_det(som, roller, prosjekt):
    roller["moderator"]
    gjenbruk = lag_gjenbruk(prosjekt, tilpasning="Kari liker det")
    som("partner").post(
        reverse("prosjekter:meld_gjenbruk", args=["samtalen", gjenbruk.pk]), {"grunn": "personopplysninger"}
    )

    assert "1 melding om innhold" in som("moderator").get(reverse("minside")).content.decode()
    assert "Kari liker det" in som("moderator").get(reverse("prosjekter:innholdsmeldinger")).content.decode()


@pytest.mark.parametrize("antall", [1, 3])
def test_koen_av_meldinger_bruker_like_mange_sporringer(som, roller, prosjekt, antall, django_assert_max_num_queries):
    for _nr in range(antall):
        henvendelser.meld(grunn="reklame", tekst="", av=lag_bruker(), gjenbruk=lag_gjenbruk(prosjekt))
    klient = som("moderator")

    with django_assert_max_num_queries(6):
        assert klient.get(reverse("prosjekter:innholdsmeldinger")).status_code == 200


def test_gamle_spoersmaal_slettes_men_ikke_de_ks_skal_se_paa(roller, prosjekt):
    gammel = henvendelser.send(prosjekt, tekst="Gammelt", nokkel="a", av=roller["fremmed"])
    meldt = henvendelser.send(prosjekt, tekst="Meldt", nokkel="b", av=roller["fremmed"])
    henvendelser.meld(grunn="reklame", tekst="", av=roller["eier"], henvendelse=meldt)
    Henvendelse.objects.update(sendt_tid=timezone.now() - timedelta(days=91))
    ny = henvendelser.send(prosjekt, tekst="Nytt", nokkel="c", av=roller["fremmed"])

    henvendelser.rydd()

    assert set(Henvendelse.objects.all()) == {meldt, ny}
    assert gammel not in Henvendelse.objects.all()


def test_etter_at_en_leder_har_sluttet_faar_de_andre_lederne_det(roller, prosjekt):
    roller["eier"].medlemskap.update(til_dato=timezone.localdate() - timedelta(days=1))
    leder = lag_bruker(i=roller.kommunen, rolle=Rolle.ANSVARLIG)

    henvendelser.send(prosjekt, tekst="Hei", nokkel="a", av=roller["fremmed"])

    assert leder.email in mottatt()


def test_den_som_ikke_vil_ha_spoersmaal_faar_dem_ikke_og_ks_leser_dem(roller, prosjekt):
    varsling.velg(roller["eier"].email, {varsling.Slag.VENTER: varsling.Hyppighet.ALDRI})

    henvendelser.send(prosjekt, tekst="Hei", nokkel="a", av=roller["moderator"])
    henvendelser.send(prosjekt, tekst="Hei", nokkel="b", av=roller["fremmed"])

    assert mottatt().keys() == {roller["moderator"].email, roller["fremmed"].email}


def test_slutter_den_som_skulle_svare_gaar_spoersmaalet_videre_en_gang(roller, prosjekt):
    leder = lag_bruker(i=roller.kommunen, rolle=Rolle.ANSVARLIG)
    varsling.velg(roller["eier"].email, {varsling.Slag.VENTER: varsling.Hyppighet.DAGLIG})
    henvendelser.send(prosjekt, tekst="Gammelt", nokkel="a", av=roller["fremmed"])
    Henvendelse.objects.update(sendt_tid=timezone.now() - timedelta(days=4))
    henvendelser.send(prosjekt, tekst="Hvor lenge?", nokkel="b", av=roller["fremmed"])
    henvendelser.send_videre()
    assert leder.email not in mottatt()  # it waits for the morning

    roller["eier"].medlemskap.update(til_dato=timezone.localdate() - timedelta(days=1))
    for _time in range(2):
        henvendelser.send_videre()

    assert [e.tekst.count("Hvor lenge?") for e in Epost.objects.filter(til=leder.email)] == [1]
    assert Epost.objects.filter(til=roller["fremmed"].email).count() == 2
