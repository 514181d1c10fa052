"""«Saksframlegg på ett klikk»: a draft case paper for the reader's own municipality, on the page and as a Word document."""

from urllib.parse import urlencode

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from partnerskap.felles.felles_sider import for_alle, ikke_behold
from prosjekter.forms.saksframlegg import Saksframleggsvalg
from prosjekter.models import GammelSlug, Prosjekt
from prosjekter.saksframlegg import docx, grunnlag, innhold

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@for_alle
def saksframlegg(request, slug):
    prosjekt = grunnlag.apent_prosjekt(slug)
    if prosjekt is None:
        return _dit_det_flyttet(slug)
    valg = Saksframleggsvalg(request.GET, request.user)
    framlegg = None
    if valg.mottaker:
        if for_mange := _for_mange(request):
            return for_mange
        framlegg = innhold.lag(grunnlag.les(prosjekt, valg.mottaker), valg.papirets_malform)
    kontekst = {
        "prosjekt": prosjekt,
        "valg": valg,
        "framlegg": framlegg,
        "adresse_word": _adresse_word(prosjekt, valg),
        "adresser_mulige": [(m, f"?{_sporring(m, valg)}") for m in valg.mulige],
        "viser_eksempeldata": prosjekt.er_eksempel,
    }
    return ikke_behold(render(request, "saksframlegg/saksframlegg.html", kontekst))


@login_not_required
@require_safe
def som_word(request, slug):
    """The same as a file. Without a municipality there is nothing to write: back to where one is chosen."""
    prosjekt = grunnlag.apent_prosjekt(slug)
    if prosjekt is None:
        raise Http404
    valg = Saksframleggsvalg(request.GET, request.user)
    if valg.mottaker is None:
        return redirect(f"{reverse('prosjekter:saksframlegg', args=[slug])}?{request.GET.urlencode()}")
    if for_mange := _for_mange(request):
        return for_mange
    framlegg = innhold.lag(grunnlag.les(prosjekt, valg.mottaker), valg.papirets_malform)
    svar = HttpResponse(docx.lag(framlegg), content_type=WORD)
    svar["Content-Disposition"] = f'attachment; filename="saksframlegg-{prosjekt.slug}.docx"'
    svar["X-Robots-Tag"] = "noindex"
    return ikke_behold(svar)


def _for_mange(request):
    """Each is made anew, and anyone may ask: 429 to whoever asks for very many."""
    return ratelimit.consume_or_429(request, action="saksframlegg", limit_get=True)


def _adresse_word(prosjekt, valg):
    if valg.mottaker is None:
        return ""
    return f"{reverse('prosjekter:saksframlegg_docx', args=[prosjekt.slug])}?{_sporring(valg.mottaker, valg)}"


def _sporring(mottaker, valg):
    kommune = mottaker.kommune.nummer if mottaker.kommune else mottaker.navn
    return urlencode({"kommune": kommune, **({"malform": valg.valgt_malform} if valg.valgt_malform else {})})


def _dit_det_flyttet(slug):
    gammel = (
        GammelSlug.objects.filter(slug=slug, prosjekt__in=Prosjekt.objects.apne()).select_related("prosjekt").first()
    )
    if gammel is None:
        raise Http404
    return redirect("prosjekter:saksframlegg", gammel.prosjekt.slug, permanent=True)
