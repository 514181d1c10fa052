"""/admin/: a rescue tool for KS' administrators. The work itself is done in the portal's own pages.

It has no sign-in and no passwords of its own, and for everyone else it does not exist.
"""

from functools import update_wrapper

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _


class Administrasjon(AdminSite):
    site_header = site_title = _("Nødverktøy for administratorer")
    index_title = _("Partnerskap for radikal innovasjon")
    site_url = "/"

    def admin_view(self, view, cacheable=False):
        """Whoever is signed in without the right is told there is nothing here."""
        vist = super().admin_view(view, cacheable)

        def vakt(request, *args, **kwargs):
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            return vist(request, *args, **kwargs)

        return update_wrapper(vakt, vist)

    @method_decorator(login_not_required)
    def login(self, request, extra_context=None):
        hjem = reverse("admin:index")
        if request.user.is_authenticated:
            return redirect(hjem)
        return redirect_to_login(request.GET.get("next") or hjem)

    def logout(self, request, extra_context=None):
        return redirect("account_logout")

    def password_change(self, request, extra_context=None):
        raise Http404

    password_change_done = password_change
