"""The longest text a form takes, shaped to be as heavy as can be, is still light work. No page may hang on what one person wrote."""

import random
import time

import pytest

from partnerskap.felles.markdown import til_html
from partnerskap.felles.versjon import orddiff
from prosjekter.personvern import ligner_paa
from sok.analyse import analyser
from sok.sporring import les
from sok.termer import dokumenttermer
from sok.utdrag import Treff, utdrag

LENGST = 8000  # of one field; a project has seven such
SEKUNDER = 1.5  # generous: a machine may be busy. The bad ones took from three seconds to minutes


@pytest.fixture(autouse=True)
def raskt():
    dokumenttermer("ordliste")  # the lists are read by whoever is first
    start = time.process_time()
    yield
    assert time.process_time() - start < SEKUNDER


@pytest.mark.parametrize("del_", ["a", "Aa ", "1 ", "a.", "+47 ", "Aa Bb (", "a@a"])
def test_advarselen_om_personopplysninger(del_):
    ligner_paa(*[(del_ * LENGST)[:LENGST]] * 7)


@pytest.mark.parametrize("del_", ["[", "[](", "[a](b", "*", "]("])
def test_utdraget_i_soeketreffet(del_):
    assert utdrag((del_ * LENGST * 6)[: LENGST * 6], Treff(les("robot").stammer)) == ""


@pytest.mark.parametrize("del_", ["barn", "helse-", "a", "arbeids", "ungdoms"])
def test_et_ord_uten_ende_i_soekeindeksen(del_):
    dokumenttermer((del_ * LENGST)[:LENGST])
    les(del_ * 200)


def test_lange_ord_deles_fortsatt():
    assert "los" in analyser("barneskoleungdomslos").deler


@pytest.mark.parametrize(
    ("fra", "til"),
    [
        ("a " * 4000, "a " * 3990 + "b " * 10),
        ("a b " * 2000, "b b a " * 1300),
        ("a\n" * 4000, "b a\n" * 2000),
        (" ".join(str(n % 97) for n in range(2700)), " ".join(str(n * n % 97) for n in range(2700))),
        (" ".join(str(n % 900) for n in range(2000)), " ".join(str(n * n % 900) for n in range(2000))),
    ],
)
def test_forskjellen_paa_to_tekster_av_faa_ord(fra, til):
    biter = orddiff(fra, til)

    assert "".join(b.tekst for b in biter if b.slag != "inn") == fra
    assert "".join(b.tekst for b in biter if b.slag != "ut") == til


def test_forskjellen_paa_to_vanlige_lange_tekster_er_ogsaa_noyaktig():
    # Few words are common and many are rare, as in a language.
    ord_ = random.Random(1).choices([f"ord{n}" for n in range(800)], [1 / (n + 3) for n in range(800)], k=1300)
    nye = [*ord_]
    nye[20::40] = ["nytt"] * 32

    biter = orddiff(" ".join(ord_), " ".join(nye))

    assert [b.tekst for b in biter if b.slag == "inn"] == ["nytt"] * 32
    assert [b.tekst for b in biter if b.slag == "ut"] == ord_[20::40]


@pytest.mark.parametrize("del_", ["[", "![", "*a ", "_a*", "> ", "- ", "<http://a", "[a]: b\n", "&a", "`a``"])
def test_markdown(del_):
    til_html((del_ * LENGST)[:LENGST])
