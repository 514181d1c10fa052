from django.db import migrations

FORTELL = """
CREATE FUNCTION innhold_er_endret() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('innhold', '');
    RETURN NULL;
END $$;
CREATE TRIGGER innhold_er_endret AFTER INSERT OR DELETE ON felles_innholdsendring
    FOR EACH STATEMENT EXECUTE FUNCTION innhold_er_endret();
"""
TI_STILLE = """
DROP TRIGGER innhold_er_endret ON felles_innholdsendring;
DROP FUNCTION innhold_er_endret();
"""


def paa_postgresql(sql):
    def kjor(_apper, skjema):
        if skjema.connection.vendor == "postgresql":
            skjema.execute(sql)

    return kjor


class Migration(migrations.Migration):
    """PostgreSQL tells those who listen that the log has changed (partnerskap.felles.lytting)."""

    dependencies = [("felles", "0001_innholdsendring")]
    operations = [migrations.RunPython(paa_postgresql(FORTELL), paa_postgresql(TI_STILLE), elidable=False)]
