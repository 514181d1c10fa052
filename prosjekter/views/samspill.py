"""How a project relates to what others do: the check while one writes, and saying it."""

from allauth.core import ratelimit
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from partnerskap.felles.tilgang import krev
from prosjekter import samspilldata, tilgang
from prosjekter.views.registrering import hent

MAKS_BYTE = 100_000  # of what is posted: the longest text, however its letters are sent


@require_POST
def ligner(request):
    """A piece of a page for static/js/ligner.js: what resembles the title and the challenge as they stand now."""
    krev(tilgang.kan_registrere, request.user)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAKS_BYTE:
        return HttpResponse(status=413)
    if not ratelimit.consume(request, action="ligner"):
        return HttpResponse(status=429)
    slug = request.POST.get("prosjekt", "")
    prosjekt = hent(request, slug, tilgang.kan_redigere) if slug else None
    funn = samspilldata.mens_det_skrives(request.POST, request.user, prosjekt)
    return render(request, "samspill/_ligner.html", {"funn": funn, "status": samspilldata.i_ord(funn), "spor": False})
