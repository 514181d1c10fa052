"""Middleware that knows no domain."""

from django.conf import settings
from django.http import HttpResponseBadRequest
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_cache_control

FORBUDT = "\x00"


def sprak(get_response):
    """Say which language pages are in. Django asks hundreds of times a page, and asks six times longer when nobody has said.

    There is one so far; LocaleMiddleware takes over when the reader may choose.
    """

    def mellomvare(request):
        translation.activate(settings.LANGUAGE_CODE)
        return get_response(request)

    return mellomvare


def ugyldige_tegn(get_response):
    """Answer 400 to null bytes in an address. PostgreSQL cannot store them and nobody types them.

    In forms, Django's own CharField answers with a message.
    """

    def mellomvare(request):
        if FORBUDT in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            try:
                return render(request, "400.html", status=400)
            except Exception:  # the page must never make it worse
                return HttpResponseBadRequest()
        return get_response(request)

    return mellomvare


def privat_for_innloggede(get_response):
    """What a signed-in person reads is theirs alone: nothing between us and them may keep it."""

    def mellomvare(request):
        svar = get_response(request)
        if request.session.accessed and request.user.is_authenticated and not svar.has_header("Cache-Control"):
            patch_cache_control(svar, private=True, no_cache=True)
        return svar

    return mellomvare
