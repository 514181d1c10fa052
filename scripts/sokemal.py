"""`make sokemal`: how good the search is, on both engines, beside what the engines do by themselves.

Prints, and writes into docs/sok.md, for each kind of question: nDCG@10, recall@20, the share without hits, and the
share of the ten first that are junk. The labelled sets and the arithmetic are in tests/sok/. What PostgreSQL answers is
kept in tests/sok/maal/svar.json, so that the tests can see that SQLite answers the same.
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
ANSWERS = ROOT / "tests" / "sok" / "maal" / "svar.json"
HEAD = "| kind | questions | nDCG@10 | recall@20 | no hits | junk |\n|---|---|---|---|---|---|"


def main():
    with tempfile.TemporaryDirectory() as folder:
        results = measure(f"sqlite:///{folder}/sokemal.sqlite3", "SQLite")
    with private_postgres.cluster() as url:
        results |= measure(url, "PostgreSQL")
    ANSWERS.write_text(json.dumps(results.pop("answers"), ensure_ascii=False, indent=0) + "\n")
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
    found = json.loads(asked.stdout)
    return {f"{engine}, {name}": kinds for name, kinds in found["figures"].items()} | {"answers": found["answers"]}


def ask():
    """In a process of its own for each engine: fill, ask, and print the figures as JSON."""
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from django.db import connection, transaction

    from tests.sok import maling

    methods = {"ours": maling.vaart, "substring": maling.delstreng}
    if connection.vendor == "postgresql":
        methods["its own Norwegian"] = maling.motorens_egen
    figures, answers = {}, {}
    for prefix, name in maling.SETT.items():
        with transaction.atomic():
            texts = maling.fyll(prefix)
            figures |= {f"{name}: {m}": maling.bedom(search, texts, prefix) for m, search in methods.items()}
            answers[prefix] = {q: [texts[row.pk] for row in rows] for q, rows in maling.svar(prefix).items()}
            transaction.set_rollback(True)
    print(json.dumps({"figures": figures, "answers": answers}))


if __name__ == "__main__":
    ask() if "--ask" in sys.argv else main()
