from django.db import migrations

from sok.operasjoner import FjernHode


class Migration(migrations.Migration):
    dependencies = [("prosjekter", "0013_prosjektretning")]

    operations = [FjernHode("prosjektsok")]
