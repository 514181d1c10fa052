"""`pk__blant=[...]`: as `pk__in`, for any number of whole numbers, sent to the database as one value.

`IN (%s, %s, ...)` is planned anew for each length, and SQLite takes no more than 32,766 of them. Among none there is
nothing, and the database is not asked; a question made beforehand (partnerskap.felles.ferdig_sql) is asked all the same.
"""

import json

from django.core.exceptions import EmptyResultSet
from django.db.models import Lookup

from partnerskap.felles.ferdig_sql import Plass


class Blant(Lookup):
    lookup_name = "blant"
    prepare_rhs = False

    def get_db_prep_lookup(self, value, connection):
        return "%s", [value]

    def as_postgresql(self, compiler, connection):
        sql, verdier = compiler.compile(self.lhs)
        return f"{sql} = ANY(%s::bigint[])", [*verdier, self._ider()]

    def as_sqlite(self, compiler, connection):
        sql, verdier = compiler.compile(self.lhs)
        return f"{sql} IN (SELECT value FROM json_each(%s))", [*verdier, self._ider(json.dumps)]

    def _ider(self, gjort=list):
        if isinstance(self.rhs, Plass):
            return self.rhs.gjort_til(gjort)
        if not (ider := list(self.rhs)):
            raise EmptyResultSet
        return gjort(ider)
