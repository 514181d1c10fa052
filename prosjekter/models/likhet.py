"""What a project is about in few words, and which projects resemble it. Written by prosjekter.likhet only."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from prosjekter.models.prosjekt import Prosjekt


class Termbruk(models.Model):
    """In how many published projects a stem is used, when that is more than a few. Tells which words tell much."""

    term = models.CharField(max_length=120, primary_key=True)
    antall = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("termbruk")
        verbose_name_plural = _("termbruk")

    def __str__(self):
        return self.term


class Kjennetegn(models.Model):
    """One of the few stems that tell most about a published project. The weights of a project have length 1."""

    prosjekt = models.ForeignKey(Prosjekt, on_delete=models.CASCADE, related_name="kjennetegn")
    term = models.CharField(max_length=120)
    vekt = models.FloatField()
    ord = models.CharField(max_length=60, blank=True)  # as the project writes it; empty when it is part of a word

    class Meta:
        verbose_name = _("kjennetegn")
        verbose_name_plural = _("kjennetegn")
        constraints = [models.UniqueConstraint(fields=["term", "prosjekt"], name="kjennetegn_unikt")]

    def __str__(self):
        return f"{self.prosjekt_id}: {self.term}"


class Likhet(models.Model):
    """`annet` resembles `prosjekt`. Who may see `annet` is asked when it is read, never here."""

    prosjekt = models.ForeignKey(Prosjekt, on_delete=models.CASCADE, related_name="likheter")
    annet = models.ForeignKey(Prosjekt, on_delete=models.CASCADE, related_name="likhet_med")
    poeng = models.FloatField()
    grunn = models.JSONField(default=dict)  # see prosjekter.likhet.grunn

    class Meta:
        verbose_name = _("likhet")
        verbose_name_plural = _("likheter")
        constraints = [
            models.UniqueConstraint(fields=["prosjekt", "annet"], name="likhet_unik"),
            models.CheckConstraint(
                name="likhet_ikke_med_seg_selv",
                condition=~models.Q(prosjekt=models.F("annet")),
                violation_error_message=_("Et prosjekt ligner ikke på seg selv."),
            ),
        ]

    def __str__(self):
        return f"{self.prosjekt_id} ~ {self.annet_id}"
