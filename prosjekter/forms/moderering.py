"""What KS says when something is returned, taken down or refused."""

from django import forms
from django.utils.translation import gettext_lazy as _

from prosjekter.kodeverk import Grunn


class Begrunnelsesskjema(forms.Form):
    """The reason as a code, for counting, and in words, for the one who gets it. `versjon` is what was on the screen."""

    grunn = forms.ChoiceField(
        label=_("Grunn"),
        choices=[("", _("Velg en grunn")), *Grunn.choices],
        error_messages={"required": _("Velg en grunn.")},
    )
    begrunnelse = forms.CharField(
        label=_("Begrunnelse"),
        help_text=_("Går rett til dem som eier prosjektet. Si hva som må endres, og hvordan."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
        error_messages={"required": _("Skriv en begrunnelse. Uten den vet de ikke hva de skal gjøre.")},
    )


class Svarskjema(forms.Form):
    """A curator's answer to a proposal. `sett` is the answer that stood there when she decided."""

    svar = forms.ChoiceField(choices=[("godtatt", "godtatt"), ("avslatt", "avslatt")])
    sett = forms.ChoiceField(choices=[(s, s) for s in ("foreslatt", "godtatt", "avslatt")], widget=forms.HiddenInput)
    begrunnelse = forms.CharField(
        label=_("Begrunnelse"),
        help_text=_("Må fylles ut når svaret er nei. Går rett til dem som eier prosjektet."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        required=False,
    )

    def clean(self):
        super().clean()
        if self.cleaned_data.get("svar") == "avslatt" and not self.cleaned_data.get("begrunnelse"):
            self.add_error("begrunnelse", _("Skriv hvorfor prosjektet ikke hører til missionen."))
        return self.cleaned_data


class Kofilter(forms.Form):
    """Which part of the queue, and a word to look for. Nonsense shows the whole of the first part."""

    merk_valgfritt = False

    vis = forms.CharField(required=False, max_length=20)
    q = forms.CharField(
        label=_("Søk i køen"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
