"""The filters of the list of projects. They live in the address, so that a list can be shared and come back to.

Several values in one filter mean «or», several filters mean «and». A value that means nothing is never dropped in
silence: it ends in `ukjente`, and the page names it.
"""

from functools import cached_property
from urllib.parse import urlencode

import django_filters
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommuner.kodeverk import Sektor
from kommuner.oppslag import Slektstre
from prosjekter import fasettindeks, kodeverk
from prosjekter.forms.filtertyper import (
    Aarfilter,
    Egenskapsfilter,
    Fylkefilter,
    Kodefilter,
    Kommunefilter,
    Missionfilter,
    Organisasjonsfilter,
    Sorteringsfilter,
    Tekstfilter,
    Visningsfilter,
    kort,
)
from prosjekter.kodeverk import Kodeliste
from prosjekter.models import Prosjektsok
from sok import indeks as sokeindeks
from sok import sporring

MAKS_VERDIER = 50  # in one filter
MAKS_UKJENTE = 5  # named to the reader
# So many hits are ranked one by one. Of more, the newest with the words in title or ingress are.
MAKS_RANGERTE = 500


class ProsjektFilter(django_filters.FilterSet):
    """`data` is the query of the address; `queryset` is what the reader may see, and nothing else."""

    q = Tekstfilter(label=_("Søk i prosjekter"))
    utfall = Kodefilter(
        kodeverk.Utfall,
        fasett="utfall",
        label=_("Utfall"),
        ukjent=_("«%s» er ikke et utfall."),
        er_apen=True,
        med_merke=True,
    )
    mission = Missionfilter(
        fasett="mission", label=_("Mission"), ukjent=_("«%s» er ikke en mission vi kjenner."), er_apen=True
    )
    tjenesteomrade = Kodefilter(
        kodeverk.Tjenesteomrade,
        fasett=Kodeliste.TJENESTEOMRADE,
        label=_("Tjenesteområde"),
        ukjent=_("«%s» er ikke et tjenesteområde."),
        er_apen=True,
    )
    fylke = Fylkefilter(fasett="fylke", label=_("Fylke"), ukjent=_("«%s» er ikke et fylkesnummer."))
    kommune = Kommunefilter(
        fasett="kommune",
        label=_("Kommune"),
        ukjent=_("«%s» er ikke et kommunenummer."),
        som_meny=True,
        tomt=_("Alle kommuner"),
    )
    fase = Kodefilter(kodeverk.Fase, fasett="fase", label=_("Fase"), ukjent=_("«%s» er ikke en fase."), er_apen=True)
    soker_partnere = Egenskapsfilter(fasett="soker_partnere", label=_("Søker partnere"))
    gjenbrukt = Egenskapsfilter(fasett="gjenbrukt", label=_("Er tatt i bruk av andre"))
    laering = Egenskapsfilter(fasett="laering", label=_("Sier hva de lærte"))
    malgruppe = Kodefilter(
        kodeverk.Malgruppe,
        fasett=Kodeliste.MALGRUPPE,
        label=_("Målgruppe"),
        ukjent=_("«%s» er ikke en målgruppe."),
    )
    innovasjonstype = Kodefilter(
        kodeverk.Innovasjonstype,
        fasett=Kodeliste.INNOVASJONSTYPE,
        label=_("Type innovasjon"),
        ukjent=_("«%s» er ikke en type innovasjon."),
    )
    radikalitet = Kodefilter(
        kodeverk.Radikalitet,
        fasett="radikalitet",
        label=_("Hvor nytt er det?"),
        ukjent=_("«%s» er ikke en grad av nyhet."),
    )
    belegg = Kodefilter(
        kodeverk.Belegg,
        fasett="belegg",
        label=_("Hvordan vet de det?"),
        ukjent=_("«%s» er ikke en måte å vite det på."),
    )
    metode = Kodefilter(
        kodeverk.Metode, fasett=Kodeliste.METODE, label=_("Metode"), ukjent=_("«%s» er ikke en metode.")
    )
    partnersektor = Kodefilter(
        Sektor, fasett="partnersektor", label=_("Partnere fra"), ukjent=_("«%s» er ikke en sektor.")
    )
    organisasjon = Organisasjonsfilter(
        fasett="organisasjon",
        label=_("Partner"),
        ukjent=_("«%s» er ikke en organisasjon vi kjenner."),
        som_meny=True,
        tomt=_("Alle partnere"),
    )
    malform = Kodefilter(
        kodeverk.Malform, fasett="malform", label=_("Skrevet på"), ukjent=_("«%s» er ikke en målform.")
    )
    aar = Aarfilter(
        fasett="aar", label=_("Startet"), ukjent=_("«%s» er ikke et år vi kjenner."), som_meny=True, tomt=_("Alle år")
    )
    sorter = Sorteringsfilter(label=_("Sorter"), ukjent=_("«%s» er ikke en måte å sortere på."))
    vis = Visningsfilter(label=_("Vis som"), ukjent=_("«%s» er ikke en måte å vise listen på."))

    VISNING = ("sorter", "vis")  # how the list is shown, not what it holds

    def __init__(self, data, queryset, *, bruker):
        super().__init__({}, queryset)
        self.bruker = bruker
        self.indeks = fasettindeks.naa()
        self.synlige = self.indeks.synlige(bruker)
        self.ukjente = []
        self._funnet, self._bits, self._uten = {}, {}, {}
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
    def visning(self):
        """How the list is shown when it is not the usual way, else empty."""
        return next(iter(self.valgt.get("vis", ())), "")

    @property
    def antall_valgte(self):
        """How many values are ticked; what is searched for stands in its own field."""
        return sum(len(valgte) for navn, valgte in self.filtrene.items() if navn != "q")

    @cached_property
    def slektstre(self):
        return Slektstre()

    # ---- What it finds ----

    def funn_for(self, tekst):
        """What the words find among what the reader may see; the other filters come afterwards."""
        if tekst not in self._funnet:
            self._funnet[tekst] = sokeindeks.sok(Prosjektsok, tekst, self._godta)
        return self._funnet[tekst]

    def _godta(self, ider):
        return self.synlige if ider is None else self.indeks.bits_for(ider) & self.synlige

    @property
    def funn(self):
        tekst = next(iter(self.valgt.get("q", ())), None)
        return self.funn_for(tekst) if tekst else sokeindeks.Funn()

    def bits(self, uten=None, **i_stedet):
        """The projects found: by all the filters, without one of them, or with another value in it."""
        svar = self.synlige
        for navn, valgte in self.filtrene.items():
            if navn in i_stedet:
                svar &= self.filters[navn].bits(self.indeks, [i_stedet[navn]])
            elif navn != uten:
                if navn not in self._bits:
                    self._bits[navn] = self.filters[navn].bits(self.indeks, list(valgte))
                svar &= self._bits[navn]
        return svar

    def treff_uten(self, navn):
        """What all the other filters find."""
        if navn not in self.filtrene:
            return self.treff
        if navn not in self._uten:
            self._uten[navn] = self.bits(uten=navn)
        return self._uten[navn]

    @cached_property
    def treff(self):
        return self.bits()

    @property
    def antall(self):
        return self.treff.bit_count()

    @property
    def qs(self):
        """The projects found, as a queryset in the order of the list: for feeds, mail and other small parts of it."""
        return self.queryset.filter(pk__blant=self.indeks.pks_av(self.treff)).order_by("-publisert_tid", "-pk")

    @property
    def orden(self):
        vanlig = Sorteringsfilter.RELEVANS if self.soker else Sorteringsfilter.NYESTE
        return next(iter(self.valgt.get("sorter", ())), vanlig)

    def pks(self, fra, til):
        """The primary keys of a stretch of the list, in its order."""
        if self.orden == Sorteringsfilter.RELEVANS:
            return self._etter_relevans(fra, til)
        return self.indeks.ordnet(self.treff, self.orden, fra, til)

    def _etter_relevans(self, fra, til):
        """The best first. Equally good ones: with something learnt before without, and then the newest."""
        rangeres = self.treff
        if rangeres.bit_count() > MAKS_RANGERTE:
            rangeres &= self.indeks.bits_for(sokeindeks.hodetreff(Prosjektsok, self.funn))
            rangeres = self.indeks.bits_for(self.indeks.ordnet(rangeres, "nyeste", 0, MAKS_RANGERTE))
        nyest_forst = self.indeks.ordnet(rangeres, "nyeste", 0, MAKS_RANGERTE)
        poeng = sokeindeks.ranger(Prosjektsok, self.funn, nyest_forst)
        laert = set(self.indeks.pks_av(rangeres & self.indeks.bits("laering", fasettindeks.JA)))
        beste = sorted(nyest_forst, key=lambda pk: (float(f"{poeng.get(pk, 0):.3g}"), pk in laert), reverse=True)
        if til <= len(beste):
            return beste[fra:til]
        resten = self.treff & ~rangeres
        igjen = self.indeks.ordnet(resten, "nyeste", max(0, fra - len(beste)), til - len(beste))
        return beste[fra:til] + igjen

    # ---- How the list is shown ----

    def sorteringer(self):
        """(value, name, whether it is the order of the list) of each order there is."""
        return [(verdi, navn, verdi == self.orden) for verdi, navn in self.filters["sorter"].meny()]

    def visninger(self):
        return [
            {"verdi": verdi, "navn": navn, "adresse": self.adresse(vis="" if verdi == "liste" else verdi),
             "er_valgt": verdi == (self.visning or "liste")}
            for verdi, navn in self.filters["vis"].meny()
        ]  # fmt: skip

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


def ryddet(data):
    """The query without what says nothing: empty fields, the usual order, the first page. None if nothing is to go."""
    vanlig = Sorteringsfilter.RELEVANS if data.get("q", "").strip() else Sorteringsfilter.NYESTE
    tause = {"sorter": vanlig, "vis": Visningsfilter.LISTE, "side": "1"}
    ren = data.copy()
    for navn in ProsjektFilter.base_filters.keys() | tause.keys():
        if navn in data:
            ren.setlist(navn, [v for v in data.getlist(navn) if v.strip() not in ("", tause.get(navn))])
    return ren if ren.urlencode() != data.urlencode() else None
