"""What people type about themselves, their organisation and its members."""

from allauth.account.adapter import get_adapter
from allauth.core import context, ratelimit
from allauth.core.internal.cryptokit import compare_user_code
from django import forms
from django.utils.translation import gettext_lazy as _

from kommuner.models import Bruker


def ett_mellomrom(tekst):
    return " ".join(tekst.split())


class Innloggingsskjema(forms.Form):
    """The address only. It is not looked up here: see kommuner.kontoadapter."""

    email = forms.EmailField(
        label=_("E-postadressen din på jobb"),
        max_length=254,
        error_messages={
            "required": _("Skriv e-postadressen din."),
            "invalid": _("Adressen er ikke hel. Skriv den slik: navn@kommune.no"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false", "autocapitalize": "none"}),
    )

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if not ratelimit.consume(context.request, action="request_login_code", key=email):
            raise get_adapter().validation_error("rate_limited")
        return email


class Kodeskjema(forms.Form):
    code = forms.CharField(
        label=_("Koden fra e-posten"),
        max_length=20,
        error_messages={"required": _("Skriv koden.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, "spellcheck": "false"}
        ),
    )

    def __init__(self, *args, code, **kwargs):
        super().__init__(*args, **kwargs)
        self.fasit = code

    def clean_code(self):
        kode = self.cleaned_data["code"]
        if not compare_user_code(actual=kode, expected=self.fasit):
            raise get_adapter().validation_error("incorrect_code")
        return kode


class Navneskjema(forms.ModelForm):
    navn = forms.CharField(
        label=_("Navnet ditt"),
        max_length=100,
        help_text=_("Kolleger og KS ser det ved det du gjør her. Besøkende ser det ikke."),
        error_messages={"required": _("Skriv navnet ditt.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    class Meta:
        model = Bruker
        fields = ["navn"]

    def clean_navn(self):
        return ett_mellomrom(self.cleaned_data["navn"])
