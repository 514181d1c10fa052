"""Forms of reuse: a few fields to begin with, more as the use grows."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from kommuner.models import Organisasjon
from kommuner.tilgang import arbeider_for
from partnerskap.felles.forms import Datovelger
from prosjekter import tilgang
from prosjekter.forms.registrering import Enlinje, Langtekst, rimelig_dato
from prosjekter.kodeverk import Belegg, Gjenbrukstatus, Gjenbrukstype
from prosjekter.models import Prosjekt
from prosjekter.overganger import gjenbruk as overganger

TYPER = [
    (Gjenbrukstype.KOPIERT, _("Kopiert: vi gjør det samme")),
    (Gjenbrukstype.TILPASSET, _("Tilpasset: samme idé, endret så det passer oss")),
    (Gjenbrukstype.INSPIRERT, _("Inspirert: vi tar med oss tanken og gjør noe eget")),
]
STATUSER = {
    Gjenbrukstatus.VURDERES: _("Vi vurderer det"),
    Gjenbrukstatus.PLANLAGT: _("Vi har planlagt det"),
    Gjenbrukstatus.INNFORES: _("Vi holder på å innføre det"),
    Gjenbrukstatus.I_BRUK: _("Vi har det i bruk"),
    Gjenbrukstatus.VERDI_BEKREFTET: _("Vi har det i bruk, og det har gitt verdi"),
    Gjenbrukstatus.FORKASTET: _("Vi bruker det ikke"),
}


def type_felt(**felt):
    return forms.ChoiceField(
        label=_("Hvordan bruker dere ideen?"),
        choices=TYPER,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hvordan dere bruker ideen")},
        **felt,
    )


def status_felt(statuser, **felt):
    return forms.ChoiceField(
        label=_("Hvor langt har dere kommet?"),
        choices=[(s, STATUSER[s]) for s in statuser],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hvor langt dere har kommet")},
        **felt,
    )


def langt_felt(etikett, hjelp="", *, lengde=1000, mangler="", rader=3):
    return Langtekst(
        label=etikett,
        help_text=hjelp,
        max_length=lengde,
        required=False,
        widget=forms.Textarea(attrs={"rows": rader}),
        error_messages={"required": mangler} if mangler else None,
    )


def kontakt_felt():
    return Enlinje(
        label=_("Hvem kan andre spørre hos dere?"),
        help_text=_("En rolle, ikke et navn, for eksempel «leder for hjemmetjenesten»."),
        max_length=120,
        error_messages={"required": _("Skriv hvem andre kan spørre")},
    )


def egne_prosjekter(bruker, prosjekt):
    """What the taker's own project may be: one the person may edit, but not the one shared."""
    return Prosjekt.objects.redigerbare_for(bruker).exclude(pk=prosjekt.pk).order_by("sorteringsnokkel", "pk")


def til_felt(bruker, prosjekt):
    return forms.ModelChoiceField(
        label=_("Har dere et eget prosjekt om det her i portalen?"),
        help_text=_("Da kan andre følge ideen videre til dere."),
        queryset=egne_prosjekter(bruker, prosjekt),
        required=False,
        empty_label=_("Nei"),
    )


class NyttGjenbruk(forms.Form):
    """Three answers hold; what is kept and changed may wait. `nokkel` makes two clicks one."""

    taker = forms.ModelChoiceField(
        label=_("Hvem vil bruke det?"),
        queryset=Organisasjon.objects.none(),
        empty_label=_("Velg …"),
        error_messages={"required": _("Velg hvem som vil bruke det")},
    )
    type = type_felt()
    status = status_felt(overganger.START)
    kontaktrolle = kontakt_felt()
    kjerne = langt_felt(_("Hva beholder dere?"))
    tilpasning = langt_felt(_("Hva gjør dere annerledes?"))
    nokkel = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)

    def __init__(self, *args, bruker, prosjekt, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("nokkel", str(uuid.uuid4()))
        self.egne = [
            o
            for o in Organisasjon.objects.aktive().filter(pk__in=arbeider_for(bruker))
            if tilgang.kan_ta_i_bruk_for(bruker, prosjekt, o)
        ]
        self.fields["taker"].queryset = Organisasjon.objects.filter(pk__in=[o.pk for o in self.egne])
        if len(self.egne) == 1:
            self.fields["taker"].initial = self.egne[0]
            self.fields["taker"].widget = forms.HiddenInput()
        self.fields["til"] = til_felt(bruker, prosjekt)

    def clean_nokkel(self):
        return self.cleaned_data["nokkel"] or str(uuid.uuid4())


class NyPastand(forms.Form):
    """What the giver says about somebody outside the portal."""

    taker_navn = Enlinje(
        label=_("Hvem bruker det?"),
        help_text=_("En organisasjon, aldri en person."),
        max_length=120,
        error_messages={"required": _("Skriv hvem som bruker det")},
    )
    type = type_felt()
    status = status_felt(overganger.START)
    tilpasning = langt_felt(_("Hva vet dere om hvordan de gjør det?"))
    nokkel = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("nokkel", str(uuid.uuid4()))
        self.fields["type"].label = _("Hvordan bruker de ideen?")
        self.fields["status"].label = _("Hvor langt har de kommet?")
        for felt in ("type", "status"):
            self.fields[felt].choices = _om_andre(self.fields[felt].choices, felt)

    def clean_nokkel(self):
        return self.cleaned_data["nokkel"] or str(uuid.uuid4())


def _om_andre(valg, felt):
    """The giver speaks of others, not of «vi»."""
    navn = {"type": Gjenbrukstype, "status": Gjenbrukstatus}[felt]
    return [(verdi, navn(verdi).label) for verdi, _etikett in valg]


HVORDAN_DET_GAAR = ("status", "verdi", "belegg", "hvorfor_ikke")  # asked first; the rest is folded away


class Gjenbruksskjema(forms.Form):
    """All of a record. The status offers only where the table leads from here."""

    merk_valgfritt = False  # what must be there follows from the status, and is said there
    status = status_felt(Gjenbrukstatus)
    verdi = langt_felt(
        _("Hvilken verdi ga det?"),
        _("Hva ble bedre, for hvem, og omtrent hvor mye? Må være med når dere bekrefter verdi."),
        mangler=_("Skriv hvilken verdi det ga"),
    )
    belegg = forms.ChoiceField(
        label=_("Hvordan vet dere det?"), choices=[("", _("Velg …")), *Belegg.choices], required=False
    )
    hvorfor_ikke = langt_felt(
        _("Hvorfor bruker dere det ikke?"),
        _("Bare hvis dere har lagt det bort. Det sparer den neste for tid."),
    )
    type = type_felt()
    kjerne = langt_felt(_("Hva beholder dere?"))
    tilpasning = langt_felt(_("Hva gjør dere annerledes?"))
    i_bruk_dato = forms.DateField(
        label=_("Når tok dere det i bruk?"),
        help_text=_("Omtrent er godt nok."),
        widget=Datovelger,
        validators=[rimelig_dato],
        required=False,
    )
    kostnad = langt_felt(_("Hva kostet det av penger og tid?"), _("Omtrent er godt nok."), lengde=500, rader=2)
    kontaktrolle = kontakt_felt()
    versjon = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args, gjenbruk, bruker, **kwargs):
        verdier = {navn: getattr(gjenbruk, navn) for navn in (*self.base_fields, "til")}
        kwargs["initial"] = {**verdier, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        mulige = overganger.mulige(gjenbruk, bruker)
        self.fields["status"].choices = [(s, STATUSER[s]) for s in mulige]
        if gjenbruk.er_ekstern:
            self._bare_det_giveren_vet(mulige)
        else:
            self.fields["til"] = til_felt(bruker, gjenbruk.fra)

    def _bare_det_giveren_vet(self, mulige):
        for navn in ("verdi", "belegg", "kontaktrolle", "kostnad", "kjerne"):
            del self.fields[navn]
        self.fields["status"].choices = _om_andre([(s, "") for s in mulige], "status")
        self.fields["type"].choices = _om_andre(self.fields["type"].choices, "type")
        self.fields["status"].label = _("Hvor langt har de kommet?")
        self.fields["type"].label = _("Hvordan bruker de ideen?")
        self.fields["tilpasning"].label = _("Hva vet dere om hvordan de gjør det?")
        self.fields["i_bruk_dato"].label = _("Når tok de det i bruk?")
        self.fields["hvorfor_ikke"].label = _("Hvorfor bruker de det ikke?")

    def clean_versjon(self):
        return self.cleaned_data["versjon"] or 0

    def clean(self):
        data = super().clean()
        mangler = {
            "verdi": _("Skriv hvilken verdi det ga"),
            "belegg": _("Velg hvordan dere vet det"),
            "hvorfor_ikke": _("Skriv hvorfor. Det er nyttig for den neste"),
        }
        for felt in overganger.ma_sies(data.get("status")):
            if felt in self.fields and not data.get(felt) and felt not in self.errors:
                self.add_error(felt, mangler[felt])
        return data

    @property
    def verdier(self):
        return {navn: verdi for navn, verdi in self.cleaned_data.items() if navn != "versjon"}


class Svar(forms.Form):
    svar = langt_felt(
        _("Vil dere si noe mer enn takk?"),
        _("Alle som ser prosjektet, kan lese det. Skriv ikke om enkeltpersoner."),
        lengde=500,
    )
