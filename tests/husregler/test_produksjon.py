"""Production refuses to start half configured, and is strict once it runs."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

MILJO = {
    "SECRET_KEY": "d7Jx2-et-langt-og-tilfeldig-ord-som-ikke-brukes-noe-sted-9vQ4",
    "ALLOWED_HOSTS": "portal.example",
    "DATABASE_URL": "postgres://portal@db.example/portal",
    "EMAIL_URL": "smtp+tls://post.example:587",
    "PORTAL_ADRESSE": "https://portal.example",
}
KREVES = sorted(MILJO)


def kjor_python(kode, miljo):
    """Run code with nothing of our own environment but PATH, so that only `miljo` counts."""
    rent = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "partnerskap.settings", **miljo}
    return subprocess.run(
        [sys.executable, "-c", kode], env=rent, cwd=settings.ROT, capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize("navn", KREVES)
@pytest.mark.parametrize("verdi", [None, ""])
def test_nekter_aa_starte_naar_noe_mangler_og_sier_hva(navn, verdi):
    miljo = {**MILJO, navn: verdi}
    if verdi is None:
        del miljo[navn]

    svar = kjor_python("import partnerskap.settings", miljo)

    assert svar.returncode != 0
    siste = svar.stderr.strip().splitlines()[-1]
    assert navn in siste
    assert "docs/operations.md" in siste


@pytest.mark.parametrize(
    ("navn", "verdi"),
    [
        ("DATABASE_URL", "tull"),
        ("DATABASE_URL", "oracle+tull://x"),
        ("EMAIL_URL", "tull"),
        ("EMAIL_URL", "x://y"),
    ],
)
def test_nekter_aa_starte_naar_en_adresse_er_ugyldig(navn, verdi):
    svar = kjor_python("import partnerskap.settings", {**MILJO, navn: verdi})

    assert svar.returncode != 0
    assert navn in svar.stderr.strip().splitlines()[-1]


@pytest.fixture(scope="module")
def produksjon(tmp_path_factory):
    """What a process with production settings says and answers. Needs no database, but the collected static files."""
    miljo = {**MILJO, "STATIC_ROOT": str(tmp_path_factory.mktemp("static"))}
    # Compressing them takes most of the time, and nothing here asks for it.
    uten_komprimering = """
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
lager = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
with override_settings(STORAGES={**settings.STORAGES, "staticfiles": lager}):
    call_command("collectstatic", interactive=False, verbosity=0)
"""
    samling = kjor_python(uten_komprimering, miljo)
    assert samling.returncode == 0, samling.stderr
    kode = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
klient = Client(SERVER_NAME="portal.example")
aapen, omdirigert = klient.get("/helse/live/", secure=True), klient.get("/prosjekter/?side=2")
print(json.dumps({
    "innstillinger": {n: getattr(settings, n) for n in (
        "DEBUG", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE",
        "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_DOMAIN", "CSRF_COOKIE_DOMAIN",
        "EMAIL_BACKEND", "EMAIL_HOST", "EMAIL_PORT", "EMAIL_USE_TLS")},
    "database": settings.DATABASES["default"]["OPTIONS"],
    "hoder": dict(aapen.headers),
    "omdirigert": [omdirigert.status_code, omdirigert.headers["Location"]],
    "uten_https": klient.get("/helse/live/").status_code,
    "fremmed_vert": klient.get("/prosjekter/", SERVER_NAME="ond.example").status_code,
}))
"""
    svar = kjor_python(kode, miljo)
    assert svar.returncode == 0, svar.stderr
    return json.loads(svar.stdout)


def test_feilsider_viser_ikke_kode_og_kaker_gaar_bare_over_https(produksjon):
    innstillinger = produksjon["innstillinger"]

    assert innstillinger["DEBUG"] is False
    assert innstillinger["SESSION_COOKIE_SECURE"] is innstillinger["CSRF_COOKIE_SECURE"] is True
    assert innstillinger["SESSION_COOKIE_HTTPONLY"] is True
    assert innstillinger["SESSION_COOKIE_SAMESITE"] == "Lax"


def test_nabonettsteder_kan_ikke_sette_kakene_vaare(produksjon):
    innstillinger = produksjon["innstillinger"]

    # A browser takes a cookie of this name only from this very host, over HTTPS.
    assert innstillinger["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert innstillinger["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert innstillinger["SESSION_COOKIE_DOMAIN"] is innstillinger["CSRF_COOKIE_DOMAIN"] is None


def test_en_variabel_andre_ogsaa_bruker_slaar_ikke_paa_feilsoking():
    svar = kjor_python("from partnerskap.settings import DEBUG; print(DEBUG)", {**MILJO, "DEBUG": "1"})

    assert svar.stdout.strip() == "False"


def test_http_sendes_til_https_men_helsesjekken_faar_svar(produksjon):
    assert produksjon["omdirigert"] == [301, "https://portal.example/prosjekter/?side=2"]
    assert produksjon["uten_https"] == 200


def test_nettlesere_huskes_paa_https_i_et_aar(produksjon):
    assert produksjon["hoder"]["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"


def test_andre_vertsnavn_avvises(produksjon):
    assert produksjon["fremmed_vert"] == 400


def test_post_gaar_over_tls(produksjon):
    innstillinger = produksjon["innstillinger"]

    assert innstillinger["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert (innstillinger["EMAIL_HOST"], innstillinger["EMAIL_PORT"]) == ("post.example", 587)
    assert innstillinger["EMAIL_USE_TLS"] is True


def test_hver_spoerring_fra_en_side_har_en_tidsgrense(produksjon):
    i_sesjonen = ("plan_cache_mode=force_generic_plan", "random_page_cost=1.1", "statement_timeout=10000")
    assert produksjon["database"]["options"] == " ".join(f"-c {valg}" for valg in i_sesjonen)


def test_arbeidere_og_kommandoer_kan_be_om_aa_slippe_tidsgrensen():
    kode = "from partnerskap.settings import DATABASES as d; print(d['default'].get('OPTIONS', {}).get('options'))"

    svar = kjor_python(kode, {**MILJO, "DB_TIDSGRENSE_MS": "0"})

    assert svar.stdout.strip() == "-c plan_cache_mode=force_generic_plan -c random_page_cost=1.1"


def test_loggene_er_json():
    kode = "import django; django.setup(); import logging; logging.getLogger('prosjekter').warning('a@b.no')"

    svar = kjor_python(kode, MILJO)

    assert json.loads(svar.stderr)["melding"] == "<e-post>"


def test_demodata_kan_ikke_lastes_i_produksjon_ved_et_uhell():
    kode = "import django; django.setup(); from django.core.management import call_command as c; c('last_eksempler')"

    svar = kjor_python(kode, MILJO)

    assert svar.returncode != 0
    assert "Eksempeldata hører ikke hjemme i produksjon" in svar.stderr
