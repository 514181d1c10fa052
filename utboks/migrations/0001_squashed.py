import django.db.models.deletion
import django.utils.timezone
import utboks.models
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables of the outbox, watched jobs and the notices of the day, in one step.

    Stands for the migrations named in `replaces`. A database that has run all of them goes on as it is.
    """

    replaces = [('utboks', '0001_initial'), ('utboks', '0002_hoder_og_jobber'), ('utboks', '0003_varsler')]

    initial = True

    dependencies = [
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
        migrations.CreateModel(
            name='Varselmottaker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-post')),
                ('valg', models.JSONField(default=dict, verbose_name='valg')),
                ('hemmelighet', models.CharField(default=utboks.models.ny_hemmelighet, editable=False, max_length=40, unique=True)),
            ],
            options={
                'verbose_name': 'mottaker av varsler',
                'verbose_name_plural': 'mottakere av varsler',
            },
        ),
        migrations.CreateModel(
            name='Epost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nokkel', models.CharField(max_length=200, unique=True)),
                ('til', models.EmailField(max_length=254)),
                ('emne', models.CharField(max_length=200)),
                ('tekst', models.TextField()),
                ('melding_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('opprettet_tid', models.DateTimeField(default=django.utils.timezone.now)),
                ('neste_forsok', models.DateTimeField(default=django.utils.timezone.now)),
                ('antall_forsok', models.PositiveSmallIntegerField(default=0)),
                ('sendt_tid', models.DateTimeField(blank=True, null=True)),
                ('gitt_opp_tid', models.DateTimeField(blank=True, null=True)),
                ('siste_feil', models.CharField(blank=True, max_length=200)),
                ('er_hemmelig', models.BooleanField(default=False)),
                ('hoder', models.JSONField(blank=True, db_default={}, default=dict)),
            ],
            options={
                'verbose_name': 'e-post i utboksen',
                'verbose_name_plural': 'e-poster i utboksen',
                'indexes': [models.Index(condition=models.Q(('gitt_opp_tid', None), ('sendt_tid', None)), fields=['neste_forsok'], name='utboks_ventende')],
            },
        ),
        migrations.CreateModel(
            name='Varsel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slag', models.CharField(max_length=20, verbose_name='slag')),
                ('nokkel', models.CharField(max_length=200, unique=True)),
                ('emne', models.CharField(max_length=200, verbose_name='emne')),
                ('tekst', models.TextField(blank=True, verbose_name='tekst')),
                ('opprettet_tid', models.DateTimeField(default=django.utils.timezone.now)),
                ('sendt_tid', models.DateTimeField(blank=True, null=True)),
                ('mottaker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='varsler', to='utboks.varselmottaker')),
            ],
            options={
                'verbose_name': 'varsel',
                'verbose_name_plural': 'varsler',
                'indexes': [models.Index(condition=models.Q(('sendt_tid', None)), fields=['opprettet_tid'], name='varsel_ventende')],
            },
        ),
    ]
