"""Enumerations about missions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Missionstatus(models.TextChoices):
    UNDER_UTFORMING = "under_utforming", _("Under utforming")
    AKTIV = "aktiv", _("Aktiv")
    EVALUERES = "evalueres", _("Evalueres")
    NADD = "nadd", _("Nådd")
    AVSLUTTET = "avsluttet", _("Avsluttet")


class Utfordringsstatus(models.TextChoices):
    """Where a shared need is in publishing. Its own people publish; KS looks afterwards."""

    KLADD = "kladd", _("Kladd")
    PUBLISERT = "publisert", _("Publisert")
    SLATT_SAMMEN = "slatt_sammen", _("Slått sammen med en annen")
    TATT_NED = "tatt_ned", _("Tatt ned")


class Svarstatus(models.TextChoices):
    """How far KS has come with a published need. Follows from other columns; see models.utfordring.SVARSTATUS."""

    APEN = "apen", _("Søker flere")
    HOS_KS = "hos_ks", _("Hos KS")
    BESVART = "besvart", _("Besvart av KS")
    I_MISSION = "i_mission", _("Tatt inn i en mission")
