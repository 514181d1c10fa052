"""Which notices I get by mail, and how often; and leaving the day's mail without signing in."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kommuner.tilgang import er_missionkurator, er_moderator
from partnerskap.felles.forms import data_fra
from utboks import varsling
from utboks.models import Varselmottaker
from utboks.varsling import SLAG, Hyppighet, Slag


class Varselskjema(forms.Form):
    """One question for each kind. The queue is only for those who work with it."""

    merk_valgfritt = False

    def __init__(self, *args, bruker, **kwargs):
        super().__init__(*args, **kwargs)
        self.valg = varsling.valgene(bruker.email)
        i_ks = er_moderator(bruker) or er_missionkurator(bruker)
        for slag, om in SLAG.items():
            if slag != Slag.KO or i_ks:
                self.fields[slag.value] = forms.ChoiceField(
                    label=slag.label,
                    help_text=om.forklaring,
                    choices=Hyppighet.choices,
                    initial=self.valg[slag],
                    error_messages={"required": _("Velg hvor ofte")},
                )


def varsler(request):
    skjema = Varselskjema(data_fra(request), bruker=request.user)
    if request.method == "POST" and skjema.is_valid():
        varsling.velg(request.user.email, skjema.valg | skjema.cleaned_data)
        messages.success(request, _("Lagret."))
        return redirect("varsler")
    return render(request, "profil/varsler.html", {"skjema": skjema})


@csrf_exempt  # RFC 8058: the mail program posts here by itself. The secret in the address is the proof.
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stopp(request, hemmelighet):
    """Where the link in the day's mail leads, and what the mail program's own button gets."""
    mottaker = get_object_or_404(Varselmottaker, hemmelighet=hemmelighet)
    if request.method == "POST":
        varsling.stopp_samlingen(mottaker)
    return render(request, "profil/stopp_varsler.html", {"mottaker": mottaker, "stoppet": request.method == "POST"})
