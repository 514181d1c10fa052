"""The filters of the list of barriers, its feed and its file, and the groups the list is shown in."""

from django.db.models import Case, CharField, Count, F, Max, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext_lazy as _

from kommuner.kodeverk import Forvaltningsniva
from prosjekter.forms.delfilter import Delfiltersett
from prosjekter.forms.filtertyper import (
    Enkeltvalg,
    Fylkefilter,
    Kodefilter,
    Kommunefilter,
    Missionfilter,
    Tekstfilter,
    Valgfilter,
)
from prosjekter.kodeverk import Barrieretype, Kodeliste, Policylabstatus, Tjenesteomrade
from prosjekter.models import Barriere, Barrieresok, Regel

VIS_I_GRUPPEN = 5


class Regelfilter(Valgfilter):
    """A rule that stands in the way of something the reader may see. One that has become part of another leads there."""

    def meny(self):
        regler = Regel.objects.filter(slug__in=list(self.parent.per_egen("regel"))).order_by("navn", "pk")
        return list(regler.values_list("slug", "navn"))

    def tolk(self, verdier):
        dit = dict(Regel.objects.filter(slug__in=verdier, del_av__isnull=False).values_list("slug", "del_av__slug"))
        slugger = [dit.get(verdi, verdi) for verdi in verdier]
        regler = Regel.objects.filter(pk__in=self.parent.queryset.filter(regel__slug__in=slugger).values("regel"))
        synlige = dict(regler.order_by("navn", "pk").values_list("slug", "navn"))
        ukjente = [v for v, slug in zip(verdier, slugger, strict=True) if slug not in synlige]
        return synlige, ukjente


class Gruppering(Enkeltvalg):
    """What the list is gathered by."""

    REGEL, NIVA = "regel", "niva"
    VALG = {REGEL: _("Etter regel"), NIVA: _("Etter hvem som kan fjerne dem")}

    def meny(self):
        return list(self.VALG.items())


class BarriereFilter(Delfiltersett):
    """`queryset` is the barriers the reader may see that stand, Barriere.objects.synlige_for(...).meldte()."""

    q = Tekstfilter(label=_("Søk i barrierene"))
    status = Kodefilter(
        Policylabstatus,
        fasett="status",
        label=_("Hva har kommet ut av den?"),
        ukjent=_("«%s» er ikke en status vi kjenner."),
        er_apen=True,
    )
    type = Kodefilter(
        Barrieretype,
        fasett="type",
        label=_("Hva slags?"),
        ukjent=_("«%s» er ikke en slags barriere vi kjenner."),
        er_apen=True,
    )
    niva = Kodefilter(
        Forvaltningsniva,
        fasett="niva",
        label=_("Hvem kan fjerne den?"),
        ukjent=_("«%s» er ikke et nivå vi kjenner."),
        er_apen=True,
    )
    regel = Regelfilter(
        fasett="regel",
        label=_("Lov eller regel"),
        ukjent=_("«%s» er ikke en regel vi kjenner."),
        som_meny=True,
        tomt=_("Alle regler"),
    )
    tjenesteomrade = Kodefilter(
        Tjenesteomrade,
        fasett=Kodeliste.TJENESTEOMRADE,
        label=_("Tjenesteområde"),
        ukjent=_("«%s» er ikke et tjenesteområde."),
    )
    mission = Missionfilter(fasett="mission", label=_("Mission"), ukjent=_("«%s» er ikke en mission vi kjenner."))
    fylke = Fylkefilter(fasett="fylke", label=_("Fylke"), ukjent=_("«%s» er ikke et fylkesnummer."))
    kommune = Kommunefilter(
        fasett="kommune",
        label=_("Kommune"),
        ukjent=_("«%s» er ikke et kommunenummer."),
        som_meny=True,
        tomt=_("Alle kommuner"),
    )
    grupper = Gruppering(label=_("Grupper"), ukjent=_("«%s» er ikke en måte å samle dem på."))

    VISNING = ("grupper",)
    VANLIG = {"grupper": Gruppering.REGEL}
    SOKERAD = Barrieresok
    EGNE = {"status": "policylab_status", "type": "type", "niva": "niva", "regel": "regel__slug"}
    OM_PROSJEKTET = ("tjenesteomrade", "mission", "fylke", "kommune")

    @property
    def qs(self):
        """Newest first, also in a search: there are few, and what is new is asked for."""
        return self.treff.order_by("-opprettet_tid", "-pk")

    def pks(self, fra, til):
        """Ids in the order of the list, for the file."""
        return list(self.qs.values_list("pk", flat=True)[fra:til])

    # ---- Groups ----------------------------------------------------------------------------------------------------

    @property
    def samling(self):
        """What they are gathered by when it is not the usual way, else empty."""
        return next(iter(self.valgt.get("grupper", ())), "")

    @property
    def grupperer(self):
        return self.samling or Gruppering.REGEL

    def grupperinger(self):
        """(name, address, whether it is how they are gathered) of each way there is."""
        return [
            (navn, self.adresse(grupper="" if verdi == Gruppering.REGEL else verdi), verdi == self.grupperer)
            for verdi, navn in self.filters["grupper"].meny()
        ]

    def gruppene(self):
        """The groups, the one most projects are stopped by first: dictionaries with what tells them apart and counts."""
        nokler = ("regel", "uten_regel") if self.grupperer == Gruppering.REGEL else ("niva",)
        return (
            _med_gruppe(self.treff)
            .order_by()
            .values(*nokler)
            .annotate(antall=Count("pk"), prosjekter=Count("prosjekt", distinct=True), sist=Max("opprettet_tid"))
            .order_by("-prosjekter", "-sist", *nokler)
        )

    def i_gruppene(self, grupper):
        """The first few barriers of each of these groups, in one query."""
        nokler = ["regel", "uten_regel"] if self.grupperer == Gruppering.REGEL else ["niva"]
        valg = Q(pk__in=[])
        for g in grupper:
            valg |= Q(**{f"{n}__isnull" if g[n] is None else n: True if g[n] is None else g[n] for n in nokler})
        nummer = Window(
            RowNumber(), partition_by=[F(n) for n in nokler], order_by=[F("opprettet_tid").desc(), F("pk").desc()]
        )
        rader = _med_gruppe(self.treff).filter(valg).order_by().annotate(nummer=nummer)
        return list(
            Barriere.objects.filter(pk__in=[b.pk for b in rader.filter(nummer__lte=VIS_I_GRUPPEN).only("pk")])
            .for_kort()
            .order_by("-opprettet_tid", "-pk")
        )


def _med_gruppe(rader):
    """What is not about a rule is gathered by its kind instead."""
    uten = Case(When(regel=None, then=F("type")), default=Value(""), output_field=CharField())
    return rader.annotate(uten_regel=uten)
