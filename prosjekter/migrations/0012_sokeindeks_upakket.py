from django.db import migrations

from sok.operasjoner import LagreUpakket


class Migration(migrations.Migration):
    dependencies = [("prosjekter", "0011_tatt_ned_har_grunn")]

    operations = [LagreUpakket("prosjektsok")]
