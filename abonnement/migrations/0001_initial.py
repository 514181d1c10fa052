import abonnement.models
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Abonnent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-postadresse')),
                ('hemmelighet', models.CharField(default=abonnement.models.ny_hemmelighet, editable=False, max_length=64, unique=True)),
                ('opprettet_tid', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='opprettet')),
                ('sist_sendt_dato', models.DateField(blank=True, editable=False, null=True, verbose_name='sist sendt')),
                ('siste_epost', models.CharField(blank=True, editable=False, max_length=200)),
                ('stanset_tid', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='kom ikke fram')),
            ],
            options={
                'verbose_name': 'abonnent',
                'verbose_name_plural': 'abonnenter',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='LagretSok',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sporring', models.CharField(blank=True, max_length=2000, verbose_name='søk')),
                ('navn', models.TextField(verbose_name='navn')),
                ('hyppighet', models.CharField(choices=[('daglig', 'Hver dag'), ('ukentlig', 'Hver mandag')], default='ukentlig', max_length=10, verbose_name='hvor ofte')),
                ('opprettet_tid', models.DateTimeField(default=django.utils.timezone.now, verbose_name='opprettet')),
                ('bekreftet_tid', models.DateTimeField(blank=True, null=True, verbose_name='bekreftet')),
                ('pauset_tid', models.DateTimeField(blank=True, null=True, verbose_name='på pause')),
                ('avmeldt_tid', models.DateTimeField(blank=True, null=True, verbose_name='avmeldt')),
                ('sett_til', models.DateTimeField(default=django.utils.timezone.now)),
                ('sett_fra', models.DateTimeField(blank=True, null=True)),
                ('neste_tid', models.DateTimeField(default=django.utils.timezone.now, verbose_name='neste e-post')),
                ('feil', models.TextField(blank=True)),
                ('abonnent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sok', to='abonnement.abonnent', verbose_name='abonnent')),
            ],
            options={
                'verbose_name': 'lagret søk',
                'verbose_name_plural': 'lagrede søk',
                'ordering': ['opprettet_tid', 'pk'],
                'indexes': [models.Index(condition=models.Q(('avmeldt_tid', None), ('bekreftet_tid__isnull', False), ('pauset_tid', None)), fields=['neste_tid'], name='lagret_sok_forfalt')],
                'constraints': [models.UniqueConstraint(fields=('abonnent', 'sporring'), name='lagret_sok_unikt')],
            },
        ),
    ]
