from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MissionsConfig(AppConfig):
    name = "missions"
    verbose_name = _("missions")

    def ready(self):
        from kommuner.lesere import leser_av
        from missions.models import Utfordring
        from utboks import varsling

        varsling.registrer_leser(Utfordring, leser_av(Utfordring))
