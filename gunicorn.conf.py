"""How gunicorn serves the portal. It finds this file by itself; docs/operations.md tells what may be set."""

import gc
import multiprocessing
import os
import sys

from partnerskap.felles.logging import JsonFormat

wsgi_app = "partnerskap.wsgi"
bind = os.environ.get("BIND", "0.0.0.0:8000")
# Plain workers, one more than there are cores, were quickest for pages like ours. They need a proxy in front that
# buffers slow visitors (any of nginx, Caddy or an ingress does).
workers = int(os.environ.get("WEB_CONCURRENCY") or multiprocessing.cpu_count() + 1)
timeout = 30  # three times the database's own limit for a page
graceful_timeout = 30
max_requests, max_requests_jitter = 50_000, 5_000  # a new worker takes seconds of processor to begin: not too often
control_socket_disable = True  # a supervisor restarts us; nobody else needs a way in
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None


def on_starting(_server):
    """Read the words of the search before there are workers: one that takes over for another has them, and shares them."""
    from sok.betydning import retning
    from sok.termer import dokumenttermer

    dokumenttermer("ordliste")
    retning(("ordliste", 1))


def on_reload(server):
    """Workers to come read the code anew, so what has been read of it here goes too."""
    for navn in [navn for navn in sys.modules if navn.partition(".")[0] == "sok"]:
        del sys.modules[navn]
    on_starting(server)


def post_worker_init(worker):
    """Read what a process remembers before the first visitor waits for it. A database that is away is no hindrance.

    What is there then stays, and is not looked through for garbage again: it took a quarter of a second, of some visitor's.
    """
    from django.db import DatabaseError, connections
    from django.urls import reverse

    from partnerskap.felles.felles_sider import utgave
    from prosjekter import fasettindeks
    from sok.forslag import les_ordlistene

    reverse("forside")  # all addresses, and the code behind them
    utgave()
    les_ordlistene()
    try:
        fasettindeks.naa()
    except DatabaseError:
        worker.log.warning("databasen svarer ikke ennå")
    finally:
        connections.close_all()
    gc.collect()
    gc.freeze()


# Requests are logged by the portal itself, without visitors' addresses; gunicorn says only how it fares.
accesslog = None
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": JsonFormat}},
    "handlers": {"ut": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": [], "level": "INFO"},
    "loggers": {
        "gunicorn.error": {"handlers": ["ut"], "level": "INFO", "propagate": False},
        "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
