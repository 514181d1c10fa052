"""The filters of the stream of lessons. What a card says itself is asked of the database, what its project is of the
facets in memory (prosjekter.fasettindeks): a page costs the same however many filters it has.
"""

from collections import Counter
from functools import cached_property

from django.db.models import Count, Q
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from prosjekter import kodeverk
from prosjekter.forms.filtersett import Filtersett
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
        return [(aar, aar) for aar in sorted(self.parent.per_aar, reverse=True)]

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


class LaeringFilter(Filtersett):
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
    OM_PROSJEKTET = ("tjenesteomrade", "mission", "utfall", "fase", "fylke")

    bare_alle = False  # whether what is near the words is left out

    # ---- What it finds ----

    def funn_for(self, tekst):
        if tekst not in self._funnet:
            self._funnet[tekst] = sokeindeks.sok(Laeringssok, tekst, self._godta, bare_alle=self.bare_alle)
        return self._funnet[tekst]

    def _godta(self, ider):
        if ider == []:
            return set()
        synlige = self.queryset if ider is None else self.queryset.filter(pk__blant=ider)
        return set(synlige.order_by().values_list("pk", flat=True))

    def _kort(self, uten=None, **i_stedet):
        """Those the words, the kind and the year leave; what the projects are comes afterwards."""
        valgt = {navn: list(v) for navn, v in self.filtrene.items() if navn != uten} | i_stedet
        rader = self.queryset
        if "q" in valgt:
            rader = rader.filter(pk__blant=self.funn_for(valgt["q"][0]).treff)
        if "type" in valgt:
            rader = rader.filter(type__in=valgt["type"])
        if "aar" in valgt:
            rader = rader.filter(_i_aarene(valgt["aar"]))
        return rader

    def _prosjekter(self, uten=None):
        """The bits of the projects the filters about projects leave; None when there are no such filters."""
        svar = None
        for navn in self.OM_PROSJEKTET:
            if navn in self.filtrene and navn != uten:
                bits = self.filters[navn].bits(self.indeks, list(self.filtrene[navn]))
                svar = bits if svar is None else svar & bits
        return svar

    def _av(self, rader):
        """Of these cards, those of the projects that are left."""
        bits = self._prosjekter()
        return rader if bits is None else rader.filter(prosjekt__blant=self.indeks.pks_av(bits))

    @cached_property
    def treff(self):
        return self._av(self._kort())

    # ---- How many: one question for all the filters about projects, one for the kind, one for the year ----

    @cached_property
    def _per_prosjekt(self):
        return self._plan(self._kort())

    def _plan(self, rader):
        """How many cards each project has, as bit sets: number k is the projects whose count has bit k set."""
        antall = dict(rader.order_by().values_list("prosjekt").annotate(n=Count("pk")))
        storst = max(antall.values(), default=0)
        return [self.indeks.bits_for(pk for pk, n in antall.items() if n >> k & 1) for k in range(storst.bit_length())]

    @cached_property
    def antall(self):
        return _sum(self._per_prosjekt, self._prosjekter())

    def antall_ellers(self, uten=None, **i_stedet):
        """How many there would be without one of the filters, or with another value in it."""
        i_stedet = {navn: [verdi] for navn, verdi in i_stedet.items()}
        return _sum(self._plan(self._kort(uten, **i_stedet)), self._prosjekter(uten))

    def tell(self, navn, verdier):
        """{value: how many cards}, among what all the other filters find."""
        if navn == "type":
            antall = dict(self._av(self._kort("type")).order_by().values_list("type").annotate(n=Count("pk")))
        elif navn == "aar":
            antall = self.per_aar
        else:
            har, grunnlag = self.indeks.verdier(self.filters[navn].fasett), self._prosjekter(navn)
            antall = {
                verdi: _sum(self._per_prosjekt, har[verdi] if grunnlag is None else har[verdi] & grunnlag)
                for verdi in verdier
                if verdi in har
            }
        return Counter(antall)

    @cached_property
    def per_aar(self):
        """{year: how many cards}, among what the other filters find."""
        aar = ExtractYear("opprettet_tid")
        rader = self._av(self._kort("aar")).order_by().values_list(aar).annotate(n=Count("pk"))
        return {str(verdi): antall for verdi, antall in rader}

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


def _sum(plan, bits):
    return sum((lag if bits is None else lag & bits).bit_count() << k for k, lag in enumerate(plan))


def _i_aarene(verdier):
    """Ranges of time, which the index knows; the year of each row it does not."""
    svar = Q()
    for aar in verdier:
        svar |= Q(opprettet_tid__year=int(aar))
    return svar
