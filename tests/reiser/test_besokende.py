"""A visitor finds a project, reads it, and passes it on. No sign-in, no script."""

import re
import xml.etree.ElementTree as ET
from html import unescape

import pytest
from django.test import Client

from prosjekter.kodeverk import Fase, Utfall
from tests.fabrikker import lag_kommune, lag_organisasjon, lag_prosjekt

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def portalens_adresse(settings):
    settings.PORTAL_ADRESSE = "https://portal.example"


@pytest.fixture
def portalen():
    halden = lag_organisasjon("Halden kommune", kommune=lag_kommune("Halden", "3101"))
    tekst = {"utfordring": "Nattevaktene gikk faste runder.", "laering": "Spør nattevaktene først."}
    lag_prosjekt(
        "Tryggere netter", slug="tryggere-netter", eier=halden, utfall=Utfall.VIRKET_IKKE, fase=Fase.PILOT, tekst=tekst
    )
    lag_prosjekt("Felles vikarbank", eier=halden, utfall=Utfall.VIRKET)
    lag_prosjekt("Netter i skogen", utfall=Utfall.VIRKET_IKKE)


def lenke(html, navn):
    """The address of the link with the name, as a reader would find it."""
    treff = [
        unescape(adresse)
        for adresse, innhold in re.findall(r'<a[^>]*href="([^"]*)"[^>]*>(.*?)</a>', html, re.DOTALL)
        if re.sub(r"<[^>]+>", "", innhold).strip() == navn
    ]
    assert treff, f"no link «{navn}»"
    return treff[0]


def test_en_besokende_finner_leser_og_deler(portalen):
    besokende = Client()
    html = besokende.get("/prosjekter/").content.decode()
    assert "3 prosjekter" in html

    # She fills in the form: what did not work, in Halden. The empty fields go away from the address.
    utfylt = {"q": "", "utfall": "virket_ikke", "kommune": "3101", "fylke": "", "sorter": "nyeste"}
    svar = besokende.get("/prosjekter/", utfylt, follow=True)
    assert svar.redirect_chain == [("/prosjekter/?utfall=virket_ikke&kommune=3101", 302)]
    html = svar.content.decode()
    assert "1 prosjekt<" in html
    assert "Felles vikarbank" not in html

    # One filter too many: she takes it away again.
    uten_sted = besokende.get("/prosjekter/" + lenke(html, "Halden")).content.decode()
    assert "2 prosjekter" in uten_sted

    # She reads it.
    adresse = lenke(html, "Tryggere netter")
    side = besokende.get(adresse).content.decode()
    assert side.index("Prøvd, virket ikke") < side.index("faste runder") < side.index("Spør nattevaktene først")

    # She passes it on, and the address is the one that counts.
    assert "https%3A//portal.example/prosjekter/tryggere-netter/" in lenke(side, "Send på e-post")
    assert '<link rel="canonical" href="https://portal.example/prosjekter/tryggere-netter/">' in side

    # And follows what comes, with the filter she ended with.
    strom = besokende.get(lenke(uten_sted, "Følg nye prosjekter i en strøm (Atom)"))
    assert len(ET.fromstring(strom.content).findall("{http://www.w3.org/2005/Atom}entry")) == 2


def test_en_besokende_som_ikke_finner_noe_kommer_videre(portalen):
    besokende = Client()
    html = besokende.get("/prosjekter/", {"q": "xyzzy", "utfall": "virket_ikke"}).content.decode()
    assert "Ingen prosjekter" in html

    videre = besokende.get("/prosjekter/" + lenke(html, "Fjern søkeordene")).content.decode()

    assert 'class="treffliste"' in videre
