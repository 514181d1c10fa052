"""Work done at fixed intervals: the worker does what is due, one worker at a time, and writes down how it went.

A room registers its own jobs in `AppConfig.ready()`, so the outbox need not know the rooms above it.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from utboks.models import Jobb

logg = logging.getLogger(__name__)

LEIE = timedelta(minutes=15)  # longer than any job may take: they do a batch at a time
NYTT_FORSOK = timedelta(minutes=5)  # after a failure


@dataclass(frozen=True)
class Oppgave:
    gjor: Callable
    hver: timedelta


OPPGAVER = {}


def registrer(navn, gjor, *, hver):
    """`gjor` takes no arguments, may be killed at any point, and returns True when there is more to do at once."""
    OPPGAVER[navn] = Oppgave(gjor, hver)


def kjor_forfalte():
    """Do the jobs that are due. Returns the names of those this worker did."""
    naa = timezone.now()
    neste = dict(Jobb.objects.values_list("navn", "neste_tid"))
    Jobb.objects.bulk_create(
        [Jobb(navn=navn, neste_tid=naa) for navn in OPPGAVER.keys() - neste.keys()], ignore_conflicts=True
    )
    forfalte = [navn for navn in OPPGAVER if neste.get(navn, naa) <= naa]
    return [navn for navn in forfalte if _lei(navn, naa) and _kjor(navn, OPPGAVER[navn], naa)]


def _lei(navn, naa):
    """Claim the job. The conditional UPDATE has one winner on every engine."""
    return Jobb.objects.filter(navn=navn, neste_tid__lte=naa).update(neste_tid=naa + LEIE, sist_startet=naa)


def _kjor(navn, oppgave, startet):
    # A worker that outlived its lease may not write over the one that came after it.
    min_jobb = Jobb.objects.filter(navn=navn, sist_startet=startet)
    try:
        mer = oppgave.gjor() is True
    except Exception as feil:  # one job that fails stops neither the mail nor the other jobs
        # The error's own text may quote a person's data; only its kind is kept.
        logg.exception("jobben %s feilet: %s", navn, type(feil).__name__)
        min_jobb.update(
            neste_tid=timezone.now() + min(oppgave.hver, NYTT_FORSOK),
            siste_feil=type(feil).__name__,
            antall_feil=F("antall_feil") + 1,
        )
        return False
    naa = timezone.now()
    min_jobb.update(neste_tid=naa if mer else startet + oppgave.hver, sist_ferdig=naa, siste_feil="", antall_feil=0)
    return True
