"""Bring the search index up to date: rows that are missing or of an older analysis, and the words for «mente du».

Safe while people search and write: a few hundred projects at a time, each time in a transaction of its own, where the
old rows answer until the new ones are there.
"""

from django.core.management.base import BaseCommand
from django.db import transaction

from missions.handlinger import oppdater_initiativsok
from missions.models import EksterntInitiativ, Initiativsok, Utfordring, Utfordringssok
from missions.utfordring_handlinger import oppdater_sok as oppdater_utfordringer
from partnerskap.felles import innhold
from partnerskap.felles.stolpe import stolpe
from prosjekter.handlinger.barriere import oppdater_sok as oppdater_barrierer
from prosjekter.models import Barriere, Barrieresok, Eksperiment, Laering, Prosjekt, Prosjektsok
from prosjekter.sokeindeks import DELER, TEKSTFELT, foreldede, oppdater, oppdater_deler
from sok.analyse import VERSJON
from sok.forslag import bygg_ordforrad
from sok.indeks import foreldede as foreldede_rader

BUNT = 200
SOKERADER = {
    Prosjekt: Prosjektsok,
    Utfordring: Utfordringssok,
    EksterntInitiativ: Initiativsok,
    Barriere: Barrieresok,
    **{modell: sokerad for modell, (sokerad, _tekster) in DELER.items()},
}


class Command(BaseCommand):
    help = "Build what is missing or outdated in the search index, and the words it mends misspellings with."

    def add_arguments(self, parser):
        parser.add_argument("--alt", action="store_true", help="rebuild every row")
        parser.add_argument("--sjekk", action="store_true", help="only tell what is missing or outdated")
        parser.add_argument("--hvis-foreldet", action="store_true", help="do nothing when nothing is")

    def handle(self, *, alt, sjekk, hvis_foreldet, verbosity, **_valg):
        if hvis_foreldet and not _er_foreldet():
            if verbosity:
                self.stdout.write("Søkeindeksen er ikke foreldet.")
            return
        foreldet = foreldede().count()
        if sjekk or verbosity > 1 or (verbosity and foreldet):
            self.stdout.write(self._tilstand(foreldet))
        if sjekk:
            return
        utvalg = Prosjekt.objects.all() if alt else foreldede()
        ider = list(utvalg.order_by("pk").values_list("pk", flat=True))
        vis = stolpe(self.stdout, "Bygger", len(ider) if verbosity and len(ider) > BUNT else 0)
        for start in range(0, len(ider), BUNT):
            bunt = ider[start : start + BUNT]
            with transaction.atomic():
                oppdater(bunt, fortell=False)
            vis(start + len(bunt))
        with transaction.atomic():  # few, so all of them each time
            oppdater_utfordringer(list(Utfordring.objects.values_list("pk", flat=True)))
            oppdater_initiativsok(EksterntInitiativ.objects.all())
            oppdater_barrierer(Barriere.objects.all())
        for modell in DELER:
            self._bygg_deler(modell, alt)
        antall_ord = bygg_ordforrad(_apne_tekster())
        innhold.endret()
        if verbosity:
            self.stdout.write(f"Søkeindeksen er oppdatert: {len(ider)} prosjekter bygd, {antall_ord} ord i bruk.")

    def _bygg_deler(self, modell, alt):
        """Lessons or experiments that are missing, or of an older analysis; all of them when everything is built."""
        utvalg = modell.objects.all() if alt else foreldede_rader(modell.objects.all(), SOKERADER[modell])
        ider = list(utvalg.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ider), BUNT):
            with transaction.atomic():
                oppdater_deler(modell.objects.filter(pk__in=ider[start : start + BUNT]))

    def _tilstand(self, foreldet):
        alle = Prosjekt.objects.count()
        mangler = alle - Prosjektsok.objects.filter(pk__in=Prosjekt.objects.order_by().values("pk")).count()
        eldre = Prosjektsok.objects.exclude(analyseversjon=VERSJON).count()
        grunner = {
            "står ikke i indeksen": mangler,
            f"er bygd av en eldre analyse enn {VERSJON}": eldre,
            "mangler ord til forslagene": foreldet - mangler - eldre,
        }
        hvorfor = ", ".join(f"{antall} {grunn}" for grunn, antall in grunner.items() if antall > 0)
        return f"{foreldet} av {alle} prosjekter må bygges{': ' * bool(hvorfor)}{hvorfor}."


def _er_foreldet():
    """Whether anything at all is missing or outdated, as after an upgrade that changes the analysis."""
    rader = (foreldede_rader(modell.objects.all(), sokerad) for modell, sokerad in SOKERADER.items())
    return any(utvalg.exists() for utvalg in (foreldede(), *rader))


def _apne_tekster():
    """What anyone may read, so that a suggestion tells nobody a word from a draft."""
    felt = ("tittel", "ingress", *(f"tekst__{f}" for f in TEKSTFELT))
    for rad in Prosjekt.objects.apne().order_by("pk").values_list(*felt).iterator(chunk_size=2000):
        yield " ".join(filter(None, rad))
    apne = Prosjekt.objects.apne().order_by().values("pk")
    kort = Laering.objects.apne().values_list("tekst", "sammenheng", "rad_til_andre")
    forsok = Eksperiment.objects.gjeldende().values_list(
        "hypotese", "endring", "forventning", "observasjon", "begrunnelse"
    )
    for rader in (kort, forsok):
        for rad in rader.filter(prosjekt__in=apne).order_by("pk").iterator(chunk_size=2000):
            yield " ".join(rad)
