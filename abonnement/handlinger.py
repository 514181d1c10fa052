"""Deeds about saved searches. Each is all or nothing, and done twice it is done once."""

from datetime import timedelta

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from abonnement import varsler
from abonnement.kodeverk import Liste
from abonnement.models import Abonnent, LagretSok, neste_utsending
from utboks.models import Epost

MAKS_SOK = 20  # at one address
FRIST = timedelta(days=7)  # to confirm, or to regret having left
UTEN_KONTAKT = timedelta(days=180)  # mail does not arrive, and nobody has come to say otherwise
_signerer = TimestampSigner(salt="abonnement.bekreft")


# Saving


@transaction.atomic
def lagre(*, email, sporring, navn, hyppighet, liste=Liste.PROSJEKTER, naa=None):
    """Keep a search for someone whose address is proven. None when there is no room for more."""
    naa = naa or timezone.now()
    abonnent = _abonnent(email)
    sok = abonnent.sok.filter(liste=liste, sporring=sporring).first()
    if sok is None:
        if not _finn_plass(abonnent):
            return None
        sok = LagretSok(abonnent=abonnent, liste=liste, sporring=sporring)
    sok.navn, sok.hyppighet = navn, hyppighet
    _start(sok, naa)
    return sok


@transaction.atomic
def be_om_bekreftelse(*, email, sporring, navn, hyppighet, liste=Liste.PROSJEKTER, naa=None):
    """Someone typed an address: ask whoever reads its mail. The one who typed it is told the same whatever it holds."""
    naa = naa or timezone.now()
    abonnent = _abonnent(email)
    sok = abonnent.sok.filter(liste=liste, sporring=sporring).first()
    if sok and sok.er_virksomt:
        varsler.folges_alt(sok, naa)
    elif sok is None and not _finn_plass(abonnent):
        varsler.ikke_plass(abonnent, naa, maks=MAKS_SOK)
    else:
        sok = sok or LagretSok(abonnent=abonnent, liste=liste, sporring=sporring)
        if not sok.avmeldt_tid:
            sok.navn, sok.hyppighet, sok.opprettet_tid = navn, hyppighet, naa
            sok.save()
        varsler.bekreft(sok, _signerer.sign(str(sok.pk)), naa)


def _abonnent(email):
    return Abonnent.objects.select_for_update().get_or_create(email=email.lower())[0]


def _finn_plass(abonnent):
    """Whether there is room for one more. What nobody has confirmed gives way, or strangers could fill the place."""
    if abonnent.sok.count() < MAKS_SOK:
        return True
    eldste = abonnent.sok.exclude(pk__in=abonnent.sok.virksomme().values("pk")).first()
    if eldste:
        eldste.delete()
    return eldste is not None


def _start(sok, naa):
    """Begin, or go on. Whoever has been away for a while gets what came meanwhile; whoever left begins anew."""
    if not sok.er_virksomt:
        sok.sett_til, sok.sett_fra, sok.bekreftet_tid, sok.avmeldt_tid = naa, None, naa, None
    sok.pauset_tid = None
    sok.neste_tid = neste_utsending(sok.hyppighet, naa)
    sok.save()


# Confirming


def finn_bekreftelse(hemmelighet):
    """The search a link in a mail confirms, and why not when it does not: `ugyldig`, `utlopt` or `borte`."""
    try:
        pk = _signerer.unsign(hemmelighet, max_age=FRIST)
    except SignatureExpired:
        return None, "utlopt"
    except BadSignature:
        return None, "ugyldig"
    sok = LagretSok.objects.select_related("abonnent").filter(pk=pk).first()
    return sok, "" if sok else "borte"


@transaction.atomic
def bekreft(sok, naa=None):
    """Returns False when it was confirmed before."""
    sok = LagretSok.objects.select_for_update().get(pk=sok.pk)
    if sok.er_virksomt:
        return False
    Abonnent.objects.filter(pk=sok.abonnent_id).update(stanset_tid=None)  # the link arrived
    _start(sok, naa or timezone.now())
    return True


# Looking after


@transaction.atomic
def fortsett(sok, naa=None):
    _start(sok, naa or timezone.now())


def pause(sok, naa=None):
    LagretSok.objects.filter(pk=sok.pk, pauset_tid=None).update(pauset_tid=naa or timezone.now())


def endre_hyppighet(sok, hyppighet, naa=None):
    neste = neste_utsending(hyppighet, naa or timezone.now())
    LagretSok.objects.filter(pk=sok.pk).update(hyppighet=hyppighet, neste_tid=neste)


@transaction.atomic
def slett_sok(sok):
    """Erase one; with the last one goes the address."""
    abonnent = sok.abonnent
    sok.delete()
    if not abonnent.sok.exists():
        slett(abonnent)


@transaction.atomic
def prov_igjen(abonnent, naa=None):
    """Mail did not arrive, and the owner says it will now."""
    Abonnent.objects.filter(pk=abonnent.pk).update(stanset_tid=None)
    _ny_tur(abonnent, naa or timezone.now())


def _ny_tur(abonnent, naa):
    for sok in abonnent.sok.all():
        endre_hyppighet(sok, sok.hyppighet, naa)


# Leaving


def meld_av(abonnent, naa=None):
    """Stop all mail at once. The searches lie for a week, in case somebody's mail program pressed the button."""
    return abonnent.sok.filter(avmeldt_tid=None).update(avmeldt_tid=naa or timezone.now())


@transaction.atomic
def angre(abonnent, naa=None):
    abonnent.sok.exclude(avmeldt_tid=None).update(avmeldt_tid=None)
    _ny_tur(abonnent, naa or timezone.now())


@transaction.atomic
def slett(abonnent):
    """Erase the address, its searches and the mail to it, sent or waiting."""
    Epost.objects.filter(nokkel__startswith=varsler.nokkel(abonnent, "")).delete()
    Abonnent.objects.filter(pk=abonnent.pk).delete()


def glem(email):
    """The person has asked to be forgotten."""
    for abonnent in Abonnent.objects.filter(email__iexact=email):
        slett(abonnent)


def rydd(naa=None):
    """A job: erase what was never confirmed, what was left a week ago, and addresses that no longer hold anything."""
    naa = naa or timezone.now()
    LagretSok.objects.filter(
        Q(bekreftet_tid=None, opprettet_tid__lt=naa - FRIST) | Q(avmeldt_tid__lt=naa - FRIST)
    ).delete()
    for abonnent in Abonnent.objects.filter(Q(sok=None) | Q(stanset_tid__lt=naa - UTEN_KONTAKT)).distinct():
        slett(abonnent)
