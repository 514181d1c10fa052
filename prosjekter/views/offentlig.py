"""What anyone may read: the list of projects, and the page of each."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render

from prosjekter import deling, sidedata
from prosjekter.models import GammelSlug, Prosjekt


@login_not_required
def prosjekt(request, slug):
    synlige = Prosjekt.objects.synlige_for(request.user)
    prosjekt = sidedata.for_side(synlige).filter(slug=slug).first()
    if prosjekt is None:
        return _dit_det_flyttet(synlige, slug)
    kontekst = sidedata.prosjektside(prosjekt, request.user)
    kontekst |= sidedata.svar_om_tilgang(prosjekt, request.user)
    adresse = kontekst["del_adresse"] = request.build_absolute_uri(prosjekt.get_absolute_url())
    kontekst["del_mailto"] = deling.mailto(prosjekt, adresse)
    if kontekst["er_apent"]:
        portalen = request.build_absolute_uri("/")
        kontekst["delekort"] = deling.delekort(prosjekt, adresse, portalen)
        kontekst["strukturerte_data"] = deling.strukturerte_data(prosjekt, kontekst["missions"], adresse, portalen)
    return render(request, "prosjekter/prosjekt.html", kontekst)


def _dit_det_flyttet(synlige, slug):
    """An address the project used to have leads on, but only for those who may see the project."""
    gammel = GammelSlug.objects.filter(slug=slug, prosjekt__in=synlige).select_related("prosjekt").first()
    if gammel is None:
        raise Http404
    return redirect(gammel.prosjekt, permanent=True)
