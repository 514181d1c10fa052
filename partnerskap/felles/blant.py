"""`pk__blant=[...]`: as `pk__in`, for any number of whole numbers or texts, sent to the database as one value.

`IN (%s, %s, ...)` is planned anew for each length, and SQLite takes no more than 32,766 of them. Among none there is
nothing, and the database is not asked; a question made beforehand (partnerskap.felles.ferdig_sql) is asked all the same.
"""

import json

from django.core.exceptions import EmptyResultSet
from django.db.models import CharField, Lookup

from partnerskap.felles.ferdig_sql import Plass, gjort_til


def tallrekke(tall):
    """Whole numbers as PostgreSQL reads an array of them; psycopg looks at each of them first."""
    return f"{{{','.join(map(str, tall))}}}"


class Blant(Lookup):
    lookup_name = "blant"
    prepare_rhs = False

    def get_db_prep_lookup(self, value, connection):
        return "%s", [value]

    def as_postgresql(self, compiler, connection):
        sql, verdier = compiler.compile(self.lhs)
        if isinstance(self.lhs.output_field, CharField):
            return f"{sql} = ANY(%s::text[])", [*verdier, self._alle(list)]
        return f"{sql} = ANY(%s::bigint[])", [*verdier, self._alle(tallrekke)]

    def as_sqlite(self, compiler, connection):
        sql, verdier = compiler.compile(self.lhs)
        return f"{sql} IN (SELECT value FROM json_each(%s))", [*verdier, self._alle(json.dumps)]

    def _alle(self, gjor):
        verdier = self.rhs if isinstance(self.rhs, Plass) else list(self.rhs)
        if verdier == []:
            raise EmptyResultSet
        return gjort_til(lambda alle: gjor(list(alle)), verdier)
