import re

from django.db import migrations

LENKE = re.compile(r"^\s*(?:[-*]\s+)?\[([^\]\n]{1,140})\]\((https?://[^\s()]{1,480})\)[.,;]?\s*$")
BAR = re.compile(r"^\s*(?:[-*]\s+)?<?(https?://[^\s<>]{1,480})>?\s*$")
MAKS = 40


def flytt(apps, schema_editor):
    Prosjekttekst = apps.get_model("prosjekter", "Prosjekttekst")
    Lenke = apps.get_model("prosjekter", "Lenke")
    for tekst in Prosjekttekst.objects.exclude(lenker="").iterator():
        lenker, resten = {}, []
        for linje in tekst.lenker.splitlines():
            if len(lenker) < MAKS and (treff := LENKE.match(linje)):
                lenker.setdefault(treff[2], treff[1])
            elif len(lenker) < MAKS and (treff := BAR.match(linje)):
                lenker.setdefault(treff[1], treff[1].partition("//")[2][:140])
            else:
                resten.append(linje)
        if not lenker:
            continue
        Lenke.objects.bulk_create(
            Lenke(prosjekt_id=tekst.pk, url=url, tittel=tittel, rekkefolge=nummer)
            for nummer, (url, tittel) in enumerate(lenker.items())
        )
        Prosjekttekst.objects.filter(pk=tekst.pk).update(lenker="\n".join(resten).strip())
        apps.get_model("prosjekter", "Prosjekt").objects.filter(pk=tekst.pk).update(antall_lenker=len(lenker))


class Migration(migrations.Migration):
    """Lines of «dokumenter og lenker» that are a link and nothing else become links; the rest stays in its writer's words."""

    dependencies = [("prosjekter", "0018_filer")]
    operations = [migrations.RunPython(flytt, migrations.RunPython.noop, elidable=True)]
