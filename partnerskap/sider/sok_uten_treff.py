"""What people searched for in vain, for those in KS who write the word lists and know what is missing."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from partnerskap.felles.tilgang import krev
from prosjekter.tilgang import kan_se_ko
from sok import tomme

PER_SIDE = 50


@require_safe
def sok_uten_treff(request):
    krev(kan_se_ko, request.user)
    side = Paginator(tomme.oftest(), PER_SIDE).get_page(request.GET.get("side"))
    return render(request, "sok/uten_treff.html", {"side": side})


urlpatterns = [path("sok/uten-treff/", sok_uten_treff, name="sok_uten_treff")]
