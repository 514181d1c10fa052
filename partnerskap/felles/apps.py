from django.apps import AppConfig


class FellesConfig(AppConfig):
    name = "partnerskap.felles"
    label = "felles"

    def ready(self):
        from partnerskap.felles.forms import klarsprak

        klarsprak()
