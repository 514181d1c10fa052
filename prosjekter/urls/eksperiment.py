"""A project's log of experiments."""

from django.urls import path

from prosjekter.views import eksperiment, henvendelse

urlpatterns = [
    path("<slug:slug>/eksperimenter/", eksperiment.logg, name="eksperimenter"),
    path("<slug:slug>/eksperimenter/ny/", eksperiment.ny, name="nytt_eksperiment"),
    path("<slug:slug>/eksperimenter/<int:pk>/", eksperiment.eksperiment, name="eksperiment"),
    path("<slug:slug>/eksperimenter/<int:pk>/rediger/", eksperiment.rediger, name="rediger_eksperiment"),
    path("<slug:slug>/eksperimenter/<int:pk>/hva-skjedde/", eksperiment.hva_skjedde, name="hva_skjedde"),
    path("<slug:slug>/eksperimenter/<int:pk>/historikk/", eksperiment.historikk, name="eksperimenthistorikk"),
    path("<slug:slug>/eksperimenter/<int:pk>/trekk/", eksperiment.trekk, name="trekk_eksperiment"),
    path("<slug:slug>/eksperimenter/<int:pk>/ta-ned/", eksperiment.ta_ned, name="ta_ned_eksperiment"),
    path("<slug:slug>/eksperimenter/<int:pk>/legg-tilbake/", eksperiment.legg_tilbake, name="legg_tilbake_eksperiment"),
    path("<slug:slug>/eksperimenter/<int:pk>/meld/", henvendelse.meld_eksperiment, name="meld_eksperiment"),
]
