from django.urls import path

from prosjekter.views import offentlig

urlpatterns = [
    path("<slug:slug>/", offentlig.prosjekt, name="prosjekt"),
]
