from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.utils.translation import gettext_lazy as _

BARE_I_EN_PROSESS = ("locmem", "dummy")


class KommunerConfig(AppConfig):
    name = "kommuner"
    verbose_name = _("kommuner, organisasjoner og personer")

    def ready(self):
        from kommuner.lesere import arbeidsgivere
        from kommuner.models import Organisasjon
        from utboks import varsling

        checks.register(delt_mellomlager)
        varsling.registrer_leser(Organisasjon, arbeidsgivere)


def delt_mellomlager(app_configs, **valg):
    """Attempts at signing in are counted in the cache. One for each process would multiply every limit."""
    if any(navn in settings.CACHES["default"]["BACKEND"] for navn in BARE_I_EN_PROSESS):
        return [
            checks.Error(
                "CACHE_URL peker på et mellomlager som prosessene ikke deler, så grensene på innlogging holder ikke.",
                hint="Bruk dbcache:// eller rediscache://, se docs/operations.md.",
                id="kommuner.E001",
            )
        ]
    return []
