"""The word of a code, asked for hundreds of times on a page."""

from functools import cache

from django.utils.translation import get_language


class MedKodeord:
    """For models with code lists: `get_<field>_display` that looks the word up. Django's own reads the whole list each time."""

    def _get_FIELD_display(self, field):  # noqa: N802, Django's name
        verdi = getattr(self, field.attname)
        return _ord(field, get_language()).get(verdi, verdi)


@cache
def _ord(felt, _sprak):
    return {verdi: str(navn) for verdi, navn in felt.flatchoices}
