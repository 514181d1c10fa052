"""Where curators write. The pages anyone reads are in partnerskap.sider.missionside, and come after these."""

from django.urls import path

from missions import views
from missions.views import HOVEDPROSJEKT, MISSION, UTFORDRING

urlpatterns = [
    path("ny/", views.ny, {"slag": MISSION}, name="ny"),
    path("utfordringer/ny/", views.ny, {"slag": UTFORDRING}, name="ny_utfordring"),
    path("hovedprosjekter/ny/", views.ny, {"slag": HOVEDPROSJEKT}, name="nytt_hovedprosjekt"),
    path("utfordringer/<slug:slug>/rediger/", views.rediger, {"slag": UTFORDRING}, name="rediger_utfordring"),
    path("utfordringer/<slug:slug>/endringer/", views.endringer, {"slag": UTFORDRING}, name="utfordring_historikk"),
    path("hovedprosjekter/<slug:slug>/rediger/", views.rediger, {"slag": HOVEDPROSJEKT}, name="rediger_hovedprosjekt"),
    path(
        "hovedprosjekter/<slug:slug>/endringer/",
        views.endringer,
        {"slag": HOVEDPROSJEKT},
        name="hovedprosjekt_historikk",
    ),
    path("<slug:slug>/rediger/", views.rediger, {"slag": MISSION}, name="rediger"),
    path("<slug:slug>/endringer/", views.endringer, {"slag": MISSION}, name="historikk"),
    path("<slug:slug>/publiser/", views.publiser, name="publiser"),
    path("<slug:slug>/skjul/", views.skjul, name="skjul"),
]
