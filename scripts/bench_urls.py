"""The portal's addresses, and /hei/: the least a page can do behind the same middleware."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import path

from partnerskap.urls import urlpatterns as portalens

urlpatterns = [path("hei/", login_not_required(lambda request: HttpResponse("Hei!\n"))), *portalens]
