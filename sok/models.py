"""The words that are used in what anyone may read, for «mente du», and what was asked for in vain."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sokeord(models.Model):
    """A word as it is written, and in how many open texts. Built from open texts only, so it tells no secrets."""

    ord = models.CharField(max_length=60, primary_key=True)
    antall = models.PositiveIntegerField()
    stamme = models.CharField(max_length=80, db_index=True, default="")
    lyd = models.CharField(max_length=60, db_index=True, default="")  # roughly how it sounds: sok.forslag.lyd

    class Meta:
        verbose_name = _("søkeord")
        verbose_name_plural = _("søkeord")

    def __str__(self):
        return self.ord


class TomtSok(models.Model):
    """Words someone searched for and did not find, and how many times that month. Nothing about who or which day."""

    tekst = models.CharField(max_length=100)
    maaned = models.DateField(verbose_name=_("måned"))  # the first of it
    antall = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("søk uten treff")
        verbose_name_plural = _("søk uten treff")
        constraints = [models.UniqueConstraint(fields=["maaned", "tekst"], name="sok_tomtsok_en_rad_i_maaneden")]

    def __str__(self):
        return self.tekst
