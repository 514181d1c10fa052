"""What is typed becomes demands, and can never become the engines' own syntax."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sok.sporring import les, som_fts5, som_tsquery


def test_loese_ord_maa_alle_vaere_med_og_smaaord_teller_ikke():
    assert [ledd.alternativer[0] for ledd in les("robot i kjøkkenet").krav] == [("robot",), ("kjøkken",)]


def test_sitat_staar_sammen_og_minus_er_uten():
    sporring = les('"faste lag" -robot')

    assert sporring.krav[0].alternativer == (("fast", "lag"),)
    assert sporring.uten[0].alternativer == (("robot",),)


def test_uttrykk_med_flere_ord_blir_ett_krav_med_synonymet_som_alternativ():
    (ledd,) = les("kunstig intelligens").krav

    assert ("kunst", "intel") in ledd.alternativer
    assert les("AI").krav[0].alternativer[-1] == ledd.alternativer[-1]


@pytest.mark.parametrize("tekst", ["", "   ", "-", '""', "!!!", "\u0000"])
def test_uten_ord_er_det_ingen_sporring(tekst):
    assert les(tekst).er_tom


@given(st.text(max_size=200))
def test_bare_bokstaver_og_tall_naar_motorene(tekst):
    sporring = les(tekst)
    for valg in [(sporring.krav,), *sporring.naermeste()] if sporring.krav else []:
        for skrevet, tillatt in ((som_tsquery(valg), "()<->|& "), (som_fts5(valg), '()"ANDOR ')):
            assert all(tegn.isalnum() or tegn in tillatt for tegn in skrevet)


def test_et_ord_som_gjentas_er_ett_krav():
    assert les("helse/helse/helse helse") == les("helse")
    assert len(les("-barn -barn -barn").uten) == 1
