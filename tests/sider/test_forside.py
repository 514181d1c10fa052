"""The front page: what is really published, the same number of questions however much there is, and an empty start."""

import gzip
import itertools
import re

import brotli
import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from kommuner.models import Organisasjon
from missions.models import Samfunnsutfordring
from partnerskap.felles.kart import norge
from partnerskap.sider.forside import oversikt
from prosjekter.kodeverk import Status, Synlighet, Utfall
from prosjekter.models import Missiontilknytning, Prosjekt
from prosjekter.utvalg import Utvalg
from tests.fabrikker import lag_kommune, lag_mission, lag_organisasjon, lag_prosjekt

pytestmark = pytest.mark.django_db


BERGEN, PORSANGER = "4601", "5622"


def side(klient):
    svar = klient.get(reverse("forside"))
    assert svar.status_code == 200
    return svar.content.decode()


def kommune_med_organisasjon(nummer, navn):
    return lag_organisasjon(f"{navn} kommune", kommune=lag_kommune(navn, nummer))


def test_forsiden_staar_uten_et_eneste_prosjekt(client):
    html = side(client)

    assert "Ingen prosjekter er publisert ennå" in html
    assert reverse("prosjekter:ny") in html
    assert "Nye prosjekter" not in html
    assert 'class="eksempel"' not in html


def test_uten_missions_viser_forsiden_utfordringene(client):
    Samfunnsutfordring.objects.create(navn="Ungt utenforskap", slug="ungt", ingress="Flere skal høre til.")

    assert "Utfordringene vi samles om" in side(client)

    lag_mission("Alle hører til", er_publisert=False)
    assert "Alle hører til" not in side(client)

    lag_mission("Et sted å høre til")
    html = side(client)
    assert "Et sted å høre til" in html
    assert "Utfordringene vi samles om" not in html


def test_bare_det_som_er_publisert_og_aapent_er_med(client):
    lag_prosjekt("Synlig forsøk", utfall=Utfall.VIRKET_IKKE)
    lag_prosjekt("Hemmelig kladd", status=Status.KLADD, utfall=Utfall.VIRKET_IKKE)
    lag_prosjekt("Bare for sektoren", synlighet=Synlighet.SEKTOR, utfall=Utfall.VIRKET_IKKE)

    html = side(client)

    assert "Synlig forsøk" in html
    assert "Hemmelig kladd" not in html
    assert "Bare for sektoren" not in html
    assert "1 prosjekt." in " ".join(html.split())


@pytest.mark.parametrize("rolle", ["eier", "moderator"])
def test_forsiden_er_den_samme_for_alle(som, roller, rolle):
    lag_prosjekt("Vår kladd", eier=roller.kommunen, status=Status.KLADD)
    lag_prosjekt("Bare for sektoren", eier=roller.kommunen, synlighet=Synlighet.SEKTOR)

    html = side(som(rolle))

    assert "Vår kladd" not in html
    assert "Bare for sektoren" not in html


def test_et_nytt_prosjekt_vises_straks_selv_om_tallene_er_et_minutt_gamle(client):
    lag_prosjekt()
    side(client)

    lag_prosjekt("Helt nytt forsøk")

    assert "Helt nytt forsøk" in side(client)


def test_det_aller_foerste_prosjektet_telles_med_en_gang(client):
    side(client)

    lag_prosjekt()

    assert "Ingen prosjekter er publisert ennå" not in side(client)


def test_kartet_har_ett_merke_i_hver_kommune_og_det_er_det_nyeste(client):
    bergen, porsanger = (
        kommune_med_organisasjon(BERGEN, "Bergen"),
        kommune_med_organisasjon(PORSANGER, "Porsanger"),
    )
    gammelt = lag_prosjekt(eier=bergen, utfall=Utfall.VIRKET)
    nytt = lag_prosjekt(eier=bergen, utfall=Utfall.VIRKET_IKKE)
    Prosjekt.objects.filter(pk=gammelt.pk).update(endret_tid=nytt.endret_tid.replace(year=2020))
    lag_prosjekt(eier=porsanger, utfall=Utfall.PAUSE)
    lag_prosjekt(utfall=Utfall.DELVIS)  # owned by someone who is not a place

    tall = oversikt(Utvalg.for_bruker(AnonymousUser()))

    assert tall.prikker == [(BERGEN, "virket_ikke"), (PORSANGER, "pause")]
    assert (tall.antall, tall.antall_kommuner) == (4, 2)
    assert norge().punkter.keys() >= {BERGEN, PORSANGER}
    html = side(client)
    assert html.count('class="u-virket_ikke"') == 1
    assert html.count('class="u-virket"') == 0


def test_en_eksempelkommune_har_merket_sitt_der_den_er_tegnet_inn(client):
    oppdiktet = lag_organisasjon("Fjordvik", kart_x=282.0, kart_y=773.0, er_eksempel=True)
    lag_prosjekt(eier=oppdiktet, utfall=Utfall.VIRKET)

    html = side(client)

    assert oversikt(Utvalg.for_bruker(AnonymousUser())).prikker == [((282.0, 773.0), "virket")]
    assert html.count('class="u-virket"') == 1


def test_missionen_faar_en_prikk_for_hvert_godtatt_prosjekt(client):
    mission = lag_mission("Et sted å høre til")
    for svar, utfall in (
        ("godtatt", Utfall.VIRKET),
        ("godtatt", Utfall.PAGAR),
        ("foreslatt", Utfall.VIRKET),
        ("avslatt", Utfall.VIRKET),
    ):
        Missiontilknytning.objects.create(mission=mission, prosjekt=lag_prosjekt(utfall=utfall), svar=svar)
    skjult = lag_prosjekt(status=Status.AVPUBLISERT)
    Missiontilknytning.objects.create(mission=mission, prosjekt=skjult, svar="godtatt")

    svar = client.get(reverse("forside"))

    [(_mission, tellinger)] = svar.context["missions"]
    assert sorted(tellinger) == [("pagar", 1), ("virket", 1)]


@pytest.mark.parametrize("er_eksempel", [True, False])
def test_stripen_sier_fra_bare_naar_noe_er_funnet_paa(client, er_eksempel):
    lag_prosjekt(er_eksempel=er_eksempel)

    assert ('class="eksempel"' in side(client)) is er_eksempel


@pytest.mark.parametrize("antall", [1, 3, 12])
def test_forsiden_bruker_like_mange_spoerringer(client, django_assert_num_queries, antall):
    for nummer in list(norge().punkter)[:antall]:
        prosjekt = lag_prosjekt(eier=kommune_med_organisasjon(nummer, f"Sted {nummer}"), utfall=Utfall.VIRKET_IKKE)
        Missiontilknytning.objects.create(mission=lag_mission(), prosjekt=prosjekt, svar="godtatt")

    side(client)
    with django_assert_num_queries(5):  # two of them ask whether anything has changed
        html = side(client)

    assert html.count('class="u-virket_ikke"') == antall
    assert html.count('class="prosjekt"') == min(antall, 5)


def komprimert(fil):
    return len(brotli.compress(fil.read_bytes()))


def test_forsiden_holder_seg_lett(client):
    """The first view: 46 KiB without fonts and 176 KiB with, also when every municipality has a mark on the map."""
    for nummer in norge().punkter:
        kommune_med_organisasjon(nummer, f"Sted {nummer}")
    eiere = list(Organisasjon.objects.order_by("pk"))
    for eier, utfall in zip(eiere, itertools.cycle(Utfall.values), strict=False):
        lag_prosjekt("Tryggere netter uten faste tilsynsrunder", eier=eier, utfall=utfall)

    html = side(client)

    static = [settings.ROT / "static" / sti for sti in re.findall(r'(?:href|src)="/static/([^"]+)"', html)]
    skrifter = [fil for fil in static if fil.suffix == ".woff2"]
    resten = sum(komprimert(fil) for fil in static if fil not in skrifter) + len(gzip.compress(html.encode()))
    assert html.count("<use href=") > 357
    assert len(static) >= 10
    assert resten <= 46 * 1024
    assert resten + sum(fil.stat().st_size for fil in skrifter) <= 176 * 1024
