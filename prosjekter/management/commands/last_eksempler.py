from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from prosjekter.eksempler import bygger, fjerner, innhold, mengde


class Command(BaseCommand):
    help = "Load invented projects, people and partners, all marked as examples. Makes only what is missing."

    def add_arguments(self, parser):
        parser.add_argument("--antall", type=int, help="also generate text until there are so many, for measuring")
        parser.add_argument("--fjern", action="store_true", help="remove all example data")
        parser.add_argument("--tving", action="store_true", help="also where DEBUG is off")

    def handle(self, *args, antall, fjern, tving, verbosity, **options):
        self.verbosity = verbosity
        if fjern:
            return self._fjern()
        if not (settings.DEBUG or tving):
            raise CommandError("Eksempeldata hører ikke hjemme i produksjon. Bruk --tving hvis du mener det.")
        try:
            self._last(antall)
        except bygger.EksempelError as feil:
            raise CommandError(str(feil)) from feil
        return None

    def _fjern(self):
        for navn in fjerner.fjern(self._meld):
            self._meld(f"{navn} blir: et ekte prosjekt viser til den.")

    def _last(self, antall):
        for navn, laget in bygger.last().items():
            self._meld(f"{navn}: {laget} laget")
        if antall:
            mengde.lag(antall, meld=self._meld)
        call_command("bygg_sokeindeks", verbosity=0)
        call_command("bygg_likheter", verbosity=0)
        self._meld("\nLogg inn som en av disse. Koden kommer på skjermen og i var/epost/.")
        for adresse, hvem in innhold.personer_for_banner():
            self._meld(f"  {adresse:<42} {hvem}")

    def _meld(self, tekst):
        if self.verbosity:
            self.stdout.write(tekst)
