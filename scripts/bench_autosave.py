"""What it costs that a draft saves itself: one person who writes, asked through gunicorn, on SQLite and on PostgreSQL.

    python scripts/bench_autosave.py --size 5000

Makes its own database as bench.py does, and sends the requests that static/js/autolagring.js sends: a section's changed
answers, one request at a time. Says the median and the slowest twentieth by the clock, how much of
the processors a save takes (web and database together; on Linux, and the same however much else the machine does), and
how many queries.
"""

import argparse
import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

from bench import ROOT, database, fill, prepare, production, serving

WARMUP, SAVES = 20, 60

START = """
import json, uuid, django
django.setup()
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from kommuner.models import Bruker
from prosjekter.handlinger import prosjekt as handlinger
hvem = Bruker.objects.get(email="runa.haugset@fjordvik.example")
prosjekt, _ny = handlinger.opprett(tittel="Skolevei i lys", utfordring="Kort.", nokkel=str(uuid.uuid4()), av=hvem,
                                   eier=hvem.aktive_medlemskap[0].organisasjon)
okt = import_module(settings.SESSION_ENGINE).SessionStore()
okt[SESSION_KEY], okt[BACKEND_SESSION_KEY] = str(hvem.pk), settings.AUTHENTICATION_BACKENDS[0]
okt[HASH_SESSION_KEY] = hvem.get_session_auth_hash()
okt.save()
sti = reverse("prosjekter:autolagre", args=[prosjekt.slug, "kort"])
klient = Client(SERVER_NAME="127.0.0.1")
klient.force_login(hvem, settings.AUTHENTICATION_BACKENDS[0])
klient.post(sti, {"felt": "ingress", "ingress": "Varm.", "versjon": 1})
with CaptureQueriesContext(connection) as sporringer:
    svar = klient.post(sti, {"felt": "ingress", "ingress": "Tell.", "versjon": 2})
assert svar.status_code == 200, svar.status_code
print(json.dumps({"sti": sti, "kjeks": settings.SESSION_COOKIE_NAME, "csrf": settings.CSRF_COOKIE_NAME,
                  "okt": okt.session_key, "versjon": svar.json()["versjon"], "sporringer": len(sporringer)}))
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=5_000, help="how many projects there are beside (5000)")
    parser.add_argument("--only", choices=("sqlite", "postgresql"), help="one of the two databases")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="partnerskap-bench-") as folder:
        for engine in ("sqlite", "postgresql"):
            if options.only in (None, engine):
                with database(engine, folder) as url:
                    environment = production(url, Path(folder))
                    prepare(environment)
                    fill(environment, options.size)
                    print(f"{engine}, {options.size} projects: {measure(environment)}", flush=True)


def measure(environment):
    start = subprocess.run(
        [sys.executable, "-c", START], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    draft = json.loads(start.stdout.strip().splitlines()[-1])
    with serving(environment) as port:
        parts = []
        for name, answer in (("a line", "ingress"), ("a long text", "utfordring")):
            save(port, draft, answer, WARMUP)  # the web processes have made themselves ready
            before = processor_time()
            times = save(port, draft, answer, SAVES)
            each = (processor_time() - before) * 1000 / SAVES
            parts.append(f"{name} {told(times)}, processor {each:.0f} ms")
        load = os.getloadavg()[0]
    return f"{'; '.join(parts)}; {draft['sporringer']} queries; load {load:.1f}"


def save(port, draft, answer, saves):
    """Milliseconds of each save, as somebody writes on: every request says a little more."""
    connection, times, text = http.client.HTTPConnection("127.0.0.1", port, timeout=30), [], ""
    token = "a" * 32
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"{draft['kjeks']}={draft['okt']}; {draft['csrf']}={token}",
    }
    for number in range(saves):
        text = f"{text} Vi ser at barna går i mørket nummer {number}."[-290 if answer == "ingress" else -6000 :].strip()
        data = {"csrfmiddlewaretoken": token, "versjon": draft["versjon"], "felt": answer, answer: text}
        begun = time.perf_counter()
        connection.request("POST", draft["sti"], urlencode(data), headers)
        reply = connection.getresponse()
        body = reply.read()
        times.append((time.perf_counter() - begun) * 1000)
        if reply.status != 200:
            sys.exit(f"{reply.status}: {body[:300]!r}")
        draft["versjon"] = json.loads(body)["versjon"]
        time.sleep(0.05)
    connection.close()
    return times


def processor_time():
    """Seconds that the processes we started have used; 0 where there is no /proc."""
    parents, used = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        pid = int(stat.parent.name)
        parents[pid], used[pid] = int(fields[1]), int(fields[11]) + int(fields[12])
    ours = [pid for pid in used if pid != os.getpid() and is_ours(pid, parents)]
    return sum(used[pid] for pid in ours) / os.sysconf("SC_CLK_TCK")


def is_ours(pid, parents):
    while pid := parents.get(pid):
        if pid == os.getpid():
            return True
    return False


def told(times):
    return f"p50 {statistics.median(times):.0f} ms, p95 {statistics.quantiles(times, n=20)[-1]:.0f} ms"


if __name__ == "__main__":
    main()
