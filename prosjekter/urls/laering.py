"""Lessons: a project's own, below its address; and all of them, below /laering/."""

from django.urls import path

from prosjekter.views import henvendelse, laering, laeringsstrom

prosjektets = [
    path("<slug:slug>/laering/", laering.liste, name="laering"),
    path("<slug:slug>/laering/ny/", laering.ny, name="ny_laering"),
    path("<slug:slug>/laering/<int:pk>/rediger/", laering.rediger, name="rediger_laering"),
    path("<slug:slug>/laering/<int:pk>/slett/", laering.slett, name="slett_laering"),
    path("<slug:slug>/laering/<int:pk>/historikk/", laering.historikk, name="laeringshistorikk"),
]
app_name = "laering"
urlpatterns = [
    path("", laeringsstrom.liste, name="liste"),
    path("feed", laeringsstrom.feed, name="feed"),
    path("laering.csv", laeringsstrom.eksport, name="eksport"),
    path("<int:pk>/", laering.kort, name="kort"),
    path("<int:pk>/nyttig/", laering.nyttig, name="nyttig"),
    path("<int:pk>/ikke-nyttig/", laering.trekk_nyttig, name="trekk_nyttig"),
    path("<int:pk>/meld/", henvendelse.meld_laering, name="meld"),
    path("<int:pk>/ta-ned/", laering.ta_ned, name="ta_ned"),
    path("<int:pk>/legg-tilbake/", laering.legg_tilbake, name="legg_tilbake"),
]
