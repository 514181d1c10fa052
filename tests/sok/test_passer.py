"""Short texts are judged by the same analysis as the index."""

import pytest

from sok.passer import passer
from sok.sporring import les

TEKST = "Flere eldre skal bo hjemme lenger. Hjemmetjenesten hører til."


@pytest.mark.parametrize("tekst", ["eldre", "gamle", "heimeteneste", "tjeneste", '"bo hjemme"', "hjemmetj", "eldre bo"])
def test_passer(tekst):
    assert passer(les(tekst, prefiks=True), TEKST)


@pytest.mark.parametrize("tekst", ["", "skole", "eldre skole", "eldre -hjemme", "-skole"])
def test_passer_ikke(tekst):
    assert not passer(les(tekst, prefiks=True), TEKST)
