"""Is the process alive, and can it do its work?"""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpResponse


@login_not_required
def live(request):
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
def klar(request):
    try:
        with connection.cursor() as markor:
            markor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database", content_type="text/plain", status=503)
    return HttpResponse("ok", content_type="text/plain")
