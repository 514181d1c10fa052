"""Measure search against the labelled sets in tests/sok/maal/: texts, and questions with the texts that answer them.

The word lists grew beside the first set. The control set was written after them, to tell how well the method does on
what it has not seen.
"""

import math
import re
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import QueryDict

from prosjekter import fasettindeks
from prosjekter.forms.filtre import ProsjektFilter
from prosjekter.models import Prosjekt
from prosjekter.sokeindeks import oppdater
from prosjekter.views.offentlig import Treffliste
from sok.forslag import bygg_ordforrad
from tests.fabrikker import lag_organisasjon, lag_prosjekt

MANGE = 1000  # all there are
MAKS_INGRESS = Prosjekt._meta.get_field("ingress").max_length
MAAL = Path(__file__).parent / "maal"
SETT = {
    "": "first set",
    "kontroll_": "control set",
    "siste_": "last set",
    "bred_": "broad set",
    "blind_": "blind set",
    "etter_": "questions anew",
    "sluttprove_": "last blind set",
    "uavhengig_": "independent set",
    "fersk_": "fresh questions",
    "ny_": "new set",
    "slutt_": "questions at the end",
    "nov_a_": "November set A",
    "nov_b_": "November set B",
    "nov_c_": "November set C",
    "nov_d_": "November set D",
    "nov_e_": "November set E",
    "nov_f_": "November set F",
    "nov_g_": "November set G",
    "nov_h_": "November set H",
    "nov_i_": "November set I",
}  # {beginning of its files: what it is called}

TEKSTER = {"etter_": "bred_", "fersk_": "uavhengig_", "slutt_": "kontroll_"}  # questions asked of another set's texts


def les(navn):
    for linje in (MAAL / f"{navn}.txt").read_text().splitlines():
        if linje.strip() and not linje.startswith("#"):
            yield [del_.strip() for del_ in linje.split("|")]


def fyll(sett=""):
    """Put the texts in the database. Returns {pk: their name in the set}."""
    fasettindeks.glem()
    steder, navn = {}, {}
    for nokkel, sted, tittel, tekst in les(f"{TEKSTER.get(sett, sett)}tekster"):
        steder[sted] = steder.get(sted) or lag_organisasjon(sted)
        ingress, resten = _ingress_og_resten(tekst)
        prosjekt = lag_prosjekt(tittel, eier=steder[sted], ingress=ingress, tekst={"utfordring": resten})
        # The factory's service area would be a word of every text.
        prosjekt.klassifiseringer.all().delete()
        navn[prosjekt.pk] = nokkel
    oppdater(navn)
    bygg_ordforrad(f"{p.tittel} {p.ingress}" for p in Prosjekt.objects.apne())
    return navn


def _ingress_og_resten(tekst):
    """So many whole sentences as an ingress has room for, and what is left."""
    setninger = re.split(r"(?<=[.!?]) ", tekst)
    ingress = [s for i, s in enumerate(setninger) if len(" ".join(setninger[: i + 1])) <= MAKS_INGRESS]
    return " ".join(ingress), " ".join(setninger[len(ingress) :])


def svar(sett):
    """{question: what it finds, best first}."""
    return {q: list(vaart(q)) for _, q, _ in les(f"{sett}sporringer")}


def vaart(tekst):
    """What the list of projects shows a visitor."""
    filter_ = ProsjektFilter(QueryDict(urlencode({"q": tekst})), Prosjekt.objects.apne(), bruker=AnonymousUser())
    return Treffliste(filter_)[:MANGE] if filter_.funn.stammer else []


def delstreng(tekst):
    """What many portals have: every word somewhere in the title or the summary."""
    rader = Prosjekt.objects.apne()
    for ord_ in tekst.lower().split():
        rader = rader.filter(Q(tittel__icontains=ord_) | Q(ingress__icontains=ord_))
    return rader


def motorens_egen(tekst):
    """PostgreSQL's own Norwegian configuration."""
    return Prosjekt.objects.raw(
        """SELECT id FROM (SELECT id, setweight(to_tsvector('norwegian', tittel), 'A') ||
             to_tsvector('norwegian', ingress) v FROM prosjekter_prosjekt) t, websearch_to_tsquery('norwegian', %s) q
           WHERE v @@ q ORDER BY ts_rank(v, q) DESC LIMIT 20""",
        [tekst],
    )


def bedom(sok, navn, sett=""):
    """{kind of question: [number, nDCG@10, recall@20, share without hits, junk]}, with "alle" last."""
    typer = defaultdict(list)
    for type_, sporring, fasit in les(f"{sett}sporringer"):
        onsket = {}
        for svar in fasit.split():
            nokkel, _, grad = svar.partition(":")
            onsket[nokkel] = int(grad or 2)
        typer[type_].append(tall([navn[rad.pk] for rad in sok(sporring)[:20]], onsket))
    typer["alle"] = [rad for rader in list(typer.values()) for rad in rader]
    return {type_: [len(rader), *(_snitt(kol) for kol in zip(*rader, strict=True))] for type_, rader in typer.items()}


def tall(funnet, onsket):
    """Of one question. None where a figure has no meaning: there is nothing right to find."""
    skrap = sum(nokkel not in onsket for nokkel in funnet[:10]) / len(funnet[:10]) if funnet else 0
    if not onsket:
        return None, None, None, float(bool(funnet))
    beste = _dcg(sorted(onsket.values(), reverse=True)[:10])
    ndcg = _dcg([onsket.get(nokkel, 0) for nokkel in funnet[:10]]) / beste
    return ndcg, sum(nokkel in onsket for nokkel in funnet) / len(onsket), float(not funnet), skrap


def _dcg(grader):
    return sum((2**grad - 1) / math.log2(plass + 2) for plass, grad in enumerate(grader))


def _snitt(verdier):
    verdier = [v for v in verdier if v is not None]
    return sum(verdier) / len(verdier) if verdier else None
