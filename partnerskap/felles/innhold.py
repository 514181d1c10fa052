"""That something others can read has changed, told to every process: a row in a log, in the deed's own transaction.

Pages for everyone are checked against `merke()` (partnerskap.felles.felles_sider), and what a process holds in memory is
brought up to date by a `Leser`, or read anew (`husk`). PostgreSQL tells whoever listens of each row, so that pages for visitors
need not ask for the mark (`hort_merke`). Nobody waits for anybody here: a log that is only added to needs no lock. A row that got its number early and is committed late is noticed all the same, since the mark counts the rows too.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from django.db.models import Max
from django.utils import timezone

from partnerskap.felles.ferdig_sql import spor
from partnerskap.felles.lytting import Lytter
from partnerskap.felles.models import Innholdsendring

BEHOLD = timedelta(days=1)
MINST = 200  # rows that are always kept, so that a process can see that it has missed some
_lest = ContextVar("lest", default=None)  # a list with the mark, once it is read
SISTE_OG_ANTALL = f'SELECT MAX(id), COUNT(id) FROM "{Innholdsendring._meta.db_table}"'  # noqa: S608
MAKS_ENDRINGER = 2_000  # more than this, and it is quicker to read everything anew
_husket = "", {}
_hort = Lytter("innhold")  # the channel that the table's trigger tells on (migration 0002)


def endret(slag="", ider=(None,)):
    """Tell that these things have changed; without arguments, that anything may have. Part of the deed's transaction.

    Every change makes kept pages be made anew. One without a kind also makes every process read all projects again, so
    name the kind where it is known: "mission", "utfordring", "likhet".
    """
    Innholdsendring.objects.bulk_create([Innholdsendring(slag=slag, objekt=pk) for pk in ider])


def merke():
    """A short text that is another one after every change. One query, or none inside `som_lest`."""
    lest = _lest.get()
    if lest is None:
        return _les()
    if not lest:
        lest.append(_les())
    return lest[0]


def hort_merke():
    """The mark without asking for it, where changes are heard of. For visitors: who made the change may be back before it is."""
    return _hort.sist(_les)


@contextmanager
def som_lest(merke=None):
    """What is done inside goes by one mark, this or the first that is read, and nothing is asked for twice.

    For pages that only read: they are made of what they are marked with.
    """
    nokkel = _lest.set([merke] if merke else [])
    try:
        yield
    finally:
        _lest.reset(nokkel)


def husk(navn, lag):
    """What `lag()` gives, read once in each process until something changes: places, menus, what is few and often asked for.

    Only what is the same for everyone, and never changed by whoever gets it.
    """
    global _husket
    naa = merke()
    if _husket[0] != naa:
        _husket = naa, {}
    _merke, minne = _husket
    if navn not in minne:
        minne[navn] = lag()
    return minne[navn]


def glem():
    """Remember nothing. For tests, where the database goes back in time."""
    global _husket
    _husket = "", {}
    _hort.glem()


def _les():
    # Asked before every page a visitor gets, and most of what that costs would be making SQL of a queryset.
    ((siste, antall),) = spor(SISTE_OG_ANTALL)
    return f"{siste or 0}.{antall}"


class Leser:
    """What one reader has seen of the log. Make one first, and read the things afterwards."""

    def __init__(self, sett=None):
        self.sett = frozenset(Innholdsendring.objects.values_list("pk", flat=True)) if sett is None else sett

    def nytt(self, slag):
        """Ids of what has changed since then, or None when everything must be read anew; and the next reader."""
        rader = list(Innholdsendring.objects.values_list("pk", "slag", "objekt"))
        ulest = [rad for rad in rader if rad[0] not in self.sett]
        neste = Leser(frozenset(pk for pk, *_ in rader))
        ryddet = min(neste.sett, default=0) > max(self.sett, default=0) + 1  # perhaps ryddet away unread
        if ryddet or len(ulest) > MAKS_ENDRINGER or any(not hva for _pk, hva, _objekt in ulest):
            return None, neste
        return {objekt for _pk, hva, objekt in ulest if hva == slag}, neste


def rydd():
    """Sweep away what every process has seen long ago. Returns how many rows."""
    siste = Innholdsendring.objects.aggregate(siste=Max("pk"))["siste"] or 0
    gamle = Innholdsendring.objects.filter(tid__lt=timezone.now() - BEHOLD, pk__lte=siste - MINST)
    return gamle.delete()[0]
