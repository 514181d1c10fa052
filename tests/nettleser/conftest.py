"""A browser, the whole site with its example data, and what we ask of a page.

These tests share one database that is filled once and never emptied, so they stand outside the ordinary suite:
`make test` runs them by themselves, and so does naming this folder to pytest. A test that writes makes its own rows.
"""

import os
import shutil
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from prosjekter import fillager

sys.path.insert(0, str(settings.ROT / "scripts"))
import find_chromium  # noqa: E402

from tests.nettleser.hjelp import DESKTOP, MOBIL, Nettside  # noqa: E402

CHROMIUM = find_chromium.find()
expect.set_options(timeout=20_000)  # a machine with much else to do is slow, not wrong
AXE = (Path(__file__).parent / "axe.min.js").read_text()


def pytest_collection_modifyitems(items):
    if CHROMIUM:
        return
    if os.environ.get("CI") or os.environ.get("REQUIRE_BROWSER"):
        raise pytest.UsageError("No Chromium was found. Install one, or set CHROMIUM to its path.")
    for item in items:
        if "nettleser" in item.path.parts:
            item.add_marker(pytest.mark.skip(reason="no Chromium: set CHROMIUM, or see docs/testing.md"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    flags = ["--disable-dev-shm-usage", "--disable-background-networking"]
    if os.geteuid() == 0:
        flags.append("--no-sandbox")  # Chromium's sandbox cannot be set up by root
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": flags}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "nb-NO", "timezone_id": "Europe/Oslo", "viewport": DESKTOP}


@pytest.fixture(scope="session")
def nettsted(django_test_environment, django_db_modify_db_settings, django_db_keepdb, django_db_blocker):
    """The address of a running portal with register, starting data and examples.

    `make test` has made one already (scripts/run_tests.py), and each worker begins with a copy of it.
    """
    ferdige_filer = os.environ.get("EXAMPLE_FILES")
    if ferdige_filer:
        connection.settings_dict["TEST"]["TEMPLATE"] = os.environ["DATABASE_TEMPLATE"]
        shutil.copytree(ferdige_filer, fillager.lager().location, dirs_exist_ok=True)
    with django_db_blocker.unblock():
        database = setup_databases(verbosity=0, interactive=False, aliases={"default"}, keepdb=django_db_keepdb)
        for kommando in () if ferdige_filer else ("last_register", "last_startdata", "last_eksempler"):
            call_command(kommando, verbosity=0, **({"tving": True} if kommando == "last_eksempler" else {}))
        server = LiveServer("127.0.0.1")
        settings.PORTAL_ADRESSE = server.url  # links in mail
        yield server.url
        server.stop()
        teardown_databases(database, verbosity=0)


@pytest.fixture(scope="session")
def nettleser(browser, browser_context_args, nettsted):
    """A new one, which has not been on the site before."""

    def nettleser(*, mobil=False, moerk=False, som=None, uten_skript=False, bredde=None):
        vindu = MOBIL if mobil else DESKTOP
        kontekst = browser.new_context(
            **{
                **browser_context_args,
                "viewport": {**vindu, "width": bredde} if bredde else vindu,
                "color_scheme": "dark" if moerk else "light",
                "java_script_enabled": not uten_skript,
                "base_url": nettsted,
                "has_touch": mobil,
            }
        )
        if som:
            kontekst.add_cookies([{"name": "sessionid", "value": _sesjon(som), "url": nettsted}])
        return kontekst

    return nettleser


@pytest.fixture(scope="session")
def faner():
    """One for each person and look, kept for all the tests: it has been on the site before, and is quick."""
    egne = {}
    yield egne
    for side in egne.values():
        side.page.context.close()


@pytest.fixture
def blad(nettleser, nettsted, faner):
    """`blad("/prosjekter/", mobil=True, moerk=True, som=bruker)`: for tests that only look. The same tab each time."""

    def blad(sti, *, mobil=False, moerk=False, som=None):
        hvem = som and som.pk, mobil, moerk
        if hvem not in faner:
            kontekst = nettleser(mobil=mobil, moerk=moerk, som=som)
            kontekst.add_init_script(AXE)  # compiled once; given to each page it takes eight times as long
            faner[hvem] = Nettside(kontekst.new_page(), nettsted, axe=AXE)
        side = faner[hvem]
        side.feil, side.hos_andre = [], []
        side.vis_som(vindu=MOBIL if mobil else DESKTOP, moerk=moerk)
        return side.gaa_til(sti)

    return blad


@pytest.fixture
def aapne(nettleser, nettsted):
    """As `blad`, in a new browser: for tests that type. Also `uten_skript=True`, and another `bredde`."""
    kontekster = []

    def aapne(sti, **utseende):
        kontekster.append(nettleser(**utseende))
        return Nettside(kontekster[-1].new_page(), nettsted, axe=AXE).gaa_til(sti)

    yield aapne
    for kontekst in kontekster:
        kontekst.close()


def _sesjon(bruker):
    klient = Client()
    klient.force_login(bruker)
    return klient.cookies["sessionid"].value
