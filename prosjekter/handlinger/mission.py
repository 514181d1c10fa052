"""Deeds between a project and the missions it is proposed to. Each is done once however many click."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from missions.tilgang import kan_avgjore_tilknytning
from partnerskap.felles import versjon as versjoner
from prosjekter import tilgang
from prosjekter.handlinger.prosjekt import Mangler, lagre, last, skriv
from prosjekter.kodeverk import Status
from prosjekter.models import Missiontilknytning
from prosjekter.varsler import prosjekt as varsler


@transaction.atomic
def foresla_mission(prosjekt, *, mission, av):
    """Ask a mission to take the project in. Its curator is told when the project is published and can be read.

    A mission that once said no may be asked again.
    """
    fersk = last(prosjekt)
    if not tilgang.kan_redigere(av, fersk) or not mission.er_publisert:
        raise PermissionDenied
    tid = timezone.now()
    tilknytning = fersk.missiontilknytninger.filter(mission=mission).first()
    if tilknytning and tilknytning.svar != Missiontilknytning.Svar.AVSLATT:
        return tilknytning, False
    tilknytning = tilknytning or Missiontilknytning(prosjekt=fersk, mission=mission)
    tilknytning.svar, tilknytning.foreslatt_tid, tilknytning.foreslatt_av = "foreslatt", tid, av
    tilknytning.begrunnelse, tilknytning.avgjort_tid, tilknytning.avgjort_av = "", None, None
    lagre(tilknytning, av=av, handling="foresla_mission", tid=tid)
    skriv(fersk, av=av, handling="foresla_mission", tid=tid)
    if fersk.status == Status.PUBLISERT:
        varsler.mission_foreslatt(fersk, av=av, tilknytning=tilknytning)
    return tilknytning, True


@transaction.atomic
def trekk_forslag(tilknytning, *, av):
    """Take the proposal back, or the project out of the mission. False when it is gone already."""
    fersk = last(tilknytning.prosjekt)
    if not tilgang.kan_redigere(av, fersk):
        raise PermissionDenied
    tilknytning = fersk.missiontilknytninger.filter(pk=tilknytning.pk).first()
    if tilknytning is None:
        return False
    tid = timezone.now()
    versjoner.merk(tilknytning, av=av, handling="trekk_forslag", tid=tid)
    tilknytning.delete()
    skriv(fersk, av=av, handling="trekk_forslag", tid=tid)
    return True


@transaction.atomic
def avgjor_tilknytning(tilknytning, *, svar, sett, av, begrunnelse=""):
    """The mission's curator says yes or no, and may change her mind. `sett` is the answer she saw when she decided.

    False when it was decided already. A no needs a reason.
    """
    fersk = last(tilknytning.prosjekt)
    naa = fersk.missiontilknytninger.select_related("mission").filter(pk=tilknytning.pk).first()
    if not kan_avgjore_tilknytning(av, (naa or tilknytning).mission):
        raise PermissionDenied
    if naa is None or naa.svar != sett or svar == sett:
        return False
    if svar == Missiontilknytning.Svar.AVSLATT and not begrunnelse.strip():
        raise Mangler(felt=["begrunnelse"])
    tid = timezone.now()
    naa.svar, naa.begrunnelse, naa.avgjort_tid, naa.avgjort_av = svar, begrunnelse.strip(), tid, av
    lagre(naa, av=av, handling="avgjor_tilknytning", tid=tid)
    skriv(fersk, av=av, handling="avgjor_tilknytning", tid=tid)
    varsler.mission_svar(fersk, av=av, tilknytning=naa)
    tilknytning.svar = svar
    return True
