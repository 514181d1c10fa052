"""What is closest: how much it has of the words, the rare ones most, and how near it is in meaning."""

import numpy as np
import pytest

from prosjekter.models import Prosjekt
from sok.indeks import finn
from sok.sporring import les
from sok.veiing import MAKS_NAERMESTE, dekning, naermeste
from tests.fabrikker import lag_sokbart


def _dekning(tekst, har):
    """{number: how much each of a hundred texts has of the words}. `har`: {stem: the numbers of the texts that have it}."""
    deler = dekning(les(tekst), lambda ledd: frozenset(har.get(ledd.term, ())), 100)
    return {nr: round(sum(vekt for numre, vekt in deler if nr in numre), 2) for nr in range(100)}


def test_det_faa_tekster_har_er_verdt_mest_og_fyllordene_lite():
    har = {"ansatt": range(90), "drosj": range(50, 55), "bygd": range(40)}

    verdt = _dekning("hvordan kan de ansatte i bygda skaffe nok drosjer", har)

    assert verdt[50] > 2 * verdt[1] > 0
    assert verdt[1] > 2 * verdt[41] > 0


def test_alle_ordene_er_verdt_en():
    assert _dekning("hva gjør andre med drosjer om sommeren", {"drosj": [1], "sommer": [1, 2]})[1] == 1


def test_av_et_spoersmaal_om_noe_ingen_har_er_de_andre_ordene_verdt_lite():
    har = {"elev": range(70), "skol": range(60)}

    assert 0 < _dekning("hvem har prøvd undervannsrugby for elevene på skolen", har)[1] < 0.3


def test_bitsett_gir_det_samme_som_mengder_av_nummer():
    har = {"drosj": [1, 2], "sommer": [1, 3], "fest": [1, 2, 3, 4]}
    bit = {stamme: sum(1 << n for n in numre) for stamme, numre in har.items()}
    q = les("hva gjør andre med drosjer om sommeren når det er fest")

    av_bit = dekning(q, lambda ledd: bit.get(ledd.term, 0), 100)
    av_numre = dekning(q, lambda ledd: frozenset(har.get(ledd.term, ())), 100)

    assert [([n for n in range(100) if bits >> n & 1], vekt) for bits, vekt in av_bit] == [
        (sorted(numre), vekt) for numre, vekt in av_numre
    ]


def _naermeste(**poeng):
    """`poeng`: what each has of the words, how near it is, and whether it has all the words."""
    har, naer, hele = (np.array(kolonne) for kolonne in zip(*poeng.values(), strict=True))
    return list(naermeste(list(poeng), har, naer, hele.astype(bool)))


def test_det_som_er_langt_unna_det_naermeste_er_ikke_svar():
    assert _naermeste(mest=(0.9, 0.6, 0), nok=(0.5, 0.3, 0), lite=(0.2, 0.3, 0)) == ["mest", "nok"]


def test_naar_ingenting_er_naert_er_det_ikke_noe_svar():
    assert _naermeste(litt=(0.3, 0.2, 0), mindre=(0.2, 0.2, 0)) == []


def test_det_som_har_alle_ordene_sier_hvor_naert_resten_maa_vaere():
    assert _naermeste(hele=(0.4, 0.9, 1), naer=(0.8, 0.4, 0), litt=(0.5, 0.3, 0)) == ["naer"]


def test_litt_av_ordene_og_langt_unna_i_mening_er_ikke_svar():
    assert _naermeste(naer=(0.5, 0.3, 0), mye=(0.9, 0, 0), litt=(0.59, 0.19, 0)) == ["naer", "mye"]


def test_det_naermeste_er_aldri_mange():
    alle = {f"nr{i}": (0.9, 0.9, 0) for i in range(3 * MAKS_NAERMESTE)}

    assert len(_naermeste(**alle)) == MAKS_NAERMESTE


@pytest.mark.django_db
@pytest.mark.hver_motor
def test_det_som_har_mest_av_spoersmaalet_kommer_foerst():
    en = lag_sokbart("Drosjer, drosjer og drosjer", tekst={"utfordring": ""})
    to = lag_sokbart("Til festen", ingress="Drosjer.", tekst={"utfordring": ""})
    lag_sokbart("En skredbane", tekst={"utfordring": ""})

    funn = finn(Prosjekt.objects.all(), "hvordan kan vi få nok drosjer når det er fest")

    assert list(funn.rader.order_by("-relevans")) == [to, en]
    assert not funn.er_naermeste  # the first has all the words
    assert funn.noen_ligner


@pytest.mark.django_db
def test_et_spoersmaal_slaar_ikke_opp_mer_enn_hvert_ord_noen_ganger(django_assert_max_num_queries):
    lag_sokbart("Kommunebudsjettet", tekst={"utfordring": ""})

    with django_assert_max_num_queries(30):
        funn = finn(
            Prosjekt.objects.all(), "hvordan kan robot skolen kaktus trombone ananas zebra vulkan måne hatt kajakk"
        )

    assert not funn.rader
