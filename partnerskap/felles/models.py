"""The one table of this room: that something anyone may read has changed."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Innholdsendring(models.Model):
    """A change of something that is shown to others than its writers. Written and read by partnerskap.felles.innhold."""

    slag = models.CharField(max_length=20)  # what kind of thing; empty when anything may have changed
    objekt = models.BigIntegerField(null=True)
    tid = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("innholdsendring")
        verbose_name_plural = _("innholdsendringer")

    def __str__(self):
        return f"{self.slag} {self.objekt or ''}".strip() or "alt"
