"""What a person may see and change about themselves."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from kommuner.forms import Navneskjema
from partnerskap.felles.forms import data_fra


def trygg_vei_videre(request, ellers):
    """Where the reader was heading, when that is a page of ours."""
    neste = request.POST.get("next") or request.GET.get("next", "")
    trygg = url_has_allowed_host_and_scheme(neste, {request.get_host()}, require_https=request.is_secure())
    return neste if trygg else ellers


def navn(request):
    """Asked once, after the first sign-in; may be changed at any time."""
    skjema = Navneskjema(data_fra(request), instance=request.user)
    if request.method == "POST" and skjema.is_valid():
        skjema.save()
        messages.success(request, _("Navnet er lagret."))
        return redirect(trygg_vei_videre(request, "minside"))
    kontekst = {"skjema": skjema, "neste": trygg_vei_videre(request, ""), "er_ny": not request.user.navn}
    if kontekst["er_ny"]:
        kontekst["steder"] = [m.organisasjon for m in request.user.aktive_medlemskap]
    return render(request, "profil/navn.html", kontekst)
