"""Enumerations about missions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Missionstatus(models.TextChoices):
    UNDER_UTFORMING = "under_utforming", _("Under utforming")
    AKTIV = "aktiv", _("Aktiv")
    EVALUERES = "evalueres", _("Evalueres")
    NADD = "nadd", _("Nådd")
    AVSLUTTET = "avsluttet", _("Avsluttet")
