from django.core.management.base import BaseCommand

from missions.startdata import lasting


class Command(BaseCommand):
    help = "Load KS' challenges and main projects. Makes only what is missing; never overwrites."

    def handle(self, *args, verbosity, **options):
        laget = lasting.last()
        if verbosity:
            for navn, antall in laget.items():
                self.stdout.write(f"{navn}: {antall} laget")
