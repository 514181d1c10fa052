from django.urls import path

from prosjekter.views import offentlig

lister = [
    path("", offentlig.liste, name="liste"),
    path("prosjekter.csv", offentlig.eksport, name="eksport"),
    path("nye.atom", offentlig.nye, name="nye"),
]
prosjekt = [path("<slug:slug>/", offentlig.prosjekt, name="prosjekt")]
