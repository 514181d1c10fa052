"""Load projects from a list, CSV or XLSX. Tells what would happen, and does it only when asked to. See docs/importering.md."""

import csv
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from kommuner.models import Bruker
from partnerskap.felles.stolpe import stolpe
from partnerskap.felles.versjon import Konflikt
from prosjekter.importering.kolonner import finn_kolonne
from prosjekter.importering.lesing import Filfeil, les_fil
from prosjekter.importering.plan import Utvei, planlegg
from prosjekter.importering.skriving import skriv

MAKS_RADNUMRE = 8


class Command(BaseCommand):
    help = "Les prosjekter fra en liste (CSV eller XLSX). Forteller hva som ville skjedd; lagrer bare med --utfor."

    def add_arguments(self, parser):
        parser.add_argument("fil", type=Path, help="lista, CSV eller XLSX; kolonnene står i docs/importering.md")
        parser.add_argument("--utfor", action="store_true", help="lagre; uten dette er det en prøvekjøring")
        parser.add_argument(
            "--behold-gyldige", action="store_true", help="lagre radene uten feil; ellers lagres alt eller ingenting"
        )
        parser.add_argument("--kilde", default="liste", help="hvem lista er fra, når flere lister har samme id-er")
        parser.add_argument("--av", metavar="EPOST", help="hvem som står i historikken; uten dette står portalen")
        parser.add_argument("--overskriv", action="store_true", help="la lista vinne der portalen også er endret")
        parser.add_argument("--rapport", type=Path, metavar="FIL", help="skriv alle merknadene som CSV også")

    def handle(self, *, fil, utfor, behold_gyldige, kilde, av, overskriv, rapport, verbosity, **_valg):
        bruker = self._bruker(av)
        kilde = kilde.strip()
        if not 0 < len(kilde) <= 100:
            raise CommandError("--kilde må være mellom 1 og 100 tegn.")
        try:
            tabell = les_fil(fil, finn_kolonne)
            plan = planlegg(
                tabell, kilde=kilde, overskriv=overskriv, framdrift=self._stolpe("Leser", len(tabell.rader), verbosity)
            )
        except Filfeil as feil:
            raise CommandError(f"{fil}: {feil}") from None
        if rapport:
            self._skriv_rapport(rapport, plan)
        if verbosity:
            self._fortell(fil, tabell, plan)
        if plan.feil and not behold_gyldige:
            raise CommandError(self._ingenting(plan))
        if not utfor:
            self.stdout.write("Dette var en prøvekjøring. Ingenting er lagret. Kjør igjen med --utfor for å lagre.")
            return
        self._utfor(plan, kilde, bruker, verbosity)

    def _utfor(self, plan, kilde, bruker, verbosity):
        antall = plan.antall()
        vis = self._stolpe("Lagrer", antall[Utvei.NY] + antall[Utvei.ENDRES], verbosity)
        try:
            skriv(plan, kilde=kilde, av=bruker, framdrift=vis)
        except (Konflikt, IntegrityError):
            raise CommandError(
                "Noen endret det samme i portalen mens lista ble lagret. Ingenting er lagret. Kjør kommandoen igjen."
            ) from None
        self.stdout.write(f"Lagret: {antall[Utvei.NY]} nye, {antall[Utvei.ENDRES]} endret.")
        if antall[Utvei.FEIL]:
            self.stdout.write(f"{_rader(antall[Utvei.FEIL])} med feil er ikke lagret.")

    def _bruker(self, epost):
        if not epost:
            return None
        bruker = Bruker.objects.virksomme().filter(email=epost.strip().lower()).first()
        if bruker is None:
            raise CommandError(f"Ingen som kan logge inn, har adressen {epost}.")
        return bruker

    # ---- What is told ----

    def _fortell(self, fil, tabell, plan):
        self.stdout.write(f"{fil.name}: {tabell.beskrivelse}, {_rader(len(plan.rader))}.")
        for merknad in plan.merknader:
            self.stdout.write(merknad)
        if plan.feil:
            self.stdout.write(f"\nFeil ({len(plan.feil)}):")
            for problem in plan.feil:
                self.stdout.write(f"  {_hvor(problem)}: {problem.melding}")
        if merknader := [p for p in plan.problemer if not p.er_feil]:
            self.stdout.write(f"\nSe på ({len(merknader)}):")
            for linje in _samlet(merknader):
                self.stdout.write(f"  {linje}")
        self.stdout.write("\nOppsummering:")
        antall = plan.antall()
        for utvei in Utvei:
            if antall[utvei] or utvei == Utvei.NY:
                self.stdout.write(f"  {utvei.value:<12}{antall[utvei]:>7}")
        if plan.feil:
            kolonner = Counter(p.kolonne or "hele raden" for p in plan.feil).most_common()
            self.stdout.write(f"  feil etter kolonne: {', '.join(f'{navn} {n}' for navn, n in kolonner)}")
        self.stdout.write("")

    def _ingenting(self, plan):
        antall = plan.antall()[Utvei.FEIL]
        rest = len(plan.rader) - antall
        return (
            f"Ingenting er lagret: {_rader(antall)} har feil. Rett dem i lista og prøv igjen"
            + (f", eller bruk --behold-gyldige for å ta med de andre ({rest})." if rest else ".")
        )  # fmt: skip

    def _skriv_rapport(self, sti, plan):
        try:
            with open(sti, "w", encoding="utf-8-sig", newline="") as fil:
                ut = csv.writer(fil, delimiter=";")
                ut.writerow(["rad", "kolonne", "alvor", "melding"])
                ut.writerows([p.rad, p.kolonne, "feil" if p.er_feil else "se på", p.melding] for p in plan.problemer)
        except OSError as feil:
            raise CommandError(f"Rapporten kan ikke skrives: {feil.strerror}.") from None

    def _stolpe(self, hva, antall, verbosity):
        return stolpe(self.stderr, hva, antall if verbosity else 0, linjer=False)


def _rader(antall):
    return "1 rad" if antall == 1 else f"{antall} rader"


def _hvor(problem):
    return f"Rad {problem.rad}, {problem.kolonne}" if problem.kolonne else f"Rad {problem.rad}"


def _samlet(problemer):
    """The same said of many rows is said once."""
    grupper = {}
    for problem in problemer:
        grupper.setdefault((problem.kolonne, problem.melding), []).append(problem.rad)
    for (kolonne, melding), rader in grupper.items():
        numre = ", ".join(map(str, rader[:MAKS_RADNUMRE]))
        flere = f" og {len(rader) - MAKS_RADNUMRE} til" if len(rader) > MAKS_RADNUMRE else ""
        yield f"Rad {numre}{flere}{f', {kolonne}' if kolonne else ''}: {melding}"
