"""Lists of what belongs to projects: lessons, experiments, barriers. What a row says itself is asked of the database, what its project
is of the facets in memory (prosjekter.fasettindeks): a page costs the same however many filters it has.
"""

from collections import Counter
from functools import cached_property, reduce
from operator import or_

from django.db.models import Count, Q

from prosjekter.forms.filtersett import Filtersett
from prosjekter.forms.filtertyper import Sorteringsfilter
from sok import indeks as sokeindeks

MAKS_RANGERTE = 500  # so many hits are ranked one by one; of more, the newest


class Delfiltersett(Filtersett):
    """`queryset` is the rows the reader may see, all of published projects. `bare_alle`: nothing near the words."""

    SOKERAD = None  # the model of their search index
    EGNE = {}  # {filter: what its values are counted by} of what a row says itself
    OM_PROSJEKTET = ()  # filters that ask about its project

    bare_alle = False

    # ---- What it finds ----

    def funn_for(self, tekst):
        if tekst not in self._funnet:
            self._funnet[tekst] = sokeindeks.sok(self.SOKERAD, tekst, self._godta, bare_alle=self.bare_alle)
        return self._funnet[tekst]

    def _godta(self, ider):
        synlige = self.queryset if ider is None else self.queryset.filter(pk__blant=[*map(int, ider)])
        return set(synlige.order_by().values_list("pk", flat=True))

    def _rader(self, uten=None, **i_stedet):
        """Those the words and the rows' own filters leave; what the projects are comes afterwards."""
        valgt = {navn: list(v) for navn, v in self.filtrene.items() if navn != uten} | i_stedet
        rader = self.queryset
        if "q" in valgt:
            rader = rader.filter(pk__blant=self.funn_for(valgt["q"][0]).treff)
        for navn in self.EGNE:
            if navn in valgt:
                rader = rader.filter(self.egen(navn, valgt[navn]))
        return rader

    def egen(self, navn, verdier):
        """The rows that have any of these values themselves."""
        return Q(**{f"{self.EGNE[navn]}__in": verdier})

    def _prosjekter(self, uten=None):
        """The bits of the projects the filters about projects leave; None when there are no such filters."""
        svar = None
        for navn in self.OM_PROSJEKTET:
            if navn in self.filtrene and navn != uten:
                bits = self.filters[navn].bits(self.indeks, list(self.filtrene[navn]))
                svar = bits if svar is None else svar & bits
        return svar

    def _av(self, rader):
        """Of these rows, those of the projects that are left."""
        bits = self._prosjekter()
        return rader if bits is None else rader.filter(prosjekt__blant=self.indeks.pks_av(bits))

    @cached_property
    def treff(self):
        return self._av(self._rader())

    # ---- How many: one question for all the filters about projects, one for each of the rows' own ----

    @cached_property
    def _per_prosjekt(self):
        return self._plan(self._rader())

    def _plan(self, rader):
        """How many rows each project has, as bit sets: number k is the projects whose count has bit k set."""
        antall = dict(rader.order_by().values_list("prosjekt").annotate(n=Count("pk")))
        storst = max(antall.values(), default=0)
        return [self.indeks.bits_for(pk for pk, n in antall.items() if n >> k & 1) for k in range(storst.bit_length())]

    @cached_property
    def antall(self):
        return _sum(self._per_prosjekt, self._prosjekter())

    def antall_ellers(self, uten=None, **i_stedet):
        """How many there would be without one of the filters, or with another value in it."""
        i_stedet = {navn: [verdi] for navn, verdi in i_stedet.items()}
        return _sum(self._plan(self._rader(uten, **i_stedet)), self._prosjekter(uten))

    def tell(self, navn, verdier):
        """{value: how many rows}, among what all the other filters find."""
        if navn in self.EGNE:
            return self.per_egen(navn)
        har, grunnlag = self.indeks.verdier(self.filters[navn].fasett), self._prosjekter(navn)
        return Counter({
            verdi: _sum(self._per_prosjekt, har[verdi] if grunnlag is None else har[verdi] & grunnlag)
            for verdi in verdier
            if verdi in har
        })  # fmt: skip

    def per_egen(self, navn):
        """{value: how many rows} of what the rows say themselves, among what the other filters find. Asked for once."""
        if navn not in self._per:
            rader = self._av(self._rader(navn)).order_by().values_list(self.EGNE[navn]).annotate(n=Count("pk"))
            self._per[navn] = Counter({str(verdi): antall for verdi, antall in rader if verdi is not None})
        return self._per[navn]

    @cached_property
    def _per(self):
        return {}


class Stromsett(Delfiltersett):
    """A list that is a stream: in order of time, or of how well the words fit. Has the filters `sorter` and `aar`."""

    TID = None  # the field it is in order of

    VISNING = ("sorter",)

    def egen(self, navn, verdier):
        """A year is a range of time, which the index knows; the year of each row it does not."""
        if navn != "aar":
            return super().egen(navn, verdier)
        return reduce(or_, (Q(**{f"{self.TID}__year": int(aar)}) for aar in verdier))

    def rader(self, pks):
        """{pk: row} with what the stream shows."""
        return self.queryset.for_rad().in_bulk(pks)

    def pks(self, fra, til):
        if self.orden == Sorteringsfilter.RELEVANS:
            return self._etter_relevans[fra:til]
        retning = (self.TID, "pk") if self.orden == "eldste" else (f"-{self.TID}", "-pk")
        return list(self.treff.order_by(*retning).values_list("pk", flat=True)[fra:til])

    @cached_property
    def _etter_relevans(self):
        nyest_forst = list(self.treff.order_by(f"-{self.TID}", "-pk").values_list("pk", flat=True))
        return etter_relevans(self.SOKERAD, self.funn, nyest_forst)


def etter_relevans(sokerad, funn, nyest_forst):
    """The best first, then the newest. Of very many hits only the newest are ranked."""
    rangeres = nyest_forst[:MAKS_RANGERTE]
    poeng = sokeindeks.ranger(sokerad, funn, rangeres)
    beste = sorted(rangeres, key=lambda pk: float(f"{poeng.get(pk, 0):.3g}"), reverse=True)
    return beste + nyest_forst[MAKS_RANGERTE:]


def _sum(plan, bits):
    return sum((lag if bits is None else lag & bits).bit_count() << k for k, lag in enumerate(plan))
