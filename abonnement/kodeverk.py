"""What can be followed, and how often mail comes. Stored values are in docs/ordliste.md."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Hyppighet(models.TextChoices):
    DAGLIG = "daglig", _("Hver dag")
    UKENTLIG = "ukentlig", _("Hver mandag")


class Liste(models.TextChoices):
    """Which list a saved search is a search in."""

    PROSJEKTER = "prosjekter", _("Prosjekter")
    BARRIERER = "barrierer", _("Barrierer")
