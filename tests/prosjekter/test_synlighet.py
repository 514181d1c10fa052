"""What is not open reaches nobody it is not for, on any surface: page, list, counts, choices, feed and sitemap.

Every test has rows that could have leaked.
"""

import pytest
from django.test import Client
from django.urls import reverse

from prosjekter.kodeverk import Partnerrolle, Status, Synlighet
from prosjekter.models import Deltakelse, Missiontilknytning
from tests.fabrikker import lag_kommune, lag_mission, lag_organisasjon, lag_prosjekt
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
# Those whose list does not hold it. Participants find their drafts on «Min side».
IKKE_I_LISTEN = [
    (rolle, status, synlighet)
    for (status, synlighet), ser in SER.items()
    for rolle in UTENFOR
    if status != Status.PUBLISERT or rolle not in ser
]
HEMMELIG = "Hemmelig tittel"


@pytest.fixture
def lag_hemmelig(roller):
    """A hidden project with a place, a partner and a mission that nothing else leads to."""

    def lag(status, synlighet):
        kommune = lag_kommune("Skjulvik", "3199")
        etat = lag_organisasjon("Skjult etat", slug="skjult-etat", sektor="statlig_etat", kommune=None)
        prosjekt = lag_prosjekt(
            HEMMELIG, slug="hemmelig", eier=roller.kommunen, status=status, synlighet=synlighet, fase="skalering"
        )
        for organisasjon in (roller.partneren, etat, lag_organisasjon("Skjulvik kommune", kommune=kommune)):
            Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=organisasjon, rolle=Partnerrolle.FAGPARTNER)
        Missiontilknytning.objects.create(prosjekt=prosjekt, mission=lag_mission(tittel="Mål"), svar="godtatt")
        return prosjekt

    return lag


@pytest.mark.parametrize("rolle", ROLLER)
@pytest.mark.parametrize(("status", "synlighet"), SER)
def test_siden_finnes_bare_for_dem_som_skal_se_den(lag_hemmelig, som, rolle, status, synlighet):
    prosjekt = lag_hemmelig(status, synlighet)

    svar = som(rolle).get(prosjekt.get_absolute_url())

    assert svar.status_code == (200 if rolle in SER[status, synlighet] else 404)
    assert (HEMMELIG in svar.content.decode()) is (rolle in SER[status, synlighet])


@pytest.mark.parametrize("rolle", ROLLER)
@pytest.mark.parametrize(("status", "synlighet"), SER)
def test_listen_har_bare_publiserte_prosjekter_leseren_kan_se(lag_hemmelig, som, rolle, status, synlighet):
    """A draft is not in the public list even for its owner; it is on «Min side»."""
    lag_hemmelig(status, synlighet)
    lag_prosjekt("Åpent")
    i_listen = status == Status.PUBLISERT and rolle in SER[status, synlighet]

    svar = som(rolle).get(reverse("prosjekter:liste"))

    assert (HEMMELIG in svar.content.decode()) is i_listen
    assert svar.context["antall"] == ("2 prosjekter" if i_listen else "1 prosjekt")


@pytest.mark.parametrize(("rolle", "status", "synlighet"), IKKE_I_LISTEN)
@pytest.mark.parametrize(
    "sporring",
    [
        {"q": "hemmelig"},
        {"fase": "skalering"},
        {"kommune": "3199"},
        {"organisasjon": "skjult-etat"},
        {"mission": True},
        {"q": "hemmelig", "fase": "pilot"},  # nothing found: the ways on are counted too
    ],
)
def test_filtrene_roper_ikke_at_prosjektet_finnes(lag_hemmelig, som, rolle, status, synlighet, sporring):
    prosjekt = lag_hemmelig(status, synlighet)
    if "mission" in sporring:
        sporring = {"mission": prosjekt.missions.get().slug}

    svar = som(rolle).get(reverse("prosjekter:liste"), sporring)

    assert svar.context["antall"] == "Ingen prosjekter"
    assert svar.context["utveier"] == []
    assert HEMMELIG not in svar.content.decode()


@pytest.mark.parametrize("rolle", ["anonym", "fremmed"])
def test_menyen_over_partnere_roper_ikke_hvem_som_deltar_i_noe_skjult(lag_hemmelig, som, rolle):
    lag_hemmelig(Status.PUBLISERT, Synlighet.PROSJEKT)
    apent = lag_prosjekt("Åpent")
    synlig = lag_organisasjon("Synlig etat", slug="synlig-etat", sektor="statlig_etat")
    Deltakelse.objects.create(prosjekt=apent, organisasjon=synlig, rolle=Partnerrolle.FAGPARTNER)

    html = som(rolle).get(reverse("prosjekter:liste")).content.decode()

    assert "Synlig etat" in html
    assert "Skjult etat" not in html


def test_en_upublisert_mission_kan_ikke_filtreres_paa_eller_ses_i_menyen():
    mission = lag_mission("Hemmelig mission", er_publisert=False)
    Missiontilknytning.objects.create(prosjekt=lag_prosjekt(), mission=mission, svar="godtatt")

    html = Client().get(reverse("prosjekter:liste"), {"mission": mission.slug}).content.decode()

    assert "Hemmelig mission" not in html
    assert "er ikke en mission vi kjenner" in html


@pytest.mark.parametrize("rolle", ROLLER)
@pytest.mark.parametrize(("status", "synlighet"), [s for s in SER if s != (Status.PUBLISERT, Synlighet.APEN)])
def test_strom_og_nettkart_har_bare_det_som_er_apent_for_alle(lag_hemmelig, som, rolle, status, synlighet):
    """Also for those who may see more: what a program fetches is passed on."""
    lag_hemmelig(status, synlighet)
    lag_prosjekt("Åpent", slug="apent")

    for adresse in ("/prosjekter/nye.atom", "/prosjekter/nye.atom?q=hemmelig", "/sitemap-prosjekter.xml"):
        innhold = som(rolle).get(adresse).content.decode().replace("?q=hemmelig", "").replace("«hemmelig»", "")
        assert "emmelig" not in innhold
    assert "/prosjekter/apent/" in innhold


@pytest.mark.parametrize("rolle", ROLLER)
def test_en_tidligere_deltaker_ser_ikke_lenger_det_skjulte(roller, som, rolle):
    prosjekt = lag_prosjekt(HEMMELIG, status=Status.KLADD)
    Deltakelse.objects.create(
        prosjekt=prosjekt, organisasjon=roller.kommunen, rolle=Partnerrolle.MEDEIER, til_dato="2020-01-01"
    )

    assert som(rolle).get(prosjekt.get_absolute_url()).status_code == 404


def test_noedverktoyet_viser_heller_ikke_kladder(som, roller):
    kladd, innsendt = (lag_prosjekt(f"Et {s}", eier=roller.kommunen, status=s) for s in (Status.KLADD, Status.INNSENDT))
    klient = som("administrator")

    liste = klient.get(reverse("admin:prosjekter_prosjekt_changelist")).content.decode()

    assert innsendt.tittel in liste
    assert kladd.tittel not in liste
    assert klient.get(reverse("admin:prosjekter_prosjekt_change", args=[innsendt.pk])).status_code == 200
    assert klient.get(reverse("admin:prosjekter_prosjekt_change", args=[kladd.pk])).status_code == 302
