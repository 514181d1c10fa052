"""How projects relate to what others do: who sees it, and what the database refuses."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from prosjekter.kodeverk import Status, Synlighet
from prosjekter.models import Komplementaritet
from tests.fabrikker import lag_initiativ, lag_mission, lag_prosjekt, lag_samspill, lag_utfordring
from tests.rollebesetning import ROLLER

pytestmark = pytest.mark.django_db


class TestDatabasenHolder:
    @pytest.mark.parametrize("antall", [0, 2])
    def test_ett_og_bare_ett_maal(self, antall):
        maal = {"til_prosjekt": lag_prosjekt(), "mission": lag_mission()}

        with pytest.raises(ValidationError, match="én ting"):
            Komplementaritet(fra=lag_prosjekt(), type="utfyller", **dict(list(maal.items())[:antall])).full_clean()

    def test_ikke_med_seg_selv(self):
        prosjekt = lag_prosjekt()

        with pytest.raises(ValidationError, match="seg selv"):
            Komplementaritet(fra=prosjekt, til_prosjekt=prosjekt, type="utfyller").full_clean()

    def test_overlapp_maa_begrunnes(self):
        with pytest.raises(ValidationError, match="hvorfor det trengs to"):
            Komplementaritet(fra=lag_prosjekt(), til_prosjekt=lag_prosjekt(), type="overlapper").full_clean()

    @pytest.mark.parametrize("lag", [lag_prosjekt, lag_utfordring, lag_mission, lag_initiativ])
    def test_en_gang_for_hvert_par(self, lag):
        rad = lag_samspill(lag_prosjekt(), lag())

        with pytest.raises(IntegrityError), transaction.atomic():
            lag_samspill(rad.fra, rad.maal, type="utfyller")

    def test_bare_et_prosjekt_kan_svare(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            lag_samspill(lag_prosjekt(), lag_mission(), svar="enig")


class TestHvemSer:
    """Both ends must be visible; what is not relevant is the author's own."""

    def synlig_for(self, roller, rad):
        return {r for r in ROLLER if rad in Komplementaritet.objects.synlige_for(roller[r])}

    def test_alle_ser_det_som_er_mellom_to_apne(self, roller):
        rad = lag_samspill(lag_prosjekt(eier=roller.kommunen), lag_prosjekt())

        assert self.synlig_for(roller, rad) == set(ROLLER)

    def test_fra_en_kladd_ser_bare_de_som_deltar(self, roller):
        rad = lag_samspill(lag_prosjekt(eier=roller.kommunen, status=Status.KLADD), lag_prosjekt())

        assert self.synlig_for(roller, rad) == {"eier", "kollega", "ansvarlig"}

    def test_til_noe_for_sektoren_ser_bare_sektoren(self, roller):
        rad = lag_samspill(lag_prosjekt(eier=roller.partneren), lag_prosjekt(synlighet=Synlighet.SEKTOR))

        assert self.synlig_for(roller, rad) == set(ROLLER) - {"anonym", "partner"}

    def test_til_noe_som_er_tatt_ned_ser_ingen_andre(self, roller):
        skjult = lag_mission(er_publisert=False)
        rad = lag_samspill(lag_prosjekt(eier=roller.kommunen), skjult)

        assert self.synlig_for(roller, rad) == {"missionkurator", "administrator"}

    def test_ikke_relevant_er_forfatterens_eget(self, roller):
        rad = lag_samspill(lag_prosjekt(eier=roller.kommunen), lag_prosjekt(), type="ikke_relevant")

        assert self.synlig_for(roller, rad) == {"eier", "kollega", "ansvarlig"}
        assert rad not in Komplementaritet.objects.offentlige()

    def test_tatt_ned_ser_eierne_og_ks(self, roller):
        rad = lag_samspill(
            lag_prosjekt(eier=roller.kommunen),
            lag_prosjekt(),
            tatt_ned_tid="2026-01-01T00:00Z",
            tatt_ned_grunn="reklame",
        )

        assert self.synlig_for(roller, rad) == {"eier", "kollega", "ansvarlig", "moderator", "administrator"}
