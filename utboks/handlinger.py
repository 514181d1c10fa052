"""Write mail to the outbox, and deliver what waits there."""

import logging
import re
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, Q
from django.utils import timezone

from utboks.models import MAKS_FORSOK, Epost, Varsel, Varselmottaker

logg = logging.getLogger(__name__)

LEIE = timedelta(minutes=5)  # longer than any delivery may take (EMAIL_TIMEOUT is 20 s)
# What a caller may add: how to leave a list with one click (RFC 2369 and 8058). Never who it goes to or comes from.
TILLATTE_HODER = {"List-Unsubscribe", "List-Unsubscribe-Post"}
SYNLIG_ASCII = re.compile(r"[\x20-\x7e]{1,900}")


def legg_i_utboks(*, nokkel, til, emne, tekst, er_hemmelig=False, hoder=None):
    """Queue one message. Call it inside the transaction of the deed; the same key twice is one message."""
    for navn, verdi in (hoder or {}).items():
        if navn not in TILLATTE_HODER or not SYNLIG_ASCII.fullmatch(verdi):
            raise ValueError(f"hodet {navn} kan ikke sendes")
    epost, _ny = Epost.objects.get_or_create(
        nokkel=nokkel,
        defaults={
            "til": til,
            "emne": " ".join(emne.split())[:200],
            "tekst": tekst,
            "er_hemmelig": er_hemmelig,
            "hoder": hoder or {},
        },
    )
    return epost


def send_ventende(*, maks=100):
    """Deliver what is due. Returns how many were delivered. Several workers may run at once."""
    antall = 0
    for pk in list(Epost.objects.ventende().values_list("pk", flat=True)[:maks]):
        if _lei(pk):
            antall += _send(Epost.objects.get(pk=pk))
    return antall


def _lei(pk):
    """Claim one message. The conditional UPDATE has one winner on every engine."""
    naa = timezone.now()
    return (
        Epost.objects.ventende(naa)
        .order_by()
        .filter(pk=pk)
        .update(neste_forsok=naa + LEIE, antall_forsok=F("antall_forsok") + 1)
    )


def _send(epost):
    domene = settings.PORTAL_ADRESSE.split("//")[-1].split(":")[0].split("/")[0]
    melding = EmailMessage(
        subject=epost.emne,
        body=epost.tekst,
        to=[epost.til],
        headers={**epost.hoder, "Message-ID": f"<{epost.melding_id}@{domene}>", "Auto-Submitted": "auto-generated"},
    )
    try:
        melding.send()
    except Exception as feil:  # whatever the mail server does, nothing is lost
        _utsett(epost, feil)
        return 0
    levert = {"sendt_tid": timezone.now(), "siste_feil": ""}
    if epost.er_hemmelig:
        levert |= {"tekst": "", "hoder": {}}
    Epost.objects.filter(pk=epost.pk).update(**levert)
    return 1


def _utsett(epost, feil):
    """Try again after 1, 2, 4, 8 ... minutes; after MAKS_FORSOK leave it for people to see."""
    naa = timezone.now()
    gir_opp = epost.antall_forsok >= MAKS_FORSOK
    Epost.objects.filter(pk=epost.pk).update(
        neste_forsok=naa + timedelta(minutes=2 ** (epost.antall_forsok - 1)),
        gitt_opp_tid=naa if gir_opp else None,
        siste_feil=type(feil).__name__,
    )
    # The error's own text may name the recipient; only its kind is logged.
    logg.warning("epost %s ikke levert: %s, forsøk %s", epost.pk, type(feil).__name__, epost.antall_forsok)


def rydd(*, eldre_enn=timedelta(days=30)):
    """Erase mail that was delivered or given up a month ago: it has done its work, or never will. Returns how many.

    With it go sessions that have run out, which Django leaves lying: they may hold an address or a text in progress.
    """
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    grense = timezone.now() - eldre_enn
    Varsel.objects.filter(sendt_tid__lt=grense).delete()
    return Epost.objects.filter(Q(sendt_tid__lt=grense) | Q(gitt_opp_tid__lt=grense)).delete()[0]


def glem_adresse(adresse):
    """Erase all mail to one address, delivered or waiting, and its choices: the person has asked to be forgotten."""
    Varselmottaker.objects.filter(email__iexact=adresse).delete()
    return Epost.objects.filter(til__iexact=adresse).delete()[0]
