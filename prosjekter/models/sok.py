"""What the search index knows about a project."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from prosjekter.models.prosjekt import Prosjekt
from sok.indeks import Sokerad
from sok.ordstart import Ordstart


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


class Prosjektretning(models.Model):
    """Which way the project's title and ingress point (sok.betydning). None when our lists know no word of them."""

    prosjekt = models.OneToOneField(Prosjekt, on_delete=models.CASCADE, primary_key=True, related_name="retning")
    retning = models.BinaryField()

    class Meta:
        verbose_name = _("retning")
        verbose_name_plural = _("retninger")

    def __str__(self):
        return f"{self.prosjekt_id}"


class Prosjektord(Ordstart):
    """What a project is suggested by while someone types. Only what anyone may see has any."""

    prosjekt = models.ForeignKey(Prosjekt, on_delete=models.CASCADE, db_index=False, related_name="ordstarter")

    class Meta:
        verbose_name = _("ordstart")
        verbose_name_plural = _("ordstarter")
        indexes = [
            models.Index(
                fields=["nokkel", "prosjekt"], opclasses=["text_pattern_ops", "int8_ops"], name="prosjektord_nokkel"
            ),
            models.Index(
                fields=["prosjekt", "nokkel"], opclasses=["int8_ops", "text_pattern_ops"], name="prosjektord_prosjekt"
            ),
        ]
