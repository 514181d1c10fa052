"""Where curators write about initiatives elsewhere. The open pages are in partnerskap.sider.initiativside, and come after."""

from django.urls import path

from missions import views
from missions.views import INITIATIV

urlpatterns = [
    path("ny/", views.ny, {"slag": INITIATIV}, name="ny"),
    path("<slug:slug>/rediger/", views.rediger, {"slag": INITIATIV}, name="rediger"),
    path("<slug:slug>/endringer/", views.endringer, {"slag": INITIATIV}, name="endringer"),
]
