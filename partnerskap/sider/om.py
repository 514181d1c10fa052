"""Pages of plain text: what the portal is, accessibility, privacy, contact. They say what is not settled yet."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render

from prosjekter.kodeverk import Fase, Utfall


@login_not_required
def om(request):
    return render(request, "partnerskap/om.html", {"utfall": Utfall.choices, "faser": Fase.choices})


@login_not_required
def tilgjengelighet(request):
    return render(request, "partnerskap/tilgjengelighet.html")


@login_not_required
def personvern(request):
    return render(request, "partnerskap/personvern.html")


@login_not_required
def kontakt(request):
    return render(request, "partnerskap/kontakt.html")
