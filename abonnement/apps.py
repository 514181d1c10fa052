from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AbonnementConfig(AppConfig):
    name = "abonnement"
    verbose_name = _("lagrede søk")

    def ready(self):
        from abonnement import handlinger, utsending
        from utboks import jobber

        jobber.registrer("abonnement", utsending.send_forfalte, hver=timedelta(minutes=5))
        jobber.registrer("abonnement-rydding", handlinger.rydd, hver=timedelta(days=1))
