"""A sign-in that ran out while somebody was writing loses no text.

A form that carries `merke(bruker)` in a hidden field named `skjemaeier` is kept in the session when it is posted by
someone no longer signed in. After signing in, the page shows the form filled in again. Nothing is saved for them, and
another person who signs in on the same machine does not see it: the mark is signed and names who wrote.

    if request.method == "POST": ...; gjenopptak.glem(request)
    else: data = gjenopptak.hent(request); skjema = Skjema(data) if data else Skjema(...)
"""

from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.signing import BadSignature, Signer
from django.http import QueryDict
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.csrf import csrf_failure

FELT = "skjemaeier"
NOKKEL = "gjenopptak"
MAKS_TEGN = 100_000  # our longest form is less than half of it
_signerer = Signer(salt="gjenopptak")


def merke(bruker):
    return _signerer.sign(str(bruker.pk))


def _eier(data):
    try:
        return _signerer.unsign(data.get(FELT, ""))
    except BadSignature:
        return None


class InnloggingUtenTap(LoginRequiredMiddleware):
    """Login is required everywhere, as in Django's own; but what was typed waits on the other side."""

    def handle_no_permission(self, request, view_func):
        if request.method == "POST":
            if _eier(request.POST):
                husk(request)
            elif siden := _siden_foer(request):
                return redirect_to_login(siden, resolve_url(self.get_login_url(view_func)))
        return super().handle_no_permission(request, view_func)


def _siden_foer(request):
    """The page of ours where a button was pressed. Its own address may be one that only takes what is posted."""
    adresse = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(adresse, {request.get_host()}, require_https=request.is_secure()):
        return None
    return urlsplit(adresse)._replace(scheme="", netloc="", fragment="").geturl()


def csrf_avvist(request, reason=""):
    """CSRF_FAILURE_VIEW. Signing in again in another window makes the forms of this one stale: show them filled in.

    A stranger's site cannot use this: the mark is signed, and names the one who is signed in.
    """
    if request.method == "POST" and _eier(request.POST) == str(request.user.pk):
        husk(request)
        return redirect(request.get_full_path())
    return csrf_failure(request, reason)


def husk(request):
    data = request.POST.copy()
    data.pop("csrfmiddlewaretoken", None)
    tekst = data.urlencode()
    if len(tekst) <= MAKS_TEGN:
        request.session[NOKKEL] = {"sti": request.path, "data": tekst}


def hent(request):
    """What this person had typed on this page when the sign-in ran out, or None."""
    lagret = request.session.get(NOKKEL)
    if not lagret or lagret["sti"] != request.path:
        return None
    data = QueryDict(lagret["data"])
    if _eier(data) == str(request.user.pk):
        return data
    glem(request)  # somebody else's, on a machine they share
    return None


def glem(request):
    request.session.pop(NOKKEL, None)
