"""What only a browser shows: a draft saves itself when a field is left, and says no in silence."""

import pytest
from playwright.sync_api import expect

from kommuner.models import Bruker
from prosjekter import handlinger
from prosjekter.models import Prosjekt

ANSATT, KOLLEGA = "runa.haugset@fjordvik.example", "amir.sandbekk@fjordvik.example"


@pytest.fixture
def ansatt(nettsted):
    return Bruker.objects.get(email=ANSATT)


@pytest.fixture
def prosjekt(ansatt, request):
    return handlinger.opprett(
        tittel=f"Brygga {request.node.name[-12:]}",
        utfordring="Ungdommen har ingen steder å være.",
        eier=ansatt.aktive_medlemskap[0].organisasjon,
        nokkel=request.node.name,
        av=ansatt,
    )[0]


def test_det_som_er_skrevet_er_lagret_naar_feltet_forlates(aapne, ansatt, prosjekt):
    nettside = aapne(f"/prosjekter/{prosjekt.slug}/rediger/kort/", som=ansatt)
    side = nettside.page

    with side.expect_response(lambda svar: svar.request.method == "POST") as svar:
        side.get_by_label("Hva handler det om, kort fortalt?").fill("En brygge for de unge.")
        side.get_by_label("Hva heter prosjektet?").focus()

    assert svar.value.status == 200
    expect(side.locator("[name=versjon]")).to_have_value("2")
    side.reload()
    expect(side.get_by_label("Hva handler det om, kort fortalt?")).to_have_value("En brygge for de unge.")
    assert nettside.feil == []


def test_har_en_kollega_lagret_imens_spoer_knappen_og_ingenting_er_borte(aapne, ansatt, prosjekt):
    side = aapne(f"/prosjekter/{prosjekt.slug}/rediger/kort/", som=ansatt).page
    kollega = Bruker.objects.get(email=KOLLEGA)
    handlinger.lagre_seksjon(prosjekt, verdier={"utfordring": "Deres tekst."}, versjon=1, av=kollega)

    with side.expect_response(lambda svar: svar.request.method == "POST") as svar:
        side.get_by_label("Hva er utfordringen?").fill("Min tekst.")
        side.get_by_label("Hva heter prosjektet?").focus()
    assert svar.value.status == 409
    side.get_by_role("button", name="Lagre og gå videre").click()

    expect(side.get_by_role("heading", name="Amir Sandbekk lagret mens du skrev")).to_be_visible()
    expect(side.get_by_label("Hva er utfordringen?")).to_have_value("Min tekst.")
    side.get_by_role("button", name="Lagre og gå videre").click()
    expect(side.get_by_role("heading", name="Det vi prøver")).to_be_visible()
    assert Prosjekt.objects.get(pk=prosjekt.pk).tekst.utfordring == "Min tekst."
