"""A process hears of a change when it is committed, by whomever, and asks the database no more than that."""

import time

import pytest
from django.db import connection, transaction

from partnerskap.felles import innhold, lytting

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
NY_RAD = "INSERT INTO felles_innholdsendring (slag, tid) VALUES ('mission', now())"


@pytest.fixture
def en_annen():
    """Another process' connection."""
    forbindelse = connection.get_new_connection({**connection.get_connection_params()})
    forbindelse.autocommit = True
    yield forbindelse
    forbindelse.close()


def snart(merke):
    """Whether that is the mark within a second: a message is on its way for some thousandths of it."""
    for _gang in range(200):
        if innhold.hort_merke() == merke:
            return True
        time.sleep(0.005)
    return False


def test_det_spoerres_ikke_foer_en_annen_har_endret_noe(en_annen, django_assert_num_queries):
    foer = innhold.hort_merke()
    with django_assert_num_queries(0):
        assert [innhold.hort_merke() for _gang in range(3)] == [foer] * 3

    with en_annen.transaction():
        en_annen.execute(NY_RAD)
        assert innhold.hort_merke() == foer  # nobody has seen it yet
    with django_assert_num_queries(2):
        etter = innhold.merke()
        assert snart(etter)
    with django_assert_num_queries(0):
        assert innhold.hort_merke() == etter != foer

    en_annen.execute("DELETE FROM felles_innholdsendring")
    assert snart(foer)


def test_egne_endringer_merkes_ogsaa_foer_de_er_ferdige():
    foer = innhold.hort_merke()

    innhold.endret("mission")
    assert snart(etter := innhold.merke())
    with pytest.raises(RuntimeError), transaction.atomic():
        innhold.endret("mission")
        assert innhold.hort_merke() not in (foer, etter)
        raise RuntimeError
    assert innhold.hort_merke() == etter != foer


def test_det_som_fortelles_mens_noe_annet_spoerres_om_blir_hoert(en_annen, django_assert_num_queries):
    innhold.hort_merke()
    en_annen.execute(NY_RAD)
    etter = innhold.merke()
    time.sleep(0.05)
    with connection.cursor() as peker:
        peker.execute("SELECT 1")

    with django_assert_num_queries(1):
        assert innhold.hort_merke() == etter


def test_en_ny_forbindelse_lytter_den_ogsaa(en_annen, django_assert_num_queries):
    innhold.hort_merke()
    connection.close()
    en_annen.execute(NY_RAD)
    assert innhold.hort_merke() == innhold.merke()
    with django_assert_num_queries(0):
        innhold.hort_merke()
    en_annen.execute(NY_RAD)

    assert snart(innhold.merke())


def test_er_forbindelsen_brutt_spoerres_det_paa_en_ny(en_annen):
    foer = innhold.hort_merke()
    pid = connection.connection.info.backend_pid
    en_annen.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])  # waits until it is gone
    en_annen.execute(NY_RAD)
    connection.health_check_enabled, connection.health_check_done = True, False  # as when a request begins
    innhold.hort_merke()  # the first to look may read only the server's last words

    assert innhold.hort_merke() == innhold.merke() != foer


def test_den_som_er_hoert_proeves_ikke_en_gang_til():
    """Django tries a kept connection before the first question of each request. Where the line is still, that is known."""
    connection.health_check_enabled, connection.health_check_done = True, False
    innhold.hort_merke()
    connection.health_check_done = False

    innhold.hort_merke()

    assert connection.health_check_done


def test_en_brutt_forbindelse_blir_proevd_av_den_som_spoer(en_annen):
    """The first question of a request, when what was heard was the server's last words."""
    innhold.hort_merke()
    pid = connection.connection.info.backend_pid
    en_annen.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    connection.health_check_enabled, connection.health_check_done = True, False
    innhold.hort_merke()

    with connection.cursor() as peker:
        peker.execute("SELECT pg_backend_pid()")
        assert peker.fetchone()[0] != pid


def test_en_forbindelse_som_er_lukket_hos_oss_byttes_ut():
    """As psycopg leaves one that broke in the middle of a question."""
    foer = innhold.hort_merke()
    connection.connection.close()
    connection.health_check_enabled, connection.health_check_done = True, False

    assert innhold.hort_merke() == foer


def test_den_som_ingenting_faar_hoere_spoer_likevel_etter_noen_sekunder(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(lytting, "LENGST", -1)
    innhold.hort_merke()

    with django_assert_num_queries(1):
        innhold.hort_merke()


def test_en_forbindelse_som_ikke_beholdes_spoer_hver_gang(monkeypatch, django_assert_num_queries):
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)

    with django_assert_num_queries(2):
        innhold.hort_merke(), innhold.hort_merke()
