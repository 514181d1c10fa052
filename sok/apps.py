from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SokConfig(AppConfig):
    name = "sok"
    verbose_name = _("søk")

    def ready(self):
        from sok import tomme
        from utboks import jobber

        jobber.registrer("sok-rydding", tomme.rydd, hver=timedelta(days=1))
