"""What a project is asked, stage by stage."""

import pytest

from prosjekter import krav, personvern
from prosjekter.forms.registrering import FELT, LEDETEKST
from prosjekter.kodeverk import Fase, Utfall

FLERE = (*krav.KODEFELT, *krav.RADFELT)


def svar(**felt):
    tomt = dict.fromkeys((*krav.PROSJEKTFELT, *krav.TEKSTFELT), "") | {liste: [] for liste in FLERE}
    return {**tomt, "fase": "ide", "utfall": "pagar", "partnere": False, **felt}


GRUNN = {
    "tittel": "T", "utfordring": "U", "ingress": "I", "tjenesteomrade": ["demokrati"], "kontaktrolle": "Leder",
}  # fmt: skip
PILOT = {**GRUNN, "innovasjonstype": ["tjeneste"], "opphav": "forst", "partnere": True}
DRIFT = {**PILOT, "forutsetninger": "F", "avvikling": "A", "gevinster": ["G"]}


@pytest.mark.parametrize(
    ("fase", "utfall", "gitt", "mangler"),
    [
        ("ide", "pagar", {}, ["tittel", "utfordring", "ingress", "tjenesteomrade", "kontaktrolle"]),
        ("ide", "pagar", GRUNN, []),
        ("eksperiment", "pagar", GRUNN, []),
        ("pilot", "pagar", GRUNN, ["innovasjonstype", "opphav", "alene_fordi"]),
        ("pilot", "pagar", {**PILOT, "partnere": False, "alene_fordi": "Ingen andre ville."}, []),
        ("pilot", "pagar", PILOT, []),
        ("drift", "pagar", PILOT, ["forutsetninger", "avviklinger", "gevinster"]),
        ("skalering", "pagar", PILOT, ["forutsetninger", "avviklinger", "gevinster"]),
        ("drift", "virket", DRIFT, ["laering"]),
        ("ide", "stoppet", GRUNN, ["laering", "stoppgrunn"]),
        ("ide", "stoppet", {**GRUNN, "laering": "L", "stoppgrunn": "kapasitet"}, []),
        ("innsikt", "virket_ikke", GRUNN, ["laering"]),
        ("innsikt", "pause", GRUNN, []),
    ],
)
def test_hva_som_mangler(fase, utfall, gitt, mangler):
    assert [s.felt for s in krav.mangler(svar(**gitt, fase=fase, utfall=utfall))] == mangler


def test_det_som_kreves_kommer_foer_det_som_bare_er_fint_aa_ha():
    assert krav.neste_beste(svar(**{**GRUNN, "kontaktrolle": ""})).felt == "kontaktrolle"
    assert krav.neste_beste(svar(**GRUNN)).felt == "losning"


def test_ingen_spoersmaal_igjen_naar_alt_er_besvart():
    alt = dict.fromkeys((*krav.PROSJEKTFELT, *krav.TEKSTFELT, *FLERE), "x")

    assert krav.neste_beste({**alt, "partnere": True, "fase": "skalering", "utfall": "stoppet"}) is None


@pytest.mark.parametrize("fase", Fase.values)
@pytest.mark.parametrize("utfall", Utfall.values)
def test_det_som_kreves_blir_ogsaa_spurt_om(fase, utfall):
    tomt = svar(fase=fase, utfall=utfall)

    assert {s.felt for s in krav.mangler(tomt)} <= {s.felt for s in krav.aktuelle(tomt)}


def test_fremdrift_teller_bare_det_som_er_verdt_aa_spoerre_om_naa():
    assert krav.fremdrift(svar(**GRUNN), "kort") == (4, 5)
    assert krav.fremdrift(svar(**GRUNN), "skjedde") == (0, 0)
    assert krav.fremdrift(svar(**GRUNN, fase="drift"), "skjedde") == (0, 6)


def test_hvert_felt_har_sin_seksjon_og_hvert_spoersmaal_sitt_felt():
    i_seksjon = {navn: seksjon for seksjon, felter in FELT.items() for navn in felter}

    assert set(i_seksjon) == {*krav.PROSJEKTFELT, *krav.TEKSTFELT, *FLERE}
    assert {s.felt: s.seksjon for s in krav.SPORSMAL}.items() <= i_seksjon.items()
    assert set(i_seksjon) == {s.felt for s in krav.SPORSMAL} | set(LEDETEKST)
    assert tuple(FELT) == tuple(krav.SEKSJONER)


@pytest.mark.parametrize(
    ("tekst", "funn"),
    [
        ("Ring 41 23 45 67", ["et telefonnummer"]),
        ("Ring 412 34 567", ["et telefonnummer"]),
        ("Skriv til ola@kommune.no", ["en e-postadresse"]),
        ("Født 01019912345", ["et fødselsnummer"]),
        ("Vi møtte Kari Nordmann (43).", ["navn og alder på en person"]),
        ("Kari, 43 år, sa nei", ["navn og alder på en person"]),
        ("Ungdommer i 20-årene i Fjordvik", []),
        ("Det kostet 450 000 kroner og 1 200 timer", []),
        ("Kommunen har 23 456 innbyggere og 12 skoler", []),
        ("Fra 2024 til 2026, tiltak 12 (34 prosent)", []),
        ("Prosjektet kostet 25 000 000 kroner", []),
        ("Orgnr 974 760 673", []),
    ],
)
def test_advarselen_kjenner_igjen_det_den_skal_og_lar_tall_vaere(tekst, funn):
    assert [str(f) for f in personvern.ligner_paa(tekst)] == funn
