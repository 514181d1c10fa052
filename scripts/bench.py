"""`make bench`: how quick the portal is with 50,000 projects, on SQLite and on PostgreSQL.

    python scripts/bench.py --antall 5000 --seconds 2 --only sqlite     # a quick look

Makes its own database, starts gunicorn with production settings, drives each page with 8 clients, and writes the table
in docs/performance.md. The clients, the web processes and the database share the machine, so compare the last column
(how the page fares against a view that does nothing, in the same run) and not the seconds.
"""

import argparse
import contextlib
import html
import json
import os
import platform
import re
import secrets
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import private_postgres

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "docs" / "performance.md"
START, END = "<!-- make bench writes from here -->", "<!-- to here -->"
CLIENTS = 8
WORKERS = 3

COUNT = """
import json, sys, django
django.setup()
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
klient, svar = Client(SERVER_NAME="127.0.0.1"), {}
for sti in json.loads(sys.argv[1]):
    klient.get(sti)
    with CaptureQueriesContext(connection) as spoerringer:
        side = klient.get(sti)
    svar[sti] = [side.status_code, len(spoerringer), len(side.content)]
print(json.dumps(svar))
"""

# What PostgreSQL does by itself within minutes of a bulk load, and would otherwise do in the middle of the measuring.
SETTLE = """
import django
django.setup()
from django.db import connection
if connection.vendor == "postgresql":
    connection.cursor().execute("VACUUM ANALYZE")
"""


class Result(NamedTuple):
    name: str
    path: str
    queries: int
    size: int
    per_second: float
    p50: float
    p99: float


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--antall", type=int, default=50_000, help="projects to generate (50000)")
    parser.add_argument("--seconds", type=float, default=5, help="how long to drive each page (5)")
    parser.add_argument("--only", choices=("sqlite", "postgresql"), help="one of the two databases")
    options = parser.parse_args()
    tables = []
    with tempfile.TemporaryDirectory(prefix="partnerskap-bench-") as folder:
        for engine in ("sqlite", "postgresql"):
            if options.only in (None, engine):
                with database(engine, folder) as url:
                    tables.append(measure(engine, url, Path(folder), options))
    text = "\n".join([machine(options), *tables])
    print(text)
    if not options.only:
        write(text)


@contextlib.contextmanager
def database(engine, folder):
    if engine == "sqlite":
        yield f"sqlite:///{folder}/bench.sqlite3"
    else:
        with private_postgres.cluster(durable=True) as url:
            yield url


def measure(engine, url, folder, options):
    environment = production(url, folder)
    generating = fill(environment, options.antall)
    port = int(environment["BIND"].rpartition(":")[2])
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen([Path(sys.executable).parent / "gunicorn"], cwd=ROOT, env=environment, **quiet)
    try:
        wait_for(port)
        paths = pages(port)
        counts = count(environment, paths)
        results = [
            Result(name, path, *counts[path][1:], *drive(port, path, options.seconds)) for name, path in paths.items()
        ]
    finally:
        server.terminate()
        server.wait()
    return table(engine, results, generating, options.antall)


def production(url, folder):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "DJANGO_SETTINGS_MODULE": "bench_settings",
        "PYTHONPATH": f"{ROOT / 'scripts'}:{ROOT}",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": url,
        "EMAIL_URL": "dummymail://",
        "PORTAL_ADRESSE": f"http://127.0.0.1:{port}",
        "SECURE_SSL_REDIRECT": "0",
        "LOGG_NIVAA": "WARNING",
        "PORTAL_VAR": str(folder / "var"),
        "STATIC_ROOT": str(folder / "static"),
        "WEB_CONCURRENCY": str(WORKERS),
        "BIND": f"127.0.0.1:{port}",
    }


def fill(environment, antall):
    """Returns how many seconds the projects took."""
    run([sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], environment)
    run(["sh", "scripts/klargjor.sh"], {**environment, "PYTHON": sys.executable})
    started = time.monotonic()
    development = {
        "PORTAL_UTVIKLING": "1",
        "DB_TIDSGRENSE_MS": "0",
    }  # examples may not be loaded in production
    command = [sys.executable, "manage.py", "last_eksempler", "--antall", str(antall)]
    run(command, {**environment, **development})
    took = time.monotonic() - started
    run([sys.executable, "-c", SETTLE], environment)
    return took


def run(command, environment):
    subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=environment,
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )


def wait_for(port):
    for _ in range(100):
        with contextlib.suppress(OSError):
            if fetch(port, "/helse/live/")[0] == 200:
                return
        time.sleep(0.2)
    sys.exit("gunicorn did not start")


def pages(port):
    """What is driven. Slugs are read off the list, so that the pages are there."""
    listing = fetch(port, "/prosjekter/")[1].decode()
    links = re.findall(r'href="(/prosjekter/[a-z0-9-]+-[a-z0-9-]+/)"[^>]*>([^<]+)<', listing)
    project, title = links[0]
    return {
        "a view that does nothing": "/hei/",
        "front page": "/",
        "list of projects": "/prosjekter/",
        "list, filtered by phase and outcome": "/prosjekter/?fase=pilot&utfall=virket",
        "search, a word nearly all have": "/prosjekter/?q=helse",
        "search, the title of one": f"/prosjekter/?{urlencode({'q': html.unescape(title)})}",
        "list, page 50": "/prosjekter/?side=50",
        "one project": project,
        "list of municipalities": "/kommuner/",
    }


def count(environment, paths):
    command = [sys.executable, "-c", COUNT, json.dumps(list(paths.values()))]
    answer = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    counts = json.loads(answer.stdout)
    if wrong := {path: status for path, (status, *_) in counts.items() if status != 200}:
        sys.exit(f"These pages do not answer 200: {wrong}")
    return counts


def drive(port, path, seconds):
    """8 clients for some seconds: requests a second, and the 50th and 99th percentile in milliseconds."""
    _drive_for(port, path, min(seconds, 1))  # warm up
    started = time.perf_counter()
    times = sorted(_drive_for(port, path, seconds))
    elapsed = time.perf_counter() - started
    return len(times) / elapsed, times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.99))]


def _drive_for(port, path, seconds):
    times, wrong, deadline = [], [], time.perf_counter() + seconds

    def client():
        while not wrong and (started := time.perf_counter()) < deadline:
            status, _ = fetch(port, path)
            if status != 200:
                wrong.append(status)
            times.append((time.perf_counter() - started) * 1000)

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong or not times:
        sys.exit(f"{path} answered {wrong or 'nothing'}")
    return times


def fetch(port, path):
    """A bare HTTP request: http.client would cost more than the view that does nothing."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        chunks = []
        while chunk := connection.recv(65536):
            chunks.append(chunk)
    answer = b"".join(chunks)
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split(b" ", 2)[1]), body


def table(engine, results, generating, antall):
    hello = results[0].per_second
    name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[engine]
    lines = [
        "",
        f"### {name}",
        "",
        f"Generating {antall:,} projects took {generating:.0f} s.",
        "",
        "| page | queries | KiB | requests/s | p50 ms | p99 ms | against the view that does nothing |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for r in results:
        figures = [
            r.queries,
            *(f"{x:.0f}" for x in (r.size / 1024, r.per_second, r.p50, r.p99)),
            f"{r.per_second / hello:.3f}",
        ]
        lines.append(f"| {r.name} `{r.path}` | {' | '.join(map(str, figures))} |")
    return "\n".join(lines)


def machine(options):
    import django

    return (
        f"{options.antall:,} projects, {CLIENTS} clients, {WORKERS} web processes, {os.cpu_count()} cores shared with "
        f"the clients and the database; Python {platform.python_version()}, Django {django.__version__}; "
        f"{time.strftime('%Y-%m-%d')}."
    )


def write(text):
    before, _, rest = REPORT.read_text().partition(START)
    after = rest.partition(END)[2]
    REPORT.write_text(f"{before}{START}\n\n{text}\n\n{END}{after}")


if __name__ == "__main__":
    main()
