"""Find a Chromium for the browser tests, installing one where we may.

Looks at $CHROMIUM, PATH and playwright's own; as root on Debian installs the package; else lets playwright download.
Prints the path, or nothing.
"""

import os
import shutil
import subprocess
import sys

# The shell first: the same engine without a window to draw in, for little more than half of the work.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find():
    return _from_environment() or _from_path() or _from_playwright()


def find_or_install():
    return find() or _from_apt() or _from_download()


def _from_environment():
    if not (given := os.environ.get("CHROMIUM")):
        return None
    return shutil.which(given) or sys.exit(f"CHROMIUM={given} is not a program.")


def _from_path():
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _from_playwright():
    """The one `playwright install chromium` has put in its own folder, if it has."""
    code = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    path = answer.stdout.strip()
    return path if path and os.path.exists(path) else None


def _from_apt():
    if not (shutil.which("apt-get") and os.geteuid() == 0):
        return None
    print("Installing Chromium ...", file=sys.stderr, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = {"env": environment, "stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    subprocess.call(["apt-get", "update", "-qq"], **quiet)
    for package in ("chromium-headless-shell", "chromium"):
        if subprocess.call(["apt-get", "install", "-y", "-qq", "--no-install-recommends", package], **quiet) == 0:
            break
    return _from_path()


def _from_download():
    print("Downloading Chromium ...", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    subprocess.call(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return _from_playwright()


if __name__ == "__main__":
    print(find_or_install() or "")
