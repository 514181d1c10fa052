"""Ask a virus scanner about a file. The documented choice is ClamAV's daemon, clamd, spoken to in its own protocol.

`VIRUSSKANNER` says where it listens: `clamd:///run/clamav/clamd.ctl` or `clamd://host:3310`. Left empty, nothing is
scanned and pages say so. A scanner that does not answer lets nothing through: see docs/operations.md.
"""

import socket
import struct
from contextlib import closing
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

BIT = 64 * 1024
TIDSGRENSE = 20  # seconds for each step; gunicorn gives up after 30
MAKS_SVAR = 4096


class SkannerNede(Exception):  # noqa: N818
    """The scanner cannot be reached, or does not say whether the file is clean."""


def er_paa():
    return bool(settings.VIRUSSKANNER)


def skann(fil):
    """What clamd calls the virus in the file, or an empty text when it finds none. Reads from the beginning."""
    try:
        with closing(_kobling()) as kobling:
            return _tolk(_spor(kobling, fil))
    except (OSError, UnicodeDecodeError) as feil:
        raise SkannerNede(type(feil).__name__) from feil


def _kobling():
    adresse = urlsplit(settings.VIRUSSKANNER)
    if adresse.scheme != "clamd":
        raise ImproperlyConfigured("VIRUSSKANNER: bruk clamd:///sti/til/clamd.ctl eller clamd://vert:3310")
    if adresse.hostname:
        return socket.create_connection((adresse.hostname, adresse.port or 3310), timeout=TIDSGRENSE)
    kobling = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    kobling.settimeout(TIDSGRENSE)
    try:
        kobling.connect(adresse.path)
    except OSError:
        kobling.close()
        raise
    return kobling


def _spor(kobling, fil):
    """INSTREAM: each piece with its length before it, and a piece of no length at the end."""
    fil.seek(0)
    kobling.sendall(b"zINSTREAM\0")
    while bit := fil.read(BIT):
        kobling.sendall(struct.pack(">I", len(bit)) + bit)
    kobling.sendall(struct.pack(">I", 0))
    svar = b""
    while not svar.endswith(b"\0") and len(svar) < MAKS_SVAR and (bit := kobling.recv(MAKS_SVAR)):
        svar += bit
    return svar.rstrip(b"\0\n").decode()


def _tolk(svar):
    """«stream: OK», «stream: NAME FOUND», or something else, which is not a yes."""
    _hva, _skille, dom = svar.partition(": ")
    if dom == "OK":
        return ""
    if dom.endswith(" FOUND"):
        return dom.removesuffix(" FOUND")
    raise SkannerNede(svar[:80])
