"""Forms of registering: three fields to begin with, then one form for each section."""

import uuid
from functools import cached_property

from django import forms
from django.core.validators import slug_re
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommuner.models import Organisasjon
from kommuner.tilgang import arbeider_for
from missions.models import Hovedprosjekt, Mission
from partnerskap.felles.forms import Datovelger, Enlinje, Langtekst
from prosjekter import emneord, krav, skjemakopi
from prosjekter.forms import laering
from prosjekter.forms.rader import radfelt
from prosjekter.kodeverk import AVSLUTTENDE_UTFALL, KODELISTER, Grunn, Kodeliste, Partnerrolle, Status
from prosjekter.models import RADFELT, Prosjekt, Prosjekttekst

FELT = {
    "kort": ("tittel", "ingress", "utfordring", "tjenesteomrade", "malgruppe", "emneord"),
    "forsoket": (
        "losning", "fase", "utfall", "start_dato", "slutt_dato", "innovasjonstype", "opphav", "radikalitet", "metode",
    ),
    "hvem": ("alene_fordi", "partnersok", "hovedprosjekt"),
    "skjedde": ("resultat", "laering", "stoppgrunn", "forutsetninger", "okonomi", "avviklinger", "avvikling"),
    "nytte": ("gevinster", "faktorer"),
    "deling": krav.PAKKEFELT,
    "kontakt": ("kontaktrolle", "malform", "synlighet", "lisens", "finansiering"),
}  # fmt: skip
# Fields that always have a value are not among krav's questions; one is better asked in other words.
LEDETEKST = {
    "alene_fordi": (_("Vi er alene fordi"), _("Er flere med, legger du dem til over.")),
    "emneord": (
        _("Hvilke andre ord vil folk søke med?"),
        _("Skill dem med komma, for eksempel «velferdsteknologi, nattilsyn»."),
    ),
    "partnersok": (
        _("Søker dere partnere? Hvem eller hva ser dere etter?"),
        _("Skriv det i en setning eller to, så finner andre det. La feltet stå tomt hvis dere ikke søker noen."),
    ),
    "fase": (_("Hvor langt har dere kommet?"), _("Du kan endre dette når som helst, også bakover.")),
    "utfall": (
        _("Hvordan går det?"),
        _("«Prøvd, virket ikke» er et fullgodt svar. Det sparer andre for tid."),
    ),
    "slutt_dato": (_("Når er det ferdig, eller når ble det ferdig?"), ""),
    "hovedprosjekt": (_("Hører det til et av KS’ hovedprosjekter?"), ""),
    "malform": (_("Hvilket språk skriver dere på?"), _("Skjermlesere og søk trenger å vite det.")),
    "synlighet": (_("Hvem skal kunne se prosjektet når det er publisert?"), ""),
    "lisens": (_("Hvordan kan andre bruke teksten?"), ""),
}
KORTE_TEKSTER = {
    **dict.fromkeys(krav.PAKKEFELT, 3),
    "losning": 6,
    "utfordring": 6,
    "okonomi": 3,
    "avvikling": 3,
    "ingress": 3,
    "partnersok": 3,
}


def rimelig_dato(dato):
    """A slip of the finger in the year («0206») is a date to a machine."""
    if not 1950 <= dato.year <= 2100:
        raise forms.ValidationError(_("Se etter om årstallet er riktig"))


class Emneord(Enlinje):
    def to_python(self, value):
        return emneord.rydd(super().to_python(value))

    def prepare_value(self, value):
        return (value or "").replace("; ", ", ")


class NyttProsjekt(forms.Form):
    """What a draft needs. `nokkel` was made when the form was shown, so that two clicks make one project."""

    tittel = Enlinje(
        label=_("Hva heter prosjektet?"),
        max_length=140,
        help_text=_("Et arbeidsnavn holder. Du kan endre det senere."),
        error_messages={"required": _("Skriv en tittel")},
    )
    utfordring = Langtekst(
        label=_("Hva er utfordringen?"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Hva er det som ikke virker i dag, og for hvem? Noen få setninger holder."),
        error_messages={"required": _("Skriv hva utfordringen er")},
    )
    eier = forms.ModelChoiceField(
        label=_("Hvem eier prosjektet?"),
        queryset=Organisasjon.objects.none(),
        error_messages={"required": _("Velg hvem som eier prosjektet")},
    )
    nokkel = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)
    # Whoever comes from a mission's page proposes the project to it. What is not a mission is left unsaid.
    mission = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, bruker, **kwargs):
        super().__init__(*args, **kwargs)
        slug = self["mission"].value() or ""
        aapne = Mission.objects.filter(er_publisert=True)
        self.valgt_mission = aapne.filter(slug=slug).first() if slug_re.fullmatch(slug) else None
        egne = Organisasjon.objects.aktive().filter(pk__in=arbeider_for(bruker))
        self.fields["eier"].queryset = egne
        self.initial.setdefault("nokkel", str(uuid.uuid4()))
        self.egne = list(egne[:2])
        if len(self.egne) == 1:
            self.fields["eier"].initial = self.egne[0]
            self.fields["eier"].widget = forms.HiddenInput()
        else:
            self.fields["eier"].empty_label = _("Velg …")

    def clean_mission(self):
        return self.valgt_mission

    def clean_nokkel(self):
        return self.cleaned_data["nokkel"] or str(uuid.uuid4())


class Seksjonsskjema(forms.Form):
    """One section of a project, its fields in the words of krav's questions."""

    merk_valgfritt = False  # everything can be saved half done; what must be there to send in is said there
    versjon = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)
    utkast = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args, seksjon, prosjekt, svar, bare=None, laast=frozenset(), **kwargs):
        """`bare` names the only answers there are in `data`, when not all of the section was sent. The page has decided
        what to ask for, and of the other answers only the columns of the project are read.

        `laast` are those the writer may not change (tilgang.laaste_svar): they are not asked for.
        """
        self.seksjon, self.prosjekt, self.svar = seksjon, prosjekt, svar
        kwargs["initial"] = {**svar, "versjon": prosjekt.versjon, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        for navn in FELT[seksjon]:
            if navn not in laast and (self._spoer_om(navn) if bare is None else navn in bare):
                self.fields[navn] = _felt(navn, prosjekt)

    def _spoer_om(self, navn):
        """With company nobody asks why alone. Links have rows of their own; the old text is only for who has written it."""
        har_noe = self.svar[navn] or self.data.get(navn)
        return har_noe or not (navn == "lenker" or (navn == "alene_fordi" and self.svar["partnere"]))

    def clean_versjon(self):
        return self.cleaned_data["versjon"] or 0

    def clean_utkast(self):
        return self.cleaned_data["utkast"] or 0

    def clean(self):
        data = super().clean()
        start, slutt = (
            data.get(navn) if navn in self.fields else self.svar[navn] for navn in ("start_dato", "slutt_dato")
        )
        if start and slutt and slutt < start:
            self.add_error("slutt_dato", _("Datoen må komme etter startdatoen"))
        return data

    @property
    def egne(self):
        """The section's own fields, without the bookkeeping."""
        return [navn for navn in FELT[self.seksjon] if navn in self.fields]

    @property
    def verdier(self):
        """The answers; of a form that was not all valid, those that are."""
        return {navn: self.cleaned_data[navn] for navn in self.egne if navn in self.cleaned_data}

    def fyll(self, kopi):
        """Show what the person has written and not saved, in place of what is saved."""
        if kopi:
            self.initial |= {**skjemakopi.som_skrevet(self, kopi), "versjon": kopi.versjon, "utkast": kopi.nummer}
        return self

    # What the page shows: the next best question first, the rest in order, and at the end what is not asked yet.

    @cached_property
    def neste(self):
        return None if self.errors else krav.neste_beste(self.svar, self.seksjon)

    @property
    def neste_felt(self):
        return self[self.neste.felt] if self.neste else None

    @cached_property
    def _aktuelle(self):
        spurt = {s.felt for s in krav.SPORSMAL}
        aktuelle = {s.felt for s in krav.aktuelle(self.svar, self.seksjon)}
        return [
            navn
            for navn in self.egne
            if navn not in spurt or navn in aktuelle or self.svar.get(navn) or navn in self.errors
        ]

    @property
    def felter(self):
        return [self[navn] for navn in self._aktuelle if not self.neste or navn != self.neste.felt]

    @property
    def flere_felter(self):
        return [self[navn] for navn in self.egne if navn not in self._aktuelle]


class Avslutning(Seksjonsskjema):
    """How it went, and what others need to know of it, on one page whatever the sections."""

    FELTER = ("utfall", "stoppgrunn", "resultat", "laering", "avviklinger", "avvikling", "slutt_dato")

    def __init__(self, *args, prosjekt, svar, **kwargs):
        super().__init__(*args, seksjon="skjedde", prosjekt=prosjekt, svar=svar, **kwargs)
        versjon = self.fields["versjon"]
        self.fields = {"versjon": versjon, **{navn: _felt(navn, prosjekt) for navn in self.FELTER}}
        self.fields["utfall"].choices = [(u.value, u.label) for u in AVSLUTTENDE_UTFALL]
        self.fields["utfall"].error_messages["required"] = _("Velg hvordan det gikk")
        # A card is a lesson too: one from before, or one written here.
        self.fields["laering"].help_text = _("Lengre tekst om det dere lærte. Et læringskort er nok i stedet.")
        self.fields["kort_type"] = forms.ChoiceField(
            label=_("Hva slags læring er kortet?"), choices=[("", _("Velg …")), *laering.TYPER], required=False
        )
        self.fields["kort_tekst"] = laering.tekst_felt(required=False)
        self.fields["kort_tekst"].label = _("Læringskort: hva lærte dere, i én setning?")
        self.order_fields([*self.FELTER[:3], "kort_tekst", "kort_type"])
        self.fields["stoppgrunn"].help_text = _("Svar bare hvis det stoppet før dere fikk et resultat.")
        if self.initial["utfall"] not in AVSLUTTENDE_UTFALL:
            self.initial["utfall"] = None

    def clean(self):
        data = super().clean()
        start, slutt = self.prosjekt.start_dato, data.get("slutt_dato")
        if start and slutt and slutt < start:
            self.add_error("slutt_dato", _("Datoen må komme etter startdatoen"))
        har_kort = self.svar["laeringskort"] or bool(data.get("kort_tekst"))
        if not (har_kort or data.get("laering") or "laering" in self.errors):
            self.add_error("laering", self.fields["laering"].error_messages["required"])
        for sporsmal in krav.mangler({**self.svar, **data, "laeringskort": har_kort}):
            if sporsmal.felt in self.fields and sporsmal.felt not in self.errors:
                self.add_error(sporsmal.felt, sporsmal.mangler)
        if data.get("kort_tekst") and not data.get("kort_type") and "kort_type" not in self.errors:
            self.add_error("kort_type", _("Velg hva slags læring det er"))
        return data

    @property
    def kort(self):
        """The card written here, for handlinger.laering.skriv; nothing when none was."""
        if not self.cleaned_data["kort_tekst"]:
            return {}
        tekst = self.cleaned_data["kort_tekst"]
        return {
            "type": self.cleaned_data["kort_type"],
            "tekst": tekst,
            "synlighet": self.prosjekt.synlighet,
            "nokkel": f"avslutt:{tekst}",  # two clicks, or a try again after a conflict, make one
        }

    @property
    def egne(self):
        return list(self.FELTER)


SPORSMAL = {s.felt: s for s in krav.SPORSMAL}


def etikett(navn):
    """What an answer is called on the page."""
    return LEDETEKST[navn][0] if navn in LEDETEKST else SPORSMAL[navn].sporsmal


def _felt(navn, prosjekt):
    sporsmal = SPORSMAL.get(navn)
    ledetekst, hjelp = LEDETEKST.get(navn) or (sporsmal.sporsmal, sporsmal.hjelp)
    maa = prosjekt.status == Status.PUBLISERT and navn in krav.MINSTEKRAV or navn in ("tittel", "utfordring")
    felles = {"label": ledetekst, "help_text": hjelp, "required": maa}
    if sporsmal:
        felles["error_messages"] = {"required": sporsmal.mangler}
    if navn in krav.KODEFELT:
        valg = KODELISTER[Kodeliste(navn)].choices
        return forms.MultipleChoiceField(choices=valg, widget=forms.CheckboxSelectMultiple, **felles)
    if navn in RADFELT:
        return radfelt(navn, **felles)
    if navn in krav.TEKSTFELT:
        lengde = Prosjekttekst._meta.get_field(navn).max_length
        rader = KORTE_TEKSTER.get(navn, 5)
        return Langtekst(max_length=lengde, widget=forms.Textarea(attrs={"rows": rader}), **felles)
    return _prosjektfelt(navn, felles)


def _prosjektfelt(navn, felles):
    modellfelt = Prosjekt._meta.get_field(navn)
    if navn == "hovedprosjekt":
        return forms.ModelChoiceField(Hovedprosjekt.objects.all(), empty_label=_("Nei"), **felles)
    if navn in ("fase", "utfall", "malform", "synlighet", "lisens"):
        felles["required"] = True
        widget = forms.RadioSelect if navn in ("fase", "utfall", "synlighet") else forms.Select
        return forms.ChoiceField(choices=modellfelt.choices, widget=widget, **felles)
    if modellfelt.choices:
        return forms.ChoiceField(choices=[("", _("Velg …")), *modellfelt.choices], **felles)
    if navn.endswith("_dato"):
        return forms.DateField(widget=Datovelger, validators=[rimelig_dato], **felles)
    if navn == "emneord":
        return Emneord(max_length=modellfelt.max_length, **felles)
    if navn in ("ingress", "partnersok"):
        return Enlinje(max_length=300, widget=forms.Textarea(attrs={"rows": 3}), **felles)
    return Enlinje(max_length=modellfelt.max_length, **felles)


class Organisasjonsvalg(forms.TextInput):
    """A text field with suggestions, which needs no script."""

    template_name = "django/forms/widgets/forslag.html"

    def get_context(self, name, value, attrs):
        kontekst = super().get_context(name, value, attrs)
        kontekst["widget"]["attrs"]["list"] = f"{attrs['id']}_forslag"
        kontekst["widget"]["forslag"] = self.forslag()
        return kontekst


class NyDeltaker(forms.Form):
    organisasjon = forms.CharField(
        label=_("Hvem?"),
        max_length=250,
        widget=Organisasjonsvalg,
        help_text=_("Begynn å skrive navnet på kommunen eller organisasjonen."),
        error_messages={"required": _("Skriv hvem som er med")},
    )
    rolle = forms.ChoiceField(
        label=_("Hva gjør de?"),
        choices=[(r.value, r.label) for r in Partnerrolle if r != Partnerrolle.EIER],
        initial=Partnerrolle.FAGPARTNER,
    )
    fra_dato = forms.DateField(label=_("Fra"), widget=Datovelger, validators=[rimelig_dato], required=False)
    hilsen = Enlinje(
        label=_("Hilsen til dem"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, prosjekt, **kwargs):
        super().__init__(*args, **kwargs)
        self.prosjekt = prosjekt
        self.fields["organisasjon"].widget.forslag = self.navn

    @cached_property
    def _organisasjoner(self):
        """Names that repeat are told apart by county."""
        rader = list(Organisasjon.objects.aktive().select_related("fylke", "kommune__fylke"))
        antall = {}
        for o in rader:
            antall[o.navn.lower()] = antall.get(o.navn.lower(), 0) + 1
        return {(_med_fylke(o) if antall[o.navn.lower()] > 1 else o.navn): o for o in rader}

    def navn(self):
        return list(self._organisasjoner)

    def clean_organisasjon(self):
        skrevet = self.cleaned_data["organisasjon"]
        like = [o for navn, o in self._organisasjoner.items() if navn.lower() == skrevet.lower()]
        like = like or [o for navn, o in self._organisasjoner.items() if skrevet.lower() in navn.lower()]
        if len(like) == 1:
            return like[0]
        if not like:
            raise forms.ValidationError(_("Fant ingen med det navnet. Se etter om det er skrevet rett."))
        navn = ", ".join(n for n, o in self._organisasjoner.items() if o in like[:5])
        raise forms.ValidationError(_("Flere passer. Skriv hele navnet: %(navn)s.") % {"navn": navn})


def _med_fylke(organisasjon):
    fylke = organisasjon.kommune.fylke if organisasjon.kommune_id else organisasjon.fylke
    return f"{organisasjon.navn} ({fylke})" if fylke else organisasjon.navn


class AvsluttDeltakelse(forms.Form):
    til_dato = forms.DateField(
        label=_("Første dag de ikke er med"),
        widget=Datovelger,
        validators=[rimelig_dato],
        initial=timezone.localdate,
        error_messages={"required": _("Skriv fra hvilken dag de ikke er med")},
    )
    begrunnelse = Enlinje(
        label=_("Hvorfor avslutter KS det?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("De og prosjektet får det på e-post, og det står i historikken."),
        error_messages={"required": _("Skriv hvorfor")},
    )

    def __init__(self, *args, deltakelse, som_ks, **kwargs):
        super().__init__(*args, **kwargs)
        self.deltakelse = deltakelse
        if not som_ks:
            del self.fields["begrunnelse"]

    def clean_til_dato(self):
        dato = self.cleaned_data["til_dato"]
        if self.deltakelse.fra_dato and dato < self.deltakelse.fra_dato:
            raise forms.ValidationError(_("Datoen må komme etter datoen de ble med"))
        return dato


class ForeslaMission(forms.Form):
    mission = forms.ModelChoiceField(
        label=_("Hvilken mission?"),
        queryset=Mission.objects.none(),
        empty_label=_("Velg …"),
        error_messages={"required": _("Velg en mission")},
    )

    def __init__(self, *args, prosjekt, **kwargs):
        super().__init__(*args, **kwargs)
        sagt_nei = Q(tilknytninger__prosjekt=prosjekt) & ~Q(tilknytninger__svar="avslatt")
        self.fields["mission"].queryset = Mission.objects.filter(er_publisert=True).exclude(
            pk__in=Mission.objects.filter(sagt_nei).values("pk")
        )


class Begrunnelse(forms.Form):
    """What must be said with a deed. Asks only for what the table of transitions asks for."""

    grunn = forms.ChoiceField(label=_("Grunn"), choices=[("", _("Velg …")), *Grunn.choices])
    begrunnelse = Langtekst(
        label=_("Hvorfor?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Skriv hvorfor")},
    )

    def __init__(self, *args, overgang, **kwargs):
        super().__init__(*args, **kwargs)
        for navn in list(self.fields):
            if navn not in overgang.ma_gis:
                del self.fields[navn]
