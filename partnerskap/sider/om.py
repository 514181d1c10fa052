"""Pages of plain text: what the portal is, accessibility, privacy, contact. They say what is not settled yet."""

from django.shortcuts import render

from partnerskap.felles.felles_sider import for_alle
from prosjekter.kodeverk import Fase, Utfall


@for_alle
def om(request):
    return render(request, "partnerskap/om.html", {"utfall": Utfall.choices, "faser": Fase.choices})


@for_alle
def tilgjengelighet(request):
    return render(request, "partnerskap/tilgjengelighet.html")


@for_alle
def personvern(request):
    return render(request, "partnerskap/personvern.html")


@for_alle
def kontakt(request):
    return render(request, "partnerskap/kontakt.html")
