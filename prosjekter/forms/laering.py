"""The form of a card. A kind and a sentence hold; the rest can wait."""

import uuid

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from partnerskap.felles.forms import Enlinje, Langtekst
from prosjekter.kodeverk import Laeringstype, Synlighet
from prosjekter.models import Eksperiment

TYPER = [
    (Laeringstype.DETTE_VIRKET, _("Dette virket")),
    (Laeringstype.DETTE_VIRKET_IKKE, _("Dette virket ikke")),
    (Laeringstype.OVERRASKELSE, _("Overraskelse: det gikk annerledes enn vi trodde")),
    (Laeringstype.FORUTSETNING, _("Forutsetning: dette må være på plass")),
    (Laeringstype.FEILKILDE, _("Feilkilde: dette kan lure dere når dere måler")),
    (Laeringstype.RAD, _("Råd til andre")),
]
SNEVRERE = {  # a card is never for more people than its project is
    Synlighet.APEN: (Synlighet.APEN, Synlighet.SEKTOR, Synlighet.PROSJEKT),
    Synlighet.SEKTOR: (Synlighet.SEKTOR, Synlighet.PROSJEKT),
    Synlighet.PROSJEKT: (Synlighet.PROSJEKT,),
}


def type_felt(**felt):
    return forms.ChoiceField(
        label=_("Hva slags læring er det?"),
        choices=TYPER,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hva slags læring det er")},
        **felt,
    )


def tekst_felt(**felt):
    return Enlinje(
        label=_("Hva lærte dere, i én setning?"),
        help_text=_("Så noen som ikke kjenner prosjektet, forstår den. Skriv ikke om enkeltpersoner."),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Skriv hva dere lærte")},
        **felt,
    )


class Eksperimentvalg(forms.ModelChoiceField):
    """What was believed, short enough for a menu."""

    def label_from_instance(self, eksperiment):
        return Truncator(eksperiment.hypotese).chars(90)


class Laeringsskjema(forms.Form):
    """A new card, or one that is changed. `nokkel` makes two clicks one; `versjon` is what the writer saw."""

    type = type_felt()
    tekst = tekst_felt()
    synlighet = forms.ChoiceField(label=_("Hvem kan lese det?"), widget=forms.RadioSelect)
    sammenheng = Langtekst(
        label=_("Hvordan fant dere ut det?"),
        help_text=_("Hva dere gjorde, hvor og med hvem. Da ser andre om det gjelder hos dem."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    rad_til_andre = Langtekst(
        label=_("Hva bør andre gjøre?"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    eksperiment = Eksperimentvalg(
        label=_("Kom det fra et av eksperimentene?"),
        queryset=Eksperiment.objects.none(),
        required=False,
        empty_label=_("Nei"),
    )
    nokkel = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)
    versjon = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    FORST = ("type", "tekst", "synlighet")

    def __init__(self, *args, prosjekt, laering=None, **kwargs):
        start = {"nokkel": str(uuid.uuid4()), "synlighet": prosjekt.synlighet}
        if laering:
            start = {navn: getattr(laering, navn) for navn in self.base_fields if navn != "nokkel"}
        kwargs["initial"] = start | {navn: verdi for navn, verdi in (kwargs.get("initial") or {}).items() if verdi}
        super().__init__(*args, **kwargs)
        valg = {*SNEVRERE[prosjekt.synlighet], laering and laering.synlighet}
        self.fields["synlighet"].choices = [(s, s.label) for s in Synlighet if s in valg]
        if prosjekt.antall_eksperimenter:
            self.fields["eksperiment"].queryset = prosjekt.eksperimenter.gjeldende().nyeste_forst()
        else:
            del self.fields["eksperiment"]

    def clean_nokkel(self):
        return self.cleaned_data["nokkel"] or str(uuid.uuid4())

    def clean_versjon(self):
        return self.cleaned_data["versjon"] or 0

    @property
    def forst(self):
        return [self[navn] for navn in self.FORST]

    @property
    def resten(self):
        return [felt for felt in self.visible_fields() if felt.name not in self.FORST]

    @property
    def verdier(self):
        return {navn: verdi for navn, verdi in self.cleaned_data.items() if navn not in ("nokkel", "versjon")}


class Nyttigskjema(forms.Form):
    """On whose behalf. Asked only of those who work for more than one."""

    organisasjon = forms.ModelChoiceField(
        label=_("Hvem har nytte av det?"),
        queryset=None,
        empty_label=_("Velg …"),
        error_messages={"required": _("Velg hvem som har nytte av det")},
    )

    def __init__(self, *args, egne, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisasjon"].queryset = egne
