"""Saving, confirming, looking after and leaving, by the link in the mail or by being signed in."""

import re
from datetime import timedelta
from unittest import mock
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from abonnement import handlinger
from abonnement.models import Abonnent, LagretSok
from prosjekter.models import Regel
from tests.fabrikker import lag_barriere, lag_kommune, lag_mission, lag_organisasjon, lag_sokbart
from utboks import jobber
from utboks.models import Epost

pytestmark = pytest.mark.django_db
KARI = "kari@fjordvik.example"
NY = "/abonnement/ny/"


@pytest.fixture(autouse=True)
def grenser():
    cache.clear()


def tekst(svar):
    return " ".join(svar.content.decode().split())


def lenken_i(post, navn):
    return re.search(rf"/abonnement/{navn}/\S+", post.tekst)[0]


def be_om(klient, sporring="", email=KARI, hyppighet="daglig"):
    return klient.post(f"{NY}?{sporring}", {"email": email, "hyppighet": hyppighet})


def lagret(sporring="", til=KARI, **felt):
    return handlinger.lagre(email=til, sporring=sporring, navn="Søket", hyppighet="daglig", **felt)


def knapp(klient, sok, gjor):
    return klient.post(f"/abonnement/styr/{sok.abonnent.hemmelighet}/{sok.pk}/", {"gjor": gjor}, follow=True)


# Saving


def test_siden_sier_hva_som_lagres_hva_adressen_brukes_til_og_tilbyr_stroemmen(client):
    mission = lag_mission("Alle unge med")
    lag_sokbart("Ungdomstorg")

    side = client.get(f"{NY}?q=ungdom&mission={mission.slug}&sorter=tittel")

    html = tekst(side)
    assert re.findall(r'<span class="ds-tag"[^>]*>([^<]+)<', html) == ["«ungdom»", "Alle unge med"]
    assert "Ingen prosjekter passer helt ennå." in html
    assert "Vi bruker adressen bare til dette." in html
    assert f'href="/prosjekter/nye.atom?mission={mission.slug}&amp;q=ungdom"' in html
    assert "Nå er det ett prosjekt her." in tekst(client.get(NY))
    assert not client.cookies.keys() - {"csrftoken"}


def test_fra_adresse_til_bekreftet_soek(client):
    svar = be_om(client, "utfall=virket_ikke&sorter=tittel&fase=pilot")

    assert svar["Location"] == "/abonnement/sendt/?fase=pilot&utfall=virket_ikke"
    sok = LagretSok.objects.get()
    assert (sok.sporring, sok.hyppighet, sok.bekreftet_tid) == ("fase=pilot&utfall=virket_ikke", "daglig", None)
    [post] = Epost.objects.all()
    assert post.til == KARI
    assert "    Prøvd, virket ikke · Pilot\n" in post.tekst
    lenke = lenken_i(post, "bekreft")

    assert "Ja, send meg nye treff" in tekst(client.get(lenke))
    sok.refresh_from_db()
    assert sok.bekreftet_tid is None  # mail guards open links

    assert "Søket er lagret" in tekst(client.post(lenke))
    assert "Søket var lagret fra før" in tekst(client.post(lenke))
    sok.refresh_from_db()
    assert sok.er_virksomt
    assert "Søket var lagret fra før" in tekst(client.get(lenke))


def test_det_samme_soeket_skrevet_paa_en_annen_maate_er_det_samme(client):
    be_om(client, "fase=pilot&fase=ide&utfall=virket")
    be_om(client, "utfall=virket&fase=ide&fase=pilot&fase=ide&sorter=nyeste&side=3")

    assert LagretSok.objects.count() == 1
    assert Epost.objects.count() == 1  # pressed twice


def test_ord_som_ble_rettet_lagres_slik_de_soekes_etter(client):
    lag_sokbart("Rusomsorg i Fjordvik", tekst={"utfordring": "Rusomsorg."})
    call_command("bygg_sokeindeks", "--alt", verbosity=0)
    side = client.get("/prosjekter/?q=rusomsrog")
    assert "Viser treff for" in tekst(side)

    be_om(client, "q=rusomsrog")

    assert LagretSok.objects.get().sporring == "q=rusomsorg"


@pytest.mark.parametrize("sporring", ["fase=tull", "mission=borte&utfall=virket", "q=!!!"])
def test_noe_som_ikke_finnes_nevnes_og_lagres_ikke(client, sporring):
    side = be_om(client, sporring)

    assert side.status_code == 200
    assert "Noe i søket finnes ikke" in tekst(side)
    assert not LagretSok.objects.exists()


# Barriers


def test_en_regel_foelges_fra_siden_sin_til_bekreftet(client):
    lag_barriere(lag_sokbart(), "Lov <b>om</b> www.eksempel.example § 7")
    regel = Regel.objects.get()
    ny = "/abonnement/barrierer/ny/"
    assert f'href="{ny}?regel={regel.slug}"' in tekst(client.get(regel.get_absolute_url()))
    side = tekst(client.get(f"{ny}?regel={regel.slug}&grupper=niva"))
    assert "Vi sier fra når noen melder en barriere, eller KS svarer på en, med:" in side
    assert "Nå er det én barriere her." in side
    assert f'href="/barrierer/nye.atom?regel={regel.slug}"' in side

    svar = client.post(f"{ny}?regel={regel.slug}&grupper=niva", {"email": KARI, "hyppighet": "daglig"})

    assert svar["Location"] == f"/abonnement/barrierer/sendt/?regel={regel.slug}"
    assert f'href="/barrierer/?regel={regel.slug}"' in tekst(client.get(svar["Location"]))
    [post] = Epost.objects.all()
    assert "    Barrierer · Lov b om b www eksempel example § 7\n" in post.tekst  # what somebody wrote, cut to words
    assert "prosjekter" not in post.tekst
    client.post(lenken_i(post, "bekreft"))
    sok = LagretSok.objects.get()
    assert sok.er_virksomt
    assert sok.adresse == f"/barrierer/?regel={regel.slug}"


def test_samme_soek_i_to_lister_er_to(client):
    be_om(client, "q=skole")
    client.post("/abonnement/barrierer/ny/?q=skole", {"email": KARI, "hyppighet": "daglig"})

    assert [(s.liste, s.adresse) for s in LagretSok.objects.all()] == [
        ("prosjekter", "/prosjekter/?q=skole&sorter=nyeste"),
        ("barrierer", "/barrierer/?q=skole"),
    ]


@pytest.mark.parametrize("sporring", ["regel=hemmelig-lov", "status=tull"])
def test_en_regel_leseren_ikke_ser_kan_ikke_foelges(client, sporring):
    lag_barriere(lag_sokbart(synlighet="sektor"), "Hemmelig lov")

    side = client.post(f"/abonnement/barrierer/ny/?{sporring}", {"email": KARI, "hyppighet": "daglig"})

    assert "Noe i søket finnes ikke" in tekst(side)
    assert "Hemmelig lov" not in tekst(side)
    assert not LagretSok.objects.exists()


@pytest.mark.parametrize(
    ("felt", "melding"),
    [
        ({"email": "", "hyppighet": "daglig"}, "Skriv e-postadressen din."),
        ({"email": "kari", "hyppighet": "daglig"}, "Adressen er ikke hel."),
        ({"email": KARI, "hyppighet": "aldri"}, "Velg hvor ofte du vil ha e-post."),
        ({"email": KARI}, "Velg hvor ofte du vil ha e-post."),
    ],
)
def test_feil_i_skjemaet_sies_og_det_skrevne_staar(client, felt, melding):
    side = client.post(f"{NY}?fase=pilot", felt)

    assert melding in tekst(side)
    assert felt["email"] in tekst(side)
    assert not Abonnent.objects.exists()


def test_et_soek_som_er_for_langt_sier_det(client):
    verdier = [f"fase={fase}" for fase in ("ide", "pilot")]
    with mock.patch("abonnement.views.MAKS_TEGN", 10):
        side = be_om(client, "&".join(verdier))

    assert "Søket har for mange filtre" in tekst(side)
    assert not LagretSok.objects.exists()


# Not a way to write to, or find out about, strangers


def test_svaret_er_likt_for_kjente_og_ukjente_adresser_og_naar_grensen_er_naadd(client):
    lagret("fase=pilot")
    svar = {be_om(client, "fase=pilot", email=e)["Location"] for e in (KARI, "ukjent@fjordvik.example")}
    svar |= {be_om(client, "fase=pilot", email=KARI)["Location"] for _nr in range(8)}

    assert svar == {"/abonnement/sendt/?fase=pilot"}
    assert Epost.objects.filter(til=KARI).count() == 1  # asked often, told once
    assert Epost.objects.get(til=KARI).emne == "Du følger allerede dette søket"
    sok = LagretSok.objects.get(abonnent__email=KARI)
    assert sok.er_virksomt


def test_hoeyst_saa_mange_soek_som_adressen_har_plass_til(client, som, roller):
    for nr in range(handlinger.MAKS_SOK):
        lagret(f"aar={2000 + nr}")
        lagret(f"aar={2000 + nr}", til=roller["eier"].email)

    assert be_om(client, "fase=pilot").status_code == 302
    assert Epost.objects.get().emne == "Det er ikke plass til flere lagrede søk"
    assert "Du har 20 lagrede søk." in tekst(som("eier").post(f"{NY}?fase=pilot", {"hyppighet": "daglig"}))
    assert LagretSok.objects.count() == 2 * handlinger.MAKS_SOK


def test_en_fremmed_kan_ikke_ta_opp_plassen(client):
    for nr in range(handlinger.MAKS_SOK):
        handlinger.be_om_bekreftelse(email=KARI, sporring=f"aar={2000 + nr}", navn="Tull", hyppighet="daglig")

    assert lagret("fase=pilot")
    assert be_om(client, "fase=ide").status_code == 302

    assert LagretSok.objects.count() == handlinger.MAKS_SOK
    assert LagretSok.objects.filter(sporring="fase=ide").exists()
    assert LagretSok.objects.virksomme().get().sporring == "fase=pilot"


def test_hoeyst_saa_mange_fra_samme_sted_og_det_skrevne_staar(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "lagre_sok": "1/h/ip"}
    be_om(client, email="en@fjordvik.example")

    side = be_om(client, email="to@fjordvik.example")

    assert "Vent en time" in tekst(side)
    assert "to@fjordvik.example" in tekst(side)
    assert Epost.objects.count() == 1


def test_det_noen_skriver_kan_ikke_brukes_til_aa_sende_lenker_til_fremmede(client):
    soppel = "Vinn en bil: https://svindel.example/vinn?x=1 <b>na</b> kjop/kjop/kjop/kjop/kjop/kjop/kjop/kjop"
    be_om(client, urlencode({"q": soppel}))

    [post] = Epost.objects.all()
    [linje] = re.findall(r"^ {4}«.*", post.tekst, re.MULTILINE)
    assert len(linje) < 70
    assert not set(linje) & set(":/.?<>=")
    assert "svindel" not in post.emne


# Links that do not work


def test_lenker_som_er_falske_for_gamle_eller_gjelder_noe_som_er_slettet(client):
    be_om(client)
    lenke = lenken_i(Epost.objects.get(), "bekreft")

    falsk = client.post(lenke[:-4] + "aaa/")
    assert falsk.status_code == 404
    assert "Prøv å kopiere hele lenken" in tekst(falsk)

    om_en_uke = timezone.now() + handlinger.FRIST + timedelta(minutes=1)
    with mock.patch("django.core.signing.time.time", return_value=om_en_uke.timestamp()):
        gammel = client.post(lenke)
    assert gammel.status_code == 404
    assert "Den virker i sju dager" in tekst(gammel)
    assert LagretSok.objects.get().bekreftet_tid is None

    LagretSok.objects.all().delete()
    borte = client.post(lenke)
    assert borte.status_code == 404
    assert "Søket er slettet" in tekst(borte)


@pytest.mark.parametrize("navn", ["styr", "stopp"])
def test_en_lenke_til_en_slettet_adresse_sier_at_den_er_slettet(client, navn):
    adresse = f"/abonnement/{navn}/{lagret().abonnent.hemmelighet}/"
    handlinger.slett(Abonnent.objects.get())

    assert "Søket er slettet, og vi sender ikke mer." in tekst(client.get(adresse))
    assert client.post(adresse).status_code == 404


# Leaving


def test_epostprogrammet_stopper_alt_med_ett_klikk_uten_innlogging_og_csrf():
    sok, programmet = lagret(), Client(enforce_csrf_checks=True)
    stopp = f"/abonnement/stopp/{sok.abonnent.hemmelighet}/"

    assert "Vil du stoppe all e-post" in tekst(programmet.get(stopp))
    assert LagretSok.objects.virksomme().exists()

    svar = Client(enforce_csrf_checks=True).post(stopp, {"List-Unsubscribe": "One-Click"})
    assert svar.status_code == 200
    assert "All e-post er stoppet" in tekst(svar)
    assert not LagretSok.objects.virksomme().exists()


def test_bare_stoppadressen_slipper_unna_csrf():
    sok, fremmed = lagret(), Client(enforce_csrf_checks=True)
    styr = f"/abonnement/styr/{sok.abonnent.hemmelighet}/"

    for adresse in (NY, f"{styr}{sok.pk}/", f"{styr}slett/", f"{styr}angre/", f"{styr}prov-igjen/"):
        assert fremmed.post(adresse, {"gjor": "slett", "email": KARI}).status_code == 403, adresse
    assert LagretSok.objects.count() == 1


def test_den_som_har_stoppet_kan_angre_i_en_uke_og_saa_er_alt_borte(client):
    sok = lagret()
    hemmelighet = sok.abonnent.hemmelighet
    client.post(f"/abonnement/stopp/{hemmelighet}/")
    assert "E-posten er stoppet" in tekst(client.get(f"/abonnement/styr/{hemmelighet}/"))
    handlinger.rydd(timezone.now() + timedelta(days=6))

    assert "Du får e-post igjen, som før." in tekst(client.post(f"/abonnement/styr/{hemmelighet}/angre/", follow=True))
    assert LagretSok.objects.virksomme().get() == sok

    client.post(f"/abonnement/stopp/{hemmelighet}/")
    handlinger.rydd(timezone.now() + timedelta(days=8))
    assert not Abonnent.objects.exists()


def test_slett_alt_tar_adressen_soekene_og_eposten_og_ingen_andres(client):
    lagret(til="ola@fjordvik.example")
    abonnent = lagret("fase=pilot").abonnent
    be_om(client, "fase=ide")
    be_om(client, "fase=ide", email="ola@fjordvik.example")

    svar = client.post(f"/abonnement/styr/{abonnent.hemmelighet}/slett/", follow=True)

    assert "Alt er slettet" in tekst(svar)
    assert [a.email for a in Abonnent.objects.all()] == ["ola@fjordvik.example"]
    assert [e.til for e in Epost.objects.all()] == ["ola@fjordvik.example"]


def test_ryddingen_tar_det_som_aldri_ble_bekreftet_og_adresser_posten_ikke_naar(client):
    be_om(client, email="aldri@fjordvik.example")
    Epost.objects.all().update(sendt_tid=timezone.now())
    lagret()
    stanset = lagret(til="stanset@fjordvik.example").abonnent
    Abonnent.objects.filter(pk=stanset.pk).update(stanset_tid=timezone.now())

    handlinger.rydd(timezone.now() + timedelta(days=6))
    assert Abonnent.objects.count() == 3
    handlinger.rydd(timezone.now() + timedelta(days=8))
    assert {a.email for a in Abonnent.objects.all()} == {KARI, "stanset@fjordvik.example"}
    assert not Epost.objects.exists()
    handlinger.rydd(timezone.now() + timedelta(days=181))
    assert [a.email for a in Abonnent.objects.all()] == [KARI]


def test_administrator_kan_slette_en_adresse_paa_oppfordring_uten_aa_se_hva_den_foelger(som, client):
    be_om(client, "q=skilsmisse")
    abonnent, admin = Abonnent.objects.get(), som("administrator")

    assert KARI in tekst(admin.get("/admin/abonnement/abonnent/"))
    for side in ("change", "delete", "history"):
        assert "skilsmisse" not in tekst(admin.get(f"/admin/abonnement/abonnent/{abonnent.pk}/{side}/"))
    admin.post(f"/admin/abonnement/abonnent/{abonnent.pk}/delete/", {"post": "yes"})

    assert not Abonnent.objects.exists()
    assert not Epost.objects.exists()


def test_jobbene_er_meldt_inn_hos_arbeideren():
    assert {"abonnement", "abonnement-rydding"} <= jobber.OPPGAVER.keys()


# Looking after


def test_knappene_paa_hvert_soek(client):
    sok, annet = lagret("fase=pilot"), lagret("fase=ide")

    assert "På pause siden" in tekst(knapp(client, sok, "pause"))
    assert "Søket er i gang." in tekst(knapp(client, sok, "fortsett"))
    assert "Hver mandag" in tekst(knapp(client, sok, "ukentlig"))
    sok.refresh_from_db()
    assert sok.hyppighet == "ukentlig"
    assert "Søket er slettet." in tekst(knapp(client, sok, "slett"))
    assert LagretSok.objects.get() == annet
    assert "Alt er slettet" in tekst(knapp(client, annet, "slett"))
    assert not Abonnent.objects.exists()


def test_en_annens_soek_kan_ikke_endres_med_min_lenke(client):
    mitt, ditt = lagret(), lagret(til="ola@fjordvik.example")

    svar = client.post(f"/abonnement/styr/{mitt.abonnent.hemmelighet}/{ditt.pk}/", {"gjor": "slett"})

    assert svar.status_code == 404
    assert LagretSok.objects.count() == 2
    assert client.post(f"/abonnement/styr/{mitt.abonnent.hemmelighet}/{mitt.pk}/", {"gjor": "tull"}).status_code == 404


def test_kommer_ikke_eposten_fram_sies_det_og_man_kan_proeve_igjen(som, roller):
    sok = lagret(til=roller["eier"].email)
    Abonnent.objects.update(stanset_tid=timezone.now())
    eier = som("eier")

    assert "E-posten kommer ikke fram" in tekst(eier.get("/min-side/"))
    assert "ingen treff går tapt" in tekst(eier.get("/abonnement/"))
    assert "Vi prøver igjen." in tekst(
        eier.post(f"/abonnement/styr/{sok.abonnent.hemmelighet}/prov-igjen/", follow=True)
    )
    assert Abonnent.objects.get().stanset_tid is None


def test_det_som_er_borte_fra_et_soek_sies_paa_siden(client):
    sok = lagret("mission=borte")
    LagretSok.objects.update(feil="«borte» er ikke en mission vi kjenner.")

    assert "«borte» er ikke en mission vi kjenner." in tekst(client.get(sok.abonnent.get_absolute_url()))


@pytest.mark.parametrize("antall", [1, 3])
def test_siden_bruker_like_mange_spoerringer(client, django_assert_num_queries, antall):
    for nr in range(antall):
        sok = lagret(f"aar={2000 + nr}")

    with django_assert_num_queries(2):
        svar = client.get(sok.abonnent.get_absolute_url())

    assert tekst(svar).count('value="slett"') == antall


# With an account


def test_den_som_er_logget_inn_lagrer_med_en_gang_til_sin_egen_adresse(som, roller):
    eier = som("eier")
    side = eier.get(f"{NY}?fase=pilot")
    assert roller["eier"].email in tekst(side)
    assert 'name="email"' not in tekst(side)

    svar = eier.post(f"{NY}?fase=pilot", {"hyppighet": "daglig", "email": "en.annen@fjordvik.example"}, follow=True)

    assert "Søket er lagret." in tekst(svar)
    assert LagretSok.objects.virksomme().get().abonnent.email == roller["eier"].email
    assert not Epost.objects.exists()
    assert ">Pilot</a>" in tekst(eier.get("/min-side/"))
    assert ">Pilot</a>" not in tekst(som("kollega").get("/min-side/"))
    assert "Du følger ingen søk ennå." in tekst(som("kollega").get("/abonnement/"))


def test_soek_lagret_uten_konto_er_ens_egne_naar_man_logger_inn(client, som, roller):
    be_om(client, "fase=pilot", email=roller["eier"].email.upper())
    client.post(lenken_i(Epost.objects.get(), "bekreft"))

    assert ">Pilot</a>" in tekst(som("eier").get("/abonnement/"))


def test_mine_data_har_med_soekene_og_sletting_tar_dem(som, roller):
    eier, email = som("eier"), roller["eier"].email
    lagret("fase=pilot", til=email)
    lagret("fase=ide")

    data = eier.get("/min-side/mine-data.json").json()
    [sok] = data["sok_du_folger"]
    assert (sok["sok"], sok["hvor_ofte"]) == ("/prosjekter/?fase=pilot", "Hver dag")

    eier.post("/min-side/slett/", {"bekreft": "on"})
    assert [a.email for a in Abonnent.objects.all()] == [KARI]


# Ways there


def test_listen_missionen_og_kommunen_foerer_til_samme_skjema(client):
    mission = lag_mission()
    lag_kommune("Halden", "3101")
    partner = lag_sokbart(eier=lag_organisasjon(sektor="frivillighet")).eier
    for fra, til in (
        ("/prosjekter/?utfall=pagar", "/abonnement/ny/?utfall=pagar"),
        ("/prosjekter/?q=finnesikke", "/abonnement/ny/?q=finnesikke"),
        ("/sok/?q=finnesikke", "/abonnement/ny/?q=finnesikke"),
        ("/sok/?q=halden", "/abonnement/ny/?q=halden"),
        (mission.get_absolute_url(), f"/abonnement/ny/?mission={mission.slug}"),
        ("/kommuner/3101/", "/abonnement/ny/?kommune=3101"),
        ("/fylker/31/", "/abonnement/ny/?fylke=31"),
        (partner.get_absolute_url(), f"/abonnement/ny/?organisasjon={partner.slug}"),
    ):
        assert f'href="{til}"' in client.get(fra).content.decode(), fra
        assert client.get(til).status_code == 200


def test_personvernsiden_sier_hva_som_lagres(client):
    assert "Når du følger et søk" in tekst(client.get("/om/personvern/"))
