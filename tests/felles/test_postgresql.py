"""A connection that is kept: the server is not asked whether it is there, and one that has gone away is noticed all the same."""

import pytest
from django.db import OperationalError, connection

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def kopi():
    """A connection of its own, as a web process has it: kept, and looked at when a new request begins."""
    egen = connection.copy()
    egen.health_check_enabled = True
    egen.ensure_connection()
    yield egen
    egen.close()


def ny_foresporsel(egen):
    egen.health_check_done = False
    with egen.cursor() as peker:
        peker.execute("SELECT pg_backend_pid()")
        return peker.fetchone()[0]


def test_serveren_blir_ikke_spurt_naar_ingenting_er_sagt(kopi, monkeypatch):
    pid = ny_foresporsel(kopi)
    spurt = []
    execute = kopi.connection.cursor_factory.execute
    monkeypatch.setattr(
        kopi.connection.cursor_factory, "execute", lambda c, sql, *a, **k: spurt.append(sql) or execute(c, sql, *a, **k)
    )

    assert ny_foresporsel(kopi) == pid
    assert len(spurt) == 1


def test_en_forbindelse_serveren_har_lagt_paa_aapnes_paa_nytt(kopi):
    pid = ny_foresporsel(kopi)
    with connection.cursor() as peker:
        peker.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])

    assert ny_foresporsel(kopi) != pid


def test_en_melding_fra_serveren_er_ingen_grunn_til_aa_legge_paa(kopi):
    pid = ny_foresporsel(kopi)
    with kopi.cursor() as peker:
        peker.execute("LISTEN noe")
    with connection.cursor() as peker:
        peker.execute("NOTIFY noe")

    assert ny_foresporsel(kopi) == pid


def test_uten_helsesjekk_ville_den_som_er_lagt_paa_ha_feilet(kopi):
    pid = ny_foresporsel(kopi)
    with connection.cursor() as peker:
        peker.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    kopi.health_check_enabled = False

    with pytest.raises(OperationalError):
        ny_foresporsel(kopi)
