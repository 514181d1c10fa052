"""What is built anew every night while few are awake: the search index, and which projects are alike.

The worker asks every third hour, and only one of those hours is in the night. Meanwhile its mail waits for minutes.
"""

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

HVER = timedelta(hours=3)
NATT = range(2, 5)  # local time; as long as HVER, so that it happens once


def bygg_sokeindeks():
    """Also rows that are as new as their projects: an organisation may have a new name."""
    if _er_natt():
        call_command("bygg_sokeindeks", alt=True, verbosity=0)


def bygg_likheter():
    if _er_natt():
        call_command("bygg_likheter", verbosity=0)


def _er_natt():
    return timezone.localtime().hour in NATT
