"""The worker: delivers the outbox and does the jobs that are due, until it is told to stop."""

import logging
import signal
import threading

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from utboks.handlinger import send_ventende
from utboks.jobber import kjor_forfalte

logg = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Lever e-post fra utboksen, og gjør faste jobber når de forfaller. Kjører til den stoppes (SIGTERM fullfører det den holder på med)."

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
        self.stdout.write("Arbeideren er i gang.")
        self.stdout.flush()
        while not stopp.is_set():
            self.en_runde()
            stopp.wait(pause)

    def en_runde(self):
        """A database that is away for a while must not end the worker: it tries again next round."""
        try:
            close_old_connections()
            send_ventende()
            kjor_forfalte()
        except DatabaseError as feil:
            logg.error("utboksen kunne ikke leses: %s", type(feil).__name__)
