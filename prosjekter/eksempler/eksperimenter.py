"""Example experiments: what the invented projects have tried. Written with a past, and nobody gets mail about it."""

import uuid
from datetime import timedelta

from django.utils import timezone

from partnerskap.felles.versjon import merk
from prosjekter import sokeindeks
from prosjekter.eksempler import innhold
from prosjekter.models import Eksperiment, Prosjekt

NAVNEROM = uuid.UUID("3c1a8f0e-52b4-4c57-9a3c-0d6f7f1f6a44")
TEKSTER = ("hypotese", "endring", "forventning", "observasjon", "beslutning", "begrunnelse")


def lag():
    """Make those that are missing. Returns how many."""
    alle = innhold.eksperimenter()
    finnes = set(Eksperiment.objects.filter(nokkel__in=map(nokkel, alle)).values_list("nokkel", flat=True))
    prosjekter = {p.slug: p for p in Prosjekt.objects.filter(er_eksempel=True, slug__in=[d["prosjekt"] for d in alle])}
    nye = [data for data in alle if nokkel(data) not in finnes and data["prosjekt"] in prosjekter]
    for data in nye:
        _lag(data, prosjekter[data["prosjekt"]])
    for slug in {data["prosjekt"] for data in nye}:
        antall = prosjekter[slug].eksperimenter.gjeldende().count()
        Prosjekt.objects.filter(slug=slug).update(antall_eksperimenter=antall)
    sokeindeks.oppdater_deler(Eksperiment.objects.filter(nokkel__in=map(nokkel, nye)))
    sokeindeks.oppdater([prosjekter[data["prosjekt"]].pk for data in nye], fortell=False)
    return len(nye)


def nokkel(data):
    return uuid.uuid5(NAVNEROM, f"{data['prosjekt']}:{data['hypotese']}")


def _lag(data, prosjekt):
    fra = timezone.localdate() - timedelta(days=data["dager"])
    til = fra + timedelta(days=data["varte"])
    tid = timezone.now() - timedelta(days=data["dager"])
    eksperiment = Eksperiment(
        nokkel=nokkel(data),
        prosjekt=prosjekt,
        registrert_av=prosjekt.ansvarlig,
        fra_dato=fra,
        til_dato=til,
        beslutning_dato=til if data.get("beslutning") else None,
        opprettet_tid=tid,
        endret_tid=tid,
        er_eksempel=True,
        **{felt: data.get(felt, "") for felt in TEKSTER},
    )
    merk(eksperiment, av=None, handling="eksempeldata", tid=tid)
    eksperiment.save()
