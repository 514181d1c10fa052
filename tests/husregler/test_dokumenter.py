"""The documents keep up with the code: a command, a variable or a target nobody wrote about fails here."""

import re

import pytest
from django.conf import settings
from django.core.management import get_commands

from prosjekter.eksempler import innhold

ROT = settings.ROT
VAARE_ROM = ("partnerskap", "partnerskap.felles", "utboks", "kommuner", "missions", "prosjekter", "abonnement")
DOKUMENTER = [ROT / "README.md", *sorted((ROT / "docs").rglob("*.md"))]


def dokumentasjonen():
    return "\n".join(fil.read_text() for fil in DOKUMENTER if fil.exists())


def maal():
    return re.findall(r"^([a-z]+):.*  ## ", (ROT / "Makefile").read_text(), re.MULTILINE)


def kommandoer():
    return sorted(navn for navn, rom in get_commands().items() if rom in VAARE_ROM)


def variabler():
    """Every environment variable the settings read."""
    kode = (ROT / "partnerskap" / "settings.py").read_text()
    return sorted(set(re.findall(r'(?:env\.\w+|kreves)\(\s*"([A-Z_]+)"', kode)))


@pytest.mark.parametrize("navn", maal())
def test_dokumentene_nevner_hvert_makemaal(navn):
    assert f"make {navn}" in dokumentasjonen()


@pytest.mark.parametrize("navn", kommandoer())
def test_dokumentene_nevner_hver_kommando(navn):
    assert re.search(rf"\b{navn}\b", dokumentasjonen())


@pytest.mark.parametrize("navn", variabler())
def test_drift_forklarer_hver_miljoevariabel(navn):
    assert f"`{navn}`" in (ROT / "docs" / "operations.md").read_text()


@pytest.mark.parametrize("adresse", [adresse for adresse, _hvem in innhold.personer_for_banner()])
def test_lesmeg_nevner_hver_eksempelperson_man_kan_logge_inn_som(adresse):
    assert f"`{adresse}`" in (ROT / "README.md").read_text()


def test_noe_blir_faktisk_lett_etter():
    assert {"run", "test", "bench"} <= set(maal())
    assert {"arbeider", "last_register"} <= set(kommandoer())
    assert {"SECRET_KEY", "DATABASE_URL", "CACHE_URL"} <= set(variabler())


@pytest.mark.parametrize("fil", DOKUMENTER, ids=lambda fil: str(fil.relative_to(ROT)))
def test_lenker_mellom_dokumentene_virker(fil):
    for lenke in re.findall(r"\]\(([^)#\s]+)", fil.read_text()):
        if "://" not in lenke and not lenke.startswith("mailto:"):
            assert (fil.parent / lenke).exists(), lenke
