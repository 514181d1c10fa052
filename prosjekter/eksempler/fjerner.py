"""Take the example data away again. Nothing real is touched."""

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from kommuner.models import Bruker, Organisasjon
from missions.models import Mission
from partnerskap.felles import innhold
from prosjekter import fillager
from prosjekter.eksempler import barrierer, gjenbruk, samspill, utfordringer
from prosjekter.models import (
    FILSLAG,
    RADFELT,
    Barriere,
    Bilde,
    Deltakelse,
    Eksperiment,
    Gjenbruk,
    Klassifisering,
    Komplementaritet,
    Laering,
    Missiontilknytning,
    Nyttigmerke,
    Prosjekt,
    Prosjekttekst,
    Vedlegg,
)

BUNT = 500


def fjern(meld=lambda tekst: None):
    """Remove examples, and what was registered for an example organisation while trying the portal.

    An example organisation that a real project mentions stays, and so does the real project. Returns the names of
    those that stayed.
    """
    historie_er_paa = getattr(settings, "SIMPLE_HISTORY_ENABLED", True)
    settings.SIMPLE_HISTORY_ENABLED = False
    try:
        _fjern_prosjekter(meld)
        _fjern_gjenbruk()
        with transaction.atomic():
            utfordringer.fjern()
            barrierer.fjern_regler()
            samspill.fjern()
            _fjern_missions()
            Bruker.objects.filter(er_eksempel=True).delete()
            blir = _fjern_organisasjoner()
            innhold.endret()
            return blir
    finally:
        settings.SIMPLE_HISTORY_ENABLED = historie_er_paa


def _fjern_prosjekter(meld):
    """In batches: there may be fifty thousand. What points at a project goes with it, in every room."""
    eksempler = Prosjekt.objects.filter(Q(er_eksempel=True) | Q(eier__er_eksempel=True)).order_by("pk")
    fjernet = 0
    while ider := list(eksempler.values_list("pk", flat=True)[:BUNT]):
        with transaction.atomic():
            filer = [rad for modell in (Bilde, Vedlegg) for rad in modell.objects.filter(prosjekt__in=ider)]
            fillager.slett_etterpa(filer)
            Prosjekt.objects.filter(pk__in=ider).delete()
            Prosjekt.historikk.filter(id__in=ider).delete()
            for modell in (
                Prosjekttekst,
                Deltakelse,
                Klassifisering,
                Missiontilknytning,
                Eksperiment,
                Laering,
                *RADFELT.values(),
                *FILSLAG.values(),
            ):
                modell.historikk.filter(prosjekt_id__in=ider).delete()
            Gjenbruk.historikk.filter(fra_id__in=ider).delete()
            Komplementaritet.historikk.filter(fra_id__in=ider).delete()
            Barriere.historikk.filter(prosjekt_id__in=ider).delete()
            innhold.endret()
        fjernet += len(ider)
        meld(f"{fjernet} prosjekter fjernet")


def _fjern_gjenbruk():
    """What an example organisation has said about a real project; the project's counts follow."""
    eksempler = Gjenbruk.objects.filter(Q(er_eksempel=True) | Q(taker__er_eksempel=True))
    ider = list(eksempler.values_list("pk", flat=True))
    rort = list(eksempler.values_list("fra", flat=True))
    Gjenbruk.objects.filter(pk__in=ider).delete()
    Gjenbruk.historikk.filter(id__in=ider).delete()
    gjenbruk.tell(Prosjekt.objects.filter(pk__in=rort))


def _fjern_missions():
    ider = list(Mission.objects.filter(er_eksempel=True).values_list("pk", flat=True))
    Mission.objects.filter(pk__in=ider).delete()
    Mission.historikk.filter(id__in=ider).delete()


def _fjern_organisasjoner():
    eksempler = Organisasjon.objects.filter(er_eksempel=True)
    Nyttigmerke.objects.filter(organisasjon__in=eksempler).delete()
    nevnt = Deltakelse.objects.filter(organisasjon__in=eksempler).values("organisasjon")
    blir = list(eksempler.filter(pk__in=nevnt).values_list("navn", flat=True))
    eksempler.exclude(pk__in=nevnt).delete()
    return blir
