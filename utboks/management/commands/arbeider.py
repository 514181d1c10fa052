"""The worker: delivers the outbox until it is told to stop."""

import signal
import threading

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from utboks.handlinger import rydd, send_ventende

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
        siste_rydding = 0.0
        import time

        while not stopp.is_set():
            close_old_connections()
            send_ventende()
            if time.monotonic() - siste_rydding > DOGN_I_SEKUNDER or not siste_rydding:
                rydd()
                siste_rydding = time.monotonic()
            stopp.wait(pause)
