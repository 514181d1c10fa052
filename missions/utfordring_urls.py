"""Addresses of shared needs. The public page of one need is in partnerskap.sider.utfordringsside, and comes after."""

from django.urls import path

from missions import utfordring_views as views

urlpatterns = [
    path("", views.liste, name="liste"),
    path("nye.atom", views.nye, name="nye"),
    path("ny/", views.ny, name="ny"),
    path("ko/", views.ko, name="ko"),
    path("ko/grense/", views.terskel, name="terskel"),
    path("<slug:slug>/rediger/", views.rediger, name="rediger"),
    path("<slug:slug>/publiser/", views.publiser, name="publiser"),
    path("<slug:slug>/slett/", views.slett, name="slett"),
    path("<slug:slug>/endringer/", views.endringer, name="endringer"),
    path("<slug:slug>/skriv-under/", views.skriv_under, name="skriv_under"),
    path("<slug:slug>/underskrifter/<int:pk>/trekk/", views.trekk, name="trekk"),
    path("<slug:slug>/behandle/", views.behandle, name="behandle"),
    path("<slug:slug>/sett/", views.sett, name="sett"),
]
