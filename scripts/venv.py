#!/usr/bin/env python3
"""Make .venv and install what krav/NAME.txt locks. Quick when nothing has changed.

    python3 scripts/venv.py drift              # what the site needs
    python3 scripts/venv.py drift utvikling    # and what its tests need

Runs with the machine's own Python and the standard library, and in old syntax on purpose: it is the one that tells
an old Python that it is too old.
"""

import hashlib
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.environ.get("VENV") or os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")


def main(names):
    if sys.version_info < (3, 11):
        sys.exit(
            "Python 3.11 or newer is needed, and this is Python {}.{}. Install a newer one, or point at it:\n"
            "    make {} PYTHON=/path/to/python3.12".format(
                sys.version_info[0], sys.version_info[1], os.environ.get("MAKECMDGOALS", "run")
            )
        )
    if not works(PYTHON):
        make_venv()
    for name in names:
        install(name)


def works(python):
    if not os.path.exists(python):
        return False
    return subprocess.call([python, "-c", "import pip"], stderr=subprocess.DEVNULL) == 0


def make_venv():
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        install_venv_module()
    print("Making the virtual environment ...", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    subprocess.check_call([sys.executable, "-m", "venv", VENV])


def install_venv_module():
    """Debian ships Python without the parts that make a virtual environment."""
    package = "python{}.{}-venv".format(*sys.version_info[:2])
    if shutil.which("apt-get") and os.geteuid() == 0:
        environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        subprocess.call(["apt-get", "update", "-qq"], env=environment)
        if subprocess.call(["apt-get", "install", "-y", "-qq", package], env=environment) == 0:
            return
    sys.exit(
        "This Python cannot make virtual environments. On Debian and Ubuntu: sudo apt-get install {}".format(package)
    )


def install(name):
    lock = os.path.join(ROOT, "krav", name + ".txt")
    stamp = os.path.join(VENV, "{}.stempel".format(name))
    with open(lock, "rb") as f:
        wanted = hashlib.sha256(f.read()).hexdigest()
    if read(stamp) == wanted:
        return
    print("Installing krav/{}.txt ...".format(name), flush=True)
    subprocess.check_call(
        [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", lock]
    )
    with open(stamp, "w") as f:
        f.write(wanted)


def read(path):
    try:
        with open(path) as f:
            return f.read()
    except OSError:
        return None


if __name__ == "__main__":
    main(sys.argv[1:] or ["drift"])
