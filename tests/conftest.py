"""What every test may count on: the engine markers, strict templates and the cast (anonym, fremmed, eier ...)."""

import gc
import os
import shutil

import pytest
from _pytest.runner import runtestprotocol
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.template import engines

from partnerskap.felles import innhold
from prosjekter import fasettindeks
from tests.registeret import mappe, registeret  # noqa: F401
from tests.rollebesetning import roller, som  # noqa: F401
from tests.ukjente_variabler import UkjentVariabel
from utboks import varsling

gc.set_threshold(50_000, 20, 100)  # looking for garbage less often makes the suite a twentieth quicker
gc.disable()  # until all tests are found: what is made before that, is kept to the end


def pytest_collection_finish():
    gc.freeze()
    gc.enable()


def _med_god_plass(funksjon, *args, **kwargs):
    """Call the function with room on Python's stack for all that it calls.

    The stack grows by 16 kB at a time, which the system is asked for and given back each time a call crosses the edge.
    A loop at the wrong depth does nothing else: five million times in a run of the suite, a tenth of the processor's time.
    """
    return funksjon(*args, **kwargs)


_med_god_plass.__code__ = _med_god_plass.__code__.replace(co_stacksize=60_000)  # half a megabyte, and as much again


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    """As pytest does it, on a stack with room."""
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    _med_god_plass(runtestprotocol, item, nextitem=nextitem)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def pytest_ignore_collect(collection_path, config):
    """Browser tests run by themselves: they share one filled database. Name the folder to run them."""
    if collection_path.name == "nettleser" and not any("nettleser" in str(argument) for argument in config.args):
        return True
    return None


def _en_av_hver(items):
    """Of each test with many cases the last. All of those about what people type."""
    etter_test = {}
    for item in items:
        etter_test.setdefault(item.nodeid.partition("[")[0], []).append(item)
    for tilfeller in etter_test.values():
        yield from tilfeller if "hver_motor" in tilfeller[0].keywords else tilfeller[-1:]


def pytest_collection_modifyitems(config, items):
    """Tests of what only one engine does say so with a marker; the rest run on both.

    On the second engine (`BARE_DATABASE=1`) those that ask no database have nothing new to say, nor have
    forty cases that ask it the same.
    """
    if os.environ.get("BARE_DATABASE"):
        spor = [item for item in items if item.get_closest_marker("django_db") or "db" in item.fixturenames]
        spor = list(_en_av_hver(spor))
        config.hook.pytest_deselected(items=list(set(items) - set(spor)))
        items[:] = spor
    for item in items:
        for engine in ("sqlite", "postgresql"):
            if engine in item.keywords and connection.vendor != engine:
                item.add_marker(pytest.mark.skip(reason=f"only on {engine}"))


@pytest.fixture(scope="session")
def django_db_keepdb():
    """`make test` has migrated a database once (scripts/run_tests.py), and each worker begins with a copy of it."""
    return "DATABASE_TEMPLATE" in os.environ


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_keepdb):
    if django_db_keepdb and connection.vendor == "sqlite":
        shutil.copyfile(os.environ["DATABASE_TEMPLATE"], connection.settings_dict["TEST"]["NAME"])


@pytest.fixture(autouse=True)
def ukjente_variabler_feiler(monkeypatch):
    """A template of ours that asks for a variable nobody gave it fails the test instead of showing nothing."""
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", UkjentVariabel(settings.ROT / "templates"))


@pytest.fixture(autouse=True)
def varsler_sendes_straks(monkeypatch):
    """Most tests ask what is told to whom. tests/utboks/test_varsling.py asks when, and has its own of this name."""
    straks = {slag: varsling.Om(om.forklaring, varsling.Hyppighet.STRAKS) for slag, om in varsling.SLAG.items()}
    monkeypatch.setattr(varsling, "SLAG", straks)


@pytest.fixture(autouse=True)
def ingenting_huskes():
    """The database goes back in time between tests, and what processes remember must not stay behind."""
    fasettindeks.glem()
    innhold.glem()
    caches["sider"].clear()
