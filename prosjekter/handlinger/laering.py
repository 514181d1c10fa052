"""Deeds on lessons: written, changed, deleted, kept by others, taken down.

The project is held first in every deed that changes how many cards it has. Its version is not raised: nobody who edits
the project shall meet a conflict because a colleague wrote a card.
"""

import uuid

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from kommuner.tilgang import arbeider_for
from partnerskap.felles import versjon as versjoner
from prosjekter import krav, sokeindeks, tilgang
from prosjekter.handlinger import prosjekt as handlinger
from prosjekter.handlinger.prosjekt import NOKKELROM, Mangler
from prosjekter.kodeverk import Status
from prosjekter.models import Laering, Nyttigmerke, Prosjekt
from prosjekter.varsler import laering as varsler

ENDRES = ("type", "tekst", "sammenheng", "rad_til_andre", "synlighet", "eksperiment")


# ---- Those who learnt it -------------------------------------------------------------------------------------------


def skriv(prosjekt, *, nokkel, av, **verdier):
    """A new card. The same `nokkel` from the same person on the same project is the same card. Returns (card, is new)."""
    if not tilgang.kan_skrive_laering(av, prosjekt):
        raise PermissionDenied
    egen_nokkel = uuid.uuid5(NOKKELROM, f"laering:{av.pk}:{prosjekt.pk}:{nokkel}")
    if funnet := Laering.objects.filter(nokkel=egen_nokkel).first():
        return funnet, False
    try:
        return _skriv_nytt(prosjekt, nokkel=egen_nokkel, av=av, **verdier), True
    except IntegrityError:  # our own other click was first
        return Laering.objects.get(nokkel=egen_nokkel), False


@transaction.atomic
def _skriv_nytt(prosjekt, *, av, **verdier):
    holdt = _hold(prosjekt)
    tid = timezone.now()
    laering = Laering(
        prosjekt=holdt, skrevet_av=av, opprettet_tid=tid, endret_tid=tid, er_eksempel=holdt.er_eksempel, **verdier
    )
    versjoner.merk(laering, av=av, handling="skriv_laering", tid=tid)
    laering.save()
    ferdig(holdt, laering, skrevet_av=av)
    return laering


@transaction.atomic
def avslutt(prosjekt, *, verdier, versjon, kort, av):
    """Close the project, with a card in the same breath when one was written. `kort` is for `skriv`, or nothing."""
    if kort:
        skriv(prosjekt, **kort, av=av)
    return handlinger.lagre_seksjon(prosjekt, verdier=verdier, versjon=versjon, av=av)


@transaction.atomic
def oppdater(laering, *, verdier, versjon, av):
    """Save what is written now, on top of what the writer saw. versjon.Konflikt when both changed the same."""
    holdt, for_ = hold_begge(laering)
    if not tilgang.kan_endre_laering(av, for_):
        raise PermissionDenied
    verdier = {navn: verdi for navn, verdi in verdier.items() if navn in ENDRES}
    fersk = versjoner.lagre(for_, versjon=versjon, verdier=verdier, av=av, handling="oppdater_laering")
    if fersk.versjon != for_.versjon:
        Laering.objects.filter(pk=fersk.pk).update(endret_tid=timezone.now())
        ferdig(holdt, fersk, skrevet_av=av)
    return fersk


@transaction.atomic
def slett(laering, *, av):
    """Gone, with its history. False when it was gone already. A closed project keeps at least one lesson."""
    holdt = _hold(laering.prosjekt)
    fersk = Laering.objects.filter(pk=laering.pk).first()
    if fersk is None:
        return False
    fersk.prosjekt = holdt
    if not tilgang.kan_endre_laering(av, fersk):
        raise PermissionDenied
    if mangler := _ville_mangle(holdt, fersk):
        raise Mangler(sporsmal=mangler)
    fersk.delete()
    Laering.historikk.filter(id=laering.pk).delete()
    ferdig(holdt)
    return True


def _ville_mangle(prosjekt, laering):
    """What a public project would lack without this card, and does not lack now."""
    if prosjekt.status != Status.PUBLISERT or laering.tatt_ned_tid:
        return []
    naa = krav.les(prosjekt)
    etter = krav.mangler({**naa, "laeringskort": prosjekt.antall_laering > 1})
    return [sporsmal for sporsmal in etter if sporsmal not in krav.mangler(naa)]


# ---- Those who have use of it --------------------------------------------------------------------------------------


@transaction.atomic
def merk_nyttig(laering, *, organisasjon, av):
    """An organisation keeps the card, and those who wrote it are told. False when it had kept it already."""
    if not tilgang.kan_merke_nyttig_for(av, laering, organisasjon):
        raise PermissionDenied
    _merke, er_nytt = Nyttigmerke.objects.get_or_create(laering=laering, organisasjon=organisasjon, defaults={"av": av})
    if er_nytt:
        varsler.nyttig(laering, organisasjon=organisasjon, av=av)
    return er_nytt


@transaction.atomic
def trekk_nyttig(laering, *, organisasjon, av):
    """Any of the organisation's people may take it back, also for one it has taken over from."""
    if organisasjon.pk not in arbeider_for(av):
        raise PermissionDenied
    antall, _hva = Nyttigmerke.objects.filter(laering=laering, organisasjon=organisasjon).delete()
    return bool(antall)


# ---- How -----------------------------------------------------------------------------------------------------------


def _hold(prosjekt):
    return Prosjekt.objects.select_for_update(of=("self",)).select_related("eier").get(pk=prosjekt.pk)


def hold_begge(laering):
    holdt = _hold(laering.prosjekt)
    fersk = Laering.objects.get(pk=laering.pk)
    fersk.prosjekt = holdt
    return holdt, fersk


def _skriv(laering, *, av, handling, **verdier):
    versjoner.ta_neste(laering, laering.versjon)
    for navn, verdi in verdier.items():
        setattr(laering, navn, verdi)
    laering.endret_tid = timezone.now()
    versjoner.merk(laering, av=av, handling=handling)
    laering.save()


def ferdig(prosjekt, laering=None, *, skrevet_av=None):
    """The project's count, and whatever hangs on the indexes; what others are shown is made anew.

    `skrevet_av`: the one whose words in public KS looks at afterwards.
    """
    if skrevet_av and prosjekt.status == Status.PUBLISERT:
        handlinger.apne_etterkontroll(prosjekt, av=skrevet_av)
    prosjekt.antall_laering = prosjekt.laeringskort.gyldige().count()
    Prosjekt.objects.filter(pk=prosjekt.pk).update(antall_laering=prosjekt.antall_laering)
    if laering:
        sokeindeks.oppdater_deler(Laering.objects.filter(pk=laering.pk))
    sokeindeks.tell(prosjekt)
