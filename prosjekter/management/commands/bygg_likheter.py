"""Find out anew which projects resemble each other."""

from django.core.management.base import BaseCommand

from prosjekter import likhet


class Command(BaseCommand):
    help = "Find similar projects anew for all of them. For every night, after bygg_sokeindeks."

    def handle(self, *, verbosity, **_valg):
        def meld(gjort, alle):
            if verbosity and alle > likhet.BUNT:
                self.stdout.write(f"\r{gjort} av {alle}", ending="")

        antall = likhet.bygg(meld)
        if verbosity:
            self.stdout.write(f"\rLignende prosjekter er funnet for {antall} prosjekter.")
