"""The field of dots: real counts, and nearer the middle means further come."""

from math import hypot

from partnerskap.sider.felt import RINGER, tegn_felt
from prosjekter.kodeverk import Fase, Utfall


def avstand(prikk):
    halv = prikk.bredde / 2
    return round(hypot(float(prikk.x) + halv - 200, float(prikk.y) + halv - 200))


def test_tomt_felt_har_ringer_uten_prikker():
    felt = tegn_felt({})

    assert felt.prikker == []
    assert felt.per_prikk == 1
    assert len(felt.radier) == 5


def test_hver_prikk_er_ett_prosjekt_saa_lenge_det_er_plass():
    felt = tegn_felt({(Fase.IDE, Utfall.PAGAR): 3, (Fase.DRIFT, Utfall.VIRKET): 2, (Fase.PILOT, Utfall.STOPPET): 1})

    assert felt.per_prikk == 1
    assert sorted(p.utfall for p in felt.prikker) == ["pagar"] * 3 + ["stoppet"] + ["virket"] * 2


def test_jo_naermere_midten_jo_lenger_kommet():
    felt = tegn_felt({(fase, Utfall.PAGAR): 1 for fase in Fase})

    assert sorted(map(avstand, felt.prikker)) == [66, 66, 95, 124, 153, 153, 182, 182]


def test_naar_en_ring_er_full_staar_prikkene_for_flere():
    felt = tegn_felt({(Fase.IDE, Utfall.PAGAR): 100, (Fase.DRIFT, Utfall.VIRKET): 8})
    plass = sum(ring[2] for ring in RINGER)

    assert felt.per_prikk == 4
    assert len(felt.prikker) == 25 + 2
    assert plass == 96
