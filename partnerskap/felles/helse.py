"""Two questions an operator's machinery asks: are you alive, and may I send you visitors?"""

import logging

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logg = logging.getLogger(__name__)


@login_not_required
@never_cache
@require_safe
def live(request):
    """The process answers. Asks nothing of others: a database that is down is no reason to restart us."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def klar(request):
    """What a page needs is there: the database and the cache. 503 takes us out of the load balancer meanwhile."""
    svar = {"database": _virker(_spor_database), "mellomlager": _virker(_spor_mellomlager)}
    er_klar = all(svar.values())
    return JsonResponse({"klar": er_klar, **svar}, status=200 if er_klar else 503)


def _virker(spor):
    try:
        spor()
    except Exception as feil:  # any driver's own kind of error means the same here
        logg.error("ikke klar: %s feilet med %s", spor.__name__, type(feil).__name__)
        return False
    return True


def _spor_database():
    with connection.cursor() as markor:
        markor.execute("SELECT 1")


def _spor_mellomlager():
    cache.get("helse")
