"""Turn a room's yes or no into an answer."""

from django.core.exceptions import PermissionDenied


def krev(regel, bruker, *args):
    """Raise 403 unless the rule says yes. The rule is a function in a room's `tilgang.py`."""
    if not regel(bruker, *args):
        raise PermissionDenied
