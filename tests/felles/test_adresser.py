"""Addresses are the ones Django makes, for every page and whatever the values."""

from itertools import product

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, reverse, set_script_prefix

from partnerskap.felles.adresser import adresse
from tests.husregler.adresser import navngitte

VERDIER = (
    37,
    0,
    -1,
    "37",
    "0301",
    "los-i-halden",
    "Los_2",
    "-",
    "",
    "to ord",
    "æ/ø",
    "a.b",
    "100%",
    "{0}",
    "x\n",
    True,
    1.5,
)
FAA = (37, -1, "los-i-halden", "to ord")


def djangos(navn, *verdier):
    try:
        return reverse(navn, args=verdier)
    except NoReverseMatch:
        return None


def vaar(navn, *verdier):
    try:
        return adresse(navn, *verdier)
    except NoReverseMatch:
        return None


@pytest.mark.parametrize("gang", ["første", "andre"])
def test_alle_adresser_er_de_django_lager(gang):
    for navn, deler in navngitte():
        sett = ((), *zip(VERDIER), *product(FAA, repeat=2)) if len(deler) < 3 else product(FAA, repeat=len(deler))
        for verdier in sett:
            assert vaar(navn, *verdier) == djangos(navn, *verdier), (navn, verdier)


def test_adressen_folger_stedet_portalen_ligger():
    foran = adresse("prosjekter:prosjekt", "los")
    set_script_prefix("/portal/")
    try:
        assert adresse("prosjekter:prosjekt", "los") == f"/portal{foran}"
    finally:
        set_script_prefix("/")
    assert adresse("prosjekter:prosjekt", "los") == foran


@pytest.mark.parametrize(
    ("mal", "svar"),
    [
        ("{% url 'prosjekter:gjenbruk' slug 3 %}", "/prosjekter/los/gjenbruk/3/"),
        ("{% url 'prosjekter:prosjekt' slug=slug %}", "/prosjekter/los/"),
        ("{% url 'prosjekter:prosjekt' slug as her %}[{{ her }}]", "[/prosjekter/los/]"),
        ("{% url 'finnes-ikke' as her %}[{{ her }}]", "[]"),
    ],
)
def test_maler_faar_de_samme(mal, svar):
    assert Template(mal).render(Context({"slug": "los"})) == svar


def test_en_mal_som_ber_om_en_side_som_ikke_finnes_faar_vite_det():
    with pytest.raises(NoReverseMatch):
        Template("{% url 'finnes-ikke' %}").render(Context())
