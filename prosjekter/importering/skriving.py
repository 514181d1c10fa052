"""Carry out a plan: all of it in one transaction, with history and search index, and without a notice to anyone.

New projects are written table by table, a few hundred at a time; changed ones by the deed that merges and locks.
"""

from datetime import datetime, time

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from partnerskap.felles import innhold
from prosjekter import krav, likhet, slugger, sokeindeks
from prosjekter.handlinger import importering as handlinger
from prosjekter.importering.plan import Utvei
from prosjekter.kodeverk import Partnerrolle, Status
from prosjekter.models import (
    Deltakelse,
    Importkobling,
    Klassifisering,
    Missiontilknytning,
    Prosjekt,
    Prosjekttekst,
)

BUNT = 250
MANGE = 300  # beyond this it is quicker to find out anew what all projects are like


@transaction.atomic
def skriv(plan, *, kilde, av=None, framdrift=lambda antall: None):
    """Write what the plan says is new or changed. Rows with faults are left out."""
    nye, endres = plan.som(Utvei.NY), plan.som(Utvei.ENDRES)
    skriver = Skriver(kilde, av)
    for start in range(0, len(nye), BUNT):
        skriver.nye(nye[start : start + BUNT])
        framdrift(min(start + BUNT, len(nye)))
    for nummer, rad in enumerate(endres, 1):
        skriver.endret(rad)
        framdrift(len(nye) + nummer)
    skriver.avslutt()


class Skriver:
    def __init__(self, kilde, av):
        self.kilde, self.av = kilde, av
        self.tid = timezone.now()
        self.laget = []
        self.slugger = slugger.opptatte_slugger()

    def nye(self, rader):
        prosjekter = [self._prosjekt(rad) for rad in rader]
        self._lagre(Prosjekt, prosjekter)
        par = list(zip(rader, prosjekter, strict=True))
        self._lagre(Prosjekttekst, [Prosjekttekst(prosjekt=p, **_utvalg(rad.svar, krav.TEKSTFELT)) for rad, p in par])
        self._lagre(
            Klassifisering,
            [
                Klassifisering(prosjekt=p, liste=liste, verdi=verdi)
                for rad, p in par
                for liste, verdier in _utvalg(rad.svar, krav.KODEFELT).items()
                for verdi in verdier
            ],
        )
        self._lagre(Deltakelse, [d for rad, p in par for d in self._deltakelser(rad, p)])
        self._lagre(Missiontilknytning, [self._tilknytning(p, m) for rad, p in par for m in rad.missions or ()])
        Importkobling.objects.bulk_create(
            Importkobling(
                kilde=self.kilde, ekstern_id=rad.ekstern_id, prosjekt=p, verdier=rad.til_lagring(), importert_tid=self.tid
            )
            for rad, p in par
        )  # fmt: skip
        sokeindeks.oppdater([p.pk for p in prosjekter], fortell=False)
        self.laget += [p.pk for p in prosjekter]

    def avslutt(self):
        """Which other projects the new ones are like, and word to every process that there is something new."""
        if len(self.laget) > MANGE:
            likhet.bygg()
        else:
            for pk in self.laget:
                likhet.oppdater(pk)
        if self.laget:
            innhold.endret()

    def endret(self, rad):
        sist = rad.kobling.verdier
        handlinger.importer_endring(
            rad.kobling.prosjekt,
            verdier=rad.endringer,
            partnere=_forskjell(sist, "partnere", rad.partnere, lambda par: [par[0].pk, par[1]]),
            missions=_forskjell(sist, "missions", rad.missions, lambda mission: mission.pk),
            publiser=_tidspunkt(rad.publisert, self.tid) if rad.publiser else None,
            av=self.av,
        )
        rad.kobling.verdier = {**sist, **rad.til_lagring()}
        rad.kobling.importert_tid = self.tid
        rad.kobling.save(update_fields=["verdier", "importert_tid"])

    def _prosjekt(self, rad):
        svar = _utvalg(rad.svar, krav.PROSJEKTFELT)
        prosjekt = Prosjekt(
            **svar,
            slug=slugger.ledig_slug(svar["tittel"], opptatt=self.slugger),
            eier=rad.eier,
            er_eksempel=rad.eier.er_eksempel,
            opprettet_av=self.av,
            opprettet_tid=self.tid,
            endret_tid=self.tid,
        )
        if rad.publisert:
            prosjekt.status = Status.PUBLISERT
            prosjekt.publisert_tid = _tidspunkt(rad.publisert, self.tid)
            prosjekt.sist_bekreftet = timezone.localdate(self.tid)
        for felt, verdi in prosjekt.utledet().items():
            setattr(prosjekt, felt, verdi)
        self.slugger.add(prosjekt.slug)
        return prosjekt

    def _deltakelser(self, rad, prosjekt):
        for organisasjon, rolle in [(rad.eier, Partnerrolle.EIER), *(rad.partnere or ())]:
            yield Deltakelse(
                prosjekt=prosjekt,
                organisasjon=organisasjon,
                rolle=rolle,
                sektor=organisasjon.sektor,
                niva=organisasjon.niva,
                fra_dato=prosjekt.start_dato,
            )

    def _tilknytning(self, prosjekt, mission):
        return handlinger.importert_tilknytning(prosjekt, mission, av=self.av, tid=self.tid)

    def _lagre(self, modell, objekter):
        if objekter:
            bulk_create_with_history(
                objekter,
                modell,
                default_user=self.av,
                default_change_reason=handlinger.importnavn(self.av),
                default_date=self.tid,
            )


def _utvalg(svar, felter):
    return {navn: svar[navn] for navn in felter if navn in svar}


def _forskjell(sist, navn, naa, som_lagret):
    """(those that have come, those that are gone, as they were kept) since the last time."""
    if naa is None:
        return (), ()
    for_ = sist.get(navn, [])
    lagret = [som_lagret(ett) for ett in naa]
    return [ett for ett, nokkel in zip(naa, lagret, strict=True) if nokkel not in for_], [
        n for n in for_ if n not in lagret
    ]


def _tidspunkt(publisert, tid):
    """When it was published: at noon of the day the list says, else now."""
    if publisert is True:
        return tid
    return min(tid, timezone.make_aware(datetime.combine(publisert, time(12))))
