"""The filters of the stream of lessons."""

from django.db.models.functions import ExtractYear
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from prosjekter import kodeverk
from prosjekter.forms.delfilter import Stromsett
from prosjekter.forms.filtertyper import (
    Aarfilter,
    Fylkefilter,
    Kodefilter,
    Missionfilter,
    Stromsortering,
    Tekstfilter,
)
from prosjekter.kodeverk import Kodeliste
from prosjekter.models import Laeringssok


class Skrevetfilter(Aarfilter):
    """The year the card was written."""

    def meny(self):
        return [(aar, aar) for aar in sorted(self.parent.per_egen("aar"), reverse=True)]

    def tolk(self, verdier):
        valgte, ukjente = super().tolk(verdier)
        return {aar: gettext("Skrevet %(aar)s") % {"aar": aar} for aar in valgte}, ukjente


class LaeringFilter(Stromsett):
    """`queryset` is the cards the reader may see in the stream, Laering.objects.synlige_for(...).i_strommen()."""

    q = Tekstfilter(label=_("Søk i læring"))
    type = Kodefilter(
        kodeverk.Laeringstype,
        fasett="type",
        label=_("Hva slags læring"),
        ukjent=_("«%s» er ikke et slags læring vi kjenner."),
        er_apen=True,
    )
    tjenesteomrade = Kodefilter(
        kodeverk.Tjenesteomrade,
        fasett=Kodeliste.TJENESTEOMRADE,
        label=_("Tjenesteområde"),
        ukjent=_("«%s» er ikke et tjenesteområde."),
        er_apen=True,
    )
    mission = Missionfilter(
        fasett="mission", label=_("Mission"), ukjent=_("«%s» er ikke en mission vi kjenner."), er_apen=True
    )
    utfall = Kodefilter(
        kodeverk.Utfall,
        fasett="utfall",
        label=_("Hvordan prosjektet gikk"),
        ukjent=_("«%s» er ikke et utfall."),
        med_merke=True,
    )
    fase = Kodefilter(kodeverk.Fase, fasett="fase", label=_("Prosjektets fase"), ukjent=_("«%s» er ikke en fase."))
    fylke = Fylkefilter(fasett="fylke", label=_("Fylke"), ukjent=_("«%s» er ikke et fylkesnummer."))
    aar = Skrevetfilter(fasett="aar", label=_("Skrevet"), ukjent=_("«%s» er ikke et år vi kjenner."))
    sorter = Stromsortering(label=_("Sorter"), ukjent=_("«%s» er ikke en måte å sortere på."))

    TID = "opprettet_tid"
    SOKERAD = Laeringssok
    EGNE = {"type": "type", "aar": ExtractYear(TID)}
    OM_PROSJEKTET = ("tjenesteomrade", "mission", "utfall", "fase", "fylke")
