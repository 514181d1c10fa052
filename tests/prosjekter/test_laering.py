"""Lessons as cards: who sees them, who writes them, one however many click, and what a closed project must keep."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from prosjekter.handlinger import laering as handlinger
from prosjekter.handlinger import nedtaking as nedtaking_handlinger
from prosjekter.handlinger.prosjekt import Mangler
from prosjekter.kodeverk import Status, Synlighet
from prosjekter.models import Deltakelse, Laering, Nyttigmerke
from tests.fabrikker import lag_laering, lag_organisasjon, lag_prosjekt
from tests.rollebesetning import ROLLER
from utboks.models import Epost

pytestmark = pytest.mark.django_db
NY = {"type": "dette_virket_ikke", "tekst": "Ingen leste brevet.", "nokkel": "a"}


@pytest.fixture
def prosjekt(roller):
    return lag_prosjekt("Middag på skolen", slug="middag", eier=roller.kommunen, ansvarlig=roller["eier"])


def hvem_ser(roller, laering):
    return {rolle for rolle in ROLLER if Laering.objects.synlige_for(roller[rolle]).contains(laering)}


EGNE = {"eier", "kollega", "ansvarlig"}
KS = {"moderator", "administrator"}
SEKTOREN = {"fremmed", "missionkurator"} | EGNE | KS | {"folgeforsker"}


# ---- Who sees it ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("synlighet", "ser"),
    [("apen", set(ROLLER)), ("sektor", SEKTOREN), ("prosjekt", EGNE | KS | {"folgeforsker"})],
)
def test_hvem_som_ser_et_kort(roller, prosjekt, synlighet, ser):
    assert hvem_ser(roller, lag_laering(prosjekt, synlighet=synlighet)) == ser


def test_en_partner_som_er_med_i_prosjektet_ser_alt(roller, prosjekt):
    kort = lag_laering(prosjekt, synlighet="prosjekt")
    Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=roller.partneren, rolle="observator")

    assert "partner" in hvem_ser(roller, kort)


@pytest.mark.parametrize(
    ("felt", "ser"),
    [
        ({"status": Status.KLADD}, EGNE),
        ({"status": Status.INNSENDT}, EGNE | KS),
        ({"synlighet": Synlighet.SEKTOR}, SEKTOREN),
        ({"synlighet": Synlighet.PROSJEKT}, EGNE | KS | {"folgeforsker"}),
    ],
)
def test_et_kort_er_aldri_for_flere_enn_prosjektet(roller, felt, ser):
    kort = lag_laering(lag_prosjekt(eier=roller.kommunen, **felt), synlighet="apen")

    assert hvem_ser(roller, kort) == ser


def test_det_ks_har_tatt_ned_ser_bare_eierne_og_ks(roller, prosjekt):
    kort = lag_laering(prosjekt)

    nedtaking_handlinger.ta_ned(
        kort, grunn="personopplysninger", begrunnelse="Naboen kjenner seg igjen.", av=roller["moderator"]
    )

    assert hvem_ser(roller, kort) == EGNE | KS


def test_databasen_holder_reglene(prosjekt):
    for felt in ({"tekst": ""}, {"tatt_ned_grunn": "reklame"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Laering.objects.create(**{"prosjekt": prosjekt, "type": "rad", "tekst": "Spør dem.", **felt})


# ---- Writing -------------------------------------------------------------------------------------------------------


def test_to_klikk_gir_ett_kort_og_telles_en_gang(roller, prosjekt):
    kort, er_ny = handlinger.skriv(prosjekt, **NY, av=roller["eier"])
    samme, er_ny_igjen = handlinger.skriv(prosjekt, **NY, av=roller["eier"])

    assert (er_ny, er_ny_igjen) == (True, False)
    assert kort == samme
    prosjekt.refresh_from_db()
    assert (prosjekt.antall_laering, prosjekt.versjon) == (1, 1)


@pytest.mark.parametrize("rolle", sorted(set(ROLLER) - EGNE))
def test_bare_de_som_gjor_arbeidet_skriver(roller, prosjekt, rolle):
    with pytest.raises(PermissionDenied):
        handlinger.skriv(prosjekt, **NY, av=roller[rolle])


def test_en_partner_som_gjennomforer_skriver_og_endrer_sine_egne(roller, prosjekt):
    Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=roller.partneren, rolle="gjennomforer")
    kort, _er_ny = handlinger.skriv(prosjekt, **NY, av=roller["partner"])
    annet = lag_laering(prosjekt, skrevet_av=roller["eier"])

    assert handlinger.oppdater(kort, verdier={"tekst": "Få leste det."}, versjon=1, av=roller["partner"]).versjon == 2
    with pytest.raises(PermissionDenied):
        handlinger.oppdater(annet, verdier={"tekst": "Alle leste det."}, versjon=1, av=roller["partner"])


def test_et_arkivert_prosjekt_faar_ingen_nye_kort(roller):
    arkivert = lag_prosjekt(eier=roller.kommunen, status=Status.ARKIVERT)

    with pytest.raises(PermissionDenied):
        handlinger.skriv(arkivert, **NY, av=roller["eier"])


def test_et_slettet_kort_er_borte_med_historikken(roller, prosjekt):
    kort, _er_ny = handlinger.skriv(prosjekt, **NY, av=roller["eier"])

    assert handlinger.slett(kort, av=roller["kollega"]) is True
    assert handlinger.slett(kort, av=roller["kollega"]) is False

    assert Laering.historikk.count() == 0
    prosjekt.refresh_from_db()
    assert prosjekt.antall_laering == 0


def test_et_avsluttet_prosjekt_beholder_en_laering(roller):
    prosjekt = lag_prosjekt(eier=roller.kommunen, utfall="virket")
    eneste = lag_laering(prosjekt)

    with pytest.raises(Mangler):
        handlinger.slett(eneste, av=roller["eier"])

    lag_laering(prosjekt)
    assert handlinger.slett(eneste, av=roller["eier"])


# ---- Useful for us -------------------------------------------------------------------------------------------------


def test_en_organisasjon_lagrer_et_kort_en_gang_og_eieren_faar_vite_det_en_gang(roller, prosjekt):
    kort = lag_laering(prosjekt)
    fremmed = roller["fremmed"]
    annenvik = fremmed.aktive_medlemskap[0].organisasjon

    assert handlinger.merk_nyttig(kort, organisasjon=annenvik, av=fremmed)
    assert not handlinger.merk_nyttig(kort, organisasjon=annenvik, av=fremmed)
    assert handlinger.trekk_nyttig(kort, organisasjon=annenvik, av=fremmed)
    assert not handlinger.trekk_nyttig(kort, organisasjon=annenvik, av=fremmed)
    assert handlinger.merk_nyttig(kort, organisasjon=annenvik, av=fremmed)

    assert Nyttigmerke.objects.count() == 1
    assert [e.til for e in Epost.objects.all()] == [roller["eier"].email]


@pytest.mark.parametrize("rolle", ["eier", "kollega"])
def test_ingen_lagrer_sitt_eget_som_nyttig(roller, prosjekt, rolle):
    with pytest.raises(PermissionDenied):
        handlinger.merk_nyttig(lag_laering(prosjekt), organisasjon=roller.kommunen, av=roller[rolle])


def test_ingen_lagrer_for_andre(roller, prosjekt):
    with pytest.raises(PermissionDenied):
        handlinger.merk_nyttig(lag_laering(prosjekt), organisasjon=lag_organisasjon(), av=roller["fremmed"])


def test_bare_de_som_lagret_og_de_som_skrev_ser_hvem_som_har_nytte(roller, prosjekt):
    kort = lag_laering(prosjekt)
    organisasjon = roller["fremmed"].aktive_medlemskap[0].organisasjon
    handlinger.merk_nyttig(kort, organisasjon=organisasjon, av=roller["fremmed"])

    ser = {rolle for rolle in ROLLER if Nyttigmerke.objects.synlige_for(roller[rolle]).exists()}

    assert ser == EGNE | {"fremmed"}
