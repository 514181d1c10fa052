"""Deeds about people and memberships. Each is all or nothing, and done twice it is done once."""

import hashlib
import secrets
from contextlib import suppress
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kommuner import tilgang, varsler
from kommuner.kodeverk import Rolle
from kommuner.models import Bruker, Invitasjon, Medlemskap, Medlemskapssoknad, Nettdomene
from partnerskap.felles import innhold
from partnerskap.felles.tilgang import krev
from utboks.handlinger import glem_adresse


def _glem_medlemskap(bruker):
    """What the person object has remembered of memberships is no longer true."""
    with suppress(AttributeError):
        del bruker.aktive_medlemskap


# Sign-in


@transaction.atomic
def bekreft_adresse(epost):
    """The address is proven: find its owner, or make one, and connect them with where the address belongs."""
    bruker, _ny = Bruker.objects.get_or_create(email=epost.lower(), defaults={"password": make_password(None)})
    if bruker.is_active:
        knytt_etter_adresse(bruker)
    return bruker


@transaction.atomic
def knytt_etter_adresse(bruker):
    """Make the owner of a work address a contributor where the address belongs, or ask the lead there.

    Only the first time: whoever has been a member, or has asked and been answered, is left alone. Otherwise ending a
    membership would last until the next sign-in.
    """
    organisasjon = Nettdomene.objects.organisasjon_for(bruker.email)
    if organisasjon is None or _er_kjent_i(bruker, organisasjon):
        return
    if organisasjon.krever_godkjenning:
        _opprett_soknad(bruker, organisasjon)
    else:
        _gi_rolle(bruker, organisasjon, Rolle.BIDRAGSYTER, av=None)
    if organisasjon.er_eksempel and not bruker.er_eksempel:
        bruker.er_eksempel = True
        bruker.save(update_fields=["er_eksempel"])


def _er_kjent_i(bruker, organisasjon):
    """Is or has been a member, or has asked to be, there or in an organisation that was merged into it."""
    her = {"bruker": bruker, "organisasjon": organisasjon}
    return Medlemskap.objects.filter(**her).exists() or Medlemskapssoknad.objects.filter(**her).exists()


def _opprett_soknad(bruker, organisasjon, begrunnelse=""):
    soknad, ny = Medlemskapssoknad.objects.get_or_create(
        bruker=bruker, organisasjon=organisasjon, svar="", defaults={"begrunnelse": begrunnelse}
    )
    if ny:
        varsler.soknad_kommet(soknad)
    return soknad


# Asking to join


@transaction.atomic
def lagre_innstillinger(skjema):
    """Save what an organisation says of itself, from a valid Organisasjonsskjema."""
    skjema.save()
    innhold.endret()


@transaction.atomic
def sok_medlemskap(organisasjon, *, begrunnelse, av):
    """Ask the lead there, or KS where there is none. Asking twice is asking once."""
    krev(tilgang.kan_soke_medlemskap, av, organisasjon)
    return _opprett_soknad(av, organisasjon, begrunnelse)


def _avgjor(soknad, svar, av, melding=""):
    """The one who answers first. Returns False to those who come after."""
    endret = Medlemskapssoknad.objects.filter(pk=soknad.pk, svar="").update(
        svar=svar, svarmelding=melding, avgjort_tid=timezone.now(), avgjort_av=av
    )
    soknad.refresh_from_db()
    return bool(endret)


@transaction.atomic
def trekk_soknad(soknad, *, av):
    krev(lambda bruker, s: s.bruker_id == bruker.pk, av, soknad)
    return _avgjor(soknad, Medlemskapssoknad.Svar.TRUKKET, av)


@transaction.atomic
def godkjenn_soknad(soknad, *, av):
    krev(tilgang.kan_styre_medlemmer, av, soknad.organisasjon)
    if not _avgjor(soknad, Medlemskapssoknad.Svar.GODKJENT, av):
        return False
    _gi_rolle(soknad.bruker, soknad.organisasjon, Rolle.BIDRAGSYTER, av=av)
    varsler.soknad_godkjent(soknad)
    return True


@transaction.atomic
def avsla_soknad(soknad, *, melding, av):
    krev(tilgang.kan_styre_medlemmer, av, soknad.organisasjon)
    if not _avgjor(soknad, Medlemskapssoknad.Svar.AVSLATT, av, melding):
        return False
    varsler.soknad_avslatt(soknad)
    return True


# Roles


def _gi_rolle(bruker, organisasjon, rolle, *, av):
    """Give the role from today, if it is not held already. Returns the membership and whether it is new."""
    medlemskap, ny = Medlemskap.objects.get_or_create(
        bruker=bruker, organisasjon=organisasjon, rolle=rolle, til_dato=None, defaults={"godkjent_av": av}
    )
    _glem_medlemskap(bruker)
    return medlemskap, ny


def _avslutt(medlemskap):
    """End the role today. Returns False when somebody did already."""
    idag = timezone.localdate()
    endret = Medlemskap.objects.aktive().filter(pk=medlemskap.pk).update(til_dato=idag)
    _glem_medlemskap(medlemskap.bruker)
    medlemskap.til_dato = medlemskap.til_dato or idag
    return bool(endret)


def _trekk_invitasjoner_uten_hjemmel(bruker, organisasjon):
    """Invitations stand as long as the one who sent them could still give the role."""
    for invitasjon in Invitasjon.objects.ubesvarte().filter(invitert_av=bruker, organisasjon=organisasjon):
        if not tilgang.kan_gi_rolle(bruker, organisasjon, invitasjon.rolle):
            Invitasjon.objects.filter(pk=invitasjon.pk).update(trukket_tid=timezone.now())


@transaction.atomic
def endre_rolle(medlemskap, *, rolle, av):
    """End one role and begin another, so that history shows both."""
    krev(tilgang.kan_endre_medlemskap, av, medlemskap)
    krev(tilgang.kan_gi_rolle, av, medlemskap.organisasjon, rolle)
    if rolle == medlemskap.rolle or not _avslutt(medlemskap):
        return False
    _glem_medlemskap(av)
    ny, _er_ny = _gi_rolle(medlemskap.bruker, medlemskap.organisasjon, rolle, av=av)
    _trekk_invitasjoner_uten_hjemmel(medlemskap.bruker, medlemskap.organisasjon)
    varsler.rolle_endret(ny, fra=medlemskap.get_rolle_display())
    return True


@transaction.atomic
def avslutt_medlemskap(medlemskap, *, av):
    """The person has the role no more. Projects they look after are handed over beside this (partnerskap.sider)."""
    krev(tilgang.kan_avslutte_medlemskap, av, medlemskap)
    if not _avslutt(medlemskap):
        return False
    _glem_medlemskap(av)
    _trekk_invitasjoner_uten_hjemmel(medlemskap.bruker, medlemskap.organisasjon)
    if av != medlemskap.bruker:
        varsler.medlemskap_avsluttet(medlemskap)
    return True


# Invitations

GYLDIG = timedelta(days=14)
PAUSE = timedelta(minutes=1)  # pressed twice, sent once


def hash_av(hemmelighet):
    return hashlib.sha256(hemmelighet.encode()).hexdigest()


@transaction.atomic
def inviter(organisasjon, *, email, rolle, av):
    """Invite by mail. Inviting the same address again changes the role and sends a new link."""
    krev(tilgang.kan_gi_rolle, av, organisasjon, rolle)
    invitasjon, ny = Invitasjon.objects.get_or_create(
        organisasjon=organisasjon,
        email=email.lower(),
        brukt_tid=None,
        trukket_tid=None,
        defaults={
            "rolle": rolle,
            "invitert_av": av,
            "hemmelighet_hash": hash_av(secrets.token_urlsafe()),
            "utloper_tid": timezone.now() + GYLDIG,
        },
    )
    if ny or invitasjon.rolle != rolle or invitasjon.sendt_tid < timezone.now() - PAUSE:
        invitasjon.rolle, invitasjon.invitert_av = rolle, av
        _send_invitasjon(invitasjon)
    return invitasjon


@transaction.atomic
def send_invitasjon_igjen(invitasjon, *, av):
    krev(tilgang.kan_gi_rolle, av, invitasjon.organisasjon, invitasjon.rolle)
    if invitasjon.brukt_tid or invitasjon.trukket_tid:
        return False
    if invitasjon.sendt_tid < timezone.now() - PAUSE:
        invitasjon.invitert_av = av
        _send_invitasjon(invitasjon)
    return True


def _send_invitasjon(invitasjon):
    """A new secret each time: only its hash is kept, so the old one cannot be sent again."""
    hemmelighet = secrets.token_urlsafe(24)
    invitasjon.hemmelighet_hash = hash_av(hemmelighet)
    invitasjon.sendt_tid = timezone.now()
    invitasjon.utloper_tid = invitasjon.sendt_tid + GYLDIG
    invitasjon.save()
    varsler.invitasjon(invitasjon, hemmelighet)


@transaction.atomic
def trekk_invitasjon(invitasjon, *, av):
    krev(tilgang.kan_styre_medlemmer, av, invitasjon.organisasjon)
    return bool(Invitasjon.objects.ubesvarte().filter(pk=invitasjon.pk).update(trukket_tid=timezone.now()))


def finn_invitasjon(hemmelighet):
    """The invitation a secret opens, or None: unknown, used, withdrawn and expired look the same from outside."""
    invitasjon = (
        Invitasjon.objects.gyldige()
        .filter(hemmelighet_hash=hash_av(hemmelighet))
        .select_related("organisasjon", "invitert_av")
        .first()
    )
    return invitasjon if invitasjon and tilgang.invitasjonen_gjelder(invitasjon) else None


@transaction.atomic
def godta_invitasjon(invitasjon, *, av):
    """Only the one it was sent to may use it, and once."""
    krev(tilgang.kan_godta_invitasjon, av, invitasjon)
    krev(lambda _av: tilgang.invitasjonen_gjelder(invitasjon), av)
    brukt = Invitasjon.objects.gyldige().filter(pk=invitasjon.pk).update(brukt_tid=timezone.now())
    if brukt:
        _gi_rolle(av, invitasjon.organisasjon, invitasjon.rolle, av=invitasjon.invitert_av)
        # Whoever had also asked to join has got their answer.
        for soknad in Medlemskapssoknad.objects.apne().filter(bruker=av, organisasjon=invitasjon.organisasjon):
            _avgjor(soknad, Medlemskapssoknad.Svar.GODKJENT, invitasjon.invitert_av)
    return bool(brukt)


# Being forgotten


@transaction.atomic
def slett_bruker(bruker, *, av):
    """Drop the person, keep the deeds: the row stays without name and address, so history says «Tidligere bruker».

    Projects they look after are handed over or left to the organisation beside this (partnerskap.sider).
    """
    krev(lambda handler, b: handler.pk == b.pk or tilgang.er_administrator(handler), av, bruker)
    if bruker.slettet_tid:
        return False
    adresse = bruker.email
    for medlemskap in bruker.medlemskap.aktive().select_related("organisasjon"):
        _avslutt(medlemskap)
    Invitasjon.objects.ubesvarte().filter(Q(email=adresse) | Q(invitert_av=bruker)).update(trukket_tid=timezone.now())
    Invitasjon.objects.filter(email=adresse).update(email="slettet@slettet.invalid")
    bruker.soknader.all().delete()
    glem_adresse(adresse)
    bruker.email, bruker.navn = f"slettet-{bruker.pk}@slettet.invalid", ""
    bruker.is_active, bruker.is_superuser, bruker.slettet_tid = False, False, timezone.now()
    bruker.set_unusable_password()  # a new one: signs the person out everywhere
    bruker.save()
    _glem_medlemskap(bruker)
    return True
