"""The map of counties: the classes of skewed numbers, and the same told in a table."""

import pytest
from django.template import engines

from partnerskap.felles.fylkeskart import SKYGGER, Fylkesrad, Kart, grenser, klasser, skygge


@pytest.mark.parametrize(
    ("antall", "ord"),
    [
        ([0, 0], ["Ingen"]),
        ([0, 3, 3], ["Ingen", "3"]),
        ([1, 2, 7], ["1", "2", "7"]),
        ([0, 1, 2, 3, 4, 5], ["Ingen", "1", "2", "3–4", "5"]),
        ([0, 1, 3, 8, 20, 412], ["Ingen", "1–5", "6–20", "21–90", "91–412"]),
        ([2000, 2500, 3000, 3900, 5500], ["2 000–3 000", "3 001–4 000", "4 001–5 000", "5 001–5 500"]),
        ([100, 101, 102, 103, 104], ["100", "101", "102", "103–104"]),
    ],
)
def test_klassene_passer_tallene(antall, ord):
    assert [klasse.navn.replace("\xa0", " ") for klasse in klasser(antall)] == ord


@pytest.mark.parametrize("antall", [[1], [1, 2, 3, 4], [1, 1, 1, 2, 3, 7, 9, 300], [7, 8, 9, 10, 11, 12]])
def test_flest_har_sterkest_skygge_og_ingen_har_ingen(antall):
    skygger = [skygge(n, grenser(antall)) for n in sorted(antall)]

    assert skygger == sorted(skygger)
    assert skygger[0] >= 1
    assert skygger[-1] == SKYGGER
    assert skygge(0, grenser(antall)) == 0


def test_tabellen_sier_det_samme_som_tegningen():
    rader = [
        Fylkesrad("46", "Vestland", 1, "/fylker/46/", er_valgt=True),
        Fylkesrad("56", "Finnmark", 1200, "/fylker/56/"),
        Fylkesrad("34", "Innlandet", 0, "/fylker/34/"),
    ]

    mal = engines["django"].from_string("{% fylkeskart kart %}")
    kart = Kart(rader, [("4601", "virket")], [("virket", "Virket")], uten_fylke=2)
    html = mal.render({"kart": kart}).replace("\xa0", " ")

    tegning, tabell = html.split("<table")
    assert 'aria-hidden="true"' in tegning
    assert "Vestland: 1 prosjekt<" in tegning
    assert "Finnmark: 1 200 prosjekter" in tegning
    assert "Innlandet: ingen prosjekter" in tegning
    assert tegning.count("<a ") == tegning.count('tabindex="-1"') == 3
    for rad in rader:
        assert f'href="{rad.adresse}"' in tegning
        assert f'href="{rad.adresse}"' in tabell
    assert "1 200" in tabell
    assert tabell.count('aria-current="true"') == 1
    assert "Uten fylke" in tabell
