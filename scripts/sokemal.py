"""`make sokemal`: how good the search is, on both engines, beside what the engines do by themselves.

Prints for each set and kind of question: nDCG@10, recall@20, the share without hits, and the share of the ten first
that are junk; writes the sums into docs/sok.md. The labelled sets and the arithmetic are in tests/sok/. What PostgreSQL answers is
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
HEAD = "| {} | questions | nDCG@10 | recall@20 | no hits | junk |\n|---|---|---|---|---|---|"
OURS = "ours"


def main():
    with tempfile.TemporaryDirectory() as folder:
        results = measure(f"sqlite:///{folder}/sokemal.sqlite3", "SQLite")
    with private_postgres.cluster() as url:
        results |= measure(url, "PostgreSQL")
    ANSWERS.write_text(json.dumps(results.pop("answers"), ensure_ascii=False, indent=0) + "\n")
    print("\n\n".join(table(" · ".join(name), "kind", kinds) for name, kinds in results.items() if name[-1] == OURS))
    text = summary(results)
    print(f"\n{text}")
    page = re.sub(r"(<!-- sokemal -->).*(<!-- /sokemal -->)", rf"\1\n{text}\n\2", PAGE.read_text(), flags=re.DOTALL)
    PAGE.write_text(page)


def summary(results):
    """Of each engine and method: all sets together, kind by kind, and each set by itself. Of the others only all."""
    engines = dict.fromkeys(engine for engine, _set, _method in results)
    tables = []
    for engine in engines:
        sets = {set_: kinds for (e, set_, method), kinds in results.items() if (e, method) == (engine, OURS)}
        tables.append(table(f"{engine}, all sets", "kind", together(sets.values())))
        tables.append(table(f"{engine}, set by set", "set", {set_: kinds["alle"] for set_, kinds in sets.items()}))
    others = {}
    for engine, set_, method in results:
        if method != OURS:
            others.setdefault(f"{engine}, {method}", []).append(results[engine, set_, method])
    rows = {name: together(kinds)["alle"] for name, kinds in others.items()}
    return "\n\n".join([*tables, table("The others, all sets", "method", rows)])


def together(sets):
    """The figures of several sets as of one, weighed by how many questions they have."""
    kinds = {}
    for figures in sets:
        for kind, row_ in figures.items():
            kinds.setdefault(kind, []).append(row_)
    alle = kinds.pop("alle")
    return {kind: mean(rows) for kind, rows in kinds.items()} | {"alle": mean(alle)}


def mean(rows):
    shares = []
    for i in range(1, len(rows[0])):
        weighed = [(row_[0], row_[i]) for row_ in rows if row_[i] is not None]
        shares.append(sum(n * share for n, share in weighed) / sum(n for n, _ in weighed) if weighed else None)
    return [sum(row_[0] for row_ in rows), *shares]


def table(title, what, rows):
    return f"**{title}**\n\n{HEAD.format(what)}\n" + "\n".join(row(name, figures) for name, figures in rows.items())


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
    return {(engine, *name.split(": ")): kinds for name, kinds in found["figures"].items()} | {
        "answers": found["answers"]
    }


def ask():
    """In a process of its own for each engine: fill, ask, and print the figures as JSON."""
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from django.db import connection, transaction

    from tests.sok import maling

    methods = {OURS: maling.vaart, "substring": maling.delstreng}
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
