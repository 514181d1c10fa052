"""`make sokemal`: how good the search is, on both engines, beside what the engines do by themselves.

Prints, and writes into docs/sok.md, for each kind of question: nDCG@10, recall@20, the share without hits, and the
share of the ten first that are junk. The labelled set and the arithmetic are in tests/sok/.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import private_postgres

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "sok.md"
HEAD = "| kind | questions | nDCG@10 | recall@20 | no hits | junk |\n|---|---|---|---|---|---|"


def main():
    with tempfile.TemporaryDirectory() as folder:
        results = measure(f"sqlite:///{folder}/sokemal.sqlite3", "SQLite")
    with private_postgres.cluster() as url:
        results |= measure(url, "PostgreSQL")
    text = "\n\n".join(
        f"**{name}**\n\n{HEAD}\n" + "\n".join(row(kind, figures) for kind, figures in kinds.items())
        for name, kinds in summary(results).items()
    )
    print(text)
    page = re.sub(r"(<!-- sokemal -->).*(<!-- /sokemal -->)", rf"\1\n{text}\n\2", PAGE.read_text(), flags=re.DOTALL)
    PAGE.write_text(page)


def summary(results):
    """Ours in full; of the others only the bottom line."""
    ours = {name: kinds for name, kinds in results.items() if name.endswith("ours")}
    return ours | {"The others, all questions": {n: k["alle"] for n, k in results.items() if n not in ours}}


def row(kind, figures):
    count, *shares = figures
    return f"| {kind} | {count} | " + " | ".join("-" if s is None else f"{s:.2f}" for s in shares) + " |"


def measure(url, engine):
    environment = os.environ | {
        "PORTAL_UTVIKLING": "1",
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "partnerskap.settings",
    }
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
    asked = subprocess.run(
        [sys.executable, __file__, "--ask"], cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return {f"{engine}: {method}": kinds for method, kinds in json.loads(asked.stdout).items()}


def ask():
    """In a process of its own for each engine: fill, ask, and print the figures as JSON."""
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from django.db import connection

    from tests.sok import maling

    names = maling.fyll()
    methods = {"ours": maling.vaart, "substring": maling.delstreng}
    if connection.vendor == "postgresql":
        methods["its own Norwegian"] = maling.motorens_egen
    print(json.dumps({method: maling.bedom(search, names) for method, search in methods.items()}))


if __name__ == "__main__":
    ask() if "--ask" in sys.argv else main()
