"""What one can search for besides projects, a group for each kind of thing.

A new kind is a function that takes a Sok and gives Ting, the best first, and a line in GRUPPER. The search page and the
suggestions use the same functions; in suggestions `sok.bruker` is anonymous, since everyone is given the same answer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property, partial
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Value
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from kommuner.models import Fylke
from kommuner.navnesok import andre_navn, finn_organisasjoner, finn_steder
from kommuner.tilgang import er_missionkurator
from missions.models import (
    EksterntInitiativ,
    Hovedprosjekt,
    Initiativsok,
    Mission,
    Samfunnsutfordring,
    Utfordring,
    Utfordringssok,
)
from partnerskap.felles import innhold
from partnerskap.felles.ferdig_sql import ferdig_sql
from partnerskap.felles.norsk import norsk_slug
from prosjekter.forms.delfilter import etter_relevans
from prosjekter.forms.eksperimentfiltre import EksperimentFilter
from prosjekter.forms.laeringsfiltre import LaeringFilter
from prosjekter.models import Barriere, Barrieresok, Eksperiment, Laering, Regel
from prosjekter.tema import TEMAER
from prosjekter.temaord import OGSAA_KALT
from sok import sporring
from sok.indeks import finn_alle, med_relevans
from sok.indeks import sok as finn_ider
from sok.passer import passer

MAKS_TING = 100  # of one kind; the page shows the first few and the number
MAKS_TING_FORSLAG = 10
MAKS_TITLER = 300  # read while someone types


@dataclass(frozen=True)
class Sok:
    """What is asked, and by whom. `mens_man_skriver`: only names count, and not the texts behind them."""

    tekst: str
    bruker: object
    mens_man_skriver: bool = False

    @cached_property
    def sporring(self):
        return sporring.les(self.tekst, prefiks=True)

    @property
    def maks(self):
        return MAKS_TING_FORSLAG if self.mens_man_skriver else MAKS_TING

    @cached_property
    def slug(self):
        return norsk_slug(self.tekst, maks=200)


@dataclass(frozen=True)
class Ting:
    """Something found: its name, where it leads, and a line about it. `traff` is the name that was met, if another."""

    navn: str
    adresse: str
    om: str = ""
    traff: str = ""
    sprak: str = ""
    er_eksempel: bool = False

    def heter(self, sok):
        """Whether the reader typed exactly this name."""
        return any(norsk_slug(navn, maks=200) == sok.slug for navn in {self.navn, self.traff or self.navn})


@dataclass(frozen=True)
class Gruppe:
    slug: str
    navn: str
    finn: Callable[[Sok], list[Ting]]
    alle: str  # the name of the page that lists them all
    se_alle: str
    maks_forslag: int = 2
    kan_sokes: bool = False  # that page takes the same search

    def adresse(self, tekst):
        return reverse(self.alle) + (f"?{urlencode({'q': tekst})}" if self.kan_sokes else "")


def steder(sok):
    """Municipalities and counties by name or number, also those of old."""
    funnet = finn_steder(sok.tekst)[: sok.maks]
    navn = andre_navn([t.sted.pk for t in funnet if not isinstance(t.sted, Fylke)])
    return [_fylke(t.sted) if isinstance(t.sted, Fylke) else _kommune(t, navn.get(t.sted.pk, ())) for t in funnet]


def _fylke(fylke):
    om = _("Tidligere fylke") if fylke.gyldig_til else _("Fylke")
    return Ting(fylke.navn, reverse("fylkesside", args=[fylke.nummer]), om)


def _kommune(treff, andre):
    om = [_("Kommune i %(fylke)s") % {"fylke": treff.sted.fylke}]
    if treff.tidligere:
        om.append(pgettext("et tidligere navn eller nummer", "tidligere %(navn)s") % {"navn": treff.traff})
    om += andre
    return Ting(str(treff.sted), treff.sted.get_absolute_url(), " · ".join(om), traff=treff.traff)


def tema(sok):
    """Service areas, target groups and methods, also by other words for them."""
    i_navnet, ellers = [], []
    for ting, ord_ in _temaer(get_language()):
        if passer(sok.sporring, ting.navn):
            i_navnet.append(ting)
        elif passer(sok.sporring, ord_):
            ellers.append(ting)
    return i_navnet + ellers


@cache
def _temaer(_sprak):
    """Every topic with the words for it. The code lists are part of the program, so they are read once a language."""
    return [
        (Ting(str(t), t.get_absolute_url(), str(t.type)), f"{t} {OGSAA_KALT.get(t.verdi, '')}") for t in TEMAER.values()
    ]


def missions(sok):
    """Missions, the challenges they are under, and KS' main projects. The few there are are read once until something changes."""
    i_navnet, i_teksten = [], []
    for ting, tekst in _missionting(sok.bruker):
        if passer(sok.sporring, ting.navn):
            i_navnet.append(ting)
        elif not sok.mens_man_skriver and passer(sok.sporring, tekst):
            i_teksten.append(ting)
    return i_navnet + i_teksten


def _missionting(bruker):
    """Each with all that is written of it, as this person may see them. Only a curator sees more than everyone does."""
    if er_missionkurator(bruker):
        return _les_missions(bruker)
    return innhold.husk(f"missionting-{get_language()}", lambda: _les_missions(AnonymousUser()))


def _les_missions(bruker):
    kilder = (
        (Mission.objects.synlige_for(bruker), "missionside", ("tittel", "retningsmal"), _("Mission")),
        (Samfunnsutfordring.objects.all(), "missions:samfunnsutfordring", ("navn", "ingress"), _("Samfunnsutfordring")),
        (Hovedprosjekt.objects.all(), "missions:hovedprosjekt", ("tittel", "ingress"), _("Hovedprosjekt")),
    )
    return [
        (Ting(navn, reverse(side, args=[slug]), hva, er_eksempel=eksempel), "\n".join([navn, *tekster]))
        for rader, side, felt, hva in kilder
        for slug, eksempel, navn, *tekster in rader.values_list(
            "slug", F("er_eksempel") if rader.model is Mission else Value(False), *felt, "beskrivelse"
        )
    ]


def utfordringer(sok):
    """Shared needs. They have an index of their own; while someone types, the newest titles are read instead."""
    if sok.mens_man_skriver:
        rader = innhold.husk("titler på utfordringer", _utfordringstitler)
    else:
        funnet = finn_alle(partial(_utfordringer, bruker=sok.bruker), Utfordringssok, sok.tekst)
        rader = ((u.tittel, u.slug, u.eier.navn, u.er_eksempel) for u in funnet)
    return [
        Ting(tittel, reverse("utfordringer:utfordring", args=[slug]), eier, er_eksempel=er_eksempel)
        for tittel, slug, eier, er_eksempel in rader
        if not sok.mens_man_skriver or passer(sok.sporring, tittel)
    ]


@ferdig_sql
def _utfordringer(valg, uten, *, bruker):
    synlige = Utfordring.objects.synlige_for(bruker).publiserte().exclude(pk__blant=uten)
    rader = med_relevans(synlige, valg).order_by("-relevans", "-antall", "-pk").select_related("eier")
    return rader.only("tittel", "slug", "eier__navn", "er_eksempel")[:MAKS_TING]


def _utfordringstitler():
    synlige = Utfordring.objects.synlige_for(AnonymousUser()).publiserte()
    return list(synlige.values_list("tittel", "slug", "eier__navn", "er_eksempel")[:MAKS_TITLER])


def initiativer(sok):
    """What others do elsewhere, those KS shows. Found as needs are."""
    if sok.mens_man_skriver:
        rader = innhold.husk("navn på initiativer", _initiativnavn)
        rader = [rad for rad in rader if passer(sok.sporring, rad[0])]
    else:
        funnet = finn_alle(partial(_initiativer, bruker=sok.bruker), Initiativsok, sok.tekst)
        rader = ((i.navn, i.slug, i.eier, i.er_eksempel) for i in funnet)
    return [
        Ting(navn, reverse("initiativer:initiativ", args=[slug]), eier, er_eksempel=er_eksempel)
        for navn, slug, eier, er_eksempel in rader
    ]


def _initiativnavn():
    synlige = EksterntInitiativ.objects.synlige_for(AnonymousUser()).filter(aktiv=True)
    return list(synlige.values_list("navn", "slug", "eier", "er_eksempel")[:MAKS_TITLER])


@ferdig_sql
def _initiativer(valg, uten, *, bruker):
    synlige = EksterntInitiativ.objects.synlige_for(bruker).filter(aktiv=True).exclude(pk__blant=uten)
    rader = med_relevans(synlige, valg).order_by("-relevans", "navn", "pk")
    return rader.only("navn", "slug", "eier", "er_eksempel")[:MAKS_TING]


def laering(sok):
    """Lessons, as the stream would find them."""
    return _i_strommen(sok, LAERINGER, lambda kort: (kort.tekst, kort.get_type_display()))


def eksperimenter(sok):
    """What has been tried, as the stream would find it."""
    return _i_strommen(sok, EKSPERIMENTER, lambda forsok: (forsok.hypotese, forsok.hvordan_det_gaar))


class Strom:
    """What the search asks of one of the streams: which of these may be seen, the newest first, and what they say."""

    def __init__(self, modell, filtre):
        def synlige(ider, bruker):
            return modell.objects.synlige_for(bruker).i_strommen().filter(pk__blant=ider)

        self.sokerad = filtre.SOKERAD
        self.nyest_forst = ferdig_sql(
            lambda ider, *, bruker: synlige(ider, bruker).order_by(f"-{filtre.TID}", "-pk").values_list("pk", flat=True)
        )
        self.rader = ferdig_sql(lambda ider, *, bruker: synlige(ider, bruker).for_rad().order_by())


LAERINGER = Strom(Laering, LaeringFilter)
EKSPERIMENTER = Strom(Eksperiment, EksperimentFilter)


def _i_strommen(sok, strom, navn_og_hva):
    """A sentence is no name, so nothing is suggested while someone types."""
    if sok.mens_man_skriver:
        return []

    def synlige(ider):
        return [] if ider is None or not len(ider) else strom.nyest_forst(ider.tolist(), bruker=sok.bruker)

    funn = finn_ider(strom.sokerad, sok.tekst, synlige, bare_alle=True)
    if not funn.treff:
        return []
    pks = etter_relevans(strom.sokerad, funn, funn.treff)[:MAKS_TING]
    rader = {rad.pk: rad for rad in strom.rader(pks, bruker=sok.bruker)}
    return [_av_prosjekt(rader[pk], *navn_og_hva(rader[pk])) for pk in pks if pk in rader]


def _av_prosjekt(rad, navn, hva):
    om = f"{hva} · {rad.prosjekt.eier.navn}"
    return Ting(navn, rad.get_absolute_url(), om, sprak=rad.prosjekt.malform, er_eksempel=rad.er_eksempel)


def barrierer(sok):
    """What stands in the way. They have an index of their own; while someone types, only rules are met, by name."""
    if sok.mens_man_skriver:
        regler = innhold.husk("regler", _regler)
        return [Ting(r.navn, r.get_absolute_url(), _("Regel")) for r in regler if passer(sok.sporring, r.navn)]
    rader = finn_alle(partial(_barrierer, bruker=sok.bruker), Barrieresok, sok.tekst)
    return [
        Ting(b.kort, b.get_absolute_url(), f"{b.regel or b.prosjekt.eier}", er_eksempel=b.er_eksempel) for b in rader
    ]


def _regler():
    return list(Regel.objects.synlige_for(AnonymousUser()).filter(del_av=None)[:MAKS_TITLER])


@ferdig_sql
def _barrierer(valg, uten, *, bruker):
    synlige = Barriere.objects.synlige_for(bruker).meldte().exclude(pk__blant=uten)
    return med_relevans(synlige, valg).order_by("-relevans", "-pk").for_rad()[:MAKS_TING]


def organisasjoner(sok):
    """Partners, and invented municipalities. A real municipality is a place."""
    rader = finn_organisasjoner(sok.tekst)[: sok.maks]
    funnet = [Ting(o.navn, o.get_absolute_url(), o.get_sektor_display(), er_eksempel=o.er_eksempel) for o in rader]
    return sorted(funnet, key=lambda t: not norsk_slug(t.navn).startswith(sok.slug))


def portalen(sok):
    """Our own pages, by what people call them."""
    sider = [
        (_("Slik virker portalen"), "om", _("om hjelp veiledning bruke hva er pri partnerskap radikal innovasjon ks")),
        (_("Registrer prosjekt"), "prosjekter:ny", _("nytt melde inn legge inn legg publisere dele sende")),
        (_("Min side"), "minside", _("logg inn innlogging bruker konto profil passord kladd mine")),
        (_("Kontakt"), "kontakt", _("spørsmål epost e-post telefon feil support hjelp")),
        (_("Personvern"), "personvern", _("gdpr informasjonskapsler cookies personopplysninger")),
        (_("Tilgjengelighet"), "tilgjengelighet", _("universell utforming uu wcag")),
    ]
    om = _("Om portalen")
    return [Ting(navn, reverse(side), om) for navn, side, ogsaa in sider if passer(sok.sporring, f"{navn} {ogsaa}")]


GRUPPER = (
    Gruppe("steder", gettext_lazy("Kommuner og fylker"), steder, "kommuner:liste", gettext_lazy("Alle kommuner"), 3),
    Gruppe("tema", gettext_lazy("Temaer"), tema, "temaer", gettext_lazy("Alle temaer")),
    Gruppe("missions", gettext_lazy("Missions"), missions, "missions:liste", gettext_lazy("Alle missions")),
    Gruppe(
        slug="utfordringer",
        navn=gettext_lazy("Utfordringer"),
        finn=utfordringer,
        alle="utfordringer:liste",
        se_alle=gettext_lazy("Se alle i utfordringene"),
        kan_sokes=True,
    ),
    Gruppe(
        slug="initiativer",
        navn=gettext_lazy("Andre initiativer"),
        finn=initiativer,
        alle="initiativer:liste",
        se_alle=gettext_lazy("Se alle initiativene"),
    ),
    Gruppe(
        slug="laering",
        navn=gettext_lazy("Læring"),
        finn=laering,
        alle="laering:liste",
        se_alle=gettext_lazy("Se alle i læringen"),
        kan_sokes=True,
    ),
    Gruppe(
        slug="eksperimenter",
        navn=gettext_lazy("Eksperimenter"),
        finn=eksperimenter,
        alle="eksperimenter:liste",
        se_alle=gettext_lazy("Se alle eksperimentene"),
        kan_sokes=True,
    ),
    Gruppe(
        slug="barrierer",
        navn=gettext_lazy("Barrierer"),
        finn=barrierer,
        alle="barrierer:liste",
        se_alle=gettext_lazy("Se alle i barrierene"),
        kan_sokes=True,
    ),
    Gruppe(
        slug="organisasjoner",
        navn=gettext_lazy("Organisasjoner"),
        finn=organisasjoner,
        alle="partnere:liste",
        se_alle=gettext_lazy("Se alle blant partnerne"),
        kan_sokes=True,
    ),
    Gruppe("portalen", gettext_lazy("Om portalen"), portalen, "om", gettext_lazy("Slik virker portalen"), 1),
)


def foresla(tekst, prosjekter, maks):
    """(name, things) of each group with something to suggest, at most `maks` things in all. `prosjekter` are Ting."""
    sok = Sok(tekst, AnonymousUser(), mens_man_skriver=True)
    grupper = [[_("Prosjekter"), prosjekter]]
    grupper += [[str(g.navn), g.finn(sok)[: g.maks_forslag]] for g in GRUPPER]
    while sum(len(ting) for _navn, ting in grupper) > maks:
        max(grupper, key=lambda gruppe: len(gruppe[1]))[1].pop()
    # Who typed the whole name of something is shown that first.
    grupper.sort(key=lambda gruppe: not any(ting.heter(sok) for ting in gruppe[1]))
    return [(navn, ting) for navn, ting in grupper if ting]
