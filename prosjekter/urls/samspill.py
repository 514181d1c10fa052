"""How a project relates to what others do."""

from django.urls import path

from prosjekter.views import henvendelse, samspill

urlpatterns = [
    path("ny/ligner/", samspill.ligner, name="ligner"),
    path("<slug:slug>/samspill/", samspill.samspill, name="samspill"),
    path("<slug:slug>/samspill/<int:pk>/", samspill.svar, name="samspill_svar"),
    path("<slug:slug>/samspill/<int:pk>/meld/", henvendelse.meld_samspill, name="meld_samspill"),
    path("<slug:slug>/samspill/<int:pk>/ta-ned/", samspill.ta_ned, name="ta_ned_samspill"),
    path("<slug:slug>/samspill/<int:pk>/legg-tilbake/", samspill.legg_tilbake, name="legg_tilbake_samspill"),
]
