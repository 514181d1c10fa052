"""Missions are edited in the portal itself. Here they are only read."""

from django.contrib import admin

from kommuner.admin import BareLese
from missions.models import Hovedprosjekt, Mission, Samfunnsutfordring


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
