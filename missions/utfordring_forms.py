"""Forms of shared needs: posting, signing, KS' answers, and the choice of what the list shows."""

from urllib.parse import urlencode

from django import forms
from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kommuner.kodeverk import KOMMUNESEKTOREN
from kommuner.models import Fylke, Organisasjon
from kommuner.tilgang import arbeider_for
from missions.forms import Redigeringsskjema
from missions.kodeverk import Svarstatus
from missions.models import Medunderskrift, Mission, Utfordring, Utfordringsoppsett
from partnerskap.felles.fasett import Fasett, Valg
from partnerskap.felles.forms import Enlinje, Langtekst
from sok.indeks import Funn, finn


def egne_organisasjoner(bruker):
    """Municipalities and counties the person may post and sign for."""
    return Organisasjon.objects.aktive().filter(pk__in=arbeider_for(bruker), sektor__in=KOMMUNESEKTOREN)


class UtfordringForm(Redigeringsskjema):
    """A draft needs a title and the problem; who notices it and what is missing are asked for when it is published."""

    merk_valgfritt = False

    eier = forms.ModelChoiceField(
        label=_("Hvem melder den?"),
        queryset=Organisasjon.objects.none(),
        error_messages={"required": _("Velg hvem som melder den")},
    )

    overskrift = ingressfelt = "tittel"
    markdown = ("beskrivelse", "hvem", "provd", "mangler")

    class Meta:
        model = Utfordring
        fields = ["tittel", "beskrivelse", "hvem", "provd", "mangler", "foreslatt_mission"]
        labels = {
            "tittel": _("Hva er utfordringen, i én setning?"),
            "beskrivelse": _("Hva er problemet?"),
            "hvem": _("Hvem merker det?"),
            "provd": _("Hva er prøvd?"),
            "mangler": _("Hva mangler?"),
            "foreslatt_mission": _("Hører den til en mission?"),
        }
        help_texts = {
            "tittel": _("Som en nabo ville sagt det. For eksempel «Vi får ikke tak i nattevakter»."),
            "beskrivelse": _("Hva skjer i dag, og hvorfor er det for stort for dere alene?"),
            "hvem": _("Hvilke innbyggere, ansatte eller tjenester?"),
            "provd": _("Hos dere eller hos andre. Det som ikke virket, er like nyttig. Kan stå tomt."),
            "mangler": _("Penger, folk, regler, kunnskap, noen å prøve sammen med?"),
            "foreslatt_mission": _("Kuratorene hos KS avgjør. La den stå tom hvis du er i tvil."),
        }
        error_messages = {
            "tittel": {"required": _("Skriv utfordringen i én setning")},
            "beskrivelse": {"required": _("Skriv hva problemet er")},
        }

    meldes_av = None  # the only one there is to choose
    field_order = ["tittel", "beskrivelse", "hvem", "provd", "mangler", "foreslatt_mission", "eier"]

    def __init__(self, *args, bruker, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["foreslatt_mission"].queryset = Mission.objects.filter(er_publisert=True)
        self.fields["foreslatt_mission"].empty_label = _("Nei, eller vet ikke")
        for navn, rader in (("hvem", 3), ("provd", 4), ("mangler", 3)):
            self.fields[navn].widget.attrs["rows"] = rader
        if self.instance.pk:
            del self.fields["eier"]
        else:
            egne = egne_organisasjoner(bruker)
            self.fields["eier"].queryset = egne
            if len(egne[:2]) == 1:
                self.meldes_av = self.fields["eier"].initial = egne[0]
                self.fields["eier"].widget = forms.HiddenInput()
            else:
                self.fields["eier"].empty_label = _("Velg …")

    def clean(self):
        super().clean()
        if self.instance.pk and self.instance.status != "kladd":
            for navn in ("hvem", "mangler"):
                if navn in self.cleaned_data and not self.cleaned_data[navn]:
                    self.add_error(navn, _("En utfordring som er publisert, må ha dette"))
        return self.cleaned_data

    def til_handling(self):
        svar = super().til_handling()
        return {**svar, "eier": svar["verdier"].pop("eier")} if "eier" in svar["verdier"] else svar


class Underskriftsskjema(forms.Form):
    """«Vi har den også.» Offers only organisations that have not signed."""

    begrunnelse = Enlinje(
        label=_("Hvordan merker dere det hos dere?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Én setning, helst med et tall eller et eksempel. Ikke skriv om enkeltpersoner."),
        error_messages={"required": _("Skriv én setning om hvordan dere merker det")},
    )
    organisasjon = forms.ModelChoiceField(
        label=_("På vegne av"),
        queryset=Organisasjon.objects.none(),
        empty_label=_("Velg …"),
        error_messages={"required": _("Velg hvem du skriver under for")},
    )

    def __init__(self, *args, bruker, utfordring, **kwargs):
        super().__init__(*args, **kwargs)
        har = utfordring.medunderskrifter.gjeldende().values("organisasjon")
        self.egne = list(egne_organisasjoner(bruker).exclude(pk__in=har))
        self.fields["organisasjon"].queryset = egne_organisasjoner(bruker)
        self.fields["organisasjon"].choices = [("", _("Velg …")), *((o.pk, str(o)) for o in self.egne)]
        if len(self.egne) == 1:
            self.fields["organisasjon"].initial = self.egne[0].pk
            self.fields["organisasjon"].widget = forms.HiddenInput()


class Svarskjema(forms.Form):
    svar = Langtekst(
        label=_("Hva svarer KS?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Alle kan lese det, og de som har skrevet under, får det på e-post."),
        error_messages={"required": _("Skriv svaret")},
    )
    versjon = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class Terskelskjema(forms.ModelForm):
    merk_valgfritt = False

    class Meta:
        model = Utfordringsoppsett
        fields = ["terskel"]
        labels = {"terskel": _("Hvor mange må ha en utfordring før den kommer til kuratorene?")}
        help_texts = {
            "terskel": _("Fra 2 til 400. Setter du tallet ned, kommer de som har nok fra før, med en gang. "
                         "Setter du det opp, blir de som har kommet.")
        }  # fmt: skip
        error_messages = {
            "terskel": dict.fromkeys(
                ("required", "invalid", "min_value", "max_value"), _("Skriv et tall fra 2 til 400")
            )
        }


class Missionsskjema(forms.Form):
    merk_valgfritt = False

    mission = forms.ModelChoiceField(
        label=_("Hvilken mission hører den til?"),
        queryset=Mission.objects.filter(er_publisert=True),
        required=False,
        empty_label=_("Ingen"),
    )


class Sammenskjema(forms.Form):
    """Which need this one is the same as. Found by its address, as KS has it in another window, or from the list."""

    med = forms.ModelChoiceField(
        label=_("Hvilken er den det samme som?"),
        queryset=Utfordring.objects.none(),
        empty_label=_("Velg …"),
        help_text=_("De som har skrevet under her, følger med dit, og adressen leder videre."),
        error_messages={"required": _("Velg en utfordring")},
    )

    def __init__(self, *args, utfordring, **kwargs):
        super().__init__(*args, **kwargs)
        andre = Utfordring.objects.publiserte().exclude(pk=utfordring.pk).order_by("tittel", "pk")
        self.fields["med"].queryset = andre


class Nedtaking(forms.Form):
    begrunnelse = Langtekst(
        label=_("Hvorfor tas den ned?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("De som meldte den, får dette på e-post."),
        error_messages={"required": _("Skriv hvorfor")},
    )


SORTERINGER = {
    "flest": (_("Flest har den"), ("-antall", "-publisert_tid", "-pk")),
    "nyeste": (_("Nyeste først"), ("-publisert_tid", "-pk")),
}
FASETTER = {"status": _("Hvor langt er den kommet?"), "mission": _("Mission"), "fylke": _("Fylke")}
MAKS_TEGN = 200
MAKS_UKJENTE = 5  # named to the reader


class UtfordringFilter:
    """What the list and the feed show, read from the address.

    Several values in one facet mean «or», several facets mean «and». Each facet counts what the others leave, and a
    value nobody knows is named in `ukjente`, never ignored.
    """

    def __init__(self, data, synlige):
        self.alle = synlige.publiserte()
        self.navn = {
            "status": {s.value: s.label for s in Svarstatus},
            "mission": dict(Mission.objects.filter(er_publisert=True).values_list("slug", "tittel")),
            "fylke": dict(Fylke.objects.gjeldende().values_list("nummer", "navn")),
        }
        self.ukjente = []
        self.q = " ".join(data.get("q", "").split())[:MAKS_TEGN]
        self.valgt = {felt: self._kjente(data.getlist(felt), felt, etikett) for felt, etikett in FASETTER.items()}
        sortering = self._kjente(data.getlist("sorter")[-1:], "sorter", _now("Sorter"))
        self.sorter = sortering[0] if sortering else ""

    def _kjente(self, verdier, felt, etikett):
        lovlige = SORTERINGER if felt == "sorter" else self.navn[felt]
        verdier = list(dict.fromkeys(v.strip() for v in verdier if v.strip()))
        for verdi in [v for v in verdier if v not in lovlige][:MAKS_UKJENTE]:
            felles = {"verdi": verdi[:60], "felt": etikett}
            self.ukjente.append(_now("Vi kjenner ikke «%(verdi)s» under «%(felt)s».") % felles)
        return [v for v in verdier if v in lovlige]

    # ---- What it finds ---------------------------------------------------------------------------------------------

    @cached_property
    def funn(self):
        """With the words in them."""
        return finn(self.alle, self.q) if self.q else Funn(rader=self.alle)

    def _treff(self, uten=""):
        rader = self.funn.rader
        if self.valgt["mission"] and uten != "mission":
            rader = rader.filter(mission__slug__in=self.valgt["mission"])
        if self.valgt["fylke"] and uten != "fylke":
            rader = rader.i_fylkene(self.valgt["fylke"])
        if self.valgt["status"] and uten != "status":
            rader = rader.med_svarstatus(*self.valgt["status"])
        return rader

    @cached_property
    def qs(self):
        if self.q and not self.sorter and self.funn.stammer:
            return self._treff().order_by("-relevans", "-antall", "-pk")
        return self._treff().order_by(*SORTERINGER[self.sorter or "flest"][1])

    # ---- How many --------------------------------------------------------------------------------------------------

    def fasetter(self):
        """The facets with something to choose, for komponenter/filtre.html."""
        per = {"status": self._per_status(), "mission": self._per_mission(), "fylke": self._per_fylke()}
        fasetter = (
            Fasett(felt, etikett, self._bokser(felt, per[felt]), er_apen=True) for felt, etikett in FASETTER.items()
        )
        return [fasett for fasett in fasetter if fasett.valg]

    def _bokser(self, felt, antall):
        return [
            Valg(felt, verdi, str(navn), antall.get(verdi, 0), verdi in self.valgt[felt])
            for verdi, navn in self.navn[felt].items()
            if antall.get(verdi) or verdi in self.valgt[felt]
        ]

    def _per_mission(self):
        rader = self._treff("mission").order_by().values_list("mission__slug")
        return dict(rader.annotate(n=Count("pk", distinct=True)))

    def _per_fylke(self):
        rader = Medunderskrift.objects.gjeldende().filter(utfordring__in=self._treff("fylke").order_by().values("pk"))
        fylket = Coalesce("organisasjon__kommune__fylke__nummer", "organisasjon__fylke__nummer")
        return dict(rader.order_by().values_list(fylket).annotate(n=Count("utfordring", distinct=True)))

    def _per_status(self):
        return (
            self._treff("status")
            .order_by()
            .aggregate(
                **{
                    s.value: Count("pk", filter=Q(pk__in=Utfordring.objects.med_svarstatus(s).values("pk")))
                    for s in Svarstatus
                }
            )
        )

    # ---- The page --------------------------------------------------------------------------------------------------

    @property
    def antall_valgte(self):
        return sum(map(len, self.valgt.values()))

    @property
    def chips(self):
        """What is chosen, each with the address without it."""
        ord_ = [{"navn": f"«{self.q}»", "adresse": self.adresse(uten=("q", self.q))}] if self.q else []
        return ord_ + [
            {"navn": str(self.navn[felt][verdi]), "adresse": self.adresse(uten=(felt, verdi))}
            for felt, verdier in self.valgt.items()
            for verdi in verdier
        ]

    @property
    def sorteringer(self):
        """(value, name, whether it is in use) of each order. In a search the best hit comes first unless one says so."""
        valg = [("", _now("Beste treff først"))] if self.q else []
        valg += [(verdi, navn) for verdi, (navn, _felt) in SORTERINGER.items()]
        return [(verdi, navn, verdi == self.sorter) for verdi, navn in valg]

    def adresse(self, uten=None):
        """The query string of what was asked for, in one order."""
        par = [("q", self.q), *((felt, v) for felt, verdier in self.valgt.items() for v in verdier)]
        return f"?{urlencode([(n, v) for n, v in [*par, ('sorter', self.sorter)] if v and (n, v) != uten])}"
