"""The glossary is true to the code: every model and every stored value is there."""

import importlib
import inspect
import re

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

ROM = ("utboks", "sok", "kommuner", "missions", "prosjekter", "abonnement")
ORDLISTE = (settings.ROT / "docs" / "ordliste.md").read_text()


def modeller():
    for rom in ROM:
        for modell in apps.get_app_config(rom).get_models():
            if not modell.__name__.startswith("Historical"):
                yield modell


def kodeverk():
    for rom in ROM[2:]:
        modul = importlib.import_module(f"{rom}.kodeverk")
        for navn, klasse in inspect.getmembers(modul, inspect.isclass):
            if issubclass(klasse, models.TextChoices) and klasse.__module__ == modul.__name__:
                yield pytest.param(klasse, id=navn)


@pytest.mark.parametrize("modell", list(modeller()), ids=lambda m: m.__name__)
def test_modellen_staar_i_ordlisten_med_sitt_navn(modell):
    rad = re.search(rf"^\| {modell.__name__} \| ([^|]+) \|", ORDLISTE, re.MULTILINE)

    assert rad, f"{modell.__name__} mangler i docs/ordliste.md"
    assert rad[1].strip().split(" (")[0] == str(modell._meta.verbose_name)


@pytest.mark.parametrize("klasse", list(kodeverk()))
def test_alle_verdier_staar_i_ordlisten(klasse):
    linje = re.search(rf"^- \*\*{klasse.__name__}\*\*.*$", ORDLISTE, re.MULTILINE)

    assert linje, f"{klasse.__name__} mangler i docs/ordliste.md"
    mangler = [verdi for verdi in klasse.values if not re.search(rf"\b{verdi}\b", linje[0])]
    assert mangler == []
