from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables of the vocabulary, and searches in vain, in one step.

    Stands for the migrations named in `replaces`. A database that has run all of them goes on as it is.
    """

    replaces = [('sok', '0001_initial'), ('sok', '0002_sokeord_stamme_og_lyd'), ('sok', '0003_tomme_sok')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Sokeord',
            fields=[
                ('ord', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('antall', models.PositiveIntegerField()),
                ('stamme', models.CharField(db_index=True, default='', max_length=80)),
                ('lyd', models.CharField(db_index=True, default='', max_length=60)),
            ],
            options={
                'verbose_name': 'søkeord',
                'verbose_name_plural': 'søkeord',
            },
        ),
        migrations.CreateModel(
            name='TomtSok',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tekst', models.CharField(max_length=100)),
                ('maaned', models.DateField(verbose_name='måned')),
                ('antall', models.PositiveIntegerField()),
            ],
            options={
                'verbose_name': 'søk uten treff',
                'verbose_name_plural': 'søk uten treff',
                'constraints': [models.UniqueConstraint(fields=('maaned', 'tekst'), name='sok_tomtsok_en_rad_i_maaneden')],
            },
        ),
    ]
