"""The scripts behind the two commands fail clearly, and leave nothing behind."""

import fcntl
import importlib.util
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

SKRIPT = settings.ROT / "scripts"


@pytest.fixture
def skript(monkeypatch):
    """Import one of scripts/*.py."""
    monkeypatch.syspath_prepend(str(SKRIPT))
    return __import__


def test_gammel_python_faar_vite_hva_som_trengs(monkeypatch):
    sted = importlib.util.spec_from_file_location("portalens_venv", SKRIPT / "venv.py")  # Python has a venv too
    venv = importlib.util.module_from_spec(sted)
    sted.loader.exec_module(venv)
    monkeypatch.setattr(sys, "version_info", (3, 9, 1))

    with pytest.raises(SystemExit, match=r"Python 3\.11 or newer is needed, and this is Python 3\.9"):
        venv.main(["drift"])


def test_opptatt_port_sies_fra_om(skript):
    run = skript("run")
    with socket.socket() as opptatt:
        opptatt.bind(("127.0.0.1", 0))
        opptatt.listen()
        port = opptatt.getsockname()[1]

        with pytest.raises(SystemExit, match=f"make run PORT={port + 1}"):
            run._refuse_taken(port)


@pytest.mark.parametrize("verdi", ["", "åtte", "0", "70000", "-1"])
def test_en_port_som_ikke_er_et_tall_sies_fra_om(skript, monkeypatch, verdi):
    monkeypatch.setenv("PORT", verdi)

    with pytest.raises(SystemExit, match="is not a port number"):
        skript("run")._port()


def lever(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"  # a zombie is dead


def test_tjener_og_arbeider_stopper_sammen(skript, tmp_path):
    """The one that is stopped takes the other with it, and its own children too."""
    run = skript("run")
    barnebarn = tmp_path / "barnebarn"
    med_barn = (
        "import subprocess, time; p = subprocess.Popen(['sleep', '60']); "
        f"open({str(barnebarn)!r}, 'w').write(str(p.pid)); time.sleep(60)"
    )
    barn = [
        subprocess.Popen([sys.executable, "-c", kode], start_new_session=True)
        for kode in ("import time; time.sleep(60)", med_barn)
    ]
    while not (barnebarn.exists() and barnebarn.read_text()):
        time.sleep(0.05)

    run._stop(barn)

    assert [b.returncode for b in barn] == [-signal.SIGTERM, -signal.SIGTERM]
    time.sleep(0.1)
    assert not lever(int(barnebarn.read_text()))


def test_en_forlatt_databasetjener_ryddes_men_ikke_en_som_er_i_bruk(skript, monkeypatch, tmp_path):
    pg = skript("private_postgres")
    monkeypatch.setattr(pg, "_short_tmp", lambda: str(tmp_path))
    forlatt, i_bruk = tmp_path / f"{pg.PREFIX}forlatt", tmp_path / f"{pg.PREFIX}i-bruk"
    for mappe in (forlatt, i_bruk):
        mappe.mkdir()
        (mappe / "lock").touch()

    with open(i_bruk / "lock") as laas:
        fcntl.flock(laas, fcntl.LOCK_EX)
        pg.reap_abandoned(tmp_path)

    assert not forlatt.exists()
    assert i_bruk.exists()


def test_uten_postgresql_feiler_testene_og_sier_hva_man_gjoer(skript, monkeypatch):
    pg = skript("private_postgres")
    for sted in ("_from_environment", "_from_debian", "_from_path", "_from_apt", "_from_wheel"):
        monkeypatch.setattr(pg, sted, lambda: None)

    with pytest.raises(SystemExit) as feil:
        pg.find_binaries()

    assert "sudo apt-get install postgresql" in str(feil.value)
    assert "krav/postgres.txt" in str(feil.value)


def test_ci_kjoerer_det_samme_som_vi_gjoer_selv():
    ci = settings.ROT / ".ci" / "run"

    assert os.access(ci, os.X_OK)
    assert ci.read_text().rstrip().endswith("exec make test")
