"""Projects by place: counties and municipalities of today, whatever number the owner has had."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from kommuner.fylker import Stedstre
from kommuner.models import Fylke, Organisasjon
from kommuner.oppslag import kommune_med_nummer
from partnerskap.felles import innhold
from partnerskap.felles.kart import norge
from prosjekter.kodeverk import Partnerrolle, Status, Synlighet, Utfall
from prosjekter.models import Deltakelse, Prosjekt
from prosjekter.stedstall import deltakerkart, stedstall
from prosjekter.utvalg import Utvalg
from tests.fabrikker import lag_fylke, lag_organisasjon, lag_prosjekt


def kommunen(nummer):
    """The organisation of the municipality that had the number last; the register makes those of today."""
    kommune = kommune_med_nummer(nummer)
    return Organisasjon.objects.filter(kommune=kommune).first() or lag_organisasjon(
        f"{kommune} kommune", kommune=kommune
    )


def tell():
    return stedstall(Utvalg.for_bruker(AnonymousUser()))


def per_fylke(tall):
    return {f.navn: f.antall for f in tall.fylker if f.antall}


@pytest.mark.usefixtures("registeret", "db")
class TestMedRegisteret:
    def test_alle_fylker_er_med_ogsaa_de_uten_prosjekter(self):
        tall = tell()

        assert len(tall.fylker) == 15
        assert tall.fylker[0].navn == "Agder"
        assert tall.fylker[-1].navn == "Østfold"
        assert per_fylke(tall) == {}

    def test_gamle_numre_og_sammenslaatte_kommuner_telles_der_de_er_i_dag(self):
        for nummer in ("3101", "3023", "0711"):  # Halden; Nesodden when in Viken; Svelvik, merged into Drammen
            lag_prosjekt(eier=kommunen(nummer))

        tall = tell()

        assert per_fylke(tall) == {"Østfold": 1, "Akershus": 1, "Buskerud": 1}
        assert set(tall.kommuner) == {"3101", "3212", "3301"}
        assert [sted for sted, _utfall in tall.prikker] == ["3101", "3212", "3301"]

    def test_en_delt_kommune_er_i_alle_den_ble_til_men_telles_en_gang(self):
        lag_prosjekt(eier=kommunen("1850"), utfall=Utfall.VIRKET)

        tall = tell()

        assert set(tall.kommuner) == {"1806", "1875"}
        assert per_fylke(tall) == {"Nordland": 1}
        assert tall.antall == 1

    def test_de_uten_kommune_telles_i_fylket_de_sier_de_er_i(self):
        for nummer in ("56", "14", "30"):
            lag_prosjekt(eier=lag_organisasjon(fylke=Fylke.objects.get(nummer=nummer)))
        lag_prosjekt(eier=lag_organisasjon())

        tall = tell()

        # Sogn og Fjordane lives on in Vestland, though one municipality left it. Viken became three.
        assert per_fylke(tall) == {"Finnmark": 1, "Vestland": 1}
        assert (tall.uten_fylke, tall.antall) == (2, 4)

    @pytest.mark.parametrize(
        ("gammelt", "i_dag"),
        [
            ("01", ["Østfold"]), ("02", ["Akershus"]), ("04", ["Innlandet"]), ("05", ["Innlandet"]),
            ("06", ["Buskerud"]), ("07", ["Vestfold"]), ("08", ["Telemark"]), ("09", ["Agder"]), ("10", ["Agder"]),
            ("12", ["Vestland"]), ("14", ["Vestland"]), ("19", ["Troms"]), ("20", ["Finnmark"]),
            ("30", ["Akershus", "Buskerud", "Østfold"]), ("38", ["Telemark", "Vestfold"]),
            ("54", ["Finnmark", "Troms"]), ("46", ["Vestland"]),
        ],
    )  # fmt: skip
    def test_hvert_gammelt_fylke_leder_videre(self, gammelt, i_dag):
        tre = Stedstre()

        etter = tre.fylker_i_dag(Fylke.objects.get(nummer=gammelt).pk)

        assert sorted(tre.fylker[pk].navn for pk in etter) == sorted(i_dag)

    @pytest.mark.parametrize("antall", [1, 3, 9])
    def test_antall_spoerringer_er_det_samme(self, django_assert_num_queries, antall):
        for nummer in ("3101", "4601", "5622", "1508", "0301", "1103", "5501", "3403", "4204")[:antall]:
            lag_prosjekt(eier=kommunen(nummer))

        tell()  # what the process remembers of projects and places is read once
        with innhold.som_lest(), django_assert_num_queries(1):
            assert tell().antall == antall

    def test_et_sted_som_kommer_til_er_med_fra_registeret_sier_fra(self):
        tell()
        lag_fylke("Nyland", "77")

        innhold.endret()

        assert "Nyland" in [f.navn for f in tell().fylker]


@pytest.mark.django_db
def test_bare_det_leseren_faar_se_telles():
    fylke = lag_fylke()
    eier = lag_organisasjon("Fjordvik", fylke=fylke, kart_x=10.0, kart_y=20.0)
    lag_prosjekt(eier=eier, utfall=Utfall.VIRKET)
    lag_prosjekt(eier=eier, status=Status.KLADD)
    lag_prosjekt(eier=eier, synlighet=Synlighet.SEKTOR)
    lag_prosjekt(eier=eier, synlighet=Synlighet.PROSJEKT)
    lag_prosjekt(eier=eier, status=Status.AVPUBLISERT)

    tall = tell()

    assert per_fylke(tall) == {"Østfold": 1}
    assert tall.prikker == [((10.0, 20.0), "virket")]
    assert tall.antall == 1


@pytest.mark.django_db
def test_kartet_leder_dit_den_som_spoer_vil():
    lag_prosjekt(eier=lag_organisasjon(fylke=lag_fylke()))

    kart = tell().kart(lambda nummer: f"?q=los&fylke={nummer}", valgte=("31",))

    [rad] = kart.rader
    assert (rad.navn, rad.antall, rad.adresse, rad.er_valgt) == ("Østfold", 1, "?q=los&fylke=31", True)


@pytest.mark.usefixtures("registeret", "db")
class TestHvorDeltakerneEr:
    def kart(self, prosjekt):
        return deltakerkart(Prosjekt.objects.prefetch_related("deltakelser__organisasjon__kommune").get(pk=prosjekt.pk))

    def test_eieren_har_merket_og_partnerne_en_prikk_med_navn(self):
        prosjekt = lag_prosjekt(eier=kommunen("5601"), utfall=Utfall.VIRKET)
        for hvem in (kommunen("5607"), lag_organisasjon("Direktoratet", sektor="statlig_etat")):
            Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=hvem, rolle=Partnerrolle.TESTARENA)

        steder = {s["navn"]: s["utfall"] for s in self.kart(prosjekt)["steder"]}

        assert steder == {"Alta": "virket", "Vadsø": ""}

    def test_ett_sted_er_ikke_noe_kart(self):
        prosjekt = lag_prosjekt(eier=kommunen("5601"))
        Deltakelse.objects.create(
            prosjekt=prosjekt, organisasjon=kommunen("5607"), rolle=Partnerrolle.TESTARENA, til_dato=date(2020, 1, 1)
        )

        assert self.kart(prosjekt) is None

    def test_en_kommune_som_ikke_er_mer_vises_der_den_er_i_dag(self):
        prosjekt = lag_prosjekt(eier=kommunen("0711"))  # Svelvik, merged into Drammen
        Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=kommunen("5601"), rolle=Partnerrolle.TESTARENA)

        steder = self.kart(prosjekt)["steder"]

        drammen = norge().punkter["3301"]
        assert (f"{drammen[0]:g}", f"{drammen[1]:g}") in {(s["cx"], s["cy"]) for s in steder}
