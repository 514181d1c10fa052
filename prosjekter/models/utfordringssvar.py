"""Projects that answer a shared need."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from missions.models import Utfordring
from prosjekter.models.prosjekt import Prosjekt


class Utfordringssvar(models.Model):
    """This project tries to solve that need. Said by the project's own people. Seen by whoever sees the project."""

    utfordring = models.ForeignKey(Utfordring, on_delete=models.CASCADE, related_name="prosjektsvar")
    prosjekt = models.ForeignKey(Prosjekt, on_delete=models.CASCADE, related_name="utfordringssvar")
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    tid = models.DateTimeField(default=timezone.now)
    # When those who posted the need were told, or would have been: not before the project is published.
    varslet_tid = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("svar på utfordring")
        verbose_name_plural = _("svar på utfordringer")
        ordering = ["tid", "pk"]
        constraints = [models.UniqueConstraint(fields=["utfordring", "prosjekt"], name="utfordringssvar_unikt")]

    def __str__(self):
        return f"{self.prosjekt} → {self.utfordring}"
