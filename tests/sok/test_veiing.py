"""A question in plain words is answered by what has enough of what it weighs, the heaviest first."""

import pytest

from prosjekter.models import Prosjekt
from sok.indeks import finn
from sok.sporring import les
from sok.veiing import som_veier_nok
from tests.fabrikker import lag_sokbart


def _vei(tekst, har):
    """Which of a hundred texts answer it. `har`: {stem: the numbers of the texts that have it}."""

    def mengde_av(ledd):
        return frozenset(har.get(ledd.term, ())) or (mengde_av(ledd.alle[0]) if len(ledd.alle) == 1 else frozenset())

    return set(som_veier_nok(les(tekst), mengde_av, frozenset(range(100)))[0])


def test_et_spoersmaal_handler_om_det_faa_tekster_har_og_ikke_om_fyllordene():
    har = {"klar": range(90), "skaff": [1], "drosj": range(50, 55), "bygd": range(40)}

    assert _vei("hvordan kan vi klare å skaffe nok drosjer til bygda", har) == {*range(50, 55)}


def test_et_spoersmaal_om_noe_ingen_har_faar_ikke_svar_av_de_andre_ordene():
    har = {"elev": range(70), "skol": range(60)}

    assert _vei("hvem har prøvd undervannsrugby for elevene på skolen", har) == set()


def test_det_som_har_mindre_enn_halvparten_av_det_beste_er_ikke_svar():
    har = {"drosj": [1, 2], "sommer": [1, 3], "fest": [1, 4]}

    assert _vei("hva gjør andre med drosjer om sommeren når det er fest", har) == {1}


def test_bitsett_gir_det_samme_som_mengder_av_nummer():
    har = {"drosj": [1, 2], "sommer": [1, 3], "fest": [1, 2, 3, 4]}
    bit = {stamme: sum(1 << n for n in numre) for stamme, numre in har.items()}
    tekst = "hva gjør andre med drosjer om sommeren når det er fest"

    treff, _ = som_veier_nok(les(tekst), lambda ledd: bit.get(ledd.term, 0), (1 << 100) - 1)

    assert treff == sum(1 << n for n in _vei(tekst, har))


@pytest.mark.django_db
@pytest.mark.hver_motor
def test_av_det_som_har_noe_kommer_det_som_har_mest_av_spoersmaalet_foerst():
    en = lag_sokbart("Drosjer, drosjer og drosjer", tekst={"utfordring": ""})
    to = lag_sokbart("Til festen", ingress="Drosjer.", tekst={"utfordring": ""})
    lag_sokbart("En fest", tekst={"utfordring": ""})
    lag_sokbart("To fester", tekst={"utfordring": ""})

    funn = finn(Prosjekt.objects.all(), "hvordan kan vi få nok drosjer når det er fest")

    assert list(funn.rader.order_by("-relevans")) == [to, en]
    assert not funn.er_naermeste  # the first has all the words
    assert funn.noen_ligner


@pytest.mark.django_db
def test_ord_som_fyller_ut_avgjoer_bare_hvem_som_kommer_foerst():
    uten = lag_sokbart("Drosjer", tekst={"utfordring": ""})
    med = lag_sokbart("Slik er det", ingress="Innbyggerne får drosjer.", tekst={"utfordring": ""})
    lag_sokbart("Innbyggerne", tekst={"utfordring": ""})

    funn = finn(Prosjekt.objects.all(), "hva skal til for at innbyggerne kan dele drosjer")

    assert list(funn.rader.order_by("-relevans")) == [med, uten]
    assert funn.er_naermeste


@pytest.mark.django_db
def test_et_spoersmaal_slaar_ikke_opp_mer_enn_hvert_ord_noen_ganger(django_assert_max_num_queries):
    lag_sokbart("Robot i skolen")

    with django_assert_max_num_queries(30):
        funn = finn(
            Prosjekt.objects.all(), "hvordan kan robot skolen kaktus trombone ananas zebra vulkan måne hatt kajakk"
        )

    assert not funn.rader
