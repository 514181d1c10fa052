from django.apps import AppConfig


class FellesConfig(AppConfig):
    name = "partnerskap.felles"
    label = "felles"
