"""Barriers across projects, and the rules they come from. The rule last: its address takes any slug."""

from django.urls import path

from prosjekter.views import barrierer

app_name = "barrierer"
urlpatterns = [
    path("", barrierer.liste, name="liste"),
    path("nye.atom", barrierer.nye, name="nye"),
    path("barrierer.csv", barrierer.eksport, name="eksport"),
    path("ko/", barrierer.ko, name="ko"),
    path("<slug:slug>/", barrierer.regel, name="regel"),
    path("<slug:slug>/rediger/", barrierer.rediger_regel, name="rediger_regel"),
]
