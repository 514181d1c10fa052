"""See whether mail gets through and the worker's jobs get done, and try again what was given up.

The text of a message is not for anyone's eyes.
"""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utboks.models import Epost, Jobb, Varselmottaker


@admin.register(Epost)
class Epostadmin(admin.ModelAdmin):
    list_display = ["emne", "til", "opprettet_tid", "sendt_tid", "antall_forsok", "gitt_opp_tid", "siste_feil"]
    list_filter = ["er_hemmelig", "sendt_tid", "gitt_opp_tid"]
    search_fields = ["til", "emne"]
    exclude = ["tekst", "hoder"]
    actions = ["prov_igjen"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.action(description=_("Prøv å levere på nytt"), permissions=["view"])
    def prov_igjen(self, request, valgte):
        valgte.filter(sendt_tid=None).update(gitt_opp_tid=None, antall_forsok=0, neste_forsok=timezone.now())


@admin.register(Jobb)
class Jobbadmin(admin.ModelAdmin):
    list_display = ["navn", "neste_tid", "sist_startet", "sist_ferdig", "antall_feil", "siste_feil"]
    actions = ["gjor_naa"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.action(description=_("Gjør med en gang"), permissions=["view"])
    def gjor_naa(self, request, valgte):
        valgte.filter(neste_tid__gt=timezone.now()).update(neste_tid=timezone.now())


@admin.register(Varselmottaker)
class Varselmottakeradmin(admin.ModelAdmin):
    list_display = ["email", "valg"]
    search_fields = ["email"]
    exclude = ["hemmelighet"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
