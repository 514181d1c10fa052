"""Questions whose SQL is made once: for pages that ask the same each time, where making it costs more than the answer.

    @ferdig_sql
    def faktorer(prosjekt):
        return Faktor.objects.filter(prosjekt=prosjekt)

    faktorer(37)        # a list of Faktor

The function is an ordinary queryset of its arguments. It is called once for each number of them, with places in the SQL instead
of values, and what Django made of it is asked again and again with new values. So its arguments may only be compared with,
never looked at, and nothing else may change from one time to the next: no date of today, no if.

What depends on who asks takes `bruker` by name. All who are not signed in get the same ready-made question; for whoever is
signed in the queryset is made anew, since her rights are in it.

PostgreSQL plans such a question once a connection as well (`prepare_threshold` in the settings; not behind a pooler that
changes connections between transactions). Joined rows (`select_related`), `only` and annotations come along;
`prefetch_related` does not. Of `values` only `values_list` of one column, flat, is for here.

Several that do not wait for each other go to PostgreSQL and back together:

    with samme_tur():
        faktorene, gevinstene = faktorer(37), gevinster(37)     # empty lists in here, filled when the block is over
"""

import re
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, update_wrapper
from types import SimpleNamespace

from django.db import connection
from django.db.models import Expression
from django.db.models.query import FlatValuesListIterable

_PLASS = re.compile("%[%s]")
_DAG = re.compile(r"\d{4}-\d\d-\d\d")
_venter = ContextVar("venter", default=None)


class Plass(Expression):
    """Where argument number `nummer` goes, perhaps made into something else first."""

    def __init__(self, nummer, gjor=None):
        super().__init__()
        self.nummer, self.gjor = nummer, gjor

    def verdi(self, verdier):
        verdi = verdier[self.nummer]
        return self.gjor(verdi) if self.gjor else verdi

    def as_sql(self, compiler, connection):
        return "%s", [self]


def gjort_til(gjor, verdi):
    """The value made into something else, also when there is only a place for it."""
    return Plass(verdi.nummer, gjor) if isinstance(verdi, Plass) else gjor(verdi)


class ferdig_sql:  # noqa: N801, a decorator
    def __init__(self, lag):
        self.lag, self._laget = lag, {}
        update_wrapper(self, lag)

    def __call__(self, *verdier, **hvem):
        bruker = hvem.get("bruker")
        if bruker is not None and bruker.is_authenticated:
            return list(self.lag(*verdier, bruker=bruker))
        antall = len(verdier)
        if antall not in self._laget:
            self._laget[antall] = _Laget(self.lag(*map(Plass, range(antall)), **hvem))
        laget = self._laget[antall]
        parametre = laget.parametre(verdier)
        if (venter := _venter.get()) is None:
            return laget.ting(spor(laget.sql, parametre))
        venter.append((laget, parametre, svar := []))
        return svar

    def straks(self, *verdier):
        """The answer at once, also inside `samme_tur`: for what decides what else is asked."""
        merke = _venter.set(None)
        try:
            return self(*verdier)
        finally:
            _venter.reset(merke)


class _Laget:
    """What Django makes of a queryset, but for the values."""

    def __init__(self, qs):
        self.query = qs.query
        self.les = qs._iterable_class
        self.kompilator = qs.query.get_compiler(connection=connection)
        self.sql, self.plasser = self.kompilator.as_sql()
        if dager := [p for p in self.plasser if _DAG.match(str(p))]:
            raise ValueError(
                f"A question that is made once cannot hold a day or a time, which would stand still: {dager}"
            )
        if connection.vendor == "postgresql":
            self.sql, self.plasser = _med_faste_verdier(self.sql, self.plasser)
        self.fra_basen = self.kompilator.get_converters([felt for felt, *_resten in self.kompilator.select])

    def parametre(self, verdier):
        return tuple(p.verdi(verdier) if isinstance(p, Plass) else p for p in self.plasser)

    def ting(self, rader):
        if self.fra_basen:
            rader = self.kompilator.apply_converters(rader, self.fra_basen)
        if self.les is FlatValuesListIterable:
            return [verdi for (verdi,) in rader]
        kompilator = _Svar(self.kompilator, rader)
        query = SimpleNamespace(get_compiler=lambda using: kompilator)
        return list(self.les(SimpleNamespace(db=connection.alias, query=query, _known_related_objects={})))


def _med_faste_verdier(sql, plasser):
    """What is the same each time stands in the SQL: PostgreSQL plans once, and must know that most projects are published."""
    from psycopg.sql import Literal

    igjen = iter(plasser)

    def verdi(m):
        if m[0] == "%%" or isinstance(plass := next(igjen), Plass):
            return m[0]
        return Literal(plass).as_string(connection.connection).replace("%", "%%")

    return _PLASS.sub(verdi, sql), [p for p in plasser if isinstance(p, Plass)]


class _Svar:
    """A compiler that has asked already, for Django to make objects of the rows."""

    def __init__(self, kompilator, rader):
        self._kompilator, self._rader = kompilator, rader

    def __getattr__(self, navn):
        return getattr(self._kompilator, navn)

    def execute_sql(self, **_valg):
        return self._rader

    def results_iter(self, rader):
        return rader


@contextmanager
def samme_tur():
    """What is asked in here is sent when the block ends. Signed-in readers' own questions are asked at once, as always."""
    merke = _venter.set(venter := [])
    try:
        yield
    finally:
        _venter.reset(merke)
    svarene = _spor_sammen([(laget.sql, parametre) for laget, parametre, _svar in venter])
    for (laget, _parametre, svar), rader in zip(venter, svarene, strict=True):
        svar += laget.ting(rader)


def _spor_sammen(sporsmaal):
    """All rows of each. On PostgreSQL the waiting is for one answer: half of what nine small questions cost."""
    connection.close_if_health_check_failed()  # as connection.cursor() does; once the trip has begun it is too late
    connection.ensure_connection()
    if not _planlegger():
        return [spor(*ett) for ett in sporsmaal]
    with connection.wrap_database_errors, connection.connection.pipeline():
        pekere = [_sendt(connection.cursor(), *ett) for ett in sporsmaal]
    return [peker.fetchall() for peker in pekere]


def spor(sql, parametre=()):
    """All rows of a question that is asked again and again. PostgreSQL keeps the plan."""
    with connection.cursor() as peker:
        return _sendt(peker, sql, parametre).fetchall()


def _sendt(peker, sql, parametre):
    if _planlegger():
        peker.cursor = _planlagt()(connection.connection)
    peker.execute(sql, parametre)
    return peker


def _planlegger():
    return getattr(connection.connection, "prepare_threshold", None)


@cache
def _planlagt():
    """A cursor that sends values apart from the SQL, so that the plan can be kept. On PostgreSQL only, hence made when needed."""
    from django.db.backends.postgresql.base import ServerBindingCursor

    class Planlagt(ServerBindingCursor):
        def _send_query_prepared(self, name, pgq, **valg):
            self._query = pgq  # psycopg forgets it here, and those who count queries read it
            super()._send_query_prepared(name, pgq, **valg)

    return Planlagt


def gi_rader(ting, navn, rader):
    """Let `ting.<navn>.all()` be these rows, as prefetch_related does. What is filtered further is asked for as before."""
    qs = getattr(ting, navn).all()
    qs._result_cache, qs._prefetch_done = rader, True
    ting.__dict__.setdefault("_prefetched_objects_cache", {})[navn] = qs
    felt = ting._meta.get_field(navn).field
    for rad in rader:
        felt.set_cached_value(rad, ting)
