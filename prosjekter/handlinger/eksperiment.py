"""Deeds on experiments: logged, told about, withdrawn, taken down. Each keeps the project's count and search index.

The project's row is held first, so that two at once count right. Its version is not raised: nobody who edits the text
meets a conflict because a colleague logs what they tried.
"""

import uuid
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from partnerskap.felles import versjon as versjoner
from prosjekter import sokeindeks, tilgang
from prosjekter.handlinger.prosjekt import NOKKELROM, Mangler, apne_etterkontroll
from prosjekter.kodeverk import Status
from prosjekter.models import Eksperiment, Prosjekt
from prosjekter.varsler import eksperiment as varsler

EN_UKE = timedelta(days=7)
PLAN = ("hypotese", "endring", "forventning", "fra_dato", "til_dato")
RESULTAT = ("observasjon", "beslutning", "begrunnelse")


def logg(prosjekt, *, nokkel, av, **verdier):
    """What they will try, or have tried. Two clicks make one. Returns (experiment, is new)."""
    if not tilgang.kan_logge_eksperiment(av, prosjekt):
        raise PermissionDenied
    egen_nokkel = uuid.uuid5(NOKKELROM, f"eksperiment:{av.pk}:{nokkel}")
    for _forsok in range(3):
        if funnet := Eksperiment.objects.filter(nokkel=egen_nokkel).select_related("prosjekt").first():
            return funnet, False
        try:
            return _skriv_nytt(prosjekt, nokkel=egen_nokkel, av=av, **verdier), True
        except IntegrityError as feil:
            kollisjon = feil  # our own other click was first
    raise kollisjon


@transaction.atomic
def _skriv_nytt(prosjekt, *, av, **verdier):
    holdt = _hold(prosjekt)
    tid = timezone.now()
    eksperiment = Eksperiment(
        prosjekt=holdt, registrert_av=av, opprettet_tid=tid, er_eksempel=holdt.er_eksempel,
        **_med_dato(verdier),
    )  # fmt: skip
    _skriv(eksperiment, av=av, handling="logg_eksperiment", tid=tid)
    ferdig(holdt, eksperiment, av=av)
    varsler.logget(eksperiment, av=av)
    return eksperiment


def oppdater(eksperiment, *, verdier, versjon, av):
    """Change what stands there, on top of what the writer saw."""
    return _lagre(eksperiment, verdier, (*PLAN, *RESULTAT), versjon=versjon, av=av, handling="oppdater_eksperiment")


def si_hva_som_skjedde(eksperiment, *, verdier, versjon, av):
    """The result: what was seen, and what they do now. A stop is one like the others."""
    if usagt := [felt for felt in ("observasjon", "beslutning") if not verdier.get(felt)]:
        raise Mangler(felt=usagt)
    return _lagre(eksperiment, verdier, RESULTAT, versjon=versjon, av=av, handling="eksperimentresultat")


@transaction.atomic
def _lagre(eksperiment, verdier, felt, *, versjon, av, handling):
    holdt, for_ = hold_begge(eksperiment)
    if not tilgang.kan_endre_eksperiment(av, for_):
        raise PermissionDenied
    verdier = {navn: verdi for navn, verdi in verdier.items() if navn in felt}
    fersk = versjoner.lagre(for_, versjon=versjon, verdier=_med_dato(verdier, for_), av=av, handling=handling)
    fersk.prosjekt = holdt
    if fersk.versjon != for_.versjon:
        Eksperiment.objects.filter(pk=fersk.pk).update(endret_tid=timezone.now())
        ferdig(holdt, fersk, av=av)
        if fersk.har_resultat and not for_.har_resultat:
            varsler.resultat(fersk, av=av)
    return fersk


def _med_dato(verdier, for_=None):
    """The day of the decision follows from it being said."""
    if verdier.get("beslutning") and not (for_ and for_.beslutning_dato):
        return {**verdier, "beslutning_dato": timezone.localdate()}
    return verdier


def minn_om_resultat():
    """A job: ask what happened, in the week after the day an experiment was to end.

    Once: the notice has a key, which is remembered for longer than a week. Killed half way, it has asked some and not
    others. Min side asks until there is an answer.
    """
    i_dag = timezone.localdate()
    ventet = Eksperiment.objects.skulle_vaert_ferdige(i_dag).filter(til_dato__gte=i_dag - EN_UKE)
    apne = ventet.exclude(prosjekt__status=Status.ARKIVERT).select_related("prosjekt__eier", "registrert_av")
    for eksperiment in apne.order_by("pk"):
        varsler.hva_skjedde(eksperiment)


# ---- Away, and back ------------------------------------------------------------------------------------------------


@transaction.atomic
def trekk(eksperiment, *, av):
    """The project takes it away from others; it can be put back. False when it was gone already."""
    holdt, fersk = hold_begge(eksperiment)
    if not tilgang.kan_endre_eksperiment(av, fersk):
        raise PermissionDenied
    if fersk.trukket_tid:
        return False
    _skriv(fersk, av=av, handling="trekk_eksperiment", trukket_tid=timezone.now())
    ferdig(holdt, fersk)
    return True


@transaction.atomic
def legg_tilbake(eksperiment, *, av):
    """Undo `trekk`. False when it was there already."""
    holdt, fersk = hold_begge(eksperiment)
    if not tilgang.kan_redigere(av, holdt):
        raise PermissionDenied
    if fersk.trukket_tid is None:
        return False
    _skriv(fersk, av=av, handling="legg_tilbake_eksperiment", trukket_tid=None)
    ferdig(holdt, fersk, av=av)
    return True


# ---- How -----------------------------------------------------------------------------------------------------------


def _hold(prosjekt):
    return Prosjekt.objects.select_for_update(of=("self",)).select_related("eier").get(pk=prosjekt.pk)


def hold_begge(eksperiment):
    holdt = _hold(eksperiment.prosjekt)
    fersk = Eksperiment.objects.get(pk=eksperiment.pk)
    fersk.prosjekt = holdt
    return holdt, fersk


def _skriv(eksperiment, *, av, handling, tid=None, **verdier):
    if eksperiment.pk:
        versjoner.ta_neste(eksperiment, eksperiment.versjon)
    for navn, verdi in verdier.items():
        setattr(eksperiment, navn, verdi)
    eksperiment.endret_tid = tid or timezone.now()
    versjoner.merk(eksperiment, av=av, handling=handling, tid=tid)
    eksperiment.save()


def ferdig(prosjekt, eksperiment, *, av=None):
    """The count and the indexes. `av`: the one whose words are in public now, which KS looks at afterwards.

    Whoever may say that the project still holds, says it by telling what it tries.
    """
    felt = {"antall_eksperimenter": prosjekt.eksperimenter.gjeldende().count()}
    if av is not None and prosjekt.status == Status.PUBLISERT:
        apne_etterkontroll(prosjekt, av=av)
        if tilgang.kan_bekrefte(av, prosjekt):
            felt |= {"sist_bekreftet": timezone.localdate(), "endret_tid": timezone.now()}
    Prosjekt.objects.filter(pk=prosjekt.pk).update(**felt)
    sokeindeks.oppdater_deler(Eksperiment.objects.filter(pk=eksperiment.pk))
    sokeindeks.oppdater([prosjekt.pk])
