"""Headers every answer carries, whatever page it is."""

import pytest
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.utils import OperationalError
from django.test import RequestFactory
from django.urls import reverse

from partnerskap.felles import gjenopptak
from partnerskap.felles.gjenopptak import InnloggingUtenTap


@pytest.fixture
def regler(client):
    """The Content-Security-Policy as {directive: [sources]}."""
    hode = client.get(reverse("helse_live"))["Content-Security-Policy"]
    return {navn: kilder for navn, *kilder in (del_.split() for del_ in hode.split(";") if del_.strip())}


def test_ingenting_er_lov_foer_det_er_nevnt(regler):
    assert regler["default-src"] == ["'none'"]
    assert regler["base-uri"] == regler["frame-ancestors"] == ["'none'"]


def test_bare_vaare_egne_filer_og_ingen_kode_i_siden(regler):
    kilder = {kilde for navn, liste in regler.items() for kilde in liste}

    assert kilder <= {"'self'", "'none'", "data:"}
    assert regler["script-src"] == regler["style-src"] == regler["form-action"] == ["'self'"]
    assert [navn for navn, liste in regler.items() if "data:" in liste] == ["img-src"]


def test_hoder_som_verner_leseren(client):
    svar = client.get(reverse("helse_live"))

    assert svar["X-Frame-Options"] == "DENY"
    assert svar["X-Content-Type-Options"] == "nosniff"
    assert svar["Referrer-Policy"] == "same-origin"
    assert svar["Cross-Origin-Opener-Policy"] == "same-origin"


def test_en_besoekende_faar_ingen_kaker(client, db):
    for adresse in ("forside", "prosjekter:liste", "kommuner:liste", "partnere:liste", "missions:liste", "om"):
        assert not client.get(reverse(adresse)).cookies, adresse


@pytest.mark.parametrize("navn", ["forside", "minside", "prosjekter:liste", "organisasjoner:finn"])
def test_det_en_innlogget_leser_tas_ikke_vare_paa_av_noen_imellom(som, navn):
    hode = som("eier").get(reverse(navn))["Cache-Control"]

    assert {"private", "no-cache"} <= set(hode.split(", "))


def test_tekst_en_annen_skrev_blir_ikke_liggende_i_okten(client, roller):
    adresse = reverse("prosjekter:ny")
    client.post(adresse, {"skjemaeier": gjenopptak.merke(roller["eier"]), "tittel": "Hemmelig"})
    client.force_login(roller["fremmed"])

    svar = client.get(adresse)

    assert "Hemmelig" not in svar.content.decode()
    assert gjenopptak.NOKKEL not in client.session


def test_beskjeder_ligger_ikke_i_en_kake():
    """They name people and projects, and /om/personvern/ says which two cookies there are."""
    assert settings.MESSAGE_STORAGE == "django.contrib.messages.storage.session.SessionStorage"


@pytest.mark.parametrize("stoerrelse", [10, 5 * 1024 * 1024])
def test_filer_tas_ikke_imot(stoerrelse, tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    fil = SimpleUploadedFile("stor.bin", b"x" * stoerrelse)

    foresporsel = RequestFactory().post("/konto/logg-inn/", {"email": "a@b.no", "fil": fil})

    assert foresporsel.POST["email"] == "a@b.no"
    assert not foresporsel.FILES
    assert not list(tmp_path.iterdir())


@pytest.mark.django_db
def test_tellingen_av_forsoek_kan_ikke_skylles_ut():
    """Django's table cache holds 300 things and then throws some out, whatever they are."""
    lager = caches.create_connection("default")
    lager.set("forsok", 5)

    for nummer in range(320):
        lager.set(f"fyll-{nummer}", 1)

    assert lager.get("forsok") == 5
    assert lager._max_entries >= 50_000


def test_innlogging_kreves_der_ikke_siden_selv_sier_noe_annet():
    assert issubclass(InnloggingUtenTap, LoginRequiredMiddleware)
    assert "partnerskap.felles.gjenopptak.InnloggingUtenTap" in settings.MIDDLEWARE


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_en_spoerring_som_varer_for_lenge_avbrytes():
    with connection.cursor() as markor:
        markor.execute("SHOW statement_timeout")
        assert markor.fetchone()[0] == "10s"

        markor.execute("SET statement_timeout = 50")
        with pytest.raises(OperationalError, match="statement timeout"):
            markor.execute("SELECT pg_sleep(5)")
        markor.execute("SET statement_timeout = 10000")
