"""The mail with new hits: what is in it, when it goes, and that nothing is lost or told twice."""

import email
import threading
from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from abonnement import handlinger, utsending
from abonnement.models import Abonnent, LagretSok, neste_utsending
from abonnement.utsending import MAKS_VISTE, send_forfalte
from kommuner.kodeverk import Rolle
from missions.models import Mission
from partnerskap.felles import innhold
from prosjekter.handlinger import mission as mission_handlinger
from prosjekter.kodeverk import Synlighet, Utfall
from prosjekter.models import Missiontilknytning
from tests.fabrikker import lag_bruker, lag_kommune, lag_ks, lag_mission, lag_organisasjon, lag_sokbart
from utboks.handlinger import send_ventende
from utboks.models import MAKS_FORSOK, Epost

pytestmark = pytest.mark.django_db
KARI = "kari@fjordvik.example"
FREDAG = datetime(2026, 11, 20, 12, tzinfo=UTC)
LORDAG, SONDAG, MANDAG, TIRSDAG = (FREDAG.replace(hour=6, minute=30) + timedelta(days=n) for n in (1, 2, 3, 4))


def lagre(sporring="", hyppighet="daglig", til=KARI, naa=FREDAG):
    return handlinger.lagre(email=til, sporring=sporring, navn="Søket", hyppighet=hyppighet, naa=naa)


def nytt(tittel, *, timer=1, **felt):
    """Published so many hours after Friday noon."""
    return lag_sokbart(tittel, publisert_tid=FREDAG + timedelta(hours=timer), **felt)


def morgen(naa):
    """What the mail program gets that morning."""
    for_dette = len(mail.outbox)
    send_forfalte(naa)
    send_ventende()
    return mail.outbox[for_dette:]


def ventende():
    """Written, not yet delivered."""
    return list(Epost.objects.filter(sendt_tid=None).order_by("pk"))


# What is in it


def test_bare_det_som_er_nytt_i_soeket_kommer_med():
    lagre("utfall=virket_ikke")
    nytt("Gammelt", timer=-1, utfall=Utfall.VIRKET_IKKE)
    nytt("Virket dessverre ikke", utfall=Utfall.VIRKET_IKKE, eier=lag_organisasjon("Fjordvik kommune"))
    nytt("Virket godt", utfall=Utfall.VIRKET)
    nytt("Kladd", status="kladd")

    [post] = morgen(LORDAG)
    assert post.to == [KARI]
    assert post.subject == "1 nytt prosjekt: Prøvd, virket ikke"
    assert "Virket dessverre ikke\nFjordvik kommune · Idé · Prøvd, virket ikke\nKort fortalt" in post.body
    assert "/prosjekter/prosjekt-" in post.body
    assert not any(ord_ in post.body for ord_ in ("Gammelt", "godt", "Kladd"))


def test_uten_nye_treff_kommer_ingen_epost():
    lagre()
    nytt("Gammelt", timer=-1)

    assert morgen(LORDAG) == []
    assert LagretSok.objects.get().neste_tid == neste_utsending("daglig", LORDAG)


def test_mange_treff_blir_en_kort_liste_med_resten_bak_en_lenke(settings):
    lagre("q=ungdom")
    for nr in range(MAKS_VISTE + 12):
        nytt(f"Ungdom {nr:02}", timer=1 + nr / 100)

    [post] = morgen(LORDAG)
    assert post.subject == "22 nye prosjekter: «ungdom»"
    assert post.body.count("\nUngdom") == MAKS_VISTE
    assert f"Og 12 til. Se alle:\n{settings.PORTAL_ADRESSE}/prosjekter/?q=ungdom&sorter=nyeste" in post.body


def test_en_epost_for_alle_soekene_og_et_prosjekt_nevnes_en_gang():
    lagre("utfall=virket_ikke")
    lagre("fase=ide")
    lagre("fase=drift")
    nytt("Begge deler", utfall=Utfall.VIRKET_IKKE)
    nytt("Bare idé")

    [post] = morgen(LORDAG)
    assert post.subject == "2 nye prosjekter i søkene dine"
    assert post.body.count("Begge deler") == 1
    assert post.body.index("Begge deler") < post.body.index("Bare idé")
    assert "Drift" not in post.body


def test_eposten_leses_godt_og_kan_stoppes_med_ett_klikk(settings):
    settings.PORTAL_ADRESSE = "https://portal-for-radikal-innovasjon.example"
    lagre("utfall=virket_ikke")
    nytt("Naustet", utfall=Utfall.VIRKET_IKKE)

    [sendt] = morgen(LORDAG)

    stopp = f"https://portal-for-radikal-innovasjon.example/abonnement/stopp/{Abonnent.objects.get().hemmelighet}/"
    hode = email.message_from_bytes(sendt.message().as_bytes())
    assert "".join(hode["List-Unsubscribe"].split()) == f"<{stopp}>"
    assert hode["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sendt.body.startswith("Nytt i søket: Prøvd, virket ikke\n================================\n\nNaustet\n")
    assert f"Stopp all e-post:\n{stopp}" in sendt.body
    assert Epost.objects.get().tekst == ""  # it holds the key to her searches


# When it goes


def test_daglig_neste_morgen_og_ukentlig_paa_mandag_etter_veggklokka():
    def lokalt(*args):
        return timezone.localtime(neste_utsending(*args)).strftime("%a %d.%m %H:%M %z")

    assert lokalt("daglig", FREDAG) == "Sat 21.11 07:00 +0100"
    assert lokalt("daglig", datetime(2026, 11, 20, 5, tzinfo=UTC)) == "Fri 20.11 07:00 +0100"
    assert lokalt("ukentlig", FREDAG) == "Mon 23.11 07:00 +0100"
    assert lokalt("ukentlig", datetime(2026, 11, 23, 5, tzinfo=UTC)) == "Mon 23.11 07:00 +0100"
    assert lokalt("ukentlig", MANDAG) == "Mon 30.11 07:00 +0100"
    assert lokalt("daglig", datetime(2026, 3, 28, 12, tzinfo=UTC)) == "Sun 29.03 07:00 +0200"  # the clock went forward


def test_ukentlige_venter_til_mandag_og_gaar_sammen_med_de_daglige():
    lagre("utfall=virket_ikke", "ukentlig")
    lagre("fase=pilot", "daglig")
    nytt("Ukens", utfall=Utfall.VIRKET_IKKE)
    nytt("Dagens", fase="pilot")

    [post] = morgen(LORDAG)
    assert "Dagens" in post.body
    assert "Ukens" not in post.body

    nytt("Søndagens", timer=30, fase="pilot")
    [post] = morgen(MANDAG)
    assert "Ukens" in post.body
    assert "Søndagens" in post.body
    assert "Dagens" not in post.body
    assert morgen(TIRSDAG) == []


def test_aldri_mer_enn_en_epost_om_dagen_og_treffene_venter():
    lagre()
    nytt("Først")
    assert len(morgen(LORDAG)) == 1
    LagretSok.objects.update(neste_tid=LORDAG)  # as when the worker had been away until just before seven
    nytt("Etterpå", timer=19)

    assert morgen(LORDAG + timedelta(hours=3)) == []

    [post] = morgen(SONDAG)
    assert "Etterpå" in post.body


@pytest.mark.parametrize("kom_tid", [-timedelta(seconds=30), timedelta(seconds=30)])
def test_et_prosjekt_som_publiseres_mens_det_sendes_kommer_noeyaktig_en_gang(kom_tid):
    """It gets its time a moment before anyone else can see it."""
    lagre()
    nytt("Alltid noe")
    if kom_tid > timedelta(0):
        lag_sokbart("Akkurat nå", publisert_tid=LORDAG + kom_tid)
    [lordag] = morgen(LORDAG)
    if kom_tid < timedelta(0):
        lag_sokbart("Akkurat nå", publisert_tid=LORDAG + kom_tid)

    [sondag] = morgen(SONDAG)

    assert "Akkurat nå" not in lordag.body
    assert "Akkurat nå" in sondag.body
    assert "Alltid noe" not in sondag.body


# Nothing lost, nothing twice


@pytest.mark.parametrize("hvor", ["utboks.handlinger.Epost.objects.get_or_create", "abonnement.models.Abonnent.save"])
def test_drept_midt_i_har_ingenting_skjedd_og_neste_arbeider_sender_en(hvor):
    lagre()
    nytt("Naustet")
    with mock.patch(hvor, side_effect=SystemExit), pytest.raises(SystemExit):
        assert morgen(LORDAG) == []
    assert LagretSok.objects.get().sett_til == FREDAG

    send_forfalte(LORDAG)
    [post] = morgen(LORDAG)
    assert "Naustet" in post.body


def test_feiler_en_faar_de_andre_sin_og_den_ene_proeves_igjen(caplog):
    lagre(til="ola@fjordvik.example")
    lagre()
    nytt("Naustet")
    ekte = utsending.varsler.nye_treff

    def feiler_for_ola(abonnent, *args):
        if abonnent.email.startswith("ola"):
            raise ValueError("ola@fjordvik.example")
        return ekte(abonnent, *args)

    with mock.patch("abonnement.utsending.varsler.nye_treff", feiler_for_ola):
        send_forfalte(LORDAG)
    assert [post.til for post in ventende()] == [KARI]
    assert "ola@" not in "".join(r.getMessage() for r in caplog.records)

    send_forfalte(LORDAG + timedelta(hours=1))
    assert {post.til for post in ventende()} == {KARI, "ola@fjordvik.example"}


def test_en_bunke_om_gangen_og_til_slutt_har_alle_faatt():
    for nr in range(3):
        lagre(til=f"person{nr}@fjordvik.example")
    nytt("Naustet")

    assert [send_forfalte(LORDAG, bunke=2), send_forfalte(LORDAG, bunke=2)] == [True, False]

    assert len({post.til for post in ventende()}) == 3


@pytest.mark.django_db(transaction=True)
def test_av_flere_arbeidere_skriver_en_til_hver():
    for nr in range(5):
        lagre(til=f"person{nr}@fjordvik.example")
    nytt("Naustet")

    def arbeid():
        send_forfalte(LORDAG)
        connection.close()

    traader = [threading.Thread(target=arbeid) for _ in range(3)]
    [t.start() for t in traader]
    [t.join() for t in traader]

    assert sorted(post.til for post in ventende()) == [f"person{nr}@fjordvik.example" for nr in range(5)]
    assert set(LagretSok.objects.values_list("sett_fra", flat=True)) == {FREDAG}


def test_kommandoen_gjoer_det_samme_for_den_som_bruker_cron(capsys):
    lagre(naa=timezone.now() - timedelta(days=2))
    lag_sokbart("Naustet", publisert_tid=timezone.now() - timedelta(days=1))

    call_command("send_abonnement")

    assert [post.til for post in ventende()] == [KARI]
    assert "utboksen" in capsys.readouterr().out


def gi_opp(post):
    Epost.objects.filter(pk=post.pk).update(gitt_opp_tid=timezone.now(), antall_forsok=MAKS_FORSOK)


def test_kommer_eposten_ikke_fram_stanses_den_og_treffene_kommer_naar_den_virker_igjen():
    lagre("fase=ide")
    ukentlig = lagre("utfall=virket_ikke", "ukentlig")
    nytt("Naustet")
    send_forfalte(LORDAG)
    gi_opp(ventende()[0])
    nytt("Bryggen", timer=20)

    assert morgen(SONDAG) + morgen(MANDAG) == []

    abonnent = Abonnent.objects.get()
    assert abonnent.stanset_tid == SONDAG
    ukentlig.refresh_from_db()
    assert ukentlig.sett_til == FREDAG

    handlinger.prov_igjen(abonnent, naa=MANDAG)
    [post] = morgen(TIRSDAG)
    assert "Naustet" in post.body
    assert "Bryggen" in post.body


def test_et_soek_som_ikke_var_med_i_eposten_som_forsvant_gaar_ikke_tilbake():
    ukentlig = lagre("utfall=virket_ikke", "ukentlig")
    lagre("fase=pilot")
    nytt("Ukens", utfall=Utfall.VIRKET_IKKE)
    assert len(morgen(MANDAG)) == 1
    nytt("Dagens", timer=80, fase="pilot")
    send_forfalte(TIRSDAG)
    gi_opp(ventende()[0])

    utsending.stans_der_posten_ikke_kommer_fram()

    ukentlig.refresh_from_db()
    assert ukentlig.sett_til > FREDAG


def test_er_forrige_epost_underveis_ventes_det_paa_den():
    lagre()
    nytt("Naustet")
    send_forfalte(LORDAG)
    nytt("Bryggen", timer=20)

    send_forfalte(SONDAG)
    assert len(ventende()) == 1

    send_ventende()
    [post] = morgen(MANDAG)
    assert "Bryggen" in post.body


def test_pause_mister_ingenting_og_den_som_begynner_paa_nytt_faar_bare_det_nye():
    sok = lagre()
    handlinger.pause(sok, FREDAG)
    nytt("I pausen")
    assert morgen(LORDAG) == []

    sok.refresh_from_db()
    handlinger.fortsett(sok, LORDAG)
    [post] = morgen(SONDAG)
    assert "I pausen" in post.body

    handlinger.meld_av(sok.abonnent, SONDAG)
    nytt("Mens hun var borte", timer=50)
    sok.refresh_from_db()
    handlinger.fortsett(sok, MANDAG)
    assert morgen(TIRSDAG) == []


@pytest.mark.parametrize("hva", ["ubekreftet", "avmeldt"])
def test_den_som_ikke_har_bekreftet_eller_har_meldt_seg_av_faar_ingenting(hva):
    if hva == "ubekreftet":
        handlinger.be_om_bekreftelse(email=KARI, sporring="", navn="Alt", hyppighet="daglig", naa=FREDAG)
        Epost.objects.all().delete()
    else:
        handlinger.meld_av(lagre().abonnent, FREDAG)
    nytt("Naustet")

    assert morgen(LORDAG) == []


# Who may see what


def test_uten_konto_kommer_bare_det_som_er_aapent_for_alle():
    lagre()
    nytt("Åpent")
    nytt("For sektoren", synlighet=Synlighet.SEKTOR)
    nytt("For deltakerne", synlighet=Synlighet.PROSJEKT)

    [post] = morgen(LORDAG)
    assert "Åpent" in post.body
    assert "For " not in post.body


def test_med_konto_avgjoer_rettighetene_i_dag_og_det_sies_hva_som_ikke_er_for_alle():
    kommunen = lag_organisasjon("Fjordvik")
    kari = lag_bruker("Kari", i=kommunen, email=KARI)
    lagre()
    nytt("For sektoren", synlighet=Synlighet.SEKTOR)
    nytt("Vårt eget", synlighet=Synlighet.PROSJEKT, eier=kommunen)
    nytt("De andres", synlighet=Synlighet.PROSJEKT)
    nytt("Vår kladd", status="kladd", eier=kommunen)

    [post] = morgen(LORDAG)
    assert "· bare for kommunesektoren" in post.body
    assert "Vårt eget" in post.body
    assert "De andres" not in post.body
    assert "kladd" not in post.body

    # She quits; what comes after is for others.
    kari.medlemskap.update(til_dato=FREDAG.date())
    nytt("Også for sektoren", timer=20, synlighet=Synlighet.SEKTOR)
    assert morgen(SONDAG) == []


def test_en_sperret_konto_gir_ikke_mer_enn_aapent():
    lag_bruker("Kari", i=lag_ks(), rolle=Rolle.MODERATOR, email=KARI, is_active=False)
    lagre()
    nytt("For sektoren", synlighet=Synlighet.SEKTOR)

    assert morgen(LORDAG) == []


# What the search means


def test_foelg_en_mission_gir_ogsaa_det_som_tas_inn_lenge_etter_at_det_ble_publisert():
    mission, annen = lag_mission("Alle unge med"), lag_mission()
    lagre(f"mission={mission.slug}")
    gammelt, avslatt, nyere = nytt("Naustet", timer=-500), nytt("Bryggen", timer=-400), nytt("Torget")

    def svar(prosjekt, svaret, tid, til=mission):
        Missiontilknytning.objects.create(prosjekt=prosjekt, mission=til, svar=svaret, avgjort_tid=tid)

    svar(gammelt, "godtatt", FREDAG + timedelta(hours=2))
    svar(avslatt, "avslatt", FREDAG + timedelta(hours=2))
    svar(avslatt, "godtatt", FREDAG + timedelta(hours=2), annen)
    svar(nyere, "godtatt", LORDAG + timedelta(hours=2))

    [post] = morgen(LORDAG)
    assert "Naustet" in post.body
    assert "Bryggen" not in post.body
    assert "Torget" not in post.body

    [post] = morgen(SONDAG)
    assert "Torget" in post.body
    assert "Naustet" not in post.body


def test_et_prosjekt_missionen_ombestemmer_seg_om_mellom_to_eposter_er_ikke_nytt_igjen():
    mission = lag_mission("Alle unge med")
    kurator = lag_bruker(i=lag_ks(), rolle=Rolle.MISSIONKURATOR)
    lagre(f"mission={mission.slug}")
    prosjekter = nytt("Naustet", timer=-500), nytt("Bryggen", timer=-400)
    med = [Missiontilknytning.objects.create(prosjekt=prosjekt, mission=mission) for prosjekt in prosjekter]

    def kuratoren(tilknytning, sett, svar, tid):
        with mock.patch.object(timezone, "now", return_value=tid):
            assert mission_handlinger.avgjor_tilknytning(
                tilknytning, sett=sett, svar=svar, begrunnelse="Nei.", av=kurator
            )

    for tilknytning in med:
        kuratoren(tilknytning, "foreslatt", "godtatt", FREDAG + timedelta(hours=2))
    [post] = morgen(LORDAG)
    assert ("Naustet" in post.body, "Bryggen" in post.body) == (True, True)

    for tilknytning in med:
        kuratoren(tilknytning, "godtatt", "avslatt", LORDAG + timedelta(hours=2))
    kuratoren(med[0], "avslatt", "godtatt", LORDAG + timedelta(hours=3))
    assert morgen(SONDAG) == []

    kuratoren(med[1], "avslatt", "godtatt", SONDAG + timedelta(hours=2))  # it had been out of the search meanwhile
    [post] = morgen(MANDAG)
    assert ("Naustet" in post.body, "Bryggen" in post.body) == (False, True)


def test_en_kommune_gir_ogsaa_det_den_bare_deltar_i_under_dagens_navn():
    halden = lag_kommune("Halden", "3101")
    lagre("kommune=3101")
    nytt("Naustet", eier=lag_organisasjon("Halden kommune", kommune=halden))
    nytt("Andre steder")

    [post] = morgen(LORDAG)
    assert post.subject == "1 nytt prosjekt: Halden"
    assert "Andre" not in post.body


def test_ord_ingen_har_gir_ikke_det_som_ligner():
    """The list shows the closest rather than nothing. Nobody asked to be sent that."""
    lagre("q=barnehage+rullestol")
    nytt("Barnehagen ute")
    assert morgen(LORDAG) == []

    nytt("Barnehage for barn i rullestol", timer=20)
    [post] = morgen(SONDAG)
    assert "rullestol" in post.body


def test_det_soeket_utvides_med_naar_bare_ett_passer_blir_ikke_sendt():
    lagre("q=drosjeordning")
    nytt("Drosjeordningen", timer=1)
    nytt("Flere drosjer", timer=2)

    [post] = morgen(LORDAG)
    assert post.subject == "1 nytt prosjekt: «drosjeordning»"
    assert "Flere drosjer" not in post.body


def test_blir_missionen_skjult_utvides_ikke_soeket_det_sies_en_gang_og_ingenting_tapes():
    mission = lag_mission("Alle unge med")
    lagre(f"mission={mission.slug}")
    prosjekt = nytt("Naustet")
    Missiontilknytning.objects.create(
        prosjekt=prosjekt, mission=mission, svar="godtatt", avgjort_tid=FREDAG + timedelta(hours=2)
    )
    vis_missionen(False)

    [post] = morgen(LORDAG)
    assert post.subject == "Et søk du har lagret, virker ikke som før"
    assert f"«{mission.slug}» er ikke en mission vi kjenner." in post.body
    assert "Naustet" not in post.body
    assert morgen(SONDAG) == []

    vis_missionen(True)
    [post] = morgen(MANDAG)
    assert "Naustet" in post.body
    assert LagretSok.objects.get().feil == ""


def vis_missionen(synlig):
    Mission.objects.update(er_publisert=synlig)
    innhold.endret("mission")  # part of every deed that shows or hides one


def test_forsvinner_ett_av_flere_valg_virker_resten_og_det_sies():
    lagre("mission=borte&mission=her&utfall=virket")
    mission = lag_mission()
    Mission.objects.update(slug="her")
    prosjekt = nytt("Naustet", utfall=Utfall.VIRKET)
    Missiontilknytning.objects.create(prosjekt=prosjekt, mission=mission, svar="godtatt", avgjort_tid=FREDAG)
    nytt("Utenfor", utfall=Utfall.VIRKET)

    [post] = morgen(LORDAG)
    assert "Resten av søket virker fortsatt." in post.body
    assert "Naustet" in post.body
    assert "Utenfor" not in post.body


def test_et_filter_portalen_ikke_lenger_har_utvider_heller_ikke_soeket():
    lagre("farge=blaa")
    nytt("Naustet")

    [post] = morgen(LORDAG)
    assert "Naustet" not in post.body
    assert "finnes ikke lenger" in post.body


def test_antall_spoerringer_avhenger_ikke_av_hvor_mange_treff_det_er():
    antall = []
    for nr, dag in ((1, LORDAG), (3, SONDAG)):
        lagre("utfall=pagar", til=f"person{nr}@fjordvik.example")
        LagretSok.objects.update(sett_til=FREDAG, neste_tid=dag)
        Abonnent.objects.update(sist_sendt_dato=None)
        for _nr in range(nr):
            nytt("Prosjekt")
        abonnent = Abonnent.objects.get(email=f"person{nr}@fjordvik.example")
        with CaptureQueriesContext(connection) as sporringer:
            assert utsending.send_til(abonnent.pk, dag)
        antall.append(len(sporringer))

    assert antall[0] == antall[1]
