"""What is not open reaches nobody it is not for, on any surface: page, list, counts, choices, feed and sitemap.

Every test has rows that could have leaked.
"""

import pytest
from django.test import Client
from django.urls import reverse

from prosjekter.kodeverk import Partnerrolle, Status, Synlighet
from prosjekter.models import Deltakelse, Missiontilknytning
from tests.fabrikker import lag_kommune, lag_mission, lag_organisasjon, lag_sokbart
from tests.rollebesetning import ROLLER

pytestmark = pytest.mark.django_db

# Those outside the project; and for each kind of hidden project, who sees it all the same.
UTENFOR = ("anonym", "fremmed", "moderator", "missionkurator", "folgeforsker", "administrator")
DELTAKERE = {"eier", "kollega", "ansvarlig", "partner"}
KS = {"moderator", "administrator"}
SER = {
    (Status.PUBLISERT, Synlighet.APEN): set(ROLLER),
    (Status.PUBLISERT, Synlighet.SEKTOR): set(ROLLER) - {"anonym"},
    # The curator because it is proposed to a mission.
    (Status.PUBLISERT, Synlighet.PROSJEKT): DELTAKERE | KS | {"folgeforsker", "missionkurator"},
    (Status.KLADD, Synlighet.APEN): DELTAKERE,
    (Status.INNSENDT, Synlighet.APEN): DELTAKERE | KS,
    (Status.TIL_RETTING, Synlighet.APEN): DELTAKERE | KS,
    (Status.AVPUBLISERT, Synlighet.APEN): DELTAKERE | KS,
    (Status.ARKIVERT, Synlighet.APEN): DELTAKERE | KS,
}
HEMMELIG = "Hemmelig"


@pytest.fixture
def lag_hemmelige(roller):
    """Hidden projects of these kinds, all at once, with a place, a partner and a mission nothing else leads to."""

    def lag(slag):
        steder = [
            roller.partneren,
            lag_organisasjon("Skjult etat", slug="skjult-etat", sektor="statlig_etat", kommune=None),
            lag_organisasjon("Skjulvik kommune", kommune=lag_kommune("Skjulvik", "3199")),
        ]
        mission = lag_mission(tittel="Mål")
        return {
            (status, synlighet): lag_hemmelig(roller.kommunen, status, synlighet, steder, mission)
            for status, synlighet in slag
        }

    return lag


def lag_hemmelig(eier, status, synlighet, steder, mission):
    slug = f"hemmelig-{status}-{synlighet}"
    prosjekt = lag_sokbart(
        f"{HEMMELIG} {status} {synlighet}", slug=slug, eier=eier, status=status, synlighet=synlighet, fase="skalering"
    )
    for organisasjon in steder:
        Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=organisasjon, rolle=Partnerrolle.FAGPARTNER)
    Missiontilknytning.objects.create(prosjekt=prosjekt, mission=mission, svar="godtatt")
    return prosjekt


def vist(prosjekter, html):
    return {slag for slag, prosjekt in prosjekter.items() if prosjekt.tittel in html}


@pytest.mark.parametrize("rolle", ROLLER)
def test_siden_finnes_bare_for_dem_som_skal_se_den(lag_hemmelige, som, rolle):
    klient = som(rolle)

    svar = {slag: (klient.get(p.get_absolute_url()), p.tittel) for slag, p in lag_hemmelige(SER).items()}

    statuser = {slag: side.status_code for slag, (side, _tittel) in svar.items()}
    assert statuser == {slag: 200 if rolle in ser else 404 for slag, ser in SER.items()}
    assert {slag for slag, (side, tittel) in svar.items() if tittel in side.content.decode()} == ser_av(rolle)


def ser_av(rolle):
    return {slag for slag, ser in SER.items() if rolle in ser}


def i_listen_for(rolle):
    """A draft is not in the public list even for its owner; it is on «Min side»."""
    return {slag for slag in ser_av(rolle) if slag[0] == Status.PUBLISERT}


@pytest.mark.parametrize("rolle", ROLLER)
def test_listen_har_bare_publiserte_prosjekter_leseren_kan_se(lag_hemmelige, som, rolle):
    prosjekter = lag_hemmelige(SER)
    lag_sokbart("Helt åpent")

    svar = som(rolle).get(reverse("prosjekter:liste"))

    assert vist(prosjekter, svar.content.decode()) == i_listen_for(rolle)
    antall = len(i_listen_for(rolle)) + 1
    assert svar.context["antall"] == f"{antall} prosjekter"


@pytest.mark.parametrize("rolle", UTENFOR)
def test_filtrene_roper_ikke_at_prosjektet_finnes(lag_hemmelige, som, rolle):
    prosjekter = lag_hemmelige(set(SER) - i_listen_for(rolle))
    mission = next(iter(prosjekter.values())).missions.get()
    klient = som(rolle)

    for sporring in (
        {"q": "hemmelig"},
        {"fase": "skalering"},
        {"kommune": "3199"},
        {"organisasjon": "skjult-etat"},
        {"mission": mission.slug},
        {"q": "hemmelig", "fase": "pilot"},  # nothing found: the ways on are counted too
    ):
        svar = klient.get(reverse("prosjekter:liste"), sporring)

        assert svar.context["antall"] == "Ingen prosjekter", sporring
        assert svar.context["utveier"] == [], sporring
        assert vist(prosjekter, svar.content.decode()) == set(), sporring


@pytest.mark.parametrize("rolle", ["anonym", "fremmed"])
def test_menyen_over_partnere_roper_ikke_hvem_som_deltar_i_noe_skjult(lag_hemmelige, som, rolle):
    lag_hemmelige([(Status.PUBLISERT, Synlighet.PROSJEKT)])
    apent = lag_sokbart("Åpent")
    synlig = lag_organisasjon("Synlig etat", slug="synlig-etat", sektor="statlig_etat")
    Deltakelse.objects.create(prosjekt=apent, organisasjon=synlig, rolle=Partnerrolle.FAGPARTNER)

    html = som(rolle).get(reverse("prosjekter:liste")).content.decode()

    assert "Synlig etat" in html
    assert "Skjult etat" not in html


def test_en_upublisert_mission_kan_ikke_filtreres_paa_eller_ses_i_menyen():
    mission = lag_mission("Hemmelig mission", er_publisert=False)
    Missiontilknytning.objects.create(prosjekt=lag_sokbart(), mission=mission, svar="godtatt")

    html = Client().get(reverse("prosjekter:liste"), {"mission": mission.slug}).content.decode()

    assert "Hemmelig mission" not in html
    assert "er ikke en mission vi kjenner" in html


@pytest.mark.parametrize("rolle", ROLLER)
def test_strom_og_nettkart_har_bare_det_som_er_apent_for_alle(lag_hemmelige, som, rolle):
    """Also for those who may see more: what a program fetches is passed on."""
    lag_hemmelige(set(SER) - {(Status.PUBLISERT, Synlighet.APEN)})
    lag_sokbart("Åpent", slug="apent")
    klient = som(rolle)

    for adresse in ("/prosjekter/nye.atom", "/prosjekter/nye.atom?q=hemmelig", "/sitemap-prosjekter.xml"):
        innhold = klient.get(adresse).content.decode().replace("?q=hemmelig", "").replace("«hemmelig»", "")
        assert "emmelig" not in innhold, adresse
    assert "/prosjekter/apent/" in innhold


@pytest.mark.parametrize("rolle", ROLLER)
def test_en_tidligere_deltaker_ser_ikke_lenger_det_skjulte(roller, som, rolle):
    prosjekt = lag_sokbart(HEMMELIG, status=Status.KLADD)
    Deltakelse.objects.create(
        prosjekt=prosjekt, organisasjon=roller.kommunen, rolle=Partnerrolle.MEDEIER, til_dato="2020-01-01"
    )

    assert som(rolle).get(prosjekt.get_absolute_url()).status_code == 404


def test_noedverktoyet_viser_heller_ikke_kladder(som, roller):
    kladd, innsendt = (lag_sokbart(f"Et {s}", eier=roller.kommunen, status=s) for s in (Status.KLADD, Status.INNSENDT))
    klient = som("administrator")

    liste = klient.get(reverse("admin:prosjekter_prosjekt_changelist")).content.decode()

    assert innsendt.tittel in liste
    assert kladd.tittel not in liste
    assert klient.get(reverse("admin:prosjekter_prosjekt_change", args=[innsendt.pk])).status_code == 200
    assert klient.get(reverse("admin:prosjekter_prosjekt_change", args=[kladd.pk])).status_code == 302
