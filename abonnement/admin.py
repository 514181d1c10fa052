"""See why mail does not arrive, and erase an address when someone asks. What they follow is theirs."""

from django.contrib import admin

from abonnement import handlinger
from abonnement.models import Abonnent


@admin.register(Abonnent)
class Abonnentadmin(admin.ModelAdmin):
    list_display = ["email", "opprettet_tid", "sist_sendt_dato", "stanset_tid"]
    list_filter = ["stanset_tid"]
    search_fields = ["email"]
    fields = ["email", "opprettet_tid", "sist_sendt_dato", "stanset_tid"]

    def get_deleted_objects(self, objs, request):
        """Django would list the searches that go with it by name."""
        return [str(abonnent) for abonnent in objs], {}, set(), []

    def delete_model(self, request, obj):
        handlinger.slett(obj)

    def delete_queryset(self, request, queryset):
        for abonnent in queryset:
            handlinger.slett(abonnent)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
