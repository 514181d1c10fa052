from django.urls import path

from prosjekter.views import registrering

urlpatterns = [
    path("<slug:slug>/rediger/", registrering.rediger, name="rediger"),
]
