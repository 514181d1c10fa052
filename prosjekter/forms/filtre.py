"""The filters of the list of projects. They live in the address, so that a list can be shared and come back to."""

from functools import cached_property

from django.utils.translation import gettext_lazy as _

from kommuner.kodeverk import Sektor
from prosjekter import fasettindeks, kodeverk
from prosjekter.forms.filtersett import Filtersett
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
)
from prosjekter.kodeverk import Kodeliste
from prosjekter.models import Prosjektsok
from sok import indeks as sokeindeks

MAKS_RANGERTE = 100  # hits, the nearest: so many are ranked one by one, and the rest come after by how near they are


class ProsjektFilter(Filtersett):
    """`data` is the query of the address; `queryset` is what the reader may see, and nothing else.

    `bare_alle`: nothing near the words.
    """

    bare_alle = False

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
    eksperimenter = Egenskapsfilter(fasett="eksperimenter", label=_("Har logget eksperimenter"))
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
        super().__init__(data, queryset, bruker=bruker)
        self.synlige = self.indeks.synlige(bruker)
        self._bits, self._uten = {}, {}

    @property
    def visning(self):
        """How the list is shown when it is not the usual way, else empty."""
        return next(iter(self.valgt.get("vis", ())), "")

    # ---- What it finds ----

    def funn_for(self, tekst):
        """What the words find among what the reader may see; the other filters come afterwards."""
        if tekst not in self._funnet:
            self._funnet[tekst] = sokeindeks.sok(
                Prosjektsok, tekst, self._godta, bare_alle=self.bare_alle, naerhet=self.indeks.naerhet
            )
        return self._funnet[tekst]

    def _godta(self, ider):
        return self.synlige if ider is None else self.indeks.bits_for(ider) & self.synlige

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

    def antall_ellers(self, uten=None, **i_stedet):
        """How many there would be without one of the filters, or with another value in it."""
        return self.bits(uten=uten, **i_stedet).bit_count()

    def tell(self, navn, verdier):
        """{value: how many have it}, among what all the other filters find."""
        har, grunnlag = self.indeks.verdier(self.filters[navn].fasett), self.treff_uten(navn)
        return {verdi: (grunnlag & har[verdi]).bit_count() if verdi in har else 0 for verdi in verdier}

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

    def rader(self, pks):
        """{pk: project} with what a row of the list shows."""
        return self.indeks.rader(self.bruker, pks)

    def pks(self, fra, til):
        """The primary keys of a stretch of the list, in its order."""
        if self.orden == Sorteringsfilter.RELEVANS:
            return self._etter_relevans(fra, til)
        return self.indeks.ordnet(self.treff, self.orden, fra, til)

    def _etter_relevans(self, fra, til):
        """The best first. Equally good ones: with something learnt before without, and then the nearest and newest."""
        naerhet = self.indeks.naerhet(self.funn.tekst)
        rekke = naerhet.ordnet(self.treff, max(til, MAKS_RANGERTE))
        if fra >= MAKS_RANGERTE:
            return self.indeks.pks_paa(rekke[fra:til])
        rangeres, resten = rekke[:MAKS_RANGERTE], rekke[MAKS_RANGERTE:]
        laert = self.indeks.maske(self.indeks.bits("laering", fasettindeks.JA))[rangeres]
        pks = self.indeks.pks_paa(rangeres)
        poeng = sokeindeks.ranger(Prosjektsok, self.funn, pks, naerhet)
        verdt = {pk: (float(f"{poeng.get(pk, 0):.3g}"), har) for pk, har in zip(pks, laert.tolist(), strict=True)}
        beste = sorted(pks, key=verdt.__getitem__, reverse=True)
        return (beste + self.indeks.pks_paa(resten))[fra:til]

    # ---- How the list is shown ----

    def visninger(self):
        return [
            {"verdi": verdi, "navn": navn, "adresse": self.adresse(vis="" if verdi == "liste" else verdi),
             "er_valgt": verdi == (self.visning or "liste")}
            for verdi, navn in self.filters["vis"].meny()
        ]  # fmt: skip
