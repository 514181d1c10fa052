"""Addresses of projects: registering and moderating first, since the public page takes any slug."""

from prosjekter.urls import (
    barriere,
    eksperiment,
    filer,
    gjenbruk,
    invitasjon,
    laering,
    moderering,
    offentlig,
    registrering,
    samspill,
)

app_name = "prosjekter"
urlpatterns = (
    registrering.urlpatterns
    + moderering.urlpatterns
    + filer.urlpatterns
    + gjenbruk.urlpatterns
    + barriere.urlpatterns
    + eksperiment.urlpatterns
    + invitasjon.urlpatterns
    + samspill.urlpatterns
    + laering.prosjektets
    + offentlig.urlpatterns
)
