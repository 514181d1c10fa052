"""Every address there is, and what an anonymous visitor gets. A new one that is not in the table fails.

Where there is a form, it is sent with nonsense (test_ugyldig_inndata.py) when it has been fetched: fetching is what costs.
"""

import itertools
import os
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.husregler.adresser import AAPNE, ANONYM, KREVER_INNLOGGING, adresse_til, navngitte
from tests.husregler.test_ugyldig_inndata import SPESIELT, send_tull

pytestmark = pytest.mark.django_db
ANDRE_MOTOR = "BARE_DATABASE" in os.environ
SKRIVER = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
# Sessions, counters for rate limits and of searches without hits are not what a visitor means by change.
TEKNISK = re.compile(r'"(django_session|mellomlager|sok_tomtsok)"')


def endringer(sporringer):
    return [s["sql"] for s in sporringer if SKRIVER.match(s["sql"]) and not TEKNISK.search(s["sql"])]


def test_hver_adresse_har_navn_og_staar_i_tabellen():
    alle = {navn for navn, _deler in navngitte()}

    assert not [navn for navn in alle if navn.endswith("None")]
    assert alle - ANONYM.keys() == set(), "new addresses: write them in tests/husregler/adresser.py"
    assert ANONYM.keys() - alle == set(), "these are gone"


def test_anonym_faar_det_tabellen_sier_ingenting_endres_og_skjemaene_taaler_tull(client, verden):
    feil, tur = {}, itertools.cycle(SPESIELT)
    for navn, status in ANONYM.items():
        adresse = adresse_til(navn, verden)
        with CaptureQueriesContext(connection) as sporringer:
            svar = client.get(adresse)
        videre = f"{reverse('account_login')}?next={adresse}" if navn in KREVER_INNLOGGING else svar.get("Location")
        funnet = (svar.status_code, svar.get("Location"), endringer(sporringer))
        if funnet != (status, videre, []):
            feil[navn] = funnet
        if navn in AAPNE and not ANDRE_MOTOR:  # elsewhere all that is sent is sent on to sign in
            send_tull(client, adresse, svar, tur)

    assert feil == {}


def test_anonym_kan_ikke_poste_dit_heller(client, verden):
    feil = {}
    for navn in KREVER_INNLOGGING:
        with CaptureQueriesContext(connection) as sporringer:
            svar = client.post(adresse_til(navn, verden))
        til_innlogging = svar.status_code == 302 and svar["Location"].startswith(reverse("account_login"))
        if not til_innlogging or endringer(sporringer):
            feil[navn] = (svar.status_code, endringer(sporringer))

    assert feil == {}


SKRIVERE = ("ansvarlig", "administrator")  # they have all the forms there are


# Between them they are let in everywhere. Last the one who is let in to most.
@pytest.mark.parametrize("rolle", ["partner", "folgeforsker", "ansvarlig", "administrator"])
def test_get_endrer_ingenting_for_noen_og_verken_get_eller_tull_svarer_500(som, rolle, verden):
    klient = som(rolle)
    klient.get(reverse("forside"))  # the first request of a session may note that it was seen
    tur = itertools.cycle(SPESIELT)  # each field of each form gets the next one, so that all of it comes everywhere

    for navn in sorted(ANONYM.keys() - {"account_logout"}):
        adresse = adresse_til(navn, verden)
        with CaptureQueriesContext(connection) as sporringer:
            svar = klient.get(adresse)

        assert svar.status_code in (200, 301, 302, 403, 404, 405), navn
        assert endringer(sporringer) == [], navn
        if rolle in SKRIVERE:
            send_tull(klient, adresse, svar, tur)


@pytest.mark.parametrize("rolle", ["fremmed", "kollega", "partner", "folgeforsker"])
@pytest.mark.parametrize(
    "navn", ["missions:ny", "missions:rediger", "missions:publiser", "organisasjoner:innstillinger", "prosjekter:slett"]
)
def test_den_som_ikke_har_lov_faar_nei(som, rolle, navn, verden):
    svar = som(rolle).post(adresse_til(navn, verden))

    assert svar.status_code in (403, 404)


@pytest.mark.parametrize("rolle", ["fremmed", "eier", "ansvarlig", "partner", "folgeforsker", "moderator"])
def test_adminsidene_er_for_administratorer(som, rolle):
    assert som(rolle).get(reverse("admin:index")).status_code == 404
    assert som("administrator").get(reverse("admin:index")).status_code == 200


def test_adminsidene_ber_anonym_logge_inn(client):
    svar = client.get(reverse("admin:index"), follow=True)

    assert svar.redirect_chain[-1][0].startswith(reverse("account_login"))
