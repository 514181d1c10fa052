"""A folder of its own for the files of each test, and a project to put them in."""

import pytest
from django.core.cache import cache

from tests.fabrikker import lag_prosjekt
from tests.felles.test_virus import clamd  # noqa: F401


@pytest.fixture(autouse=True)
def lager(settings, tmp_path):
    """A folder of its own for each test; and nobody has sent anything before."""
    settings.STORAGES = {
        **settings.STORAGES,
        "filer": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}},
    }
    cache.clear()
    return tmp_path


@pytest.fixture
def prosjekt(roller):
    return lag_prosjekt("Samtalen", slug="samtalen", eier=roller.kommunen, ansvarlig=roller["eier"])
