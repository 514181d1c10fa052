"""What every template may count on."""

from django.conf import settings
from django.utils.encoding import escape_uri_path

from prosjekter.tilgang import kan_se_ko


def portal(request):
    """The address of this page without its query string, whether the reader has a queue, and whether this is development.

    From our own name and not the one we were asked by: that one may be wrong, and the 400 page has to say so.
    """
    return {
        "kanonisk_adresse": settings.PORTAL_ADRESSE + escape_uri_path(request.path),
        "ser_ko": lambda: hasattr(request, "user") and kan_se_ko(request.user),
        "i_utvikling": settings.DEBUG,
    }
