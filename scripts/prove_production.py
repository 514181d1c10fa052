"""`make bevis`: do by hand what the Dockerfile and compose.yaml do, where there is no Docker engine.

A clean folder with only what the image gets, a new virtual environment from krav/drift.txt, static files collected,
a private PostgreSQL with a password, the database made ready, gunicorn and the worker under production settings. Then
it asks for what an operator would: health, headers, a page, a static file, and that both processes stop when told to.
"""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import private_postgres

ROOT = Path(__file__).resolve().parent.parent
HOST = "portal.example"


def main():
    with (
        tempfile.TemporaryDirectory(prefix="partnerskap-bevis-") as folder,
        private_postgres.cluster() as database,
    ):
        app = Path(folder) / "portal"
        copy_image_files(app)
        python = make_venv(Path(folder) / "venv")
        port = free_port()
        environment = production_environment(Path(folder), python, database, port)
        run = Runner(app, environment)

        run.build([python, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"])
        step("static files collected")
        run([python, "manage.py", "check", "--deploy", "--fail-level", "WARNING"])
        step("check --deploy is clean")
        for _ in range(2):  # the second time must change nothing and not fail
            run(["sh", "scripts/klargjor.sh"])
        step("database ready, twice")
        with (
            run.started([python, "manage.py", "arbeider"], DB_TIDSGRENSE_MS="0"),
            run.started([python.parent / "gunicorn"]),
        ):
            wait_until_ready(run, python)
            step("ready (scripts/er_klar.py)")
            ask(port)
        step("web and worker stopped when told to")
    print("\nThe production installation works.")


def step(text):
    print(f"  ok  {text}", flush=True)


def copy_image_files(app):
    """What .dockerignore lets through."""
    wanted = [line[1:].strip() for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    for name in wanted:
        source, target = ROOT / name, app / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy2(source, target)
    step(f"{sum(1 for p in app.rglob('*') if p.is_file())} files, as in the image")


def make_venv(venv):
    subprocess.check_call([sys.executable, "-m", "venv", venv])
    python = venv / "bin" / "python"
    pip = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r"]
    subprocess.check_call([*pip, ROOT / "krav" / "drift.txt"])
    step("krav/drift.txt installed, with hashes")
    return python


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def production_environment(folder, python, database, port):
    """Nothing of our own environment but PATH."""
    return {
        "PATH": f"{python.parent}:{os.environ['PATH']}",
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": HOST,
        "DATABASE_URL": database,
        "EMAIL_URL": "smtp://127.0.0.1:9",  # a mail server that is down
        "PORTAL_ADRESSE": f"https://{HOST}",
        "PORTAL_VAR": str(folder / "var"),
        "STATIC_ROOT": str(folder / "static"),
        "BAK_PROXY": "1",
        "WEB_CONCURRENCY": "2",
        "BIND": f"127.0.0.1:{port}",
        "HELSE_ADRESSE": f"http://127.0.0.1:{port}/helse/klar/",
    }


class Runner:
    """Runs commands in the app folder as production would."""

    def __init__(self, app, environment):
        self.app, self.environment = app, environment

    def __call__(self, command, **extra):
        return subprocess.run(
            [str(c) for c in command],
            cwd=self.app,
            env={**self.environment, **extra},
            check=True,
            stdin=subprocess.DEVNULL,
        )

    def output(self, command):
        command = [str(c) for c in command]
        return subprocess.check_output(command, cwd=self.app, env=self.environment, text=True, stdin=subprocess.DEVNULL)

    def build(self, command):
        """As while the image is built: no database, no mail server, no secrets."""
        self(
            command,
            SECRET_KEY="bare-under-bygging",
            ALLOWED_HOSTS="bygg",
            DATABASE_URL="sqlite:////tmp/bygg.sqlite3",
            EMAIL_URL="dummymail://",
        )

    @contextlib.contextmanager
    def started(self, command, **extra):
        process = subprocess.Popen(
            [str(c) for c in command],
            cwd=self.app,
            env={**self.environment, **extra},
            stdin=subprocess.DEVNULL,
        )
        try:
            yield process
            if process.poll() is not None:
                sys.exit(f"{command[-1]} ended by itself with {process.returncode}")
            process.send_signal(signal.SIGTERM)
            if process.wait(30) != 0:
                sys.exit(f"{command[-1]} did not stop cleanly: {process.returncode}")
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()


def wait_until_ready(run, python):
    for _ in range(60):
        with contextlib.suppress(subprocess.CalledProcessError):
            run([python, "scripts/er_klar.py"])
            return
        time.sleep(0.5)
    sys.exit("It never became ready.")


def ask(port):
    """As the proxy in front would: by name, over https."""

    class NoRedirect(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    opener = urllib.request.build_opener(NoRedirect)

    def get(path, **headers):
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Host": HOST, **headers})
        try:
            return opener.open(request, timeout=20)
        except urllib.error.HTTPError as error:
            return error

    https = {"X-Forwarded-Proto": "https"}
    page = get("/", **https)
    body = page.read().decode()
    expect(page.status == 200 and "<html" in body, "the front page answers over https")
    expect("max-age=31536000" in page.headers["Strict-Transport-Security"], "HSTS is on")
    expect("default-src 'none'" in page.headers["Content-Security-Policy"], "the content policy is strict")
    expect(get("/").status == 301, "http is sent to https")
    expect(get("/", Host="ond.example").status == 400, "other names are refused")
    expect(get("/finnes-ikke/", **https).status == 404, "an unknown page is 404, with debugging off")
    stylesheet = next(part.split('"')[0] for part in body.split('href="')[1:] if ".css" in part.split('"')[0])
    static = get(stylesheet, **https, **{"Accept-Encoding": "br"})
    expect(static.status == 200, f"a style sheet is served: {stylesheet}")
    expect("immutable" in static.headers["Cache-Control"], "and cached for good")
    expect(static.headers["Content-Encoding"] == "br", "and compressed")
    expect("Eksempel" not in get("/prosjekter/", **https).read().decode(), "there are no example projects")


def expect(ok, text, *, quiet=False):
    if not ok:
        sys.exit(f"  FAILED  {text}")
    if not quiet:
        step(text)


if __name__ == "__main__":
    main()
