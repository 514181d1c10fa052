"""How a project relates to what others do."""

from django.urls import path

from prosjekter.views import samspill

urlpatterns = [
    path("ny/ligner/", samspill.ligner, name="ligner"),
]
