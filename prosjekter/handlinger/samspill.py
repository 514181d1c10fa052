"""Deeds on how projects relate: said, answered, taken down.

Both projects are held, the one with the lowest number first, so that two who speak of each other at once do not wait
for each other for ever. No project's version is raised: nobody who edits it shall meet a conflict for this.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from partnerskap.felles import innhold
from partnerskap.felles import versjon as versjoner
from prosjekter import krav, tilgang
from prosjekter.kodeverk import Status
from prosjekter.models import Komplementaritet, Prosjekt
from prosjekter.models.komplementaritet import MAALFELT
from prosjekter.varsler import samspill as samspill_varsler

FELT_FOR = {Komplementaritet._meta.get_field(felt).related_model: felt for felt in MAALFELT}


@dataclass(frozen=True)
class Valg:
    """What the author says about one thing. `type` empty: nothing, or no longer anything."""

    maal: object
    type: str
    begrunnelse: str = ""
    versjon: int = 0  # of what she was shown; 0 when nothing was said


class Endret(Exception):  # noqa: N818
    """A colleague has said something else about some of it meanwhile. Nothing was written. `rader` are hers."""

    def __init__(self, rader):
        super().__init__([rad.pk for rad in rader])
        self.rader = rader


@transaction.atomic
def lagre(prosjekt, *, valg, av):
    """Say how the project relates to each of these. Returns how many were changed. Two clicks say it once."""
    holdt = _hold(prosjekt.pk, *(v.maal.pk for v in valg if isinstance(v.maal, Prosjekt)))[prosjekt.pk]
    if not tilgang.kan_redigere(av, holdt):
        raise PermissionDenied
    finnes = {(rad.maalfelt, rad.maal.pk): rad for rad in holdt.komplementariteter.for_visning()}
    par = [(v, finnes.get((FELT_FOR[type(v.maal)], v.maal.pk))) for v in valg]
    if motsagt := [rad for v, rad in par if rad and rad.versjon != v.versjon and not _sier_det_samme(rad, v)]:
        raise Endret(motsagt)
    endret = sum(_skriv(holdt, v, rad, av=av) for v, rad in par)
    if not krav.samspill_gjenstaar(holdt).exists():
        Prosjekt.objects.filter(pk=holdt.pk, samspill_tid=None).update(samspill_tid=timezone.now())
    if endret:
        ferdig(holdt, *(v.maal for v in valg))
        samspill_varsler.fortell(holdt, av=av)
    return endret


def _sier_det_samme(rad, valg):
    return (rad.type, rad.begrunnelse) == (valg.type, valg.begrunnelse)


def _skriv(prosjekt, valg, rad, *, av):
    """True when something is said that was not."""
    if not valg.type:
        return bool(rad) and _trekk(rad, av=av)
    if rad is None:
        _krev_synlig(valg.maal, av)
        rad = Komplementaritet(fra=prosjekt, av=av, er_eksempel=prosjekt.er_eksempel)
        setattr(rad, FELT_FOR[type(valg.maal)], valg.maal)
    elif _sier_det_samme(rad, valg):
        return False
    else:
        versjoner.ta_neste(rad, rad.versjon)
    if rad.type != valg.type:  # what was answered was answered to something else
        rad.svar, rad.kommentar, rad.svart_tid, rad.svart_av, rad.varslet_tid = "", "", None, None, None
    rad.type, rad.begrunnelse, rad.endret_tid = valg.type, valg.begrunnelse, timezone.now()
    _lagre(rad, av=av, handling="si_samspill")
    return True


def _trekk(rad, *, av):
    versjoner.merk(rad, av=av, handling="trekk_samspill")
    rad.delete()
    return True


def _krev_synlig(maal, av):
    """What is hidden from a person cannot be named by her either."""
    if not type(maal).objects.synlige_for(av).filter(pk=maal.pk).exists():
        raise PermissionDenied


# ---- The other side, and KS ----------------------------------------------------------------------------------------


@transaction.atomic
def svar(rad, *, svar, kommentar, versjon, av):
    """The other project's people agree, or see it another way. False when nothing is new.

    Endret when what was said has changed since they read it.
    """
    holdt, fersk = hold_begge(rad)
    if not tilgang.kan_svare_pa_samspill(av, fersk):
        raise PermissionDenied
    if (fersk.svar, fersk.kommentar) == (svar, kommentar):
        return False
    if fersk.versjon != versjon:
        raise Endret([fersk])
    versjoner.ta_neste(fersk, fersk.versjon)
    fersk.svar, fersk.kommentar, fersk.svart_tid, fersk.svart_av = svar, kommentar, timezone.now(), av
    _lagre(fersk, av=av, handling="svar_pa_samspill")
    ferdig(holdt, fersk.til_prosjekt)
    samspill_varsler.besvart(fersk, av=av)
    return True


# ---- How -----------------------------------------------------------------------------------------------------------


def _hold(*ider):
    """{id: project}, held in the same order by everyone."""
    rader = Prosjekt.objects.select_for_update(of=("self",)).select_related("eier").filter(pk__in=ider)
    return {p.pk: p for p in rader.order_by("pk")}


def hold_begge(rad):
    holdt = _hold(rad.fra_id, *([rad.til_prosjekt_id] if rad.til_prosjekt_id else []))
    fersk = Komplementaritet.objects.for_visning().get(pk=rad.pk)
    return holdt[rad.fra_id], fersk


def _lagre(rad, *, av, handling):
    versjoner.merk(rad, av=av, handling=handling)
    rad.save()


def ferdig(prosjekt, *maal):
    """Counts on both sides; and what others can read has changed, when they can read it."""
    Komplementaritet.objects.tell({prosjekt.pk, *(m.pk for m in maal if isinstance(m, Prosjekt))})
    if prosjekt.status == Status.PUBLISERT:
        innhold.endret("samspill", [prosjekt.pk])
