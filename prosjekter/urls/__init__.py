"""Addresses of projects, those most asked for first: Django tries them in order, and all of them takes longer than a 304.

Registering and moderating come before the public page, which takes any slug.
"""

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
    offentlig.lister
    + registrering.urlpatterns
    + moderering.urlpatterns
    + offentlig.prosjekt
    + filer.urlpatterns
    + gjenbruk.urlpatterns
    + barriere.urlpatterns
    + eksperiment.urlpatterns
    + invitasjon.urlpatterns
    + samspill.urlpatterns
    + laering.prosjektets
)
