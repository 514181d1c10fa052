"""Missions and needs are edited in the portal itself. Here they are only read."""

from django.contrib import admin

from kommuner.admin import BareLese
from missions.models import EksterntInitiativ, Hovedprosjekt, Mission, Samfunnsutfordring, Utfordring


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


@admin.register(EksterntInitiativ)
class EksterntInitiativadmin(BareLese):
    list_display = ["navn", "eier", "periode_fra", "periode_til", "aktiv"]
    search_fields = ["navn", "eier"]
