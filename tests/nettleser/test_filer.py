"""What only a browser shows: a file chosen and sent by the form, one that is too large, and an order that is dragged."""

import pytest
from playwright.sync_api import expect

from kommuner.models import Bruker
from prosjekter.handlinger import fil as fil_handlinger
from prosjekter.handlinger import prosjekt as handlinger
from prosjekter.models import Bilde, Lenke
from tests.felles import filer

ANSATT = "runa.haugset@fjordvik.example"


@pytest.fixture
def ansatt(nettsted):
    return Bruker.objects.get(email=ANSATT)


@pytest.fixture
def filsiden(ansatt, request):
    prosjekt = handlinger.opprett(
        tittel=f"Kaia {request.node.name[-12:]}",
        utfordring="Båtene har ingen steder å være.",
        eier=ansatt.aktive_medlemskap[0].organisasjon,
        nokkel=request.node.name,
        av=ansatt,
    )[0]
    for navn in "abc":
        url = f"https://{navn}.example"
        fil_handlinger.legg_til_lenke(prosjekt, tittel=f"Lenke {navn}", url=url, nokkel=navn, av=ansatt)
    return f"/prosjekter/{prosjekt.slug}/filer/"


def test_et_bilde_velges_og_sendes_og_vises(aapne, ansatt, filsiden):
    nettside = aapne(f"{filsiden}nytt-bilde/", som=ansatt)
    side = nettside.page
    side.get_by_label("Bildet", exact=True).set_input_files(
        {"name": "kai.png", "mimeType": "image/png", "buffer": filer.bildefil(640, 400)}
    )
    side.get_by_label("Hva viser bildet?").fill("En tom kai.")
    side.get_by_role("button", name="Legg til").click()

    expect(side.get_by_role("status").first).to_have_text("«En tom kai.» er lagt til.")
    bilde = Bilde.objects.get(alt_tekst="En tom kai.")
    assert side.locator(f"#bilde-{bilde.pk} img").evaluate("i => i.decode().then(() => i.naturalWidth)") > 0
    assert nettside.feil == []


def test_en_for_stor_fil_sies_fra_om_foer_den_sendes(aapne, ansatt, filsiden, tmp_path):
    stor = tmp_path / "a.pdf"
    with stor.open("wb") as fil:
        fil.truncate(20 * 1024 * 1024 + 1)
    side = aapne(f"{filsiden}nytt-vedlegg/", som=ansatt).page
    felt = side.get_by_label("Filen", exact=True)

    felt.set_input_files(stor)

    assert felt.evaluate("f => f.validationMessage").startswith("Filen er for stor.")


def test_rekkefoelgen_dras(aapne, ansatt, filsiden):
    nettside = aapne(filsiden, som=ansatt)
    side = nettside.page
    punkter = side.locator("section[aria-labelledby=lenke] ol > li")
    punkter.last.scroll_into_view_if_needed()
    grep, maal = punkter.first.locator(".grep").bounding_box(), punkter.last.bounding_box()

    with side.expect_response(lambda svar: "/flytt/" in svar.url) as svar:
        side.mouse.move(grep["x"] + 10, grep["y"] + 15)
        side.mouse.down()
        side.mouse.move(grep["x"] + 12, grep["y"] + 40, steps=5)
        side.mouse.move(maal["x"] + 60, maal["y"] + maal["height"] - 4, steps=12)
        side.mouse.up()

    assert svar.value.status == 204
    titler = Lenke.objects.filter(prosjekt__slug=filsiden.split("/")[2]).values_list("tittel", flat=True)
    assert list(titler) == ["Lenke b", "Lenke c", "Lenke a"]
    assert nettside.feil == []
