"""What someone types to be told of new hits."""

from allauth.core import context, ratelimit
from django import forms
from django.utils.translation import gettext_lazy as _

from abonnement.kodeverk import Hyppighet


class Abonnementsskjema(forms.Form):
    """How often, and where to. Whoever is signed in has proven an address already, and is not asked."""

    email = forms.EmailField(
        label=_("E-postadressen din"),
        max_length=254,
        help_text=_("Vi sender deg en lenke først, så ingen andre kan melde deg på."),
        error_messages={
            "required": _("Skriv e-postadressen din."),
            "invalid": _("Adressen er ikke hel. Skriv den slik: navn@kommune.no"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false", "autocapitalize": "none"}),
    )
    hyppighet = forms.ChoiceField(
        label=_("Hvor ofte?"),
        choices=[
            (Hyppighet.UKENTLIG.value, _("Hver mandag morgen")),
            (Hyppighet.DAGLIG.value, _("Hver dag det har kommet noe nytt")),
        ],
        widget=forms.RadioSelect,
        initial=Hyppighet.UKENTLIG.value,
        error_messages={
            "required": _("Velg hvor ofte du vil ha e-post."),
            "invalid_choice": _("Velg hvor ofte du vil ha e-post."),
        },
    )

    def __init__(self, *args, bruker, **kwargs):
        super().__init__(*args, **kwargs)
        if bruker.is_authenticated:
            del self.fields["email"]

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def clean(self):
        """Counted only when the form is right. A whole town hall may come from one address on the net."""
        if not self.errors and not ratelimit.consume(context.request, action="lagre_sok"):
            raise forms.ValidationError(_("Det er lagret mange søk herfra på kort tid. Vent en time, og prøv igjen."))
        return self.cleaned_data


class Valgskjema(forms.Form):
    """One button on one saved search."""

    PAUSE, FORTSETT, SLETT = "pause", "fortsett", "slett"
    gjor = forms.ChoiceField(choices=[(valg, valg) for valg in (PAUSE, FORTSETT, SLETT, *Hyppighet.values)])
