"""Deeds on projects that are loaded from a list (importering). Nobody gets mail about it, and KS' queue is left in peace."""

from django.db import transaction
from django.utils import timezone

from partnerskap.felles import versjon as versjoner
from prosjekter.handlinger.prosjekt import lagre, last, skriv
from prosjekter.kodeverk import Status
from prosjekter.models import Deltakelse, Missiontilknytning


def importnavn(av):
    """What the deed is called in the history; without a person it is the portal's own."""
    return "importer" if av else "importert"


def importert_tilknytning(prosjekt, mission, *, av, tid):
    """Whoever loads lists acts for KS, and so for the curator: what the list says is settled."""
    return Missiontilknytning(
        prosjekt=prosjekt, mission=mission, svar=Missiontilknytning.Svar.GODTATT,
        foreslatt_tid=tid, foreslatt_av=av, avgjort_tid=tid, avgjort_av=av,
    )  # fmt: skip


@transaction.atomic
def importer_endring(prosjekt, *, verdier, partnere=((), ()), missions=((), ()), publiser=None, av=None):
    """Write what a row has changed since last time. `prosjekt` is as it was when the plan was made.

    `partnere` and `missions` are pairs: those that have come, and those that are gone. `publiser` is when a draft was
    published, None to let the state be.
    """
    fersk = last(prosjekt)
    if fersk.versjon != prosjekt.versjon:
        raise versjoner.Konflikt(versjon=fersk.versjon, felter=[], verdier=verdier, **versjoner.sist_endret(fersk))
    tid, handling = timezone.now(), importnavn(av)
    nye, borte = partnere
    for organisasjon, rolle in nye:
        if not fersk.deltakelser.aktive().filter(organisasjon=organisasjon, rolle=rolle).exists():
            lagre(Deltakelse(prosjekt=fersk, organisasjon=organisasjon, rolle=rolle), av=av, handling=handling, tid=tid)
    for organisasjon, rolle in borte:
        for deltakelse in fersk.deltakelser.filter(organisasjon=organisasjon, rolle=rolle, til_dato=None):
            deltakelse.til_dato = timezone.localdate(tid)
            lagre(deltakelse, av=av, handling=handling, tid=tid)
    _importer_missions(fersk, *missions, av=av, handling=handling, tid=tid)
    if publiser:
        verdier = verdier | {
            "status": Status.PUBLISERT, "publisert_tid": publiser, "sist_bekreftet": timezone.localdate(tid)
        }  # fmt: skip
    return skriv(fersk, av=av, handling=handling, tid=tid, **verdier)


def _importer_missions(prosjekt, nye, borte, *, av, handling, tid):
    for mission in nye:
        if not prosjekt.missiontilknytninger.filter(mission=mission).exists():
            lagre(importert_tilknytning(prosjekt, mission, av=av, tid=tid), av=av, handling=handling, tid=tid)
    for tilknytning in prosjekt.missiontilknytninger.filter(mission__in=borte):
        versjoner.merk(tilknytning, av=av, handling=handling, tid=tid)
        tilknytning.delete()
