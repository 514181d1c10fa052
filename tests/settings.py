"""The portal's own settings, on this machine, in a database file and a folder that the run throws away."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ["PORTAL_UTVIKLING"] = "1"
os.environ["DEBUG"] = "0"  # also while modules are imported, before Django's test runner turns it off
# Browser tests drive an event loop in the thread that also asks the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
MAPPE = Path(tempfile.mkdtemp(prefix="partnerskap-test-"))
atexit.register(shutil.rmtree, MAPPE, ignore_errors=True)
os.environ["PORTAL_VAR"] = str(MAPPE)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{MAPPE}/portal.sqlite3")
(MAPPE / "static").mkdir()

from partnerskap.settings import *  # noqa: E402, F403
from partnerskap.settings import CACHES, DATABASES  # noqa: E402

# A page is made each time it is asked for; tests/felles/test_felles_sider.py turns the memory on.
CACHES["sider"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in production: an in-memory database is shared between threads and locks in other ways.
    DATABASES["default"]["TEST"] = {"NAME": str(MAPPE / "test.sqlite3")}
