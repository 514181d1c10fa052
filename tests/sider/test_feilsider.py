"""Error pages and pages of plain text: they stand on their own, and always show a way on."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.views.defaults import server_error


@pytest.mark.django_db
def test_en_side_som_ikke_finnes_gir_soek_og_innlogging_tilbake_hit(client):
    svar = client.get("/prosjekter/finnes-ikke-her/")

    html = svar.content.decode()
    assert svar.status_code == 404
    assert "Vi finner ikke siden" in html
    assert 'role="search"' in html
    assert f"{reverse('account_login')}?next=/prosjekter/finnes-ikke-her/" in html


@pytest.mark.django_db
def test_et_gammelt_skjema_forklarer_hva_du_kan_gjoere():
    svar = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"email": "a@b.example"})

    assert svar.status_code == 403
    assert "Skjemaet ble for gammelt" in svar.content.decode()


def test_feil_hos_oss_vises_uten_database_og_uten_kontekst(rf):
    svar = server_error(rf.get("/"))

    html = svar.content.decode()
    assert svar.status_code == 500
    assert "Noe gikk galt hos oss" in html
    assert f'href="{reverse("forside")}"' in html


@pytest.mark.parametrize("kode", ["400", "403", "404", "429", "403_csrf"])
def test_hver_feilside_har_en_vei_videre_og_holdes_utenfor_soekemotorer(rf, kode):
    request = rf.get("/et/sted/")
    request.user = AnonymousUser()

    html = render_to_string(f"{kode}.html", request=request)

    hoveddel = html[html.index("<main") : html.index("</main>")]
    assert "<h1" in hoveddel
    assert f'href="{reverse("forside")}"' in hoveddel
    assert '<meta name="robots" content="noindex">' in html


@pytest.mark.django_db
@pytest.mark.parametrize("navn", ["om", "tilgjengelighet", "personvern", "kontakt"])
def test_sidene_om_portalen_er_aapne_og_setter_ingen_informasjonskapsler(client, navn):
    svar = client.get(reverse(navn))

    assert svar.status_code == 200
    assert svar.content.decode().count("<h1") == 1
    assert not svar.cookies


@pytest.mark.django_db
def test_forsiden_setter_ingen_informasjonskapsler_for_en_besoekende(client):
    assert not client.get(reverse("forside")).cookies
