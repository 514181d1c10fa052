"""What the lists say is the same, a kind of it, or near, is found by searches that way round and no other."""

import re

from sok.analyse import les_liste, stamme
from sok.ordklasser import er_vanlig, hele_stammer
from sok.synonymer import GRUPPER, naere_emner, synonymer
from sok.termer import dokumenttermer


def test_flerordsuttrykk_faar_gruppens_term():
    _, deler = dokumenttermer("Vi bruker kunstig intelligens")

    assert set(synonymer()["ki",]) & set(deler)


def test_et_uttrykk_beholder_smaaordene_naar_de_er_det_som_gir_mening():
    (gruppe, *_) = synonymer()[hele_stammer(["uten", "jobb"])]

    assert gruppe in dokumenttermer("Unge uten jobb")[1]
    assert gruppe not in dokumenttermer("Unge med jobb")[1]


def test_hvert_uttrykk_i_listen_kan_finnes():
    for linje in les_liste("synonymer"):
        for uttrykk in re.split("[;>~]", linje):
            stammer, gitt = dokumenttermer(uttrykk)
            assert any(term.startswith(GRUPPER) for term in gitt) or all(map(er_vanlig, stammer)), uttrykk


def test_ingen_uttrykk_staar_for_ingenting():
    assert [u for oppslag in (synonymer(), naere_emner()) for u, termer in oppslag.items() if not termer] == []


def test_det_et_sammensatt_ord_begynner_med_finner_det_og_ikke_omvendt():
    _, sykkel = dokumenttermer("Alle fikk sykkel")
    _, parkering = dokumenttermer("Tak over sykkelparkering")

    assert not set(synonymer()["sykkelparkering",]) & set(sykkel)
    assert set(synonymer()["sykkel",]) & set(parkering)


def test_et_videre_ord_finner_det_som_er_en_slags_av_det_og_ikke_omvendt():
    _, buss = dokumenttermer("En ny buss")
    _, kollektiv = dokumenttermer("Mer kollektivtransport")

    assert set(synonymer()["kollektivtransport",]) & set(buss)
    assert "xundkollektivtransport" not in synonymer()["buss",]
    assert "xundkollektivtransport" in kollektiv


def test_et_vanlig_ord_alene_gjoer_ikke_teksten_til_noe_videre():
    _, ett = dokumenttermer("De trener hver uke")
    _, to = dokumenttermer("De trener hver uke med fysioterapi")

    assert er_vanlig(stamme("trener"))
    assert "xundrehabilit" not in ett
    assert "xundrehabilit" in to


def test_det_som_heter_det_samme_som_et_videre_ord_finner_det_samme():
    _, kvikkleire = dokumenttermer("Sensorer i kvikkleire")

    assert {term for (term, *_) in naere_emner()["skredfare",]} & set(kvikkleire)


def test_en_slags_finner_det_videre_naar_lite_annet_finnes_og_ikke_sine_sosken():
    assert ("gjeld",) in naere_emner()["inkasso",]
    assert not {"xundskred", "xundskredx"} & set(synonymer().get(("steinsprang",), ()))
