"""The index: one row of terms for each thing that can be found, matched and ranked by the database's own engine.

PostgreSQL: a generated tsvector with a GIN index. SQLite: the table is an FTS5 table. The rest of the house sees only
`indekser`, `finn` and the abstract model `Sokerad`; another engine would be another implementation of these.
"""

from dataclasses import dataclass

from django.db import models
from django.db.models import F, Func, Lookup

from sok import sporring
from sok.analyse import VERSJON, dokumenttermer
from sok.forslag import mente_du

# Weight of title, ingress, text, and parts and synonyms found in the text.
VEKTER = (10.0, 5.0, 1.5, 0.6)


class Termer(models.TextField):
    """Stems with spaces between."""


@Termer.register_lookup
class Treffer(Lookup):
    """`a__treffer=valg`: the row meets every demand of one of the sets, in any of its columns."""

    lookup_name = "treffer"
    prepare_rhs = False

    def get_db_prep_lookup(self, value, connection):
        return "%s", [value]

    def _alias(self, compiler):
        sql, _ = compiler.compile(self.lhs)
        return sql.split(".")[0]

    def as_postgresql(self, compiler, connection):
        return f"{self._alias(compiler)}.vektor @@ to_tsquery('simple', %s)", [sporring.som_tsquery(self.rhs)]

    def as_sqlite(self, compiler, connection):
        tabell = self.lhs.output_field.model._meta.db_table
        return f'{self._alias(compiler)}."{tabell}" MATCH %s', [sporring.som_fts5(self.rhs)]


class Relevans(Func):
    """How well the row meets the demands; higher is better. Only together with `treffer`."""

    output_field = models.FloatField()

    def __init__(self, uttrykk, valg=()):
        super().__init__(uttrykk)
        self.valg = valg

    def as_postgresql(self, compiler, connection, **_):
        alias = compiler.compile(self.source_expressions[0])[0].split(".")[0]
        vekter = f"{{{','.join(str(v / VEKTER[0]) for v in reversed(VEKTER))}}}"
        return f"ts_rank(%s, {alias}.vektor, to_tsquery('simple', %s), 1)", [vekter, sporring.som_tsquery(self.valg)]

    def as_sqlite(self, compiler, connection, **_):
        alias = compiler.compile(self.source_expressions[0])[0].split(".")[0]
        return f"-bm25({alias}, {', '.join(map(str, VEKTER))})", []


class Sokerad(models.Model):
    """Terms of one thing. A room makes its own with a OneToOneField whose column is `rowid`, and LagSokeindeks."""

    a = Termer()  # title
    b = Termer()  # ingress, and parts from the title
    c = Termer()  # text, and parts from the ingress
    d = Termer()  # parts from the text
    analyseversjon = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True


def indekser(modell, tekster):
    """Write or rewrite rows, in the same transaction as the change they mirror.

    `tekster`: (pk, title, ingress, text) of each thing.
    """
    rader = [_rad(modell, *t) for t in tekster]
    modell.objects.filter(pk__in=[r.pk for r in rader]).delete()
    modell.objects.bulk_create(rader)


def _rad(modell, pk, tittel, ingress, tekst):
    (a, ad), (b, bd), (c, cd) = (dokumenttermer(t) for t in (tittel, ingress, tekst))
    felt = {"a": a, "b": b + ad, "c": c + bd, "d": cd}
    return modell(pk=pk, analyseversjon=VERSJON, **{navn: " ".join(termer) for navn, termer in felt.items()})


@dataclass(frozen=True)
class Funn:
    """What a search gave. `rader` have `relevans` when there are `stammer`, the stems that count as a hit."""

    rader: models.QuerySet
    stammer: frozenset = frozenset()
    rettet_til: str = ""  # the words were unknown; these near ones were searched for instead
    er_naermeste: bool = False  # nothing had all the words, so as many of them as something has


def finn(rader, tekst, *, vei="sok", prefiks=False):
    """Filter rows by what was typed: all the words; else the last one as a beginning; else with misspelt words mended;
    else the closest. `prefiks`: the last word as a beginning at once, for suggestions while someone types.
    """
    q = sporring.les(tekst, prefiks=prefiks)
    rader = _uten(rader, q.uten, vei)
    if not q.krav:
        return Funn(rader)
    if (treff := _med_relevans(rader, q.valg, vei)).exists():
        return Funn(treff, q.stammer)
    halvt = sporring.les(tekst, prefiks=True)
    if halvt != q and (treff := _med_relevans(rader, halvt.valg, vei)).exists():
        return Funn(treff, halvt.stammer)
    if rettet := mente_du(tekst):
        r = sporring.les(rettet)
        if (treff := _med_relevans(rader, r.valg, vei)).exists():
            return Funn(treff, r.stammer, rettet_til=rettet)
    valg = q.naermeste(lambda valg: _med_relevans(rader, valg, vei).exists())
    return Funn(_med_relevans(rader, valg, vei) if valg else treff, q.stammer, er_naermeste=bool(valg))


def _uten(rader, ledd, vei):
    indeks = rader.model._meta.get_field(vei).related_model.objects
    for ett in ledd:
        rader = rader.exclude(pk__in=indeks.filter(a__treffer=((ett,),)).values("pk"))
    return rader


def _med_relevans(rader, valg, vei):
    return rader.filter(**{f"{vei}__a__treffer": valg}).annotate(relevans=Relevans(F(f"{vei}__a"), valg))
