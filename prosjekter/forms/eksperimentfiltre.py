"""The filters of the stream of experiments."""

from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.functions import ExtractYear
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
    Valgfilter,
)
from prosjekter.kodeverk import Beslutning, Kodeliste
from prosjekter.models import Eksperimentsok
from prosjekter.models.eksperiment import MERKER

UAVGJORT = "uavgjort"


class Beslutningsfilter(Valgfilter):
    """What they did afterwards. Not decided yet is an answer too; a stop is one of the others, and looks like them."""

    VALG = {
        Beslutning.SKALER.value: _("Skalerte"),
        Beslutning.FORTSETT.value: _("Fortsatte"),
        Beslutning.JUSTER.value: _("Justerte"),
        Beslutning.STOPP.value: _("Stoppet"),
        UAVGJORT: _("Ikke avgjort ennå"),
    }
    merker = {(verdi or UAVGJORT): merke for verdi, merke in MERKER.items()}

    def meny(self):
        return list(self.VALG.items())


class Startetfilter(Aarfilter):
    """The year it began."""

    def meny(self):
        return [(aar, aar) for aar in sorted(self.parent.per_egen("aar"), reverse=True)]


class EksperimentFilter(Stromsett):
    """`queryset` is what the reader may see in the stream, Eksperiment.objects.synlige_for(...).i_strommen()."""

    q = Tekstfilter(label=_("Søk i forsøk"))
    beslutning = Beslutningsfilter(
        fasett="beslutning",
        label=_("Hva gjorde de etterpå?"),
        ukjent=_("«%s» er ikke en beslutning vi kjenner."),
        er_apen=True,
        med_merke=True,
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
    fylke = Fylkefilter(fasett="fylke", label=_("Fylke"), ukjent=_("«%s» er ikke et fylkesnummer."))
    aar = Startetfilter(fasett="aar", label=_("Startet"), ukjent=_("«%s» er ikke et år vi kjenner."))
    sorter = Stromsortering(label=_("Sorter"), ukjent=_("«%s» er ikke en måte å sortere på."))

    TID = "fra_dato"
    SOKERAD = Eksperimentsok
    EGNE = {
        "beslutning": Case(
            When(beslutning="", then=Value(UAVGJORT)), default=F("beslutning"), output_field=CharField()
        ),
        "aar": ExtractYear(TID),
    }
    OM_PROSJEKTET = ("tjenesteomrade", "mission", "fylke")

    def egen(self, navn, verdier):
        """As the index knows it: what is not decided is empty."""
        if navn == "beslutning":
            return Q(beslutning__in=["" if verdi == UAVGJORT else verdi for verdi in verdier])
        return super().egen(navn, verdier)
