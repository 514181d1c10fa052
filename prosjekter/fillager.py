"""Where pictures and attachments lie: a storage of its own (STORAGES["filer"]), on disk or anything Django can write to.

A row's files have a folder of their own and are never changed. They are written before the row and deleted after it, so
that no row is ever without its files; what is left over when a process is killed in between, `rydd` takes.
"""

import logging
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

from prosjekter.models import Bilde, Vedlegg

logg = logging.getLogger(__name__)

MAPPER = {"bilder": Bilde, "vedlegg": Vedlegg}
RO = timedelta(days=1)  # how long a folder without a row is left alone: its row may be on its way
TEGN = "0123456789abcdef"


def lager():
    return storages["filer"]


@contextmanager
def _feil_som_paa_disk():
    """Each storage has its own errors when it cannot be reached. Here they all become what a disk says."""
    try:
        yield
    except OSError:
        raise
    except Exception as feil:
        raise OSError(f"{type(feil).__name__} i fillageret") from feil


def sti(rad, navn):
    """Where a file of the row lies."""
    return f"{_sti(_rot(type(rad)), rad.mappe)}/{navn}"


def skriv(rad, filer):
    """Write {name: bytes or open file} in the row's folder. On the first that fails, those written are taken away."""
    try:
        for navn, innhold in filer.items():
            with _feil_som_paa_disk():
                lager().save(sti(rad, navn), ContentFile(innhold) if isinstance(innhold, bytes) else innhold)
    except OSError:
        slett(type(rad), rad.mappe)
        raise


def apne(rad, navn):
    with _feil_som_paa_disk():
        return lager().open(sti(rad, navn))


def slett(modell, mappe):
    """Take away a folder and what is in it. What cannot be deleted now is taken by `rydd` another day."""
    try:
        with _feil_som_paa_disk():
            _slett(_sti(_rot(modell), mappe))
    except OSError as feil:
        logg.warning("en mappe i fillageret lot seg ikke slette: %s", type(feil).__name__)


def slett_etterpa(rader):
    """Delete the rows' files when the transaction that deletes the rows is through, and not before."""
    for modell, mappe in [(type(rad), rad.mappe) for rad in rader if hasattr(rad, "mappe")]:
        transaction.on_commit(lambda modell=modell, mappe=mappe: slett(modell, mappe), robust=True)


def rydd():
    """A job: folders that no row knows, and that have been so for a day."""
    for rot, modell in MAPPER.items():
        for gruppe in _mapper(rot):
            _rydd(rot, modell, gruppe)


def _rydd(rot, modell, gruppe):
    if len(gruppe) != 2 or not set(gruppe) <= set(TEGN):
        return
    navn = _mapper(f"{rot}/{gruppe}")
    fra, til = UUID(gruppe + "0" * 30), UUID(gruppe + "f" * 30)
    kjente = {str(mappe) for mappe in modell.objects.filter(mappe__range=(fra, til)).values_list("mappe", flat=True)}
    for mappe in set(navn) - kjente:
        if _er_gammel(f"{rot}/{gruppe}/{mappe}"):
            _slett(f"{rot}/{gruppe}/{mappe}")


def _er_gammel(mappe):
    grense = timezone.now() - RO
    return all(lager().get_modified_time(f"{mappe}/{navn}") < grense for navn in lager().listdir(mappe)[1])


def _slett(mappe):
    for navn in lager().listdir(mappe)[1]:
        lager().delete(f"{mappe}/{navn}")
    lager().delete(mappe)  # a folder that is empty is in nobody's way; on disk it can be taken away too


def _mapper(sted):
    try:
        return lager().listdir(sted)[0]
    except FileNotFoundError:
        return []


def _rot(modell):
    return next(rot for rot, m in MAPPER.items() if m is modell)


def _sti(rot, mappe):
    return f"{rot}/{mappe.hex[:2]}/{mappe}"
