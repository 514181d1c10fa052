"""What is typed becomes demands, and can never become the engines' own syntax."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sok.analyse import stamme
from sok.sporring import les, ordrett, som_fts5, som_tsquery


def test_loese_ord_maa_alle_vaere_med_og_smaaord_teller_ikke():
    assert [ledd.alternativer[0] for ledd in les("robot i kjøkkenet").krav] == [("robot",), ("kjøkken",)]


def test_ordrett_er_i_sitat_men_det_som_ikke_skal_vaere_der_er_det_fortsatt():
    assert ordrett('robott "faste lag" -skole') == '"robott faste lag" -skole'


def test_sitat_staar_sammen_og_minus_er_uten():
    sporring = les('"faste lag" -robot')

    assert sporring.krav[0].alternativer == (("fast", "lag"),)
    assert sporring.uten[0].alternativer == (("robot",),)


def test_uttrykk_med_flere_ord_blir_ett_krav_med_synonymet_som_alternativ():
    (ledd,) = les("kunstig intelligens").krav

    assert ("kunstig", "intel") in ledd.alternativer
    assert set(les("AI").krav[0].alternativer) & set(ledd.alternativer)


@pytest.mark.parametrize("tekst", ["", "   ", "-", '""', "!!!", "\u0000"])
def test_uten_ord_er_det_ingen_sporring(tekst):
    assert les(tekst).er_tom


@given(st.text(max_size=200))
def test_bare_bokstaver_og_tall_naar_motorene(tekst):
    sporring = les(tekst, prefiks=True)
    spredt = tuple(tuple(ledd.spredt() for ledd in krav) for krav in sporring.valg)
    for valg in (sporring.valg, spredt) if sporring.krav else ():
        for skrevet, tillatt in ((som_tsquery(valg), "()<->|&:* "), (som_fts5(valg), '()"*ANDOR ')):
            assert all(tegn.isalnum() or tegn in tillatt for tegn in skrevet)


def test_et_ord_som_gjentas_er_ett_krav():
    assert les("helse/helse/helse helse") == les("helse")
    assert len(les("-barn -barn -barn").uten) == 1


@pytest.mark.parametrize(
    ("skrevet", "term"),
    [
        ("barneha", "barnehage"),
        ("velferdstek", "velferdsteknologi"),
        ("kommunestyr", "kommunestyret"),
        ("digitaliserin", "digitalisering"),
        ("heimeten", "hjemmetjeneste"),
        ("sjukef", "sykefravær"),
        ("sykefr", "sjukefråvær"),
        ("skolef", "skulefråvær"),
        ("te", "teknologi"),
    ],
)
def test_det_siste_ordet_kan_vaere_paa_vei(skrevet, term):
    (ledd,) = les(skrevet, prefiks=True).krav

    assert stamme(term).startswith(ledd.begynnelser) or stamme(term) == stamme(skrevet)


@pytest.mark.parametrize("tekst", ["skole ", "s", '"skole"', "-skole", "skole og", "skole!"])
def test_et_ferdig_ord_er_ikke_paa_vei(tekst):
    assert les(tekst, prefiks=True) == les(tekst)


def test_et_uttrykk_med_smaaord_er_ett_krav():
    (ledd,) = les("uten jobb").krav

    assert set(ledd.alternativer) & set(les("arbeidsledig").krav[0].alternativer)
    assert ledd.deler == ("jobb",)


def test_et_sammensatt_ord_loesnes_ikke_til_et_vidt_ord_det_begynner_med():
    assert les("krisesenter").krav[0].spredt().alle == ()
    assert [ledd.term for ledd in les("demensomsorg").krav[0].spredt().alle] == ["demens"]


def test_ord_som_er_et_uttrykk_letes_det_ogsaa_etter_hvert_for_seg_og_i_andre_uttrykk():
    lesninger = [[ledd.alternativer[0] for ledd in krav] for krav in les("barn mistet mamma").valg]

    assert [("barn", "mist"), ("mam",)] in lesninger
    assert [("barn",), ("mist", "mam")] in lesninger
    assert [("barn",), ("mist",), ("mam",)] in lesninger
