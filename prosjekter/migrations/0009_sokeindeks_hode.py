from django.db import migrations

from sok.operasjoner import LeggTilHode


class Migration(migrations.Migration):
    """Title and ingress by themselves, so that a search half the table answers to is ranked among the likeliest."""

    dependencies = [("prosjekter", "0008_utfordringssvar")]

    operations = [LeggTilHode("Prosjektsok")]
