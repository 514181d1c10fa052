from django.apps import AppConfig


class FellesConfig(AppConfig):
    name = "partnerskap.felles"
    label = "felles"

    def ready(self):
        from django.db.models import Field, ForeignObject

        from partnerskap.felles.blant import Blant
        from partnerskap.felles.forms import klarsprak

        klarsprak()
        for felt in (Field, ForeignObject):  # the latter does not inherit lookups
            felt.register_lookup(Blant)
