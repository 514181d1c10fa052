"""A keyboard is enough, and what script adds is really there."""

import re

import pytest
from playwright.sync_api import expect

from kommuner.models import Bruker

ANSATT = "runa.haugset@fjordvik.example"


def test_foerste_tabulator_hopper_til_hovedinnholdet(aapne):
    side = aapne("/prosjekter/").page

    side.keyboard.press("Tab")
    expect(side.get_by_role("link", name="Hopp til hovedinnhold")).to_be_focused()
    side.keyboard.press("Enter")

    expect(side.locator("#hovedinnhold")).to_be_focused()


def test_menyen_paa_mobil_aapnes_lukkes_og_leder_videre(aapne):
    side = aapne("/", mobil=True).page
    meny, knapp = side.get_by_role("navigation", name="Hovedmeny"), side.get_by_role("button", name="Meny")
    expect(meny).to_be_hidden()

    knapp.focus()
    side.keyboard.press("Enter")
    expect(meny).to_be_visible()
    side.keyboard.press("Escape")
    expect(meny).to_be_hidden()
    expect(knapp).to_be_focused()

    side.keyboard.press("Enter")
    meny.get_by_role("link", name="Kommuner").press("Enter")
    expect(side).to_have_url(re.compile(r"/kommuner/$"))


def test_menyen_paa_skrivebord_sier_hvor_man_er(aapne):
    meny = aapne("/missions/").page.get_by_role("navigation", name="Hovedmeny")

    expect(meny.get_by_role("link", name="Missions")).to_have_attribute("aria-current", "page")
    expect(meny.locator("[aria-current]")).to_have_count(1)


@pytest.mark.parametrize("sti", ["/", "/prosjekter/", "/kommuner/", "/konto/logg-inn/"])
def test_alt_man_kan_gjoere_noe_med_kan_naas_og_ses(aapne, sti):
    """Tab through the page: focus always shows, and never gets stuck."""
    side = aapne(sti).page
    steder = []
    for _ in range(25):
        side.keyboard.press("Tab")
        sted, omriss = side.evaluate(
            """() => {
                const e = document.activeElement;
                const synlig = s => (parseFloat(s.outlineWidth) > 0 && s.outlineStyle !== 'none') || s.boxShadow !== 'none';
                const stiler = [getComputedStyle(e, '::after'), getComputedStyle(e, '::before')];
                for (let x = e, i = 0; x && i < 4; x = x.parentElement, i++) stiler.push(getComputedStyle(x));
                return [e.outerHTML.slice(0, 200), stiler.some(synlig)];
            }"""
        )
        if sted.startswith("<body"):
            break
        assert omriss or "skip-link" in sted, f"no visible focus: {sted}"  # the skip link shows by appearing
        steder.append(sted)

    assert len(set(steder)) > 5 or sti == "/konto/logg-inn/"


def test_feil_i_et_skjema_faar_fokus_og_peker_paa_feltet(aapne):
    side = aapne("/prosjekter/ny/", som=Bruker.objects.get(email=ANSATT)).page
    side.get_by_label("Hva heter prosjektet?").fill("Uten utfordring")

    side.get_by_role("button", name="Lag kladd").click()

    oppsummering, felt = side.locator("[data-fokus]"), side.get_by_label("Hva er utfordringen?")
    expect(oppsummering).to_be_focused()
    oppsummering.get_by_role("link").first.press("Enter")
    expect(felt).to_be_focused()
    expect(felt).to_have_attribute("aria-invalid", "true")
    expect(side.get_by_label("Hva heter prosjektet?")).to_have_value("Uten utfordring")


def test_kommunelisten_filtreres_mens_man_skriver(aapne):
    side = aapne("/kommuner/").page
    punkter = side.locator("[data-navn]:visible")
    expect(punkter.nth(300)).to_be_attached()

    side.get_by_role("searchbox").fill("guovdageaid")

    expect(punkter).to_have_count(1)
    expect(punkter.first).to_contain_text("Kautokeino")


def test_tekst_kan_gjoeres_dobbelt_saa_stor_uten_at_noe_forsvinner(aapne):
    for sti in ("/", "/prosjekter/", "/kommuner/"):
        side = aapne(sti, bredde=640)  # 1280 at 200 %
        assert side.for_bred() <= 0


def test_ingen_bevegelse_for_den_som_ikke_vil_ha_det(aapne):
    side = aapne("/").page
    side.emulate_media(reduced_motion="reduce")

    varigheter = side.evaluate(
        """() => [...document.querySelectorAll('*')].map(e => getComputedStyle(e))
            .flatMap(s => [s.transitionDuration, s.animationDuration]).flatMap(d => d.split(', ')).map(parseFloat)"""
    )

    assert max(varigheter) <= 0.01
