"""Addresses of pages without asking Django each time: it takes as long as a query to make one, and a page has dozens.

    adresse("prosjekter:gjenbruk", prosjekt.slug, 37)      # as reverse("prosjekter:gjenbruk", args=[prosjekt.slug, 37])

Django is asked once for each page and kind of values, with places for the values; later the values are put in. What is no
plain word or number goes to Django each time. `{% url %}` makes its addresses here too.
"""

import re
from functools import cache

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, reverse

VANLIG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")  # stands as it is in an address
PLASSER = {int: 70000000001, str: "plass-7a_"}  # for any number and any word; a number is put behind each


def adresse(navn, *verdier):
    vanlige = all(VANLIG.fullmatch(str(verdi)) for verdi in verdier)
    monster = vanlige and _monster(navn, tuple(map(type, verdier)), settings.ROOT_URLCONF, get_script_prefix())
    return monster.format(*verdier) if monster else reverse(navn, args=verdier)


@cache
def _monster(navn, typer, urlconf, _prefiks):
    """The address with {0}, {1} for the values, or None when the page takes only some values of these kinds."""
    if not PLASSER.keys() >= set(typer):
        return None
    plasser = [type_(f"{PLASSER[type_]}{nr}") for nr, type_ in enumerate(typer)]
    try:
        svar = reverse(navn, urlconf, args=plasser)
    except NoReverseMatch:
        return None
    for nr, plass in enumerate(plasser):
        svar = svar.replace(str(plass), f"{{{nr}}}")
    return svar
