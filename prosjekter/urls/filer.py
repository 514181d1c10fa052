"""Pictures, attachments and links on a project."""

from django.urls import path

from prosjekter.views import filer, filservering

urlpatterns = [
    path("<slug:slug>/filer/", filer.filer, name="filer"),
    path("<slug:slug>/filer/nytt-bilde/", filer.nytt_bilde, name="nytt_bilde"),
    path("<slug:slug>/filer/nytt-vedlegg/", filer.nytt_vedlegg, name="nytt_vedlegg"),
    path("<slug:slug>/filer/ny-lenke/", filer.ny_lenke, name="ny_lenke"),
    path("<slug:slug>/filer/meld/", filer.meld, name="meld_fil"),
    path("<slug:slug>/filer/<slug:slag>/<int:pk>/", filer.rediger, name="rediger_fil"),
    path("<slug:slug>/filer/<slug:slag>/<int:pk>/flytt/", filer.flytt, name="flytt_fil"),
    path("<slug:slug>/filer/<slug:slag>/<int:pk>/slett/", filer.slett, name="slett_fil"),
    path("<slug:slug>/filer/<slug:slag>/<int:pk>/ta-ned/", filer.ta_ned, name="ta_ned_fil"),
    path("<slug:slug>/filer/<slug:slag>/<int:pk>/legg-tilbake/", filer.legg_tilbake, name="legg_tilbake_fil"),
    path("<slug:slug>/bilder/<int:pk>/<str:navn>", filservering.bilde, name="bilde"),
    path("<slug:slug>/vedlegg/<int:pk>/", filservering.vedlegg, name="vedlegg"),
]
