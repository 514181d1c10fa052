"""Experiments across projects."""

from django.urls import path

from prosjekter.views import eksperimentstrom

app_name = "eksperimenter"
urlpatterns = [
    path("", eksperimentstrom.liste, name="liste"),
    path("feed", eksperimentstrom.feed, name="feed"),
    path("eksperimenter.csv", eksperimentstrom.eksport, name="eksport"),
]
