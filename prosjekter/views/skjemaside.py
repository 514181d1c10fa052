"""The page of one form about a project: what it is for, the fields, one button."""

from django.shortcuts import render

from partnerskap.felles import gjenopptak


def vis_skjema(request, prosjekt, skjema, *, status=200, mal="prosjekter/skjema.html", **ekstra):
    """Every form here: a heading, what it is for, the fields, one button."""
    kontekst = {
        "prosjekt": prosjekt,
        "viser_eksempeldata": prosjekt.er_eksempel,
        "skjema": skjema,
        "skjemaeier": gjenopptak.merke(request.user),
        "gjenopptatt": request.method != "POST" and skjema.is_bound,
        "tilbake": prosjekt.get_absolute_url(),
        "forst": skjema.visible_fields(),
        "resten": [],
        "konflikt": None,
        "merknad": "",
        "farlig": False,
        "bilde": None,
        "knapp_til": "",
    }
    return render(request, mal, kontekst | ekstra, status=status)


def bundet_til(request):
    """What was posted, or what was typed when the sign-in ran out."""
    return request.POST if request.method == "POST" else gjenopptak.hent(request)
