"""From a shared need to a project: starting one, linking one, answering an invitation."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from missions.utfordring_forms import egne_organisasjoner
from partnerskap.felles.forms import Enlinje
from prosjekter.kodeverk import Status
from prosjekter.models import Prosjekt

MAKS_VALG = 200


class StartProsjekt(forms.Form):
    """`eier` is one of the person's own organisations that has the need."""

    tittel = Enlinje(
        label=_("Hva skal prosjektet hete?"),
        max_length=140,
        help_text=_("Et arbeidsnavn holder. Du kan endre det senere."),
        error_messages={"required": _("Skriv en tittel")},
    )
    eier = forms.ModelChoiceField(
        label=_("Hvem eier prosjektet?"),
        queryset=None,
        empty_label=_("Velg …"),
        error_messages={"required": _("Velg hvem som eier prosjektet")},
    )
    nokkel = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)

    def __init__(self, *args, bruker, utfordring, **kwargs):
        super().__init__(*args, **kwargs)
        har = utfordring.medunderskrifter.gjeldende().values("organisasjon")
        egne = egne_organisasjoner(bruker).filter(pk__in=har)
        self.egne = list(egne)
        self.fields["eier"].queryset = egne
        if len(self.egne) == 1:
            self.fields["eier"].initial = self.egne[0]
            self.fields["eier"].widget = forms.HiddenInput()
        self.initial.setdefault("nokkel", str(uuid.uuid4()))
        self.initial.setdefault("tittel", utfordring.tittel)

    def clean_nokkel(self):
        return self.cleaned_data["nokkel"] or str(uuid.uuid4())


class KnyttProsjekt(forms.Form):
    prosjekt = forms.ModelChoiceField(
        label=_("Hvilket av prosjektene deres?"),
        queryset=Prosjekt.objects.none(),
        empty_label=_("Velg …"),
        error_messages={"required": _("Velg et prosjekt")},
    )

    def __init__(self, *args, bruker, utfordring, **kwargs):
        super().__init__(*args, **kwargs)
        svart = utfordring.prosjektsvar.values("prosjekt")
        egne = Prosjekt.objects.redigerbare_for(bruker).filter(status=Status.PUBLISERT).exclude(pk__in=svart)
        ider = list(egne.order_by("-endret_tid", "-pk").values_list("pk", flat=True)[:MAKS_VALG])
        self.fields["prosjekt"].queryset = Prosjekt.objects.filter(pk__in=ider).order_by("sorteringsnokkel", "pk")
        self.har_noen = bool(ider)
