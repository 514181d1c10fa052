"""The mail with new hits, when what is followed is barriers."""

from datetime import timedelta
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from abonnement import handlinger
from abonnement.utsending import send_forfalte
from kommuner.kodeverk import Rolle
from prosjekter.handlinger import barriere as barriere_handlinger
from prosjekter.kodeverk import Synlighet, Utfall
from prosjekter.models import Barriere, Missiontilknytning
from tests.abonnement.test_utsending import FREDAG, KARI, LORDAG, SONDAG, lagre, morgen, nytt
from tests.fabrikker import lag_barriere, lag_bruker, lag_ks, lag_mission, lag_organisasjon, lag_sokbart

pytestmark = pytest.mark.django_db


def folg(sporring="regel=helsepersonelloven-21", **felt):
    return handlinger.lagre(
        email=KARI, liste="barrierer", sporring=sporring, navn="Søket", hyppighet="daglig", naa=FREDAG, **felt
    )


def meldt(prosjekt=None, hjemmel="Helsepersonelloven § 21", *, timer=1, **felt):
    prosjekt = prosjekt or lag_sokbart(publisert_tid=FREDAG - timedelta(days=9))
    return lag_barriere(prosjekt, hjemmel, opprettet_tid=FREDAG + timedelta(hours=timer), **felt)


def flytt(barriere, *, timer=1, til="i_policylab", tekst="Vi ser på den sammen."):
    av = lag_bruker(i=lag_ks(), rolle=Rolle.MODERATOR)
    with mock.patch.object(timezone, "now", return_value=FREDAG + timedelta(hours=timer)):
        barriere_handlinger.flytt(barriere, fra=barriere.policylab_status, til=til, tekst=tekst, av=av)


def test_den_som_foelger_en_regel_faar_vite_hva_som_er_meldt_og_flyttet():
    gammel = meldt(timer=-9, hva_stopper="Den gamle stopper oss.")
    meldt(timer=-9, hva_stopper="Den urørte stopper oss.")
    folg()
    prosjekt = lag_sokbart("Lag rundt familien", publisert_tid=FREDAG - timedelta(days=9))
    meldt(prosjekt, hva_stopper="Den nye stopper oss.")
    meldt(hjemmel="Plan- og bygningsloven", hva_stopper="En annen lov stopper oss.")
    flytt(gammel)

    [post] = morgen(LORDAG)

    assert post.subject == "2 nyheter: Barrierer · Helsepersonelloven § 21"
    assert "Helsepersonelloven § 21: Den nye stopper oss\nNy her. Status: Meldt · Lag rundt familien" in post.body
    assert "Den gamle stopper oss\nKS har svart: I policylab" in post.body
    assert "Vi ser på den sammen." in post.body
    assert gammel.get_absolute_url() in post.body
    assert not any(ord_ in post.body for ord_ in ("urørte", "annen lov"))
    assert "/abonnement/stopp/" in post.extra_headers["List-Unsubscribe"]
    assert morgen(SONDAG) == []


def test_en_barriere_kommer_naar_prosjektet_den_staar_i_veien_for_blir_publisert():
    folg()
    prosjekt = nytt("Nytt prosjekt", timer=3)
    meldt(prosjekt, timer=-200, hva_stopper="Den stopper oss.")

    [post] = morgen(LORDAG)

    assert "Den stopper oss" in post.body


def test_ingen_epost_om_det_leseren_ikke_ser_eller_som_er_trukket():
    folg("")
    meldt(lag_sokbart(synlighet=Synlighet.SEKTOR), hva_stopper="Sektorens stopper oss.")
    meldt(lag_sokbart(status="kladd"), hva_stopper="Kladdens stopper oss.")
    meldt(hva_stopper="Den trukne stopper oss.", trukket_tid=FREDAG)
    meldt(hva_stopper="Den tatt ned stopper oss.", tatt_ned_tid=FREDAG, tatt_ned_grunn="reklame")

    assert morgen(LORDAG) == []


def test_retten_til_aa_se_en_barriere_avgjoeres_naar_eposten_skrives():
    lag_bruker(email=KARI, i=lag_organisasjon("Fjordvik kommune"))
    folg("")
    prosjekt = lag_sokbart(synlighet=Synlighet.SEKTOR, publisert_tid=FREDAG - timedelta(days=9))
    meldt(prosjekt, hva_stopper="Sektorens stopper oss.")

    [post] = morgen(LORDAG)

    assert "Sektorens stopper oss" in post.body
    assert "bare for kommunesektoren" in post.body


def test_prosjekter_og_barrierer_gaar_i_samme_epost():
    lagre("utfall=virket_ikke")
    folg()
    meldt()
    nytt("Naustet", utfall=Utfall.VIRKET_IKKE)

    [post] = morgen(LORDAG)

    assert post.subject == "2 nyheter i søkene dine"
    assert "Nytt i søket: Prøvd, virket ikke" in post.body
    assert "Nytt i søket: Barrierer · Helsepersonelloven § 21" in post.body


def test_en_regel_som_blir_del_av_en_annen_foelges_videre():
    folg_denne, den_andre = meldt(timer=-9).regel, meldt(hjemmel="Hpl. 21", timer=-9).regel
    folg(f"regel={den_andre.slug}")
    av = lag_bruker(i=lag_ks(), rolle=Rolle.MODERATOR)
    barriere_handlinger.sla_sammen(den_andre, med=folg_denne, av=av)
    meldt(hva_stopper="Den nye stopper oss.")

    [post] = morgen(LORDAG)

    assert "Den nye stopper oss" in post.body


def test_en_barriere_som_flyttes_under_en_fulgt_regel_er_ny_der_en_gang():
    regel = meldt(timer=-9, hva_stopper="Den gamle stopper oss.").regel
    flyttet = meldt(hjemmel="Hpl. paragraf 21", timer=-9, hva_stopper="Den flyttede stopper oss.")
    slatt_sammen = meldt(hjemmel="Helselov 21", timer=-9, hva_stopper="Den sammenslåtte stopper oss.")
    skjult = lag_sokbart(synlighet=Synlighet.SEKTOR, publisert_tid=FREDAG - timedelta(days=9))
    sektorens = meldt(skjult, hjemmel="Hpl. paragraf 21", timer=-9, hva_stopper="Sektorens stopper oss.")
    folg()
    handlinger.lagre(
        email="ola@nord.example", liste="barrierer", sporring=f"regel={slatt_sammen.regel.slug}", navn="S",
        hyppighet="daglig", naa=FREDAG,
    )  # fmt: skip
    av = lag_bruker(i=lag_ks(), rolle=Rolle.MODERATOR)
    Barriere.historikk.update(history_date=FREDAG - timedelta(hours=9))
    with mock.patch.object(timezone, "now", return_value=FREDAG + timedelta(hours=2)):
        barriere_handlinger.legg_under(flyttet, regel=regel, av=av)
        barriere_handlinger.legg_under(sektorens, regel=regel, av=av)
        barriere_handlinger.sla_sammen(slatt_sammen.regel, med=regel, av=av)

    poster = {post.to[0]: post.body for post in morgen(LORDAG)}

    hos = {til: [o for o in ("flyttede", "sammenslåtte", "gamle", "Sektorens") if o in p] for til, p in poster.items()}
    assert hos == {KARI: ["flyttede", "sammenslåtte"], "ola@nord.example": ["flyttede"]}
    assert "Den flyttede stopper oss\nNy her. Status: Meldt" in poster[KARI]
    with mock.patch.object(timezone, "now", return_value=LORDAG + timedelta(hours=2)):
        barriere_handlinger.legg_under(flyttet, regel=barriere_handlinger.regel_for("Enda en lov"), av=av)
    assert morgen(SONDAG) == []


def test_barrierene_i_et_prosjekt_som_tas_inn_i_en_fulgt_mission_er_nye_der_en_gang():
    mission, prosjekt = lag_mission("Alle unge med"), lag_sokbart(publisert_tid=FREDAG - timedelta(days=9))
    meldt(prosjekt, timer=-9, hva_stopper="Den stopper oss.")
    meldt(timer=-9, hva_stopper="Den utenfor stopper oss.")
    tatt_inn = {"svar": "godtatt", "avgjort_tid": FREDAG + timedelta(hours=2)}
    folg(f"mission={mission.slug}")
    Missiontilknytning.objects.create(prosjekt=prosjekt, mission=mission, **tatt_inn)

    [post] = morgen(LORDAG)

    assert "Den stopper oss" in post.body
    assert "utenfor" not in post.body
    assert morgen(SONDAG) == []


@pytest.mark.parametrize("antall", [1, 3])
def test_barrierene_hentes_med_like_mange_spoerringer(antall):
    folg()
    for _nr in range(antall):
        meldt()

    with CaptureQueriesContext(connection) as sporringer:
        send_forfalte(LORDAG)

    assert sum("prosjekter_barriere" in s["sql"] for s in sporringer) == 3
