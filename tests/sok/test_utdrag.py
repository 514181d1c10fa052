"""Excerpts show the hit, and never let a text's own markup through."""

from sok.sporring import les
from sok.utdrag import Treff, utdrag


def treff(tekst, **valg):
    return Treff(les(tekst, **valg).stammer)


def test_treffet_merkes_ogsaa_i_annen_form_og_inni_et_sammensatt_ord():
    assert utdrag("Vi har ungdomsloser her.", treff("los")) == "Vi har <mark>ungdomsloser</mark> her."


def test_ordet_som_bare_er_begynt_paa_merkes():
    paa_vei = treff("velferdstek", prefiks=True)

    assert utdrag("Vår velferdsteknologi", paa_vei) == "Vår <mark>velferdsteknologi</mark>"


def test_teksten_kan_ikke_smugle_inn_html():
    assert utdrag("<script>alert(1)</script> robot", treff("robot")) == (
        "&lt;script&gt;alert(1)&lt;/script&gt; <mark>robot</mark>"
    )


def test_lange_tekster_kortes_rundt_treffet():
    resultat = utdrag("ord " * 100 + "robot " + "mer " * 100, treff("robot"))

    assert resultat.startswith("… ord")
    assert resultat.endswith("mer …")
    assert "<mark>robot</mark>" in resultat
    assert len(resultat) < 260


def test_uten_treff_er_det_ingenting():
    assert utdrag("Noe annet", treff("robot")) == ""
