"""Pictures, attachments and links, and the addresses of their pages."""

import io
import uuid

from django.test import Client
from django.urls import reverse

from partnerskap.felles import bildekontroll, filkontroll
from prosjekter.handlinger import fil as handlinger
from tests.felles import filer

OM_BILDET = {"alt_tekst": "To stoler.", "kreditering": "Fjordvik", "lisens": "cc_by_4"}


def paa_disk(lager):
    return sorted(str(sti.relative_to(lager)) for sti in lager.rglob("*") if sti.is_file())


def nytt_bilde(prosjekt, av, *, innhold=None, **felt):
    lest = bildekontroll.les(io.BytesIO(innhold or filer.bildefil(600, 400)))
    felt = {**OM_BILDET, "er_pynt": False, "bildetekst": "", **felt}
    return handlinger.legg_til_bilde(prosjekt, bildefil=lest, nokkel=str(uuid.uuid4()), av=av, **felt)[0]


def nytt_vedlegg(prosjekt, av, *, tittel="Mal", navn="mal.txt", innhold=None):
    lest = filkontroll.les(io.BytesIO(innhold or f"Mal {uuid.uuid4()}".encode()), navn)
    return handlinger.legg_til_vedlegg(
        prosjekt, vedleggsfil=lest, tittel=tittel, skannet=False, nokkel=str(uuid.uuid4()), av=av
    )[0]


def ny_lenke(prosjekt, av, url="https://a.example/x", tittel="Rapport"):
    return handlinger.legg_til_lenke(prosjekt, tittel=tittel, url=url, nokkel=str(uuid.uuid4()), av=av)[0]


def adresse(navn, *deler):
    return reverse(f"prosjekter:{navn}", args=["samtalen", *deler])


def side(klient=None):
    return (klient or Client()).get("/prosjekter/samtalen/").content.decode()
