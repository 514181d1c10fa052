from django.urls import path

from prosjekter.views import autolagring, ettersyn, registrering

urlpatterns = [
    path("ny/", registrering.ny, name="ny"),
    path("stemmer/<str:merke>/", ettersyn.stemmer, name="stemmer"),
    path("<slug:slug>/rediger/", registrering.rediger, name="rediger"),
    path("<slug:slug>/rediger/<slug:seksjon>/", registrering.rediger_seksjon, name="rediger_seksjon"),
    path("<slug:slug>/rediger/<slug:seksjon>/autolagre/", autolagring.autolagre, name="autolagre"),
    path("<slug:slug>/rediger/<slug:seksjon>/forkast/", autolagring.forkast, name="forkast_utkast"),
    path("<slug:slug>/forhandsvis/", registrering.forhandsvis, name="forhandsvis"),
    path("<slug:slug>/avslutt/", registrering.avslutt, name="avslutt"),
    path("<slug:slug>/send-inn/", registrering.send_inn, name="send_inn"),
    path("<slug:slug>/gjor/<slug:navn>/", registrering.gjor, name="gjor"),
    path("<slug:slug>/slett/", registrering.slett, name="slett"),
    path("<slug:slug>/bekreft/", registrering.bekreft, name="bekreft"),
    path("<slug:slug>/historikk/", registrering.historikk, name="historikk"),
    path("<slug:slug>/deltakere/", registrering.legg_til_deltaker, name="legg_til_deltaker"),
    path("<slug:slug>/deltakere/<int:pk>/", registrering.avslutt_deltakelse, name="avslutt_deltakelse"),
    path("<slug:slug>/missions/", registrering.foresla_mission, name="foresla_mission"),
    path("<slug:slug>/missions/<int:pk>/", registrering.trekk_forslag, name="trekk_forslag"),
]
