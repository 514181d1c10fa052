"""Someone finds nothing, asks to be told, is told when it comes, and leaves again. Then the same with an account."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from abonnement.utsending import send_forfalte
from prosjekter.handlinger import prosjekt as handlinger
from prosjekter.kodeverk import Status
from tests.fabrikker import lag_prosjekt
from utboks.handlinger import send_ventende

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def grenser():
    cache.clear()


def lenke(html, tekst):
    """Where the link that says so leads."""
    return unescape(re.search(rf'<a[^>]*href="([^"]*)"[^>]*>{re.escape(tekst)}', html)[1])


def adresser_i(post):
    return dict(re.findall(r"/abonnement/(\w+)/(\S+)/$", post.body, re.MULTILINE))


def om_en_uke(mailoutbox):
    """The worker, when Monday has come."""
    send_forfalte(timezone.now() + timedelta(days=8))
    send_ventende()
    return mailoutbox[-1]


def publiser(roller, tittel):
    prosjekt = lag_prosjekt(tittel, eier=roller.kommunen, status=Status.INNSENDT, tekst={"utfordring": "Ungdom."})
    handlinger.publiser(prosjekt, av=roller["moderator"])
    return prosjekt


def test_uten_konto_fra_ingen_treff_til_treff_paa_epost_og_ut_igjen(roller, mailoutbox):
    kari = Client(enforce_csrf_checks=True)
    tom = kari.get("/prosjekter/?q=ungdomstorg").content.decode()
    assert "Ingen prosjekter" in tom

    # She asks to be told, and proves that the address is hers.
    skjema = lenke(tom, "Få e-post")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', kari.get(skjema).content.decode())[1]
    svar = {"email": "kari@fjordvik.example", "hyppighet": "ukentlig", "csrfmiddlewaretoken": token}
    assert "Se i e-posten din" in kari.post(skjema, svar, follow=True).content.decode()
    send_ventende()
    assert mailoutbox[-1].subject == "Bekreft at du vil ha nye treff på e-post"
    bekreft = f"/abonnement/bekreft/{adresser_i(mailoutbox[-1])['bekreft']}/"
    assert "Vil du ha nye treff på e-post?" in kari.get(bekreft).content.decode()
    assert "Søket er lagret" in kari.post(bekreft, {"csrfmiddlewaretoken": token}).content.decode()

    # A municipality publishes one, and one about something else.
    prosjekt = publiser(roller, "Digitalt ungdomstorg")
    publiser(roller, "Tryggere netter")
    post = om_en_uke(mailoutbox)
    assert post.subject == "1 nytt prosjekt: «ungdomstorg»"
    assert prosjekt.get_absolute_url() in post.body
    assert "Tryggere netter" not in post.body
    assert kari.get(prosjekt.get_absolute_url()).status_code == 200

    # That was all she wanted. Her mail program presses the button for her.
    stopp = re.search(r"<https?://[^/]+(/[^>]+)>", post.extra_headers["List-Unsubscribe"])[1]
    assert Client(enforce_csrf_checks=True).post(stopp, {"List-Unsubscribe": "One-Click"}).status_code == 200
    publiser(roller, "Et ungdomstorg til")
    antall = len(mailoutbox)
    om_en_uke(mailoutbox)
    assert len(mailoutbox) == antall


def test_med_konto_fra_listen_til_min_side_og_pause(som, roller, mailoutbox):
    eier = som("eier")
    publiser(roller, "Digitalt ungdomstorg")
    listen = eier.get("/prosjekter/?utfall=pagar").content.decode()

    side = eier.post(lenke(listen, "Få nye treff på e-post"), {"hyppighet": "daglig"}, follow=True)
    assert "Søket er lagret." in side.content.decode()
    assert not mailoutbox  # the address is hers already

    minside = eier.get("/min-side/").content.decode()
    assert lenke(minside, "Pågår") == "/prosjekter/?utfall=pagar"
    mine = eier.get(lenke(minside, "Endre, ta pause eller slett")).content.decode()
    knapper = re.search(r'action="(/abonnement/styr/[^"]+/\d+/)"', mine)[1]
    assert "På pause siden" in eier.post(knapper, {"gjor": "pause"}, follow=True).content.decode()

    lag_prosjekt("Naustet", publisert_tid=timezone.now() + timedelta(hours=1))
    send_forfalte(timezone.now() + timedelta(days=2))
    assert send_ventende() == 0
    eier.post(knapper, {"gjor": "fortsett"})
    assert "Naustet" in om_en_uke(mailoutbox).body
