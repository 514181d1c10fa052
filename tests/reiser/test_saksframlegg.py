"""A politician's adviser, not signed in, finds an idea and prints a case paper about it for her municipality."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from docx import Document

from kommuner.models import Stedsnavn
from tests.fabrikker import lag_gjenbruk, lag_kommune, lag_laering, lag_organisasjon, lag_prosjekt

pytestmark = pytest.mark.django_db


def lenke(siden, tekst):
    return re.search(rf'href="([^"]+)"[^>]*>\s*{re.escape(tekst)}', siden)[1].replace("&amp;", "&")


def test_raadgiveren_finner_en_ide_og_skriver_ut_saksframlegget_for_sin_kommune():
    kinn = lag_kommune(
        "Kinn", "4602", malform="nynorsk", folketall=17_200, folketall_dato=date(2024, 1, 1), kostragruppe="EKG11"
    )
    Stedsnavn.objects.create(kommune=kinn, navn="Kinn", sprak="no")
    ideen = lag_prosjekt(
        "Tryggere netter",
        slug="tryggere-netter",
        utfall="virket",
        tekst={"utfordring": "Nattevaktene rekker ikke rundt.", "resultat": "Beboerne sover bedre."},
    )
    lag_laering(ideen, "Spør nattevaktene før dere kjøper noe")
    lag_gjenbruk(ideen, lag_organisasjon("Senja kommune"), status="verdi_bekreftet", verdi="Ti færre fall.")
    klient = Client()

    # She reads about it, and asks for a case paper.
    prosjektsiden = klient.get("/prosjekter/tryggere-netter/").content.decode()
    adresse = lenke(prosjektsiden, "Lag utkast til saksframlegg")
    assert "Hvilken kommune skal saken til?" in klient.get(adresse).content.decode()

    # She types the name of her municipality. It writes nynorsk, and so does the paper.
    siden = klient.get(adresse, {"kommune": "kinn", "malform": ""}).content.decode()
    assert "<h1" in siden
    assert "Utprøving av «Tryggere netter» i Kinn kommune" in siden
    assert "UTKAST – laga av opne data frå portalen" in siden
    assert "Ti færre fall." in siden
    assert "Spør nattevaktene før dere kjøper noe." in siden
    assert "17\xa0200" in siden
    assert "data-skriv-ut" in siden

    # Every source leads to a page anyone can open.
    listen = siden.partition('<ol class="kilder">')[2].partition("</ol>")[0]
    kilder = re.findall(r'href="http[^"]*?(/(?:prosjekter|laering|kommuner)/[^"]*)"', listen)
    assert len(kilder) == 4
    for kilde in kilder:
        assert klient.get(kilde).status_code == 200, kilde

    # She takes it with her in Word.
    fil = klient.get(lenke(siden, "Last ned som Word (DOCX)"))
    dokument = Document(BytesIO(fil.content))
    assert dokument.paragraphs[0].text == "Utprøving av «Tryggere netter» i Kinn kommune"
    assert "Framlegg til vedtak" in [p.text for p in dokument.paragraphs]
    assert "[Fyll inn: " in "\n".join(p.text for p in dokument.paragraphs)
