"""/laering/: search, filters with counts, the feed, the file, and the same number of questions however much there is."""

import csv
import io
from datetime import datetime
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from prosjekter.forms.laeringsfiltre import LaeringFilter
from prosjekter.handlinger import prosjekt as handlinger
from prosjekter.kodeverk import Kodeliste
from prosjekter.models import Laering, Missiontilknytning
from tests.fabrikker import lag_fylke, lag_laering, lag_mission, lag_organisasjon, lag_sokbart

pytestmark = pytest.mark.django_db
LISTE = "laering:liste"


def hent(klient=None, navn=LISTE, **valg):
    return (klient or Client()).get(reverse(navn), valg)


def tekster(svar):
    return [kort.tekst for kort in svar.context["side"]]


def filter_for(sporring="", bruker=None):
    bruker = bruker or AnonymousUser()
    return LaeringFilter(QueryDict(sporring), Laering.objects.synlige_for(bruker).i_strommen(), bruker=bruker)


def tall(filter_, navn):
    return {verdi: n for verdi, n in filter_.tell(navn, [v for v, _n in filter_.filters[navn].meny()]).items() if n}


# ---- Empty, one, and many ------------------------------------------------------------------------------------------


def test_uten_kort_viser_siden_en_vei_videre():
    html = hent().content.decode()

    assert "Ingen har skrevet et læringskort ennå" in html
    assert reverse("minside") in html


def test_den_nyeste_staar_forst_og_den_eldste_naar_en_ber_om_det():
    prosjekt = lag_sokbart()
    for tekst in ("Nyest.", "Midt.", "Eldst."):
        lag_laering(prosjekt, tekst)

    assert tekster(hent()) == ["Nyest.", "Midt.", "Eldst."]
    assert tekster(hent(sorter="eldste")) == ["Eldst.", "Midt.", "Nyest."]


def test_en_side_som_ikke_finnes_sier_det():
    for _n in range(21):
        lag_laering(lag_sokbart())

    assert len(tekster(hent(side="2"))) == 1
    for side in ("0", "3", "abc", "999999999"):
        svar = hent(side=side)
        assert svar.status_code == 404, side
        assert "Denne siden finnes ikke. Listen har 2 sider." in svar.content.decode(), side


# ---- Search --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "q", ["barnehage", "barnehagane", "barnehagen kø", "foreldre", "barnehge", "foreldremøte", "Prøvestad"]
)
def test_kortet_finnes_med_halve_ord_nynorsk_skrivefeil_og_prosjektets_navn(q):
    prosjekt = lag_sokbart("Kortere foreldremøte", eier=lag_organisasjon("Prøvestad kommune"))
    kort = lag_laering(prosjekt, "Køen til barnehagen forsvant da vi åpnet tidligere.")
    lag_laering(lag_sokbart(), "Traktoren måtte ha vinterdekk.")
    call_command("bygg_sokeindeks", verbosity=0)

    assert tekster(hent(q=q)) == [kort.tekst]


def test_en_ny_tittel_paa_prosjektet_finner_kortene(roller):
    prosjekt = lag_sokbart("Gammelt navn", eier=roller.kommunen)
    kort = lag_laering(prosjekt)

    handlinger.lagre_seksjon(prosjekt, verdier={"tittel": "Flaggermus i låven"}, versjon=1, av=roller["eier"])

    assert tekster(hent(q="flaggermus")) == [kort.tekst]


@pytest.mark.parametrize("q", ["-barn", '"', "((", "a" * 3000, "🦆", "' OR 1=1 --", "\u202ebarn"])
@pytest.mark.hver_motor
def test_vrange_sok_faar_et_svar(q):
    lag_laering()

    assert hent(q=q, follow=True).status_code in (200, 302)


def test_et_sok_uten_treff_foreslaar_veier_videre():
    lag_laering(lag_sokbart(utfall="virket"), "Bussen kom for sent.")

    html = hent(q="bussen", utfall="virket_ikke").content.decode()

    assert "Ingen har skrevet om dette ennå" in html
    assert "gir ett kort" in html


# ---- Filters -------------------------------------------------------------------------------------------------------


def test_flere_verdier_i_et_filter_er_eller_og_flere_filtre_er_og():
    virket, ikke = lag_sokbart(utfall="virket"), lag_sokbart(utfall="virket_ikke")
    lag_laering(virket, "A.", type="rad")
    lag_laering(virket, "B.", type="overraskelse")
    lag_laering(ikke, "C.", type="rad")

    assert tekster(hent(type=["rad", "overraskelse"])) == ["A.", "B.", "C."]
    assert tekster(hent(type="rad", utfall="virket_ikke")) == ["C."]
    assert tekster(hent(utfall=["virket", "virket_ikke"], type="overraskelse")) == ["B."]


def test_tallene_ved_hvert_filter_ser_bort_fra_filteret_selv():
    mission = lag_mission()
    fylke = lag_fylke("Nordland", "18")
    med = lag_sokbart(
        utfall="virket", fase="pilot", eier=lag_organisasjon(fylke=fylke), koder=[(Kodeliste.TJENESTEOMRADE, "bolig_stedsutvikling")]
    )  # fmt: skip
    Missiontilknytning.objects.create(mission=mission, prosjekt=med, svar="godtatt")
    uten = lag_sokbart(utfall="stoppet", fase="ide")
    for type_ in ("rad", "rad", "feilkilde"):
        lag_laering(med, type=type_)
    lag_laering(uten, type="feilkilde")

    alle, valgt = filter_for(), filter_for("type=rad&utfall=virket")

    assert (alle.antall, valgt.antall) == (4, 2)
    assert tall(alle, "type") == {"rad": 2, "feilkilde": 2}
    assert tall(alle, "tjenesteomrade") == {"bolig_stedsutvikling": 3, "helse_omsorg": 1}
    assert tall(alle, "mission") == {mission.slug: 3}
    assert tall(alle, "fylke") == {"18": 3}
    assert tall(alle, "fase") == {"pilot": 3, "ide": 1}
    assert tall(valgt, "utfall") == {"virket": 2}
    assert tall(valgt, "type") == {"rad": 2, "feilkilde": 1}


def test_aaret_er_det_kortet_ble_skrevet():
    prosjekt = lag_sokbart()
    for aar in (2024, 2025, 2025):
        lag_laering(prosjekt, opprettet_tid=timezone.make_aware(datetime(aar, 12, 31, 23, 30)))

    assert filter_for().per_egen("aar") == {"2024": 1, "2025": 2}
    assert filter_for("aar=2024").antall == 1
    assert filter_for("aar=2024&aar=2025").antall == 3


@pytest.mark.parametrize(
    ("valg", "sagt"),
    [
        ({"type": "skryt"}, "«skryt» er ikke et slags læring vi kjenner."),
        ({"fylke": "99"}, "«99» er ikke et fylkesnummer."),
        ({"mission": "ukjent"}, "«ukjent» er ikke en mission vi kjenner."),
        ({"aar": "0"}, "«0» er ikke et år vi kjenner."),
        ({"sorter": "populaert"}, "«populaert» er ikke en måte å sortere på."),
    ],
)
def test_det_vi_ikke_kjenner_blir_navngitt(valg, sagt):
    lag_laering()

    assert sagt in hent(**valg).content.decode()
    if "sorter" not in valg:
        assert sagt in hent(navn="laering:feed", **valg).content.decode()
        assert hent(navn="laering:eksport", **valg).status_code == 400


def test_hvert_valg_er_en_chip_som_kan_fjernes():
    lag_laering(type="rad")

    html = hent(type=["rad", "feilkilde"]).content.decode()

    assert 'href="?type=feilkilde">Råd til andre</a>' in html
    assert 'href="?type=rad">Feilkilde</a>' in html


# ---- Feed and file -------------------------------------------------------------------------------------------------


def test_strommen_tar_de_samme_filtrene():
    lag_laering(tekst="Et råd.", type="rad")
    lag_laering(tekst="En feil.", type="feilkilde")

    atom = hent(navn="laering:feed", type="feilkilde").content.decode()

    assert "Feilkilde: En feil." in atom
    assert "Et råd." not in atom
    assert "Ny læring: Feilkilde" in atom


def test_regnearket_har_det_samme_som_listen():
    prosjekt = lag_sokbart("=cmd()", eier=lag_organisasjon("Prøvestad"))
    lag_laering(prosjekt, "Et råd.", type="rad", rad_til_andre="Ring først.")
    lag_laering(prosjekt, "En feil.", type="feilkilde")

    svar = hent(navn="laering:eksport", type="rad")
    rader = list(csv.DictReader(io.StringIO(b"".join(svar.streaming_content).decode("utf-8-sig")), delimiter=";"))

    assert [(r["type"], r["laering"], r["rad_til_andre"], r["prosjekt"], r["eier"]) for r in rader] == [
        ("Råd til andre", "Et råd.", "Ring først.", "'=cmd()", "Prøvestad")
    ]


# ---- How much it costs ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("antall", [1, 3, 25])
@pytest.mark.parametrize(
    "valg", [{}, {"type": "rad", "utfall": "virket", "tjenesteomrade": "helse_omsorg", "fylke": "31"}]
)
def test_listen_bruker_like_mange_sporringer(antall, valg):
    lag_mission()
    fylke = lag_fylke()
    for _n in range(antall):
        lag_laering(lag_sokbart(utfall="virket", eier=lag_organisasjon(fylke=fylke)))
    adresse = f"{reverse(LISTE)}?{urlencode(valg)}"
    _sporringer(adresse)

    # The mark of the content, cards per project, per year and per kind, the page's keys and its rows;
    # and the county that was asked for.
    assert _sporringer(adresse) == 6 + ("fylke" in valg)


@pytest.mark.parametrize("antall", [1, 3, 50])
def test_prosjektsiden_spor_en_gang_om_kort_og_ikke_uten(antall):
    prosjekt = lag_sokbart()
    adresse = prosjekt.get_absolute_url()
    Client().get(adresse)
    uten_kort = _sporringer(adresse)
    for _n in range(antall):
        lag_laering(prosjekt)

    assert _sporringer(adresse) == uten_kort + 1
    html = Client().get(adresse).content.decode()
    assert html.count('class="kort"') == min(antall, 6)
    assert ("Se all læring fra prosjektet" in html) is (antall > 6)


def _sporringer(adresse):
    """How many questions a page costs when it is made anew."""
    caches["sider"].clear()
    with CaptureQueriesContext(connection) as sporringer:
        Client().get(adresse)
    return len(sporringer)
