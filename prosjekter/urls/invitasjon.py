from django.urls import path

from prosjekter.views import invitasjon

urlpatterns = [path("<slug:slug>/invitasjon/", invitasjon.invitasjon, name="invitasjon")]
