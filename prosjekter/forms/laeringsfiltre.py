"""The filters of the stream of lessons."""

from functools import cached_property, reduce
from operator import or_

from django.db.models import Q
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from prosjekter import kodeverk
from prosjekter.forms.delfilter import Delfiltersett
from prosjekter.forms.filtertyper import (
    Aarfilter,
    Fylkefilter,
    Kodefilter,
    Missionfilter,
    Sorteringsfilter,
    Tekstfilter,
)
from prosjekter.kodeverk import Kodeliste
from prosjekter.models import Laeringssok
from sok import indeks as sokeindeks

MAKS_RANGERTE = 500  # so many hits are ranked one by one; of more, the newest


class Skrevetfilter(Aarfilter):
    """The year the card was written."""

    def meny(self):
        return [(aar, aar) for aar in sorted(self.parent.per_egen("aar"), reverse=True)]

    def tolk(self, verdier):
        valgte, ukjente = super().tolk(verdier)
        return {aar: gettext("Skrevet %(aar)s") % {"aar": aar} for aar in valgte}, ukjente


class Kortsortering(Sorteringsfilter):
    """By time, or by the words: never by how many have use of it."""

    VALG = {
        Sorteringsfilter.RELEVANS: _("Mest relevant"),
        Sorteringsfilter.NYESTE: _("Nyeste først"),
        "eldste": _("Eldste først"),
    }


class LaeringFilter(Delfiltersett):
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
    sorter = Kortsortering(label=_("Sorter"), ukjent=_("«%s» er ikke en måte å sortere på."))

    VISNING = ("sorter",)
    SOKERAD = Laeringssok
    EGNE = {"type": "type", "aar": ExtractYear("opprettet_tid")}
    OM_PROSJEKTET = ("tjenesteomrade", "mission", "utfall", "fase", "fylke")

    def egen(self, navn, verdier):
        """A year is a range of time, which the index knows; the year of each row it does not."""
        if navn != "aar":
            return super().egen(navn, verdier)
        return reduce(or_, (Q(opprettet_tid__year=int(aar)) for aar in verdier))

    # ---- A stretch of it ----

    def rader(self, pks):
        """{pk: card} with what a row of the stream shows."""
        return self.queryset.for_rad().in_bulk(pks)

    def pks(self, fra, til):
        if self.orden == Sorteringsfilter.RELEVANS:
            return self._etter_relevans[fra:til]
        retning = ("opprettet_tid", "pk") if self.orden == "eldste" else ("-opprettet_tid", "-pk")
        return list(self.treff.order_by(*retning).values_list("pk", flat=True)[fra:til])

    @cached_property
    def _etter_relevans(self):
        """The best first, then the newest. Of very many hits only the newest are ranked."""
        nyest_forst = list(self.treff.order_by("-opprettet_tid", "-pk").values_list("pk", flat=True))
        rangeres = nyest_forst[:MAKS_RANGERTE]
        poeng = sokeindeks.ranger(Laeringssok, self.funn, rangeres)
        beste = sorted(rangeres, key=lambda pk: float(f"{poeng.get(pk, 0):.3g}"), reverse=True)
        return beste + nyest_forst[MAKS_RANGERTE:]
