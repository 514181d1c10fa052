"""The filters of the list of projects. They live in the address, so that a list can be shared and come back to.

Several values in one filter mean «or», several filters mean «and». A value that means nothing is never dropped in
silence: it ends in `ukjente`, and the page names it.
"""

import re
import unicodedata
from datetime import date, datetime
from functools import cached_property, reduce
from itertools import groupby
from operator import or_
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommuner.models import Fylke, Kommune, Kommunenummer, Organisasjon
from kommuner.oppslag import Slektstre
from missions.models import Mission
from prosjekter.kodeverk import Fase, Kodeliste, Tjenesteomrade, Utfall
from prosjekter.models import Deltakelse, Klassifisering, Missiontilknytning
from sok import sporring
from sok.indeks import Funn, finn

MAKS_TEGN = 200  # of a search
MAKS_ORD = 10
MAKS_VERDIER = 50  # in one filter
MAKS_UKJENTE = 5  # named to the reader
FORSTE_AAR = 2015  # in the menu; older years work in the address
KONTROLLTEGN = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


class Flervalgsfelt(forms.MultipleChoiceField):
    """Its values have been sorted out before they come here (Valgfilter.tolk), so all are valid."""

    def valid_value(self, value):
        return True


class Filtervalg(forms.CheckboxSelectMultiple):
    """Boxes to tick, drawn in one go: there are some thirty of them on the page."""

    template_name = "django/forms/widgets/filtervalg.html"

    def __init__(self, med_merke=False):
        super().__init__()
        self.med_merke = med_merke  # the mark of an outcome before the word

    def get_context(self, name, value, attrs):
        kontekst = super().get_context(name, value, attrs)
        kontekst["widget"]["med_merke"] = self.med_merke
        return kontekst


class LeggTil(forms.SelectMultiple):
    """A menu that adds one value at a time, with those already chosen as boxes that can be unticked."""

    template_name = "django/forms/widgets/legg_til.html"
    use_fieldset = True
    valgte = {}  # {value: name}, set by the form

    def __init__(self, tomt, legg_til):
        super().__init__({"aria-label": legg_til})
        self.tomt = tomt

    def optgroups(self, name, value, attrs=None):
        return []

    def get_context(self, name, value, attrs):
        kontekst = super().get_context(name, value, attrs)
        valg = list(self.choices)
        grupper = valg if valg and isinstance(valg[0][1], list) else [("", valg)]
        del kontekst["widget"]["attrs"]["multiple"]
        kontekst["widget"] |= {"grupper": grupper, "tomt": self.tomt, "valgte": self.valgte.items()}
        return kontekst


class Valgfilter(django_filters.Filter):
    """A filter with any number of values. A subclass knows which there are and what each keeps."""

    field_class = Flervalgsfelt
    flere = True  # values at once

    def __init__(self, *, ukjent, **kwargs):
        super().__init__(choices=self.meny, **kwargs)
        self.ukjent = ukjent  # the sentence that names a value we do not know

    def meny(self):
        """Pairs of value and name to choose from."""
        raise NotImplementedError

    def tolk(self, verdier):
        """What was asked for as {value: name}, and the values nobody knows."""
        navn = {str(verdi): str(navn) for verdi, navn in self.meny()}
        return {v: navn[v] for v in verdier if v in navn}, [v for v in verdier if v not in navn]

    def filter(self, qs, verdier):
        return self.behold(qs, verdier) if verdier else qs


class Kodefilter(Valgfilter):
    """A column with a code, fase or utfall."""

    def __init__(self, kodeverk, **kwargs):
        self.kodeverk = kodeverk
        super().__init__(**{"widget": Filtervalg, **kwargs})

    def meny(self):
        return self.kodeverk.choices

    def behold(self, qs, verdier):
        return qs.filter(**{f"{self.field_name}__in": verdier})


class Klassifiseringsfilter(Kodefilter):
    """A code in a table of its own."""

    def behold(self, qs, verdier):
        treff = Klassifisering.objects.filter(liste=self.field_name, verdi__in=verdier)
        return qs.filter(pk__in=treff.values("prosjekt"))


class Missionfilter(Valgfilter):
    """Projects the mission's curator has said yes to, under missions the reader may see."""

    def meny(self):
        return list(Mission.objects.synlige_for(self.parent.bruker).values_list("slug", "tittel"))

    def behold(self, qs, verdier):
        synlige = Mission.objects.synlige_for(self.parent.bruker).filter(slug__in=verdier)
        godtatte = Missiontilknytning.objects.filter(
            mission__in=synlige.values("pk"), svar=Missiontilknytning.Svar.GODTATT
        )
        return qs.filter(pk__in=godtatte.values("prosjekt"))


class Deltakerfilter(Valgfilter):
    """Projects where any of some organisations takes part or has done, as owner or in another role."""

    def organisasjoner(self, verdier):
        raise NotImplementedError

    def behold(self, qs, verdier):
        return qs.filter(pk__in=Deltakelse.objects.filter(organisasjon__in=self._ider(verdier)).values("prosjekt"))

    def _ider(self, verdier):
        # The same answer is asked for again when the list is empty and other ways are tried.
        if not hasattr(self, "_husket"):
            self._husket = list(self.organisasjoner(verdier).values_list("pk", flat=True))
        return self._husket


class Kommunefilter(Deltakerfilter):
    """Any number a municipality has ever had. One that was merged or split is found under those that followed it."""

    def meny(self):
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

    def organisasjoner(self, verdier):
        kommuner = Kommune.objects.filter(nummer__in=verdier)
        return Organisasjon.objects.filter(kommune__in=self.parent.med_forgjengere(kommuner))


class Fylkefilter(Deltakerfilter):
    """Municipalities that are or were in the county, and organisations placed there."""

    def meny(self):
        return list(Fylke.objects.gjeldende().values_list("nummer", "navn"))

    def tolk(self, verdier):
        fylker = Fylke.objects.filter(nummer__in=verdier)
        valgte = {f.nummer: gettext("%(fylke)s fylke") % {"fylke": f.navn} for f in fylker}
        return valgte, [v for v in verdier if v not in valgte]

    def organisasjoner(self, verdier):
        kommuner = Kommune.objects.filter(Q(fylke__nummer__in=verdier) | Q(numre__fylke__nummer__in=verdier))
        steder = self.parent.med_forgjengere(kommuner)
        return Organisasjon.objects.filter(Q(kommune__in=steder) | Q(fylke__nummer__in=verdier))


class Organisasjonsfilter(Deltakerfilter):
    """One organisation, with those it has taken over from."""

    def meny(self):
        """Partners that take part in something the reader may see. Municipalities have a filter of their own."""
        # Asked for each partner, and done at its first project: never a list of all the projects there are.
        synlig = self.parent.queryset.filter(pk=OuterRef("prosjekt"))
        synlige = Deltakelse.objects.filter(Exists(synlig), organisasjon=OuterRef("pk"))
        return list(
            Organisasjon.objects.partnere()
            .filter(Exists(synlige))
            .order_by("sorteringsnokkel", "pk")
            .values_list("slug", "navn")
        )

    def tolk(self, verdier):
        valgte = dict(Organisasjon.objects.filter(slug__in=verdier).values_list("slug", "navn"))
        return valgte, [v for v in verdier if v not in valgte]

    def organisasjoner(self, verdier):
        direkte = Q(slug__in=verdier) | Q(etterfolger__slug__in=verdier)
        return Organisasjon.objects.filter(direkte | Q(etterfolger__etterfolger__slug__in=verdier))


class Aarfilter(Valgfilter):
    """The year the work started. A project that does not say is counted in the year it was published."""

    def meny(self):
        return [(str(aar), str(aar)) for aar in range(timezone.localdate().year, FORSTE_AAR - 1, -1)]

    def tolk(self, verdier):
        siste = timezone.localdate().year + 1
        kjente = [v for v in verdier if re.fullmatch(r"[12][0-9]{3}", v) and 1900 <= int(v) <= siste]
        return {v: gettext("Startet %(aar)s") % {"aar": v} for v in kjente}, [v for v in verdier if v not in kjente]

    def behold(self, qs, verdier):
        return qs.filter(reduce(or_, (self._i_aaret(int(v)) for v in verdier)))

    def _i_aaret(self, aar):
        # Periods rather than __year: they can use an index, and cost no call per row.
        fra, til = (timezone.make_aware(datetime(a, 1, 1)) for a in (aar, aar + 1))  # noqa: DTZ001
        return Q(start_dato__gte=date(aar, 1, 1), start_dato__lt=date(aar + 1, 1, 1)) | Q(
            start_dato=None, publisert_tid__gte=fra, publisert_tid__lt=til
        )


class Tekstfilter(django_filters.CharFilter):
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

    def filter(self, qs, tekst):
        return self.parent.funn_for(qs, tekst).rader


class Sorteringsfilter(Valgfilter):
    """One order at a time. The newest first goes without saying, or the most relevant when one searches."""

    field_class = forms.ChoiceField
    flere = False
    NYESTE = "nyeste"
    RELEVANS = "relevans"
    VALG = {
        RELEVANS: _("Mest relevant"),
        NYESTE: _("Nyeste først"),
        "oppdatert": _("Sist oppdatert"),
        "tittel": _("Tittel, a til å"),
    }
    REKKEFOLGE = {
        RELEVANS: ["-relevans", "-publisert_tid", "-pk"],
        NYESTE: ["-publisert_tid", "-pk"],
        "oppdatert": ["-endret_tid", "-pk"],
        "tittel": ["sorteringsnokkel", "pk"],
    }

    def meny(self):
        return [(verdi, navn) for verdi, navn in self.VALG.items() if verdi != self.RELEVANS or self.parent.soker]

    def filter(self, qs, verdi):
        vanlig = self.RELEVANS if self.parent.soker else self.NYESTE
        return qs.order_by(*self.REKKEFOLGE[verdi or vanlig])


class ProsjektFilter(django_filters.FilterSet):
    """`data` is the query of the address; `queryset` is what the reader may see, and nothing else."""

    q = Tekstfilter(label=_("Søk i prosjekter"))
    utfall = Kodefilter(
        Utfall,
        field_name="utfall",
        label=_("Utfall"),
        ukjent=_("«%s» er ikke et utfall."),
        widget=Filtervalg(med_merke=True),
    )
    mission = Missionfilter(label=_("Mission"), ukjent=_("«%s» er ikke en mission vi kjenner."), widget=Filtervalg)
    fylke = Fylkefilter(
        label=_("Fylke"),
        ukjent=_("«%s» er ikke et fylkesnummer."),
        widget=LeggTil(_("Hele landet"), _("Legg til et fylke")),
    )
    kommune = Kommunefilter(
        label=_("Kommune"),
        ukjent=_("«%s» er ikke et kommunenummer."),
        widget=LeggTil(_("Alle kommuner"), _("Legg til en kommune")),
    )
    fase = Kodefilter(Fase, field_name="fase", label=_("Fase"), ukjent=_("«%s» er ikke en fase."))
    tjenesteomrade = Klassifiseringsfilter(
        Tjenesteomrade,
        field_name=Kodeliste.TJENESTEOMRADE,
        label=_("Tjenesteområde"),
        ukjent=_("«%s» er ikke et tjenesteområde."),
    )
    organisasjon = Organisasjonsfilter(
        label=_("Partner"),
        ukjent=_("«%s» er ikke en organisasjon vi kjenner."),
        widget=LeggTil(_("Alle partnere"), _("Legg til en partner")),
    )
    aar = Aarfilter(
        label=_("Startet"),
        ukjent=_("«%s» er ikke et år vi kjenner."),
        widget=LeggTil(_("Alle år"), _("Legg til et år")),
    )
    sorter = Sorteringsfilter(
        label=_("Sorter"), ukjent=_("«%s» er ikke en måte å sortere på."), widget=forms.Select({"form": "filtre"})
    )

    def __init__(self, data, queryset, *, bruker):
        super().__init__({}, queryset)
        self.bruker = bruker
        self.ukjente = []
        self._funnet = {}
        # Whether there are words to be relevant to: more than what must not be there.
        self.soker = any(sporring.les(tekst).krav for tekst in data.getlist("q"))
        self.valgt = self._tolk(data)
        self.data = {navn: self._verdi(navn) for navn in self.valgt}

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

    def funn_for(self, qs, tekst):
        # The words are the first filter, so what they find is the same whatever ways on are tried.
        if tekst not in self._funnet:
            self._funnet[tekst] = finn(qs, tekst)
        return self._funnet[tekst]

    @property
    def funn(self):
        """What the words found, before the other filters."""
        tekst = next(iter(self.valgt.get("q", ())), None)
        return self._funnet.get(tekst) or Funn(self.queryset)

    @property
    def form(self):
        skjema = super().form
        skjema.merk_valgfritt = False
        for navn, felt in skjema.fields.items():
            felt.widget.valgte = self.valgt.get(navn, {})
        return skjema

    @property
    def antall(self):
        """How many values are ticked; what is searched for stands in its own field."""
        return sum(len(valgte) for navn, valgte in self.filtrene.items() if navn != "q")

    @cached_property
    def slektstre(self):
        return Slektstre()

    def med_forgjengere(self, kommuner):
        """Ids of the municipalities and all that have gone into them."""
        ider = kommuner.values_list("pk", flat=True)
        return set().union(*(self.slektstre.med_forgjengere(pk) for pk in ider))

    @property
    def filtrene(self):
        """Those in use, without the order of the list."""
        return {navn: valgte for navn, valgte in self.valgt.items() if navn != "sorter"}

    def treff_uten(self, utelatt, **i_stedet):
        """What the list would hold without one of the filters, or with another value in it."""
        qs = self.queryset
        for navn in self.filtrene:
            if navn in i_stedet or navn != utelatt:
                qs = self.filters[navn].filter(qs, i_stedet.get(navn, self._verdi(navn)))
        return qs

    def adresse(self, uten=None, verdi=None, **i_stedet):
        """The query of the address: as it is, without a filter, or without one value of it."""
        deler = [
            (navn, v)
            for navn, valgte in self.valgt.items()
            for v in ([i_stedet[navn]] if navn in i_stedet else valgte)
            if not (navn == uten and verdi in (None, v))
        ]
        return f"?{urlencode(deler)}"

    def under(self, sti):
        """The same filters on another address, the feed's for one; the order is the list's own."""
        return (sti + self.adresse("sorter")).rstrip("?")

    def chips(self):
        """Each value in use, with the address of the list without it."""
        return [
            {"navn": valgnavn, "adresse": self.adresse(navn, verdi)}
            for navn, valgte in self.filtrene.items()
            for verdi, valgnavn in valgte.items()
        ]


def kort(verdi, maks=40):
    """What someone typed, short enough to say back."""
    return verdi if len(verdi) <= maks else f"{verdi[:maks].rstrip()}…"


def ryddet(data):
    """The query without what says nothing: empty fields, the usual order, the first page. None if nothing is to go."""
    vanlig = Sorteringsfilter.RELEVANS if data.get("q", "").strip() else Sorteringsfilter.NYESTE
    tause = {"sorter": vanlig, "side": "1"}
    ren = data.copy()
    for navn in ProsjektFilter.base_filters.keys() | tause.keys():
        if navn in data:
            ren.setlist(navn, [v for v in data.getlist(navn) if v.strip() not in ("", tause.get(navn))])
    return ren if ren.urlencode() != data.urlencode() else None
