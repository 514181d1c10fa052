"""The list of municipalities. A municipality's own page gathers from several rooms: partnerskap.sider.kommuneside."""

from django.shortcuts import render

from kommuner.kommuneliste import kommuneliste
from partnerskap.felles.felles_sider import for_alle

LENGSTE_SOK = 100


@for_alle
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
