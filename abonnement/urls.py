from django.urls import path

from abonnement import views
from abonnement.kodeverk import Liste

app_name = "abonnement"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("ny/", views.ny, name="ny"),
    path("sendt/", views.sendt, name="sendt"),
    path("barrierer/ny/", views.ny, {"liste": Liste.BARRIERER}, name="ny_barrierer"),
    path("barrierer/sendt/", views.sendt, {"liste": Liste.BARRIERER}, name="sendt_barrierer"),
    path("slettet/", views.slettet, name="slettet"),
    path("bekreft/<str:hemmelighet>/", views.bekreft, name="bekreft"),
    path("stopp/<str:hemmelighet>/", views.stopp, name="stopp"),
    path("styr/<str:hemmelighet>/", views.styr, name="styr"),
    path("styr/<str:hemmelighet>/angre/", views.angre, name="angre"),
    path("styr/<str:hemmelighet>/slett/", views.slett, name="slett"),
    path("styr/<str:hemmelighet>/prov-igjen/", views.prov_igjen, name="prov_igjen"),
    path("styr/<str:hemmelighet>/<int:pk>/", views.endre, name="endre"),
]
