"""Every address, by room. A page that gathers from several rooms is a view in partnerskap.sider."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from missions import initiativ_urls as initiativer
from missions import urls as missions
from missions import utfordring_urls as utfordringer
from partnerskap.felles import helse
from partnerskap.sider import (
    avslutt_medlemskap,
    forside,
    fylkesside,
    gjenbruk,
    initiativside,
    kommuneside,
    laering,
    mine_data,
    minside,
    missionside,
    nettkart,
    om,
    partnerside,
    sammenlign_kommuner,
    sammenlign_prosjekter,
    sok,
    sok_uten_treff,
    temaside,
    utfordringsside,
    varsler,
)

urlpatterns = [
    path("", forside.forside, name="forside"),
    path("prosjekter/", include("prosjekter.urls")),
    # Editing before reading, and the mission last: its address takes any slug that is not a page of its own.
    path("missions/", include((missions.urlpatterns + missionside.urlpatterns, "missions"))),
    path("missions/<slug:slug>/", missionside.mission, name="missionside"),
    path("utfordringer/", include((utfordringer.urlpatterns + utfordringsside.urlpatterns, "utfordringer"))),
    path("laering/", include("prosjekter.urls.laering")),
    path("eksperimenter/", include("prosjekter.urls.eksperimenter")),
    path("barrierer/", include("prosjekter.urls.barrierer")),
    path("initiativer/", include((initiativer.urlpatterns + initiativside.urlpatterns, "initiativer"))),
    path("kommuner/<str:nummer>/", kommuneside.kommune, name="kommuneside"),
    path("kommuner/", include("kommuner.urls.kommuner")),
    path("tema/", include(temaside.urlpatterns)),
    path("fylker/", include(fylkesside.urlpatterns)),
    path("sammenlign/kommuner/", sammenlign_kommuner.kommuner, name="sammenlign_kommuner"),
    path("sammenlign/prosjekter/", sammenlign_prosjekter.prosjekter, name="sammenlign_prosjekter"),
    path("partnere/<slug:slug>/", partnerside.partner, name="partnerside"),
    path("partnere/", include((partnerside.urlpatterns, "partnere"))),
    path(
        "organisasjoner/<slug:slug>/medlemmer/<int:pk>/avslutt/",
        avslutt_medlemskap.avslutt_medlemskap,
        name="avslutt_medlemskap",
    ),
    path("organisasjoner/", include("kommuner.urls.organisasjoner")),
    path("min-side/", minside.minside, name="minside"),
    path("min-side/gjenbruk/", gjenbruk.gjenbruk, name="mitt_gjenbruk"),
    path("min-side/laering/", laering.laering, name="min_laering"),
    path("min-side/varsler/", varsler.varsler, name="varsler"),
    path("min-side/mine-data.json", mine_data.mine_data, name="mine_data"),
    path("min-side/slett/", mine_data.slett_meg, name="slett_meg"),
    path("min-side/", include("kommuner.urls.profil")),
    path("konto/", include("kommuner.urls.konto")),
    path("varsler/stopp/<str:hemmelighet>/", varsler.stopp, name="stopp_varsler"),
    path("abonnement/", include("abonnement.urls")),
    path("om/", om.om, name="om"),
    path("om/tilgjengelighet/", om.tilgjengelighet, name="tilgjengelighet"),
    path("om/personvern/", om.personvern, name="personvern"),
    path("om/kontakt/", om.kontakt, name="kontakt"),
    path("helse/live/", helse.live, name="helse_live"),
    path("helse/klar/", helse.klar, name="helse_klar"),
    *sok.urlpatterns,
    *sok_uten_treff.urlpatterns,
    *nettkart.urlpatterns,
    path("admin/", admin.site.urls),
]

if settings.DEBUG:
    from partnerskap.sider import galleri

    urlpatterns += [path("galleri/", galleri.galleri, name="galleri")]
