"""Find a municipality: by any number it has had, by any name in any language, and through mergers and splits."""

from collections import defaultdict

from django.db.models import Q

from kommuner.kodeverk import Endringstype
from kommuner.models import Kommune, Kommuneendring, Kommunenummer, Organisasjon, Stedsnavn
from partnerskap.felles.ferdig_sql import ferdig_sql
from partnerskap.felles.norsk import norsk_slug


def kommune_med_nummer(nummer, dag=None):
    """The municipality that had the number on the day; without a day, the one that had it last. None if nobody."""
    rader = _siste_med_nummer(nummer) if dag is None else _med_nummer(nummer).gjeldende(dag)[:1]
    return next((rad.kommune for rad in rader), None)


def _med_nummer(nummer):
    """The latest first."""
    return Kommunenummer.objects.filter(nummer=nummer).select_related("kommune__fylke").reverse()


@ferdig_sql
def _siste_med_nummer(nummer):
    return _med_nummer(nummer)[:1]


def kommuner_med_navn(navn, dag=None):
    """Every municipality that has, or has had, the name: in any language, with or without accents."""
    stedsnavn = Stedsnavn.objects.filter(sokenokkel=norsk_slug(navn, maks=100), kommune__isnull=False)
    if dag:
        stedsnavn = stedsnavn.gjeldende(dag)
    return Kommune.objects.filter(pk__in=stedsnavn.values("kommune")).select_related("fylke")


class Slektstre:
    """Who came of whom, by merger and split: one query, then any number of questions. Ids in, sets of ids out."""

    def __init__(self):
        self._til, self._fra = defaultdict(set), defaultdict(set)
        lever = Q(fra__gyldig_til=None)
        for fra, til, fra_lever in (
            Kommuneendring.objects.filter(type__in=(Endringstype.SAMMENSLAING, Endringstype.DELING))
            .annotate(fra_lever=lever)
            .values_list("fra", "til", "fra_lever")
        ):
            if fra != til and not fra_lever:
                self._til[fra].add(til)
                self._fra[til].add(fra)

    def naavaerende(self, pk):
        """Where the municipality is today: itself while it lives, else what became of it."""
        return {etter for etter in _folg(pk, self._til) if not self._til.get(etter)}

    def med_forgjengere(self, pk):
        """Itself and all that have gone into it, wholly or in part. One that still lives keeps its own."""
        return _folg(pk, self._fra)


def etterfolgere(kommune):
    """The municipalities of today that it lives on in; none while it lives itself."""
    ider = Slektstre().naavaerende(kommune.pk) - {kommune.pk}
    return Kommune.objects.filter(pk__in=ider).select_related("fylke")


def forgjengere(kommune):
    """Those that have gone into it, also through others."""
    ider = Slektstre().med_forgjengere(kommune.pk) - {kommune.pk}
    return Kommune.objects.filter(pk__in=ider).select_related("fylke")


def ider_med_forgjengere(kommune):
    """For finding what belongs to a place: its own id and those of all that have gone into it."""
    return Slektstre().med_forgjengere(kommune.pk)


def organisasjon_ider_med_forgjengere(organisasjon):
    """Its own id and those of all it has taken over from. One query."""
    forgjengere = defaultdict(set)
    for pk, etterfolger in Organisasjon.objects.exclude(etterfolger=None).values_list("pk", "etterfolger"):
        forgjengere[etterfolger].add(pk)
    return _folg(organisasjon.pk, forgjengere)


def _folg(pk, retning):
    sett, ko = {pk}, [pk]
    while ko:
        nye = retning.get(ko.pop(), set()) - sett
        sett |= nye
        ko.extend(nye)
    return sett
