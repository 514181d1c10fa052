"""Example reuse: who took what further. Written with a past, as the projects are, and nobody gets mail about it."""

import uuid
from datetime import timedelta
from zlib import crc32

from django.utils import timezone

from kommuner.models import Bruker, Organisasjon
from partnerskap.felles.versjon import merk
from prosjekter.eksempler import innhold
from prosjekter.kodeverk import I_BRUK, Gjenbrukstatus, Status
from prosjekter.models import Gjenbruk, Prosjekt

NAVNEROM = uuid.UUID("0e8f0a39-9f0b-4b0f-8d8e-3c1f6b8a2d57")
TEKSTER = ("type", "status", "kontaktrolle", "kjerne", "tilpasning", "verdi", "belegg", "hvorfor_ikke", "svar")


def lag():
    """Make what is missing between the example projects that are published. Returns how many."""
    alle = innhold.gjenbruk()
    finnes = set(Gjenbruk.objects.filter(nokkel__in=map(nokkel, alle)).values_list("nokkel", flat=True))
    nye = [data for data in alle if nokkel(data) not in finnes]
    prosjekter = {p.slug: p for p in Prosjekt.objects.filter(er_eksempel=True, status=Status.PUBLISERT)}
    organisasjoner = {o.slug: o for o in Organisasjon.objects.filter(er_eksempel=True)}
    ansatte = {b.email.partition("@")[2]: b for b in Bruker.objects.filter(er_eksempel=True).order_by("-pk")}
    laget = 0
    for data in nye:
        if fra := prosjekter.get(data["fra"]):
            _lag(data, fra, organisasjoner.get(data.get("taker")), prosjekter.get(data.get("til")), ansatte)
            laget += 1
    tell(Prosjekt.objects.filter(pk__in=Gjenbruk.objects.filter(er_eksempel=True).values("fra")))
    return laget


def nokkel(data):
    return uuid.uuid5(NAVNEROM, f"{data['fra']}:{data.get('taker') or data['taker_navn']}")


def _lag(data, fra, taker, til, ansatte):
    """Some time after the project was published; in use soon after, and its value known later still."""
    naa = timezone.now()
    siden = naa - fra.publisert_tid
    opprettet = fra.publisert_tid + siden * (crc32(nokkel(data).bytes) % 60 / 100)
    endret = opprettet + (naa - opprettet) * 0.6
    gjenbruk = Gjenbruk(
        nokkel=nokkel(data),
        fra=fra,
        taker=taker,
        til=til,
        taker_navn=data.get("taker_navn", ""),
        registrert_av=ansatte.get(f"{data.get('taker')}.example"),
        opprettet_tid=opprettet,
        endret_tid=endret,
        er_eksempel=True,
        **{felt: data.get(felt, "") for felt in TEKSTER},
    )
    if gjenbruk.status in I_BRUK:
        gjenbruk.i_bruk_dato = (opprettet - timedelta(days=data.get("i_bruk_dager_for", 40))).date()
    if gjenbruk.status == Gjenbrukstatus.VERDI_BEKREFTET:
        gjenbruk.verdi_dato = endret.date()
    if gjenbruk.svar:
        gjenbruk.svart_tid = endret
    merk(gjenbruk, av=None, handling="eksempeldata", tid=opprettet)
    gjenbruk.save()


def tell(prosjekter):
    """Set the counts of many projects."""
    endret = list(prosjekter)
    for prosjekt in endret:
        for navn, antall in prosjekt.gjenbruk.all().tall().items():
            setattr(prosjekt, navn, antall)
    Prosjekt.objects.bulk_update(endret, ["antall_interesse", "antall_i_bruk", "antall_bekreftet"])
