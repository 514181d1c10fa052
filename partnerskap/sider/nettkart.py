"""For machines: what there is to read (sitemap.xml), what to leave alone (robots.txt), and the mark (favicon.ico)."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as nettkart
from django.http import HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from kommuner.models import Fylke, Kommune, Organisasjon
from missions.models import EksterntInitiativ, Hovedprosjekt, Mission, Samfunnsutfordring, Utfordring
from partnerskap.felles.felles_sider import for_alle
from prosjekter.models import Barriere, Eksperiment, Laering, Regel
from prosjekter.sitemap import PER_FIL, Gjenbrukspakker, Gjenbrukstraer, ProsjektSitemap
from prosjekter.tema import TEMAER

SIDER = (
    "forside",
    "prosjekter:liste",
    "missions:liste",
    "utfordringer:liste",
    "laering:liste",
    "eksperimenter:liste",
    "barrierer:liste",
    "initiativer:liste",
    "kommuner:liste",
    "fylker",
    "temaer",
    "partnere:liste",
    "om",
)
SIDER += ("tilgjengelighet", "personvern", "kontakt")
# Signing in, one's own pages and administration: nothing there for a search engine.
LUKKET = ("/konto/", "/min-side/", "/admin/", "/organisasjoner/", "/prosjekter/ny/", "/abonnement/")
LUKKET += ("/utfordringer/ny/", "/utfordringer/ko/", "/barrierer/ko/", "/prosjekter/*/saksframlegg", "/sok/forslag/")


class Sider(Sitemap):
    def items(self):
        return SIDER

    def location(self, navn):
        return reverse(navn)


class Temaer(Sitemap):
    def items(self):
        return list(TEMAER.values())


class Rader(Sitemap):
    """Everything of one kind that anyone may see."""

    limit = PER_FIL

    def __init__(self, synlige):
        self.synlige = synlige

    def items(self):
        return self.synlige().order_by("pk")


def _rader(synlige):
    """A new one for each request, as Django's views want it."""
    return lambda: Rader(synlige)


NETTKART = {
    "sider": Sider,
    "temaer": Temaer,
    "prosjekter": ProsjektSitemap,
    "gjenbrukstraer": Gjenbrukstraer,
    "gjenbrukspakker": Gjenbrukspakker,
    "missions": _rader(lambda: Mission.objects.synlige_for(AnonymousUser()).only("slug")),
    "samfunnsutfordringer": _rader(lambda: Samfunnsutfordring.objects.only("slug")),
    "hovedprosjekter": _rader(lambda: Hovedprosjekt.objects.only("slug")),
    "utfordringer": _rader(lambda: Utfordring.objects.publiserte().only("slug")),
    "laering": _rader(lambda: Laering.objects.synlige_for(AnonymousUser()).i_strommen().only("pk")),
    "eksperimenter": _rader(
        lambda: (
            Eksperiment.objects.synlige_for(AnonymousUser())
            .i_strommen()
            .select_related("prosjekt")
            .only("prosjekt__slug")
        )
    ),
    "regler": _rader(lambda: Regel.objects.synlige_for(AnonymousUser()).filter(del_av=None).only("slug")),
    "barrierer": _rader(lambda: Barriere.objects.apne().select_related("prosjekt").only("prosjekt__slug")),
    "initiativer": _rader(lambda: EksterntInitiativ.objects.synlige_for(AnonymousUser()).only("slug")),
    "kommuner": _rader(lambda: Kommune.objects.gjeldende().only("nummer")),
    "fylker": _rader(lambda: Fylke.objects.gjeldende().only("nummer")),
    "partnere": _rader(lambda: Organisasjon.objects.partnere().only("slug", "kommune")),
}


@for_alle
def oversikt(request):
    return nettkart.index(request, NETTKART, sitemap_url_name="nettkart_del")


@for_alle
def del_(request, section):
    return nettkart.sitemap(request, NETTKART, section=section)


@for_alle
def robots(request):
    linjer = [
        "User-agent: *",
        *(f"Disallow: {adresse}" for adresse in LUKKET),
        "",
        f"Sitemap: {request.build_absolute_uri(reverse('nettkart'))}",
    ]
    return HttpResponse("\n".join(linjer) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def ikon(request):
    """For those who ask for this address without having read a page: readers of feeds, old browsers."""
    return redirect(static("ikon.svg"))


urlpatterns = [
    path("sitemap.xml", oversikt, name="nettkart"),
    path("sitemap-<slug:section>.xml", del_, name="nettkart_del"),
    path("robots.txt", robots, name="robots"),
    path("favicon.ico", ikon, name="ikon"),
]
