"""Forms for pictures, attachments and links. A file is looked into here, so that what is wrong is said at its field."""

import uuid

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from partnerskap.felles import bildekontroll, filkontroll, virus
from partnerskap.felles.forms import Enlinje
from prosjekter.forms.henvendelse import Meldeskjema
from prosjekter.kodeverk import Lisens
from prosjekter.models.filer import nettadresse


class MedFil(forms.Form):
    """A form with one file. `opplasting` is request.opplasting, which knows when the file was too large to be taken in.

    After `is_valid`, `cleaned_data["fil"]` is what the check made of the file.
    """

    GRENSE = 0

    def __init__(self, data=None, files=None, *, opplasting=None, **kwargs):
        super().__init__(data, files, **kwargs)
        feil = opplasting.feil.get("fil") if opplasting else None
        if feil:
            self.fields["fil"].error_messages["required"] = feil
            self.fields["fil"].error_messages["invalid"] = feil
        self.fields["fil"].widget.attrs["data-maks"] = self.GRENSE
        self.fields["fil"].widget.attrs["data-for-stor"] = _now("Filen er for stor. Grensen er %s.") % filesizeformat(
            self.GRENSE
        )

    def kontroller(self, fil):
        raise NotImplementedError

    def clean_fil(self):
        if self.stanset:
            return None
        try:
            return self.kontroller(self.cleaned_data["fil"])
        except filkontroll.Filfeil as feil:
            raise forms.ValidationError(str(feil)) from feil


class Nytt(forms.Form):
    """Something to add. `nokkel` is made when the form is shown, so that a double click makes one thing.

    `stanset` says why nothing more is taken in from this person now; then what was sent is not looked into.
    """

    nokkel = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)

    def __init__(self, *args, stanset="", **kwargs):
        super().__init__(*args, **kwargs)
        self.stanset = stanset
        self.initial.setdefault("nokkel", str(uuid.uuid4()))

    def clean(self):
        if self.stanset:
            raise forms.ValidationError(self.stanset)
        return super().clean()

    def clean_nokkel(self):
        return self.cleaned_data["nokkel"] or str(uuid.uuid4())


class Bildetekster(forms.Form):
    """What is said about a picture. Also used alone, when the picture is there already."""

    merk_valgfritt = False  # whether the first may be left out follows from the box below it, and is said there

    alt_tekst = Enlinje(
        label=_("Hva viser bildet?"),
        help_text=_(
            "En setning til den som ikke ser det, for eksempel «To ansatte prøver nattkameraet på et tomt rom». "
            "Er det tekst i bildet, må den stå her eller i prosjektet."
        ),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    er_pynt = forms.BooleanField(
        label=_("Bildet er bare pynt og forteller ingenting"),
        help_text=_("Da hopper skjermlesere over det."),
        required=False,
    )
    bildetekst = Enlinje(
        label=_("Skal det stå noe under bildet?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    kreditering = Enlinje(
        label=_("Hvem har laget bildet?"),
        help_text=_("Fotografen, tegneren eller organisasjonen. Det vises sammen med bildet."),
        max_length=120,
        error_messages={"required": _("Skriv hvem som har laget bildet")},
    )
    lisens = forms.ChoiceField(
        label=_("Hvordan kan andre bruke bildet?"),
        help_text=_("Har dere ikke laget det selv, må dere ha lov til å dele det."),
        choices=Lisens.choices,
        initial=Lisens.CC_BY_4,
        error_messages={"required": _("Velg hvordan andre kan bruke bildet")},
    )

    def clean(self):
        data = super().clean()
        if data.get("er_pynt"):
            data["alt_tekst"] = ""
        elif not data.get("alt_tekst") and "alt_tekst" not in self.errors:
            self.add_error("alt_tekst", _("Skriv hva bildet viser, eller kryss av for at det bare er pynt"))
        return data


class NyttBilde(Nytt, Bildetekster, MedFil):
    GRENSE = bildekontroll.MAKS_BYTE

    fil = forms.FileField(
        label=_("Bildet"),
        help_text=_(
            "JPEG, PNG, WebP eller GIF, høyst 20 MB. Sted og kamera, som kan ligge skjult i bildet, tar vi bort."
        ),
        widget=forms.FileInput(attrs={"accept": bildekontroll.GODTAS}),
        max_length=1000,
        error_messages={"required": _("Velg et bilde"), "empty": _("Filen er tom. Velg en annen")},
    )
    field_order = ["fil"]

    def kontroller(self, fil):
        return bildekontroll.les(fil)


class RedigerBilde(Bildetekster):
    versjon = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    @property
    def verdier(self):
        return {navn: self.cleaned_data[navn] for navn in Bildetekster.base_fields}


class NyttVedlegg(Nytt, MedFil):
    GRENSE = filkontroll.MAKS_BYTE

    fil = forms.FileField(
        label=_("Filen"),
        widget=forms.FileInput(attrs={"accept": filkontroll.ENDELSER}),
        max_length=1000,
        error_messages={"required": _("Velg en fil"), "empty": _("Filen er tom. Velg en annen")},
    )
    tittel = Enlinje(
        label=_("Hva skal den hete?"),
        help_text=_("Si hva den er til, for eksempel «Mal for risikovurdering». Står det tomt, bruker vi filnavnet."),
        max_length=140,
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fil"].help_text = _now("%s. Høyst 20 MB.") % filkontroll.GODTAS
        self.skannet = False

    def kontroller(self, fil):
        """What it is, and then whether the scanner finds anything: a scanner is not asked about what is refused anyway."""
        vedlegg = filkontroll.les(fil, fil.name)
        if virus.er_paa():
            self._skann(fil)
        return vedlegg

    def _skann(self, fil):
        try:
            funn = virus.skann(fil)
        except virus.SkannerNede as feil:
            raise filkontroll.Filfeil(
                _now(
                    "Virusskanneren svarer ikke, så filen er ikke tatt imot. Prøv igjen om litt. Det du skrev, står her."
                )
            ) from feil
        if funn:
            raise filkontroll.Filfeil(
                _now("Virusskanneren fant noe skadelig (%s), så filen er ikke tatt imot. Si fra til IT-avdelingen din.")
                % funn[:60]
            )
        self.skannet = True


class RedigerVedlegg(forms.Form):
    """What an attachment is called. A new edition of the file itself is a new attachment."""

    tittel = Enlinje(
        label=_("Hva skal den hete?"), max_length=140, error_messages={"required": _("Skriv hva den skal hete")}
    )
    versjon = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    @property
    def verdier(self):
        return {"tittel": self.cleaned_data["tittel"]}


class Lenkefelt(forms.Form):
    url = forms.CharField(
        label=_("Adressen"),
        help_text=_("For eksempel https://www.fjordvik.example/rapport"),
        max_length=500,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Lim inn adressen")},
    )
    tittel = Enlinje(
        label=_("Hva finner man der?"),
        help_text=_("For eksempel «Sluttrapport fra følgeforskningen». Det er dette andre klikker på."),
        max_length=140,
        error_messages={"required": _("Skriv hva man finner der")},
    )

    def clean_url(self):
        """People paste «www.fjordvik.no»."""
        url = self.cleaned_data["url"].strip()
        if url.lower().startswith("www."):
            url = f"https://{url}"
        nettadresse(url)
        skjema, skille, resten = url.partition("://")
        return f"{skjema.lower()}{skille}{resten}"


class NyLenke(Nytt, Lenkefelt):
    pass


class RedigerLenke(Lenkefelt):
    versjon = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    @property
    def verdier(self):
        return {navn: self.cleaned_data[navn] for navn in ("url", "tittel")}


REDIGER = {"bilde": RedigerBilde, "vedlegg": RedigerVedlegg, "lenke": RedigerLenke}


class MeldFil(Meldeskjema):
    """Which of the project's pictures, attachments and links, and what is wrong with it."""

    hva = forms.ChoiceField(
        label=_("Hva gjelder det?"), widget=forms.RadioSelect, error_messages={"required": _("Velg hva det gjelder")}
    )
    field_order = ["hva"]

    def __init__(self, *args, rader, **kwargs):
        super().__init__(*args, **kwargs)
        self.rader = {f"{rad.SLAG}-{rad.pk}": rad for rad in rader}
        self.fields["hva"].choices = [
            (verdi, f"{str(rad._meta.verbose_name).capitalize()}: {rad.navn}") for verdi, rad in self.rader.items()
        ]

    def clean_hva(self):
        return self.rader[self.cleaned_data["hva"]]


def startverdier(rad):
    """What a form of mending is shown with."""
    felt = REDIGER[rad.SLAG].base_fields
    return {navn: getattr(rad, navn) for navn in felt}
