"""The outbox loses nothing: not when the deed rolls back, the server is down, or the worker is killed."""

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from unittest import mock

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from utboks.handlinger import LEIE, legg_i_utboks, rydd, send_ventende
from utboks.models import MAKS_FORSOK, Epost


class Nedetid(BaseEmailBackend):
    def send_messages(self, meldinger):
        raise ConnectionRefusedError("kari@fjordvik.example avvist")


def skriv(nokkel="a", **felt):
    return legg_i_utboks(nokkel=nokkel, til="kari@fjordvik.example", emne="Hei", tekst="Velkommen", **felt)


@pytest.mark.django_db(transaction=True)
def test_rulles_handlingen_tilbake_finnes_ingen_epost():
    with pytest.raises(RuntimeError), transaction.atomic():
        skriv()
        raise RuntimeError

    assert send_ventende() == 0
    assert mail.outbox == []


@pytest.mark.django_db
def test_samme_nokkel_to_ganger_blir_en_epost():
    skriv("prosjekt-1-publisert")
    skriv("prosjekt-1-publisert")

    assert send_ventende() == 1
    assert send_ventende() == 0
    assert [m.to for m in mail.outbox] == [["kari@fjordvik.example"]]


@pytest.mark.django_db
def test_linjeskift_i_emnet_kan_ikke_bli_nye_hoder():
    epost = legg_i_utboks(nokkel="a", til="a@b.example", emne="Hei\nBcc: c@d.example", tekst="x")

    send_ventende()

    assert epost.emne == "Hei Bcc: c@d.example"
    assert mail.outbox[0].recipients() == ["a@b.example"]


@pytest.mark.django_db
def test_er_tjeneren_nede_proves_det_igjen_senere_uten_at_noe_tapes(settings):
    epost = skriv()
    settings.EMAIL_BACKEND = "tests.utboks.test_utboks.Nedetid"

    assert send_ventende() == 0
    epost.refresh_from_db()
    assert epost.antall_forsok == 1
    assert epost.siste_feil == "ConnectionRefusedError"
    assert epost.neste_forsok > timezone.now()

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_ventende() == 0  # not yet due
    Epost.objects.update(neste_forsok=timezone.now())
    assert send_ventende() == 1


@pytest.mark.django_db
def test_etter_siste_forsok_ligger_den_igjen_for_folk_og_loggen_navngir_ingen(settings, caplog):
    skriv()
    settings.EMAIL_BACKEND = "tests.utboks.test_utboks.Nedetid"

    for _ in range(MAKS_FORSOK):
        Epost.objects.update(neste_forsok=timezone.now())
        send_ventende()
    Epost.objects.update(neste_forsok=timezone.now())

    assert Epost.objects.gitt_opp().count() == 1
    assert not Epost.objects.ventende().exists()
    assert "ConnectionRefusedError" in caplog.text
    assert "fjordvik" not in caplog.text


@pytest.mark.django_db
def test_dor_arbeideren_midt_i_kommer_eposten_tilbake_med_samme_meldingsid():
    epost = skriv()
    with mock.patch("utboks.handlinger.EmailMessage.send", side_effect=SystemExit), pytest.raises(SystemExit):
        send_ventende()

    assert send_ventende() == 0  # leased
    Epost.objects.update(neste_forsok=timezone.now() - timedelta(seconds=1))  # the lease runs out
    assert send_ventende() == 1
    assert str(epost.melding_id) in mail.outbox[0].extra_headers["Message-ID"]
    assert timedelta(minutes=1) < LEIE


@pytest.mark.django_db
def test_teksten_i_en_hemmelig_epost_slettes_naar_den_er_levert():
    hemmelig, vanlig = skriv("kode", er_hemmelig=True), skriv("vanlig")

    send_ventende()

    hemmelig.refresh_from_db(), vanlig.refresh_from_db()
    assert (hemmelig.tekst, vanlig.tekst) == ("", "Velkommen")


@pytest.mark.django_db
def test_ryddingen_sletter_bare_det_som_er_levert_for_lenge_siden():
    gammel, ny, ventende = skriv("gammel"), skriv("ny"), skriv("ventende")
    Epost.objects.filter(pk=gammel.pk).update(sendt_tid=timezone.now() - timedelta(days=31))
    Epost.objects.filter(pk=ny.pk).update(sendt_tid=timezone.now())

    assert rydd() == 1

    assert set(Epost.objects.values_list("pk", flat=True)) == {ny.pk, ventende.pk}


@pytest.mark.django_db
def test_ogsaa_det_som_aldri_kom_fram_slettes_etter_en_maaned():
    gammel, ny = skriv("gammel", er_hemmelig=True), skriv("ny")
    Epost.objects.filter(pk=gammel.pk).update(gitt_opp_tid=timezone.now() - timedelta(days=31))
    Epost.objects.filter(pk=ny.pk).update(gitt_opp_tid=timezone.now() - timedelta(days=1))

    assert rydd() == 1

    assert list(Epost.objects.all()) == [ny]


@pytest.mark.django_db
def test_utloepte_okter_slettes_for_de_kan_holde_adresser_og_tekst():
    for nokkel, dager in (("utloept", -1), ("gyldig", 1)):
        Session.objects.create(session_key=nokkel, session_data="x", expire_date=timezone.now() + timedelta(days=dager))

    rydd()

    assert [s.session_key for s in Session.objects.all()] == ["gyldig"]


@pytest.mark.django_db
def test_kommandoen_leverer_en_gang(capsys):
    skriv()

    call_command("arbeider", "--en-gang")

    assert capsys.readouterr().out.strip() == "1 levert"


@pytest.mark.django_db(transaction=True)
def test_to_arbeidere_leverer_hver_epost_en_gang():
    for nr in range(20):
        skriv(str(nr))
    antall = []

    def arbeid():
        antall.append(send_ventende())
        connection.close()

    traader = [threading.Thread(target=arbeid) for _ in range(3)]
    [t.start() for t in traader]
    [t.join() for t in traader]

    assert sum(antall) == 20
    assert Epost.objects.filter(antall_forsok=1).exclude(sendt_tid=None).count() == 20


def test_arbeideren_avslutter_pent_naar_den_bes_om_det_ogsaa_om_databasen_er_borte(tmp_path):
    miljo = {**os.environ, "PORTAL_UTVIKLING": "1", "DATABASE_URL": f"sqlite:///{tmp_path / 'tom.sqlite3'}"}
    arbeider = subprocess.Popen(
        [sys.executable, "manage.py", "arbeider"], env=miljo, cwd=settings.ROT, stdout=subprocess.PIPE
    )
    assert b"i gang" in arbeider.stdout.readline()

    arbeider.send_signal(signal.SIGTERM)

    assert arbeider.wait(timeout=30) == 0
