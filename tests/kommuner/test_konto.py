"""Sign-in by e-mailed code: the way in, the ways it can go wrong, and what it must never tell."""

import re
import time
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from kommuner.apps import delt_mellomlager
from kommuner.models import Bruker, Medlemskap, Nettdomene
from tests.fabrikker import lag_bruker, lag_organisasjon
from utboks.handlinger import send_ventende
from utboks.models import Epost

pytestmark = pytest.mark.django_db

LOGG_INN = "/konto/logg-inn/"
KODE = "/konto/logg-inn/kode/"
ADRESSE = "ny@halden.kommune.no"


@pytest.fixture(autouse=True)
def _tomt_mellomlager():
    cache.clear()


def be_om_kode(client, epost=ADRESSE, **ekstra):
    return client.post(LOGG_INN, {"email": epost, **ekstra})


def koden():
    tekst = Epost.objects.latest("pk").tekst
    return re.search(r"^ {4}(\d{4}-\d{4})$", tekst, re.MULTILINE)[1]


def feil_kode():
    return "0000-0000" if koden() != "0000-0000" else "1111-1111"


def logg_inn(client, epost=ADRESSE, neste=None):
    ekstra = {"next": neste} if neste else {}
    be_om_kode(client, epost, **ekstra)
    return client.post(KODE, {"code": koden(), **ekstra})


def innlogget(client):
    return "_auth_user_id" in client.session


# The way in


def test_en_ny_adresse_faar_konto_naar_koden_er_bekreftet(client):
    svar = be_om_kode(client)

    assert svar.status_code == 302
    assert svar["Location"] == KODE
    assert not Bruker.objects.exists()

    svar = client.post(KODE, {"code": koden()})

    assert innlogget(client)
    assert svar["Location"] == reverse("profil:navn")
    bruker = Bruker.objects.get()
    assert bruker.email == ADRESSE
    assert not bruker.has_usable_password()


def test_den_som_har_konto_logger_inn_i_den_samme(client):
    bruker = lag_bruker(email=ADRESSE)

    svar = logg_inn(client, "Ny@Halden.Kommune.no")

    assert svar["Location"] == reverse("minside")
    assert client.session["_auth_user_id"] == str(bruker.pk)
    assert Bruker.objects.count() == 1


@pytest.mark.parametrize("skrevet", ["{}", " {} ", "{} ", "uten strek"])
def test_koden_kan_skrives_med_og_uten_strek_og_mellomrom(client, skrevet):
    be_om_kode(client)
    kode = koden().replace("-", " ") if skrevet == "uten strek" else skrevet.format(koden())

    client.post(KODE, {"code": kode})

    assert innlogget(client)


def test_koden_gaar_gjennom_utboksen_og_slettes_naar_den_er_levert(client, mailoutbox):
    be_om_kode(client)
    epost = Epost.objects.get()
    kode = koden()

    send_ventende()

    assert epost.til == ADRESSE
    assert mailoutbox[0].subject == "Koden din til Partnerskap for radikal innovasjon"
    assert kode not in mailoutbox[0].subject
    assert kode in mailoutbox[0].body
    epost.refresh_from_db()
    assert epost.tekst == ""


def test_navnet_spoerres_det_om_en_gang_og_veien_videre_er_husket(client):
    svar = logg_inn(client, neste="/om/?a=1&b=2")
    assert svar["Location"] == "/min-side/navn/?next=%2Fom%2F%3Fa%3D1%26b%3D2"

    svar = client.post(svar["Location"], {"navn": "  Kari   Ås ", "next": "/om/?a=1&b=2"})

    assert svar["Location"] == "/om/?a=1&b=2"
    assert Bruker.objects.get().navn == "Kari Ås"
    client.post(reverse("account_logout"))
    assert logg_inn(client, neste="/om/")["Location"] == "/om/"


def test_den_som_maa_logge_inn_kommer_tilbake_til_siden(client):
    lag_bruker(email=ADRESSE)
    svar = client.get("/min-side/navn/?fra=her")
    assert svar["Location"].startswith(LOGG_INN)

    side = client.get(svar["Location"]).content.decode()
    neste = re.search(r'name="next" value="([^"]+)"', side)[1]

    assert neste == "/min-side/navn/?fra=her"
    svar = be_om_kode(client, next=neste)
    assert neste in client.get(svar["Location"]).content.decode()
    assert client.post(svar["Location"], {"code": koden()})["Location"] == neste


@pytest.mark.parametrize(
    ("fra", "neste"),
    [
        ("http://testserver/min-side/?side=2#venter", "/min-side/?side=2"),
        ("http://ond.example/min-side/", "/min-side/navn/"),
        ("//ond.example/", "/min-side/navn/"),
        ("", "/min-side/navn/"),
    ],
)
def test_en_knapp_trykket_etter_at_innloggingen_gikk_ut_foerer_tilbake_til_siden_den_sto_paa(client, fra, neste):
    svar = client.post("/min-side/navn/", headers={"referer": fra})

    assert svar["Location"].startswith(LOGG_INN)
    assert unquote(svar["Location"]).endswith(f"next={neste}")


@pytest.mark.parametrize(
    "neste",
    [
        "https://ond.example/",
        "//ond.example/",
        "/\\ond.example",
        "javascript:alert(1)",
        "http:///ond.example",
        "\thttps://ond.example",
    ],
)
def test_ingen_omvei_ut_av_portalen(client, neste):
    lag_bruker(email=ADRESSE)

    svar = logg_inn(client, neste=neste)

    assert svar["Location"] == reverse("minside")
    assert client.get(LOGG_INN, {"next": neste})["Location"] == reverse("minside")
    svar = client.post(reverse("profil:navn"), {"navn": "Ola", "next": neste})
    assert svar["Location"] == reverse("minside")
    assert "ond.example" not in client.post(reverse("account_logout"), {"next": neste})["Location"]


def test_innloggingen_varer_i_fjorten_dager(client):
    logg_inn(client)

    assert client.session.get_expiry_age() == pytest.approx(14 * 24 * 3600, abs=5)


# What goes wrong


def test_feil_kode_sier_hva_man_kan_gjoere_og_etter_tre_maa_man_be_om_ny(client):
    be_om_kode(client, next="/om/")
    riktig = koden()

    for _ in range(2):
        svar = client.post(KODE, {"code": feil_kode(), "next": "/om/"})
        assert "Koden stemmer ikke" in svar.content.decode()
    svar = client.post(KODE, {"code": feil_kode(), "next": "/om/"})

    assert svar["Location"] == f"{LOGG_INN}?next=%2Fom%2F"
    side = client.get(svar["Location"]).content.decode()
    assert "Koden ble skrevet feil for mange ganger" in side
    assert f'value="{ADRESSE}"' in side
    client.post(KODE, {"code": riktig})
    assert not innlogget(client)


@pytest.mark.parametrize("alder", [15 * 60 + 1, 50 * 60])
def test_en_utloept_kode_virker_ikke_og_sier_fra(client, monkeypatch, alder):
    be_om_kode(client, next="/om/")
    naa = time.time()
    monkeypatch.setattr(time, "time", lambda: naa + alder)

    svar = client.post(KODE, {"code": koden(), "next": "/om/"})

    assert not innlogget(client)
    assert svar["Location"] == f"{LOGG_INN}?next=%2Fom%2F"
    side = client.get(svar["Location"]).content.decode()
    assert "Koden er utløpt. Be om en ny." in side
    assert f'value="{ADRESSE}"' in side


def test_en_kode_virker_bare_en_gang_og_bare_i_nettleseren_som_ba_om_den(client):
    be_om_kode(client)
    kode = koden()
    annen = Client()

    assert annen.post(KODE, {"code": kode})["Location"] == LOGG_INN
    assert not innlogget(annen)
    client.post(KODE, {"code": kode})
    client.post(reverse("account_logout"))
    client.post(KODE, {"code": kode})
    assert not innlogget(client)


def test_en_ny_kode_gjoer_den_gamle_ugyldig(client):
    be_om_kode(client)
    gammel = koden()

    svar = client.post(KODE, {"action": "resend"}, follow=True)

    assert "Vi har sendt deg en ny kode" in svar.content.decode()
    assert koden() != gammel
    client.post(KODE, {"code": gammel})
    assert not innlogget(client)
    client.post(KODE, {"code": koden()})
    assert innlogget(client)


@pytest.mark.parametrize(
    ("skrevet", "melding"),
    [
        ("", "Skriv e-postadressen din."),
        ("kari", "Adressen er ikke hel."),
        ("a@b", "Adressen er ikke hel."),
        ("x" * 250 + "@halden.kommune.no", "254"),
        ("kari@halden.kommune.no\x00", "Null"),
        ("kari@halden.kommune.no\r\nBcc: alle@ks.no", "Adressen er ikke hel."),
    ],
)
def test_en_gal_adresse_faar_en_melding_og_blir_staaende(client, skrevet, melding):
    svar = be_om_kode(client, skrevet)

    assert svar.status_code == 200
    assert melding in svar.content.decode()
    assert not Epost.objects.exists()


def test_den_som_vil_bruke_en_annen_adresse_kan_det(client):
    be_om_kode(client, "feil@halden.kommune.no")

    assert client.get(LOGG_INN).status_code == 200
    be_om_kode(client, "rett@halden.kommune.no")
    client.post(KODE, {"code": koden()})
    assert Bruker.objects.get().email == "rett@halden.kommune.no"


def test_en_stengt_konto_slipper_ikke_inn_og_faar_vite_det_foerst_etter_koden(client):
    lag_bruker(email=ADRESSE, is_active=False)

    svar = logg_inn(client)

    assert svar["Location"] == reverse("account_inactive")
    assert "Kontoen er stengt" in client.get(svar["Location"]).content.decode()
    assert not innlogget(client)
    assert not Medlemskap.objects.exists()


# What it never tells


def uten_tilfeldigheter(svar):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", svar.content.decode())


@pytest.mark.parametrize("slags", ["medlem", "stengt"])
def test_kjent_og_ukjent_adresse_kan_ikke_skilles(slags, django_assert_num_queries):
    lag_bruker(email="kjent@halden.kommune.no", is_active=slags != "stengt", i=lag_organisasjon())
    kjent, ukjent = Client(), Client()
    antall = {}

    svar = {}
    for klient, adresse in ((kjent, "kjent@halden.kommune.no"), (ukjent, "ukjnt@halden.kommune.no")):
        cache.clear()
        with connection.execute_wrapper(teller := Teller()):
            forste = be_om_kode(klient, adresse)
            side = klient.get(KODE)
            feil = klient.post(KODE, {"code": feil_kode()})
        antall[adresse] = teller.antall
        svar[adresse] = [
            (s.status_code, s.get("Location"), uten_tilfeldigheter(s).replace(adresse, ""))
            for s in (forste, side, feil)
        ]

    assert svar["kjent@halden.kommune.no"] == svar["ukjnt@halden.kommune.no"]
    # The same time too: not one query more or less.
    assert antall["kjent@halden.kommune.no"] == antall["ukjnt@halden.kommune.no"]
    en, to = Epost.objects.order_by("pk")
    assert en.emne == to.emne
    assert re.sub(r"\d{4}-\d{4}", "", en.tekst) == re.sub(r"\d{4}-\d{4}", "", to.tekst)


class Teller:
    def __init__(self):
        self.antall = 0

    def __call__(self, execute, sql, params, many, context):
        self.antall += 1
        return execute(sql, params, many, context)


# Passwords and pages that do not exist


@pytest.mark.parametrize(
    "sti",
    [
        "login/",
        "signup/",
        "email/",
        "confirm-email/",
        "confirm-email/x/",
        "password/change/",
        "password/set/",
        "password/reset/",
        "password/reset/done/",
        "password/reset/key/1-x/",
        "reauthenticate/",
        "3rdparty/",
        "social/signup/",
        "2fa/",
        "signup/passkey/",
        "login/code/",
        "",
    ],
)
def test_sider_for_passord_og_epostadresser_finnes_ikke(client, sti, roller):
    assert client.get(f"/konto/{sti}").status_code == 404
    client.force_login(roller["eier"])
    assert client.get(f"/konto/{sti}").status_code == 404
    assert client.post(f"/konto/{sti}", {"password1": "x"}).status_code == 404


@pytest.mark.parametrize(
    "navn", ["account_signup", "account_change_password", "account_reset_password", "account_email"]
)
def test_de_kan_ikke_slaas_opp_heller(navn):
    with pytest.raises(NoReverseMatch):
        reverse(navn)


def test_ingen_kan_logge_inn_med_passord(client):
    bruker = lag_bruker(email=ADRESSE)
    bruker.set_password("hemmelig-passord")
    bruker.save()

    for adresse in (LOGG_INN, "/admin/login/"):
        svar = client.post(
            adresse, {"email": ADRESSE, "username": ADRESSE, "login": ADRESSE, "password": "hemmelig-passord"}
        )
        assert svar.status_code in (302, 405)
        assert not innlogget(client)


def test_ingen_side_har_passordfelt(client):
    be_om_kode(client)

    for adresse in (LOGG_INN, KODE):
        assert 'type="password"' not in client.get(adresse).content.decode()


# Signing out


def test_utlogging_er_et_valg_og_aldri_en_lenke(client):
    logg_inn(client)

    side = client.get(reverse("account_logout"))
    assert "Vil du logge ut?" in side.content.decode()
    assert innlogget(client)
    svar = client.post(reverse("account_logout"))
    assert svar["Location"] == reverse("forside")
    assert not innlogget(client)


def test_utlogging_krever_vaar_egen_side():
    klient = Client(enforce_csrf_checks=True)
    klient.force_login(lag_bruker())

    assert klient.post(reverse("account_logout")).status_code == 403
    assert innlogget(klient)


# Limits


def test_grensene_telles_i_mellomlageret_som_alle_prosesser_deler():
    assert settings.CACHES["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM mellomlager")

    for _ in range(5):
        assert be_om_kode(Client()).status_code == 302

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM mellomlager")
        nokler = [rad[0] for rad in cursor.fetchall()]
    assert any("request_login_code" in nokkel for nokkel in nokler)
    assert not any(ADRESSE in nokkel for nokkel in nokler)
    assert Epost.objects.count() == 5


def test_en_adresse_kan_ikke_fylles_med_koder_heller_ikke_fra_flere_nettlesere():
    for _ in range(5):
        be_om_kode(Client())

    svar = be_om_kode(Client(), ADRESSE.upper())

    assert svar.status_code == 200
    assert "Du har bedt om mange koder på kort tid" in svar.content.decode()
    assert ADRESSE.upper() in svar.content.decode()
    assert Epost.objects.count() == 5
    assert be_om_kode(Client(), "en-annen@halden.kommune.no").status_code == 302


def test_nye_koder_i_samme_forsoek_teller_mot_samme_grense(client):
    for _ in range(4):
        be_om_kode(Client())
    be_om_kode(client)

    svar = client.post(KODE, {"action": "resend"}, follow=True)

    assert "Du har bedt om mange koder på kort tid" in svar.content.decode()
    assert Epost.objects.count() == 5


def test_gjetting_stoppes_ogsaa_over_flere_koder(monkeypatch):
    monkeypatch.setattr(
        settings, "ACCOUNT_RATE_LIMITS", settings.ACCOUNT_RATE_LIMITS | {"skriv_kode_adresse": "4/10m/key"}
    )
    for _ in range(2):
        klient = Client()
        be_om_kode(klient)
        for _ in range(2):
            klient.post(KODE, {"code": feil_kode()})
    klient = Client()
    be_om_kode(klient)

    svar = klient.post(KODE, {"code": koden()}, follow=True)

    assert not innlogget(klient)
    assert "Det ble for mange forsøk" in svar.content.decode()


def test_for_mange_fra_samme_sted_faar_en_side_paa_norsk(client, monkeypatch):
    monkeypatch.setattr(settings, "ACCOUNT_RATE_LIMITS", settings.ACCOUNT_RATE_LIMITS | {"login": "2/m/ip"})
    for nr in range(2):
        be_om_kode(client, f"person{nr}@halden.kommune.no")

    svar = be_om_kode(client, "person3@halden.kommune.no")

    assert svar.status_code == 429
    assert "Det ble for mange forsøk" in svar.content.decode()
    assert client.get(LOGG_INN).status_code == 200


def test_bak_en_proxy_er_det_den_som_spoer_som_telles(client, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "1/m/ip"}
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    en = client.post(LOGG_INN, {"email": "a@x.no"}, headers={"x-forwarded-for": "9.9.9.9, 1.1.1.1"})
    to = client.post(LOGG_INN, {"email": "b@x.no"}, headers={"x-forwarded-for": "1.1.1.1, 2.2.2.2"})
    igjen = client.post(LOGG_INN, {"email": "c@x.no"}, headers={"x-forwarded-for": "8.8.8.8, 1.1.1.1"})

    assert (en.status_code, to.status_code, igjen.status_code) == (302, 302, 429)


def test_superbruker_fra_kommandolinjen_faar_ikke_passord():
    bruker = Bruker.objects.create_superuser("drift@ks.no", password="hemmelig")

    assert bruker.is_staff
    assert not bruker.has_usable_password()
    assert bruker.opprettet_tid <= timezone.now()


@pytest.mark.parametrize(
    ("backend", "feil"),
    [
        ("django.core.cache.backends.locmem.LocMemCache", True),
        ("django.core.cache.backends.dummy.DummyCache", True),
        ("django.core.cache.backends.db.DatabaseCache", False),
        ("django.core.cache.backends.redis.RedisCache", False),
    ],
)
def test_portalen_godtar_ikke_et_mellomlager_for_hver_prosess(settings, backend, feil):
    settings.CACHES = {"default": {"BACKEND": backend}}

    assert bool(delt_mellomlager(None)) is feil


def test_det_foerste_moetet_sier_hvor_adressen_hoerer_til(client):
    halden = lag_organisasjon("Halden kommune")
    Nettdomene.objects.create(organisasjon=halden, domene="halden.kommune.no")

    side = client.get(logg_inn(client)["Location"]).content.decode()

    assert "Velkommen! Hva heter du?" in side
    assert "Adressen din hører til Halden kommune, så nå kan du registrere prosjekter der." in side
