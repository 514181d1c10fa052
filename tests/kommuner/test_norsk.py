"""Norwegian letters: in addresses, and in order, the same on both databases."""

import re

import pytest

from kommuner.models import Kommune
from partnerskap.felles.norsk import norsk_slug, sorteringsnokkel
from tests.fabrikker import lag_kommune


@pytest.mark.parametrize(
    ("navn", "slug"),
    [
        ("Tromsø", "tromso"),
        ("Bærum", "baerum"),
        ("Ålesund", "alesund"),
        ("Kjøkken på Ærø", "kjokken-pa-aero"),
        ("Kárášjohka", "karasjohka"),
        ("Porsáŋgu", "porsangu"),
        ("Stïentje", "stientje"),
        ("Yykeä", "yykea"),
        ("!!!", ""),
    ],
)
def test_slug_skrives_som_kommunenes_egne_domener(navn, slug):
    assert norsk_slug(navn) == slug


def test_ae_oe_aa_staar_sist_og_dobbel_a_er_aa():
    navn = ["Aasnes", "Øyer", "Ærø", "Asker", "Zulu", "Åfjord", "Oslo", "Årdal"]

    assert sorted(navn, key=sorteringsnokkel) == [
        "Asker", "Oslo", "Zulu", "Ærø", "Øyer", "Åfjord", "Årdal", "Aasnes",
    ]  # fmt: skip


@pytest.mark.django_db
def test_databasen_sorterer_paa_norsk():
    for navn in ("Årdal", "Øyer", "Asker", "Ærø", "Zulu", "åfjord", "Kárášjohka", "Karlsøy", "Karasjok"):
        lag_kommune(navn)

    assert [k.navn for k in Kommune.objects.all()] == [
        "Asker", "Kárášjohka", "Karasjok", "Karlsøy", "Zulu", "Ærø", "Øyer", "åfjord", "Årdal",
    ]  # fmt: skip


def test_nokkelen_har_bare_tegn_som_alle_databasers_spraakvalg_er_enige_om():
    assert re.fullmatch(r"[0-9a-z]+", sorteringsnokkel("Áltá – Ånes/«Østre» 2040, Guovdageaidnu & Þ"))
