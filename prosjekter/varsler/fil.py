"""What the owners are told when KS takes down one of their files. Called by handlinger.fil only."""

from django.conf import settings
from django.utils.translation import gettext as _

from prosjekter.varsler.prosjekt import giverne, hvorfor_tatt_ned
from utboks.varsling import Slag, varsle_hver


def tatt_ned(rad, *, av):
    _send(
        "tatt-ned", rad, av=av,
        emne=_("Tatt ned: %(slag)s i «%(tittel)s»"),
        tekst=_(
            "KS har tatt ned dette i «%(tittel)s»: %(navn)s. Andre ser det ikke lenger.\n\n%(grunn)s.\n\n%(begrunnelse)s"
            "\n\nRett det eller slett det her. Har dere rettet det, ser KS på det igjen:\n%(lenke)s"
        ),
    )  # fmt: skip


def lagt_tilbake(rad, *, av):
    _send(
        "lagt-tilbake", rad, av=av,
        emne=_("Synlig igjen: %(slag)s i «%(tittel)s»"),
        tekst=_("Andre kan se dette i «%(tittel)s» igjen: %(navn)s.\n%(lenke)s"),
    )  # fmt: skip


def _send(hva, rad, *, av, emne, tekst):
    ord_ = {
        "slag": rad._meta.verbose_name,
        "navn": rad.navn,
        "tittel": rad.prosjekt.tittel,
        **hvorfor_tatt_ned(rad),
        "lenke": settings.PORTAL_ADRESSE + rad.get_absolute_url(),
    }
    varsle_hver(
        giverne(rad.prosjekt),
        av=av,
        slag=Slag.SVAR,
        nokkel=f"{rad.SLAG}-{rad.pk}-v{rad.versjon}-{hva}",
        emne=emne,
        tekst=tekst,
        ord_=ord_,
        om=rad.prosjekt,
    )
