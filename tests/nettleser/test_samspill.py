"""What only a browser shows: what resembles it comes while one writes, and the choices work from the keyboard."""

import pytest
from playwright.sync_api import expect

from kommuner.models import Bruker
from prosjekter.handlinger import prosjekt as handlinger
from prosjekter.models import Komplementaritet, Prosjekt
from tests.fabrikker import lag_samspill

ANSATT = "runa.haugset@fjordvik.example"


@pytest.fixture
def ansatt(nettsted):
    return Bruker.objects.get(email=ANSATT)


def test_det_som_ligner_kommer_mens_man_skriver(aapne, ansatt):
    nettside = aapne("/prosjekter/ny/", som=ansatt)
    side = nettside.page
    expect(side.get_by_role("button", name="Se hva som ligner")).to_be_hidden()

    side.get_by_label("Hva heter prosjektet?").fill("Ett budsjett rundt familien")
    with side.expect_response("**/prosjekter/ny/ligner/"):
        side.get_by_label("Hva er utfordringen?").press_sequentially("Familien møter mange budsjett.")

    expect(side.get_by_text("Er dette det samme?")).to_be_visible()
    expect(side.get_by_role("status").filter(has_text="ligner på det du skriver")).to_be_attached()
    expect(side.get_by_label("Hva er utfordringen?")).to_be_focused()
    assert nettside.brudd() == []
    assert (nettside.feil, nettside.hos_andre) == ([], [])


def test_samspill_fra_tastaturet_paa_en_telefon(aapne, ansatt):
    eier = ansatt.aktive_medlemskap[0].organisasjon
    prosjekt, _ny = handlinger.opprett(
        tittel="Los på brygga", utfordring="Ungdommen har ingen los.", eier=eier, nokkel="samspill", av=ansatt
    )
    annet = Prosjekt.objects.apne().order_by("pk").first()
    lag_samspill(prosjekt, annet)
    nettside = aapne(f"/prosjekter/{prosjekt.slug}/samspill/", som=ansatt)
    side = nettside.page
    side.set_viewport_size({"width": 390, "height": 844})

    kort = side.get_by_role("group", name=annet.tittel)
    kort.get_by_label("Vi utfyller det").focus()
    side.keyboard.press("ArrowDown")
    side.keyboard.press("ArrowDown")
    side.keyboard.press("Tab")
    side.keyboard.type("Vi prøver det på sjøen.")
    side.keyboard.press("Enter")

    expect(side.get_by_text("Lagret.")).to_be_visible()
    rad = Komplementaritet.objects.get(fra=prosjekt)
    assert (rad.type, rad.begrunnelse) == ("overlapper", "Vi prøver det på sjøen.")
    assert nettside.for_bred() <= 0
    assert nettside.brudd() == []
