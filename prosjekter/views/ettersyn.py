"""The page a reminder leads to: is this still right?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from prosjekter import ettersyn
from prosjekter.handlinger import prosjekt as handlinger


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stemmer(request, merke):
    """GET asks, POST says yes on behalf of the one the mail went to. Mail programs that follow links change nothing."""
    funnet = ettersyn.les(merke)
    if funnet is None:
        raise Http404
    prosjekt, person = funnet
    if request.method == "POST":
        handlinger.bekreft(prosjekt, av=person)
        messages.success(request, _("Takk. Nå ser alle at dette stemmer i dag."))
        return redirect("prosjekter:stemmer", merke)
    kontekst = {
        "prosjekt": prosjekt,
        "er_bekreftet": prosjekt.sist_bekreftet == timezone.localdate(),
        "viser_eksempeldata": prosjekt.er_eksempel,
    }
    svar = render(request, "prosjekter/stemmer.html", kontekst)
    svar["Referrer-Policy"] = "no-referrer"  # the address is the key
    return svar
