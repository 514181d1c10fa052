from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UtboksConfig(AppConfig):
    name = "utboks"
    verbose_name = _("utboks")

    def ready(self):
        from partnerskap.felles import innhold
        from utboks import handlinger, jobber, varsling

        jobber.registrer("rydding", handlinger.rydd, hver=timedelta(days=1))
        jobber.registrer("innhold-rydding", innhold.rydd, hver=timedelta(days=1))
        jobber.registrer("varselsamling", varsling.send_samlinger, hver=timedelta(minutes=5))
