"""The kinds of filters the list of projects has: what may be asked for, what each value is called, and who has it.

Who has it is asked of the index of facets (prosjekter.fasettindeks), never of the database.
"""

import re
import unicodedata
from copy import copy
from itertools import groupby

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommuner.models import Fylke, Kommune, Kommunenummer, Organisasjon
from missions.models import Mission
from partnerskap.felles import innhold
from prosjekter.fasettindeks import JA
from prosjekter.kodeverk import ordene
from sok import sporring

MAKS_TEGN = 200  # of a search
MAKS_ORD = 40  # most of them small: a question in plain words
KONTROLLTEGN = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


class Flervalgsfelt(forms.MultipleChoiceField):
    """Its values have been sorted out before they come here (Valgfilter.tolk), so all are valid."""

    def valid_value(self, value):
        return True


class SomDenEr:
    """A filter has nothing inside that changes, so each set gets a plain copy: to copy all there is in it takes a tenth of a list."""

    def __deepcopy__(self, memo):
        return copy(self)


class Valgfilter(SomDenEr, django_filters.Filter):
    """A filter with any number of values, one facet of the page. `fasett` is its name in the index.

    `som_meny`: too many values for boxes to tick; one is added at a time from a menu whose first line is `tomt`.
    `er_apen`: unfolded on wide screens also when nothing is chosen in it.
    """

    field_class = Flervalgsfelt
    flere = True  # values at once
    merker = {}  # {value: the mark it is drawn with}, when `med_merke` and they are called differently

    def __init__(self, *, ukjent, fasett="", som_meny=False, tomt="", er_apen=False, med_merke=False, **kwargs):
        super().__init__(choices=(), **kwargs)
        self.ukjent = ukjent  # the sentence that names a value we do not know
        self.fasett = fasett
        self.som_meny, self.tomt, self.er_apen, self.med_merke = som_meny, tomt, er_apen, med_merke

    def meny(self):
        """Pairs of value and name to choose from, or of a group's name and such pairs."""
        raise NotImplementedError

    def tolk(self, verdier):
        """What was asked for as {value: name}, and the values nobody knows."""
        navn = {str(verdi): str(navn) for verdi, navn in self.meny()}
        return {v: navn[v] for v in verdier if v in navn}, [v for v in verdier if v not in navn]

    def bits(self, indeks, verdier):
        """The projects that have any of the values."""
        return indeks.noen_av(self.fasett, verdier)


class Kodefilter(Valgfilter):
    """A code list."""

    def __init__(self, kodeverk, *, fasett, **kwargs):
        self.kodeverk = kodeverk
        super().__init__(fasett=fasett, **kwargs)

    def meny(self):
        return list(ordene(self.kodeverk).items())


class Egenskapsfilter(Valgfilter):
    """What a project has or has not. Its facets are gathered under one heading; `label` is the one choice."""

    ukjent_verdi = _("«%s» betyr ingenting her. Skriv «ja».")

    def __init__(self, *, fasett, **kwargs):
        super().__init__(fasett=fasett, ukjent=self.ukjent_verdi, **kwargs)

    def meny(self):
        return [(JA, self.label)]


class Missionfilter(Valgfilter):
    """Projects the mission's curator has said yes to, under missions the reader may see."""

    def meny(self):
        if self.parent.bruker.is_anonymous:
            return innhold.husk("missions", self._synlige)
        if not hasattr(self, "_meny"):
            self._meny = self._synlige()
        return self._meny

    def _synlige(self):
        return list(Mission.objects.synlige_for(self.parent.bruker).values_list("slug", "tittel"))


class Kommunefilter(Valgfilter):
    """Any number a municipality has ever had. One that was merged or split is found under those that followed it."""

    def meny(self):
        return innhold.husk("kommuner", self._alle)

    @staticmethod
    def _alle():
        gjeldende = Kommune.objects.gjeldende().order_by(
            "fylke__sorteringsnokkel", "fylke__nummer", "sorteringsnokkel", "nummer"
        )
        rader = gjeldende.values_list("fylke__navn", "nummer", "navn")
        return [
            (fylke, [(nummer, navn) for _fylke, nummer, navn in gruppe])
            for fylke, gruppe in groupby(rader, key=lambda rad: rad[0])
        ]

    def tolk(self, verdier):
        # In order of time: a number that has been used twice means the municipality that had it last.
        hadde = dict(Kommunenummer.objects.filter(nummer__in=verdier).values_list("nummer", "kommune"))
        i_dag = set().union(*(self.parent.slektstre.naavaerende(pk) for pk in hadde.values()))
        kommuner = Kommune.objects.filter(pk__in=i_dag).select_related("fylke")
        return {k.nummer: k.visningsnavn for k in kommuner}, [v for v in verdier if v not in hadde]


class Fylkefilter(Valgfilter):
    """Municipalities that are or were in the county, and organisations placed there."""

    def meny(self):
        gjeldende = Fylke.objects.gjeldende()
        return innhold.husk("fylker", lambda: list(gjeldende.values_list("nummer", "navn")))

    def tolk(self, verdier):
        fylker = Fylke.objects.filter(nummer__in=verdier)
        valgte = {f.nummer: gettext("%(fylke)s fylke") % {"fylke": f.navn} for f in fylker}
        return valgte, [v for v in verdier if v not in valgte]


class Organisasjonsfilter(Valgfilter):
    """One organisation, with those it has taken over from. Municipalities have a filter of their own."""

    def meny(self):
        partnere = Organisasjon.objects.partnere().order_by("sorteringsnokkel", "pk")
        return innhold.husk("partnere", lambda: list(partnere.values_list("slug", "navn")))

    def tolk(self, verdier):
        valgte = dict(Organisasjon.objects.filter(slug__in=verdier).values_list("slug", "navn"))
        return valgte, [v for v in verdier if v not in valgte]


class Aarfilter(Valgfilter):
    """The year the work started. A project that does not say is counted in the year it was published."""

    def meny(self):
        return [(aar, aar) for aar in sorted(self.parent.indeks.verdier(self.fasett), reverse=True)]

    def tolk(self, verdier):
        siste = timezone.localdate().year + 1
        kjente = [v for v in verdier if re.fullmatch(r"[12][0-9]{3}", v) and 1900 <= int(v) <= siste]
        return {v: gettext("Startet %(aar)s") % {"aar": v} for v in kjente}, [v for v in verdier if v not in kjente]


class Tekstfilter(SomDenEr, django_filters.CharFilter):
    """Norwegian search in all the project's texts, see docs/sok.md. What it found is in the filter set's `funn`."""

    flere = False
    ukjent = _("Søket er for langt. Vi søkte på begynnelsen: «%s»")

    def tolk(self, verdier):
        ordene = KONTROLLTEGN.sub(" ", unicodedata.normalize("NFC", verdier[-1])).split()
        tekst = " ".join(ordene[:MAKS_ORD])[:MAKS_TEGN].strip()
        if tekst and sporring.les(tekst).er_tom:
            self.parent.ukjente.append(gettext("«%s» har ingen ord vi kan søke etter.") % kort(tekst))
            return {}, []
        valgte = {tekst: f"«{kort(tekst)}»"} if tekst else {}
        return valgte, [] if tekst == " ".join(ordene) else [tekst]

    def bits(self, indeks, verdier):
        return self.parent.funn_for(verdier[0]).treff


class Enkeltvalg(Valgfilter):
    """How the list is shown: one value at a time, never a chip."""

    field_class = forms.ChoiceField
    flere = False


class Sorteringsfilter(Enkeltvalg):
    """One order at a time. The newest first goes without saying, or the most relevant when one searches."""

    NYESTE = "nyeste"
    RELEVANS = "relevans"
    VALG = {
        RELEVANS: _("Mest relevant"),
        NYESTE: _("Nyeste først"),
        "oppdatert": _("Sist oppdatert"),
        "bekreftet": _("Sist bekreftet"),
        "gjenbruk": _("Mest gjenbrukt"),
        "tittel": _("Tittel, a til å"),
    }

    def meny(self):
        return [(verdi, navn) for verdi, navn in self.VALG.items() if verdi != self.RELEVANS or self.parent.soker]


class Stromsortering(Sorteringsfilter):
    """By time, or by the words: never by how many have use of it."""

    VALG = {
        Sorteringsfilter.RELEVANS: _("Mest relevant"),
        Sorteringsfilter.NYESTE: _("Nyeste først"),
        "eldste": _("Eldste først"),
    }


class Visningsfilter(Enkeltvalg):
    """As a list with texts, a table, or a map. A list goes without saying."""

    LISTE = "liste"
    VALG = {LISTE: _("Liste"), "tabell": _("Tabell"), "kart": _("Kart")}

    def meny(self):
        return list(self.VALG.items())


def kort(verdi, maks=40):
    """What someone typed, short enough to say back."""
    return verdi if len(verdi) <= maks else f"{verdi[:maks].rstrip()}…"
