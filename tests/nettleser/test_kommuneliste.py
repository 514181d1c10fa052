"""Finding a municipality as one types, and the same by an ordinary form without script."""

import pytest

SYNLIGE = "li[data-navn]:visible a"


def test_listen_folger_det_som_skrives(aapne):
    side = aapne("/kommuner/")
    page = side.page

    page.fill("#q", "guovd")
    assert page.locator(SYNLIGE).all_inner_texts() == ["Kautokeino"]
    assert page.inner_text("#treff") == "1 kommune"
    page.fill("#q", "tromso")
    assert page.locator(SYNLIGE).all_inner_texts() == ["Tromsø"]
    page.fill("#q", "qqq")
    assert page.inner_text("#treff") == "Ingen kommuner passer. Prøv et annet navn eller nummer."
    page.fill("#q", "")
    assert page.locator(SYNLIGE).count() == 357
    assert side.feil == []


@pytest.mark.parametrize("uten_skript", [True, False])
def test_skjemaet_finner_det_samme(aapne, uten_skript):
    page = aapne("/kommuner/", uten_skript=uten_skript).page

    page.fill("#q", "0101")
    page.click("search button[type=submit]")

    assert page.locator(SYNLIGE).all_inner_texts() == ["Halden"]
    assert "tidligere 0101" in page.inner_text("#kommuner")
