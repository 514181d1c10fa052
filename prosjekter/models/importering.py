"""What was loaded from a list, so that the list can be loaded again."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from prosjekter.models.prosjekt import Prosjekt


class Importkobling(models.Model):
    """A row of somebody's list and the project it became.

    `verdier` is what the row said the last time: what has changed since is either the list's doing or the portal's.
    A project that was deleted leaves its row, so that it does not come back with the next load.
    """

    kilde = models.CharField(_("kilde"), max_length=100)
    ekstern_id = models.CharField(_("id i lista"), max_length=200)
    prosjekt = models.OneToOneField(
        Prosjekt, on_delete=models.SET_NULL, null=True, blank=True, related_name="importkobling"
    )
    verdier = models.JSONField(default=dict)
    importert_tid = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("importkobling")
        verbose_name_plural = _("importkoblinger")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["kilde", "ekstern_id"], name="importkobling_unik"),
        ]

    def __str__(self):
        return f"{self.kilde}: {self.ekstern_id}"
