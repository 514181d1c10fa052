"""The list of municipalities. A municipality's own page gathers from several rooms: partnerskap.sider.kommuneside."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kommuner.kommuneliste import kommuneliste

LENGSTE_SOK = 100


@login_not_required
@require_safe
def liste(request):
    sok = request.GET.get("q", "").strip()[:LENGSTE_SOK]
    fylker = kommuneliste(sok)
    return render(
        request,
        "kommuner/liste.html",
        {
            "sok": sok,
            "fylker": fylker,
            "antall": sum(fylke.antall_treff for fylke in fylker),
            "antall_kommuner": sum(len(fylke.oppforinger) for fylke in fylker),
        },
    )
