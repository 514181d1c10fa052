"""The migration operation that makes a search table, which is a different thing on each engine."""

from django.db import migrations
from django.db.migrations.operations.base import Operation

POSTGRESQL = """
CREATE TABLE "{tabell}" (
    rowid bigint PRIMARY KEY REFERENCES "{peker_paa}" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    a text NOT NULL, b text NOT NULL, c text NOT NULL, d text NOT NULL,
    analyseversjon smallint NOT NULL,
    vektor tsvector NOT NULL GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', a), 'A') || setweight(to_tsvector('simple', b), 'B') ||
        setweight(to_tsvector('simple', c), 'C') || setweight(to_tsvector('simple', d), 'D')) STORED
);
CREATE INDEX "{tabell}_gin" ON "{tabell}" USING gin (vektor);
"""
# The rest of a row is kept out of the table proper, so that ten thousand hits can be listed without reading their texts.
# (And title and ingress by themselves, for choosing whom to rank when half the table hits, before nearness did: FjernHode.)
POSTGRESQL_HODE = """
ALTER TABLE "{tabell}" SET (toast_tuple_target = 128);
ALTER TABLE "{tabell}" ADD COLUMN hode tsvector NOT NULL
    GENERATED ALWAYS AS (to_tsvector('simple', a) || to_tsvector('simple', b)) STORED;
CREATE INDEX "{tabell}_hode" ON "{tabell}" USING gin (hode);
"""
# Ranking reads the vectors of five hundred rows, and a third of that was unpacking them. The table is a twentieth larger.
POSTGRESQL_UPAKKET = 'ALTER TABLE "{tabell}" ALTER COLUMN vektor SET STORAGE EXTERNAL'
# remove_diacritics 0: otherwise å becomes a.
SQLITE = """
CREATE VIRTUAL TABLE "{tabell}" USING fts5(
    a, b, c, d, analyseversjon UNINDEXED, tokenize = "unicode61 remove_diacritics 0"
)
"""


class LagSoketabell(migrations.CreateModel):
    """CreateModel for a Sokerad, with a table that the engine can search."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        modell = to_state.apps.get_model(app_label, self.name)
        mal = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
        _kjor(schema_editor, mal, modell)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        modell = from_state.apps.get_model(app_label, self.name)
        schema_editor.execute(f'DROP TABLE "{modell._meta.db_table}"')


class _BarePostgresql(Operation):
    """A change of a table made by LagSoketabell. SQLite's tables need nothing."""

    reduces_to_sql = False

    def __init__(self, modell):
        self.modell = modell

    def deconstruct(self):
        return type(self).__name__, [self.modell], {}

    def state_forwards(self, app_label, state):
        pass

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        self._paa_postgresql(self.FREM, app_label, schema_editor, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        self._paa_postgresql(self.TILBAKE, app_label, schema_editor, to_state)

    def _paa_postgresql(self, mal, app_label, schema_editor, tilstand):
        if schema_editor.connection.vendor == "postgresql":
            _kjor(schema_editor, mal, tilstand.apps.get_model(app_label, self.modell))


class LeggTilHode(_BarePostgresql):
    """The column and index for title and ingress."""

    FREM, TILBAKE = POSTGRESQL_HODE, 'ALTER TABLE "{tabell}" DROP COLUMN hode'

    def describe(self):
        return f"Title and ingress by themselves in the search table of {self.modell}"


class FjernHode(_BarePostgresql):
    """Which hits are ranked is told by nearness (prosjekter.fasettindeks)."""

    FREM, TILBAKE = LeggTilHode.TILBAKE, POSTGRESQL_HODE

    def describe(self):
        return f"No index of title and ingress by themselves in the search table of {self.modell}"


class LagreUpakket(_BarePostgresql):
    """New vectors are kept as they are; those there are already, when the index is built anew."""

    FREM, TILBAKE = POSTGRESQL_UPAKKET, ""  # either way of keeping them can be read

    def describe(self):
        return f"Vectors kept unpacked in the search table of {self.modell}"


def _kjor(schema_editor, mal, modell):
    ddl = mal.format(tabell=modell._meta.db_table, peker_paa=modell._meta.pk.related_model._meta.db_table)
    for setning in filter(str.strip, ddl.split(";")):
        schema_editor.execute(setning)
