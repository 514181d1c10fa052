from django.apps import AppConfig
from django.contrib.admin import apps as admin


class PartnerskapConfig(AppConfig):
    name = "partnerskap"
    label = "portal"
    default = True


class Administrasjonsapp(admin.AdminConfig):
    """Django's admin with our own site: no sign-in of its own, hidden from all but administrators."""

    default_site = "partnerskap.sider.administrasjon.Administrasjon"
    default = False
