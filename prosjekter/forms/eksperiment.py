"""Forms of experiments: three short answers to begin with; what happened when it has happened."""

import uuid

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerskap.felles.forms import Datovelger, Langtekst
from prosjekter.forms.registrering import rimelig_dato
from prosjekter.kodeverk import Beslutning

PLAN = ("hypotese", "endring", "forventning")
RESULTAT = ("observasjon", "beslutning", "begrunnelse")
DATOER = ("fra_dato", "til_dato")
BESLUTNINGER = {
    Beslutning.FORTSETT: _("Fortsett: vi gjør mer av det samme"),
    Beslutning.JUSTER: _("Juster: vi endrer noe og prøver igjen"),
    Beslutning.STOPP: _("Stopp: vi vet nok, og bruker tiden på noe annet"),
    Beslutning.SKALER: _("Skaler: vi tar det i bruk for flere"),
}


def _langt(etikett, hjelp="", *, lengde, mangler, rader=2, **felt):
    return Langtekst(
        label=etikett,
        help_text=hjelp,
        max_length=lengde,
        widget=forms.Textarea(attrs={"rows": rader}),
        error_messages={"required": mangler},
        **felt,
    )


def _dato(etikett, hjelp="", **felt):
    return forms.DateField(label=etikett, help_text=hjelp, widget=Datovelger, validators=[rimelig_dato], **felt)


class Planskjema(forms.Form):
    """What they believe, change and expect, and when."""

    hypotese = _langt(
        _("Hva er hypotesen?"),
        _("Det dere tror, i én setning. For eksempel: «Flere svarer når vi ringer enn når vi skriver.»"),
        lengde=500,
        mangler=_("Skriv hva dere tror"),
    )
    endring = _langt(
        _("Hva er endringen?"),
        _("Det ene dere gjør annerledes, og for hvem."),
        lengde=1000,
        mangler=_("Skriv hva dere endrer"),
    )
    forventning = _langt(
        _("Hva er forventningen?"),
        _("Det dere skal se hvis hypotesen stemmer."),
        lengde=500,
        mangler=_("Skriv hva dere venter å se"),
    )
    fra_dato = _dato(_("Fra"), error_messages={"required": _("Velg når det begynte, eller skal begynne")})
    til_dato = _dato(_("Til"), _("Er dere ikke ferdige, minner vi om resultatet når dagen er gått."), required=False)

    def clean(self):
        data = super().clean()
        fra, til = data.get("fra_dato"), data.get("til_dato")
        if fra and til and til < fra:
            self.add_error("til_dato", _("Sluttdatoen må komme etter startdatoen"))
        return data


class Resultatskjema(forms.Form):
    """What happened, and what they do now."""

    observasjon = _langt(
        _("Hva skjedde?"),
        _("Det dere så, også det dere ikke ventet. «Ingen kom» er et godt svar."),
        lengde=2000,
        mangler=_("Skriv hva som skjedde"),
        rader=3,
    )
    beslutning = forms.ChoiceField(
        label=_("Hva gjør dere nå?"),
        choices=BESLUTNINGER.items(),
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hva dere gjør nå")},
    )
    begrunnelse = _langt(
        _("Hvorfor?"), _("Det den neste som vurderer det samme, bør vite."), lengde=1000, mangler="", required=False
    )


class Nokkelskjema(forms.Form):
    """`nokkel` makes two clicks one."""

    nokkel = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("nokkel", str(uuid.uuid4()))

    def clean_nokkel(self):
        return self.cleaned_data["nokkel"] or str(uuid.uuid4())


class NyttEksperiment(Planskjema, Resultatskjema, Nokkelskjema):
    """Both in one page: what they will try, or what they have tried already with what came of it.

    The result is asked for when `naar` says so, or when some of it was written all the same: nothing typed is dropped.
    """

    SKAL, PROVD = "skal", "provd"
    naar = forms.ChoiceField(
        label=_("Hva vil du logge?"),
        choices=[(SKAL, _("Noe vi skal prøve, eller er i gang med")), (PROVD, _("Noe vi har prøvd ferdig"))],
        widget=forms.RadioSelect,
        initial=SKAL,
        error_messages={"required": _("Velg om dere skal prøve, eller har prøvd")},
    )
    field_order = ["naar", *PLAN, *RESULTAT, *DATOER]

    def __init__(self, data=None, *args, **kwargs):
        if data is not None and any(data.get(navn, "").strip() for navn in RESULTAT):
            data = data.copy()
            data["naar"] = self.PROVD
        super().__init__(data, *args, **kwargs)
        self.initial.setdefault("fra_dato", timezone.localdate())

    def clean(self):
        data = super().clean()
        if data.get("naar") != self.PROVD:
            for navn in RESULTAT:
                self.errors.pop(navn, None)
                data[navn] = ""
        return data

    @property
    def planfelt(self):
        return [self[navn] for navn in PLAN]

    @property
    def datofelt(self):
        return [self[navn] for navn in DATOER]

    @property
    def resultatfelt(self):
        return [self[navn] for navn in RESULTAT]

    @property
    def verdier(self):
        return {navn: verdi for navn, verdi in self.cleaned_data.items() if navn != "naar"}


class _MedVersjon(forms.Form):
    """What the writer saw is what she changes."""

    versjon = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args, eksperiment, **kwargs):
        verdier = {navn: getattr(eksperiment, navn) for navn in self.base_fields}
        kwargs["initial"] = {**verdier, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def clean_versjon(self):
        return self.cleaned_data["versjon"] or 0

    @property
    def verdier(self):
        return {navn: verdi for navn, verdi in self.cleaned_data.items() if navn != "versjon"}


class HvaSkjedde(Resultatskjema, _MedVersjon):
    """When it has ended."""


class Eksperimentskjema(Planskjema, Resultatskjema, _MedVersjon):
    """All of it; the result only when there is one."""

    field_order = [*PLAN, *RESULTAT, *DATOER]

    def __init__(self, *args, eksperiment, **kwargs):
        super().__init__(*args, eksperiment=eksperiment, **kwargs)
        if not eksperiment.har_resultat:
            for navn in RESULTAT:
                del self.fields[navn]


class Trekk(forms.Form):
    """Nothing to fill in: the page asks whether it is meant."""
