"""An invitation to do a project together. The project may still be a draft its reader cannot see."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from prosjekter import utfordring_handlinger as handlinger
from prosjekter.models import Prosjekt, Prosjektinvitasjon


@require_http_methods(["GET", "HEAD", "POST"])
def invitasjon(request, slug):
    """Shows what the invited must know to answer, and no more. Strangers get 404."""
    mine = list(
        Prosjektinvitasjon.objects.til(request.user)
        .filter(prosjekt__slug=slug)
        .select_related("prosjekt__eier__kommune", "organisasjon", "utfordring", "av")
    )
    if not mine:
        raise Http404
    apne = [i for i in mine if not i.svar]
    prosjekt = mine[0].prosjekt
    if request.method == "POST":
        return _svar(request, prosjekt, apne)
    if not apne and Prosjekt.objects.synlige_for(request.user).filter(pk=prosjekt.pk).exists():
        return redirect(prosjekt)
    return render(
        request,
        "prosjekter/invitasjon.html",
        {
            "prosjekt": prosjekt,
            "utfordring": mine[0].utfordring,
            "apne": apne,
            "svarte": [i for i in mine if i.svar],
            "viser_eksempeldata": prosjekt.er_eksempel,
        },
    )


def _svar(request, prosjekt, apne):
    valgt = next((i for i in apne if request.POST.get("invitasjon") == str(i.pk)), None)
    svar = request.POST.get("svar")
    if valgt is None or svar not in Prosjektinvitasjon.Svar.values:
        messages.info(request, _("Invitasjonen er besvart."))
        return redirect("prosjekter:invitasjon", prosjekt.slug)
    if not handlinger.svar_invitasjon(valgt, svar=svar, av=request.user):
        messages.info(request, _("Invitasjonen er besvart, eller prosjektet er lagt bort."))
    elif svar == Prosjektinvitasjon.Svar.JA:
        messages.success(request, _("%s er med. Dere kan redigere prosjektet sammen.") % valgt.organisasjon)
        return redirect(prosjekt)
    else:
        messages.success(request, _("Svaret er sendt. Dere kan følge prosjektet når det er publisert."))
    return redirect("minside")
