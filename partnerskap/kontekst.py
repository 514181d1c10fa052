"""What every template may count on."""

from django.conf import settings


def portal(request):
    """The address of this page without its query string, for canonical links, and whether this is development."""
    return {
        "kanonisk_adresse": request.build_absolute_uri(request.path),
        "i_utvikling": settings.DEBUG,
    }
