"""KS' own challenges and main projects: loaded once, true to their sources, and never written over."""

import pytest
from django.core.management import call_command

from kommuner.models import Organisasjon
from missions.models import Hovedprosjekt, Nokkeltall, Samfunnsutfordring
from missions.startdata import lasting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lastet(db):
    call_command("last_startdata", verbosity=0)


def test_de_tre_utfordringene_ks_har_nevnt_er_der_og_to_er_prioritert():
    prioritert = list(Samfunnsutfordring.objects.values_list("slug", "er_prioritert"))

    assert prioritert == [("ungt-utenforskap", True), ("demografi", True), ("klima-og-miljo", False)]


def test_hovedprosjektene_ligger_under_sin_utfordring():
    under = dict(Hovedprosjekt.objects.values_list("tittel", "samfunnsutfordring__slug"))

    assert under == {
        "En offentlig sektor for vår tid": "ungt-utenforskap",
        "Frakoblingsprosessen": "ungt-utenforskap",
        "Fra ungdom til ung voksen": "ungt-utenforskap",
        "2040 begynner nå!": "demografi",
        "Velferd er en fellesoppgave": "demografi",
        "Det muliges kunst": None,
    }


def test_alt_har_kilde_og_hvert_tall_har_aar():
    tekster = [*Samfunnsutfordring.objects.all(), *Hovedprosjekt.objects.all(), *Nokkeltall.objects.all()]

    assert all(t.kilde for t in tekster)
    assert [(t.verdi, t.aar) for t in Nokkeltall.objects.all()] == [("23 %", 2022), ("11 %", 2022)]


def test_ks_er_organisasjonen_som_driver_portalen():
    ks = Organisasjon.objects.get(er_sekretariat=True)

    assert (ks.navn, ks.er_eksempel, ks.krever_godkjenning) == ("KS", False, True)


def test_aa_laste_en_gang_til_lager_ingenting():
    assert lasting.last() == {"KS": 0, "samfunnsutfordringer": 0, "hovedprosjekter": 0}


def test_det_en_kurator_har_endret_faar_staa():
    Hovedprosjekt.objects.filter(slug="frakoblingsprosessen").update(ingress="Kuratorens egne ord.")

    lasting.last()

    assert Hovedprosjekt.objects.get(slug="frakoblingsprosessen").ingress == "Kuratorens egne ord."


def test_det_en_kurator_har_slettet_eller_gitt_ny_adresse_kommer_ikke_tilbake():
    Hovedprosjekt.objects.get(slug="det-muliges-kunst").delete()
    flyttet = Hovedprosjekt.objects.get(slug="2040-begynner-na")
    flyttet.slug = "framtidene"
    flyttet.save()

    lasting.last()

    assert not Hovedprosjekt.objects.filter(slug__in=["det-muliges-kunst", "2040-begynner-na"]).exists()


def test_ingressene_er_korte_nok():
    for fil, liste in (("samfunnsutfordringer", "samfunnsutfordring"), ("hovedprosjekter", "hovedprosjekt")):
        assert [p["slug"] for p in lasting.les(fil)[liste] if len(p["ingress"]) > 300] == []
