"""What is typed so far finds the projects whose title or owner it is the beginning of, and never one that is not open."""

import pytest

from kommuner.models import Organisasjon
from prosjekter.forslag import foresla
from prosjekter.handlinger import prosjekt as handlinger
from prosjekter.kodeverk import Status, Synlighet
from prosjekter.models import Prosjekt, Prosjektord
from prosjekter.sokeindeks import foreldede, oppdater
from sok.ordstart import LENGSTE_NOKKEL, les, nokler
from tests.fabrikker import lag_organisasjon, lag_sokbart

pytestmark = pytest.mark.django_db


def titler(tekst, antall=10):
    return {p.tittel for p in foresla(tekst, antall)}


@pytest.mark.parametrize(
    "tekst",
    ["hje", "Hjemmetj", "hjemmetjenester", "heimeten", "heimeteneste", "tjen", "på nett", "hjemmetjenesten på n",
     "nett hje", "fjordv hjem", "fjordvik kommune", "HJEMME", "nett på"],
)  # fmt: skip
@pytest.mark.hver_motor
def test_begynnelser_i_begge_maalformer_deler_og_eierens_navn_finner_tittelen(tekst):
    lag_sokbart("Hjemmetjenesten på nett", eier=lag_organisasjon("Fjordvik kommune"))
    lag_sokbart("Uteskole i fjæra", eier=lag_organisasjon("Granli kommune"))

    assert titler(tekst) == {"Hjemmetjenesten på nett"}


@pytest.mark.parametrize(
    "tekst", ["", "h", " ", "på", "kommune", "hjemmex", "nett skole", "%", "_", "'", '"', "~", "🙂"]
)
def test_det_som_ikke_er_begynnelsen_paa_noe_gir_ingen_forslag(tekst):
    lag_sokbart("Hjemmetjenesten på nett", eier=lag_organisasjon("Fjordvik kommune"))

    assert titler(tekst) == set()


def test_et_annet_ord_for_det_samme_foreslaas_ogsaa():
    lag_sokbart("Kunstig intelligens i arkivet")

    assert titler("ki") == {"Kunstig intelligens i arkivet"}


def test_den_som_begynner_slik_kommer_foerst_og_saa_de_nyeste():
    gammel = lag_sokbart("Robot i skolen")
    eid = lag_sokbart("Uteskole", eier=lag_organisasjon("Robotvik"))
    midt_i = lag_sokbart("Felles robot")

    assert foresla("robot", 10) == [gammel, midt_i, eid]
    assert foresla("robot", 2) == [gammel, midt_i]


@pytest.mark.parametrize(
    "felt",
    [{"status": status} for status in Status if status != Status.PUBLISERT]
    + [{"synlighet": synlighet} for synlighet in Synlighet if synlighet != Synlighet.APEN],
)
def test_det_som_ikke_er_aapent_foreslaas_aldri(felt):
    skjult = lag_sokbart("Hemmelig robot", **felt)

    assert titler("hemmelig") == titler("hemmelig robot") == set()
    assert not Prosjektord.objects.filter(prosjekt=skjult).exists()

    # Nor would it be if its keys had been left behind.
    Prosjektord.objects.create(prosjekt=skjult, nokkel="hemmelig")
    assert titler("hemmelig") == set()


def test_forslaget_folger_prosjektet_ut_og_inn_igjen(roller):
    prosjekt = lag_sokbart("Hemmelig robot", eier=roller.kommunen)
    assert titler("hemmelig") == {"Hemmelig robot"}

    handlinger.avpubliser(prosjekt, av=roller["eier"], begrunnelse="Vi retter en feil.")
    assert titler("hemmelig") == set()
    assert not Prosjektord.objects.exists()

    handlinger.publiser_igjen(Prosjekt.objects.get(), av=roller["moderator"])
    assert titler("hemmelig") == {"Hemmelig robot"}


def test_ny_tittel_gir_nye_forslag_og_sletting_tar_dem_bort():
    prosjekt = lag_sokbart("Robot")
    Prosjekt.objects.filter(pk=prosjekt.pk).update(tittel="Drone")
    oppdater([prosjekt.pk])

    assert titler("robot") == set()
    assert titler("dro") == {"Drone"}

    prosjekt.delete()
    assert not Prosjektord.objects.exists()


def test_aapne_prosjekter_uten_noekler_bygges_paa_nytt():
    """As after the migration that made the table."""
    aapent, kladd = lag_sokbart(), lag_sokbart(status=Status.KLADD)
    Prosjektord.objects.all().delete()

    assert list(foreldede()) == [aapent]
    assert kladd not in foreldede()


def test_lange_og_mange_ord_avkortes():
    tittel = "ord" * 40 + " " + "jordbær " * 20

    assert max(map(len, nokler(tittel))) == LENGSTE_NOKKEL
    assert len(les(" ".join(f"ord{n}" for n in range(100))).ord) <= 6
    assert titler("x" * 10_000) == set()
    assert Organisasjon.objects.count() == 0
