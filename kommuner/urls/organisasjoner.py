from django.urls import path

from kommuner.views import organisasjoner

app_name = "organisasjoner"
urlpatterns = [
    path("", organisasjoner.finn, name="finn"),
    path("invitasjon/<str:hemmelighet>/", organisasjoner.invitasjon, name="invitasjon"),
    path("<slug:slug>/", organisasjoner.styr, name="styr"),
    path("<slug:slug>/bli-med/", organisasjoner.bli_med, name="bli_med"),
    path("<slug:slug>/inviter/", organisasjoner.inviter, name="inviter"),
    path("<slug:slug>/innstillinger/", organisasjoner.innstillinger, name="innstillinger"),
    path("<slug:slug>/medlemmer/<int:pk>/rolle/", organisasjoner.rolle, name="rolle"),
    path("<slug:slug>/soknader/<int:pk>/godkjenn/", organisasjoner.godkjenn, name="godkjenn"),
    path("<slug:slug>/soknader/<int:pk>/avsla/", organisasjoner.avsla, name="avsla"),
    path("<slug:slug>/soknader/<int:pk>/trekk/", organisasjoner.trekk_soknad, name="trekk_soknad"),
    path("<slug:slug>/invitasjoner/<int:pk>/send/", organisasjoner.send_invitasjon, name="send_invitasjon"),
    path("<slug:slug>/invitasjoner/<int:pk>/trekk/", organisasjoner.trekk_invitasjon, name="trekk_invitasjon"),
]
