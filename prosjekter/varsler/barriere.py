"""What is told to whom about barriers. Called by handlinger.barriere only, in the transaction of the deed."""

from django.conf import settings
from django.utils.translation import gettext as _

from prosjekter.varsler.prosjekt import giverne, hvorfor_tatt_ned
from utboks.varsling import Slag, varsle_hver


def flyttet(barriere, *, av):
    _send(
        "flyttet", barriere, av=av,
        emne=_("KS har svart: «%(kort)s»"),
        tekst=_(
            "KS har sett på barrieren dere meldte i «%(tittel)s».\n\n%(hva)s\n\nStatus nå: %(status)s.\n\n"
            "KS skriver:\n\n%(svar)s\n\nAlt som er sagt om den:\n%(lenke)s"
        ),
    )  # fmt: skip


def endret(barriere, *, av):
    _send(
        "flyttet", barriere, av=av,
        emne=_("Barrieren er fjernet: «%(kort)s»"),
        tekst=_(
            "Gode nyheter: det som sto i veien for «%(tittel)s», er endret.\n\n%(hva)s\n\nKS skriver:\n\n%(svar)s\n\n"
            "Alt som er sagt om den:\n%(lenke)s"
        ),
    )  # fmt: skip


def lokalt_handlingsrom(barriere, *, av):
    _send(
        "flyttet", barriere, av=av,
        emne=_("Dere kan gjøre det alt: «%(kort)s»"),
        tekst=_(
            "Gode nyheter: det dere trodde sto i veien for «%(tittel)s», gjør ikke det. Lokalt handlingsrom fantes.\n\n"
            "%(hva)s\n\nKS skriver:\n\n%(svar)s\n\nAlt som er sagt om den:\n%(lenke)s"
        ),
    )  # fmt: skip


def tatt_ned(barriere, *, av):
    _send(
        "tatt-ned", barriere, av=av,
        emne=_("Tatt ned: barriere i «%(tittel)s»"),
        tekst=_(
            "KS har tatt ned en barriere i «%(tittel)s», så andre ikke ser den.\n\n%(hva)s\n\n"
            "Grunn: %(grunn)s\n\n%(begrunnelse)s\n\nDere kan rette teksten her, og be KS legge den tilbake:\n%(lenke)s"
        ),
    )  # fmt: skip


def lagt_tilbake(barriere, *, av):
    _send(
        "lagt-tilbake", barriere, av=av,
        emne=_("Synlig igjen: barriere i «%(tittel)s»"),
        tekst=_("Barrieren i «%(tittel)s» er synlig for andre igjen:\n%(lenke)s"),
    )  # fmt: skip


def _send(hva, barriere, *, av, emne, tekst):
    ord_ = {
        "kort": barriere.kort,
        "hva": barriere.hva_stopper,
        "tittel": barriere.prosjekt.tittel,
        "status": barriere.get_policylab_status_display().lower(),
        "svar": barriere.svar,
        **hvorfor_tatt_ned(barriere),
        "lenke": f"{settings.PORTAL_ADRESSE}{barriere.get_absolute_url()}",
    }
    varsle_hver(
        giverne(barriere.prosjekt),
        av=av,
        slag=Slag.SVAR,
        nokkel=f"barriere-{barriere.pk}-v{barriere.versjon}-{hva}",
        emne=emne,
        tekst=tekst,
        ord_=ord_,
        om=barriere.prosjekt,
    )
