"""Load the register of counties and municipalities. Safe to run at every start."""

from datetime import date

from django.core.management.base import BaseCommand, CommandError

from kommuner.register.filer import MAPPE, Registerfeil
from kommuner.register.innlasting import last_register

ORD = {
    "apnet": "åpnet",
    "lukket": "lukket",
    "omdopt": "nytt navn",
    "omnummerert": "nytt nummer",
    "nye_organisasjoner": "nye organisasjoner",
    "opphorte_organisasjoner": "opphørte organisasjoner",
}
NEVN_OPPTIL = 20  # names are worth reading after a reform, not after the first load


class Command(BaseCommand):
    help = "Last inn registeret over fylker og kommuner. Ingenting lagres hvis noe er galt."

    def add_arguments(self, parser):
        parser.add_argument("--mappe", default=MAPPE, help="mappen med CSV-filene (portalens egne)")
        parser.add_argument("--dato", type=date.fromisoformat, help="last registeret slik det er denne dagen (i dag)")

    def handle(self, *, mappe, dato, verbosity, **_valg):
        try:
            rapport = last_register(mappe, dato)
        except Registerfeil as feil:
            raise CommandError("\n".join([f"Ingenting er lagret. {len(feil.feil)} feil:", *feil.feil])) from feil
        for merknad in rapport.merknader:
            self.stderr.write(f"Se på: {merknad}")
        if verbosity:
            self._fortell(rapport)

    def _fortell(self, rapport):
        if rapport.er_tom:
            self.stdout.write("Registeret er som før. Ingenting er endret.")
            return
        for navn, antall in rapport.antall().items():
            hva = getattr(rapport, navn)
            navngitt = f": {', '.join(hva)}" if 0 < antall <= NEVN_OPPTIL else ""
            self.stdout.write(f"{ORD[navn]:<25}{antall:>5}{navngitt}")
        self.stdout.write(f"{'rader skrevet':<25}{rapport.rader:>5}")
