"""The bit sets behind the counts: the same after a change as when read from scratch, and no more than one may see."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from missions import handlinger as missionhandlinger
from partnerskap.felles import innhold as innholdslogg
from partnerskap.felles.models import Innholdsendring
from prosjekter import fasettindeks, likhet
from prosjekter.fasettindeks import Fasettindeks
from prosjekter.handlinger import deltakelse as deltakelse_handlinger
from prosjekter.handlinger import mission as mission_handlinger
from prosjekter.handlinger import prosjekt as handlinger
from prosjekter.kodeverk import Partnerrolle, Status
from prosjekter.models import Missiontilknytning, Prosjekt
from tests.fabrikker import lag_kommune, lag_mission, lag_organisasjon, lag_prosjekt

pytestmark = pytest.mark.django_db


def innhold(indeks):
    """What the index says, without regard to which bit is whose."""
    return {
        (fasett, verdi, pk)
        for fasett, verdier in indeks._bits.items()
        for verdi, bits in verdier.items()
        for pk in indeks.pks_av(bits)
    }


def rekke(indeks, orden):
    return indeks.ordnet(indeks.bits("synlig", "publisert"), orden, 0, 100)


def test_etter_hver_handling_sier_indeksen_det_samme_som_en_ny(roller):
    eier, moderator = roller["eier"], roller["moderator"]
    kommune = lag_kommune("Halden", "3101")
    prosjekt = lag_prosjekt("Droner", eier=roller.kommunen)
    lag_prosjekt("Et annet", eier=lag_organisasjon(kommune=kommune))
    innsendt = lag_prosjekt("Innsendt", eier=roller.kommunen, status=Status.INNSENDT)
    mission = lag_mission()
    fasettindeks.naa()

    def lagre(**verdier):
        fersk = Prosjekt.objects.get(pk=prosjekt.pk)
        handlinger.lagre_seksjon(fersk, verdier=verdier, versjon=fersk.versjon, av=eier)

    def bli_med_i_mission():
        tilknytning, _ny = mission_handlinger.foresla_mission(prosjekt, mission=mission, av=eier)
        mission_handlinger.avgjor_tilknytning(
            tilknytning, svar=Missiontilknytning.Svar.GODTATT, sett="foreslatt", av=roller["missionkurator"]
        )

    for handling in (
        lambda: lagre(fase="innsikt", utfall="pause", malform="nn"),
        lambda: lagre(malgruppe=["ungdom", "eldre"], laering="Vi lærte noe."),
        lambda: lagre(tittel="Aller først", malgruppe=["eldre"], laering=""),
        lambda: deltakelse_handlinger.legg_til_deltaker(
            prosjekt, organisasjon=roller.partneren, rolle=Partnerrolle.FAGPARTNER, av=moderator
        ),
        lambda: handlinger.publiser(innsendt, av=moderator),
        bli_med_i_mission,
        lambda: lagre(synlighet="sektor"),
        lambda: handlinger.avpubliser(prosjekt, grunn="ufullstendig", begrunnelse="Mangler noe.", av=moderator),
    ):
        handling()
        ny = Fasettindeks("ny")
        assert innhold(fasettindeks.naa()) == innhold(ny)
        for orden in fasettindeks.ORDENER:
            assert rekke(fasettindeks.naa(), orden) == rekke(ny, orden), orden


def test_tallene_er_av_det_leseren_kan_se(som, roller):
    lag_prosjekt("Åpent", fase="pilot")
    lag_prosjekt("For sektoren", fase="pilot", synlighet="sektor")
    lag_prosjekt("For deltakerne", fase="pilot", synlighet="prosjekt", eier=roller.kommunen)
    lag_prosjekt("Kladd", fase="pilot", status=Status.KLADD, eier=roller.kommunen)
    lag_prosjekt("Arkivert", fase="pilot", status=Status.ARKIVERT)

    def antall(rolle):
        svar = som(rolle).get("/prosjekter/")
        return next(f for f in svar.context["fasetter"] if f.navn == "fase").valg[0].antall

    assert {rolle: antall(rolle) for rolle in ("anonym", "partner", "fremmed", "eier", "folgeforsker")} == {
        "anonym": 1,
        "partner": 1,
        "fremmed": 2,
        "eier": 3,
        "folgeforsker": 3,
    }


def test_det_alle_kan_se_kan_hver_enkelt_se(roller):
    """The index counts on it: whoever is signed in sees what is open, and perhaps more."""
    for synlighet in ("apen", "sektor", "prosjekt"):
        lag_prosjekt(synlighet=synlighet)
    apne = set(Prosjekt.objects.synlige_for(AnonymousUser()).publiserte())

    for rolle in ("fremmed", "eier", "partner", "folgeforsker", "moderator", "missionkurator", "administrator"):
        assert apne <= set(Prosjekt.objects.synlige_for(roller[rolle])), rolle


def test_bare_det_som_er_endret_leses_paa_nytt(roller, monkeypatch):
    """Reading fifty thousand projects takes seconds: no ordinary deed may ask for it."""
    prosjekt = lag_prosjekt("Droner", eier=roller.kommunen)
    mission = lag_mission()
    fasettindeks.naa()
    monkeypatch.setattr(Fasettindeks, "__init__", lambda *_: pytest.fail("alt ble lest på nytt"))

    handlinger.lagre_seksjon(prosjekt, verdier={"ingress": "Nytt."}, versjon=prosjekt.versjon, av=roller["eier"])
    likhet.oppdater(prosjekt.pk)
    missionhandlinger.skjul_mission(mission, av=roller["missionkurator"])

    assert fasettindeks.naa().pks == [prosjekt.pk]


def test_loggen_ryddes_uten_at_noen_maa_begynne_forfra():
    lag_prosjekt()
    fasettindeks.naa()
    innholdslogg.endret("prosjekt", range(1, 400))
    Innholdsendring.objects.update(tid=timezone.now() - timedelta(days=2))

    assert innholdslogg.rydd() > 0
    assert Innholdsendring.objects.count() >= innholdslogg.MINST


@pytest.mark.parametrize("orden", fasettindeks.ORDENER)
def test_noen_faa_av_mange_kommer_i_samme_rekkefolge_som_alle(orden):
    """A few are sorted, many are looked through: two ways that must agree."""
    faa = {lag_prosjekt(tittel, endret_tid=timezone.now() - timedelta(days=n)).pk for n, tittel in enumerate("Øda")}
    for _nr in range(27):
        lag_prosjekt()
    indeks = fasettindeks.naa()

    assert indeks.ordnet(indeks.bits_for(faa), orden, 0, 9) == [pk for pk in rekke(indeks, orden) if pk in faa]
