"""The example data: varied enough to show the portal, invented throughout, marked everywhere, and easy to remove."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from prosjekter.eksempler import bygger, innhold
from prosjekter.kodeverk import KODELISTER, Fase, Partnerrolle, Stoppgrunn, Utfall
from prosjekter.models import Faktor, Gevinst, Prosjekt
from tests.fabrikker import lag_fylke, lag_organisasjon

REGISTER = Path(__file__).resolve().parents[2] / "kommuner" / "data"
PROSJEKTER = innhold.prosjekter()
SKREVET_FERDIG = [p for p in PROSJEKTER if p.get("moderering") != "kladd"]
FYLKER = {o["fylke"] for o in innhold.organisasjoner() if "fylke" in o}


@pytest.fixture
def fylker(db):
    return [lag_fylke(f"Fylke {nummer}", nummer) for nummer in sorted(FYLKER)]


# The content itself ---------------------------------------------------------------------------------------------


def test_det_er_omtrent_seksti_prosjekter_i_alle_faser_og_utfall():
    assert 60 <= len(PROSJEKTER) <= 75
    assert {p["fase"] for p in PROSJEKTER} == set(Fase.values)
    assert {p["utfall"] for p in PROSJEKTER} == set(Utfall.values)


def test_minst_tolv_virket_ikke_eller_stoppet_og_alle_de_sier_hva_vi_laerte():
    gikk_ikke = [p for p in PROSJEKTER if p["utfall"] in ("virket_ikke", "stoppet")]

    assert len(gikk_ikke) >= 12
    assert [p["nokkel"] for p in gikk_ikke if not (p["resultat"].strip() and p["laering"].strip())] == []


def test_stoppgrunn_staar_naar_det_stoppet_og_bare_da():
    grunner = {p["nokkel"]: (p["utfall"], p.get("stoppgrunn")) for p in PROSJEKTER}

    assert all((grunn in Stoppgrunn.values) == (utfall == "stoppet") for utfall, grunn in grunner.values())


def test_omtrent_en_fjerdedel_er_paa_nynorsk():
    malform = Counter(p.get("malform", "nb") for p in PROSJEKTER)

    assert 0.2 <= malform["nn"] / len(PROSJEKTER) <= 0.3
    assert malform["en"] == 2


def test_nynorsktekstene_har_ikke_bokmaalsord():
    bokmaal = re.compile(
        r"\b(ikke|jeg|hva|hvem|hvor|noe|noen|fra|bare hvis|eller ikke|mye|kommer fra)\b", re.IGNORECASE
    )
    tekster = {
        p["nokkel"]: " ".join(str(p.get(f, "")) for f in ("tittel", "ingress", *bygger.TEKSTFELT))
        for p in PROSJEKTER
        if p.get("malform") == "nn"
    }

    assert {nokkel: funn for nokkel, tekst in tekster.items() if (funn := bokmaal.findall(tekst))} == {}


def test_ingress_og_tittel_er_korte_nok():
    assert [p["nokkel"] for p in PROSJEKTER if len(p["ingress"]) > 300 or len(p["tittel"]) > 140] == []


def test_det_som_er_sendt_inn_er_fylt_ut():
    maa_ha = ("ingress", "utfordring", "losning", "tjenesteomrader", "kontaktrolle", "opphav", "startet")

    assert [(p["nokkel"], felt) for p in SKREVET_FERDIG for felt in maa_ha if not p.get(felt)] == []


def test_det_som_er_i_drift_har_gevinst_med_belegg_og_hver_rad_er_gyldig():
    nokler = {p["nokkel"] for p in PROSJEKTER}
    i_drift = [p for p in PROSJEKTER if p["fase"] in ("drift", "skalering") and "moderering" not in p]
    rader = [(Gevinst, r) for p in PROSJEKTER for r in p.get("gevinster", [])]
    rader += [(Faktor, r) for p in PROSJEKTER for r in p.get("faktorer", [])]

    assert set(innhold._les("nytte")["nytte"]) <= nokler
    assert [p["nokkel"] for p in i_drift if not p.get("gevinster")] == []
    for modell, rad in rader:
        modell(**rad).clean_fields(exclude=["prosjekt"])


def test_kodene_finnes():
    ukjente = [
        (p["nokkel"], felt, verdi)
        for p in PROSJEKTER
        for felt, liste in bygger.KODEFELT.items()
        for verdi in p[felt]
        if verdi not in KODELISTER[liste].values
    ]

    assert ukjente == []
    assert {rolle for p in PROSJEKTER for rolle in p.get("partnere", {}).values()} <= set(Partnerrolle.values)


def test_ingen_oppdiktet_kommune_heter_som_en_ekte():
    ekte = set()
    for fil in REGISTER.glob("*.csv"):
        for rad in csv.DictReader(fil.open(encoding="utf-8")):
            felt = [v for k, v in rad.items() if v and ("navn" in k or k == "administrasjonssenter")]
            ekte.update(navn.lower() for verdi in felt for navn in verdi.split(" - "))
    oppdiktet = {re.sub(r"^bydel | fylkeskommune$", "", o["navn"].lower()) for o in innhold.organisasjoner()}

    assert "halden" in ekte
    assert oppdiktet & ekte == set()


def test_ingen_tekst_nevner_en_ekte_kommune():
    rader = csv.DictReader((REGISTER / "kommuner.csv").open(encoding="utf-8"))
    vanlige_ord = {
        "Os",
        "Bø",
        "Ås",
        "Ål",
        "Vik",
        "Nes",
        "Flå",
        "Hol",
        "Eid",
        "Lund",
        "Lom",
        "Sel",
        "Time",
        "Alta",
        "Moss",
    }
    ekte = {rad["navn"] for rad in rader} - vanlige_ord
    tekster = " ".join(str(verdi) for p in PROSJEKTER for verdi in p.values())

    assert {navn for navn in ekte if re.search(rf"\b{re.escape(navn)}\b", tekster)} == set()


def test_alle_fylker_har_en_oppdiktet_kommune():
    kommuner = [o for o in innhold.organisasjoner() if o["sektor"] == "kommune" and o["niva"] == "kommune"]

    assert len({o["fylke"] for o in kommuner}) == 15
    assert all("kart" in o for o in kommuner)


def test_ingen_adresse_kan_naa_noen():
    adresser = [p["email"] for p in innhold.personer()]

    assert [a for a in adresser if not a.endswith(".example")] == []
    assert len(adresser) == len(set(adresser))


# The command ----------------------------------------------------------------------------------------------------


def test_uten_register_sier_kommandoen_hva_som_mangler(db, settings):
    settings.DEBUG = True

    with pytest.raises(CommandError, match="last_register"):
        call_command("last_eksempler", verbosity=0)


def test_kommandoen_nekter_i_produksjon(fylker, settings):
    settings.DEBUG = False

    with pytest.raises(CommandError, match="--tving"):
        call_command("last_eksempler", verbosity=0)
    assert not Prosjekt.objects.exists()


def test_en_ekte_organisasjon_paa_samme_adresse_stopper_lastingen(fylker, settings):
    settings.DEBUG = True
    lag_organisasjon("Granli", slug="granli")

    with pytest.raises(CommandError, match="ikke eksempeldata"):
        call_command("last_eksempler", verbosity=0)
    assert not Prosjekt.objects.exists()
