"""Pages that are the same for everyone who is not signed in: answered without work when nothing has changed.

    @for_alle
    def liste(request): ...

Such a page has a validator (ETag) made of the mark of the content (partnerskap.felles.innhold), the date, the release and
the address. It changes when the content does, in every process, since the mark is the database's: it is asked for, or
PostgreSQL tells when it has changed. A browser or cache that has the page gets 304; else the page comes from this process'
memory, or is made. A cache in front of us may serve it for `SEKUNDER` without asking.

Whoever has a session is answered by the view itself, and nothing between us and them may keep the answer. Nothing is kept
that sets a cookie or holds a form token.
"""

import hashlib
from functools import cache, wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from partnerskap.felles import innhold

SEKUNDER = 30  # how long a cache in front of us may serve a page without asking; so old can what a visitor sees be
MAKS_ADRESSE = 500  # a longer one is made each time: nobody shares it
MAKS_TEGN = 300_000


def for_alle(view):
    """Open to all, read only, and kept for those who are not signed in."""

    @login_not_required
    @require_safe
    @wraps(view)
    def side(request, *args, **kwargs):
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            with innhold.som_lest():
                svar = view(request, *args, **kwargs)
            if not svar.has_header("Cache-Control"):
                patch_cache_control(svar, private=True, no_cache=True)
            return svar
        if settings.DEBUG:  # templates change under our feet
            return view(request, *args, **kwargs)
        return _felles(request, lambda: view(request, *args, **kwargs))

    side.er_for_alle = True
    return side


def ikke_behold(svar):
    """An answer that must be made anew each time: a search without hits is counted."""
    patch_cache_control(svar, private=True, no_cache=True)
    return svar


def _felles(request, lag):
    merke = innhold.hort_merke()
    validator = _validator(request, merke)
    if svar := get_conditional_response(request, etag=validator):
        return _merk(svar, validator)
    minne = caches["sider"]
    lagret = minne.get(validator)
    if lagret is None:
        with innhold.som_lest(merke):
            lagret = lag()
            if hasattr(lagret, "render"):
                lagret.render()
        if not _kan_beholdes(request, lagret):
            return lagret
        if len(request.get_full_path()) <= MAKS_ADRESSE and len(lagret.content) <= MAKS_TEGN:
            minne.set(validator, lagret)
    return _merk(lagret, validator)


def _validator(request, merke):
    """Weak, since the same page is sent compressed in several ways."""
    deler = (merke, str(timezone.localdate()), utgave(), request.get_host(), request.get_full_path())
    return f'W/"{hashlib.sha256("|".join(deler).encode(errors="replace")).hexdigest()[:32]}"'


def _kan_beholdes(request, svar):
    return (
        svar.status_code == 200
        and not svar.streaming
        and not svar.cookies
        and not svar.has_header("Cache-Control")
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and not request.session.modified
    )


def _merk(svar, validator):
    svar["ETag"] = validator
    patch_cache_control(svar, public=True, max_age=0, s_maxage=SEKUNDER)
    patch_vary_headers(svar, ["Cookie"])
    return svar


@cache
def utgave():
    """The release: what the code, templates and static files are. The same in every process, with nothing to set."""
    apper = {navn.split(".")[0] for navn in settings.INSTALLED_APPS} | {"templates", "static", "locale"}
    sum_ = hashlib.sha256()
    for mappe in sorted(m for m in settings.ROT.iterdir() if m.name in apper):
        for sti in sorted(mappe.rglob("*.*")):
            if sti.suffix in (".py", ".html", ".css", ".js", ".svg", ".json", ".txt", ".mo"):
                sum_.update(str(sti.relative_to(settings.ROT)).encode() + sti.read_bytes())
    return sum_.hexdigest()[:12]
