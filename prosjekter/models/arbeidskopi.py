"""What somebody has written and not saved in the project: a copy of her own, until she saves or throws it away."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from prosjekter.models.prosjekt import Prosjekt


class Arbeidskopi(models.Model):
    """One person's unsaved answers in one section. Seen by that person alone.

    `felt` is {answer: {"nummer": n, "data": {name in the form: [values]}}}, as the browser sent it: what cannot be
    saved yet is kept as it was typed. `versjon` is what of the project it was written on top of. `nummer` is raised
    each time something is kept, so that a second window of the same person is told.
    """

    bruker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="arbeidskopier")
    prosjekt = models.ForeignKey(Prosjekt, on_delete=models.CASCADE, related_name="arbeidskopier")
    seksjon = models.CharField(max_length=20)
    versjon = models.PositiveIntegerField()
    nummer = models.PositiveIntegerField(default=0)
    felt = models.JSONField(default=dict)
    tid = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("arbeidskopi")
        verbose_name_plural = _("arbeidskopier")
        ordering = ["-tid", "pk"]
        constraints = [models.UniqueConstraint(fields=["bruker", "prosjekt", "seksjon"], name="arbeidskopi_unik")]
        indexes = [models.Index(fields=["tid"], name="arbeidskopi_tid")]

    def __str__(self):
        return f"{self.prosjekt_id}: {self.seksjon}"

    def skrevet(self, etter=0):
        """{answer: data} for what has been kept after a number."""
        return {navn: rad["data"] for navn, rad in self.felt.items() if rad["nummer"] > etter}
