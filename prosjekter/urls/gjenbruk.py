"""Reuse of a project: who uses it, and saying so."""

from django.urls import path

from prosjekter.views import gjenbruk, gjenbrukspakke, henvendelse, saksframlegg

urlpatterns = [
    path("ko/meldinger/", henvendelse.innholdsmeldinger, name="innholdsmeldinger"),
    path("<slug:slug>/kontakt/", henvendelse.kontakt, name="kontakt_prosjekt"),
    path("<slug:slug>/henvendelser/<int:pk>/meld/", henvendelse.meld_henvendelse, name="meld_henvendelse"),
    path("<slug:slug>/gjenbruk/<int:pk>/meld/", henvendelse.meld_gjenbruk, name="meld_gjenbruk"),
    path("<slug:slug>/bruk/", gjenbruk.ny, name="bruk"),
    path("<slug:slug>/gjenbrukspakke/", gjenbrukspakke.pakke, name="gjenbrukspakke"),
    path("<slug:slug>/gjenbrukspakke/sjekkliste/", gjenbrukspakke.sjekkliste, name="sjekkliste"),
    path("<slug:slug>/saksframlegg/", saksframlegg.saksframlegg, name="saksframlegg"),
    path("<slug:slug>/saksframlegg.docx", saksframlegg.som_word, name="saksframlegg_docx"),
    path("<slug:slug>/gjenbrukstre/", gjenbruk.tre, name="gjenbrukstre"),
    path("<slug:slug>/gjenbruk/ekstern/", gjenbruk.ekstern, name="oppgi_ekstern"),
    path("<slug:slug>/gjenbruk/<int:pk>/", gjenbruk.gjenbruk, name="gjenbruk"),
    path("<slug:slug>/gjenbruk/<int:pk>/rediger/", gjenbruk.rediger, name="rediger_gjenbruk"),
    path("<slug:slug>/gjenbruk/<int:pk>/svar/", gjenbruk.svar, name="svar_gjenbruk"),
    path("<slug:slug>/gjenbruk/<int:pk>/historikk/", gjenbruk.historikk, name="gjenbrukshistorikk"),
    path("<slug:slug>/gjenbruk/<int:pk>/ta-ned/", gjenbruk.ta_ned, name="ta_ned_gjenbruk"),
    path("<slug:slug>/gjenbruk/<int:pk>/legg-tilbake/", gjenbruk.legg_tilbake, name="legg_tilbake_gjenbruk"),
    path("<slug:slug>/gjenbruk/<int:pk>/fjern/", gjenbruk.fjern, name="fjern_pastand"),
]
