"""Suggestions while one types: by keyboard, by mouse, for a screen reader, and not at all without script."""

import re

import pytest
from playwright.sync_api import expect

VALG = "#q-forslag [role=option]"


def feil(side):
    """What went wrong; that an outdated question is dropped is as it should be."""
    return [f for f in side.feil if "ERR_ABORTED" not in f]


def skriv(page, tekst, felt="#q"):
    page.click(felt)
    page.keyboard.type(tekst)
    expect(page.locator(f"{felt}-forslag [role=option]").first).to_be_visible()


@pytest.mark.parametrize("mobil", [False, True])
def test_med_tastatur_velger_man_bare_det_man_vil(aapne, mobil):
    side = aapne("/sok/?q=", mobil=mobil)
    page, felt = side.page, side.page.locator("#q")
    skriv(page, "guovd")

    expect(felt).to_have_attribute("role", "combobox")
    expect(felt).to_have_attribute("aria-expanded", "true")
    expect(page.locator(VALG)).to_have_text([re.compile("Kautokeino.*Guovdageaidnu")])
    expect(page.locator("search [role=status], form [role=status]").last).to_have_text(re.compile("^1 forslag"))
    assert felt.get_attribute("aria-activedescendant") is None
    assert side.brudd() == []
    assert side.for_bred() == 0

    page.keyboard.press("ArrowDown")
    assert felt.get_attribute("aria-activedescendant") == page.locator(VALG).get_attribute("id")
    expect(page.locator(VALG)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Home")
    assert felt.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowUp")
    expect(page.locator(VALG)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    assert felt.get_attribute("aria-activedescendant") is None

    page.keyboard.press("Escape")
    expect(felt).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#q-forslag")).to_be_hidden()
    expect(felt).to_have_value("guovd")
    page.keyboard.press("ArrowDown")
    expect(page.locator(VALG)).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/kommuner/\d{4}/"))
    page.go_back()
    expect(page.locator("#q")).to_be_visible()
    expect(page.locator("#q-forslag")).to_be_hidden()
    assert feil(side) == []


def test_enter_uten_valg_soeker_etter_det_som_staar_der(aapne):
    page = aapne("/").page
    skriv(page, "ungdom")

    page.keyboard.press("Enter")

    page.wait_for_url("**/sok/?q=ungdom")
    expect(page.get_by_role("heading", name=re.compile(r"\d+ prosjekter"))).to_be_visible()


def test_med_mus_i_soeket_paa_toppen_av_hver_side(aapne):
    side = aapne("/om/", moerk=True)
    page = side.page
    page.get_by_role("button", name="Søk").click()
    expect(page.locator("#toppsok")).to_be_focused()
    skriv(page, "halden", "#toppsok")
    assert side.brudd() == []

    page.locator("#toppsok-forslag [role=option]").first.click()

    page.wait_for_url("**/kommuner/3101/")


def test_listen_lukkes_naar_feltet_forlates_og_et_utdatert_svar_vises_ikke(aapne):
    side = aapne("/prosjekter/")
    page = side.page
    skriv(page, "ung", "#id_q")
    page.keyboard.press("Tab")
    expect(page.locator("#id_q-forslag")).to_be_hidden()

    page.fill("#id_q", "qqqqqq")
    expect(page.locator("#id_q")).to_have_attribute("aria-expanded", "false")
    assert feil(side) == []


def test_uten_skript_er_det_et_vanlig_skjema(aapne):
    page = aapne("/om/", uten_skript=True).page

    page.get_by_role("button", name="Søk").click()
    page.fill("#toppsok", "halden")
    assert page.locator("[role=combobox]").count() == 0
    page.keyboard.press("Enter")

    page.wait_for_url("**/sok/?q=halden")
    page.get_by_role("link", name="Halden").click()
    page.wait_for_url("**/kommuner/3101/")
