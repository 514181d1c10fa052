"""Search in everything there is: a page with the hits in groups, and suggestions while someone types."""

import unicodedata

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path, reverse

from partnerskap.felles.felles_sider import for_alle, ikke_behold
from partnerskap.sider.sokegrupper import GRUPPER, Sok, Ting, foresla
from prosjekter import forslag as prosjektforslag
from prosjekter import sokeindeks
from prosjekter.forms.filtertyper import KONTROLLTEGN
from prosjekter.forms.filtre import ProsjektFilter
from prosjekter.kodeverk import Kodeliste
from prosjekter.models import Prosjekt
from prosjekter.tema import TEMAER
from prosjekter.views.offentlig import Treffliste, andre_skrivemaater, antall_prosjekter
from sok import tomme

VIS_PROSJEKTER = 6
VIS_TING = 6
VIS_AV_MANGE = 3  # of a group that has a page where the same words find all of them
FORSLAG_PROSJEKTER = 4
MAKS_FORSLAG = 9
LENGSTE_FORSLAGSTEKST = 100


@for_alle
def sok(request):
    data = QueryDict(mutable=True)
    data["q"] = request.GET.get("q", "")
    synlige = Prosjekt.objects.synlige_for(request.user).publiserte()
    filter_ = ProsjektFilter(data, synlige, bruker=request.user)
    tekst = next(iter(filter_.valgt.get("q", ())), "")
    kontekst = {
        "tekst": tekst,
        "er_ny": "q" not in request.GET,
        "ukjente": filter_.ukjente,
        "omrader": [t for t in TEMAER.values() if t.liste == Kodeliste.TJENESTEOMRADE],
    }
    if tekst:
        kontekst |= _prosjekter(filter_) | _andre(Sok(tekst, request.user))
        vist = [*kontekst["prosjekter"], *kontekst["rett_paa"], *(t for g in kontekst["grupper"] for t in g["ting"])]
        kontekst["viser_eksempeldata"] = any(ting.er_eksempel for ting in vist)
        kontekst["er_tom"] = not (kontekst["antall"] or kontekst["grupper"] or kontekst["rett_paa"])
        if kontekst["er_tom"] or (kontekst["funn"].er_naermeste and not kontekst["rett_paa"]):
            tomme.tell(tekst)
            return ikke_behold(render(request, "sok/sok.html", kontekst))
    return render(request, "sok/sok.html", kontekst)


def _prosjekter(filter_):
    prosjekter = Treffliste(filter_)[:VIS_PROSJEKTER]
    antall = filter_.antall
    if filter_.funn.stammer:
        sokeindeks.sett_utdrag(prosjekter, filter_.funn.stammer)
    return {
        "prosjekter": prosjekter,
        "antall": antall,
        "antall_tekst": antall_prosjekter(antall),
        "funn": filter_.funn,
        "alle_prosjekter": reverse("prosjekter:liste") + filter_.adresse(),
    } | andre_skrivemaater(filter_)


def _andre(sok_):
    """The groups; what has exactly the name that was typed stands first on the page, and not in its group as well."""
    rett_paa, grupper = [], []
    for gruppe in GRUPPER:
        funnet = gruppe.finn(sok_)
        heter = [ting for ting in funnet if ting.heter(sok_)]
        rett_paa += heter
        if andre := [ting for ting in funnet if ting not in heter]:
            grupper.append(
                {
                    "gruppe": gruppe,
                    "ting": andre[: VIS_AV_MANGE if gruppe.kan_sokes else VIS_TING],
                    "antall": len(andre),
                    "adresse": gruppe.adresse(sok_.tekst),
                }
            )
    return {"rett_paa": rett_paa, "grupper": grupper}


@for_alle
def forslag(request):
    """A piece of a page for static/js/forslag.js. The same for everyone: only what is open to all is suggested."""
    tekst = unicodedata.normalize("NFC", request.GET.get("q", ""))[:LENGSTE_FORSLAGSTEKST]
    tekst = " ".join(KONTROLLTEGN.sub(" ", tekst).split())
    grupper = foresla(tekst, _prosjektforslag(tekst), MAKS_FORSLAG) if tekst else []
    antall = sum(len(ting) for _navn, ting in grupper)
    return HttpResponse(render_to_string("sok/_forslag.html", {"grupper": grupper, "antall": antall}))


def _prosjektforslag(tekst):
    return [
        Ting(p.tittel, p.get_absolute_url(), p.eier.navn, sprak=p.malform, er_eksempel=p.er_eksempel)
        for p in prosjektforslag.foresla(tekst, FORSLAG_PROSJEKTER)
    ]


urlpatterns = [
    path("sok/", sok, name="sok"),
    path("sok/forslag/", forslag, name="sokeforslag"),
]
