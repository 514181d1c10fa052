from django.db import migrations, models


SLAG = ("Barriere", "Bilde", "Eksperiment", "Gjenbruk", "Komplementaritet", "Lenke", "Vedlegg")


def gi_grunn(apps, _schema):
    for navn in SLAG:
        rader = apps.get_model("prosjekter", navn).objects
        rader.filter(tatt_ned_grunn="").exclude(tatt_ned_tid=None).update(tatt_ned_grunn="utenfor_formalet")
        rader.filter(tatt_ned_tid=None).exclude(tatt_ned_grunn="").update(tatt_ned_grunn="", tatt_ned_begrunnelse="")


class Migration(migrations.Migration):
    """What KS has taken down has a reason, as lessons have had.

    Relations that were taken down before they had a code for it (0002) get the widest; KS' own words stand.
    """

    dependencies = [
        ('prosjekter', '0010_eksperimentsok'),
    ]

    operations = [
        migrations.RunPython(gi_grunn, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='barriere',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('tatt_ned_grunn', ''), ('tatt_ned_tid', None)), models.Q(('tatt_ned_tid__isnull', False), models.Q(('tatt_ned_grunn', ''), _negated=True)), _connector='OR'), name='barriere_tatt_ned_har_grunn', violation_error_message='Den som tar ned, sier hvorfor.'),
        ),
        migrations.AddConstraint(
            model_name='bilde',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('tatt_ned_grunn', ''), ('tatt_ned_tid', None)), models.Q(('tatt_ned_tid__isnull', False), models.Q(('tatt_ned_grunn', ''), _negated=True)), _connector='OR'), name='bilde_tatt_ned_har_grunn', violation_error_message='Den som tar ned, sier hvorfor.'),
        ),
        migrations.AddConstraint(
            model_name='eksperiment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('tatt_ned_grunn', ''), ('tatt_ned_tid', None)), models.Q(('tatt_ned_tid__isnull', False), models.Q(('tatt_ned_grunn', ''), _negated=True)), _connector='OR'), name='eksperiment_tatt_ned_har_grunn', violation_error_message='Den som tar ned, sier hvorfor.'),
        ),
        migrations.AddConstraint(
            model_name='gjenbruk',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('tatt_ned_grunn', ''), ('tatt_ned_tid', None)), models.Q(('tatt_ned_tid__isnull', False), models.Q(('tatt_ned_grunn', ''), _negated=True)), _connector='OR'), name='gjenbruk_tatt_ned_har_grunn', violation_error_message='Den som tar ned, sier hvorfor.'),
        ),
        migrations.AddConstraint(
            model_name='komplementaritet',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('tatt_ned_grunn', ''), ('tatt_ned_tid', None)), models.Q(('tatt_ned_tid__isnull', False), models.Q(('tatt_ned_grunn', ''), _negated=True)), _connector='OR'), name='komplementaritet_tatt_ned_har_grunn', violation_error_message='Den som tar ned, sier hvorfor.'),
        ),
        migrations.AddConstraint(
            model_name='lenke',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('tatt_ned_grunn', ''), ('tatt_ned_tid', None)), models.Q(('tatt_ned_tid__isnull', False), models.Q(('tatt_ned_grunn', ''), _negated=True)), _connector='OR'), name='lenke_tatt_ned_har_grunn', violation_error_message='Den som tar ned, sier hvorfor.'),
        ),
        migrations.AddConstraint(
            model_name='vedlegg',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('tatt_ned_grunn', ''), ('tatt_ned_tid', None)), models.Q(('tatt_ned_tid__isnull', False), models.Q(('tatt_ned_grunn', ''), _negated=True)), _connector='OR'), name='vedlegg_tatt_ned_har_grunn', violation_error_message='Den som tar ned, sier hvorfor.'),
        ),
    ]
