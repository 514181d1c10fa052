"""Ask the web process in this container whether it is ready. Exit code 0 when it is (Docker's health check)."""

import os
import sys
import urllib.request

ADDRESS = os.environ.get("HELSE_ADRESSE", "http://127.0.0.1:8000/helse/klar/")
# The portal answers only to the names it is known by.
HOST = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")

try:
    urllib.request.urlopen(urllib.request.Request(ADDRESS, headers={"Host": HOST}), timeout=4)
except OSError as error:  # no answer, too late, or not ready
    sys.exit(f"not ready: {error}")
