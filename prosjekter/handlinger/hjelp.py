"""Deeds of helping with one project: ask a person, answer, leave, let go. Each is done once however many click."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kommuner.kodeverk import Rolle
from kommuner.models import Nettdomene
from partnerskap.felles.versjon import merk
from prosjekter import tilgang
from prosjekter.handlinger.prosjekt import lagre, last, skriv
from prosjekter.kodeverk import Status
from prosjekter.models import Hjelper, Prosjekt
from prosjekter.varsler import hjelp as varsler

GYLDIG = timedelta(days=30)
TAR_VARE_PA = timedelta(days=30)  # of an invitation that ran out, so that whoever is late is told so
PAUSE = timedelta(minutes=1)  # pressed twice, sent once


class Hindret(Exception):  # noqa: N818
    """It can no longer be answered. `melding` says why, to the one who tried."""

    def __init__(self, melding):
        super().__init__(melding)
        self.melding = melding


@transaction.atomic
def inviter(prosjekt, *, email, av, hilsen=""):
    """Ask a person to help. None when she works for the owner and can just sign in: she is only told where.

    Asked again, the invitation is renewed and sent anew.
    """
    fersk = last(prosjekt)
    if not tilgang.kan_be_om_hjelp(av, fersk):
        raise PermissionDenied
    email = email.lower()
    if _er_kollega(fersk, email):
        varsler.bedt_om_hjelp(fersk, email, av=av, dato=timezone.localdate())
        return None
    if med := fersk.hjelpere.aktive().filter(bruker__email=email).first():
        return med
    naa = timezone.now()
    rad = fersk.hjelpere.inviterte().filter(email=email).first()
    if rad and rad.hilsen == hilsen and rad.invitert_av_id == av.pk and rad.invitert_tid > naa - PAUSE:
        return rad
    rad = rad or Hjelper(prosjekt=fersk, email=email)
    rad.hilsen, rad.invitert_av, rad.invitert_tid, rad.utloper_tid = hilsen, av, naa, naa + GYLDIG
    lagre(rad, av=av, handling="be_om_hjelp", tid=naa)
    varsler.invitert(rad, av=av)
    return rad


def _er_kollega(prosjekt, email):
    """Belongs to the owner, or will when the address is proven."""
    eier = prosjekt.eier.virksom or prosjekt.eier
    if eier.medlemskap.aktive().exclude(rolle=Rolle.FOLGEFORSKER).filter(bruker__email=email).exists():
        return True
    return not eier.krever_godkjenning and Nettdomene.objects.organisasjon_for(email) == eier


def hindring(rad):
    """Why an invitation cannot be answered, to the one it was sent to; empty when it can."""
    prosjekt = rad.prosjekt
    if prosjekt.status == Status.ARKIVERT:
        return _("Prosjektet er lagt bort, så det er ingenting å hjelpe til med nå.")
    if rad.er_utlopt:
        return _("Invitasjonen gikk ut %(dato)s. Be %(eier)s om en ny.") % {
            "dato": date_format(rad.utloper_tid, "j. F Y"), "eier": prosjekt.eier,
        }  # fmt: skip
    if (
        rad.invitert_av is None
        or not rad.invitert_av.is_active
        or not tilgang.kan_be_om_hjelp(rad.invitert_av, prosjekt)
    ):
        return _("Den som inviterte deg, er ikke med i prosjektet lenger. Be %s om en ny.") % prosjekt.eier
    return ""


@transaction.atomic
def svar(rad, *, ja, av):
    """False when it was answered already. Whoever has no name in the portal gives it first: others never see her address."""
    prosjekt = _hold(rad)
    fersk = prosjekt and prosjekt.hjelpere.select_related("invitert_av").filter(pk=rad.pk).first()
    if fersk is None or not fersk.er_invitasjon:
        return False
    fersk.prosjekt = prosjekt
    if not tilgang.kan_svare_om_hjelp(av, fersk):
        raise PermissionDenied
    if hvorfor_ikke := hindring(fersk):
        raise Hindret(hvorfor_ikke)
    if ja and not av.navn:
        raise Hindret(_("Skriv navnet ditt først."))
    if not ja:
        varsler.sa_nei(fersk, av=av)
        _slett(fersk, av=av, handling="sa_nei_til_hjelp", tid=timezone.now())
    elif not prosjekt.hjelpere.aktive().filter(bruker=av).exists():
        _bli_med(prosjekt, fersk, av)
    else:  # the address has changed since, and the person helps already
        _slett(fersk, av=av, handling="bli_hjelper", tid=timezone.now())
    return True


def _bli_med(prosjekt, rad, av):
    tid = timezone.now()
    rad.bruker, rad.email, rad.hilsen, rad.fra_tid = av, "", "", tid
    lagre(rad, av=av, handling="bli_hjelper", tid=tid)
    _tell(prosjekt)
    skriv(prosjekt, av=av, handling="bli_hjelper", tid=tid)
    varsler.ble_med(rad, av=av)


@transaction.atomic
def avslutt(rad, *, av):
    """She leaves, or the project's people let her go or take the invitation back. False when it is done already."""
    prosjekt = _hold(rad)
    fersk = prosjekt and prosjekt.hjelpere.select_related("bruker").filter(pk=rad.pk).first()
    if fersk is None:
        return False
    fersk.prosjekt = prosjekt
    if not tilgang.kan_avslutte_hjelp(av, fersk):
        raise PermissionDenied
    tid = timezone.now()
    if fersk.er_invitasjon:
        _slett(fersk, av=av, handling="trekk_hjelp", tid=tid)
        return True
    varsler.sluttet(fersk, av=av)
    handling = "slutt_hjelp" if fersk.bruker_id == av.pk else "avslutt_hjelp"
    _slett(fersk, av=av, handling=handling, tid=tid)
    _tell(prosjekt)
    skriv(prosjekt, av=av, handling=handling, tid=tid)
    return True


@transaction.atomic
def glem(bruker):
    """She is to be forgotten: what she helps with, and what is waiting at her address."""
    for rad in Hjelper.objects.aktive().filter(bruker=bruker).order_by("pk"):
        avslutt(rad, av=bruker)
    for rad in Hjelper.objects.inviterte().filter(email=bruker.email.lower()).order_by("pk"):
        _slett(rad, av=bruker, handling="trekk_hjelp", tid=timezone.now())


def rydd():
    """A job: addresses of those who never answered."""
    Hjelper.objects.inviterte().filter(utloper_tid__lt=timezone.now() - TAR_VARE_PA).delete()


def _hold(rad):
    """The project, held; None when it has been deleted."""
    return Prosjekt.objects.select_for_update(of=("self",)).select_related("eier").filter(pk=rad.prosjekt_id).first()


def _slett(rad, *, av, handling, tid):
    merk(rad, av=av, handling=handling, tid=tid)
    rad.delete()


def _tell(prosjekt):
    prosjekt.antall_hjelpere = prosjekt.hjelpere.aktive().count()
    Prosjekt.objects.filter(pk=prosjekt.pk).update(antall_hjelpere=prosjekt.antall_hjelpere)
