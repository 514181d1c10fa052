"""What people type about themselves, their organisation and its members."""

from allauth.account.adapter import get_adapter
from allauth.core import context, ratelimit
from allauth.core.internal.cryptokit import compare_user_code
from django import forms
from django.utils.translation import gettext_lazy as _

from kommuner.kodeverk import Rolle
from kommuner.models import Bruker, Organisasjon
from partnerskap.felles.norsk import sorteringsnokkel


def ett_mellomrom(tekst):
    return " ".join(tekst.split())


class EttFelt:
    """A page with one field needs no summary of errors above it: the reader is taken to the field itself."""

    def add_error(self, field, error):
        super().add_error(field, error)
        for felt in self.fields.values():
            felt.widget.attrs["autofocus"] = True


class Innloggingsskjema(EttFelt, forms.Form):
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


class Kodeskjema(EttFelt, forms.Form):
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


class Navneskjema(EttFelt, forms.ModelForm):
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


class Soknadsskjema(forms.Form):
    begrunnelse = forms.CharField(
        label=_("Hvorfor vil du være med?"),
        max_length=500,
        help_text=_("Skriv kort hva du arbeider med. Den som er ansvarlig, leser det når de svarer deg."),
        error_messages={"required": _("Skriv noen ord, så vet de hvem du er.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class Svarskjema(forms.Form):
    melding = forms.CharField(
        label=_("Melding til den som spør"),
        max_length=500,
        required=False,
        help_text=_("Si gjerne hvorfor, og hvem de heller kan spørre."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def rollevalg(roller):
    beskrivelser = {
        Rolle.BIDRAGSYTER: _("registrerer og redigerer prosjekter"),
        Rolle.ANSVARLIG: _("gjør det samme, og styrer hvem som er med"),
        Rolle.FOLGEFORSKER: _("leser alt som er publisert, endrer ingenting"),
        Rolle.MODERATOR: _("publiserer prosjekter, og svarer der ingen er ansvarlig"),
        Rolle.MISSIONKURATOR: _("redigerer missions og samfunnsutfordringer"),
        Rolle.ADMINISTRATOR: _("kan alt, og gir roller i KS"),
    }
    return [(rolle.value, f"{rolle.label}: {beskrivelser[rolle]}") for rolle in roller]


class Rolleskjema(forms.Form):
    """Offers only the roles the person may give."""

    rolle = forms.ChoiceField(
        label=_("Rolle"), widget=forms.RadioSelect, error_messages={"required": _("Velg en rolle.")}
    )
    bekreft = forms.BooleanField(required=False, label=_("Ja, jeg vet at ingen andre har denne rollen"))

    def __init__(self, *args, roller, maa_bekreftes=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rolle"].choices = rollevalg(roller)
        self.maa_bekreftes = maa_bekreftes
        if not maa_bekreftes:
            del self.fields["bekreft"]

    def clean(self):
        data = super().clean()
        if self.maa_bekreftes and data.get("rolle") != self.initial.get("rolle") and not data.get("bekreft"):
            self.add_error("bekreft", _("Kryss av for at du vet det."))
        return data


class Invitasjonsskjema(forms.Form):
    email = forms.EmailField(
        label=_("E-postadresse"),
        max_length=254,
        error_messages={
            "required": _("Skriv adressen til den du vil invitere."),
            "invalid": _("Adressen er ikke hel. Skriv den slik: navn@kommune.no"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    rolle = forms.ChoiceField(
        label=_("Rolle"),
        widget=forms.RadioSelect,
        initial=Rolle.BIDRAGSYTER,
        error_messages={"required": _("Velg en rolle.")},
    )

    def __init__(self, *args, roller, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rolle"].choices = rollevalg(roller)

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class Organisasjonsskjema(forms.ModelForm):
    class Meta:
        model = Organisasjon
        fields = ["om", "nettsted", "krever_godkjenning"]
        help_texts = {
            "om": _("Vises på siden deres. Si kort hvem dere er, og hva dere vil få til."),
            "nettsted": _("For eksempel https://www.halden.kommune.no"),
        }
        widgets = {"om": forms.Textarea(attrs={"rows": 5})}

    nettsted = forms.URLField(
        label=_("Nettsted"),
        required=False,
        assume_scheme="https",
        max_length=200,
        error_messages={"invalid": _("Adressen er ikke hel. Skriv den slik: https://www.halden.kommune.no")},
    )


class Organisasjonssok(forms.Form):
    merk_valgfritt = False
    q = forms.CharField(label=_("Søk etter organisasjon"), max_length=100, required=False)

    def treff(self, organisasjoner):
        """Organisations whose name begins with or contains what was typed; all when nothing was."""
        q = ett_mellomrom(self.cleaned_data["q"]) if self.is_valid() else ""
        if not q:
            return organisasjoner
        nokkel = sorteringsnokkel(q).strip("0")  # punctuation around what was typed
        return organisasjoner.filter(sorteringsnokkel__contains=nokkel) if nokkel else organisasjoner.none()
