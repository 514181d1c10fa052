"""How often mail comes. Stored values are in docs/ordliste.md."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Hyppighet(models.TextChoices):
    DAGLIG = "daglig", _("Hver dag")
    UKENTLIG = "ukentlig", _("Hver mandag")
