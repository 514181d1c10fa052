from django.db import migrations

HVA = {
    "gjenbruk": "gjenbruk",
    "henvendelse": "spørsmål",
    "eksperiment": "eksperiment",
    "komplementaritet": "samspill",
    "laering": "læringskort",
    "barriere": "barriere",
    "bilde": "bilde",
    "vedlegg": "vedlegg",
    "lenke": "lenke",
}


def gi_navn(apps, schema_editor):
    Innholdsmelding = apps.get_model("prosjekter", "Innholdsmelding")
    for felt, hva in HVA.items():
        til = "fra" if felt in ("gjenbruk", "komplementaritet") else "prosjekt"
        meldinger = Innholdsmelding.objects.filter(navn="", **{f"{felt}__isnull": False})
        for melding in meldinger.select_related(f"{felt}__{til}").iterator():
            melding.navn = f"{hva}, {getattr(getattr(melding, felt), til).tittel}"
            melding.save(update_fields=["navn"])


class Migration(migrations.Migration):
    """Reports made before they had a name of their own get one while what they are about still exists."""

    dependencies = [("prosjekter", "0003_meldinger_overlever")]

    operations = [migrations.RunPython(gi_navn, migrations.RunPython.noop, elidable=True)]
