"""`make sokemal`: how good the search is, on both engines, beside what the engines do by themselves.

Reads the labelled set in tests/sok/maal/, puts its texts in an empty database, asks its queries, and prints for each
kind of query nDCG@10, recall@20, the share of queries without hits, and the share of the ten first that are junk.
"""

import json
import math
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SET = ROOT / "tests" / "sok" / "maal"


def main():
    import private_postgres

    results = {}
    with tempfile.TemporaryDirectory() as folder:
        results |= measure(f"sqlite:///{folder}/sokemal.sqlite3", "SQLite")
    with private_postgres.cluster() as url:
        results |= measure(url, "PostgreSQL")
    for name, kinds in results.items():
        print(f"\n{name}\n{'kind':<14}{'queries':>8}{'nDCG@10':>9}{'recall@20':>11}{'no hits':>9}{'junk':>7}")
        for kind, row in kinds.items():
            print(
                f"{kind:<14}{row[0]:>8}" + "".join(f"{v:>{w}.2f}" for v, w in zip(row[1:], (9, 11, 9, 7), strict=True))
            )


def measure(url, name):
    environment = {
        **os.environ,
        "PORTAL_UTVIKLING": "1",
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "partnerskap.settings",
    }
    run = [sys.executable, __file__, "--asked"]
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
    answer = subprocess.run(run, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return {f"{name}: {method}": kinds for method, kinds in json.loads(answer.stdout).items()}


def read(name):
    for line in (SET / f"{name}.txt").read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            yield [part.strip() for part in line.split("|")]


def asked():
    """In a process of its own for each engine: fill, ask, and print the figures as JSON."""
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from django.db import connection

    ids = fill()
    methods = {"ours": ours, "substring": substring}
    if connection.vendor == "postgresql":
        methods["the engine's own Norwegian"] = engines_own
    print(json.dumps({name: judge(method, ids) for name, method in methods.items()}))


def fill():
    from prosjekter.models import Prosjekt, Prosjekttekst
    from prosjekter.sokeindeks import oppdater
    from sok.forslag import bygg_ordforrad
    from tests.fabrikker import lag_organisasjon, lag_prosjekt

    places, ids = {}, {}
    for key, place, title, text in read("tekster"):
        owner = places.setdefault(place, None) or lag_organisasjon(place)
        places[place] = owner
        project = lag_prosjekt(title, eier=owner, ingress=text, koder=[("malgruppe", "-")])
        ids[project.pk] = key
        Prosjekttekst.objects.filter(pk=project.pk).update(utfordring="")
        oppdater(project)
    bygg_ordforrad(f"{p.tittel} {p.ingress}" for p in Prosjekt.objects.apne())
    return ids


def ours(text):
    from prosjekter.models import Prosjekt
    from sok.indeks import finn

    found = finn(Prosjekt.objects.apne(), text)
    return found.rader.order_by("-relevans", "-publisert_tid") if found.stammer else []


def substring(text):
    from prosjekter.models import Prosjekt

    rows = Prosjekt.objects.apne()
    for word in text.lower().split():
        rows = rows.filter(soketekst__contains=word)
    return rows


def engines_own(text):
    from prosjekter.models import Prosjekt

    return Prosjekt.objects.raw(
        """SELECT id FROM (SELECT id, setweight(to_tsvector('norwegian', tittel), 'A') ||
             to_tsvector('norwegian', soketekst) v FROM prosjekter_prosjekt) t, websearch_to_tsquery('norwegian', %s) q
           WHERE v @@ q ORDER BY ts_rank(v, q) DESC LIMIT 20""",
        [text],
    )


def judge(method, ids):
    kinds = defaultdict(list)
    for kind, query, labels in read("sporringer"):
        wanted = {}
        for label in labels.split():
            key, _, grade = label.partition(":")
            wanted[key] = int(grade or 2)
        found = [ids[row.pk] for row in method(query)[:20]]
        kinds[kind].append(figures(found, wanted))
        if os.environ.get("VIS") and (figures(found, wanted)[0] or 1) < 0.9:
            print(kind, query, found[:8], "wanted", sorted(wanted), file=sys.stderr)
    kinds["all"] = [row for rows in list(kinds.values()) for row in rows]
    return {kind: [len(rows), *(mean(column) for column in zip(*rows, strict=True))] for kind, rows in kinds.items()}


def figures(found, wanted):
    """nDCG@10, recall@20, no hits, junk. None where the figure has no meaning: there is nothing right to find."""
    junk = sum(key not in wanted for key in found[:10]) / len(found[:10]) if found else 0
    if not wanted:
        return None, None, None, float(bool(found))
    gain = dcg([wanted.get(key, 0) for key in found[:10]]) / dcg(sorted(wanted.values(), reverse=True)[:10])
    return gain, sum(key in wanted for key in found) / len(wanted), float(not found), junk


def dcg(grades):
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def mean(values):
    values = [v for v in values if v is not None]
    return sum(values) / len(values) if values else float("nan")


if __name__ == "__main__":
    asked() if "--asked" in sys.argv else main()
