"""What was asked for in vain: how often and in which month, so that the word lists can grow. Never who.

It is written while a page is shown, like the counters for rate limits: the visitor's page is not changed by it.
"""

import re
from datetime import date

from django.db import DatabaseError, transaction
from django.db.models import F, Sum
from django.utils import timezone

from sok.analyse import tokens
from sok.models import TomtSok
from sok.ordklasser import er_stoppord

MAKS_TEGN = 60
MAKS_ORD = 6
MAKS_RADER = 5000  # of a month: a machine that tries words shall not fill the database
MAANEDER = 12
_SIFFER = re.compile(r"(?:\d[\s.,-]*){5}")  # telephone, account, national identity
_NAVN = re.compile(r"(?:[A-ZÆØÅ][a-zæøå]+[\s-]+)+[A-ZÆØÅ][a-zæøå]+")


def tell(tekst):
    """Count a search that found nothing. What looks like something about a person is not written down."""
    ordene = _uten_personopplysninger(tekst)
    if not ordene:
        return
    maaned = timezone.localdate().replace(day=1)
    try:
        with transaction.atomic():
            denne = TomtSok.objects.filter(maaned=maaned)
            if denne.filter(tekst=ordene).update(antall=F("antall") + 1) or denne.count() >= MAKS_RADER:
                return
            TomtSok.objects.bulk_create([TomtSok(tekst=ordene, maaned=maaned, antall=1)], ignore_conflicts=True)
    except DatabaseError:  # a busy database: the answer matters more than the count
        return


def oftest():
    """Rows of `tekst` and `ganger` for the last year, the most asked for first."""
    return (
        TomtSok.objects.filter(maaned__gte=_eldste())
        .values("tekst")
        .annotate(ganger=Sum("antall"))
        .order_by("-ganger", "tekst")
    )


def rydd():
    """Erase what is older than a year. Returns how many rows."""
    return TomtSok.objects.filter(maaned__lt=_eldste()).delete()[0]


def _eldste():
    i_dag = timezone.localdate()
    return date(i_dag.year - 1, i_dag.month, 1)


def _uten_personopplysninger(tekst):
    """The words in lower case, or nothing."""
    if "@" in tekst or len(tekst) > MAKS_TEGN or _SIFFER.search(tekst) or _NAVN.fullmatch(tekst.strip()):
        return ""
    ordene = tokens(tekst)
    if len(ordene) > MAKS_ORD or all(er_stoppord(o) for o in ordene):
        return ""
    return " ".join(ordene)
