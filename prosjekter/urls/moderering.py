"""KS' queue."""

from django.urls import path

from prosjekter.views import moderering

urlpatterns = [
    path("ko/", moderering.ko, name="ko"),
    path("ko/<int:pk>/", moderering.sak, name="sak"),
    path("ko/<int:pk>/<slug:handling>/", moderering.avgjor, name="avgjor"),
    path("ko/forslag/<int:pk>/", moderering.forslag, name="forslag"),
    path("<slug:slug>/ta-ned/", moderering.ta_ned, name="ta_ned"),
]
