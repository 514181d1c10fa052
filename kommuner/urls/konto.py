"""Sign-in. Only these of allauth's pages exist: there are no passwords, no sign-up form, no e-mail management."""

from allauth.account.views import account_inactive, logout
from django.urls import path

from kommuner.views import konto

urlpatterns = [
    path("logg-inn/", konto.LoggInn.as_view(), name="account_login"),
    path("logg-inn/", konto.LoggInn.as_view(), name="account_request_login_code"),  # the name allauth looks for
    path("logg-inn/kode/", konto.SkrivKode.as_view(), name="account_confirm_login_code"),
    path("logg-ut/", logout, name="account_logout"),
    path("sperret/", account_inactive, name="account_inactive"),
]
