"""Hear of a change when it is committed, instead of asking before every page: PostgreSQL's LISTEN and NOTIFY.

    merket = Lytter("innhold")
    merket.sist(les)        # what les() gave, read anew only when something has been told on the channel since

Each thread listens on the connection Django has open anyway, so there is nothing to start and nothing more to keep open. To
look costs two system calls, and where the line is still, the server is there: Django need not try the connection as well.
Whoever is in a transaction asks the database, since nobody is told of what is not committed; so does SQLite, where asking
costs as little, and a connection that is not kept (`CONN_MAX_AGE=0`), which is how it is behind a pooler.
"""

import select
import threading
import time

from django.db import connection

LENGST = 5  # seconds; should a connection be of the kind that is told nothing, this old can the answer be


class Lytter(threading.local):
    def __init__(self, kanal):
        self.kanal = kanal
        self.glem()

    def glem(self):
        self._forbindelse = None

    def sist(self, les):
        """What `les()` gives, or gave since the last that was told."""
        if connection.vendor != "postgresql" or not connection.settings_dict["CONN_MAX_AGE"] or _i_transaksjon():
            return les()
        if self._maa_lese():
            self._lytt()  # first, so that what is committed after the reading is heard of
            self._verdi, self._til = les(), time.monotonic() + LENGST
        return self._verdi

    def _maa_lese(self):
        if self._forbindelse is None or self._forbindelse is not connection.connection or time.monotonic() > self._til:
            return True
        from psycopg import OperationalError

        try:
            if not select.select([self._forbindelse], [], [], 0)[0]:  # a server that goes away says so, or hangs up
                connection.health_check_done = True
            self._forbindelse.pgconn.consume_input()
        except OperationalError:  # the connection is gone; Django finds that out, and has its own ways
            return True
        while self._forbindelse.pgconn.notifies():
            self._hoert = True
        return self._hoert

    def _lytt(self):
        self._hoert = False
        if self._forbindelse is not None and self._forbindelse is connection.connection:
            return
        with connection.cursor() as peker:
            peker.execute(f'LISTEN "{self.kanal}"')
        self._forbindelse = connection.connection
        self._forbindelse.add_notify_handler(self._hoer)

    def _hoer(self, _melding):
        """Told while another question was asked on the connection."""
        self._hoert = True


def _i_transaksjon():
    return connection.in_atomic_block or not connection.get_autocommit()
