"""What others do about the same, as anyone meets it: the list, and one initiative with the projects that relate to it."""

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render
from django.urls import path

from missions.models import EksterntInitiativ, Mission
from missions.tilgang import kan_kuratere, kan_se_historikk
from partnerskap.felles.felles_sider import for_alle
from prosjekter.sidedata import samspill as samspilldata

PER_SIDE = 25


def med_missions(rader, bruker):
    """With the missions the reader may see, in `synlige_missions`. One query more, whatever the number."""
    return rader.prefetch_related(
        Prefetch("missions", Mission.objects.synlige_for(bruker).order_by("tittel", "pk"), to_attr="synlige_missions")
    )


@for_alle
def liste(request):
    rader = med_missions(EksterntInitiativ.objects.synlige_for(request.user), request.user)
    side = Paginator(rader, PER_SIDE).get_page(request.GET.get("side"))
    return render(
        request,
        "initiativer/liste.html",
        {
            "side": side,
            "kan_kuratere": kan_kuratere(request.user),
            "viser_eksempeldata": any(i.er_eksempel for i in side),
        },
    )


@for_alle
def initiativ(request, slug):
    rader = med_missions(EksterntInitiativ.objects.synlige_for(request.user), request.user)
    initiativ = get_object_or_404(rader, slug=slug)
    samspill = samspilldata.om("initiativ", initiativ, request.user)
    return render(
        request,
        "initiativer/initiativ.html",
        {
            "initiativ": initiativ,
            "samspill": samspill,
            "kan_kuratere": kan_kuratere(request.user),
            "kan_se_historikk": kan_se_historikk(request.user),
            "viser_eksempeldata": initiativ.er_eksempel or any(linje.er_eksempel for linje in samspill),
        },
    )


urlpatterns = [
    path("", liste, name="liste"),
    path("<slug:slug>/", initiativ, name="initiativ"),
]
