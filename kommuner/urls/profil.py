from django.urls import path

from kommuner.views import profil

app_name = "profil"
urlpatterns = [
    path("navn/", profil.navn, name="navn"),
]
