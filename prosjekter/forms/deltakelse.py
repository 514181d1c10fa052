"""Answers to an invitation, requests to take over, and asking a person for help."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kommuner.models import Organisasjon
from partnerskap.felles.forms import Enlinje
from prosjekter.forms.registrering import NyDeltaker
from prosjekter.models import Overtakelse
from prosjekter.tilgang import mulige_eiere


class Kommentar(forms.Form):
    kommentar = Enlinje(
        label=_("Vil du si noe til svaret?"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class BeOmHjelp(forms.Form):
    email = forms.EmailField(
        label=_("E-postadressen til den som skal hjelpe"),
        max_length=150,
        error_messages={"required": _("Skriv e-postadressen"), "invalid": _("Skriv en hel e-postadresse")},
    )
    hilsen = Enlinje(
        label=_("Hva trenger dere hjelp til?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class LeggTilSomKs(NyDeltaker):
    begrunnelse = Enlinje(
        label=_("Hvorfor legger KS dem til?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("De får det på e-post, og det står i historikken."),
        error_messages={"required": _("Skriv hvorfor")},
    )
    hilsen = None


class BeOmOvertakelse(forms.Form):
    """Why, and for which of one's organisations when there is a choice."""

    organisasjon = forms.ModelChoiceField(
        label=_("Hvem skal eie det?"),
        queryset=Organisasjon.objects.none(),
        error_messages={"required": _("Velg hvem som skal eie prosjektet")},
    )
    begrunnelse = Enlinje(label=_("Hvorfor?"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, prosjekt, slag, bruker, **kwargs):
        super().__init__(*args, **kwargs)
        if slag == Overtakelse.Slag.ANSVARLIG:
            del self.fields["organisasjon"]
            return
        egne = mulige_eiere(bruker, prosjekt)
        felt = self.fields["organisasjon"]
        felt.queryset = Organisasjon.objects.filter(pk__in=[o.pk for o in egne])
        if len(egne) == 1:
            felt.initial, felt.widget = egne[0], forms.HiddenInput()
        else:
            felt.empty_label = _("Velg …")
