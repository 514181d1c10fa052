"""`make run`: fill the database, then run the mail worker and the server until one of them, or we, are stopped.

Safe to run again and again: every step leaves alone what is already there.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"


def main():
    os.environ.setdefault("PORTAL_UTVIKLING", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnerskap.settings")
    port = _port()
    os.environ.setdefault("PORTAL_ADRESSE", f"http://{HOST}:{port}")
    os.environ.setdefault("DJANGO_RUNSERVER_HIDE_WARNING", "true")
    sys.path.insert(0, str(ROOT))
    _refuse_taken(port)
    _prepare()
    people = _example_people()
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, _interrupt)
    sys.exit(_serve(port, people))


def _port():
    given = os.environ.get("PORT", "8000")
    if given.isdigit() and 0 < int(given) < 65536:
        return int(given)
    sys.exit(f"PORT={given} is not a port number. Try: make run PORT=8001")


def _refuse_taken(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            sys.exit(f"Port {port} cannot be used ({error.strerror}). Try: make run PORT={port % 65535 + 1}")


def _prepare():
    """Migrations, register, starting data, examples and search, in one process: four Django starts saved."""
    import django
    from django.conf import settings

    settings.VAR.mkdir(parents=True, exist_ok=True)
    django.setup()
    from django.core.management import call_command

    for step, label in (
        (["migrate", "--noinput"], "database"),
        (["createcachetable"], "cache"),
        (["last_register"], "register of municipalities"),
        (["last_startdata"], "challenges and missions"),
        (["last_eksempler"], "example projects"),
        (["bygg_sokeindeks", "--hvis-foreldet"], "search"),
    ):
        started = time.monotonic()
        call_command(*step, verbosity=0)
        print(f"  {label:<28} {time.monotonic() - started:5.1f} s", flush=True)
    from django.db import connections

    connections.close_all()


def _example_people():
    """(address, what they are) for the banner."""
    from prosjekter.eksempler import innhold

    return list(innhold.personer_for_banner())


def _interrupt(*_):
    raise KeyboardInterrupt


def _serve(port, people):
    """Both processes live and die together."""
    manage = [sys.executable, str(ROOT / "manage.py")]
    # Sessions of their own: Ctrl-C reaches only us, and we stop each whole process group (runserver has a child).
    children = [
        subprocess.Popen([*manage, *arguments], start_new_session=True, stdin=subprocess.DEVNULL)
        for arguments in (["arbeider"], ["runserver", f"{HOST}:{port}"])
    ]
    parent = os.getppid()
    try:
        if _wait_until_up(port, children):
            print(_banner(port, people), flush=True)
        while all(child.poll() is None for child in children) and os.getppid() == parent:
            time.sleep(0.3)
        return next((child.returncode for child in children if child.returncode), 0)
    except KeyboardInterrupt:
        print("\nStopping.", flush=True)
        return 0
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # an impatient second Ctrl-C must not leave one behind
        _stop(children)


def _stop(children):
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGTERM)
    deadline = time.monotonic() + 10
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)


def _wait_until_up(port, children):
    while all(child.poll() is None for child in children):
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(f"http://{HOST}:{port}/helse/live/", timeout=2),
        ):
            return True
        time.sleep(0.2)
    return False


def _banner(port, people):
    lines = ["", f"  The portal is at  http://{HOST}:{port}/", ""]
    if people:
        lines += [
            f"  Sign in at  http://{HOST}:{port}/konto/logg-inn/  with one of these example addresses.",
            "  The code comes here on the console, and in var/epost/.",
            "",
            *[f"    {address:<44} {role}" for address, role in people],
            "",
        ]
    return "\n".join([*lines, "  Ctrl-C stops it.", ""])


if __name__ == "__main__":
    main()
