"""«Kan dette virke hos oss?»: seven questions, each with what the project says about it."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from kommuner.models import Organisasjon
from kommuner.tilgang import arbeider_for
from prosjekter.forms.registrering import Enlinje, Langtekst
from prosjekter.kodeverk import Passer

# Name of the question, the question, and which of the project's texts it stands on.
SPORSMAL = (
    ("behov", _("Har vi den samme utfordringen?"), ("utfordring",)),
    ("kjerne", _("Kan vi beholde det som må følge med uendret?"), ("kjerne",)),
    ("folk", _("Har vi folkene og kompetansen?"), ("vilkar_folk",)),
    ("penger", _("Har vi pengene og tiden?"), ("vilkar_penger", "okonomi")),
    ("teknologi", _("Har vi teknologien?"), ("vilkar_teknologi",)),
    ("jus", _("Er det greit for lov og personvern hos oss?"), ("vilkar_jus",)),
    ("organisasjon", _("Er ledelsen og organisasjonen klar?"), ("vilkar_organisasjon", "forutsetninger")),
)
NAVN = tuple(navn for navn, _sporsmal, _felt in SPORSMAL)


@dataclass(frozen=True)
class Punkt:
    """One question as the page shows it."""

    svar: forms.BoundField
    notat: forms.BoundField
    tekster: list


class Vurdering(forms.Form):
    merk_valgfritt = False
    konklusjon = Langtekst(
        label=_("Hva blir konklusjonen?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    versjon = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args, vurdering=None, **kwargs):
        super().__init__(*args, **kwargs)
        for navn, sporsmal, _felt in SPORSMAL:
            self.fields[f"svar_{navn}"] = forms.ChoiceField(
                label=sporsmal, choices=Passer.choices, widget=forms.RadioSelect, required=False
            )
            self.fields[f"notat_{navn}"] = Enlinje(label=_("Hva må vi gjøre?"), max_length=500, required=False)
        if vurdering:
            self.initial = {navn: getattr(vurdering, navn) for navn in self.fields} | self.initial

    def clean_versjon(self):
        return self.cleaned_data["versjon"] or 0

    @property
    def verdier(self):
        return {navn: verdi for navn, verdi in self.cleaned_data.items() if navn != "versjon"}

    def punkter(self, tekst):
        """The questions with what the project says; `tekst` is its Prosjekttekst, or None."""
        for navn, _sporsmal, felt in SPORSMAL:
            tekster = [t for f in felt if (t := getattr(tekst, f, "").strip())]
            yield Punkt(self[f"svar_{navn}"], self[f"notat_{navn}"], tekster)


def organisasjoner(bruker):
    """Those the person may answer for."""
    return list(Organisasjon.objects.aktive().filter(pk__in=arbeider_for(bruker)))
