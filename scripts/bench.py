"""`make bench`: what a page costs, with 5,000, 20,000 and 50,000 projects, on SQLite and on PostgreSQL.

    python scripts/bench.py --sizes 5000 --seconds 2 --only sqlite     # a quick look

Makes its own database, starts gunicorn with production settings, drives each page over 8 connections, and writes the
tables in docs/performance.md. Clients, web processes and database share the machine, so a page's cost is told in hellos: how
many requests to a view that does nothing, behind the same middleware and driven by turns with it, it is worth.
Pages are made anew each time, as if something had changed, but for the lines that say otherwise.

wrk drives the pages where it is installed. Without it Python does, which makes hello look dearer and every page cheaper.
"""

import argparse
import contextlib
import json
import os
import platform
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple
from urllib.parse import urlencode

import private_postgres

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "docs" / "performance.md"
START, END = "<!-- make bench writes from here -->", "<!-- to here -->"
CLIENTS = 8
HELLO = "/hei/"
WORKERS = 3
ROUNDS = 3

COUNT = """
import json, sys, django
django.setup()
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
klient, svar = Client(SERVER_NAME="127.0.0.1"), {}
for sti in json.loads(sys.argv[1]):
    forst = klient.get(sti)
    hoder = {"If-None-Match": forst["ETag"]} if "--304" in sys.argv else {}
    with CaptureQueriesContext(connection) as spoerringer:
        side = klient.get(sti, headers=hoder)
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
    hellos: float  # how many requests to the view that does nothing it is worth
    per_second: float
    p50: float
    p99: float
    alone_p50: float
    alone_p99: float


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[5_000, 20_000, 50_000], help="how many projects, in turn"
    )
    parser.add_argument("--seconds", type=int, default=2, help="how long to drive each page in each round (2)")
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
    prepare(environment)
    tables = ["", f"### {'PostgreSQL' if engine == 'postgresql' else 'SQLite'}"]
    for size in sorted(options.sizes):
        print(f"{engine}, {size} projects ...", file=sys.stderr, flush=True)
        fill(environment, size)
        tables.append(table(size, run_all(environment, options.seconds)))
        print(tables[-1], file=sys.stderr, flush=True)
    return "\n".join(tables)


def run_all(environment, seconds):
    """Every page made anew, and then what is answered without making it: two servers after each other."""
    with serving(environment) as port:
        paths = pages()
        counts = count(environment, paths.values())
        results = run_these(port, [(name, path, "", counts[path]) for name, path in paths.items()], seconds)
    environment = environment | {"BENCH_MEMORY": "1"}
    with serving(environment) as port:
        path = "/prosjekter/"
        header = f"If-None-Match: {fetch(port, path)[2]['etag']}"
        memory, not_modified = count(environment, [path]), count(environment, [path], "--304")
        again = [
            ("the list, from memory", path, "", memory[path]),
            ("the list, 304", path, header, not_modified[path]),
        ]
        return results + run_these(port, again, seconds)


def run_these(port, rows, seconds):
    """Each page by turns with hello, the middle of some rounds: the machine is quicker one moment than another."""
    results = []
    for name, path, header, (_status, queries, size) in rows:
        warm_up(port, path, header)
        rounds = [(drive(port, HELLO, 1)[0], *drive(port, path, seconds, header)) for _round in range(ROUNDS)]
        _hello, per_second, p50, p99 = map(median, zip(*rounds, strict=True))
        hellos = median(hello / per_second for hello, per_second, *_ in rounds)
        results.append(Result(name, path, queries, size, hellos, per_second, p50, p99, *alone(port, path, header)))
    return results


@contextlib.contextmanager
def serving(environment):
    port = int(environment["BIND"].rpartition(":")[2])
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen([Path(sys.executable).parent / "gunicorn"], cwd=ROOT, env=environment, **quiet)
    try:
        wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait()


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


def prepare(environment):
    run([sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], environment)
    run(["sh", "scripts/klargjor.sh"], {**environment, "PYTHON": sys.executable})


def fill(environment, size):
    development = {"PORTAL_UTVIKLING": "1", "DB_TIDSGRENSE_MS": "0"}  # examples may not be loaded in production
    run([sys.executable, "manage.py", "last_eksempler", "--antall", str(size)], {**environment, **development})
    run([sys.executable, "manage.py", "bygg_sokeindeks", "-v0"], {**environment, "DB_TIDSGRENSE_MS": "0"})
    run([sys.executable, "-c", SETTLE], {**environment, "DB_TIDSGRENSE_MS": "0"})


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


def pages():
    """What is driven: the project is an example with partners, reuse and similar projects."""
    return {
        "a view that does nothing": HELLO,
        "list": "/prosjekter/",
        "list, filtered": "/prosjekter/?fase=pilot&utfall=virket",
        "list as a map": "/prosjekter/?vis=kart",
        "list, page 50": "/prosjekter/?side=50",
        "one word": "/prosjekter/?q=overvann",
        "two words": f"/prosjekter/?{urlencode({'q': 'digital hjemmetjeneste'})}",
        "two words and a filter": f"/prosjekter/?{urlencode({'q': 'digital hjemmetjeneste', 'fase': 'pilot'})}",
        "a word nearly all have": "/prosjekter/?q=helse",
        "part of many compounds": "/prosjekter/?q=teknologi",
        "a word nobody has": "/prosjekter/?q=reguleringsplan",
        "search everything": "/sok/?q=overvann",
        "suggestions": "/sok/forslag/?q=bibl",
        "front page": "/",
        "a project": "/prosjekter/frokost-for-forste-time/",
        "a project with very much": "/prosjekter/mengde-1/",
        "its tree of reuse": "/prosjekter/mengde-1/gjenbrukstre/",
        "what is learnt": "/laering/",
        "a municipality": "/kommuner/0301/",
        "a county": "/fylker/18/",
        "a topic": "/tema/helse-omsorg/",
    }


def count(environment, paths, *how):
    command = [sys.executable, "-c", COUNT, json.dumps(list(paths)), *how]
    answer = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    counts = json.loads(answer.stdout)
    if wrong := {path: status for path, (status, *_) in counts.items() if status not in (200, 304)}:
        sys.exit(f"These pages do not answer 200: {wrong}")
    return counts


def drive(port, path, seconds, header=""):
    """8 connections for some seconds: requests a second, and the 50th and 99th percentile in milliseconds."""
    if not shutil.which("wrk"):
        return _drive_in_python(port, path, seconds, header)
    command = ["wrk", "-t2", f"-c{CLIENTS}", f"-d{seconds}s", "--latency", *(["-H", header] if header else [])]
    url = f"http://127.0.0.1:{port}{path}"
    answer = subprocess.run([*command, url], check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in answer or "Socket errors" in answer and "timeout 0" not in answer:
        sys.exit(f"{path}:\n{answer}")
    per_second = float(re.search(r"Requests/sec:\s+([0-9.]+)", answer)[1])
    percentiles = dict(re.findall(r"^\s+(50|99)%\s+([0-9.]+(?:us|ms|s))", answer, re.MULTILINE))
    return per_second, milliseconds(percentiles["50"]), milliseconds(percentiles["99"])


def warm_up(port, path, header):
    """Every process has read what it remembers."""
    for _ in range(3 * WORKERS):
        fetch(port, path, header)
    drive(port, path, 1, header)


def milliseconds(text):
    number, unit = re.fullmatch(r"([0-9.]+)(us|ms|s)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def alone(port, path, header="", times=200, seconds=10):
    """One request at a time: the 50th and 99th percentile in milliseconds."""
    taken, deadline = [], time.perf_counter() + seconds
    while len(taken) < times and time.perf_counter() < deadline:
        started = time.perf_counter()
        fetch(port, path, header)
        taken.append((time.perf_counter() - started) * 1000)
    taken.sort()
    return taken[len(taken) // 2], taken[min(len(taken) - 1, int(len(taken) * 0.99))]


def _drive_in_python(port, path, seconds, header):
    started = time.perf_counter()
    times = sorted(_drive_for(port, path, seconds, header))
    elapsed = time.perf_counter() - started
    return len(times) / elapsed, times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.99))]


def _drive_for(port, path, seconds, header):
    times, wrong, deadline = [], [], time.perf_counter() + seconds

    def client():
        while not wrong and (started := time.perf_counter()) < deadline:
            status = fetch(port, path, header)[0]
            if status not in (200, 304):
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


def fetch(port, path, header=""):
    """A bare HTTP request: (status, body, headers)."""
    extra = f"{header}\r\n" if header else ""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{extra}Connection: close\r\n\r\n".encode())
        chunks = []
        while chunk := connection.recv(65536):
            chunks.append(chunk)
    head, _, body = b"".join(chunks).partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    return int(first.split(" ", 2)[1]), body, headers


def table(size, results):
    lines = [
        "",
        f"**{size:,} projects**",
        "",
        "| page | hellos | queries | KiB | requests/s | p50 ms | p99 ms | alone p50 ms | alone p99 ms |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for r in results:
        figures = [
            f"{r.hellos:.1f}",
            r.queries,
            *(f"{x:.0f}" for x in (r.size / 1024, r.per_second, r.p50, r.p99)),
            *(f"{x:.1f}" for x in (r.alone_p50, r.alone_p99)),
        ]
        lines.append(f"| {r.name} `{r.path}` | {' | '.join(map(str, figures))} |")
    return "\n".join(lines)


def machine(options):
    import django

    return (
        f"{CLIENTS} connections driven by {'wrk' if shutil.which('wrk') else 'Python'}, {WORKERS} web processes, "
        f"{os.cpu_count()} cores shared with the driver and the database; {platform.machine()}, Python {platform.python_version()}, Django {django.__version__}; "
        f"{time.strftime('%Y-%m-%d')}."
    )


def write(text):
    before, _, rest = REPORT.read_text().partition(START)
    after = rest.partition(END)[2]
    REPORT.write_text(f"{before}{START}\n\n{text}\n\n{END}{after}")


if __name__ == "__main__":
    main()
