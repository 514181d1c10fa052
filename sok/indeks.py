"""The index: one row of terms for each thing that can be found, matched and ranked by the database's own engine.

PostgreSQL: a generated tsvector with a GIN index. SQLite: the table is an FTS5 table. The rest of the house sees only
`indekser`, `fjern`, `sok` with `ranger`, and the abstract model `Sokerad`; another engine would be another implementation
of these. `finn` is `sok` for a queryset, for tables that are not large.
"""

import json
import re
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

import numpy as np
from django.db import connection, models
from django.db.models import Case, F, Func, Lookup, Value, When

from partnerskap.felles.blant import tallrekke
from partnerskap.felles.ferdig_sql import gjort_til
from sok import sporring
from sok.analyse import NAVNETERM, VERSJON, tokens
from sok.forslag import er_begynt, mente_du, vanligere_ord
from sok.sporring import FAA_TREFF, NOEN_TREFF
from sok.termer import dokumenttermer, naboord
from sok.veiing import NAERHET_TELLER, Radnaerhet, antall_i, dekning

# Weight of title, ingress, text, and of the last text (learning) and parts and synonyms found in texts.
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
        return f"{self._alias(compiler)}.vektor @@ to_tsquery('simple', %s)", [
            gjort_til(sporring.som_tsquery, self.rhs)
        ]

    def as_sqlite(self, compiler, connection):
        tabell = self.lhs.output_field.model._meta.db_table
        return f'{self._alias(compiler)}."{tabell}" MATCH %s', [gjort_til(sporring.som_fts5, self.rhs)]


class Relevans(Func):
    """How well the row meets the demands; higher is better. Only together with `treffer`."""

    output_field = models.FloatField()

    def __init__(self, uttrykk, valg=()):
        super().__init__(uttrykk)
        self.valg = valg

    def as_postgresql(self, compiler, connection, **_):
        alias = compiler.compile(self.source_expressions[0])[0].split(".")[0]
        return _poeng_pg(f"{alias}.vektor", self.valg)

    def as_sqlite(self, compiler, connection, **_):
        return _poeng_sqlite(compiler.compile(self.source_expressions[0])[0].split(".")[0]), []


def _poeng_pg(vektor, valg):
    """SQL for how well a row meets the demands, as the engine says."""
    return f"ts_rank(%s, {vektor}, to_tsquery('simple', %s), 1)", [_vekter_pg(), gjort_til(sporring.som_tsquery, valg)]


def _poeng_sqlite(alias):
    return f"-bm25({alias}, {', '.join(map(str, VEKTER))})"


def _vekter_pg():
    return f"{{{','.join(str(v / VEKTER[0]) for v in reversed(VEKTER))}}}"


class Sokerad(models.Model):
    """Terms of one thing. A room makes its own with a OneToOneField whose column is `rowid`, and LagSokeindeks."""

    a = Termer()  # title
    b = Termer()  # ingress, and parts from the title
    c = Termer()  # text, and parts from the ingress
    d = Termer()  # the text that weighs little, and parts from both texts
    analyseversjon = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True


# ---- Writing -------------------------------------------------------------------------------------------------------


def indekser(modell, tekster):
    """Write or rewrite rows, in the same transaction as the change they mirror.

    `tekster`: (pk, title, ingress, text) of each thing, and perhaps a last text that weighs little.
    """
    rader = [_rad(modell, *t) for t in tekster]
    fjern(modell, [r.pk for r in rader])
    modell.objects.bulk_create(rader)


def fjern(modell, ider):
    modell.objects.filter(pk__in=ider).delete()


def foreldede(ting, modell):
    """Those of the things whose row is missing, or made by an older analysis."""
    return ting.exclude(pk__in=modell.objects.filter(analyseversjon=VERSJON).values("pk"))


def _rad(modell, pk, tittel, ingress, tekst, sist=""):
    (a, ad), (b, bd), (c, cd), (d, dd) = (_termer(t) for t in (tittel, ingress, tekst, sist))
    # A thing's place is told with the ingress, and weighs as much as its title.
    a += [term for term in b if term.startswith(NAVNETERM)]
    felt = {"a": a, "b": b + ad, "c": c + bd, "d": d + cd + dd}
    return modell(pk=pk, analyseversjon=VERSJON, **{navn: " ".join(termer) for navn, termer in felt.items()})


def _termer(tekst):
    """Stems in their order, and what the text has besides: parts, synonyms, and neighbours as one word."""
    stammer, deler = dokumenttermer(tekst)
    return stammer, [*deler, *naboord(tekst)]


# ---- Searching -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Funn:
    """What a search gave: `treff` as `godta` made it, or `rader`, a queryset with `relevans`, from `finn`.

    `stammer` are the stems that count as a hit; without any, nothing was searched for.
    """

    treff: object = None
    valg: tuple = ()
    stammer: frozenset = frozenset()
    rettet_til: str = ""  # the words were unknown; these near ones were searched for instead
    mente_du: str = ""  # the words were found, but are rare, and these near ones are common
    er_naermeste: bool = False  # nothing had all the words, so what is closest
    noen_ligner: bool = False  # few have all the words, and the rest only resembles
    naermeste: dict = field(default_factory=dict)  # {id: how close it is} of what has not all the words
    tekst: str = ""  # what was searched for at last, without what must not be there
    rader: models.QuerySet | None = field(default=None, compare=False)


def sok(modell, tekst, godta, *, prefiks=False, bare_alle=False, naerhet=None):
    """Search for what was typed: all the words; else the last one as a beginning; else with misspelt words mended; else
    the closest. `prefiks`: the last word as a beginning at once, for suggestions while someone types. `bare_alle`:
    nothing, rather than what is near.

    `naerhet(tekst)` tells how near things are to a text in meaning, where the caller knows that beforehand, and what `godta`
    gives is bit sets (prosjekter.fasettindeks.Naerhet); else it is worked out from the rows (veiing.Radnaerhet).

    `godta` takes the ids of all that hit, unordered, as an array or a list, and gives back those the reader may see in
    whatever form suits the caller; the first way of searching where that is not empty is the answer. With no words to
    search for, the answer is what `godta(None)` gives, everything, less what must not be there.
    """
    q = sporring.les(tekst, prefiks=prefiks)
    unntatt = godta(_ider(modell, tuple((ledd,) for ledd in q.uten))) if q.uten else None

    def treff_av(valg):
        return _uten_treff(godta(None if valg is None else _ider(modell, valg)), unntatt)

    return _let(q, tekst, treff_av, godta, naerhet or partial(Radnaerhet, modell), bare_alle)


def _let(q, tekst, treff_av, godta, naerhet, bare_alle):
    """The first way of searching that finds something. `treff_av(valg)` is what meets any of these sets of demands.

    `bare_alle`: only what has all the words, as they are typed or the last one begun.
    """
    if not q.krav:
        return Funn(treff_av(None))
    som_det_staar = '"' in tekst  # in quotes it is meant so, and nothing is near it
    mente = ""  # with misspelt words mended
    for maate, rettet in _maater(q, tekst, bare_alle):
        mente = rettet or mente
        if treff := treff_av(maate.valg):
            antall = antall_i(treff)
            funn = Funn(treff, maate.valg, maate.stammer, tekst=sporring.uten_det_trukket_fra(rettet or tekst))
            if bare_alle:
                return funn
            if antall < FAA_TREFF and not som_det_staar:
                funn = _med_det_naermeste(funn, maate, treff_av, godta, naerhet)
            vanligere = "" if rettet or antall >= NOEN_TREFF else vanligere_ord(tekst)
            noen_ligner = antall < FAA_TREFF and antall_i(funn.treff) > antall
            return replace(funn, rettet_til=rettet, mente_du=vanligere, noen_ligner=noen_ligner)
    funn = Funn(treff, q.valg, q.stammer, tekst=sporring.uten_det_trukket_fra(mente or tekst))
    if bare_alle or som_det_staar:
        return funn
    q = sporring.les(mente) if mente else q
    funn = _med_det_naermeste(replace(funn, valg=q.valg, stammer=q.stammer), q, treff_av, godta, naerhet)
    er_naermeste = bool(funn.naermeste)
    return replace(funn, er_naermeste=er_naermeste, rettet_til=mente if er_naermeste else "")


def _med_det_naermeste(funn, q, treff_av, godta, naerhet):
    """And what is close: by how much of the words it has, and by what it means."""
    deler = dekning(q, lambda ledd: _mengde(treff_av(((ledd,),))), antall_i(alle := treff_av(None)))
    naermeste = naerhet(funn.tekst).naermeste(deler, alle, _mengde(funn.treff))
    treff = _sammen(funn.treff, godta(list(naermeste))) if naermeste else funn.treff
    return replace(funn, treff=treff, naermeste=naermeste)


def _sammen(treff, flere):
    return [*treff, *flere] if isinstance(treff, list) else treff | flere


def _mengde(treff):
    """As something to make unions and intersections of: a bit set, or a set of ids."""
    return treff if isinstance(treff, int) else treff.ider if isinstance(treff, _Rader) else frozenset(treff)


def _maater(q, tekst, bare_alle=False):
    """The search as it was typed, with the last word as a beginning, and with misspelt words mended.

    In quotes it is meant as it stands. A last word that no word in use begins with is sooner misspelt than begun.
    """
    yield q, ""
    ordene = sporring.uten_det_trukket_fra(tekst)
    ukjent_slutt = not bare_alle and '"' not in tekst and not er_begynt(tekst)
    if ukjent_slutt and (rettet := mente_du(ordene)):
        yield sporring.les(rettet), rettet
    halvt = sporring.les(tekst, prefiks=True)
    if halvt != q and halvt.er_halv:
        yield halvt, ""
    if not (bare_alle or ukjent_slutt or '"' in tekst) and (rettet := mente_du(ordene)):
        yield sporring.les(rettet), rettet


def _uten_treff(treff, unntatt):
    """Less what must not be there. Both are sets of ids, lists of them in order, or bit sets."""
    if unntatt is None:
        return treff
    if isinstance(treff, list):
        bort = set(unntatt)
        return [pk for pk in treff if pk not in bort]
    return treff - unntatt if isinstance(treff, set) else treff & ~unntatt


def _ider(modell, valg):
    """The ids of all that meet any of the sets of demands, as an array."""
    tabell = modell._meta.db_table
    with connection.cursor() as peker:
        if connection.vendor == "postgresql":
            return _ider_pg(peker, tabell, sporring.som_tsquery(valg))
        fts = sporring.som_fts5(valg)
        peker.execute(f'SELECT json_group_array(rowid) FROM "{tabell}" WHERE "{tabell}" MATCH %s', [fts])  # noqa: S608
        return np.array(json.loads(peker.fetchone()[0]), np.int64)


_FRASE_TIL = re.compile(r" \| \([^()]*<->[^()]*\)|\([^()]*<->[^()]*\) \| ")


def _ider_pg(peker, tabell, tsquery):
    """The index answers which words a row has, but for words side by side it must read the row, which is slow.

    So those that have the words in another way are found first, and of the rest only those with all the words are read.
    """
    uten_fraser = _FRASE_TIL.sub("", tsquery)
    if "<->" not in tsquery or "<->" in uten_fraser:
        return _slaa_opp(peker, tabell, tsquery)
    funnet = _slaa_opp(peker, tabell, uten_fraser)
    kan_ha = np.setdiff1d(_slaa_opp(peker, tabell, tsquery.replace("<->", "&")), funnet)
    if not len(kan_ha):
        return funnet
    sql = f"SELECT rowid FROM \"{tabell}\" WHERE rowid = ANY(%s::bigint[]) AND vektor @@ to_tsquery('simple', %s)"  # noqa: S608
    peker.execute(sql, [tallrekke(kan_ha), tsquery])
    return np.append(funnet, np.fromiter((rad[0] for rad in peker.fetchall()), np.int64))


def _slaa_opp(peker, tabell, tsquery):
    """The planner thinks that matching costs nothing, and would rather read every row than ask the index.

    The ids come as eight bytes each: reading ten thousand numbers takes longer than finding them.
    """
    sql = f"SELECT string_agg(int8send(rowid), '') FROM \"{tabell}\" WHERE vektor @@ to_tsquery('simple', %s)"  # noqa: S608
    peker.execute(f"SET LOCAL enable_seqscan = off; {sql}; SET LOCAL enable_seqscan = on", [tsquery])
    peker.nextset()
    return np.frombuffer(peker.fetchone()[0] or b"", ">i8").astype(np.int64)


def ranger(modell, funn, ider, naerhet=None):
    """{id: how good a hit it is} for these hits of a search; higher is better. Cheap for a thousand at a time.

    `naerhet`: how near things are to `funn.tekst`; what is about it comes before what only has the words. What has not all
    the words comes after what has.
    """
    poeng = _rang(modell, funn, [pk for pk in ider if pk not in funn.naermeste])
    if naerhet and poeng and (naere := naerhet.av(list(poeng))):
        beste = max(poeng.values()) or 1
        poeng = {pk: verdi / beste + NAERHET_TELLER * naere[pk] for pk, verdi in poeng.items()}
    etter = min(poeng.values(), default=0) - max(funn.naermeste.values(), default=0) - 1
    return poeng | {pk: naer + etter for pk, naer in funn.naermeste.items()}


def _rang(modell, funn, ider):
    """By the words they have."""
    if not ider:
        return {}
    tabell = modell._meta.db_table
    with connection.cursor() as peker:
        if connection.vendor == "postgresql":
            poeng, verdier = _poeng_pg("vektor", funn.valg)
            sql = f'SELECT rowid, {poeng} FROM "{tabell}" WHERE rowid = ANY(%s::bigint[])'  # noqa: S608
            peker.execute(sql, [*verdier, tallrekke(ider)])
        else:
            # The plus keeps SQLite from looking up each row by itself, and matching anew each time.
            poeng = _poeng_sqlite(f'"{tabell}"')
            sql = (
                f'SELECT rowid, {poeng} FROM "{tabell}" '  # noqa: S608
                f'WHERE "{tabell}" MATCH %s AND +rowid IN (SELECT value FROM json_each(%s))'
            )
            peker.execute(sql, [sporring.som_fts5(funn.valg), json.dumps(list(ider))])
        return dict(peker.fetchall())


def finn(rader, tekst, *, vei="sok", prefiks=False, bare_alle=False):
    """As `sok`, of a queryset: its rows with `relevans`. `vei` leads from its model to the row of the index."""
    q = sporring.les(tekst, prefiks=prefiks)
    rader = _uten(rader, q.uten, vei)

    def treff_av(valg):
        return _Rader(rader, rader if valg is None else med_relevans(rader, valg, vei))

    def godta(ider):
        return _Rader(rader, rader.filter(pk__blant=ider))

    sokerad = rader.model._meta.get_field(vei).related_model
    funn = _let(q, tekst, treff_av, godta, partial(Radnaerhet, sokerad), bare_alle)
    funnet = funn.treff.rader
    if funn.naermeste:
        poeng = ranger(sokerad, funn, list(funn.treff.ider))
        relevans = Case(*(When(pk=pk, then=Value(p)) for pk, p in poeng.items()), output_field=models.FloatField())
        funnet = funnet.annotate(relevans=relevans)
    return replace(funn, treff=None, rader=funnet.none() if bare_alle and not funn.treff else funnet)


def finn_alle(sporsmaal, sokerad, tekst):
    """As `finn` with `bare_alle`, for a question made beforehand: it gets the sets of demands, and ids that must not be there.

    Gives its rows; none without words to search for.
    """
    q = sporring.les(tekst)
    if not q.krav:
        return []
    uten = _ider(sokerad, tuple((ledd,) for ledd in q.uten)).tolist() if q.uten else []
    for maate, _rettet in _maater(q, tekst, bare_alle=True):
        if rader := sporsmaal(maate.valg, uten):
            return rader
    return []


def naermest(rader, stammer, *, vei="sok"):
    """Rows of a queryset that have any of these stems, the most relevant first. For tables that are not large."""
    valg = tuple((sporring.Ledd(((token,),)),) for stamme in stammer for token in tokens(stamme))
    return med_relevans(rader, valg, vei).order_by("-relevans", "-pk") if valg else rader.none()


@dataclass
class _Rader:
    """Some of all rows, which is true when there are any, without reading them. The database is asked once."""

    alle: models.QuerySet
    rader: models.QuerySet

    @cached_property
    def finnes(self):
        return self.rader.exists()

    @property
    def ider(self):
        return frozenset(self.rader.order_by().values_list("pk", flat=True))

    def __or__(self, andre):
        return _Rader(self.alle, self.alle.filter(pk__blant=list(self.ider | andre.ider)))

    def __bool__(self):
        return self.finnes

    def __len__(self):
        return self.rader.count()


def med_relevans(rader, valg, vei="sok"):
    """Those of the rows that meet any of the sets of demands, with how well they do."""
    return rader.filter(**{f"{vei}__a__treffer": valg}).annotate(relevans=Relevans(F(f"{vei}__a"), valg))


def _uten(rader, ledd, vei):
    indeks = rader.model._meta.get_field(vei).related_model.objects
    for ett in ledd:
        rader = rader.exclude(pk__in=indeks.filter(a__treffer=((ett,),)).values("pk"))
    return rader
