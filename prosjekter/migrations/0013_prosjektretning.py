import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("prosjekter", "0012_sokeindeks_upakket")]

    operations = [
        migrations.CreateModel(
            name="Prosjektretning",
            fields=[
                (
                    "prosjekt",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="retning",
                        serialize=False,
                        to="prosjekter.prosjekt",
                    ),
                ),
                ("retning", models.BinaryField()),
            ],
            options={"verbose_name": "retning", "verbose_name_plural": "retninger"},
        ),
    ]
