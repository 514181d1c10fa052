"""What allauth asks us about accounts."""

from allauth.account.adapter import DefaultAccountAdapter


class Kontoadapter(DefaultAccountAdapter):
    """Mail goes by the outbox; see kommuner/varsler.py."""
