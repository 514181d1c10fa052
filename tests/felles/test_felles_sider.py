"""Pages for everyone: kept while nothing changes, and never longer; nothing personal is kept at all."""

import re

import pytest
from django.core.cache import caches
from django.test import Client, override_settings
from django.urls import get_resolver, reverse

from missions import handlinger as missionhandlinger
from partnerskap.felles import innhold
from partnerskap.felles.models import Innholdsendring
from prosjekter.handlinger import prosjekt as handlinger
from prosjekter.kodeverk import Status
from tests.fabrikker import lag_mission, lag_prosjekt
from tests.husregler.adresser import AAPNE

pytestmark = pytest.mark.django_db
LOCMEM = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "test"}


@pytest.fixture
def minne(settings):
    with override_settings(CACHES={**settings.CACHES, "sider": LOCMEM}):
        caches["sider"].clear()
        yield


def hent(adresse, klient=None, **hoder):
    return (klient or Client()).get(adresse, headers=hoder)


def test_en_besokende_faar_et_merke_og_304_naar_ingenting_er_endret(django_assert_num_queries):
    lag_prosjekt("Droner")
    forst = hent("/prosjekter/")

    with django_assert_num_queries(1):
        igjen = hent("/prosjekter/", **{"If-None-Match": forst["ETag"]})

    assert igjen.status_code == 304
    assert igjen["ETag"] == forst["ETag"]
    assert forst["Cache-Control"] == "public, max-age=0, s-maxage=30"
    assert forst["Vary"] == "Cookie"


def test_siden_ligger_i_minnet_til_noe_endres(minne, roller, django_assert_num_queries):
    prosjekt = lag_prosjekt("Gammel tittel", eier=roller.kommunen)
    hent("/prosjekter/")
    with django_assert_num_queries(1):
        assert "Gammel tittel" in hent("/prosjekter/").content.decode()

    handlinger.lagre_seksjon(prosjekt, verdier={"tittel": "Ny tittel"}, versjon=prosjekt.versjon, av=roller["eier"])

    html = hent("/prosjekter/").content.decode()
    assert "Ny tittel" in html
    assert "Gammel tittel" not in html


def test_ulike_adresser_har_ulike_merker(minne):
    assert hent("/prosjekter/?fase=pilot")["ETag"] != hent("/prosjekter/?fase=ide")["ETag"]


@pytest.mark.parametrize("rolle", ["fremmed", "eier", "moderator"])
def test_det_en_innlogget_leser_beholdes_ikke_av_noen(minne, som, rolle):
    lag_prosjekt("For sektoren", synlighet="sektor")
    klient = som(rolle)

    svar = hent("/prosjekter/", klient)

    assert svar["Cache-Control"] == "private, no-cache"
    assert "ETag" not in svar
    assert "For sektoren" in svar.content.decode()
    assert "For sektoren" not in hent("/prosjekter/").content.decode()
    assert "Logg inn" in hent("/prosjekter/").content.decode()


def test_feilsider_og_omveier_beholdes_ikke():
    for adresse in ("/prosjekter/finnes-ikke/", "/prosjekter/?side=99", "/prosjekter/?q="):
        assert not hent(adresse).has_header("ETag"), adresse


def test_en_kladd_endrer_ikke_merket_men_publisering_gjor(roller):
    kladd = lag_prosjekt("Kladd", eier=roller.kommunen, status=Status.KLADD)
    foer = innhold.merke()
    handlinger.lagre_seksjon(kladd, verdier={"ingress": "Mer."}, versjon=kladd.versjon, av=roller["eier"])
    assert innhold.merke() == foer

    innsendt = lag_prosjekt("Innsendt", eier=roller.kommunen, status=Status.INNSENDT)
    handlinger.publiser(innsendt, av=roller["moderator"])

    assert innhold.merke() != foer


def test_en_mission_som_vises_endrer_merket(roller):
    mission = lag_mission(er_publisert=False, hvorfor_haster="Det haster.", frist="2030-01-01")
    foer = innhold.merke()

    missionhandlinger.publiser_mission(mission, av=roller["missionkurator"])

    assert innhold.merke() != foer


def test_en_endring_som_fikk_nummer_tidlig_og_ble_ferdig_sent_blir_lagt_merke_til():
    """Two at once: the one with the lower number is committed last."""
    forst, sist = (
        Innholdsendring.objects.create(slag="prosjekt", objekt=1),
        Innholdsendring.objects.create(slag="prosjekt", objekt=2),
    )
    Innholdsendring.objects.filter(pk=forst.pk).delete()  # not committed yet
    merke, leser = innhold.merke(), innhold.Leser()

    Innholdsendring.objects.create(pk=forst.pk, slag="prosjekt", objekt=1)

    assert innhold.merke() != merke
    assert leser.nytt("prosjekt")[0] == {1}
    assert sist.pk > forst.pk


def test_den_som_kan_ha_gaatt_glipp_av_noe_begynner_forfra():
    innhold.endret("prosjekt", [1])
    leser = innhold.Leser()
    for nr in range(5):
        innhold.endret("prosjekt", [nr])
    Innholdsendring.objects.exclude(pk=Innholdsendring.objects.latest("pk").pk).delete()

    assert leser.nytt("prosjekt")[0] is None


def test_en_endring_av_hva_som_helst_leses_forfra():
    leser = innhold.Leser()
    innhold.endret()

    assert leser.nytt("prosjekt")[0] is None


def test_aapne_sider_er_laget_for_alle():
    """A page that anyone may read and that is not among the exceptions is kept, or nobody has thought about it."""
    unntak = re.compile(
        r"account_|helse_|ikon$|organisasjoner:invitasjon|alle_utfordringer|alle_hovedprosjekter|sokeforslag|abonnement|sammenlign|galleri|utfordring|sjekkliste|:eksport$|prosjekter:bilde|prosjekter:vedlegg"
    )
    vanlige = [navn for navn, status in AAPNE.items() if status == 200 and not unntak.search(navn)]

    ikke = [navn for navn in vanlige if not getattr(_view(navn), "er_for_alle", False)]

    assert ikke == []


def _view(navn, resolver=None):
    resolver = resolver or get_resolver()
    *rom, siste = navn.split(":")
    for del_ in rom:
        resolver = resolver.namespace_dict[del_][1]
    for monster in _monstre(resolver):
        if monster.name == siste:
            return monster.callback
    raise LookupError(navn)


def _monstre(resolver):
    for monster in resolver.url_patterns:
        if hasattr(monster, "url_patterns"):
            yield from _monstre(monster)
        else:
            yield monster


def test_forsiden_har_ferske_tall(roller, minne):
    assert "Kartet fylles" in hent(reverse("forside")).content.decode()

    lag_prosjekt("Det første")

    assert "1 prosjekt" in hent(reverse("forside")).content.decode()
