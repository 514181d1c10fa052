"""An answer that is a list: a field whose value is rows, each row a small form. No script needed; an emptied row is gone."""

import re

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from partnerskap.felles.forms import Enlinje
from prosjekter.kodeverk import Belegg, Drivkraft, Retning, Verdidimensjon
from prosjekter.models import Avvikling, Faktor, Gevinst
from prosjekter.models.gevinst import MAKS_STYRKE

MAKS_RADER = 20
MAKS_TALL = 2_000_000_000  # what the column holds


def _valg(choices):
    return [("", _("Velg …")), *choices]


class Rad(forms.Form):
    """One row. Nothing in it is an empty row, and no answer."""

    modell = None
    merk_valgfritt = False
    use_required_attribute = False
    mangler = {}  # what must be there when anything is, and what to say

    @property
    def er_tom(self):
        return not any(str(self[navn].value() or "").strip() for navn in self.fields)

    def clean(self):
        super().clean()
        if not self.er_tom:
            for navn, melding in self.mangler.items():
                if not self.cleaned_data.get(navn) and navn not in self.errors:
                    self.add_error(navn, melding)
        return self.cleaned_data

    def som_svar(self):
        return self.modell(**self.cleaned_data).som_svar()


class Gevinstrad(Rad):
    modell = Gevinst
    mangler = {
        "dimensjon": _("Velg hva slags gevinst det er"),
        "belegg": _("Velg hvordan dere vet det"),
    }

    dimensjon = forms.ChoiceField(label=_("Hva blir bedre?"), choices=_valg(Verdidimensjon.choices), required=False)
    mottaker = Enlinje(label=_("For hvem?"), max_length=120, required=False)
    forventet = Enlinje(
        label=_("Hva venter dere?"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    realisert = Enlinje(
        label=_("Hva har dere oppnådd?"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    belegg = forms.ChoiceField(label=_("Hvordan vet dere det?"), choices=_valg(Belegg.choices), required=False)

    def clean(self):
        data = super().clean()
        tekster = ("forventet", "realisert")
        if not self.er_tom and not any(data.get(navn) or navn in self.errors for navn in tekster):
            self.add_error("forventet", _("Skriv hva dere venter, eller hva dere har oppnådd"))
        return data


class Faktorrad(Rad):
    modell = Faktor
    mangler = {
        "faktor": _("Velg hva det var"),
        "retning": _("Velg om det hjalp eller hindret"),
        "styrke": _("Velg hvor mye det betydde"),
    }

    faktor = forms.ChoiceField(label=_("Hva var det?"), choices=_valg(Drivkraft.choices), required=False)
    retning = forms.ChoiceField(label=_("Hjalp eller hindret?"), choices=_valg(Retning.choices), required=False)
    styrke = forms.TypedChoiceField(
        label=_("Hvor mye, 1–6?"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=_valg([(n, str(n)) for n in range(1, MAKS_STYRKE + 1)]),
    )


class Heltall(forms.IntegerField):
    """As people write numbers: «1 200», «350 000 kr», «350.000»."""

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(min_value=0, max_value=MAKS_TALL, widget=widget, **kwargs)

    def to_python(self, value):
        if isinstance(value, str):
            value = re.sub(
                r"(?<=\d)[\s.](?=\d{3}(\D|$))|\s*(kr|kroner|timer|t)?\.?\s*(,-)?$", "", value.strip(), flags=re.I
            )
        return super().to_python(value)


class Avviklingsrad(Rad):
    modell = Avvikling
    mangler = {"hva": _("Skriv hva dere slutter med")}
    tall = {"invalid": _("Skriv et helt tall"), "min_value": _("Tallet kan ikke være mindre enn null")}

    hva = Enlinje(label=_("Hva slutter dere med?"), max_length=200, required=False)
    frigjort_tid = Heltall(label=_("Timer frigjort i året"), required=False, error_messages=tall)
    frigjort_belop = Heltall(label=_("Kroner frigjort i året"), required=False, error_messages=tall)
    merknad = Enlinje(label=_("Hvordan vet dere det?"), max_length=300, required=False)


class Radliste(forms.Widget):
    """The rows as fieldsets, with one empty at the end, and a button that gives one more."""

    template_name = "django/forms/widgets/radliste.html"
    use_fieldset = True

    def __init__(self, rad, en, attrs=None):
        super().__init__(attrs)
        self.en = en  # what one row is called
        self.sett = forms.formset_factory(rad, extra=0, max_num=MAKS_RADER, absolute_max=MAKS_RADER)

    def value_from_datadict(self, data, files, name):
        """The rows as they were posted: a bound formset."""
        if f"{name}-TOTAL_FORMS" not in data:
            return None
        antall = _tall(data[f"{name}-TOTAL_FORMS"]) + (f"{name}-flere" in data)
        data = data.copy()
        data[f"{name}-TOTAL_FORMS"], data[f"{name}-INITIAL_FORMS"] = min(antall, MAKS_RADER), 0
        return self.sett(data, prefix=name)

    def format_value(self, value):
        return value

    def get_context(self, name, value, attrs):
        kontekst = super().get_context(name, value, attrs)
        if not isinstance(value, self.sett):
            rader = [rad.felt for rad in value or []]
            sett = self.sett(prefix=name, initial=rader)
            sett.extra = 0 if len(rader) >= MAKS_RADER else 1
            value = sett
        kontekst["widget"] |= {"rader": value, "en": self.en, "er_full": value.total_form_count() >= MAKS_RADER}
        return kontekst


def _tall(tekst):
    """How many rows were posted; a number somebody has tampered with is no reason to fail."""
    return int(tekst[:3]) if tekst[:3].isascii() and tekst[:3].isdecimal() else 0


class Radfelt(forms.Field):
    """Cleans to a list of models.gevinst.Svarrad."""

    default_error_messages = {"ufullstendig": _("En av radene mangler noe")}

    def __init__(self, rad, *, en, **kwargs):
        super().__init__(widget=Radliste(rad, en), **kwargs)

    def clean(self, value):
        rader = [] if value is None else [rad for rad in value if not rad.er_tom]
        if not all(rad.is_valid() for rad in rader):
            raise forms.ValidationError(self.error_messages["ufullstendig"])
        svar = [rad.som_svar() for rad in rader]
        if self.required and not svar:
            raise forms.ValidationError(self.error_messages["required"])
        return svar

    def has_changed(self, initial, data):
        return True


class Faktorfelt(Radfelt):
    """Each driver or barrier once."""

    def clean(self, value):
        svar = super().clean(value)
        valgte = [rad.felt["faktor"] for rad in svar]
        if dobbelt := next((kode for kode in valgte if valgte.count(kode) > 1), None):
            raise forms.ValidationError(_now("«%s» er valgt to ganger") % Drivkraft(dobbelt).label)
        return svar


def radfelt(navn, **felles):
    if navn == "gevinster":
        return Radfelt(Gevinstrad, en=_("Gevinst"), **felles)
    if navn == "avviklinger":
        return Radfelt(Avviklingsrad, en=_("Noe vi slutter med"), **felles)
    return Faktorfelt(Faktorrad, en=_("Faktor"), **felles)
