"""What curators write: challenges with key figures, missions and main projects, in sections with Markdown."""

from uuid import uuid4

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from kommuner.kodeverk import Rolle
from kommuner.models import Bruker, Medlemskap
from missions.handlinger import mangler_for_publisering, tall_i_ord
from missions.models import EksterntInitiativ, Hovedprosjekt, Mission, Nokkeltall, Samfunnsutfordring
from partnerskap.felles.forms import Datovelger

MAKS_TALL = 12


class Redigeringsskjema(forms.ModelForm):
    """A form by sections. A new row carries `nokkel`, so that a double click makes one; an old one carries `versjon`.

    `seksjoner` are (title, what it is for, fields); `markdown` the fields that are rendered as text.
    """

    nokkel = forms.UUIDField(widget=forms.HiddenInput)
    versjon = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    seksjoner = ()
    overskrift, ingressfelt, markdown = "tittel", "ingress", ("beskrivelse",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["nokkel"]
            self.initial.setdefault("versjon", self.instance.versjon)
        else:
            del self.fields["versjon"]
            self.initial.setdefault("nokkel", uuid4())
        for navn in self.markdown:
            self.fields[navn].widget.attrs.setdefault("rows", 6)

    def deler(self):
        """The sections with their fields, for the template."""
        return [(tittel, forklaring, [self[navn] for navn in felter]) for tittel, forklaring, felter in self.seksjoner]

    def som_tekst(self):
        """What is typed so far, as the preview shows it: title, lead, and the long texts with their labels."""

        def typed(navn):
            return self[navn].value() or ""

        return {
            "tittel": typed(self.overskrift),
            "ingress": typed(self.ingressfelt),
            "tekster": [(self[navn].label, typed(navn)) for navn in self.markdown if typed(navn)],
        }

    def til_handling(self):
        """What the deed is given."""
        verdier = dict(self.cleaned_data)
        egne = {navn: verdier.pop(navn) for navn in ("nokkel", "versjon") if navn in verdier}
        return {**egne, "verdier": verdier}

    def clean(self):
        super().clean()
        for navn in (self.overskrift, self.ingressfelt):
            if navn in self.cleaned_data:
                self.cleaned_data[navn] = " ".join(self.cleaned_data[navn].split())
        return self.cleaned_data


class Kuratorvelger(forms.ModelChoiceField):
    def label_from_instance(self, bruker):
        return str(bruker)


class MissionForm(Redigeringsskjema):
    kurator = Kuratorvelger(
        Bruker.objects.none(),
        label=_("Kurator"),
        required=False,
        empty_label=_("Ingen ennå: alle kuratorer kan svare"),
        help_text=_("Kuratoren svarer når noen foreslår et prosjekt til missionen."),
    )

    ingressfelt = "retningsmal"
    markdown = ("hvorfor_haster", "vent_kostnad", "beskrivelse")
    seksjoner = (
        (_("Retningen"), _("Det alle ser først."), ("samfunnsutfordring", "tittel", "retningsmal")),
        (_("Hvorfor nå"), _("Det som får folk til å bli med."), ("hvorfor_haster", "vent_kostnad")),
        (_("Mer om missionen"), "", ("beskrivelse",)),
        (_("Tid og ansvar"), "", ("status", "frist", "periode_fra", "periode_til", "kurator")),
    )

    class Meta:
        model = Mission
        fields = [
            "samfunnsutfordring", "tittel", "retningsmal", "hvorfor_haster", "vent_kostnad", "beskrivelse",
            "status", "frist", "periode_fra", "periode_til", "kurator",
        ]  # fmt: skip
        widgets = {
            "retningsmal": forms.Textarea(attrs={"rows": 3}),
            "frist": Datovelger,
            "periode_fra": Datovelger,
            "periode_til": Datovelger,
        }
        labels = {"periode_fra": _("Perioden starter"), "periode_til": _("Perioden slutter")}
        help_texts = {
            "tittel": _("Kort, som noe vi vil oppnå. For eksempel «Alle unge har et sted å høre til»."),
            "retningsmal": _("Én til to setninger: hva skal være annerledes, for hvem, og innen når?"),
            "hvorfor_haster": _("Hva skjer nå som ikke kan vente?"),
            "vent_kostnad": _("Hva taper vi på å la være? Tall trenger kilde og år."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kuratorer = Medlemskap.objects.aktive().filter(
            organisasjon__er_sekretariat=True, rolle__in=(Rolle.MISSIONKURATOR, Rolle.ADMINISTRATOR)
        )
        self.fields["kurator"].queryset = (
            Bruker.objects.filter(pk__in=kuratorer.values("bruker"))
            | Bruker.objects.filter(pk=self.instance.kurator_id or 0)
        ).order_by("navn", "pk")
        self.fields["samfunnsutfordring"].empty_label = _("Velg")

    def clean(self):
        super().clean()
        if self.instance.er_publisert:
            for felt in mangler_for_publisering(
                Mission(**{n: self.cleaned_data.get(n) for n in ("hvorfor_haster", "frist")})
            ):
                if felt not in self.errors:
                    self.add_error(
                        felt, _("Missionen vises for alle og må ha dette. Skjul den først om det skal bort.")
                    )
        return self.cleaned_data


class HovedprosjektForm(Redigeringsskjema):
    seksjoner = (
        (_("Det korte"), _("Det alle ser først."), ("tittel", "ingress")),
        (_("Del av"), "", ("samfunnsutfordring", "mission")),
        (_("Mer om arbeidet"), "", ("beskrivelse", "kilde", "rekkefolge")),
    )

    class Meta:
        model = Hovedprosjekt
        fields = ["tittel", "ingress", "samfunnsutfordring", "mission", "beskrivelse", "kilde", "rekkefolge"]
        widgets = {"ingress": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "samfunnsutfordring": _("La stå tomt når arbeidet går på tvers av utfordringene."),
            "kilde": _("Hvor har KS fortalt om dette? Navn på siden eller dokumentet, og år."),
            "rekkefolge": _("Lavest tall står først."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["samfunnsutfordring"].empty_label = _("På tvers av utfordringene")
        self.fields["mission"].empty_label = _("Ingen mission")

    def clean(self):
        super().clean()
        mission = self.cleaned_data.get("mission")
        if mission and mission.samfunnsutfordring != self.cleaned_data.get("samfunnsutfordring"):
            self.add_error(
                "mission",
                _("Missionen hører til «%(navn)s». Velg den utfordringen, eller en annen mission.")
                % {"navn": mission.samfunnsutfordring},
            )
        return self.cleaned_data


class InitiativForm(Redigeringsskjema):
    """Something others do about the same. Its missions are saved beside the rest (missions.handlinger)."""

    url = forms.URLField(
        label=_("Hvor kan folk lese om det?"),
        max_length=300,
        assume_scheme="https",
        help_text=_("Siden der de selv forteller om det."),
    )
    missions = forms.ModelMultipleChoiceField(
        Mission.objects.all(),
        label=_("Hvilke missions arbeider det mot?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Det vises på siden til hver av dem."),
    )

    overskrift, ingressfelt, markdown = "navn", "beskrivelse", ()
    seksjoner = (
        (_("Det korte"), _("Skriv bare det initiativet selv sier. Andre stoler på at det stemmer."), ("navn", "eier", "beskrivelse", "url")),
        (_("Når"), "", ("periode_fra", "periode_til")),
        (_("Plassering"), "", ("missions", "aktiv")),
    )  # fmt: skip

    class Meta:
        model = EksterntInitiativ
        fields = ["navn", "eier", "beskrivelse", "url", "periode_fra", "periode_til", "aktiv"]
        widgets = {
            "beskrivelse": forms.Textarea(attrs={"rows": 4}),
            "periode_fra": Datovelger,
            "periode_til": Datovelger,
        }
        labels = {
            "eier": _("Hvem står bak?"),
            "beskrivelse": _("Hva er det, kort fortalt?"),
            "periode_fra": _("Fra"),
            "periode_til": _("Til"),
            "aktiv": _("Vis det for alle"),
        }
        help_texts = {
            "periode_til": _("La stå tomt når det ikke er noen slutt."),
            "aktiv": _("Ta bort krysset når det er over. Da ser bare kuratorer det."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.setdefault("missions", list(self.instance.missions.values_list("pk", flat=True)))

    def til_handling(self):
        svar = super().til_handling()
        return {**svar, "missions": list(svar["verdier"].pop("missions"))}


class NokkeltallForm(forms.ModelForm):
    """One key figure. An empty row is no figure; a figure without source and year is refused."""

    merk_valgfritt = False

    class Meta:
        model = Nokkeltall
        fields = ["verdi", "tekst", "aar", "kilde"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for felt in self.fields.values():
            felt.required = False
        self.fields["aar"].min_value, self.fields["aar"].max_value = 1900, 2100

    def clean(self):
        super().clean()
        if self.er_tom:
            return self.cleaned_data
        for navn, melding in (
            ("verdi", _("Skriv tallet.")),
            ("tekst", _("Skriv hva tallet sier.")),
            ("aar", _("Skriv hvilket år tallet gjelder.")),
            ("kilde", _("Skriv hvor tallet kommer fra.")),
        ):
            if not self.cleaned_data.get(navn) and navn not in self.errors:
                self.add_error(navn, melding)
        return self.cleaned_data

    def clean_aar(self):
        aar = self.cleaned_data["aar"]
        if aar is not None and not 1900 <= aar <= 2100:
            raise forms.ValidationError(_("Skriv året med fire siffer."))
        return aar

    @property
    def er_tom(self):
        return not any(str(self[navn].value() or "").strip() for navn in self.fields)


Nokkeltallsett = forms.formset_factory(NokkeltallForm, extra=1, max_num=MAKS_TALL, absolute_max=MAKS_TALL)


class SamfunnsutfordringForm(Redigeringsskjema):
    """The challenge and its key figures, saved as one. The hidden `nokkeltall` holds the figures as they were shown."""

    nokkeltall = forms.CharField(label=_("Nøkkeltall"), widget=forms.HiddenInput, required=False)

    overskrift = "navn"
    seksjoner = (
        (_("Det korte"), _("Det alle ser først."), ("navn", "ingress")),
        (_("Mer om utfordringen"), "", ("beskrivelse", "kilde")),
        (_("Plassering"), "", ("er_prioritert", "rekkefolge")),
    )

    class Meta:
        model = Samfunnsutfordring
        fields = ["navn", "ingress", "beskrivelse", "kilde", "er_prioritert", "rekkefolge"]
        widgets = {"ingress": forms.Textarea(attrs={"rows": 3})}
        labels = {"er_prioritert": _("KS har sagt at den er prioritert")}
        help_texts = {
            "kilde": _("Hvor har KS sagt dette? Navn på siden eller dokumentet, og år."),
            "rekkefolge": _("Lavest tall står først."),
        }

    def __init__(self, *args, tall=None, **kwargs):
        super().__init__(*args, **kwargs)
        lagret = list(self.instance.nokkeltall.all()) if self.instance.pk else []
        self.initial.setdefault("nokkeltall", tall_i_ord(lagret))
        if tall is None:
            tall = [{navn: getattr(rad, navn) for navn in NokkeltallForm.Meta.fields} for rad in lagret]
        self._tall = tall

    @cached_property
    def tall(self):
        return Nokkeltallsett(self.data if self.is_bound else None, initial=self._tall, prefix="tall")

    def is_valid(self):
        er_gyldig = super().is_valid()
        if not self.tall.is_valid():
            self.add_error(None, _("Et nøkkeltall mangler noe. Se under «Nøkkeltall» nederst i skjemaet."))
            return False
        return er_gyldig

    def til_handling(self):
        svar = super().til_handling()
        sett = svar["verdier"].pop("nokkeltall")
        svar["tall"] = [rad.cleaned_data for rad in self.tall if not rad.er_tom]
        return svar if "nokkel" in svar else {**svar, "tall_sett": sett}
