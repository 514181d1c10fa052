"""An invitation to do a project together. The project may still be a draft its reader cannot see."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from prosjekter.forms.deltakelse import Kommentar
from prosjekter.handlinger import deltakelse as handlinger
from prosjekter.models import Prosjekt, Prosjektinvitasjon
from prosjekter.models.samarbeid import Svar
from prosjekter.overganger import deltakelse as overganger


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
    prosjekt = mine[0].prosjekt
    apne = [i for i in mine if overganger.mulige(overganger.INVITASJON, i, request.user)]
    skjema = Kommentar(request.POST if request.method == "POST" else None)
    if request.method == "POST" and skjema.is_valid():
        return _svar(request, prosjekt, mine, skjema.cleaned_data["kommentar"])
    if not apne and Prosjekt.objects.synlige_for(request.user).filter(pk=prosjekt.pk).exists():
        return redirect(prosjekt)
    kontekst = {
        "prosjekt": prosjekt,
        "utfordring": mine[-1].utfordring,
        "apne": apne,
        "skjema": skjema,
        "lukkede": [(i, _hvorfor_ikke(i)) for i in mine if i not in apne],
        "viser_eksempeldata": prosjekt.er_eksempel,
    }
    return render(request, "prosjekter/invitasjon.html", kontekst)


def _hvorfor_ikke(invitasjon):
    if invitasjon.svar:
        return overganger.hva_ble_svart(invitasjon)
    return overganger.utlopt(invitasjon) or overganger.arkivert(invitasjon)


def _svar(request, prosjekt, mine, kommentar):
    valgt = next((i for i in mine if request.POST.get("invitasjon") == str(i.pk)), None)
    svar = request.POST.get("svar")
    if valgt is None or svar not in (Svar.JA, Svar.NEI):
        messages.info(request, _("Velg ja eller nei."))
        return redirect("prosjekter:invitasjon", prosjekt.slug)
    try:
        handlinger.svar_invitasjon(valgt, svar=svar, av=request.user, kommentar=kommentar)
    except overganger.UmuligSvar as feil:
        messages.info(request, feil.melding)
        return redirect("prosjekter:invitasjon", prosjekt.slug)
    if svar == Svar.NEI:
        messages.success(request, _("Svaret er sendt. Dere kan følge prosjektet når det er publisert."))
        return redirect("minside")
    messages.success(request, _("%s er med.") % valgt.organisasjon)
    synlig = Prosjekt.objects.synlige_for(request.user).filter(pk=prosjekt.pk).exists()
    return redirect(prosjekt) if synlig else redirect("minside")
