"""A stranger finds what does not work: from the front page to the experiment, the case paper, and those who know."""

import re
from html import unescape

import pytest
from django.test import Client

from kommuner.models import Bruker
from prosjekter.models import Henvendelse
from tests.fabrikker import lag_bruker, lag_eksperiment, lag_kommune, lag_laering, lag_organisasjon, lag_prosjekt
from tests.reiser.test_ny_ansatt import koden_i, skjema
from utboks.handlinger import send_ventende

pytestmark = pytest.mark.django_db

STRANDA, UKJENT = "Robotene fant ikke stranda", "ukjent@privat.example"


@pytest.fixture
def portalen():
    halden = lag_organisasjon("Halden kommune", kommune=lag_kommune("Halden", "3101"))
    eier = lag_bruker("Eva Eier", i=halden)
    prosjekt = lag_prosjekt(
        "Strandrydding med roboter", slug="strandrydding", eier=halden, utfall="virket_ikke", ansvarlig=eier,
        tekst={"utfordring": "Søppel på stranda.", "resultat": "Robotene kjørte i vannet."},
    )  # fmt: skip
    lag_eksperiment(prosjekt, "Roboter kan rydde stranda.", beslutning="stopp", observasjon="De kjørte i vannet.")
    lag_laering(prosjekt, STRANDA, type="dette_virket_ikke")
    # What a stranger must not meet on the way.
    lag_prosjekt("Bare for sektoren", utfall="virket_ikke", synlighet="sektor")
    lag_laering(lag_prosjekt("Skjult", synlighet="prosjekt"), "Hemmelig lærdom", type="dette_virket_ikke")
    return prosjekt


def lenke(html, navn):
    """The address of the first link whose words hold the name, as a reader would find it."""
    for adresse, innhold in re.findall(r'<a[^>]*href="([^"]*)"[^>]*>(.*?)</a>', html, re.DOTALL):
        if navn in re.sub(r"<[^>]+>", "", innhold):
            return unescape(adresse)
    raise AssertionError(f"no link «{navn}»")


def test_en_fremmed_finner_det_som_ikke_virket_og_spoer_dem_som_vet(portalen, mailoutbox):
    besokende = Client()

    def side(adresse):
        svar = besokende.get(adresse)
        assert svar.status_code == 200, adresse
        html = svar.content.decode()
        assert "Hemmelig lærdom" not in html
        assert "Bare for sektoren" not in html
        return html

    # From the front page: what did not work, as a sentence and as a project.
    forside = side("/")
    assert "Prøvd, virket ikke" in forside
    laerdom = side(lenke(forside, "Mer som ikke virket"))
    kortet = side(lenke(laerdom, STRANDA))
    prosjektet = side(lenke(kortet, "Strandrydding med roboter"))
    assert "Robotene kjørte i vannet." in prosjektet
    assert "strandrydding" in lenke(side(lenke(forside, "Se det")), "Strandrydding med roboter")

    # What was tried, and what was seen.
    forsoket = side(lenke(prosjektet, "Roboter kan rydde stranda."))
    assert "De kjørte i vannet." in forsoket

    # She takes a case paper along.
    saksframlegg = lenke(prosjektet, "Lag utkast til saksframlegg")
    utkast = besokende.get(saksframlegg, {"kommune": "3101"}).content.decode()
    word = besokende.get(lenke(utkast, "Last ned som Word"))
    assert word["Content-Type"].endswith("wordprocessingml.document")

    # She asks. An account is made on the way, and those she asks are told why they get her address.
    spor = lenke(prosjektet, "Spør dem")
    innlogging = besokende.get(spor, follow=True)
    assert "trenger adressen din for å svare" in innlogging.content.decode()
    kodeside = besokende.post("/konto/logg-inn/", skjema(innlogging) | {"email": UKJENT}, follow=True)
    send_ventende()
    besokende.post("/konto/logg-inn/kode/", skjema(kodeside) | {"code": koden_i(mailoutbox[-1])})
    besokende.post("/min-side/navn/", {"navn": "Ulla Ukjent", "next": spor})
    nokkel = re.search(r'name="nokkel" value="([^"]+)"', side(spor))[1]
    kvittering = besokende.post(spor, {"tekst": "Hva gjorde dere med robotene?", "nokkel": nokkel}, follow=True)

    assert "De svarer deg på e-post" in kvittering.content.decode()
    assert Henvendelse.objects.get().avsender == Bruker.objects.get(email=UKJENT)
