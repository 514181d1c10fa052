"""Forms of barriers: raising one in a minute, KS' answer, and gathering them by rule."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from kommuner.kodeverk import Forvaltningsniva
from partnerskap.felles.forms import Enlinje, Langtekst
from prosjekter.forms.registrering import Organisasjonsvalg
from prosjekter.kodeverk import Barrieretype, Policylabstatus
from prosjekter.models import Regel
from prosjekter.models.barriere import BARE_HTTPS
from prosjekter.overganger import barriere as overganger

TYPER = {
    Barrieretype.REGELVERK: _("Regelverk: en lov, forskrift eller regel sier nei"),
    Barrieretype.TAUSHETSPLIKT: _("Taushetsplikt og personvern: vi får ikke dele det vi må dele"),
    Barrieretype.FINANSIERINGSMODELL: _("Finansieringsmodell: pengene kan ikke brukes slik"),
    Barrieretype.INSENTIV: _("Insentiver: den som gjør jobben, er ikke den som tjener på det"),
    Barrieretype.MALESYSTEM: _("Målesystem: vi måles på noe annet"),
    Barrieretype.OPPGAVEFORDELING: _("Oppgavefordeling: ansvaret er delt mellom flere"),
    Barrieretype.TEKNOLOGI: _("Teknologi: systemene henger ikke sammen"),
    Barrieretype.KULTUR: _("Kultur: vi er vant til å gjøre det på en annen måte"),
    Barrieretype.KOMPETANSE: _("Kompetanse: vi kan det ikke godt nok"),
}
FORST = ("hva_stopper", "type", "hjemmel", "niva")  # the rest is folded away


class Lenke(forms.URLField):
    """An address that begins with https://, and no other kind."""

    default_validators = [BARE_HTTPS]

    default_error_messages = {"invalid": BARE_HTTPS.message}

    def __init__(self, **felt):
        super().__init__(assume_scheme="https", max_length=400, required=False, **felt)


class BarriereForm(forms.Form):
    """`nokkel` makes two clicks one; `versjon` tells what the writer saw."""

    merk_valgfritt = False
    hva_stopper = Langtekst(
        label=_("Hva får dere ikke gjort?"),
        help_text=_("Begynn med én setning. Skriv ikke om enkeltpersoner."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Skriv hva dere ikke får gjort")},
    )
    type = forms.ChoiceField(
        label=_("Hva slags barriere er det?"),
        choices=list(TYPER.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hva slags barriere det er")},
    )
    hjemmel = Enlinje(
        label=_("Hvilken lov eller regel?"),
        help_text=_(
            "For eksempel «helsepersonelloven § 21». Navnet på loven holder. Må være med når det er regelverk."
        ),
        max_length=200,
        required=False,
        widget=Organisasjonsvalg,
    )
    niva = forms.ChoiceField(
        label=_("Hvem kan fjerne den?"),
        choices=[("", _("Vet ikke")), *Forvaltningsniva.choices],
        required=False,
    )
    hva_ville_lost = Langtekst(
        label=_("Hva ville løst den?"),
        help_text=_("En unntaksregel, en avklaring, en felles løsning?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    hjemmel_lenke = Lenke(
        label=_("Hvor kan vi lese regelen?"), help_text=_("Lim inn adressen, for eksempel fra lovdata.no.")
    )
    nokkel = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)
    versjon = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args, bruker, barriere=None, **kwargs):
        if barriere:
            verdier = {navn: getattr(barriere, navn) for navn in (*self.base_fields,) if navn != "nokkel"}
            kwargs["initial"] = {**verdier, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        del self.fields["nokkel" if barriere else "versjon"]
        self.initial.setdefault("nokkel", str(uuid.uuid4()))
        kjente = Regel.objects.synlige_for(bruker).filter(del_av=None)
        self.fields["hjemmel"].widget.forslag = lambda: list(kjente.values_list("navn", flat=True)[:200])

    def clean_nokkel(self):
        return self.cleaned_data["nokkel"] or str(uuid.uuid4())

    def clean_versjon(self):
        return self.cleaned_data["versjon"] or 0

    def clean(self):
        data = super().clean()
        if data.get("type") == Barrieretype.REGELVERK and not data.get("hjemmel") and "hjemmel" not in self.errors:
            self.add_error("hjemmel", _("Skriv hvilken lov eller regel det er, så godt du kan"))
        return data

    @property
    def verdier(self):
        return {navn: verdi for navn, verdi in self.cleaned_data.items() if navn not in ("versjon", "nokkel")}


# ---- KS ------------------------------------------------------------------------------------------------------------

DIT = {
    Policylabstatus.MELDT: _("Meldt: vi tar den opp igjen"),
    Policylabstatus.AVKLART: _("Avklart: vi vet hva som gjelder"),
    Policylabstatus.I_POLICYLAB: _("I policylab: vi arbeider med den"),
    Policylabstatus.FORSLAG_SENDT: _("Forslag sendt: den som bestemmer, har fått et forslag"),
    Policylabstatus.ENDRET: _("Endret: den er fjernet"),
    Policylabstatus.AVVIST: _("Avvist: den som bestemmer, har sagt nei"),
    Policylabstatus.LOKALT_HANDLINGSROM: _("Lokalt handlingsrom fantes: de kan gjøre det i dag"),
}


def dit(barriere, bruker, fra=None):
    return [(status, DIT[status]) for status in overganger.mulige(barriere, bruker, fra)]


class Flytteskjema(forms.Form):
    """KS' answer. `fra` is where it stood when the page was shown."""

    til = forms.ChoiceField(
        label=_("Hva er status nå?"), widget=forms.RadioSelect, error_messages={"required": _("Velg status")}
    )
    tekst = Langtekst(
        label=_("Hva svarer dere?"),
        help_text=_("Alle som ser barrieren, leser dette. De som meldte den, får det på e-post."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Skriv hvorfor")},
    )
    ogsaa_de_andre = forms.BooleanField(required=False)
    fra = forms.CharField(max_length=30, widget=forms.HiddenInput, required=False)

    def __init__(self, *args, barriere, bruker, antall_andre, **kwargs):
        super().__init__(*args, initial={"fra": barriere.policylab_status}, **kwargs)
        # What was posted is read as it was shown; that a colleague has moved it meanwhile is for the deed to say.
        self.fields["til"].choices = dit(barriere, bruker, fra=self["fra"].value())
        if antall_andre:
            self.fields["ogsaa_de_andre"].label = _(
                "Gi samme svar på de andre under samme regel som står på samme sted (%(antall)s)"
            ) % {"antall": antall_andre}
        else:
            del self.fields["ogsaa_de_andre"]


class Regelvalg(forms.Form):
    """Which rule a barrier is about, whatever its people wrote."""

    regel = forms.ModelChoiceField(
        label=_("Hvilken regel gjelder det?"),
        queryset=Regel.objects.none(),
        empty_label=None,
        help_text=_("Barrierer under samme regel vises sammen."),
        error_messages={"required": _("Velg en regel")},
    )

    def __init__(self, *args, bruker, barriere, **kwargs):
        super().__init__(*args, initial={"regel": barriere.regel_id}, **kwargs)
        self.fields["regel"].queryset = Regel.objects.synlige_for(bruker).filter(del_av=None)


class Regelskjema(forms.Form):
    navn = Enlinje(
        label=_("Hva heter regelen?"),
        help_text=_("Slik den skal stå for alle, for eksempel «Helsepersonelloven § 21»."),
        max_length=200,
        error_messages={"required": _("Skriv hva regelen heter")},
    )
    lenke = Lenke(label=_("Hvor kan den leses?"), help_text=_("Adressen hos Lovdata eller den som har laget regelen."))


class Sammenslaing(forms.Form):
    med = forms.ModelChoiceField(
        label=_("Hvilken er den det samme som?"),
        queryset=Regel.objects.none(),
        empty_label=_("Velg …"),
        help_text=_("Barrierene flyttes dit, adressen leder videre, og nye med denne skrivemåten havner samme sted."),
        error_messages={"required": _("Velg en regel")},
    )

    def __init__(self, *args, bruker, regel, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["med"].queryset = Regel.objects.synlige_for(bruker).filter(del_av=None).exclude(pk=regel.pk)
