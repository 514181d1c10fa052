"""A failed experiment is logged on a phone, in one go, with JavaScript and without."""

import pytest
from playwright.sync_api import expect

from kommuner.models import Bruker


@pytest.mark.parametrize("uten_skript", [False, True], ids=["med skript", "uten skript"])
def test_et_forsok_som_ikke_virket_logges_paa_en_telefon(aapne, uten_skript):
    ansatt = Bruker.objects.get(email="runa.haugset@fjordvik.example")
    side = aapne("/prosjekter/ett-budsjett-for-familien/", mobil=True, som=ansatt, uten_skript=uten_skript).page

    side.get_by_role("link", name="Logg et eksperiment").first.click()
    expect(side.get_by_label("Hva skjedde?")).to_be_hidden()
    side.get_by_label("Noe vi har prøvd ferdig").check()
    side.get_by_label("Hva er hypotesen?").fill(f"Én kontaktperson holder, {'uten' if uten_skript else 'med'} skript.")
    side.get_by_label("Hva er endringen?").fill("Tre familier fikk én.")
    side.get_by_label("Hva er forventningen?").fill("Færre møter.")
    side.get_by_label("Hva skjedde?").fill("Ingen forskjell. De ringte alle likevel.")
    side.get_by_label("Stopp: vi vet nok").check()
    side.get_by_role("button", name="Logg", exact=True).click()

    expect(side.get_by_role("heading", name="Vi stoppet, og vet nå:")).to_be_visible()
    expect(side.get_by_role("link", name="Lag et læringskort av dette")).to_be_visible()
