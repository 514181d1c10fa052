"""What only a browser shows: what is written saves itself, and outlives a lost network, a closed page and a sign-out."""

import re

import pytest
from playwright.sync_api import expect

from kommuner.models import Bruker
from prosjekter.handlinger import prosjekt as handlinger
from prosjekter.models import Prosjekt
from tests.nettleser.hjelp import vent_til

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


INGRESS, UTFORDRING = "Hva handler det om, kort fortalt?", "Hva er utfordringen?"


def adresse(prosjekt):
    return f"/prosjekter/{prosjekt.slug}/rediger/kort/"


def lagret(side):
    return side.expect_response(lambda svar: svar.request.method == "POST" and "autolagre" in svar.url)


def ingress(prosjekt):
    return Prosjekt.objects.get(pk=prosjekt.pk).ingress


def test_det_som_skrives_lagres_uten_at_feltet_forlates(aapne, ansatt, prosjekt):
    nettside = aapne(adresse(prosjekt), som=ansatt)
    side = nettside.page

    with lagret(side) as svar:
        side.get_by_label(INGRESS).press_sequentially("En brygge for de unge.")

    assert svar.value.status == 200
    assert "Hva+heter" not in (svar.value.request.post_data or "")
    expect(side.locator("#lagret")).to_have_text(re.compile(r"^Sist lagret kl\. \d\d\.\d\d$"))
    expect(side.locator("[name=versjon]")).to_have_value("2")
    side.reload()
    expect(side.get_by_label(INGRESS)).to_have_value("En brygge for de unge.")
    assert nettside.feil == []


def test_uten_nett_sier_den_fra_og_sender_naar_nettet_er_tilbake(aapne, ansatt, prosjekt):
    side = aapne(adresse(prosjekt), som=ansatt).page
    # The script that saves is fetched by the page's own, and may come after the page has opened.
    vent_til(side, "performance.getEntriesByType('resource').some(r => r.name.includes('autolagring'))")
    side.wait_for_load_state("networkidle")
    side.context.set_offline(True)
    side.get_by_label(INGRESS).fill("Skrevet på toget.")
    side.get_by_label(INGRESS).blur()
    expect(side.locator("#lagret")).to_have_text("Ikke lagret – prøver igjen")

    with lagret(side):
        side.context.set_offline(False)

    expect(side.locator("#lagret")).to_have_text(re.compile("^Sist lagret"))
    assert ingress(prosjekt) == "Skrevet på toget."


def test_en_lukket_maskin_mister_ingenting(aapne, ansatt, prosjekt):
    side = aapne(adresse(prosjekt), som=ansatt).page
    # In the page itself: what it sends as it closes goes past a route, and may arrive while we look.
    side.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('uten nett')) }")
    side.get_by_label(INGRESS).fill("Batteriet gikk.")
    vent_til(side, "Object.keys(localStorage).some(n => n.startsWith('kladd:'))")
    side.close()
    assert ingress(prosjekt) == ""

    side = side.context.new_page()
    side.goto(adresse(prosjekt))

    expect(side.get_by_label(INGRESS)).to_have_value("Batteriet gikk.")
    expect(side.locator("#lagret")).to_have_text("Det du skrev sist, er hentet fram.")
    assert ingress(prosjekt) == "Batteriet gikk."
    assert side.evaluate("Object.keys(localStorage).filter(n => n.startsWith('kladd:'))") == []


def test_er_innloggingen_gaatt_ut_ligger_det_i_nettleseren_til_en_ny(aapne, ansatt, prosjekt):
    side = aapne(adresse(prosjekt), som=ansatt).page
    sesjon = next(c for c in side.context.cookies() if c["name"] == "sessionid")
    side.context.clear_cookies(name="sessionid")

    side.get_by_label(INGRESS).fill("Etter lunsj.")
    side.get_by_label(INGRESS).blur()

    expect(side.locator("#lagret")).to_have_text(re.compile("^Du er logget ut"))
    lenke = side.get_by_role("link", name="Logg inn", exact=True).last
    expect(lenke).to_have_attribute("href", re.compile("next=.*rediger"))
    lenke.click()
    expect(side.get_by_role("heading", level=1)).to_be_visible()
    side.context.add_cookies([sesjon])
    side.goto(adresse(prosjekt))
    expect(side.get_by_label(INGRESS)).to_have_value("Etter lunsj.")
    expect(side.locator("#lagret")).to_have_text("Det du skrev sist, er hentet fram.")
    assert ingress(prosjekt) == "Etter lunsj."


def test_det_andre_vinduet_faar_det_med_og_skriver_ikke_over(aapne, ansatt, prosjekt):
    en = aapne(adresse(prosjekt), som=ansatt).page
    to = en.context.new_page()
    to.goto(adresse(prosjekt))

    with lagret(en):
        en.get_by_label(INGRESS).fill("Fra det ene.")
        en.get_by_label(INGRESS).blur()

    expect(to.get_by_label(INGRESS)).to_have_value("Fra det ene.")
    expect(to.locator("#lagret")).to_contain_text("Endret et annet sted, og tatt inn her")
    with lagret(to):
        to.get_by_label(UTFORDRING).fill("Fra det andre.")
        to.get_by_label(UTFORDRING).blur()
    to.get_by_role("button", name="Lagre og lukk").click()
    expect(to.get_by_role("heading", name="Prosjekter", exact=True)).to_be_visible()
    assert ingress(prosjekt) == "Fra det ene."
    assert Prosjekt.objects.get(pk=prosjekt.pk).tekst.utfordring == "Fra det andre."


def test_har_en_kollega_skrevet_det_samme_spoer_knappen_og_ingenting_er_borte(aapne, ansatt, prosjekt):
    side = aapne(adresse(prosjekt), som=ansatt).page
    kollega = Bruker.objects.get(email=KOLLEGA)
    handlinger.lagre_seksjon(prosjekt, verdier={"utfordring": "Deres tekst."}, versjon=1, av=kollega)

    with lagret(side):
        side.get_by_label(UTFORDRING).fill("Min tekst.")
        side.get_by_label(UTFORDRING).blur()
    expect(side.locator("#lagret")).to_contain_text("Amir Sandbekk har også endret «Hva er utfordringen?»")
    side.get_by_role("button", name="Lagre og gå videre").click()

    expect(side.get_by_role("heading", name="Amir Sandbekk lagret mens du skrev")).to_be_visible()
    expect(side.get_by_label(UTFORDRING)).to_have_value("Min tekst.")
    side.get_by_role("button", name="Lagre og gå videre").click()
    expect(side.get_by_role("heading", name="Det vi prøver")).to_be_visible()
    assert Prosjekt.objects.get(pk=prosjekt.pk).tekst.utfordring == "Min tekst."


def test_rett_paa_knappen_etter_siste_ord_lagrer_en_gang(aapne, ansatt, prosjekt):
    side = aapne(adresse(prosjekt), som=ansatt).page
    side.get_by_label(INGRESS).fill("Ferdig.")
    side.get_by_role("button", name="Lagre og lukk").dblclick()

    expect(side.get_by_role("heading", name="Prosjekter", exact=True)).to_be_visible()
    fersk = Prosjekt.objects.get(pk=prosjekt.pk)
    assert (fersk.ingress, fersk.versjon) == ("Ferdig.", 2)


def test_i_et_publisert_prosjekt_er_det_et_utkast_til_noen_trykker_lagre(aapne, ansatt):
    publisert = Prosjekt.objects.filter(status="publisert", eier__slug="fjordvik").first()
    foer = publisert.ingress
    nettside = aapne(adresse(publisert), som=ansatt)
    side = nettside.page
    with lagret(side):
        side.get_by_label(INGRESS).fill("Et halvt utkast")
        side.get_by_label(INGRESS).blur()
    expect(side.locator("#lagret")).to_contain_text("Bare du ser det til du trykker Lagre.")
    assert ingress(publisert) == foer

    side.reload()
    expect(side.get_by_label(INGRESS)).to_have_value("Et halvt utkast")
    expect(side.get_by_text("Dette er utkastet ditt")).to_be_visible()
    assert nettside.brudd() == []
    side.get_by_role("button", name="Forkast utkastet").click()
    expect(side.get_by_label(INGRESS)).to_have_value(foer)
    assert ingress(publisert) == foer


# ---- Forms with nowhere to save themselves yet ---------------------------------------------------------------------


def husket(side, tekst, noe="skjema:"):
    """The text itself: what was typed before it may be kept already."""
    vent_til(side, f"Object.entries(localStorage).some(([n, v]) => n.startsWith('{noe}') && v.includes('{tekst}'))")


HENTET = "Her er det du skrev sist."


def test_tre_felt_overlever_en_lukket_nettleser_og_glemmes_naar_kladden_er_laget(aapne, ansatt):
    nettside = aapne("/prosjekter/ny/", som=ansatt)
    side = nettside.page
    side.get_by_label("Hva heter prosjektet?").fill("Lyset i lysløypa")
    side.get_by_label(UTFORDRING).fill("Det er mørkt om kvelden.")
    husket(side, "Det er mørkt om kvelden.")

    ny = side.context.new_page()
    side.close()
    ny.goto("/prosjekter/ny/")
    expect(ny.get_by_text(HENTET)).to_be_visible()
    expect(ny.get_by_label(UTFORDRING)).to_have_value("Det er mørkt om kvelden.")
    ny.get_by_role("button", name="Lag kladd").click()
    for _gang in range(2):  # what resembles it may be shown once first
        if ny.url.endswith("/ny/"):
            ny.get_by_role("button", name="Lag kladd").or_(ny.locator("main form button.ds-button").last).first.click()
    ny.wait_for_url("**/rediger/**")
    assert Prosjekt.objects.filter(tittel="Lyset i lysløypa").count() == 1

    ny.goto("/prosjekter/ny/")
    expect(ny.get_by_label(UTFORDRING)).to_have_value("")
    expect(ny.get_by_text(HENTET)).to_be_hidden()
    assert nettside.feil == []


def test_en_innsending_som_ikke_kom_fram_er_ikke_borte_og_kan_kastes(aapne, ansatt):
    side = aapne("/prosjekter/ny/", som=ansatt).page
    side.get_by_label("Hva heter prosjektet?").fill("Nettet forsvant")
    side.get_by_label(UTFORDRING).fill("Midt i trykket.")
    side.context.set_offline(True)
    side.get_by_role("button", name="Lag kladd").click()
    side.context.set_offline(False)

    ny = side.context.new_page()
    ny.goto("/prosjekter/ny/")
    expect(ny.get_by_label(UTFORDRING)).to_have_value("Midt i trykket.")
    ny.get_by_role("button", name="Begynn på nytt").click()
    expect(ny.get_by_text(HENTET)).to_be_hidden()
    expect(ny.get_by_label(UTFORDRING)).to_have_value("")


def test_hvordan_det_gikk_overlever_en_lukket_nettleser(aapne, ansatt, prosjekt):
    nettside = aapne(f"/prosjekter/{prosjekt.slug}/avslutt/", som=ansatt)
    side = nettside.page
    side.get_by_label("Prøvd, virket ikke").check()
    side.locator("[name=laering]").fill("Ingen kom.")
    for nr, hva in enumerate(("Faksen", "Papirlistene", "Mandagsmøtet")):
        if nr:
            side.get_by_role("button", name="Legg til en rad").click()
        side.locator(f"[name=avviklinger-{nr}-hva]").fill(hva)
    husket(side, "Mandagsmøtet")

    ny = side.context.new_page()
    ny.goto(f"/prosjekter/{prosjekt.slug}/avslutt/")
    expect(ny.get_by_text(HENTET)).to_be_visible()
    expect(ny.get_by_label("Prøvd, virket ikke")).to_be_checked()
    siste = ny.get_by_role("group", name="Noe vi slutter med 3")
    expect(siste.get_by_label("Hva slutter dere med?")).to_have_value("Mandagsmøtet")
    siste.get_by_label("Timer frigjort i året").fill("30")
    ny.get_by_role("button", name="Avslutt prosjektet").click()
    ny.wait_for_url(f"**/prosjekter/{prosjekt.slug}/")
    assert list(prosjekt.avviklinger.order_by("pk").values_list("hva", "frigjort_tid")) == [
        ("Faksen", None), ("Papirlistene", None), ("Mandagsmøtet", 30),
    ]  # fmt: skip
    assert nettside.feil == []
    ny.goto(f"/prosjekter/{prosjekt.slug}/avslutt/")
    expect(ny.get_by_text(HENTET)).to_be_hidden()


def test_paa_konfliktsiden_er_det_som_skrives_trygt_og_bestemmer_ingenting(aapne, ansatt, prosjekt):
    kollega = Bruker.objects.get(email=KOLLEGA)
    side = aapne(adresse(prosjekt), som=ansatt).page
    side.context.route("**/autolagre/", lambda rute: rute.abort())
    side.get_by_label(INGRESS).fill("Min tekst.")
    handlinger.lagre_seksjon(prosjekt, verdier={"ingress": "Kollegaens tekst."}, versjon=1, av=kollega)
    side.get_by_role("button", name="Lagre og lukk").click()
    expect(side.get_by_text("lagret mens du skrev")).to_be_visible()
    side.get_by_label(INGRESS).fill("Min tekst, og litt til.")
    husket(side, "og litt til.", "kladd:")
    side.context.unroute("**/autolagre/")

    ny = side.context.new_page()
    side.close()
    ny.goto(adresse(prosjekt))
    expect(ny.get_by_label(INGRESS)).to_have_value("Min tekst, og litt til.")
    assert ingress(prosjekt) == "Kollegaens tekst."
    ny.get_by_role("button", name="Lagre og lukk").click()
    expect(ny.get_by_text("lagret mens du skrev")).to_be_visible()
    ny.get_by_role("button", name="Lagre og lukk").click()
    ny.wait_for_url("**/min-side/")
    assert ingress(prosjekt) == "Min tekst, og litt til."
    ny.goto(adresse(prosjekt))
    expect(ny.get_by_label(INGRESS)).to_have_value("Min tekst, og litt til.")
    expect(ny.locator("#lagret")).to_have_text(re.compile("^Lagret"))
