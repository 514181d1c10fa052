"""What stands in the way of a project."""

from django.urls import path

from prosjekter.views import barriere, barrierer, henvendelse

urlpatterns = [
    path("<slug:slug>/barrierer/", barriere.barrierer, name="barrierer"),
    path("<slug:slug>/barrierer/ny/", barriere.ny, name="ny_barriere"),
    path("<slug:slug>/barrierer/<int:pk>/", barriere.barriere, name="barriere"),
    path("<slug:slug>/barrierer/<int:pk>/rediger/", barriere.rediger, name="rediger_barriere"),
    path("<slug:slug>/barrierer/<int:pk>/trekk/", barriere.trekk, name="trekk_barriere"),
    path("<slug:slug>/barrierer/<int:pk>/meld-igjen/", barriere.meld_igjen, name="meld_barriere_igjen"),
    path("<slug:slug>/barrierer/<int:pk>/historikk/", barriere.historikk, name="barrierehistorikk"),
    path("<slug:slug>/barrierer/<int:pk>/meld/", henvendelse.meld_barriere, name="meld_barriere"),
    path("<slug:slug>/barrierer/<int:pk>/behandle/", barrierer.behandle, name="behandle_barriere"),
    path("<slug:slug>/barrierer/<int:pk>/ta-ned/", barriere.ta_ned, name="ta_ned_barriere"),
    path("<slug:slug>/barrierer/<int:pk>/legg-tilbake/", barriere.legg_tilbake, name="legg_tilbake_barriere"),
]
