"""Example barriers and KS' invented answers, with a past. Nobody gets mail about what never happened."""

import uuid
from datetime import timedelta

from django.utils import timezone

from partnerskap.felles.versjon import merk
from prosjekter.eksempler import innhold
from prosjekter.handlinger import barriere as handlinger
from prosjekter.kodeverk import Policylabstatus, Status
from prosjekter.models import Barriere, Barriereflytt, Prosjekt, Regel

NAVNEROM = uuid.UUID("7f6a4f0b-5a2c-4f0e-8f8a-6a1f4d1c9b32")
TEKSTER = ("type", "niva", "hjemmel", "hjemmel_lenke", "hva_stopper", "hva_ville_lost")


def lag():
    """Make what is missing on the example projects that are published. Returns how many."""
    alle = innhold.barrierer()
    finnes = set(Barriere.objects.filter(nokkel__in=map(nokkel, alle)).values_list("nokkel", flat=True))
    prosjekter = {p.slug: p for p in Prosjekt.objects.filter(er_eksempel=True, status=Status.PUBLISERT)}
    nye = [data for data in alle if nokkel(data) not in finnes and data["prosjekt"] in prosjekter]
    laget = [_lag(data, prosjekter[data["prosjekt"]]) for data in nye]
    handlinger.tell({barriere.prosjekt for barriere in laget})
    handlinger.oppdater_sok(Barriere.objects.filter(pk__in=[barriere.pk for barriere in laget]))
    return len(laget)


def nokkel(data):
    return uuid.uuid5(NAVNEROM, data["prosjekt"])


def _siden(dager):
    return timezone.now() - timedelta(days=dager, minutes=dager * 41 % 600)


def _lag(data, prosjekt):
    flytt = data.get("flytt", [])
    tid = _siden(data["dager"])
    barriere = Barriere(
        nokkel=nokkel(data),
        prosjekt=prosjekt,
        regel=handlinger.regel_for(data.get("hjemmel", "")),
        opprettet_tid=tid,
        endret_tid=_siden(flytt[-1]["dager"]) if flytt else tid,
        policylab_status=flytt[-1]["til"] if flytt else Policylabstatus.MELDT,
        svar=flytt[-1]["tekst"] if flytt else "",
        svar_tid=_siden(flytt[-1]["dager"]) if flytt else None,
        er_eksempel=True,
        **{felt: data.get(felt, "") for felt in TEKSTER},
    )
    merk(barriere, av=None, handling="eksempeldata", tid=tid)
    barriere.save()
    fra = Policylabstatus.MELDT
    for ett in flytt:
        Barriereflytt.objects.create(
            barriere=barriere, fra=fra, til=ett["til"], tekst=ett["tekst"], tid=_siden(ett["dager"])
        )
        fra = ett["til"]
    return barriere


def fjern_regler():
    """Rules nobody is stopped by any more, once the examples are gone."""
    tomme = Regel.objects.filter(barrierer=None, skrivematene=None)
    while ider := list(tomme.values_list("pk", flat=True)):
        Regel.objects.filter(pk__in=ider).delete()
        Regel.historikk.filter(id__in=ider).delete()
