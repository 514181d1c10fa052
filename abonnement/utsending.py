"""The mail with what is new: one to each address and day, for all its searches together, and never an empty one."""

import logging
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from abonnement import treff, varsler
from abonnement.kodeverk import Hyppighet
from abonnement.models import Abonnent, LagretSok, neste_utsending
from kommuner.lesere import leser
from utboks.models import Epost

logg = logging.getLogger(__name__)

BUNKE = 100  # addresses at a time, so that the worker gets to deliver in between
MAKS_VISTE = 10  # rows listed by name for each search
# A project gets its time of publishing a moment before others can see it. Those moments belong to the next mail.
ETTERSLEP = timedelta(minutes=2)
UTSETTELSE = timedelta(hours=1)


@dataclass
class Nytt:
    """What one search has to tell."""

    sok: LagretSok
    rader: list = field(default_factory=list)
    antall: int = 0
    feil: str = ""  # told once

    def __bool__(self):
        return bool(self.antall or self.feil)

    @property
    def antall_andre(self):
        return self.antall - len(self.rader)


def send_forfalte(naa=None, *, bunke=BUNKE):
    """A job: write mail to those whose turn it is. Returns True when there are more of them."""
    naa = naa or timezone.now()
    stans_der_posten_ikke_kommer_fram(naa)
    forfalte = LagretSok.objects.forfalte(naa).order_by("abonnent_id").values_list("abonnent_id", flat=True).distinct()
    ider = list(forfalte[: bunke + 1])
    for pk in ider[:bunke]:
        try:
            send_til(pk, naa)
        except Exception as feil:  # one that fails must not stop the rest, nor be tried again at once
            logg.exception("abonnent %s fikk ikke sin e-post: %s", pk, type(feil).__name__)
            LagretSok.objects.forfalte(naa).filter(abonnent=pk).update(neste_tid=naa + UTSETTELSE)
    return len(ider) > bunke


@transaction.atomic
def send_til(pk, naa):
    """Write one mail, and move the marks of its searches. Returns whether there was anything to write.

    One transaction: killed in the middle, nothing has happened, and the next worker begins again. Of two workers the
    second finds nothing due.
    """
    abonnent = Abonnent.objects.select_for_update().filter(pk=pk).first()
    forfalte = list(LagretSok.objects.forfalte(naa).filter(abonnent=pk).order_by("opprettet_tid", "pk"))
    if not forfalte:
        return False
    idag = timezone.localdate(naa)
    if abonnent.sist_sendt_dato == idag or _er_underveis(abonnent.siste_epost):
        # Had one today, or the last one is still on its way. The marks stand, so the hits come in the next.
        for sok in forfalte:
            sok.neste_tid = neste_utsending(Hyppighet.DAGLIG, naa)
            sok.save(update_fields=["neste_tid"])
        return False
    alt = [nytt for nytt in _nytt_i(forfalte, leser(abonnent.email), naa) if nytt]
    if not alt:
        return False
    abonnent.siste_epost = varsler.nye_treff(abonnent, alt, idag)
    abonnent.sist_sendt_dato = idag
    abonnent.save(update_fields=["siste_epost", "sist_sendt_dato"])
    return True


def _er_underveis(nokkel):
    return Epost.objects.filter(nokkel=nokkel, sendt_tid=None, gitt_opp_tid=None).exists()


def _nytt_i(forfalte, bruker, naa):
    """What each search has to tell, with their marks moved. What is in several is told of in the first."""
    nevnt, alt = defaultdict(set), []
    LagretSok.objects.filter(abonnent=forfalte[0].abonnent_id).update(sett_fra=None)  # the mail before has arrived
    for sok in forfalte:
        nytt = _nytt(sok, bruker, naa - ETTERSLEP, nevnt[sok.liste])
        nevnt[sok.liste].update(rad.pk for rad in nytt.rader)
        sok.neste_tid = neste_utsending(sok.hyppighet, naa)
        sok.save(update_fields=["neste_tid", "navn", "feil", "sett_fra", "sett_til"])
        alt.append(nytt)
    return alt


def _nytt(sok, bruker, til, nevnt):
    filter_ = treff.filter_for(sok.sporring, bruker, sok.liste)
    nytt = Nytt(sok)
    feil = " ".join(filter_.ukjente)
    if treff.borte(sok.sporring, filter_):
        feil = feil or _("En del av søket finnes ikke lenger.")
    else:
        funnet = treff.nye(filter_, sok, til).exclude(pk__in=nevnt)
        nytt.antall = funnet.order_by().count()
        nytt.rader = list(funnet.for_kort()[:MAKS_VISTE]) if nytt.antall else []
        sok.navn = treff.i_ord(filter_, sok.liste)
        sok.sett_fra, sok.sett_til = sok.sett_til, max(til, sok.sett_til)
    if feil != sok.feil:
        nytt.feil = sok.feil = feil
    return nytt


def stans_der_posten_ikke_kommer_fram(naa=None):
    """The outbox has given up the last mail: send no more there, and go back to where that mail began."""
    gitt_opp = Epost.objects.gitt_opp().order_by().values("nokkel")
    for abonnent in Abonnent.objects.filter(stanset_tid=None, siste_epost__in=gitt_opp):
        with transaction.atomic():
            stanset = {"stanset_tid": naa or timezone.now(), "siste_epost": ""}
            if Abonnent.objects.filter(pk=abonnent.pk, stanset_tid=None).update(**stanset):
                abonnent.sok.exclude(sett_fra=None).update(sett_til=F("sett_fra"), sett_fra=None)
