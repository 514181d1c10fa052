"""The search page gathers from everywhere, shows each reader only what they may see, and always leads on."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kommuner.models import Stedsnavn
from missions.handlinger import lagre_initiativ, opprett_initiativ
from missions.models import Hovedprosjekt, Mission
from partnerskap.felles import innhold
from prosjekter.kodeverk import Kodeliste, Malgruppe, Status, Synlighet
from prosjekter.models import Prosjekt
from sok.forslag import bygg_ordforrad
from tests.fabrikker import (
    lag_barriere,
    lag_eksperiment,
    lag_initiativ,
    lag_kommune,
    lag_laering,
    lag_mission,
    lag_organisasjon,
    lag_sokbart,
    lag_utfordring,
)

pytestmark = pytest.mark.django_db


def side(klient, tekst):
    svar = klient.get(reverse("sok"), {"q": tekst})
    assert svar.status_code == 200
    return svar.content.decode()


def forslag(klient, tekst):
    svar = klient.get(reverse("sokeforslag"), {"q": tekst})
    assert svar.status_code == 200
    return re.findall(r'role="option".*?<span[^>]*>(.*?)</span>', svar.content.decode())


def kommune(navn):
    kommune = lag_kommune(navn)
    Stedsnavn.objects.create(kommune=kommune, navn=navn, sprak="no")


def test_alt_som_passer_staar_i_sin_gruppe(client):
    prosjekt = lag_sokbart("Skolefravær på tvers", tekst={"laering": "Alta fikk hjelp med fravær."})
    lag_eksperiment(prosjekt, "Flere i Alta møter når vi ringer først.", beslutning="stopp")
    lag_laering(prosjekt, "Ring hjem før åtte i Alta.")
    kommune("Alta")
    lag_mission("Alle unge i Alta hører til")
    Hovedprosjekt.objects.create(tittel="Byer i omstilling", slug="byer", beskrivelse="Alta er med.")
    lag_utfordring("For få leger i Alta")
    lag_organisasjon("Alta frivilligsentral", sektor="frivillig_sivilsamfunn", niva="ikke_offentlig")

    html = side(client, "alta")

    for navn in ("1 prosjekt", "Kommune i Østfold", "Alle unge i Alta", "Alta frivilligsentral", "Byer i omstilling"):
        assert navn in html
    for navn in ("For få leger i Alta", "Flere i Alta møter når vi ringer først.", "Ring hjem før åtte i Alta."):
        assert navn in html
    assert "<mark>Alta</mark> fikk hjelp med fravær" in html
    assert "Leter du etter dette?" in html
    assert 'id="g-tema"' not in html


def test_flere_enn_de_foerste_finnes_bak_en_lenke_med_det_samme_soeket(client):
    for nr in range(7):
        lag_laering(lag_sokbart("Robot"), f"Roboten sto i {nr} dager.")

    html = side(client, "robot")

    assert html.count('class="prosjekt"') == 6
    assert f'href="{reverse("prosjekter:liste")}?q=robot">Se alle 7 prosjekter' in html
    assert html.count("Roboten sto i") == 3
    assert f'href="{reverse("laering:liste")}?q=robot">Se alle i læringen' in html


@pytest.mark.parametrize("antall", [2, 5])
def test_antall_spoerringer_vokser_ikke_med_treffene(client, antall, django_assert_max_num_queries):
    # Not one: what is near comes after a single hit, which is another question.
    for nr in range(antall):
        lag_sokbart(f"Robot {nr}", eier=lag_organisasjon(f"Robotvik {nr}"), tekst={"laering": "En robot."})
        kommune(f"Robot {nr}")
        lag_mission(f"Robot {nr}")
        lag_utfordring(f"Robot {nr}")
        lag_barriere(lag_sokbart(), f"Robotloven {nr}")
        lag_initiativ(f"Robot {nr}")

    side(client, "robot")  # the index of facets is read
    with django_assert_max_num_queries(13):
        side(client, "robot")
    with django_assert_max_num_queries(10):
        assert forslag(client, "robot")


def test_det_som_ikke_skal_vaere_med_er_ute_av_alle_grupper(client):
    for hva in ("Droner med kamera", "Droner uten noe"):
        prosjekt = lag_sokbart("Et prosjekt")
        lag_laering(prosjekt, f"{hva}, sier kortet.")
        lag_eksperiment(prosjekt, f"{hva}, tror vi.")
        lag_barriere(prosjekt, f"{hva}, sier loven.")
        lag_utfordring(f"{hva}, trenger vi.")
        lag_initiativ(f"{hva}, har andre.")
    halene = ("sier kortet", "tror vi", "sier loven", "trenger vi", "har andre")

    for _gang in range(2):
        for leter, med, uten in (
            ("droner -kamera", ["uten noe"], ["med kamera"]),
            ("droner", ["uten noe", "med kamera"], []),
            ("drone", ["uten noe", "med kamera"], []),
            ("kamera", ["med kamera"], ["uten noe"]),
            ("-kamera", [], ["uten noe", "med kamera"]),
        ):
            html = side(client, leter)
            assert [h for h in halene if not all(f"Droner {m}, {h}" in html for m in med)] == []
            assert [h for h in halene if any(f"Droner {u}, {h}" in html for u in uten)] == []


def test_det_som_hoerer_til_et_prosjekt_foelger_hvem_som_ser_det(client, som, roller):
    prosjekt = lag_sokbart("Et prosjekt", eier=roller.kommunen)
    lag_laering(prosjekt, "Droner i kortet.")
    lag_eksperiment(prosjekt, "Droner i forsøket.")
    lag_barriere(prosjekt, "Droner i loven.")
    alle = {"Droner i kortet.", "Droner i forsøket.", "Droner i loven."}

    def sett_av(klient):
        html = side(klient, "droner")
        return {navn for navn in alle if navn in html}

    for synlighet, ser in (
        (Synlighet.APEN, {"anonym": alle, "fremmed": alle, "eier": alle}),
        (Synlighet.PROSJEKT, {"anonym": set(), "fremmed": set(), "eier": alle}),
        (Synlighet.SEKTOR, {"anonym": set(), "fremmed": alle, "eier": alle}),
        (Synlighet.APEN, {"anonym": alle, "fremmed": alle, "eier": alle}),
    ):
        Prosjekt.objects.filter(pk=prosjekt.pk).update(synlighet=synlighet)
        innhold.endret("prosjekt", [prosjekt.pk])
        assert {rolle: sett_av(som(rolle)) for rolle in ser} == ser


@pytest.mark.parametrize("rolle", ["anonym", "fremmed"])
def test_missions_leses_en_gang_til_noe_er_endret(som, rolle):
    client = som(rolle)
    lag_mission("Droner for alle")
    assert "Droner for alle" in side(client, "droner")
    with CaptureQueriesContext(connection) as spurt:
        side(client, "droner igjen")
    assert not any('FROM "missions_mission"' in sporring["sql"] for sporring in spurt)

    Mission.objects.update(tittel="Droner for noen", er_publisert=True)
    lag_mission("Skjulte droner", er_publisert=False)
    innhold.endret("mission")

    html = side(client, "droner")
    assert "Droner for noen" in html
    assert "Droner for alle" not in html
    assert "Skjulte droner" not in html


def test_hver_leser_ser_sine_egne_treff_men_alle_faar_de_samme_forslagene(som, roller):
    aapent = lag_sokbart("Åpen drone", eier=roller.kommunen)
    for nr, felt in enumerate(
        [{"status": Status.KLADD}, {"status": Status.AVPUBLISERT}, {"status": Status.ARKIVERT},
         {"synlighet": Synlighet.SEKTOR}, {"synlighet": Synlighet.PROSJEKT}]
    ):  # fmt: skip
        lag_sokbart(f"Skjult drone {nr}", eier=roller.kommunen, **felt)
    lag_mission("Skjult dronemission", er_publisert=False)
    lag_utfordring("Skjult droneutfordring", eier=roller.kommunen, status="kladd")

    for rolle, ser in {
        "anonym": set(),
        "fremmed": {"3"},
        "eier": {"3", "4"},
        "partner": set(),
        "folgeforsker": {"3", "4"},
        "moderator": {"3", "4"},
    }.items():
        html = side(som(rolle), "drone")
        assert set(re.findall(r"Skjult drone (\d)", html)) == ser, rolle
        assert "Skjult dronemission" not in html
        assert "Skjult droneutfordring" not in html
        assert forslag(som(rolle), "drone") == forslag(som(rolle), "skjult dr") + [aapent.tittel]
    assert "Skjult dronemission" in side(som("missionkurator"), "dronemission")
    assert forslag(som("missionkurator"), "skjult") == []


def test_forslagene_er_for_alle_og_kan_mellomlagres_litt(client):
    svar = client.get(reverse("sokeforslag"), {"q": "noe"})

    assert "public" in svar["Cache-Control"]
    assert svar["ETag"]
    assert "Ingen forslag. Trykk Enter for å søke." in svar.content.decode()


def test_forslag_fra_alle_grupper_og_det_hele_navnet_foerst(client):
    for nr in range(6):
        lag_sokbart(f"Ungdom i arbeid {nr}")
    kommune("Ungdal")
    lag_mission("Ungdom hører til")
    lag_organisasjon("Ungt Entreprenørskap", sektor="frivillig_sivilsamfunn", niva="ikke_offentlig")

    funnet = forslag(client, "ung")
    assert len(funnet) <= 9
    assert funnet[0].startswith("Ungdom i arbeid")
    assert {"Ungdal", "Ungdom hører til", "Ungt Entreprenørskap", "Ungdom"} <= set(funnet)
    assert forslag(client, "ungdal")[0] == "Ungdal"


def test_initiativer_finnes_med_det_samme_de_lagres(som, roller):
    felt = {"eier": "Landbruksrådet", "beskrivelse": "Frukt fra hagene.", "url": "https://frukt.example/"}
    initiativ, _ny = opprett_initiativ(
        nokkel=uuid4(), verdier={"navn": "Eplehagen", **felt}, missions=[], av=roller["missionkurator"]
    )
    adresse = initiativ.get_absolute_url()

    assert 'id="g-initiativer"' in side(som("anonym"), "frukt")
    assert all(adresse in side(som("anonym"), ord_) for ord_ in ("eplehagen", "frukthage", "landbruksrådet"))
    assert "Eplehagen" in forslag(som("anonym"), "epleh")
    assert forslag(som("anonym"), "frukt") == []  # a name is suggested, not a text

    initiativ = lagre_initiativ(
        initiativ, versjon=1, verdier={"navn": "Pærehagen"}, missions=[], av=roller["missionkurator"]
    )
    assert adresse not in side(som("anonym"), "eplehagen")
    assert adresse in side(som("anonym"), "pærehagen")

    lagre_initiativ(
        initiativ, versjon=initiativ.versjon, verdier={"aktiv": False}, missions=[], av=roller["missionkurator"]
    )
    for rolle in ("anonym", "eier", "missionkurator"):
        assert adresse not in side(som(rolle), "pærehagen")
        assert forslag(som(rolle), "pærehag") == []


def test_tema_finnes_ogsaa_ved_andre_ord_for_det(client):
    assert "Oppvekst og utdanning" in forslag(client, "barnehage")
    assert reverse("tema", args=["helse-omsorg"]) in side(client, "sjukeheim")
    lag_sokbart("Noe", koder=[(Kodeliste.MALGRUPPE, Malgruppe.ELDRE)])
    assert "Målgruppe" in side(client, "eldre")


def test_et_tomt_soek_viser_veier_inn(client):
    for adresse in (reverse("sok"), reverse("sok") + "?q=", reverse("sok") + "?q=+++"):
        html = client.get(adresse).content.decode()
        assert "Eller begynn med et område" in html
        assert "Ingen treff" not in html


def test_ingen_treff_sier_det_og_viser_veien_videre(client):
    html = side(client, "<b>qqq</b>")

    assert "Ingen treff på «&lt;b&gt;qqq&lt;/b&gt;»" in html
    assert reverse("prosjekter:ny") in html
    assert "noindex" in html


def test_et_feilskrevet_ord_rettes_og_sies_fra_om(client):
    lag_sokbart("Barnehage i skogen")
    bygg_ordforrad(["Barnehage i skogen"])

    html = side(client, "barnehaje")
    assert "Viser treff for <strong>barnehage</strong>" in html
    assert 'href="?q=%22barnehaje%22"' in html


def test_et_sjeldent_ord_faar_sporsmaal_om_det_vanlige(client):
    lag_sokbart("Sykkelparkerring ved skolen")
    bygg_ordforrad(["sykkelparkerring", *["sykkelparkering"] * 10])

    html = side(client, "sykkelparkerring")

    assert "Sykkelparkerring ved skolen" in html
    assert 'Mente du <a href="?q=sykkelparkering">sykkelparkering</a>?' in html


@pytest.mark.parametrize(
    "tekst",
    ["\x01\x02", "'; DROP TABLE--", '"', "*" * 50, "NEAR(a b)", "🙂", "\u202eabc", "a" * 10_000, "-", "- -x", "%_%",
     "ord " * 3000, "12345678901234567890", "0101", "۳۱۰۱", "<script>"],
)  # fmt: skip
@pytest.mark.hver_motor
def test_hva_som_helst_kan_skrives(client, tekst):
    side(client, tekst)
    forslag(client, tekst)
