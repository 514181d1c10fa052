"""The worker's jobs: done when due, by one at a time, and seen when they fail."""

import threading
from datetime import timedelta

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from django.utils import timezone

from utboks import jobber
from utboks.handlinger import legg_i_utboks, send_ventende
from utboks.models import Epost, Jobb

pytestmark = pytest.mark.django_db
TIME = timedelta(hours=1)


@pytest.fixture(autouse=True)
def ingen_andre_jobber(monkeypatch):
    monkeypatch.setattr(jobber, "OPPGAVER", {})


def test_en_jobb_gjoeres_naar_den_forfaller_og_ikke_foer():
    gjort = []
    jobber.registrer("telling", lambda: gjort.append(1), hver=TIME)

    assert jobber.kjor_forfalte() == ["telling"]
    assert jobber.kjor_forfalte() == []
    Jobb.objects.update(neste_tid=timezone.now())
    assert jobber.kjor_forfalte() == ["telling"]

    assert len(gjort) == 2
    jobb = Jobb.objects.get()
    assert jobb.sist_ferdig >= jobb.sist_startet
    assert jobb.neste_tid == jobb.sist_startet + TIME


def test_den_som_har_mer_aa_gjoere_slipper_til_igjen_straks():
    jobber.registrer("haug", lambda: True, hver=TIME)

    assert [jobber.kjor_forfalte(), jobber.kjor_forfalte()] == [["haug"], ["haug"]]


def test_en_jobb_som_feiler_stopper_ikke_de_andre_proeves_igjen_og_synes(caplog):
    def gaar_galt():
        raise ValueError("kari@fjordvik.example")

    jobber.registrer("gal", gaar_galt, hver=TIME)
    jobber.registrer("god", lambda: None, hver=TIME)

    assert jobber.kjor_forfalte() == ["god"]

    gal = Jobb.objects.get(navn="gal")
    assert (gal.siste_feil, gal.antall_feil, gal.sist_ferdig) == ("ValueError", 1, None)
    assert gal.neste_tid <= timezone.now() + jobber.NYTT_FORSOK
    assert "gal feilet" in caplog.text
    assert "kari@" not in caplog.records[0].getMessage()

    jobber.registrer("gal", lambda: None, hver=TIME)
    Jobb.objects.update(neste_tid=timezone.now())
    jobber.kjor_forfalte()
    gal.refresh_from_db()
    assert (gal.siste_feil, gal.antall_feil) == ("", 0)


def test_doer_arbeideren_midt_i_tar_en_annen_over_naar_leien_er_ute():
    def drept():
        raise SystemExit

    jobber.registrer("drept", drept, hver=timedelta(minutes=1))
    with pytest.raises(SystemExit):
        jobber.kjor_forfalte()
    jobber.registrer("drept", lambda: None, hver=timedelta(minutes=1))

    assert jobber.kjor_forfalte() == []
    Jobb.objects.update(neste_tid=timezone.now())  # the lease runs out
    assert jobber.kjor_forfalte() == ["drept"]


@pytest.mark.django_db(transaction=True)
def test_av_flere_arbeidere_gjoer_en_jobben():
    gjort = []
    jobber.registrer("en", lambda: gjort.append(1), hver=TIME)

    def arbeid():
        jobber.kjor_forfalte()
        connection.close()

    traader = [threading.Thread(target=arbeid) for _ in range(4)]
    [t.start() for t in traader]
    [t.join() for t in traader]

    assert len(gjort) == 1


def test_ryddingen_er_en_jobb(monkeypatch):
    apps.get_app_config("utboks").ready()

    assert "rydding" in jobber.OPPGAVER
    assert "rydding" in jobber.kjor_forfalte()


def test_administrator_ser_jobbene_og_kan_be_om_en_med_en_gang(som):
    jobber.registrer("telling", lambda: None, hver=TIME)
    jobber.kjor_forfalte()
    admin = som("administrator")

    assert "telling" in admin.get("/admin/utboks/jobb/").content.decode()
    admin.post("/admin/utboks/jobb/", {"action": "gjor_naa", "_selected_action": Jobb.objects.get().pk})

    assert jobber.kjor_forfalte() == ["telling"]


# Headers of one's own


def test_avmeldingshoder_foelger_med_og_slettes_med_teksten_naar_den_er_hemmelig():
    hoder = {
        "List-Unsubscribe": "<https://portal.example/stopp/abc/>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    legg_i_utboks(nokkel="a", til="kari@fjordvik.example", emne="Hei", tekst="Nytt", er_hemmelig=True, hoder=hoder)

    send_ventende()

    [sendt] = mail.outbox
    assert hoder.items() <= sendt.extra_headers.items()
    assert sendt.message()["List-Unsubscribe"] == hoder["List-Unsubscribe"]
    assert Epost.objects.get().hoder == {}


@pytest.mark.parametrize(
    "hoder",
    [
        {"Bcc": "andre@fjordvik.example"},
        {"From": "ks@ks.example"},
        {"List-Unsubscribe": "<https://portal.example/>\nBcc: a@b.example"},
        {"List-Unsubscribe": "<https://portal.example/æ>"},
    ],
)
def test_andre_hoder_og_linjeskift_kommer_aldri_i_utboksen(hoder):
    with pytest.raises(ValueError, match="kan ikke sendes"):
        legg_i_utboks(nokkel="a", til="kari@fjordvik.example", emne="Hei", tekst="Nytt", hoder=hoder)

    assert not Epost.objects.exists()
