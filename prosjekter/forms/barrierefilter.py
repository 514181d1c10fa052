"""What the list of barriers, its feed and its file show."""

from urllib.parse import urlencode

from django import forms
from django.db.models import Case, CharField, Count, F, Max, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kommuner.kodeverk import Forvaltningsniva
from missions.models import Mission
from partnerskap.felles.forms import Enlinje
from prosjekter.kodeverk import Barrieretype, Kodeliste, Policylabstatus, Tjenesteomrade
from prosjekter.models import Barriere, Klassifisering, Missiontilknytning
from sok.indeks import Funn, finn

GRUPPERINGER = {"regel": _("Etter regel"), "niva": _("Etter hvem som kan fjerne dem")}
VIS_I_GRUPPEN = 5


class BarriereFilter(forms.Form):
    """Facets count what the others leave; unknown values are named, never ignored."""

    merk_valgfritt = False

    q = Enlinje(label=_("Søk i barrierene"), max_length=200, required=False)
    type = forms.ChoiceField(label=_("Hva slags?"), required=False)
    niva = forms.ChoiceField(label=_("Hvem kan fjerne den?"), required=False)
    status = forms.ChoiceField(label=_("Hva er status?"), required=False)
    tjenesteomrade = forms.ChoiceField(label=_("Tjenesteområde"), required=False)
    mission = forms.ChoiceField(label=_("Mission"), required=False)
    grupper = forms.ChoiceField(required=False, widget=forms.HiddenInput)

    def __init__(self, data, synlige):
        super().__init__(data)
        self.alle = synlige.meldte()
        self.missions = {m.slug: m for m in Mission.objects.filter(er_publisert=True)}
        self.lovlige = {
            "type": dict(Barrieretype.choices),
            "niva": dict(Forvaltningsniva.choices),
            "status": dict(Policylabstatus.choices),
            "tjenesteomrade": dict(Tjenesteomrade.choices),
            "mission": {slug: m.tittel for slug, m in self.missions.items()},
        }
        self.ukjente = []
        self.valg = self._valg()
        self.antall_per = {navn: self._per(navn) for navn in self.lovlige}
        for navn, antall in self.antall_per.items():
            valg = [(v, f"{ord_} ({antall[v]})") for v, ord_ in self.lovlige[navn].items() if antall.get(v)]
            self.fields[navn].choices = [("", _("Alle")), *valg]

    def _valg(self):
        """What was asked for and exists. Django's own validation would say «velg et gyldig valg» about a link."""
        svar = {"q": " ".join(self.data.get("q", "").split())[:200]}
        for navn, lovlige in (*self.lovlige.items(), ("grupper", GRUPPERINGER)):
            verdi = self.data.get(navn, "").strip()
            if verdi and verdi not in lovlige:
                self.ukjente.append(
                    _now("Vi kjenner ikke «%(verdi)s» under «%(felt)s».")
                    % {"verdi": verdi[:60], "felt": self.fields[navn].label or _now("Grupper")}
                )
                verdi = ""
            svar[navn] = verdi
        return svar

    @cached_property
    def funn(self):
        """With the words in them."""
        return finn(self.alle, self.valg["q"]) if self.valg["q"] else Funn(rader=self.alle)

    def _treff(self, uten=""):
        valg = {**self.valg, uten: ""}
        rader = self.alle.filter(**{felt: valg[navn] for navn, felt in ENKLE.items() if valg[navn]})
        if valg["q"]:
            rader = rader.filter(pk__in=self.funn.rader.order_by().values("pk"))
        if valg["tjenesteomrade"]:
            rader = rader.i_tjenesteomrade(valg["tjenesteomrade"])
        if valg["mission"]:
            rader = rader.i_mission(self.missions[valg["mission"]])
        return rader

    @cached_property
    def qs(self):
        """Newest first, also in a search: there are few, and what is new is asked for."""
        return self._treff().order_by("-opprettet_tid", "-pk")

    @cached_property
    def antall(self):
        return self.qs.count()

    @property
    def queryset(self):
        return Barriere.objects

    def pks(self, fra, til):
        """Ids in the order of the list, for the file."""
        return list(self.qs.values_list("pk", flat=True)[fra:til])

    def _per(self, navn):
        """{value: how many} of one facet with the others on."""
        rader = self._treff(navn).order_by()
        if navn in ENKLE:
            return dict(rader.values_list(ENKLE[navn]).annotate(n=Count("pk")))
        prosjekter = rader.values("prosjekt")
        if navn == "mission":
            kilde = Missiontilknytning.objects.filter(prosjekt__in=prosjekter, svar="godtatt")
            verdi = "mission__slug"
        else:
            kilde = Klassifisering.objects.filter(prosjekt__in=prosjekter, liste=Kodeliste.TJENESTEOMRADE)
            verdi = "verdi"
        i_treffet = Q(prosjekt__barrierer__in=rader.values("pk"))
        return dict(
            kilde.order_by()
            .values_list(verdi)
            .annotate(n=Count("prosjekt__barrierer", filter=i_treffet, distinct=True))
        )

    # ---- Groups ----------------------------------------------------------------------------------------------------

    @property
    def grupperer(self):
        return self.valg["grupper"] or "regel"

    def gruppene(self):
        """The groups, the one most projects are stopped by first: dictionaries with what tells them apart and counts."""
        nokler = ("regel", "uten_regel") if self.grupperer == "regel" else ("niva",)
        return (
            _med_gruppe(self._treff())
            .order_by()
            .values(*nokler)
            .annotate(antall=Count("pk"), prosjekter=Count("prosjekt", distinct=True), sist=Max("opprettet_tid"))
            .order_by("-prosjekter", "-sist", *nokler)
        )

    def i_gruppene(self, grupper):
        """The first few barriers of each of these groups, in one query."""
        nokler = ["regel", "uten_regel"] if self.grupperer == "regel" else ["niva"]
        valg = Q(pk__in=[])
        for g in grupper:
            valg |= Q(**{f"{n}__isnull" if g[n] is None else n: True if g[n] is None else g[n] for n in nokler})
        nummer = Window(
            RowNumber(), partition_by=[F(n) for n in nokler], order_by=[F("opprettet_tid").desc(), F("pk").desc()]
        )
        rader = _med_gruppe(self._treff()).filter(valg).order_by().annotate(nummer=nummer)
        return list(
            Barriere.objects.filter(pk__in=[b.pk for b in rader.filter(nummer__lte=VIS_I_GRUPPEN).only("pk")])
            .for_kort()
            .order_by("-opprettet_tid", "-pk")
        )

    # ---- Addresses -------------------------------------------------------------------------------------------------

    @property
    def chips(self):
        """The filters in use, each with the address without it."""
        navn = {"q": f"«{self.valg['q']}»"} | {
            n: ord_[self.valg[n]] for n, ord_ in self.lovlige.items() if self.valg[n]
        }
        return [
            {"navn": str(tekst), "adresse": self.adresse(uten=felt)} for felt, tekst in navn.items() if self.valg[felt]
        ]

    def adresse(self, uten="", **med):
        """The query string of what was asked for, in one order."""
        valg = {n: v for n, v in {**self.valg, **med}.items() if v and n != uten}
        return f"?{urlencode(valg)}"


ENKLE = {"type": "type", "niva": "niva", "status": "policylab_status"}


def _med_gruppe(rader):
    """What is not about a rule is gathered by its kind instead."""
    uten = Case(When(regel=None, then=F("type")), default=Value(""), output_field=CharField())
    return rader.annotate(uten_regel=uten)
