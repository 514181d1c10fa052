"""Experiments: who may log them, what is kept, who sees them, and that a stop is a result."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from prosjekter.kodeverk import Status, Synlighet
from prosjekter.models import Eksperiment
from tests.fabrikker import lag_eksperiment, lag_prosjekt
from tests.rollebesetning import ROLLER

pytestmark = pytest.mark.django_db


@pytest.fixture
def prosjekt(roller):
    return lag_prosjekt("Middag på skolen", slug="middag", eier=roller.kommunen, ansvarlig=roller["eier"])


def hvem_ser(roller, eksperiment):
    return {rolle for rolle in ROLLER if Eksperiment.objects.synlige_for(roller[rolle]).contains(eksperiment)}


# ---- The row -------------------------------------------------------------------------------------------------------


def test_hvem_som_ser_et_eksperiment_foelger_prosjektet(roller, prosjekt):
    apent = lag_eksperiment(prosjekt)
    i_kladd = lag_eksperiment(lag_prosjekt(eier=roller.kommunen, status=Status.KLADD))
    for_sektoren = lag_eksperiment(lag_prosjekt(eier=roller.kommunen, synlighet=Synlighet.SEKTOR))
    egne = {"eier", "kollega", "ansvarlig"}

    assert hvem_ser(roller, apent) == set(ROLLER)
    assert hvem_ser(roller, i_kladd) == egne
    assert hvem_ser(roller, for_sektoren) >= {*egne, "fremmed"}
    assert "anonym" not in hvem_ser(roller, for_sektoren)
    assert "partner" not in hvem_ser(roller, for_sektoren)


def test_det_som_er_trukket_ser_bare_prosjektets_egne(roller, prosjekt):
    trukket = lag_eksperiment(prosjekt, trukket_tid=timezone.now())
    tatt_ned = lag_eksperiment(prosjekt, tatt_ned_tid=timezone.now())
    egne = {"eier", "kollega", "ansvarlig"}

    assert hvem_ser(roller, trukket) == egne
    assert hvem_ser(roller, tatt_ned) == {*egne, "moderator", "administrator"}


@pytest.mark.parametrize(
    "feil",
    [
        {"til_dato": timezone.localdate() - timedelta(days=2)},
        {"observasjon": "Det gikk bra."},
        {"beslutning": "stopp"},
        {"beslutning": "stopp", "observasjon": "Ingen kom."},
    ],
    ids=["slutter før det begynte", "resultat uten beslutning", "beslutning uten resultat", "resultat uten dato"],
)
def test_databasen_tar_ikke_imot_halve_resultater(prosjekt, feil):
    felt = {"prosjekt": prosjekt, "hypotese": "A", "endring": "B", "forventning": "C", **feil}

    with pytest.raises(IntegrityError), transaction.atomic():
        Eksperiment.objects.create(**felt)


def test_de_som_skulle_vaert_ferdige(prosjekt):
    i_dag = timezone.localdate()
    forrige_uke = {"fra_dato": i_dag - timedelta(days=9), "til_dato": i_dag - timedelta(days=1)}
    ventet = lag_eksperiment(prosjekt, **forrige_uke)
    lag_eksperiment(prosjekt, beslutning="stopp", **forrige_uke)
    lag_eksperiment(prosjekt, trukket_tid=timezone.now(), **forrige_uke)
    lag_eksperiment(prosjekt, til_dato=i_dag)
    lag_eksperiment(prosjekt)

    assert list(Eksperiment.objects.skulle_vaert_ferdige()) == [ventet]
