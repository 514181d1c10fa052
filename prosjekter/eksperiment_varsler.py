"""What is told to whom about experiments. Called by eksperiment_handlinger only, in the transaction of the deed."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from prosjekter.kodeverk import Grunn
from prosjekter.varsler import ansvarlige
from utboks.varsling import Slag, varsle


def logget(eksperiment, *, av):
    """A partner, or a colleague, has logged something the one in charge may not know of."""
    _send(
        "ny", eksperiment, av=av,
        emne=_("Nytt eksperiment i «%(tittel)s»"),
        tekst=_("%(av)s har logget et eksperiment i «%(tittel)s»:\n\n%(hypotese)s\n\nSe det her:\n%(lenke)s"),
    )  # fmt: skip


def resultat(eksperiment, *, av):
    _send(
        "resultat", eksperiment, av=av,
        emne=_("Resultat av et eksperiment i «%(tittel)s»"),
        tekst=_(
            "%(av)s har skrevet hva som skjedde i et eksperiment i «%(tittel)s»:\n\n%(hypotese)s\n\n%(observasjon)s\n\n"
            "Nå: %(beslutning)s.\n\nSe det her:\n%(lenke)s"
        ),
    )  # fmt: skip


def tatt_ned(eksperiment, *, av):
    _send(
        "tatt-ned", eksperiment, av=av, slag=Slag.SVAR,
        emne=_("Tatt ned: et eksperiment i «%(tittel)s»"),
        tekst=_(
            "KS har tatt ned et eksperiment i «%(tittel)s». Andre ser det ikke lenger.\n\n%(hypotese)s\n\n%(grunn)s.\n\n"
            "%(begrunnelse)s\n\nRett det som trengs her, så ser KS på det igjen:\n%(rediger)s"
        ),
    )  # fmt: skip


def lagt_tilbake(eksperiment, *, av):
    _send(
        "lagt-tilbake", eksperiment, av=av, slag=Slag.SVAR,
        emne=_("Synlig igjen: et eksperiment i «%(tittel)s»"),
        tekst=_("KS har lagt tilbake eksperimentet. Andre ser det igjen:\n\n%(hypotese)s\n\n%(lenke)s"),
    )  # fmt: skip


def _send(hva, eksperiment, *, av, emne, tekst, slag=Slag.PROSJEKT):
    prosjekt = eksperiment.prosjekt
    ord_ = {
        "av": av,
        "tittel": prosjekt.tittel,
        "hypotese": eksperiment.hypotese,
        "observasjon": eksperiment.observasjon,
        "beslutning": eksperiment.get_beslutning_display().lower(),
        "grunn": str(Grunn(eksperiment.tatt_ned_grunn).label) if eksperiment.tatt_ned_grunn else "",
        "begrunnelse": eksperiment.tatt_ned_begrunnelse,
        "lenke": settings.PORTAL_ADRESSE + eksperiment.get_absolute_url(),
        "rediger": settings.PORTAL_ADRESSE
        + reverse("prosjekter:rediger_eksperiment", args=[prosjekt.slug, eksperiment.pk]),
    }
    for bruker in ansvarlige(prosjekt):
        if bruker.pk != av.pk:
            varsle(
                slag=slag,
                nokkel=f"eksperiment-{eksperiment.pk}-v{eksperiment.versjon}-{hva}-{bruker.pk}",
                til=bruker.email,
                emne=emne % ord_,
                tekst=tekst % ord_,
            )
