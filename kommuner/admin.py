"""The rescue tool: people, organisations and memberships. Places come from the register and are only read here."""

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import models

from kommuner.models import (
    Bruker,
    Fylke,
    Invitasjon,
    Kommune,
    Kommuneendring,
    Medlemskap,
    Medlemskapssoknad,
    Nettdomene,
    Organisasjon,
)
from partnerskap.felles import innhold

admin.site.unregister(Group)  # roles are memberships; there are no other permissions
admin.site.unregister(EmailAddress)  # allauth's table, empty here: the address is in Bruker, proven at every sign-in


class BareLese(admin.ModelAdmin):
    """For what is made elsewhere: by the register, by the workflow, by people themselves."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class UtenSletting(admin.ModelAdmin):
    """May be put right, never removed: rows elsewhere count on it."""

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Bruker)
class Brukeradmin(UtenSletting):
    """Block somebody, mend a name or an address. Being forgotten is done from Min side."""

    list_display = ["email", "navn", "is_active", "last_login", "er_eksempel"]
    list_filter = ["is_active", "is_superuser", "er_eksempel"]
    search_fields = ["email", "navn"]
    fields = ["email", "navn", "is_active", "is_superuser", "opprettet_tid", "last_login", "slettet_tid", "er_eksempel"]
    readonly_fields = ["is_superuser", "opprettet_tid", "last_login", "slettet_tid", "er_eksempel"]

    def has_add_permission(self, request):
        return False


class Domener(admin.TabularInline):
    model = Nettdomene
    extra = 1


@admin.register(Organisasjon)
class Organisasjonsadmin(UtenSletting):
    list_display = ["navn", "sektor", "orgnr", "opphort_dato", "er_betrodd"]
    list_filter = ["sektor", "niva", "er_betrodd", "er_eksempel"]
    search_fields = ["navn", "orgnr", "nettdomener__domene"]
    autocomplete_fields = ["kommune", "fylke", "etterfolger"]
    readonly_fields = ["er_sekretariat", "er_eksempel", "kart_x", "kart_y"]
    inlines = [Domener]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        innhold.endret()


@admin.register(Medlemskap)
class Medlemskapsadmin(UtenSletting):
    """The way back in when an organisation has lost its lead, or KS its last administrator."""

    list_display = ["bruker", "organisasjon", "rolle", "fra_dato", "til_dato"]
    list_filter = ["rolle"]
    list_select_related = ["bruker", "organisasjon"]
    search_fields = ["bruker__email", "bruker__navn", "organisasjon__navn"]
    autocomplete_fields = ["bruker", "organisasjon"]
    readonly_fields = ["godkjent_av"]

    def save_model(self, request, obj, form, change):
        obj.godkjent_av = obj.godkjent_av or request.user
        super().save_model(request, obj, form, change)


@admin.register(Medlemskapssoknad)
class Soknadsadmin(BareLese):
    list_display = ["bruker", "organisasjon", "opprettet_tid", "svar", "avgjort_av"]
    list_filter = ["svar"]
    list_select_related = ["bruker", "organisasjon", "avgjort_av"]
    search_fields = ["bruker__email", "organisasjon__navn"]


@admin.register(Invitasjon)
class Invitasjonsadmin(BareLese):
    list_display = ["email", "organisasjon", "rolle", "sendt_tid", "brukt_tid", "trukket_tid"]
    list_select_related = ["organisasjon"]
    search_fields = ["email", "organisasjon__navn"]
    exclude = ["hemmelighet_hash"]


@admin.register(Kommune)
class Kommuneadmin(BareLese):
    list_display = ["nummer", "navn", "fylke", "gyldig_fra", "gyldig_til"]
    list_select_related = ["fylke"]
    search_fields = ["nummer", "navn", "navn_offisielt"]


@admin.register(Fylke)
class Fylkeadmin(BareLese):
    list_display = ["nummer", "navn", "gyldig_fra", "gyldig_til"]
    search_fields = ["nummer", "navn"]


@admin.register(Kommuneendring)
class Kommuneendringadmin(BareLese):
    list_display = ["dato", "type", "fra_nummer", "til_nummer"]
    list_filter = ["type"]
