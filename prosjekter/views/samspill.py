"""How a project relates to what others do: the check while one writes, and saying it."""

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.validators import slug_re
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partnerskap.felles import gjenopptak
from partnerskap.felles.tilgang import krev
from prosjekter import tilgang
from prosjekter.forms.samspill import Samspillskjema, Svarskjema
from prosjekter.handlinger import samspill as handlinger
from prosjekter.models import Komplementaritet
from prosjekter.sidedata import samspill as samspilldata
from prosjekter.sidedata import skjema as skjemadata
from prosjekter.views import nedtaking
from prosjekter.views.registrering import hent
from prosjekter.views.skjemaside import bundet_til

MAKS_BYTE = 100_000  # of what is posted: the longest text, however its letters are sent


@require_POST
def ligner(request):
    """A piece of a page for static/js/ligner.js: what resembles the title and the challenge as they stand now."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAKS_BYTE:
        return HttpResponse(status=413)
    if not ratelimit.consume(request, action="ligner"):
        return HttpResponse(status=429)
    slug = request.POST.get("prosjekt", "")
    if not slug:
        krev(tilgang.kan_registrere, request.user)
    if slug and not slug_re.fullmatch(slug):
        raise Http404
    prosjekt = hent(request, slug, tilgang.kan_skrive) if slug else None
    funn = samspilldata.mens_det_skrives(request.POST, request.user, prosjekt)
    return render(request, "samspill/_ligner.html", {"funn": funn, "status": samspilldata.i_ord(funn), "spor": False})


def samspill(request, slug):
    """How the project relates to what resembles it: one page, one button."""
    prosjekt = hent(request, slug, tilgang.kan_redigere)
    skjema = Samspillskjema(bundet_til(request), prosjekt=prosjekt, bruker=request.user)
    if request.method != "POST" or not skjema.er_gyldig():
        return _vis(request, prosjekt, skjema)
    try:
        handlinger.lagre(prosjekt, valg=skjema.valg(), av=request.user)
    except handlinger.Endret as endret:
        return _vis(request, prosjekt, skjema.med_motsagte(endret.rader), status=409)
    gjenopptak.glem(request)
    messages.success(request, _("Lagret. Takk for at dere sier hvordan det henger sammen."))
    return redirect(
        "prosjekter:send_inn" if request.POST.get("neste") == "send_inn" else "prosjekter:samspill", prosjekt.slug
    )


def _vis(request, prosjekt, skjema, status=200):
    kontekst = {
        "prosjekt": prosjekt,
        "skjema": skjema,
        "neste": (skjema.data or request.GET).get("neste") == "send_inn",
        "skjemaeier": gjenopptak.merke(request.user),
        "gjenopptatt": request.method != "POST" and skjema.er_bundet,
        "hvem_ser": skjemadata.hvem_ser(prosjekt),
        "viser_eksempeldata": prosjekt.er_eksempel or any(k.treff.ting.er_eksempel for k in skjema.kort),
    }
    return render(request, "samspill/samspill.html", kontekst, status=status)


def hent_rad(request, slug, pk):
    """One relation, for those who see both ends. An old address of the project leads nowhere: only mail points here."""
    synlige = Komplementaritet.objects.synlige_for(request.user).exclude(type="ikke_relevant").for_visning()
    return get_object_or_404(synlige, pk=pk, fra__slug=slug)


def svar(request, slug, pk):
    """What is said, and the other side's answer to it."""
    rad = hent_rad(request, slug, pk)
    kan_svare = tilgang.kan_svare_pa_samspill(request.user, rad)
    if request.method == "POST" and not kan_svare:
        raise PermissionDenied
    naa = {"svar": rad.svar, "kommentar": rad.kommentar, "versjon": rad.versjon}
    skjema = Svarskjema(bundet_til(request), initial=naa) if kan_svare else None
    endret = False
    if request.method == "POST" and skjema.is_valid():
        try:
            handlinger.svar(rad, **skjema.cleaned_data, av=request.user)
        except handlinger.Endret:
            endret = True
            skjema = Svarskjema(initial={**skjema.cleaned_data, "versjon": rad.versjon})
        else:
            gjenopptak.glem(request)
            messages.success(request, _("Svaret står nå ved siden av det de har skrevet."))
            return redirect(rad.til_prosjekt)
    kontekst = {
        "rad": rad,
        "linje": samspilldata.Linje(rad, rad.maal, str(samspilldata.UT[rad.type])),
        "prosjekt": rad.fra,
        "skjema": skjema,
        "endret": endret,
        "skjemaeier": gjenopptak.merke(request.user),
        "gjenopptatt": request.method != "POST" and skjema is not None and skjema.is_bound,
        "kan_endre": tilgang.kan_redigere(request.user, rad.fra),
        "kan_moderere": tilgang.kan_moderere(request.user),
        "viser_eksempeldata": rad.er_eksempel or rad.fra.er_eksempel,
    }
    return render(request, "samspill/svar.html", kontekst, status=409 if endret else 200)


ta_ned, legg_tilbake = nedtaking.sider(
    hent_rad, lambda rad: _("Ta ned det «%(fra)s» sier om «%(til)s»?") % {"fra": rad.fra, "til": rad.maal}
)
