"""Does a text look as if it tells about someone who can be recognised? A warning, never a refusal: machines guess."""

import re

from django.utils.translation import gettext_lazy as _

TEGN = (
    (_("et fødselsnummer"), re.compile(r"(?<!\d)[0-7]\d[0-9]\d\d\d[ ]?\d{5}(?!\d)")),
    (_("en e-postadresse"), re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]+")),
    (_("et telefonnummer"), re.compile(r"(?<!\d)(?:\+47[ ]?)?(?:[2-9]\d(?:[ ]?\d\d){3}|[2-9]\d\d \d\d \d{3})(?!\d)(?! ?(?:kr|kroner|%|innb))")),
    (
        _("navn og alder på en person"),
        re.compile(r"\b[A-ZÆØÅ][a-zæøå]{1,30},? ?\(?\d{1,2}(?:\)| år\b)"),
    ),
)  # fmt: skip


def ligner_paa(*tekster):
    """What kinds of personal data the texts seem to hold, in words."""
    alt = "\n".join(str(t) for t in tekster if t)
    return [navn for navn, monster in TEGN if monster.search(alt)]
