"""Example lessons, and who keeps them. Written with a past, as the projects are, and nobody gets mail about it."""

import uuid
from datetime import timedelta
from zlib import crc32

from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from kommuner.models import Organisasjon
from partnerskap.felles.versjon import merk
from prosjekter import sokeindeks
from prosjekter.eksempler import innhold
from prosjekter.models import Laering, Nyttigmerke, Prosjekt

NAVNEROM = uuid.UUID("8a0c2f5e-6d5b-4b53-8f0e-2f6a4b9d7c11")
TEKSTER = ("type", "tekst", "sammenheng", "rad_til_andre")


def lag():
    """Make what is missing on the example projects. Returns how many."""
    alle = innhold.laering()
    finnes = set(Laering.objects.filter(nokkel__in=map(nokkel, alle)).values_list("nokkel", flat=True))
    prosjekter = {p.slug: p for p in Prosjekt.objects.filter(er_eksempel=True)}
    nye = [data for data in alle if nokkel(data) not in finnes and data["prosjekt"] in prosjekter]
    if nye:
        kort = [_kort(data, prosjekter[data["prosjekt"]]) for data in nye]
        bulk_create_with_history(kort, Laering)
        nye_kort = Laering.objects.filter(nokkel__in=[k.nokkel for k in kort])
        _lag_merker(nye, {k.nokkel: k for k in nye_kort})
        tell(Prosjekt.objects.filter(laeringskort__in=nye_kort).distinct())
        sokeindeks.oppdater_deler(nye_kort)
    return len(nye)


def nokkel(data):
    return uuid.uuid5(NAVNEROM, f"{data['prosjekt']}:{data['tekst']}")


def _kort(data, prosjekt):
    """Some time after the project was published; on a draft, after it was begun."""
    fra = prosjekt.publisert_tid or prosjekt.opprettet_tid
    tall = crc32(nokkel(data).bytes)
    tid = fra + (timezone.now() - fra) * (tall % 97 / 100)
    kort = Laering(
        nokkel=nokkel(data),
        prosjekt=prosjekt,
        skrevet_av=prosjekt.opprettet_av,
        synlighet=data.get("synlighet", prosjekt.synlighet),
        opprettet_tid=tid,
        endret_tid=tid,
        er_eksempel=True,
        **{felt: data.get(felt, "") for felt in TEKSTER},
    )
    merk(kort, av=None, handling="eksempeldata", tid=tid)
    return kort


def _lag_merker(nye, kort):
    organisasjoner = {o.slug: o for o in Organisasjon.objects.filter(er_eksempel=True)}
    Nyttigmerke.objects.bulk_create(
        Nyttigmerke(laering=k, organisasjon=organisasjoner[slug], tid=k.opprettet_tid + timedelta(hours=30 * nummer))
        for data in nye
        for nummer, slug in enumerate(data.get("nyttig", ()))
        if (k := kort[nokkel(data)])
    )


def tell(prosjekter):
    """Set the counts of many projects."""
    endret = list(prosjekter)
    for prosjekt in endret:
        prosjekt.antall_laering = prosjekt.laeringskort.gyldige().count()
    Prosjekt.objects.bulk_update(endret, ["antall_laering"])
