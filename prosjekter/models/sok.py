"""What the search index knows about a project."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from prosjekter.models.prosjekt import Prosjekt
from sok.indeks import Sokerad


class Prosjektsok(Sokerad):
    """The project's terms. Made by a migration of its own, since the table differs between engines."""

    prosjekt = models.OneToOneField(
        Prosjekt, on_delete=models.CASCADE, primary_key=True, db_column="rowid", related_name="sok"
    )

    class Meta:
        verbose_name = _("søkerad")
        verbose_name_plural = _("søkerader")

    def __str__(self):
        return f"{self.prosjekt_id}"
