"""Asking a project, reporting to KS, and KS' answer."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from prosjekter.forms.registrering import Langtekst
from prosjekter.kodeverk import Meldegrunn


class Henvendelsesskjema(forms.Form):
    tekst = Langtekst(
        label=_("Hva lurer du på?"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Skriv hva du lurer på")},
    )
    nokkel = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("nokkel", str(uuid.uuid4()))

    def clean_nokkel(self):
        return self.cleaned_data["nokkel"] or str(uuid.uuid4())


class Meldeskjema(forms.Form):
    grunn = forms.ChoiceField(
        label=_("Hva er galt?"),
        choices=Meldegrunn.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hva som er galt")},
    )
    tekst = Langtekst(
        label=_("Er det noe mer KS bør vite?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Meldesvar(forms.Form):
    svar = Langtekst(
        label=_("Hva svarer KS?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Skriv hva KS svarer")},
    )
