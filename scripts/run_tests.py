"""`make test`: everything that must hold before a change is pushed.

    python scripts/run_tests.py                       # lint, the suite on both databases, browser tests
    python scripts/run_tests.py sqlite                # one part; parts: lint sqlite postgres browser
    python scripts/run_tests.py postgres -- tests/kommuner -k Halden      # what comes after -- goes to pytest

Nothing is skipped in silence: no PostgreSQL is a failure, and so is no browser in CI. Every part runs even when an
earlier one fails, and the last line counts them all.
"""

import contextlib
import os
import secrets
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import find_chromium
import private_postgres
import psycopg

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PARTS = ("lint", "sqlite", "postgres", "browser")
BROWSER_TESTS = "tests/nettleser"
SITE = "nettsted"  # the database of the browser tests
EXAMPLES = (
    "'last_register', verbosity=0",
    "'last_startdata', verbosity=0",
    "'last_eksempler', verbosity=0, tving=True",
)


def main(arguments):
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    parts, extra = arguments[:cut] or PARTS, arguments[cut + 1 :]
    if unknown := set(parts) - set(PARTS):
        sys.exit(f"Unknown part: {', '.join(sorted(unknown))}. Choose among {', '.join(PARTS)}.")
    os.chdir(ROOT)
    os.environ["PORTAL_UTVIKLING"] = "1"
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # compiling the tests anew in every process costs half a minute
    tally = Counter()
    with databases(parts) as migrated:
        for part in parts:
            started = time.monotonic()
            print(f"\n== {part} ==", flush=True)
            result = globals()[f"run_{part}"](extra, migrated)
            tally += result
            state = "failed" if result["failed"] else "ok"
            print(f"== {part}: {state} in {time.monotonic() - started:.0f} s ==", flush=True)
    skipped = f", {tally['skipped']} skipped" if tally["skipped"] else ""
    print(f"\n{tally['passed']} passed, {tally['failed']} failed{skipped}", flush=True)
    return 1 if tally["failed"] else 0


@contextlib.contextmanager
def databases(parts):
    """One migrated database for each engine, made while the parts before it run: workers begin with a copy.

    Gives a function from engine to the environment its tests run in.
    """
    with contextlib.ExitStack() as stack, ThreadPoolExecutor(2) as pool:
        making = {}
        if "sqlite" in parts:
            file = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "portal.sqlite3"
            making["sqlite"] = pool.submit(migrate, f"sqlite:///{file}", file)
        if {"postgres", "browser"} & set(parts):
            url = stack.enter_context(private_postgres.cluster())
            # PostgreSQL makes every new database as a copy of template1.
            making["postgres"] = pool.submit(migrate, url.replace("/postgres?", "/template1?"), "template1", url)
        if "browser" in parts:
            files = stack.enter_context(tempfile.TemporaryDirectory())
            making["browser"] = pool.submit(fill, url, files, making["postgres"])
        yield lambda engine: making[engine].result()


def migrate(url, template, tests_use=None):
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    migrated = subprocess.call(command, env={**os.environ, "DATABASE_URL": url}, stdin=subprocess.DEVNULL) == 0
    # If it fails, so will the tests: each worker then tries by itself, and says what is wrong.
    return {"DATABASE_URL": tests_use or url} | ({"DATABASE_TEMPLATE": str(template)} if migrated else {})


def fill(url, files, migrated):
    """The whole site with its example data, for the browser tests: each worker begins with a copy of it, and its files."""
    migrated.result()
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {SITE}")
    site = {"DATABASE_URL": url.replace("/postgres?", f"/{SITE}?"), "FILMAPPE": files}
    calls = "; ".join(f"call_command({command})" for command in EXAMPLES)
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c"]
    command.append(f"from django.core.management import call_command; {calls}")
    filled = subprocess.call(command, env={**os.environ, **site}, stdin=subprocess.DEVNULL) == 0
    # If it fails, each worker tries by itself, and says what is wrong.
    return {"DATABASE_URL": site["DATABASE_URL"]} | (
        {"DATABASE_TEMPLATE": SITE, "EXAMPLE_FILES": files} if filled else {}
    )


def run_lint(_extra, _migrated):
    tally = Counter()
    checks = lint_checks()
    with ThreadPoolExecutor(int(workers())) as pool:
        answers = pool.map(run_check, checks)
    for (name, *_), answer in zip(checks, answers, strict=True):
        passed = answer.returncode == 0
        tally["passed" if passed else "failed"] += 1
        print(f"  {'ok    ' if passed else 'FAILED'} {name}", flush=True)
        if not passed:
            print(answer.stdout + answer.stderr, flush=True)
    return tally


def run_check(check):
    _name, command, environment = check
    return subprocess.run(
        command,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )


def lint_checks():
    manage = [sys.executable, "manage.py"]
    templates = sorted(str(path) for path in Path("templates").rglob("*.html"))
    production = {
        "PORTAL_UTVIKLING": "0",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "portal.example",
        "DATABASE_URL": "postgres://portal@db.example/portal",
        "EMAIL_URL": "smtp+tls://post.example:587",
        "PORTAL_ADRESSE": "https://portal.example",
    }
    return [
        ("ruff check", [BIN / "ruff", "check", "."], {}),
        ("ruff format", [BIN / "ruff", "format", "--check", "."], {}),
        ("templates, lint (djlint)", [BIN / "djlint", "templates", "--lint", "--quiet"], {}),
        ("templates, format (djade)", [BIN / "djade", "--target-version", "5.2", "--check", *templates], {}),
        ("import direction", [BIN / "lint-imports", "--no-cache"], {}),
        ("no migration missing", [*manage, "makemigrations", "--check", "--dry-run"], {}),
        ("manage.py check", [*manage, "check"], {}),
        (
            "manage.py check --deploy, as in production",
            [*manage, "check", "--deploy", "--fail-level", "WARNING"],
            production,
        ),
    ]


def run_sqlite(extra, migrated):
    return pytest(extra, **migrated("sqlite"))


def run_postgres(extra, migrated):
    # Tests that ask no database have had their say on SQLite.
    return pytest(extra, **migrated("postgres"), BARE_DATABASE="1")


def run_browser(extra, migrated):
    chromium = find_chromium.find_or_install()
    if not chromium and (os.environ.get("CI") or os.environ.get("REQUIRE_BROWSER")):
        print("No Chromium was found or could be installed. Install one, or set CHROMIUM to its path.")
        return Counter(failed=1)
    if not chromium:
        print("!" * 88)
        print("! The browser tests were SKIPPED: no Chromium. Install one, or set CHROMIUM to its path.")
        print("!" * 88)
        return Counter(skipped=1)
    return pytest([BROWSER_TESTS, *extra], **migrated("browser"), CHROMIUM=chromium)


def workers():
    return os.environ.get("TEST_WORKERS") or str(min(os.cpu_count() or 2, 4))


def pytest(arguments, **environment):
    """Run pytest, let it print, and count from its report."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        # Each worker begins with half of the tests in a row, so that what a class shares (the register) is made once;
        # whoever is done first takes over from the other.
        spread = ["-n", workers(), "--dist", "worksteal"]
        command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *spread, *arguments]
        code = subprocess.call(command, env={**os.environ, **environment}, stdin=subprocess.DEVNULL)
        tally = count(report)
    if code and not tally["failed"]:
        tally["failed"] = 1  # it never came as far as a test, and an empty suite proves nothing
    return tally


def count(report):
    if not report.exists():
        return Counter()
    totals = Counter()
    for suite in ET.parse(report).getroot().iter("testsuite"):
        numbers = {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")}
        totals["failed"] += numbers["failures"] + numbers["errors"]
        totals["skipped"] += numbers["skipped"]
        totals["passed"] += numbers["tests"] - numbers["failures"] - numbers["errors"] - numbers["skipped"]
    return totals


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
