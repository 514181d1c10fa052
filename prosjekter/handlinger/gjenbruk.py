"""Deeds on reuse: taken up, moved on, answered, taken down. Each keeps the giver's counts and tells the other side.

The giver's project is held first in every deed, so that two at once count right. Its version is not raised: nobody who
edits the project shall meet a conflict because a neighbour uses it. The search index is written anew, as whenever what
a project's page shows has changed.
"""

import uuid

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from partnerskap.felles import versjon as versjoner
from prosjekter import sokeindeks, tilgang
from prosjekter.handlinger.prosjekt import NOKKELROM, Mangler
from prosjekter.kodeverk import I_BRUK, Gjenbrukstatus, Status
from prosjekter.models import Gjenbruk, Gjenbruksvurdering, Prosjekt
from prosjekter.models.gjenbruk import ETT_AAR, opphavet_til
from prosjekter.overganger import gjenbruk as overganger
from prosjekter.varsler import gjenbruk as varsler

ENDRES = (
    "type", "status", "kjerne", "tilpasning", "kontaktrolle", "kostnad", "i_bruk_dato", "verdi", "belegg",
    "hvorfor_ikke", "til",
)  # fmt: skip


class GarIRing(Exception):  # noqa: N818
    """The taker's own project is where the idea came from."""


# ---- The taker -----------------------------------------------------------------------------------------------------


def registrer(prosjekt, *, taker, nokkel, av, til=None, **verdier):
    """On behalf of `taker`. Two clicks, or two colleagues, make one record. Returns (record, is new)."""
    if not tilgang.kan_ta_i_bruk_for(av, prosjekt, taker):
        raise PermissionDenied
    return _lag(prosjekt, taker=taker, til=til, nokkel=nokkel, av=av, **verdier)


def oppgi_ekstern(prosjekt, *, taker_navn, nokkel, av, **verdier):
    """The giver says that somebody outside the portal uses it. A claim: never counted, never confirmed."""
    if not tilgang.kan_oppgi_ekstern(av, prosjekt):
        raise PermissionDenied
    return _lag(prosjekt, taker_navn=taker_navn, nokkel=nokkel, av=av, **verdier)


def _lag(prosjekt, *, nokkel, av, **verdier):
    if verdier["status"] not in overganger.START or prosjekt.status != Status.PUBLISERT:
        raise PermissionDenied
    egen_nokkel = uuid.uuid5(NOKKELROM, f"gjenbruk:{av.pk}:{nokkel}")
    for _forsok in range(3):
        if funnet := _finnes(prosjekt, egen_nokkel, verdier.get("taker")):
            return funnet, False
        try:
            return _skriv_nytt(prosjekt, nokkel=egen_nokkel, av=av, **verdier), True
        except IntegrityError as feil:
            kollisjon = feil  # our own other click, or a colleague, was first
    raise kollisjon


def _finnes(prosjekt, nokkel, taker):
    if funnet := Gjenbruk.objects.filter(nokkel=nokkel).first():
        return funnet
    return prosjekt.gjenbruk.filter(taker=taker).first() if taker else None


@transaction.atomic
def _skriv_nytt(prosjekt, *, av, til=None, **verdier):
    holdt = _hold(prosjekt)
    _krev_uten_ring(holdt, til)
    tid = timezone.now()
    gjenbruk = Gjenbruk(
        fra=holdt,
        til=til,
        registrert_av=av,
        opprettet_tid=tid,
        endret_tid=tid,
        er_eksempel=holdt.er_eksempel,
        **verdier,
    )
    if gjenbruk.er_i_bruk and not gjenbruk.i_bruk_dato:
        gjenbruk.i_bruk_dato = timezone.localdate(tid)
    versjoner.merk(gjenbruk, av=av, handling="registrer_gjenbruk", tid=tid)
    gjenbruk.save()
    ferdig(holdt, til)
    if not gjenbruk.er_ekstern:
        varsler.registrert(gjenbruk, av=av)
    return gjenbruk


@transaction.atomic
def oppdater(gjenbruk, *, verdier, versjon, av):
    """Save what is known now, on top of what the writer saw. A move of the status follows the table."""
    holdt = _hold(gjenbruk.fra)
    for_ = Gjenbruk.objects.select_related("taker", "til").get(pk=gjenbruk.pk)
    for_.fra = holdt
    if not tilgang.kan_endre_gjenbruk(av, for_):
        raise PermissionDenied
    verdier = {navn: verdi for navn, verdi in verdier.items() if navn in ENDRES}
    if verdier.get("til") and verdier["til"] != for_.til:
        _krev_uten_ring(holdt, verdier["til"])
    if usagt := _usagt(for_, verdier):
        raise Mangler(felt=usagt)
    fersk = _lagre(for_, _med_datoer(for_, verdier), versjon=versjon, av=av)
    fersk.fra = holdt
    if fersk.versjon == for_.versjon:
        return fersk
    flytt = overganger.finn(for_.status, fersk.status, for_, av)
    Gjenbruk.objects.filter(pk=fersk.pk).update(endret_tid=timezone.now())
    ferdig(holdt, for_.til, fersk.til)
    if flytt and flytt.varsle and not fersk.er_ekstern and fersk.tatt_ned_tid is None:
        flytt.varsle(fersk, av=av)
    return fersk


def _lagre(for_, verdier, *, versjon, av):
    try:
        with transaction.atomic():
            return versjoner.lagre(for_, versjon=versjon, verdier=verdier, av=av, handling="oppdater_gjenbruk")
    except IntegrityError as feil:  # the database holds the guarded moves too
        raise overganger.UmuligFlytt(for_.status, verdier.get("status", for_.status)) from feil


def _usagt(for_, verdier):
    blir = {navn: verdier.get(navn, getattr(for_, navn)) for navn in ENDRES}
    return [felt for felt in overganger.ma_sies(blir["status"]) if not blir[felt]]


def _med_datoer(for_, verdier):
    """When it came into use and when its value was confirmed follow from the status, unless the writer says when."""
    status = verdier.get("status", for_.status)
    if status in I_BRUK and not verdier.get("i_bruk_dato", for_.i_bruk_dato):
        verdier["i_bruk_dato"] = timezone.localdate()
    if status != for_.status:
        verdier["verdi_dato"] = timezone.localdate() if status == Gjenbrukstatus.VERDI_BEKREFTET else None
    return verdier


# ---- The giver, and KS ---------------------------------------------------------------------------------------------


@transaction.atomic
def svar(gjenbruk, *, tekst, av):
    """Thank the taker, with or without words. Said again, it replaces what was said. False when nothing is new."""
    holdt, fersk = hold_begge(gjenbruk)
    if not tilgang.kan_svare_pa_gjenbruk(av, fersk):
        raise PermissionDenied
    if fersk.svart_tid and fersk.svar == tekst.strip():
        return False
    _skriv(fersk, av=av, handling="svar_pa_gjenbruk", svar=tekst.strip(), svart_tid=timezone.now(), svart_av=av)
    ferdig(holdt)
    varsler.besvart(fersk, av=av)
    return True


@transaction.atomic
def fjern_pastand(gjenbruk, *, av):
    """The giver takes back a claim. What a taker has said is never deleted. False when it is gone already."""
    holdt = _hold(gjenbruk.fra)
    fersk = Gjenbruk.objects.filter(pk=gjenbruk.pk).first()
    if fersk is None:
        return False
    fersk.fra = holdt
    if not (fersk.er_ekstern and tilgang.kan_endre_gjenbruk(av, fersk)):
        raise PermissionDenied
    versjoner.merk(fersk, av=av, handling="fjern_pastand")
    fersk.delete()
    ferdig(holdt)
    return True


# ---- The question after a year -------------------------------------------------------------------------------------


def minn_om_verdi(maks=100):
    """Ask takers who have used something for a year whether it gave value; again every year. A job of the worker's.

    Returns True when there are more. Killed half way, it has asked some and not others, and nobody twice.
    """
    naa = timezone.now()
    ikke_spurt = Q(paaminnet_tid=None) | Q(paaminnet_tid__lt=naa - ETT_AAR)
    venter = Gjenbruk.objects.gyldige().ett_aar_i_bruk().filter(ikke_spurt, fra__status=Status.PUBLISERT)
    ider = list(venter.order_by("pk").values_list("pk", flat=True)[:maks])
    for pk in ider:
        _minn_en(venter.order_by().filter(pk=pk), naa)
    return len(ider) == maks


@transaction.atomic
def _minn_en(venter, naa):
    pk = venter.values_list("pk", flat=True).first()
    if pk and venter.update(paaminnet_tid=naa):
        varsler.ga_det_verdi(Gjenbruk.objects.select_related("fra__eier", "taker").get(pk=pk), aar=naa.year)


# ---- How -----------------------------------------------------------------------------------------------------------


def _hold(prosjekt):
    return Prosjekt.objects.select_for_update(of=("self",)).select_related("eier").get(pk=prosjekt.pk)


def hold_begge(gjenbruk):
    holdt = _hold(gjenbruk.fra)
    fersk = Gjenbruk.objects.select_related("taker", "til").get(pk=gjenbruk.pk)
    fersk.fra = holdt
    return holdt, fersk


def _skriv(gjenbruk, *, av, handling, **verdier):
    versjoner.ta_neste(gjenbruk, gjenbruk.versjon)
    for navn, verdi in verdier.items():
        setattr(gjenbruk, navn, verdi)
    gjenbruk.endret_tid = timezone.now()
    versjoner.merk(gjenbruk, av=av, handling=handling)
    gjenbruk.save()


def _krev_uten_ring(fra, til):
    if til is not None and (til.pk == fra.pk or til.pk in opphavet_til(fra.pk)):
        raise GarIRing


def ferdig(prosjekt, *naboer):
    """The project's counts; what others are shown of it, and of the takers' own projects that mention it, is made anew."""
    Prosjekt.objects.filter(pk=prosjekt.pk).update(**prosjekt.gjenbruk.all().tall())
    sokeindeks.tell(prosjekt, *filter(None, naboer))


# ---- «Kan dette virke hos oss?» ------------------------------------------------------------------------------------


@transaction.atomic
def lagre_vurdering(prosjekt, *, organisasjon, verdier, versjon, av):
    """Keep an organisation's own answers. What a colleague answered meanwhile is merged, or shown as a conflict."""
    if not tilgang.kan_registrere_for(av, organisasjon):
        raise PermissionDenied
    vurdering, _ny = Gjenbruksvurdering.objects.get_or_create(prosjekt=prosjekt, organisasjon=organisasjon)
    fersk = versjoner.lagre(vurdering, versjon=versjon or 1, verdier=verdier, av=av, handling="lagre_vurdering")
    Gjenbruksvurdering.objects.filter(pk=fersk.pk).update(endret_tid=timezone.now(), endret_av=av)
    return fersk
