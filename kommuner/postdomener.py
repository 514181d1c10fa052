"""Mail domains that say nothing about where a person works.

Anyone can have an address there, or several organisations share the domain, so they can neither be registered on an
organisation nor make anyone a member. Kept in code: the list is a safeguard, and must not be editable by whoever it
guards against.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Free mail, and the addresses Norwegian internet providers have given their customers.
FOR_ALLE = frozenset(
    """
    gmail.com googlemail.com google.com hotmail.com hotmail.no hotmail.co.uk outlook.com outlook.no live.com live.no
    msn.com windowslive.com passport.com yahoo.com yahoo.no yahoo.co.uk ymail.com rocketmail.com icloud.com me.com
    mac.com aol.com gmx.com gmx.net gmx.de web.de mail.com email.com proton.me protonmail.com protonmail.ch pm.me
    tutanota.com tuta.com tuta.io fastmail.com fastmail.fm hey.com zoho.com zohomail.eu yandex.com yandex.ru mail.ru
    hushmail.com inbox.com duck.com runbox.com runbox.no
    online.no broadpark.no getmail.no start.no frisurf.no c2i.net chello.no tele2.no bluecom.no lyse.net altibox.no
    altiboxmail.no telenor.no nextgentel.no ebnett.no eninvest.net sensewave.com tiscali.no spray.no sol.no epost.no
    haugnett.no hesbynett.no signal.no vikenfiber.no enivest.net loqal.no nktv.no mimer.no neasonline.no ntebb.no
    dhmail.net privatmail.no mailinator.com guerrillamail.com 10minutemail.com yopmail.com trashmail.com
    """.split()
)
# Domains under which many organisations have theirs: one of them must not get all the others' people.
FELLES = frozenset("kommune.no fylkeskommune.no suohkan.no herad.no dep.no stat.no mil.no co.no priv.no no com".split())


def er_for_alle(domene):
    """True for free mail, also below it (a.gmail.com), and for the shared domains themselves."""
    return domene in FELLES or not FOR_ALLE.isdisjoint(domene_og_foreldre(domene))


def domene_og_foreldre(domene):
    """skole.halden.kommune.no: itself, halden.kommune.no, kommune.no. The nearest comes first."""
    ledd = domene.split(".")
    return [".".join(ledd[i:]) for i in range(len(ledd) - 1)]


def bare_egne_domener(domene):
    """Validator for Nettdomene."""
    if er_for_alle(domene.lower()):
        raise ValidationError(
            _("%(domene)s brukes av mange. Skriv et domene som bare organisasjonen har."),
            code="felles_domene",
            params={"domene": domene},
        )
