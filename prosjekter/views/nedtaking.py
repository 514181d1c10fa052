"""Taking down and putting back one thing on a project: two addresses for each kind of it, made here."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partnerskap.felles import gjenopptak
from partnerskap.felles.tilgang import krev
from prosjekter import tilgang
from prosjekter.forms.nedtaking import TaNed
from prosjekter.handlinger import nedtaking as handlinger
from prosjekter.models import Bilde
from prosjekter.views.registrering import finnes_fortsatt
from prosjekter.views.skjemaside import bundet_til, vis_skjema


def sider(hent, overskrift):
    """(ta_ned, legg_tilbake). `hent` finds the row for those who see it, else 404; `overskrift` asks about it."""

    def hent_som_ks(request, **hvor):
        rad = hent(request, **hvor)
        krev(tilgang.kan_moderere, request.user)
        return rad

    @finnes_fortsatt
    def ta_ned(request, **hvor):
        rad = hent_som_ks(request, **hvor)
        skjema = TaNed(bundet_til(request))
        if request.method == "POST" and skjema.is_valid():
            if handlinger.ta_ned(rad, **skjema.cleaned_data, av=request.user):
                messages.success(request, _("Tatt ned. Begrunnelsen er sendt."))
            else:
                messages.info(request, _("Det er alt tatt ned."))
            gjenopptak.glem(request)
            return redirect(rad)
        return vis_skjema(
            request,
            rad.prosjekt,
            skjema,
            tittel=_("Ta ned"),
            overskrift=overskrift(rad),
            ingress=_("Andre ser det ikke lenger, og det telles ikke. De som skrev det, får begrunnelsen på e-post."),
            merknad=Truncator(rad.ord).words(50),
            bilde=rad if isinstance(rad, Bilde) else None,
            knapp=_("Ta ned"),
            tilbake=rad.get_absolute_url(),
            farlig=True,
        )

    @require_POST
    @finnes_fortsatt
    def legg_tilbake(request, **hvor):
        rad = hent_som_ks(request, **hvor)
        if handlinger.legg_tilbake(rad, av=request.user):
            messages.success(request, _("Synlig igjen."))
        return redirect(rad)

    return ta_ned, legg_tilbake
