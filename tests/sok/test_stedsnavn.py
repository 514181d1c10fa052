"""A municipality's name is no form of a word that looks like it, and finds its own first."""

import pytest

from prosjekter.models import Prosjekt
from prosjekter.sokeindeks import oppdater
from sok.analyse import stamme
from sok.indeks import finn
from tests.fabrikker import lag_organisasjon, lag_sokbart

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("navn", "ord_"), [("halden", "holde"), ("vega", "vei"), ("volda", "vold"), ("skien", "skien")]
)
def test_navnet_er_ikke_ordet_det_ligner(navn, ord_):
    assert stamme(navn) == stamme(navn + "s") or navn.endswith("s")
    assert stamme(navn) != stamme(ord_) or navn == ord_


@pytest.mark.parametrize(
    ("navn", "tittel"), [("Halden", "Å holde på lærere"), ("Heim", "Hjem til jul"), ("Stad", "Et sted for alle")]
)
def test_kommunens_egne_kommer_forst(navn, tittel):
    lag_sokbart(tittel, eier=lag_organisasjon("Elvestad"), ingress=tittel)
    eget = lag_sokbart("Vann i rør", eier=lag_organisasjon(navn), ingress="Målere i kummene.")
    oppdater(Prosjekt.objects.values_list("pk", flat=True))

    rader = finn(Prosjekt.objects.apne(), navn.lower()).rader.order_by("-relevans")

    assert rader[0] == eget


def test_et_ord_som_ogsaa_er_et_navn_finner_fortsatt_ordet():
    hjem = lag_sokbart("Hjem til jul", ingress="Et trygt hjem.")
    oppdater([hjem.pk])

    assert hjem in finn(Prosjekt.objects.apne(), "heim").rader
