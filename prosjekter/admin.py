"""Projects are written and reviewed in the portal itself, where history and notices follow. Here they are only read."""

from django.contrib import admin

from kommuner.admin import BareLese
from prosjekter.models import Modereringssak, Prosjekt


@admin.register(Prosjekt)
class Prosjektadmin(BareLese):
    list_display = ["tittel", "eier", "status", "fase", "utfall", "ansvarlig", "endret_tid"]
    list_filter = ["status", "synlighet", "fase", "utfall", "er_eksempel"]
    list_select_related = ["eier", "ansvarlig"]
    search_fields = ["tittel", "slug", "eier__navn"]


@admin.register(Modereringssak)
class Modereringssakadmin(BareLese):
    list_display = ["prosjekt", "innsendt_tid", "innsendt_av", "avgjort_tid", "avgjort_av", "vedtak", "grunn"]
    list_filter = ["vedtak", "er_etterkontroll"]
    list_select_related = ["prosjekt", "innsendt_av", "avgjort_av"]
    search_fields = ["prosjekt__tittel"]
