"""Missions and needs are edited in the portal itself. Here they are only read; KS sets the threshold of needs."""

from django.contrib import admin

from kommuner.admin import BareLese, UtenSletting
from missions.models import (
    EksterntInitiativ,
    Hovedprosjekt,
    Mission,
    Samfunnsutfordring,
    Utfordring,
    Utfordringsoppsett,
)


@admin.register(Samfunnsutfordring)
class Samfunnsutfordringadmin(BareLese):
    list_display = ["navn", "er_prioritert", "rekkefolge"]


@admin.register(Mission)
class Missionadmin(BareLese):
    list_display = ["tittel", "samfunnsutfordring", "status", "kurator", "er_publisert"]
    list_select_related = ["samfunnsutfordring", "kurator"]
    search_fields = ["tittel"]


@admin.register(Hovedprosjekt)
class Hovedprosjektadmin(BareLese):
    list_display = ["tittel", "samfunnsutfordring", "mission"]
    list_select_related = ["samfunnsutfordring", "mission"]


@admin.register(Utfordring)
class Utfordringadmin(BareLese):
    list_display = ["tittel", "eier", "status", "antall", "mission"]
    list_select_related = ["eier", "mission"]
    search_fields = ["tittel"]


@admin.register(Utfordringsoppsett)
class Utfordringsoppsettadmin(UtenSletting):
    """One row, made here the first time."""

    list_display = ["__str__", "terskel"]

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not Utfordringsoppsett.objects.exists()

    def save_model(self, request, obj, form, change):
        obj.pk = 1
        super().save_model(request, obj, form, change)


@admin.register(EksterntInitiativ)
class EksterntInitiativadmin(BareLese):
    list_display = ["navn", "eier", "periode_fra", "periode_til", "aktiv"]
    search_fields = ["navn", "eier"]
