from django.db import migrations, models


class Migration(migrations.Migration):
    """Jobs the worker does at intervals, and headers for mail. The database's own default, for workers not yet upgraded."""

    dependencies = [
        ('utboks', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Jobb',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('navn', models.CharField(max_length=50, unique=True, verbose_name='navn')),
                ('neste_tid', models.DateTimeField(verbose_name='neste gang')),
                ('sist_startet', models.DateTimeField(blank=True, null=True, verbose_name='sist startet')),
                ('sist_ferdig', models.DateTimeField(blank=True, null=True, verbose_name='sist ferdig')),
                ('siste_feil', models.CharField(blank=True, max_length=200, verbose_name='siste feil')),
                ('antall_feil', models.PositiveIntegerField(default=0, verbose_name='feil på rad')),
            ],
            options={
                'verbose_name': 'jobb',
                'verbose_name_plural': 'jobber',
                'ordering': ['navn'],
            },
        ),
        migrations.AddField(
            model_name='epost',
            name='hoder',
            field=models.JSONField(blank=True, db_default={}, default=dict),
        ),
    ]
