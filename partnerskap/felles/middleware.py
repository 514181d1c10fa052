"""Middleware that knows no domain."""

from django.http import HttpResponseBadRequest
from django.shortcuts import render

FORBUDT = "\x00"


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
