import django.db.models.deletion
from django.db import migrations, models

import sok.indeks
import sok.operasjoner


class Migration(migrations.Migration):
    """Experiments can be searched for. `manage.py bygg_sokeindeks` writes the rows of those there are."""

    dependencies = [("prosjekter", "0001_samlet")]

    operations = [
        sok.operasjoner.LagSoketabell(
            name="Eksperimentsok",
            fields=[
                ("a", sok.indeks.Termer()),
                ("b", sok.indeks.Termer()),
                ("c", sok.indeks.Termer()),
                ("d", sok.indeks.Termer()),
                ("analyseversjon", models.PositiveSmallIntegerField()),
                (
                    "eksperiment",
                    models.OneToOneField(
                        db_column="rowid",
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="sok",
                        serialize=False,
                        to="prosjekter.eksperiment",
                    ),
                ),
            ],
            options={"verbose_name": "søkerad for eksperiment", "verbose_name_plural": "søkerader for eksperimenter"},
        ),
    ]
