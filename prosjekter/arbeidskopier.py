"""Saving while somebody writes. What others can read changes only when somebody says so.

In a draft an answer that can be saved is saved in the project, merged with what others have changed meanwhile. All else
is kept in the person's own copy: what is not valid yet, what somebody else has changed too, and everything in a
project that KS or others read. «Lagre» makes it real, through the same door as ever (handlinger.lagre_seksjon).
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from partnerskap.felles import versjon as versjoner
from prosjekter import krav, likhet, tilgang
from prosjekter.handlinger import prosjekt as handlinger
from prosjekter.kodeverk import Status
from prosjekter.models import Arbeidskopi, Prosjekt

BARE_DE_SOM_SKRIVER = (Status.KLADD, Status.TIL_RETTING)
TAR_VARE_PA = timedelta(days=180)
MAKS_TEGN = 100_000  # our longest section is less than half of it
BUNT = 500


class ForMye(Exception):  # noqa: N818
    """More text than any of our forms can hold."""


@dataclass
class Lagring:
    """How it went. Everything that was sent is kept somewhere, but for what stands in `andre_vindu`."""

    prosjekt: Prosjekt
    versjon: int  # what the page shows of the project, once it has taken in `andres`
    kopi: Arbeidskopi | None = None
    andres: list = field(default_factory=list)  # answers to take in on the page: somebody else's, or of another window
    konflikt: versjoner.Konflikt | None = None  # others have changed the same: the button asks
    andre_vindu: list = field(default_factory=list)  # the same person wrote something else in another window
    endret: bool = False  # anything was written


def finn(prosjekt, seksjon, bruker):
    return Arbeidskopi.objects.filter(prosjekt=prosjekt, seksjon=seksjon, bruker=bruker).first()


@transaction.atomic
def autolagre(prosjekt, *, seksjon, felter, sendt, verdier, versjon, nummer, av):
    """Keep what was sent. `sendt` is {answer: data} as typed, `verdier` the valid of them as answers.

    `versjon` and `nummer` are what the page showed of the project and of the person's copy; `felter` are all the
    section's answers.
    """
    if sum(len(v) for data in sendt.values() for verdi in data.values() for v in verdi) > MAKS_TEGN:
        raise ForMye
    fersk = Prosjekt.objects.select_for_update(of=("self",)).select_related("eier").get(pk=prosjekt.pk)
    if not tilgang.kan_skrive(av, fersk):
        raise PermissionDenied
    kopi = Arbeidskopi.objects.select_for_update().filter(prosjekt=fersk, seksjon=seksjon, bruker=av).first()
    svar = Lagring(fersk, versjon=versjon, kopi=kopi)
    _se_etter_andre_vindu(svar, sendt, nummer)
    sendt = {navn: data for navn, data in sendt.items() if navn not in svar.andre_vindu}
    verdier = {navn: verdi for navn, verdi in verdier.items() if navn in sendt}
    if _er_kladd(svar):
        i_prosjektet = _lagre_i_prosjektet(svar, felter, sendt, verdier, av)
    else:
        naa = krav.les(fersk) if verdier else {}
        i_prosjektet = [navn for navn, verdi in verdier.items() if versjoner.lik(verdi, naa[navn])]
    _skriv_kopi(svar, {n: data for n, data in sendt.items() if n not in i_prosjektet}, i_prosjektet, seksjon, av)
    return svar


def _se_etter_andre_vindu(svar, sendt, nummer):
    """What the same person has written elsewhere since this page was shown."""
    nyere = svar.kopi.skrevet(etter=nummer) if svar.kopi else {}
    svar.andre_vindu = [navn for navn, data in nyere.items() if navn in sendt and sendt[navn] != data]
    svar.andres = [navn for navn in nyere if navn not in sendt]


def _lagre_i_prosjektet(svar, felter, sendt, verdier, av):
    """Which answers are the project's now. None of them when others have changed what waits: then the button asks."""
    fersk, versjon, andres = svar.prosjekt, svar.versjon, []
    ventende = {*sendt, *(svar.kopi.felt if svar.kopi else ())} - set(verdier)
    try:
        if fersk.versjon != versjon:
            andres = _endret_siden(fersk, [navn for navn in felter if navn not in verdier], versjon)
            _krev_urort(fersk, ventende, min(versjon, svar.kopi.versjon) if svar.kopi else versjon)
        if verdier:
            svar.prosjekt = handlinger.lagre_seksjon(fersk, verdier=verdier, versjon=versjon, av=av, stille=True)
    except versjoner.Konflikt as konflikt:
        svar.konflikt = konflikt
        return []
    svar.endret, svar.versjon = svar.prosjekt.versjon != fersk.versjon, svar.prosjekt.versjon
    svar.andres += [navn for navn in andres if navn not in svar.andres and navn not in ventende]
    return list(verdier)


def _endret_siden(prosjekt, felter, versjon):
    da, naa = handlinger.som_var(prosjekt, versjon) or {}, krav.les(prosjekt)
    return [navn for navn in felter if navn not in da or not versjoner.lik(da[navn], naa[navn])]


def _krev_urort(prosjekt, felter, versjon):
    """Others have not changed what waits in the copy; had they, the page could not go on to their version."""
    if felter and (endret := _endret_siden(prosjekt, felter, versjon)):
        felter = [versjoner.Feltkonflikt(navn, None, None, None) for navn in endret]
        raise versjoner.Konflikt(versjon=prosjekt.versjon, felter=felter, verdier={}, **versjoner.sist_endret(prosjekt))


def _skriv_kopi(svar, beholdes, fjernes, seksjon, av):
    """Put in what waits, take out what is in the project. An empty copy is no copy."""
    kopi = svar.kopi or Arbeidskopi(prosjekt=svar.prosjekt, seksjon=seksjon, bruker=av, versjon=svar.versjon)
    nye = {navn: data for navn, data in beholdes.items() if kopi.felt.get(navn, {}).get("data") != data}
    borte = [navn for navn in fjernes if navn in kopi.felt]
    versjon = min(kopi.versjon, svar.versjon) if svar.konflikt or not _er_kladd(svar) else svar.versjon
    if not nye and not borte and (not kopi.pk or kopi.versjon == versjon):
        return
    kopi.versjon, kopi.tid = versjon, timezone.now()
    if nye or borte:
        svar.endret = True
        kopi.nummer += 1
    felt = {navn: rad for navn, rad in kopi.felt.items() if navn not in borte}
    kopi.felt = felt | {navn: {"nummer": kopi.nummer, "data": data} for navn, data in nye.items()}
    if kopi.felt:
        kopi.save()
        svar.kopi = kopi
    else:
        Arbeidskopi.objects.filter(pk=kopi.pk).delete()
        svar.kopi = None


def _er_kladd(svar):
    return svar.prosjekt.status in BARE_DE_SOM_SKRIVER


@transaction.atomic
def lagre_seksjon(prosjekt, *, seksjon, verdier, ulest, versjon, av):
    """«Lagre»: the answers become the project's, and the copy is done with.

    `ulest` is what the person's copy has from another window that this page never showed, as answers: a conflict with
    oneself when it says something else than both the project and this page.
    """
    if ulest:
        naa = krav.les(prosjekt)
        felter = [
            versjoner.Feltkonflikt(navn, naa[navn], verdi, verdier[navn])
            for navn, verdi in ulest.items()
            if navn in verdier and not versjoner.lik(verdi, verdier[navn]) and not versjoner.lik(verdi, naa[navn])
        ]
        if felter:
            raise versjoner.Konflikt(
                versjon=versjon, felter=felter, verdier=verdier, hvem=str(av), hvem_id=av.pk, tid=timezone.now()
            )
    fersk = handlinger.lagre_seksjon(prosjekt, verdier=verdier, versjon=versjon, av=av)
    if fersk.versjon == prosjekt.versjon:  # it has saved itself: now is the time to find what resembles it
        likhet.oppdater_etterpa(fersk.pk)
    Arbeidskopi.objects.filter(prosjekt=prosjekt, seksjon=seksjon, bruker=av).delete()
    return fersk


def forkast(prosjekt, *, seksjon, av):
    """Throw the copy away. False when it is gone already."""
    return bool(Arbeidskopi.objects.filter(prosjekt=prosjekt, seksjon=seksjon, bruker=av).delete()[0])


def rydd():
    """A job: copies nobody has touched for half a year. A batch at a time."""
    gamle = Arbeidskopi.objects.filter(tid__lt=timezone.now() - TAR_VARE_PA).order_by("pk").values_list("pk", flat=True)
    ider = list(gamle[:BUNT])
    Arbeidskopi.objects.filter(pk__in=ider).delete()
    return len(ider) == BUNT
