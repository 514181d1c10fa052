from django.urls import path

from kommuner.views import steder

app_name = "kommuner"
urlpatterns = [path("", steder.liste, name="liste")]
