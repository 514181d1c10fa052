"""Who may see and do what with projects: the whole cast against rows that could have leaked."""

import itertools

import pytest
from django.utils import timezone

from kommuner.models import Medlemskap
from prosjekter import tilgang
from prosjekter.kodeverk import Partnerrolle, Status, Synlighet
from prosjekter.models import Deltakelse, Missiontilknytning, Prosjekt
from tests.fabrikker import lag_bruker, lag_mission, lag_organisasjon, lag_prosjekt
from tests.rollebesetning import ROLLER

pytestmark = pytest.mark.django_db

EIERNE = {"eier", "kollega", "ansvarlig"}
KS = {"moderator", "administrator"}
KOMMUNESEKTOR = EIERNE | KS | {"fremmed", "missionkurator", "folgeforsker"}


@pytest.mark.parametrize(("status", "synlighet"), list(itertools.product(Status.values, Synlighet.values)))
def test_hvem_som_ser_hva(roller, status, synlighet):
    prosjekt = lag_prosjekt(eier=roller.kommunen, status=status, synlighet=synlighet)
    ser = EIERNE | {"partner"}
    Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=roller.partneren, rolle=Partnerrolle.OBSERVATOR)
    if status != Status.KLADD:
        ser |= KS
    if status == Status.PUBLISERT:
        ser |= {"folgeforsker"}
        ser |= {Synlighet.APEN: set(ROLLER), Synlighet.SEKTOR: KOMMUNESEKTOR, Synlighet.PROSJEKT: set()}[synlighet]

    assert {r for r in ROLLER if Prosjekt.objects.synlige_for(roller[r]).exists()} == ser
    assert Prosjekt.objects.apne().exists() is (status == Status.PUBLISERT and synlighet == Synlighet.APEN)


def test_ingen_ser_en_rad_to_ganger(roller):
    """Two memberships and three roles in the project are still one project."""
    prosjekt = lag_prosjekt(eier=roller.kommunen, status=Status.KLADD)
    annen = lag_organisasjon()
    Medlemskap.objects.create(bruker=roller["eier"], organisasjon=annen)
    for rolle in (Partnerrolle.FAGPARTNER, Partnerrolle.TESTARENA):
        Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=annen, rolle=rolle)
    for _nr in range(2):
        Missiontilknytning.objects.create(prosjekt=prosjekt, mission=lag_mission())

    assert Prosjekt.objects.synlige_for(roller["eier"]).count() == 1
    assert Prosjekt.objects.redigerbare_for(roller["eier"]).count() == 1


def test_den_som_har_sluttet_ser_ingenting(roller):
    lag_prosjekt(eier=roller.kommunen, status=Status.KLADD)
    sluttet = lag_bruker("Sluttet Prøve", i=roller.kommunen)
    Medlemskap.objects.filter(bruker=sluttet).update(til_dato=timezone.localdate())

    assert not Prosjekt.objects.synlige_for(sluttet).exists()
    assert not Prosjekt.objects.redigerbare_for(sluttet).exists()


def test_partneren_som_ikke_er_med_lenger_mister_innsynet(roller):
    prosjekt = lag_prosjekt(eier=roller.kommunen, status=Status.KLADD)
    Deltakelse.objects.create(
        prosjekt=prosjekt, organisasjon=roller.partneren, rolle=Partnerrolle.MEDEIER, til_dato=timezone.localdate()
    )

    assert not Prosjekt.objects.synlige_for(roller["partner"]).exists()
    assert not tilgang.kan_redigere(roller["partner"], prosjekt)


def test_ks_rolle_i_en_annen_organisasjon_gir_ingenting(roller):
    lag_prosjekt(eier=roller.kommunen, status=Status.INNSENDT)
    utgir_seg = lag_bruker("Utgir Seg", i=lag_organisasjon(), rolle="moderator")

    assert not Prosjekt.objects.synlige_for(utgir_seg).exists()
    assert not tilgang.kan_moderere(utgir_seg)


def test_kuratoren_ser_det_som_er_foreslaatt_foerst_naar_det_er_publisert(roller):
    kurator = roller["missionkurator"]
    for status in Status.values:
        prosjekt = lag_prosjekt(status, eier=roller.kommunen, status=status, synlighet=Synlighet.PROSJEKT)
        Missiontilknytning.objects.create(prosjekt=prosjekt, mission=lag_mission())
    lag_prosjekt("ikke foreslått", eier=roller.kommunen, synlighet=Synlighet.PROSJEKT)

    assert [p.tittel for p in Prosjekt.objects.synlige_for(kurator)] == ["publisert"]


@pytest.mark.parametrize("status", Status.values)
def test_hvem_kan_redigere(roller, status):
    prosjekt = lag_prosjekt(eier=roller.kommunen, status=status)
    Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=roller.partneren, rolle=Partnerrolle.FAGPARTNER)

    kan = {r for r in ROLLER if tilgang.kan_redigere(roller[r], prosjekt)}

    assert kan == (EIERNE if status != Status.ARKIVERT else set())
    assert kan == {r for r in ROLLER if r != "anonym" and Prosjekt.objects.redigerbare_for(roller[r]).exists()}


@pytest.mark.parametrize("status", Status.values)
def test_hvem_kan_slette(roller, status):
    prosjekt = lag_prosjekt(eier=roller.kommunen, status=status, opprettet_av=roller["eier"])

    kan = {r for r in ROLLER if tilgang.kan_slette(roller[r], prosjekt)}

    assert kan == ({"eier", "ansvarlig"} if status == Status.KLADD else set())


def test_foelgeforskeren_sitter_i_ks_men_skriver_ikke_for_ks(roller):
    forsker = roller["folgeforsker"]
    ks = forsker.aktive_medlemskap[0].organisasjon
    prosjekt = lag_prosjekt(eier=ks, status=Status.KLADD)

    assert not tilgang.kan_registrere(forsker)
    assert not tilgang.kan_redigere(forsker, prosjekt)
    assert not Prosjekt.objects.synlige_for(forsker).exists()
    assert tilgang.kan_redigere(roller["moderator"], prosjekt)


def test_opphoert_organisasjon_faar_ikke_nye_prosjekter(roller):
    roller.kommunen.opphort_dato = timezone.localdate()
    roller.kommunen.save()

    assert not tilgang.kan_registrere_for(roller["eier"], roller.kommunen)
    assert not tilgang.kan_registrere(roller["eier"])


def test_synlige_for_koster_like_lite_for_alle(roller, django_assert_max_num_queries):
    for rolle in ROLLER:
        lag_prosjekt(eier=roller.kommunen)
        roller[rolle]

    for rolle in ROLLER:
        with django_assert_max_num_queries(3):
            list(Prosjekt.objects.synlige_for(roller[rolle]))


def test_etter_en_sammenslaing_passer_etterfolgerens_folk_paa_de_gamle_prosjektene(roller):
    gammel = lag_organisasjon(
        "Gamlevik",
        opphort_dato=timezone.localdate(),
        etterfolger=lag_organisasjon("Mellomvik", etterfolger=roller.kommunen),
    )
    kladd = lag_prosjekt("Fra før sammenslåingen", eier=gammel, status=Status.KLADD)

    assert tilgang.kan_redigere(roller["kollega"], kladd)
    assert kladd in Prosjekt.objects.synlige_for(roller["kollega"])
    assert not tilgang.kan_redigere(roller["fremmed"], kladd)
    assert kladd not in Prosjekt.objects.synlige_for(roller["fremmed"])
    assert not tilgang.kan_registrere_for(roller["kollega"], gammel)
