"""Notices: at once, in one mail a day, or never, as each has chosen; nothing lost, nothing twice, never an empty mail."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommuner.handlinger import slett_bruker
from tests.fabrikker import lag_bruker
from utboks import varsling
from utboks.handlinger import rydd
from utboks.models import Epost, Varsel, Varselmottaker
from utboks.varsling import Hyppighet, Slag, send_samlinger, varsle

pytestmark = pytest.mark.django_db
KARI = "kari@fjordvik.example"


@pytest.fixture(autouse=True)
def varsler_sendes_straks():
    """Here the choices are what they are for people."""


def klokka(dag, time, minutt=0):
    return timezone.make_aware(datetime(2026, 3, dag, time, minutt))


def fortell(nokkel, *, slag=Slag.GJENBRUK, til=KARI, naar=None, emne=None):
    varsle(slag=slag, nokkel=nokkel, til=til, emne=emne or f"Emne {nokkel}", tekst=f"Tekst {nokkel}")
    Varsel.objects.filter(nokkel=nokkel).update(opprettet_tid=naar or klokka(2, 12))


def sendt():
    return list(Epost.objects.order_by("pk").values_list("emne", flat=True))


def test_det_noen_venter_paa_kommer_straks_og_resten_samlet_klokka_sju():
    fortell("a", slag=Slag.SVAR)
    fortell("b")
    fortell("c", slag=Slag.PROSJEKT)
    fortell("b")
    assert sendt() == ["Emne a"]

    send_samlinger(klokka(3, 6, 59))
    assert sendt() == ["Emne a"]
    send_samlinger(klokka(3, 7))
    send_samlinger(klokka(3, 7, 5))

    assert sendt() == ["Emne a", "2 nye siden sist: Emne c"]
    samling = Epost.objects.get(emne__startswith="2 nye")
    assert samling.til == KARI
    assert samling.tekst.index("Tekst c") < samling.tekst.index("Tekst b")
    assert samling.hoder["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert reverse("varsler") in samling.tekst


def test_hoyst_en_om_dagen_og_ingen_uten_noe_nytt():
    fortell("a", naar=klokka(2, 12))
    send_samlinger(klokka(3, 7))
    fortell("b", naar=klokka(3, 6))  # written before seven, and committed after the mail
    fortell("c", naar=klokka(3, 9))
    send_samlinger(klokka(3, 12))
    assert sendt() == ["Emne a"]

    send_samlinger(klokka(4, 7))
    send_samlinger(klokka(5, 7))
    send_samlinger(klokka(6, 7))

    assert sendt() == ["Emne a", "2 nye siden sist: Emne b"]


def test_en_som_er_borte_i_tre_dager_faar_alt_i_en():
    for dag in (2, 3, 4):
        fortell(f"d{dag}", naar=klokka(dag, 12))

    send_samlinger(klokka(6, 8))

    assert [emne[:13] for emne in sendt()] == ["3 nye siden s"]


def test_drept_midt_i_mister_ingenting_og_sier_ingenting_to_ganger(monkeypatch):
    for navn in ("a", "b", "c"):
        fortell(navn, til=f"{navn}@fjordvik.example")
    ekte, kall = varsling.legg_i_utboks, []

    def drept_etter_den_andre(**felt):
        ekte(**felt)
        kall.append(felt)
        if len(kall) == 2:  # the mail is written, and the rows are not yet marked
            raise KeyboardInterrupt

    monkeypatch.setattr(varsling, "legg_i_utboks", drept_etter_den_andre)
    with pytest.raises(KeyboardInterrupt):
        send_samlinger(klokka(3, 7))
    assert sendt() == ["Emne a"]

    monkeypatch.setattr(varsling, "legg_i_utboks", ekte)
    send_samlinger(klokka(3, 7, 10))

    assert sendt() == ["Emne a", "Emne b", "Emne c"]
    assert not Varsel.objects.ventende().exists()


def test_det_samme_fortelles_ikke_igjen_etter_at_posten_er_sendt():
    fortell("a")
    send_samlinger(klokka(3, 7))

    fortell("a")
    send_samlinger(klokka(4, 7))

    assert sendt() == ["Emne a"]
    Varsel.objects.update(sendt_tid=timezone.now() - timedelta(days=31))
    rydd()
    assert not Varsel.objects.exists()


def test_mange_adresser_tas_en_bunke_om_gangen(monkeypatch):
    monkeypatch.setattr(varsling, "BUNKE", 2)
    for nr in range(5):
        fortell(f"n{nr}", til=f"p{nr}@fjordvik.example")

    assert [send_samlinger(klokka(3, 7)) for _runde in range(3)] == [True, True, False]
    assert len(sendt()) == 5


def test_svaert_mange_nevnes_med_emne():
    for nr in range(25):
        fortell(f"n{nr:02}")

    send_samlinger(klokka(3, 7))

    tekst = Epost.objects.get().tekst
    assert "Tekst n19" in tekst
    assert "Tekst n20" not in tekst
    assert "- Emne n24" in tekst


# ---- Choosing ------------------------------------------------------------------------------------------------------


def velg_paa_siden(klient, **valg):
    skjema = klient.get(reverse("varsler")).context["skjema"]
    return klient.post(reverse("varsler"), {navn: felt.initial for navn, felt in skjema.fields.items()} | valg)


@pytest.fixture
def kari():
    klient = Client()
    klient.force_login(lag_bruker("Kari Prøve", email=KARI))
    return klient


def test_valgene_gjelder_med_en_gang_ogsaa_for_det_som_venter(kari):
    fortell("a", slag=Slag.GJENBRUK)
    fortell("b", slag=Slag.PAAMINNELSE)

    svar = velg_paa_siden(kari, gjenbruk=Hyppighet.STRAKS, paaminnelse=Hyppighet.ALDRI)

    assert svar.url == reverse("varsler")
    assert sendt() == ["Emne a"]
    fortell("c", slag=Slag.PAAMINNELSE)
    send_samlinger(klokka(3, 7))
    assert sendt() == ["Emne a"]
    assert Varselmottaker.objects.get().valg == {"gjenbruk": "straks", "paaminnelse": "aldri"}


def test_koeen_er_bare_for_dem_som_har_den(kari, som):
    assert "ko" not in kari.get(reverse("varsler")).context["skjema"].fields
    assert "ko" in som("moderator").get(reverse("varsler")).context["skjema"].fields
    assert velg_paa_siden(kari, svar="av og til").status_code == 200
    assert varsling.valgene(KARI)[Slag.SVAR] == Hyppighet.STRAKS


def test_ett_klikk_stopper_samlingen_men_ikke_det_noen_venter_paa():
    fortell("a")
    send_samlinger(klokka(3, 7))
    stopp = Epost.objects.get().hoder["List-Unsubscribe"].strip("<>").partition("/varsler/")[2]
    adresse, klient = f"/varsler/{stopp}", Client(enforce_csrf_checks=True)
    assert "Vil du stoppe" in klient.get(adresse).content.decode()

    svar = klient.post(adresse, {"List-Unsubscribe": "One-Click"})

    assert svar.status_code == 200
    fortell("b")
    fortell("c", slag=Slag.VENTER)
    send_samlinger(klokka(4, 7))
    assert sendt() == ["Emne a", "Emne c"]
    assert klient.post("/varsler/stopp/finnes-ikke/").status_code == 404


def test_den_som_slettes_blir_glemt_og_den_som_spor_faar_vite(kari):
    fortell("a")
    bruker = lag_bruker("Kari To", email="to@fjordvik.example")
    fortell("b", til=bruker.email)
    mine = kari.get(reverse("mine_data")).json()
    assert mine["varsler_siste_maaned"][0]["emne"] == "Emne a"
    assert mine["e_poster_du_har_valgt"]["gjenbruk"] == "daglig"

    slett_bruker(bruker, av=bruker)

    assert list(Varselmottaker.objects.values_list("email", flat=True)) == [KARI]
    send_samlinger(klokka(3, 7))
    assert [e.til for e in Epost.objects.all()] == [KARI]
