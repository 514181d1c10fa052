"""Those who take part beside the municipalities: the list of partners, and a partner's page."""

from django.core.paginator import Paginator
from django.db.models import Case, Count, IntegerField, Value, When
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from kommuner.kodeverk import Forvaltningsniva, Sektor
from kommuner.models import Organisasjon
from kommuner.oppslag import organisasjon_ider_med_forgjengere
from kommuner.tilgang import kan_styre_medlemmer
from partnerskap.felles.felles_sider import for_alle
from partnerskap.felles.norsk import sorteringsnokkel
from partnerskap.sider.fylkesside import fylkeslenke
from prosjekter.models import Deltakelse, Prosjekt

PER_SIDE = 40
PROSJEKTER_PER_SIDE = 20
LENGSTE_SOK = 100
SEKTORENE = [sektor for sektor in Sektor if sektor != Sektor.KOMMUNE]
I_SEKTORENES_ORDEN = Case(
    *(When(sektor=sektor, then=Value(nr)) for nr, sektor in enumerate(SEKTORENE)), output_field=IntegerField()
)


@for_alle
def liste(request):
    """All active partners, by sector. Municipalities have a list of their own."""
    sok = request.GET.get("q", "").strip()[:LENGSTE_SOK]
    sektor = request.GET.get("sektor", "")
    alle = Organisasjon.objects.partnere().aktive()
    treff = alle.filter(sorteringsnokkel__contains=sorteringsnokkel(sok)) if sok else alle
    antall_i_sektor = dict(treff.order_by().values_list("sektor").annotate(antall=Count("pk")))
    valgt = sektor if sektor in SEKTORENE else ""
    if valgt:
        treff = treff.filter(sektor=valgt)
    side = Paginator(treff.order_by(I_SEKTORENES_ORDEN, "sorteringsnokkel", "pk"), PER_SIDE).get_page(
        request.GET.get("side")
    )
    _legg_ved_antall(side, request.user)
    return render(
        request,
        "partnere/liste.html",
        {
            "sok": sok,
            "valgt": valgt,
            "sektorer": [(s.value, s.label, antall_i_sektor[s]) for s in SEKTORENE if s in antall_i_sektor],
            "antall_alle": sum(antall_i_sektor.values()),
            "side": side,
            "viser_eksempeldata": any(partner.er_eksempel for partner in side),
        },
    )


@for_alle
def partner(request, slug):
    """A partner, or an invented municipality. A real municipality has its page as a place."""
    organisasjon = get_object_or_404(
        Organisasjon.objects.select_related("kommune", "fylke", "etterfolger__kommune"), slug=slug
    )
    if organisasjon.kommune_id:
        return redirect(organisasjon, permanent=True)
    deltar = Deltakelse.objects.aktive().filter(organisasjon__in=organisasjon_ider_med_forgjengere(organisasjon))
    synlige = Prosjekt.objects.publiserte().synlige_for(request.user)
    prosjekter = synlige.filter(pk__in=deltar.values("prosjekt"))
    side = Paginator(prosjekter.for_kort(), PROSJEKTER_PER_SIDE).get_page(request.GET.get("side"))
    _legg_ved_rolle(side, deltar)
    return render(
        request,
        "partnere/partner.html",
        {
            "organisasjon": organisasjon,
            "fakta": [
                (_("Sektor"), organisasjon.get_sektor_display()),
                (_("Forvaltningsnivå"), _niva(organisasjon)),
                (_("Fylke"), fylkeslenke(organisasjon.fylke)),
                (_("Organisasjonsnummer"), organisasjon.orgnr),
            ],
            "side": side,
            "kan_styre": kan_styre_medlemmer(request.user, organisasjon),
            "viser_eksempeldata": organisasjon.er_eksempel or any(p.er_eksempel for p in side),
        },
    )


def _niva(organisasjon):
    """The level of government, where it says more than the sector does."""
    niva = organisasjon.get_niva_display()
    sier_mer = organisasjon.niva != Forvaltningsniva.IKKE_OFFENTLIG and niva != organisasjon.get_sektor_display()
    return niva if sier_mer else ""


def _legg_ved_antall(side, bruker):
    """Give each organisation on the page `antall_prosjekter`, those the reader may see. One query."""
    synlige = Prosjekt.objects.publiserte().synlige_for(bruker)
    antall = dict(
        Deltakelse.objects.aktive()
        .filter(organisasjon__in=[partner.pk for partner in side], prosjekt__in=synlige)
        .order_by()
        .values_list("organisasjon")
        .annotate(antall=Count("prosjekt", distinct=True))
    )
    for partner in side:
        partner.antall_prosjekter = antall.get(partner.pk, 0)


def _legg_ved_rolle(side, deltar):
    """Give each project on the page `rolle`, the partner's role or roles in words. One query."""
    roller = {}
    for deltakelse in deltar.filter(prosjekt__in=[p.pk for p in side]).order_by("pk"):
        roller.setdefault(deltakelse.prosjekt_id, []).append(deltakelse.get_rolle_display())
    for prosjekt in side:
        prosjekt.rolle = ", ".join(dict.fromkeys(roller[prosjekt.pk]))


urlpatterns = [path("", liste, name="liste")]
