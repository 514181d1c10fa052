"""The list of projects changes as one ticks, says how many there are, and Back goes back."""

import re

from playwright.sync_api import expect


def test_et_kryss_endrer_listen_uten_at_siden_lastes(aapne):
    side = aapne("/prosjekter/").page
    side.evaluate("window.sammeSide = true")
    boks = side.get_by_role("checkbox", name=re.compile("^Prøvd, virket ikke"))

    boks.check()

    expect(side).to_have_url(re.compile(r"\?utfall=virket_ikke$"))
    expect(boks).to_be_focused()
    antall = side.locator("#treff").inner_text()
    expect(side.locator("#liste-status")).to_have_text(antall)
    expect(side.locator(".treffliste > li")).to_have_count(int(antall.split()[0]))
    assert side.evaluate("window.sammeSide") is True

    side.get_by_role("link", name="Tabell").click()
    expect(side.get_by_role("table")).to_be_visible()
    expect(side).to_have_url(re.compile(r"\?utfall=virket_ikke&vis=tabell$"))

    side.go_back()
    side.go_back()
    expect(side).to_have_url(re.compile(r"/prosjekter/$"))
    expect(boks).not_to_be_checked()
    expect(side.locator("#liste-status")).not_to_have_text(antall)


def test_foldede_filtre_blir_staaende_som_leseren_satte_dem(aapne):
    side = aapne("/prosjekter/").page
    side.locator("#fasett-malgruppe > summary").click()

    side.get_by_role("checkbox", name=re.compile("^Ungdom")).check()
    expect(side).to_have_url(re.compile("malgruppe=ungdom"))
    side.locator("#fasett-fase > summary").click()
    side.get_by_role("checkbox", name=re.compile("^Eldre")).check()

    expect(side).to_have_url(re.compile("malgruppe=eldre"))
    expect(side.locator("#fasett-fase")).not_to_have_attribute("open", "")
    expect(side.locator("#fasett-malgruppe")).to_have_attribute("open", "")


def test_barrierene_endres_ogsaa_mens_man_krysser_av_og_beholder_samlingen(aapne):
    side = aapne("/barrierer/?grupper=niva").page
    side.evaluate("window.sammeSide = true")
    boks = side.get_by_role("checkbox", name=re.compile("^Regelverk"))
    antall = side.locator("#treff").inner_text()

    boks.check()

    expect(side).to_have_url(re.compile(r"\?grupper=niva&type=regelverk$"))
    expect(boks).to_be_focused()
    expect(side.locator("#treff")).not_to_have_text(antall)
    assert side.evaluate("window.sammeSide") is True
