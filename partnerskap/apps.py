from django.apps import AppConfig


class PartnerskapConfig(AppConfig):
    name = "partnerskap"
    label = "portal"
