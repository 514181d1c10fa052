"""The files themselves. Each is asked for by name, and who may see the project is asked each time.

Nothing here is shown as a page of ours: an attachment is saved and not opened, and neither may run or load anything.
"""

import logging

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partnerskap.felles.bildekontroll import utgavenavn
from partnerskap.felles.felles_sider import SEKUNDER
from partnerskap.felles.filkontroll import TYPER
from prosjekter import fillager
from prosjekter.handlinger.fil import VEDLEGGSNAVN
from prosjekter.kodeverk import Status, Synlighet
from prosjekter.models import Bilde, Vedlegg

logg = logging.getLogger(__name__)
BILDETYPER = {"webp": "image/webp", "jpg": "image/jpeg"}
ET_AAR = 365 * 24 * 3600


@login_not_required
@require_safe
def bilde(request, slug, pk, navn):
    """The address has the picture's own mark in it, so what is at one address never changes."""
    bilde = _hent(request, Bilde, slug, pk)
    utgaver = {utgavenavn(bilde.merke, bredde, slag): slag for bredde in bilde.bredder for slag in BILDETYPER}
    if navn not in utgaver:
        raise Http404
    return _svar(request, bilde, navn, merke=navn, varer=ET_AAR, content_type=BILDETYPER[utgaver[navn]])


@login_not_required
@require_safe
def vedlegg(request, slug, pk):
    vedlegg = _hent(request, Vedlegg, slug, pk)
    return _svar(
        request,
        vedlegg,
        VEDLEGGSNAVN,
        merke=vedlegg.sjekksum,
        content_type=TYPER[vedlegg.type].mime,
        as_attachment=True,
        filename=vedlegg.filnavn,
    )


def _hent(request, modell, slug, pk):
    return get_object_or_404(
        modell.objects.synlige_for(request.user).paa_adressen(slug).select_related("prosjekt"), pk=pk
    )


def _svar(request, rad, navn, *, merke, varer=0, **om_filen):
    """What is open to all may be kept by browsers, and by a cache in front as long as a page may; the rest by nobody.

    So what is taken down is out of reach of everyone who does not have it already within half a minute.
    """
    er_apent = (
        rad.prosjekt.status == Status.PUBLISERT
        and rad.prosjekt.synlighet == Synlighet.APEN
        and rad.tatt_ned_tid is None
    )
    svar = get_conditional_response(request, etag=f'"{merke}"') if er_apent else None
    svar = svar or _fil(rad, navn, **om_filen)
    svar["Content-Security-Policy"] = "sandbox; default-src 'none'"
    if er_apent and svar.status_code != 503:
        svar["ETag"] = f'"{merke}"'
        patch_cache_control(
            svar, public=True, max_age=varer, s_maxage=SEKUNDER, **({"immutable": True} if varer else {})
        )
    else:
        patch_cache_control(svar, private=True, no_store=True)
    return svar


def _fil(rad, navn, **om_filen):
    try:
        return FileResponse(fillager.apne(rad, navn), **om_filen)
    except FileNotFoundError as borte:
        logg.error("en fil mangler i fillageret: %s %s", rad.SLAG, rad.pk)
        raise Http404 from borte
    except OSError:
        logg.exception("fillageret svarer ikke")
        tekst = _("Filen kan ikke hentes akkurat nå. Prøv igjen om litt.")
        return HttpResponse(tekst, status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "60"})
