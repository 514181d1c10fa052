"""What every list that is filtered through its address has in common: projects, lessons, barriers.

Several values in one filter mean «or», several filters mean «and». A value that means nothing is never dropped in
silence: it ends in `ukjente`, and the page names it.
"""

from functools import cached_property
from urllib.parse import urlencode

import django_filters
from django.utils.translation import gettext

from kommuner.oppslag import Slektstre
from prosjekter import fasettindeks
from prosjekter.forms.filtertyper import Sorteringsfilter, Visningsfilter, kort
from sok import sporring
from sok.indeks import Funn

MAKS_VERDIER = 50  # in one filter
MAKS_UKJENTE = 5  # named to the reader


class Filtersett(django_filters.FilterSet):
    """`data` is the query of the address; `queryset` is what the reader may see, and nothing else."""

    VISNING = ()  # filters that say how the list is shown, not what it holds
    VANLIG = {}  # {such a filter: the value that goes without saying}, besides order and view

    def __init__(self, data, queryset, *, bruker):
        super().__init__({}, queryset)
        self.bruker = bruker
        self.indeks = fasettindeks.naa()
        self.ukjente = []
        self._funnet = {}
        # Whether there are words to be relevant to: more than what must not be there.
        self.soker = any(sporring.les(tekst).krav for tekst in data.getlist("q"))
        self.valgt = self._tolk(data)
        self.data = {navn: self._verdi(navn) for navn in self.valgt}

    # ---- What was asked for ----

    def _tolk(self, data):
        """{filter: {value: name}} of what was asked for and exists. The rest is put in `ukjente`, as sentences."""
        valgt = {}
        for navn, filter_ in self.filters.items():
            verdier = list(dict.fromkeys(v.strip() for v in data.getlist(navn) if v.strip()))
            if not verdier:
                continue
            valgte, ukjente = filter_.tolk(verdier[:MAKS_VERDIER])
            self.ukjente += [filter_.ukjent % kort(verdi) for verdi in ukjente[:MAKS_UKJENTE]]
            if len(verdier) > MAKS_VERDIER:
                self.ukjente.append(gettext("Du kan velge høyst %s i hvert filter.") % MAKS_VERDIER)
            if valgte:
                valgt[navn] = valgte if filter_.flere else dict([valgte.popitem()])
        return valgt

    def _verdi(self, navn):
        """As the form field wants it: a list, or a single value."""
        verdier = list(self.valgt[navn])
        return verdier if self.filters[navn].flere else verdier[0]

    @property
    def filtrene(self):
        """Those in use, without how the list is shown."""
        return {navn: valgte for navn, valgte in self.valgt.items() if navn not in self.VISNING}

    @property
    def antall_valgte(self):
        """How many values are ticked; what is searched for stands in its own field."""
        return sum(len(valgte) for navn, valgte in self.filtrene.items() if navn != "q")

    @cached_property
    def slektstre(self):
        return Slektstre()

    # ---- What it finds; what `funn_for` and the rest find is each list's own ----

    @property
    def funn(self):
        tekst = next(iter(self.valgt.get("q", ())), None)
        return self.funn_for(tekst) if tekst else Funn()

    @property
    def orden(self):
        vanlig = Sorteringsfilter.RELEVANS if self.soker else Sorteringsfilter.NYESTE
        return next(iter(self.valgt.get("sorter", ())), vanlig)

    def sorteringer(self):
        """(value, name, whether it is the order of the list) of each order there is."""
        return [(verdi, navn, verdi == self.orden) for verdi, navn in self.filters["sorter"].meny()]

    # ---- The address ----

    def adresse(self, uten=None, verdi=None, **i_stedet):
        """The query of the address: as it is, without a filter or one value of it, or with another value in it.

        `vis=""` takes a filter away.
        """
        deler = [
            (navn, v)
            for navn, valgte in self.valgt.items()
            if navn not in i_stedet
            for v in valgte
            if not (navn == uten and verdi in (None, v))
        ]
        deler += [(navn, v) for navn, v in i_stedet.items() if v]
        return f"?{urlencode(deler)}"

    def under(self, sti):
        """The same filters on another address, the feed's for one; how the list is shown is its own."""
        deler = [(navn, v) for navn, valgte in self.filtrene.items() for v in valgte]
        return f"{sti}?{urlencode(deler)}".rstrip("?")

    def chips(self):
        """Each value in use, with the address of the list without it."""
        return [
            {"navn": valgnavn, "adresse": self.adresse(navn, verdi)}
            for navn, valgte in self.filtrene.items()
            for verdi, valgnavn in valgte.items()
        ]


def ryddet(data, filtersett):
    """The query without what says nothing: empty fields, the usual order, the first page. None if nothing is to go."""
    vanlig = Sorteringsfilter.RELEVANS if data.get("q", "").strip() else Sorteringsfilter.NYESTE
    tause = {"sorter": vanlig, "vis": Visningsfilter.LISTE, "side": "1", **filtersett.VANLIG}
    ren = data.copy()
    for navn in filtersett.base_filters.keys() | tause.keys():
        verdier = [v for v in data.getlist(navn) if v.strip() not in ("", tause.get(navn))]
        if verdier:
            ren.setlist(navn, verdier)
        else:
            ren.pop(navn, None)
    return ren if ren.urlencode() != data.urlencode() else None
