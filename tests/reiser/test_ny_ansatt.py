"""A new employee: signs in with her work address, tells her name, and is at work."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from kommuner.kodeverk import Rolle
from kommuner.models import Bruker, Nettdomene
from tests.fabrikker import lag_bruker, lag_organisasjon
from utboks.handlinger import send_ventende

pytestmark = pytest.mark.django_db


@pytest.fixture
def halden():
    cache.clear()
    halden = lag_organisasjon("Halden kommune")
    Nettdomene.objects.create(organisasjon=halden, domene="halden.kommune.no")
    return halden


def koden_i(epost):
    return re.search(r"^ {4}(\d{4}-\d{4})$", epost.body, re.MULTILINE)[1]


def skjema(side):
    """What the browser would post: the hidden fields of the first form in main."""
    hoveddel = side.content.decode().split("<main")[1]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]+)"', hoveddel.split("</form>")[0]))


def test_fra_lenken_en_kollega_sendte_til_et_registrert_prosjekt(halden, mailoutbox):
    kari = Client(enforce_csrf_checks=True)

    side = kari.get("/prosjekter/ny/", follow=True)
    assert side.redirect_chain == [("/konto/logg-inn/?next=/prosjekter/ny/", 302)]
    side = kari.post("/konto/logg-inn/", skjema(side) | {"email": "kari@halden.kommune.no"}, follow=True)
    assert "Vi har sendt en kode til" in side.content.decode()

    send_ventende()
    [epost] = mailoutbox
    assert epost.to == ["kari@halden.kommune.no"]
    side = kari.post("/konto/logg-inn/kode/", skjema(side) | {"code": koden_i(epost)}, follow=True)
    assert "Velkommen! Hva heter du?" in side.content.decode()

    side = kari.post("/min-side/navn/", skjema(side) | {"navn": "Kari Ås"}, follow=True)
    assert side.redirect_chain[-1][0] == "/prosjekter/ny/"
    assert side.status_code == 200

    bruker = Bruker.objects.get()
    assert bruker.medlemskap.get().organisasjon == halden
    assert bruker.medlemskap.get().rolle == Rolle.BIDRAGSYTER
    minside = kari.get("/min-side/").content.decode()
    assert "Hei, Kari" in minside
    assert "Du er bidragsyter i Halden kommune." in minside
    assert "Registrer nytt" in minside


def test_der_den_ansvarlige_vil_godkjenne_foerst(halden, mailoutbox):
    halden.krever_godkjenning = True
    halden.save()
    leif = lag_bruker("Leif", i=halden, rolle=Rolle.ANSVARLIG, email="leif@halden.kommune.no")
    kari, leder = Client(), Client()
    leder.force_login(leif)

    kari.post("/konto/logg-inn/", {"email": "kari@halden.kommune.no"})
    send_ventende()
    kari.post("/konto/logg-inn/kode/", {"code": koden_i(mailoutbox[-1])})
    kari.post("/min-side/navn/", {"navn": "Kari Ås"})
    assert "Du venter på svar" in kari.get("/min-side/").content.decode()
    send_ventende()
    assert mailoutbox[-1].to == ["leif@halden.kommune.no"]

    minside = leder.get("/min-side/").content.decode()
    assert "Kari Ås vil bli med i Halden kommune" in minside
    leder.post(re.search(r'action="([^"]+/godkjenn/)"', minside)[1])

    send_ventende()
    assert mailoutbox[-1].to == ["kari@halden.kommune.no"]
    assert mailoutbox[-1].subject == "Du er med i Halden kommune"
    assert "Du er bidragsyter i Halden kommune." in kari.get("/min-side/").content.decode()
