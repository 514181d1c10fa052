"""How a project relates to what resembles it: one small form for each thing, on one page."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django import forms
from django.urls import Resolver404, resolve
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from missions.models import EksterntInitiativ, Mission, Utfordring
from prosjekter import samspill
from prosjekter.handlinger.samspill import Valg
from prosjekter.kodeverk import Samspillstype
from prosjekter.models import Komplementaritet, Prosjekt

TYPER = {
    Samspillstype.BYGGER_PA: _("Vi bygger på det"),
    Samspillstype.UTFYLLER: _("Vi utfyller det"),
    Samspillstype.SAMARBEIDER: _("Vi samarbeider"),
    Samspillstype.OVERLAPPER: _("Vi overlapper"),
    Samspillstype.ERSTATTER: _("Vi erstatter det"),
    Samspillstype.IKKE_RELEVANT: _("Ikke relevant"),
}
MODELLER = {"prosjekt": Prosjekt, "utfordring": Utfordring, "mission": Mission, "initiativ": EksterntInitiativ}
SLAG = {modell: slag for slag, modell in MODELLER.items()}
SIDER = {
    "prosjekter:prosjekt": "prosjekt",
    "utfordringer:utfordring": "utfordring",
    "missionside": "mission",
    "initiativer:initiativ": "initiativ",
}
MAKS = 60  # things on one page
_NOKKEL = re.compile(r"(prosjekt|utfordring|mission|initiativ)-([0-9]{1,9})")


class Samspillvalg(forms.Form):
    """About one thing. Nothing chosen is no answer."""

    merk_valgfritt = False
    type = forms.ChoiceField(label=_("Hvordan henger det sammen?"), widget=forms.RadioSelect, required=False)
    begrunnelse = forms.CharField(
        label=_("Hvordan, eller hvorfor trengs begge?"),
        max_length=500,
        required=False,
        help_text=_("Én setning holder. Må være med når dere overlapper."),
    )
    versjon = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args, slag, rad=None, **kwargs):
        if rad:
            kwargs["initial"] = {"type": rad.type, "begrunnelse": rad.begrunnelse, "versjon": rad.versjon}
        super().__init__(*args, **kwargs)
        valg = [(t, navn) for t, navn in TYPER.items() if slag == "prosjekt" or t != Samspillstype.ERSTATTER]
        self.fields["type"].choices = [*valg, ("", _("Ta bort svaret"))] if rad else valg

    def clean_begrunnelse(self):
        return " ".join(self.cleaned_data["begrunnelse"].split())

    def clean_versjon(self):
        return self.cleaned_data["versjon"] or 0

    def clean(self):
        data = super().clean()
        overlapper = data.get("type") == Samspillstype.OVERLAPPER
        if overlapper and not data.get("begrunnelse") and "begrunnelse" not in self.errors:
            self.add_error("begrunnelse", _("Skriv hvorfor det trengs to"))
        return data


@dataclass
class Kort:
    """One thing on the page, with its form. `rad` is what is said already; `motsagt` what a colleague said meanwhile."""

    treff: samspill.Treff
    skjema: Samspillvalg
    rad: Komplementaritet | None
    motsagt: Komplementaritet | None = None

    @property
    def er_besvart(self):
        return self.rad is not None


class Samspillskjema:
    """The whole page: what resembles the project, what is said already, and what the author has found herself."""

    def __init__(self, data, *, prosjekt, bruker):
        self.prosjekt, self.bruker, self.data = prosjekt, bruker, data
        self.feil_adresse = ""
        self.adresse = ""
        self.sendt = [n for n in data.getlist("treff")[:MAKS] if _NOKKEL.fullmatch(n)] if data else []
        if data and "legg_til" in data:
            self._legg_til(data.get("adresse", ""))

    @property
    def er_bundet(self):
        return bool(self.data)

    @cached_property
    def kort(self):
        rader = {nokkel(rad.maal): rad for rad in self._rader()}
        treff = {t.nokkel: t for t in samspill.finn(samspill.fra_prosjekt(self.prosjekt), self.bruker).treff}
        mangler = (rader.keys() | set(self.sendt)) - treff.keys()
        treff |= {n: samspill.Treff(n.partition("-")[0], ting, 0, "") for n, ting in self._hent(mangler).items()}
        return [Kort(t, self._skjema(t, rader.get(n)), rader.get(n)) for n, t in treff.items()]

    def _rader(self):
        return self.prosjekt.komplementariteter.synlige_for(self.bruker).for_visning()

    def _hent(self, nokler):
        """{key: thing}, of those the person may see; the project itself is not one of them."""
        ider = {}
        for slag, pk in (_NOKKEL.fullmatch(n).groups() for n in nokler):
            ider.setdefault(slag, []).append(int(pk))
        ting = {}
        for slag, pker in ider.items():
            rader = MODELLER[slag].objects.synlige_for(self.bruker).filter(pk__in=pker)
            rader = rader.select_related("eier") if slag in ("prosjekt", "utfordring") else rader
            ting |= {nokkel(en): en for en in rader.order_by("pk") if en != self.prosjekt}
        return ting

    def _skjema(self, treff, rad):
        data = self.data if treff.nokkel in self.sendt else None
        return Samspillvalg(data, prefix=treff.nokkel, slag=treff.slag, rad=rad)

    def _legg_til(self, adresse):
        """What stands at an address of ours becomes one more on the page."""
        self.adresse = adresse.strip()[:300]
        try:
            funnet = resolve(urlsplit(self.adresse).path)
        except (Resolver404, ValueError):
            funnet = None
        slag = SIDER.get(funnet.view_name) if funnet else None
        rader = MODELLER[slag].objects.synlige_for(self.bruker).filter(slug=funnet.kwargs["slug"]) if slag else ()
        ting = next(iter(rader), None)
        if ting is None or ting == self.prosjekt:
            self.feil_adresse = _("Vi finner ikke noe der som du kan se. Kopier adressen fra siden det gjelder.")
        else:
            self.sendt.append(nokkel(ting))
            self.adresse = ""

    @property
    def ubesvarte(self):
        return [k for k in self.kort if not k.er_besvart]

    @property
    def besvarte(self):
        return [k for k in self.kort if k.er_besvart]

    def er_gyldig(self):
        bundne = [k.skjema for k in self.kort if k.skjema.is_bound]
        return "legg_til" not in self.data and sum(s.is_valid() for s in bundne) == len(bundne)

    @property
    def har_feil(self):
        return any(k.skjema.is_bound and k.skjema.errors for k in self.kort)

    def valg(self):
        """What the deed is given. With «resten» what was shown and not answered is not relevant."""
        resten = Samspillstype.IKKE_RELEVANT if "resten" in self.data else ""
        return [
            Valg(
                k.treff.ting,
                k.skjema.cleaned_data["type"] or ("" if k.er_besvart else resten),
                k.skjema.cleaned_data["begrunnelse"],
                k.skjema.cleaned_data["versjon"],
            )
            for k in self.kort
            if k.skjema.is_bound
        ]

    def med_motsagte(self, rader):
        """The same page, with what colleagues said meanwhile beside one's own answers. Saved again, one's own stands."""
        data = self.data.copy()
        motsagt = {nokkel(rad.maal): rad for rad in rader}
        for n, rad in motsagt.items():
            data[f"{n}-versjon"] = rad.versjon
        nytt = Samspillskjema(data, prosjekt=self.prosjekt, bruker=self.bruker)
        for kort in nytt.kort:
            kort.motsagt = motsagt.get(kort.treff.nokkel)
        return nytt


def nokkel(ting):
    return f"{SLAG[type(ting)]}-{ting.pk}"


class Svarskjema(forms.Form):
    """The other side's word."""

    merk_valgfritt = False  # what must be there follows from the answer, and is said there
    svar = forms.ChoiceField(
        label=_("Ser dere det likt?"),
        choices=[("enig", _("Ja, vi er enige")), ("annerledes", _("Nei, vi ser det annerledes"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg om dere ser det likt")},
    )
    kommentar = forms.CharField(
        label=_("Hvordan ser dere det?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Vises ved siden av det de har skrevet. Må være med når dere ser det annerledes."),
    )
    versjon = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def clean_kommentar(self):
        return " ".join(self.cleaned_data["kommentar"].split())

    def clean_versjon(self):
        return self.cleaned_data["versjon"] or 0

    def clean(self):
        data = super().clean()
        if data.get("svar") == "annerledes" and not data.get("kommentar") and "kommentar" not in self.errors:
            self.add_error("kommentar", _("Skriv hvordan dere ser det"))
        return data
