"""Bring the search index up to date: rows that are missing or of an older analysis, and the words for «mente du»."""

from django.core.management.base import BaseCommand
from django.db import transaction

from missions.models import Utfordring
from missions.utfordring_handlinger import oppdater_sok as oppdater_utfordringer
from partnerskap.felles import innhold
from prosjekter.models import Prosjekt
from prosjekter.sokeindeks import TEKSTFELT, foreldede, oppdater
from sok.forslag import bygg_ordforrad

BUNT = 500


class Command(BaseCommand):
    help = "Build what is missing or outdated in the search index, and the words it mends misspellings with."

    def add_arguments(self, parser):
        parser.add_argument("--alt", action="store_true", help="rebuild every row")

    def handle(self, *, alt, verbosity, **_valg):
        utvalg = Prosjekt.objects.all() if alt else foreldede()
        ider = list(utvalg.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ider), BUNT):
            with transaction.atomic():
                oppdater(ider[start : start + BUNT], fortell=False)
            if verbosity and len(ider) > BUNT:
                self.stdout.write(f"\r{min(start + BUNT, len(ider))} av {len(ider)}", ending="")
        with transaction.atomic():  # few, so all of them each time
            oppdater_utfordringer(list(Utfordring.objects.values_list("pk", flat=True)))
        antall_ord = bygg_ordforrad(_apne_tekster())
        innhold.endret()
        if verbosity:
            self.stdout.write(f"\rSøkeindeksen er oppdatert: {len(ider)} prosjekter bygd, {antall_ord} ord i bruk.")


def _apne_tekster():
    """What anyone may read, so that a suggestion tells nobody a word from a draft."""
    felt = ("tittel", "ingress", *(f"tekst__{f}" for f in TEKSTFELT))
    for rad in Prosjekt.objects.apne().order_by("pk").values_list(*felt).iterator(chunk_size=2000):
        yield " ".join(filter(None, rad))
