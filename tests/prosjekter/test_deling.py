"""Passing a project on: the head of the page, mail, the feed, the sitemap and robots.txt."""

import json
import re
import xml.etree.ElementTree as ET
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from prosjekter.feed import ANTALL
from prosjekter.kodeverk import Fase, Lisens, Status, Synlighet
from prosjekter.models import Deltakelse, Missiontilknytning
from tests.fabrikker import lag_gjenbruk, lag_initiativ, lag_kommune, lag_mission, lag_organisasjon, lag_prosjekt

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}
SPRAK = "{http://www.w3.org/XML/1998/namespace}lang"
ONDT = """Et </script><script>alert("1")</script> & <b>løft</b>"""


@pytest.fixture(autouse=True)
def portalens_adresse(settings):
    settings.PORTAL_ADRESSE = "https://portal.example"


def html(prosjekt):
    return Client().get(prosjekt.get_absolute_url()).content.decode()


def strukturerte_data(prosjekt):
    blokk = re.search(r'<script type="application/ld\+json">(.*?)</script>', html(prosjekt), re.DOTALL)
    return json.loads(blokk[1])


def strom(**sporring):
    svar = Client().get(reverse("prosjekter:nye"), sporring)
    assert svar.status_code == 200
    return ET.fromstring(svar.content)


def innslag(**sporring):
    return [e.find("a:title", ATOM).text for e in strom(**sporring).findall("a:entry", ATOM)]


# ---- The head of the page ------------------------------------------------------------------------------------------


def test_delekortet_har_tittel_tekst_og_fulle_adresser():
    prosjekt = lag_prosjekt("Tryggere netter", ingress="Sensorer sier fra.", malform="nn", slug="tryggere-netter")

    side = html(prosjekt)

    for linje in (
        '<link rel="canonical" href="https://portal.example/prosjekter/tryggere-netter/">',
        '<meta property="og:title" content="Tryggere netter">',
        '<meta property="og:description" content="Sensorer sier fra.">',
        '<meta property="og:url" content="https://portal.example/prosjekter/tryggere-netter/">',
        '<meta property="og:locale" content="nn_NO">',
        '<meta property="og:image" content="https://portal.example/static/bilder/deling.png">',
    ):
        assert linje in side


def test_delebildet_er_lett_nok():
    with open(finders.find("bilder/deling.png"), "rb") as fil:
        bilde = fil.read()

    assert bilde.startswith(b"\x89PNG")
    assert len(bilde) <= 60 * 1024


def test_strukturerte_data_sier_hvem_hva_og_paa_hvilke_vilkaar():
    eier = lag_organisasjon("Halden kommune", kommune=lag_kommune("Halden"))
    prosjekt = lag_prosjekt("Tryggere netter", eier=eier, slug="tryggere-netter", lisens=Lisens.CC0, malform="nn")
    Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=lag_organisasjon("Etaten"), rolle="fagpartner")
    Missiontilknytning.objects.create(prosjekt=prosjekt, mission=lag_mission("Gode liv"), svar="godtatt")

    data = strukturerte_data(prosjekt)

    assert data["@type"] == "CreativeWork"
    assert data["name"] == "Tryggere netter"
    assert data["url"] == "https://portal.example/prosjekter/tryggere-netter/"
    assert data["inLanguage"] == "nn"
    assert data["creator"]["name"] == "Halden kommune"
    assert [c["name"] for c in data["contributor"]] == ["Etaten"]
    assert data["spatialCoverage"]["name"] == "Halden"
    assert [m["name"] for m in data["about"]] == ["Gode liv"]
    assert data["license"] == "https://creativecommons.org/publicdomain/zero/1.0/"


def test_en_ond_tittel_kommer_ikke_ut_av_datablokken():
    prosjekt = lag_prosjekt(ONDT, ingress=ONDT)

    assert strukturerte_data(prosjekt)["name"] == ONDT
    assert "<script>alert" not in html(prosjekt)


def test_det_som_ikke_er_apent_har_verken_delekort_eller_datablokk(som, roller):
    prosjekt = lag_prosjekt("Bare oss", eier=roller.kommunen, synlighet=Synlighet.SEKTOR)

    side = som("eier").get(prosjekt.get_absolute_url()).content.decode()

    assert "og:title" not in side
    assert "ld+json" not in side


def test_eposten_har_tittel_og_lenke():
    lenke = re.search(r'href="(mailto:[^"]*)"', html(lag_prosjekt("Æ & ø?", slug="ae-o")))[1]

    felt = parse_qs(urlsplit(lenke.replace("&amp;", "&")).query)

    assert felt["subject"] == ["Æ & ø?"]
    assert "https://portal.example/prosjekter/ae-o/" in felt["body"][0]


# ---- The feed ------------------------------------------------------------------------------------------------------


def test_strommen_har_det_nyeste_forst_i_sitt_eget_spraak():
    naa = timezone.now()
    lag_prosjekt("Eldst", publisert_tid=naa - timedelta(days=2))
    nyest = lag_prosjekt("Nyast", publisert_tid=naa, malform="nn", ingress="Kort fortalt.")

    rot = strom()

    forste = rot.find("a:entry", ATOM)
    assert innslag() == ["Nyast", "Eldst"]
    assert forste.get(SPRAK) == "nn"
    assert rot.get(SPRAK) == "nb"
    assert forste.find("a:id", ATOM).text == f"tag:portal.example,2026:prosjekt/{nyest.pk}"
    assert forste.find("a:link", ATOM).get("href") == f"http://testserver/prosjekter/{nyest.slug}/"
    assert forste.find("a:summary", ATOM).text == "Kort fortalt."


def test_strommen_tar_imot_de_samme_filtrene_som_listen():
    lag_prosjekt("Pilot", fase=Fase.PILOT)
    lag_prosjekt("Idé", fase=Fase.IDE)

    rot = strom(fase="pilot", sorter="tittel")

    assert innslag(fase="pilot", sorter="tittel") == ["Pilot"]
    assert rot.find("a:title", ATOM).text == "Nye prosjekter: Pilot"
    lenker = {lenke.get("rel"): lenke.get("href") for lenke in rot.findall("a:link", ATOM)}
    assert lenker == {
        "alternate": "http://testserver/prosjekter/?fase=pilot",
        "self": "http://testserver/prosjekter/nye.atom?fase=pilot",
    }


def test_strommen_uten_filtre_har_en_ren_adresse():
    lenker = [lenke.get("href") for lenke in strom().findall("a:link", ATOM)]

    assert lenker == ["http://testserver/prosjekter/", "http://testserver/prosjekter/nye.atom"]


def test_strommen_svarer_feil_paa_det_den_ikke_kjenner():
    svar = Client().get(reverse("prosjekter:nye"), {"fase": "xyz"})

    assert svar.status_code == 400
    assert svar.content.decode() == "«xyz» er ikke en fase."


@pytest.mark.parametrize("tegn", ["\x01", "\x0b", "\x1f", "\ufffe", "😀", "<", "&"])
def test_underlige_tegn_stopper_ikke_strommen(tegn):
    lag_prosjekt(f"Tit{tegn}tel", ingress=tegn, eier=lag_organisasjon(f"Eier{tegn}"))

    assert len(innslag()) == 1
    assert strom(q=f"a{tegn}b") is not None


@pytest.mark.parametrize("antall", [1, 3])
def test_strommen_bruker_like_mange_sporringer(antall, django_assert_num_queries):
    for _nr in range(antall):
        lag_prosjekt()

    innslag()
    with django_assert_num_queries(3):  # the mark of the content twice, projects, codes
        assert len(innslag()) == antall


def test_strommen_tar_slutt():
    for _nr in range(ANTALL + 1):
        lag_prosjekt()

    assert len(innslag()) == ANTALL


def test_listen_viser_vei_til_strommen_med_de_samme_filtrene():
    side = Client().get(reverse("prosjekter:liste"), {"fase": "pilot"}).content.decode()

    assert 'type="application/atom+xml" title="Nye prosjekter" href="/prosjekter/nye.atom?fase=pilot"' in side


# ---- For search engines --------------------------------------------------------------------------------------------


def adresser(adresse):
    svar = Client().get(adresse)
    assert svar.status_code == 200
    return [e.text for e in ET.fromstring(svar.content).iter() if e.tag.endswith("}loc")]


def test_nettkartet_viser_til_deler_som_finnes():
    deler = adresser("/sitemap.xml")

    assert "http://testserver/sitemap-prosjekter.xml" in deler
    for del_ in deler:
        assert Client().get(del_).status_code == 200


def test_nettkartet_har_det_som_er_apent():
    lag_prosjekt(slug="apent")
    lag_mission()
    lag_mission(er_publisert=False)
    lag_kommune("Halden", "3101")
    lag_organisasjon("Etaten", slug="etaten", sektor="statlig_etat")

    assert adresser("/sitemap-prosjekter.xml") == ["http://testserver/prosjekter/apent/"]
    assert len(adresser("/sitemap-missions.xml")) == 1
    assert adresser("/sitemap-kommuner.xml") == ["http://testserver/kommuner/3101/"]
    assert adresser("/sitemap-partnere.xml") == ["http://testserver/partnere/etaten/"]


def test_nettkartet_har_gjenbruk_som_det_er_noe_aa_lese_om():
    pakke = {"kjerne": "En hentes."}
    for nr, felt in enumerate(
        [
            {},
            {"synlighet": "sektor"},
            {"status": Status.AVPUBLISERT},
            {"synlighet": "prosjekt"},
            {"status": Status.KLADD},
        ]
    ):
        lag_gjenbruk(lag_prosjekt(slug=f"brukt-{nr}", **felt))
        lag_prosjekt(slug=f"pakke-{nr}", tekst=pakke, **felt)
    lag_prosjekt(slug="ingenting", tekst={"utfordring": "Mange ringer.", "kjerne": ""})
    tatt_ned = lag_gjenbruk(lag_prosjekt(slug="tatt-ned"))
    type(tatt_ned).objects.filter(pk=tatt_ned.pk).update(tatt_ned_tid=timezone.now(), tatt_ned_grunn="reklame")

    assert adresser("/sitemap-gjenbrukstraer.xml") == ["http://testserver/prosjekter/brukt-0/gjenbrukstre/"]
    assert adresser("/sitemap-gjenbrukspakker.xml") == ["http://testserver/prosjekter/pakke-0/gjenbrukspakke/"]
    for adresse in ("/prosjekter/brukt-0/gjenbrukstre/", "/prosjekter/pakke-0/gjenbrukspakke/"):
        assert "noindex" not in Client().get(adresse).content.decode()


def test_nettkartet_har_de_initiativene_alle_ser():
    synlig = lag_initiativ()
    lag_initiativ(aktiv=False)

    assert adresser("/sitemap-initiativer.xml") == [f"http://testserver{synlig.get_absolute_url()}"]


def test_et_stort_nettkart_deles_i_flere(monkeypatch):
    monkeypatch.setattr("prosjekter.sitemap.ProsjektSitemap.limit", 2)
    for _nr in range(3):
        lag_prosjekt()

    assert "http://testserver/sitemap-prosjekter.xml?p=2" in adresser("/sitemap.xml")
    assert len(adresser("/sitemap-prosjekter.xml?p=2")) == 1


@pytest.mark.parametrize("del_", ["sitemap-tull.xml", "sitemap-prosjekter.xml?p=99", "sitemap-prosjekter.xml?p=x"])
def test_deler_av_nettkartet_som_ikke_finnes_er_404(del_):
    assert Client().get(f"/{del_}").status_code == 404


@pytest.mark.parametrize("antall", [1, 3])
def test_nettkartet_bruker_like_mange_sporringer(antall, django_assert_max_num_queries):
    taker = lag_organisasjon()
    for nr in range(antall):
        lag_gjenbruk(lag_prosjekt(tekst={"kjerne": "En hentes."}), taker)
        lag_organisasjon(sektor="statlig_etat")
        lag_mission()
        lag_kommune(f"Sted {nr}")

    for del_ in ("prosjekter", "gjenbrukstraer", "gjenbrukspakker", "partnere", "missions", "kommuner"):
        with django_assert_max_num_queries(3):
            assert len(adresser(f"/sitemap-{del_}.xml")) == antall


def test_robots_viser_til_nettkartet_og_stenger_det_lukkede():
    svar = Client().get("/robots.txt")

    assert svar["Content-Type"].startswith("text/plain")
    assert "Sitemap: http://testserver/sitemap.xml" in svar.content.decode()
    assert "Disallow: /min-side/" in svar.content.decode()
