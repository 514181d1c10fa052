"""Challenges, missions and main projects as the public meets them."""

from datetime import date

import pytest
from django.urls import reverse

from missions.models import Hovedprosjekt, Nokkeltall, Samfunnsutfordring
from prosjekter import fasettindeks
from prosjekter.kodeverk import Fase, Partnerrolle, Status, Synlighet, Utfall
from prosjekter.models import Deltakelse, Missiontilknytning
from tests.fabrikker import lag_barriere, lag_mission, lag_organisasjon, lag_prosjekt

pytestmark = pytest.mark.django_db
Svar = Missiontilknytning.Svar


def lag_utfordring(navn="Ungt utenforskap", slug="ungt-utenforskap", **felt):
    return Samfunnsutfordring.objects.create(navn=navn, slug=slug, ingress=f"Kort om {navn}.", **felt)


def lag_hovedprosjekt(tittel="Frakobling", slug="frakobling", **felt):
    return Hovedprosjekt.objects.create(tittel=tittel, slug=slug, ingress=f"Kort om {tittel}.", **felt)


def i_mission(mission, *, svar=Svar.GODTATT, **felt):
    prosjekt = lag_prosjekt(**felt)
    Missiontilknytning.objects.create(prosjekt=prosjekt, mission=mission, svar=svar)
    return prosjekt


def tekst(svar):
    return " ".join(svar.content.decode().split())


def test_tom_oversikt_sier_fra_og_viser_en_vei_videre(client):
    svar = client.get(reverse("missions:liste"))

    assert "KS har ikke lagt inn noen samfunnsutfordringer ennå." in tekst(svar)


def test_oversikten_viser_utfordringer_med_missions_hovedprosjekter_og_tall(client):
    utfordring = lag_utfordring()
    Nokkeltall.objects.create(
        samfunnsutfordring=utfordring, verdi="11 %", tekst="av dem under 30", aar=2022, kilde="KS"
    )
    mission = lag_mission("Alle unge med", samfunnsutfordring=utfordring)
    lag_hovedprosjekt(samfunnsutfordring=utfordring)
    lag_hovedprosjekt("Det muliges kunst", "det-muliges-kunst")
    i_mission(mission, utfall=Utfall.VIRKET)

    innhold = tekst(client.get(reverse("missions:liste")))

    assert "11 %" in innhold
    assert "KS, 2022" in innhold
    assert mission.get_absolute_url() in innhold
    assert "1 prosjekt." in innhold
    assert "/missions/hovedprosjekter/frakobling/" in innhold
    assert "På tvers av utfordringene" in innhold
    assert "Det muliges kunst" in innhold


@pytest.mark.parametrize("antall", [1, 3])
def test_oversikten_bruker_like_mange_spoerringer(client, django_assert_num_queries, antall):
    for nr in range(antall):
        utfordring = lag_utfordring(f"Utfordring {nr}", f"u-{nr}")
        Nokkeltall.objects.create(samfunnsutfordring=utfordring, verdi=f"{nr}", tekst="tall", aar=2022, kilde="KS")
        lag_hovedprosjekt(f"Hovedprosjekt {nr}", f"h-{nr}", samfunnsutfordring=utfordring)
        i_mission(lag_mission(samfunnsutfordring=utfordring))

    fasettindeks.naa()  # what the process remembers of the projects is read once
    with django_assert_num_queries(6):
        svar = client.get(reverse("missions:liste"))

    assert tekst(svar).count("1 prosjekt.") == antall


def test_upublisert_mission_finnes_ikke_for_andre_enn_kuratorer(som):
    skjult = lag_mission("Hemmelig retning", er_publisert=False)
    lag_hovedprosjekt(samfunnsutfordring=skjult.samfunnsutfordring, mission=skjult)
    steder = [
        reverse("missions:liste"),
        reverse("missions:samfunnsutfordring", args=[skjult.samfunnsutfordring.slug]),
        reverse("missions:hovedprosjekt", args=["frakobling"]),
    ]

    for rolle in ("anonym", "fremmed", "eier", "ansvarlig", "partner", "folgeforsker", "moderator"):
        klient = som(rolle)
        assert klient.get(skjult.get_absolute_url()).status_code == 404
        assert not any("Hemmelig retning" in tekst(klient.get(sted)) for sted in steder)
    for rolle in ("missionkurator", "administrator"):
        assert "Bare kuratorer ser denne siden" in tekst(som(rolle).get(skjult.get_absolute_url()))


@pytest.mark.parametrize(
    "rolle",
    ["anonym", "fremmed", "eier", "kollega", "ansvarlig", "partner", "folgeforsker", "moderator", "missionkurator"],
)
def test_alle_kan_lese_sidene(som, rolle):
    utfordring = lag_utfordring()
    mission = lag_mission(samfunnsutfordring=utfordring)
    hovedprosjekt = lag_hovedprosjekt(samfunnsutfordring=utfordring, mission=mission)
    klient = som(rolle)

    svar = [klient.get(objekt.get_absolute_url()) for objekt in (utfordring, mission, hovedprosjekt)]

    assert [s.status_code for s in svar] == [200, 200, 200]
    assert ("Rediger" in tekst(svar[1])) == (rolle == "missionkurator")


def test_missionsiden_har_retning_frist_og_grunn(client):
    mission = lag_mission(
        "Alle unge med",
        frist=date(2035, 12, 31),
        hvorfor_haster="Hvert år et **nytt kull**.",
        vent_kostnad="Dyrere å snu.",
        periode_fra=date(2026, 1, 1),
        periode_til=date(2030, 12, 31),
    )

    innhold = tekst(client.get(mission.get_absolute_url()))

    assert "31. desember 2035" in innhold
    assert "2026–2030" in innhold
    assert "<strong>nytt kull</strong>" in innhold
    assert "Hva det koster å vente" in innhold
    assert "Alle hører til." in innhold
    assert "Ingen prosjekter hører til missionen ennå" in innhold


def test_missionen_viser_bare_det_som_er_publisert_godtatt_og_aapent(client):
    mission = lag_mission()
    i_mission(mission, tittel="Vist prosjekt")
    i_mission(mission, tittel="Foreslått bare", svar=Svar.FORESLATT)
    i_mission(mission, tittel="Avslått her", svar=Svar.AVSLATT)
    i_mission(mission, tittel="Lukket kladd", status=Status.KLADD)
    i_mission(mission, tittel="Sendt til KS", status=Status.INNSENDT)
    i_mission(mission, tittel="Bare for sektoren", synlighet=Synlighet.SEKTOR)
    i_mission(mission, tittel="Bare for deltakere", synlighet=Synlighet.PROSJEKT)
    i_mission(lag_mission(), tittel="I en annen mission")

    innhold = tekst(client.get(mission.get_absolute_url()))

    assert "Vist prosjekt" in innhold
    assert "Se prosjektet i listen" in innhold
    for skjult in (
        "Foreslått bare", "Avslått her", "Lukket kladd", "Sendt til KS", "Bare for sektoren", "Bare for deltakere",
        "I en annen mission",
    ):  # fmt: skip
        assert skjult not in innhold


def test_missionen_viser_hva_som_staar_i_veien_for_dem_som_ser_det(som):
    mission = lag_mission()
    for lov, felt in (
        ("Apen lov", {}),
        ("Foreslatt lov", {"svar": Svar.FORESLATT}),
        ("Sektorens lov", {"synlighet": Synlighet.SEKTOR}),
        ("Kladdens lov", {"status": Status.KLADD}),
    ):
        lag_barriere(i_mission(mission, **felt), lov)

    for rolle, ser in (("anonym", {"Apen lov"}), ("fremmed", {"Apen lov", "Sektorens lov"})):
        innhold = tekst(som(rolle).get(mission.get_absolute_url()))
        assert {n for n in ("Apen lov", "Foreslatt lov", "Sektorens lov", "Kladdens lov") if n in innhold} == ser
        assert f"/barrierer/?mission={mission.slug}" in innhold


def test_egen_kladd_teller_ikke_paa_missionsiden(som, roller):
    mission = lag_mission()
    i_mission(mission, tittel="Min kladd", status=Status.KLADD, eier=roller.kommunen)

    innhold = tekst(som("eier").get(mission.get_absolute_url()))

    assert "Min kladd" not in innhold


def test_prosjektene_staar_etter_fase_med_lenke_til_resten(client):
    mission = lag_mission()
    for _nr in range(4):
        i_mission(mission, fase=Fase.PILOT, utfall=Utfall.VIRKET_IKKE)
    i_mission(mission, fase=Fase.IDE)

    svar = client.get(mission.get_absolute_url())
    faser = svar.context["faser"]

    assert [(f.navn, f.antall, len(f.prosjekter)) for f in faser] == [("Idé", 1, 1), ("Pilot", 4, 3)]
    assert "4 prøvd, virket ikke" in tekst(svar)
    assert f"?mission={mission.slug}&amp;fase=pilot" in tekst(svar)
    assert svar.context["antall_virket_ikke"] == 4


def test_de_som_er_med_staar_etter_sektor(client):
    mission = lag_mission()
    partner = lag_organisasjon("Universitetet i Midtby", sektor="forskning_utdanning")
    for navn in ("Ålvik", "Askvik", "Øyvik"):
        prosjekt = i_mission(mission, eier=lag_organisasjon(navn))
        Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=partner, rolle=Partnerrolle.FAGPARTNER)
    sluttet = lag_organisasjon("Sluttet her")
    Deltakelse.objects.create(
        prosjekt=prosjekt, organisasjon=sluttet, rolle=Partnerrolle.MEDEIER, til_dato=date(2020, 1, 1)
    )

    svar = client.get(mission.get_absolute_url())
    sektorer = [(s.kode, s.antall, [o.navn for o in s.organisasjoner]) for s in svar.context["sektorer"]]

    assert sektorer == [
        ("kommune", 3, ["Askvik", "Øyvik", "Ålvik"]),
        ("forskning_utdanning", 1, ["Universitetet i Midtby"]),
    ]
    assert svar.context["antall_kommuner"] == 3


def test_mange_i_en_sektor_gir_noen_navn_og_et_tall(client):
    mission = lag_mission()
    for nr in range(10):
        i_mission(mission, eier=lag_organisasjon(f"Kommune {nr}"))

    assert "og 2 til" in tekst(client.get(mission.get_absolute_url()))


@pytest.mark.parametrize("antall", [1, 3, 12])
def test_missionsiden_bruker_like_mange_spoerringer(client, django_assert_num_queries, antall):
    mission = lag_mission()
    for nr in range(antall):
        lag_hovedprosjekt(f"H {nr}", f"h-{nr}", mission=mission)
        prosjekt = i_mission(mission, fase=list(Fase)[nr % 8], utfall=list(Utfall)[nr % 7])
        Deltakelse.objects.create(
            prosjekt=prosjekt, organisasjon=lag_organisasjon(sektor="frivillighet"), rolle=Partnerrolle.FAGPARTNER
        )
        lag_barriere(prosjekt)

    client.get(mission.get_absolute_url())  # what the process remembers of the projects is read once
    with django_assert_num_queries(9):
        svar = client.get(mission.get_absolute_url())

    assert svar.context["antall"] == antall


@pytest.mark.parametrize("antall", [1, 3])
def test_utfordringen_bruker_like_mange_spoerringer(client, django_assert_num_queries, antall):
    utfordring = lag_utfordring()
    for nr in range(antall):
        lag_hovedprosjekt(f"H {nr}", f"h-{nr}", samfunnsutfordring=utfordring)
        i_mission(lag_mission(samfunnsutfordring=utfordring))

    fasettindeks.naa()
    with django_assert_num_queries(5):
        client.get(utfordring.get_absolute_url())


@pytest.mark.parametrize("antall", [1, 3])
def test_hovedprosjektet_lister_prosjektene_sine(client, django_assert_num_queries, antall):
    hovedprosjekt = lag_hovedprosjekt()
    for _nr in range(antall):
        lag_prosjekt(hovedprosjekt=hovedprosjekt)
    lag_prosjekt("Skjult kladd", hovedprosjekt=hovedprosjekt, status=Status.KLADD)

    with django_assert_num_queries(6):
        svar = client.get(hovedprosjekt.get_absolute_url())

    assert svar.context["side"].paginator.count == antall
    assert "Skjult kladd" not in tekst(svar)


@pytest.mark.parametrize("adresse", ["finnes-ikke", "utfordringer/finnes-ikke", "hovedprosjekter/finnes-ikke"])
def test_ukjent_adresse_gir_404(client, adresse):
    assert client.get(f"/missions/{adresse}/").status_code == 404


@pytest.mark.parametrize("side", ["0", "-1", "abc", "99999999999999999999", "%00"])
def test_rar_side_gir_aldri_500(client, side):
    hovedprosjekt = lag_hovedprosjekt()

    assert client.get(f"{hovedprosjekt.get_absolute_url()}?side={side}").status_code in (200, 400)


@pytest.mark.parametrize("er_eksempel", [True, False])
def test_siden_sier_fra_om_eksempeldata(client, er_eksempel):
    mission = lag_mission()
    i_mission(mission, er_eksempel=er_eksempel)
    sider = [client.get(adresse) for adresse in (reverse("missions:liste"), mission.get_absolute_url())]

    assert [side.context["viser_eksempeldata"] for side in sider] == [er_eksempel, er_eksempel]
    assert ("Eksempeldata" in tekst(sider[1])) == er_eksempel
