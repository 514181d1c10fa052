"""Projects are written and reviewed in the portal itself, where history and notices follow. Here they are only read."""

from django.contrib import admin

from kommuner.admin import BareLese
from prosjekter.models import Barriere, Eksperiment, Gjenbruk, Komplementaritet, Laering, Modereringssak, Prosjekt


class Synlige(BareLese):
    """The rule for who may see holds here too: nobody in KS reads drafts."""

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .filter(pk__in=self.model.objects.synlige_for(request.user).order_by().values("pk"))
        )


@admin.register(Prosjekt)
class Prosjektadmin(Synlige):
    list_display = ["tittel", "eier", "status", "fase", "utfall", "ansvarlig", "endret_tid"]
    list_filter = ["status", "synlighet", "fase", "utfall", "er_eksempel"]
    list_select_related = ["eier", "ansvarlig"]
    search_fields = ["tittel", "slug", "eier__navn"]


@admin.register(Modereringssak)
class Modereringssakadmin(Synlige):
    list_display = ["prosjekt", "innsendt_tid", "innsendt_av", "avgjort_tid", "avgjort_av", "vedtak", "grunn"]
    list_filter = ["vedtak", "er_etterkontroll"]
    list_select_related = ["prosjekt", "innsendt_av", "avgjort_av"]
    search_fields = ["prosjekt__tittel"]


@admin.register(Gjenbruk)
class Gjenbrukadmin(Synlige):
    list_display = ["fra", "taker", "taker_navn", "type", "status", "endret_tid", "tatt_ned_tid"]
    list_filter = ["status", "type", "er_eksempel"]
    list_select_related = ["fra", "taker"]
    search_fields = ["fra__tittel", "taker__navn", "taker_navn"]


@admin.register(Eksperiment)
class Eksperimentadmin(Synlige):
    list_display = ["hypotese", "prosjekt", "fra_dato", "beslutning", "endret_tid", "trukket_tid", "tatt_ned_tid"]
    list_filter = ["beslutning", "er_eksempel"]
    list_select_related = ["prosjekt"]
    search_fields = ["hypotese", "prosjekt__tittel"]


@admin.register(Komplementaritet)
class Komplementaritetadmin(Synlige):
    list_display = ["fra", "type", "til_prosjekt", "utfordring", "mission", "initiativ", "svar", "tatt_ned_tid"]
    list_filter = ["type", "svar", "er_eksempel"]
    list_select_related = ["fra", "til_prosjekt", "utfordring", "mission", "initiativ"]
    search_fields = ["fra__tittel", "til_prosjekt__tittel"]


@admin.register(Laering)
class Laeringadmin(Synlige):
    list_display = ["tekst", "type", "prosjekt", "synlighet", "endret_tid", "tatt_ned_tid"]
    list_filter = ["type", "synlighet", "er_eksempel"]
    list_select_related = ["prosjekt"]
    search_fields = ["tekst", "prosjekt__tittel"]


@admin.register(Barriere)
class Barriereadmin(Synlige):
    list_display = ["kort", "prosjekt", "regel", "type", "niva", "policylab_status", "opprettet_tid"]
    list_filter = ["policylab_status", "type", "niva", "er_eksempel"]
    list_select_related = ["prosjekt", "regel"]
    search_fields = ["hva_stopper", "hjemmel", "prosjekt__tittel"]
