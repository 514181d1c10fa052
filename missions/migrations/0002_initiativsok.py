import django.db.models.deletion
from django.db import migrations, models

import sok.indeks
import sok.operasjoner


class Migration(migrations.Migration):
    """Initiatives elsewhere can be searched for. `manage.py bygg_sokeindeks` writes the rows of those there are."""

    dependencies = [("missions", "0001_squashed")]

    operations = [
        sok.operasjoner.LagSoketabell(
            name="Initiativsok",
            fields=[
                ("a", sok.indeks.Termer()),
                ("b", sok.indeks.Termer()),
                ("c", sok.indeks.Termer()),
                ("d", sok.indeks.Termer()),
                ("analyseversjon", models.PositiveSmallIntegerField()),
                (
                    "initiativ",
                    models.OneToOneField(
                        db_column="rowid",
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="sok",
                        serialize=False,
                        to="missions.eksterntinitiativ",
                    ),
                ),
            ],
            options={"verbose_name": "søkerad for initiativ", "verbose_name_plural": "søkerader for initiativer"},
        ),
    ]
