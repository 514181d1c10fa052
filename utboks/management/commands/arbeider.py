"""The worker: delivers the outbox until it is told to stop."""

import logging
import signal
import threading
import time

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from utboks.handlinger import rydd, send_ventende

logg = logging.getLogger(__name__)

DOGN_I_SEKUNDER = 24 * 3600


class Command(BaseCommand):
    help = "Lever e-post fra utboksen. Kjører til den stoppes (SIGTERM fullfører det den holder på med)."

    def add_arguments(self, parser):
        parser.add_argument("--en-gang", action="store_true", help="lever det som venter, og avslutt")
        parser.add_argument("--pause", type=float, default=1.0, help="sekunder mellom hver runde (1)")

    def handle(self, *, en_gang, pause, **_valg):
        if en_gang:
            self.stdout.write(f"{send_ventende()} levert")
            return
        stopp = threading.Event()
        for tegn in (signal.SIGTERM, signal.SIGINT):
            signal.signal(tegn, lambda *_: stopp.set())
        neste_rydding = time.monotonic()
        while not stopp.is_set():
            self.en_runde()
            if time.monotonic() >= neste_rydding:
                self.rydd()
                neste_rydding += DOGN_I_SEKUNDER
            stopp.wait(pause)

    def en_runde(self):
        """A database that is away for a while must not end the worker: it tries again next round."""
        try:
            close_old_connections()
            send_ventende()
        except DatabaseError as feil:
            logg.error("utboksen kunne ikke leses: %s", type(feil).__name__)

    def rydd(self):
        try:
            rydd()
        except DatabaseError as feil:
            logg.error("det gamle ble ikke ryddet bort: %s", type(feil).__name__)
