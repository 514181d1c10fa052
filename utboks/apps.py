from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UtboksConfig(AppConfig):
    name = "utboks"
    verbose_name = _("utboks")
