"""The migration operation that makes a search table, which is a different thing on each engine."""

from django.db import migrations

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
        ddl = mal.format(tabell=modell._meta.db_table, peker_paa=modell._meta.pk.related_model._meta.db_table)
        for setning in filter(str.strip, ddl.split(";")):
            schema_editor.execute(setning)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        modell = from_state.apps.get_model(app_label, self.name)
        schema_editor.execute(f'DROP TABLE "{modell._meta.db_table}"')
