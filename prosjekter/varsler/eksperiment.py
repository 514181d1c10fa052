"""What is told to whom about experiments. Called by handlinger.eksperiment only, in the transaction of the deed."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from prosjekter import tilgang
from prosjekter.varsler.prosjekt import ansvarlige, hvorfor_tatt_ned
from utboks.varsling import Slag, varsle_hver


def logget(eksperiment, *, av):
    """A partner, or a colleague, has logged something the one in charge may not know of."""
    _send(
        f"v{eksperiment.versjon}-ny", eksperiment, av=av,
        emne=_("Nytt eksperiment i «%(tittel)s»"),
        tekst=_("%(av)s har logget et eksperiment i «%(tittel)s»:\n\n%(hypotese)s\n\nSe det her:\n%(lenke)s"),
    )  # fmt: skip


def resultat(eksperiment, *, av):
    _send(
        f"v{eksperiment.versjon}-resultat", eksperiment, av=av,
        emne=_("Resultat av et eksperiment i «%(tittel)s»"),
        tekst=_(
            "%(av)s har skrevet hva som skjedde i et eksperiment i «%(tittel)s»:\n\n%(hypotese)s\n\n%(observasjon)s\n\n"
            "Nå: %(beslutning)s.\n\nSe det her:\n%(lenke)s"
        ),
    )  # fmt: skip


def hva_skjedde(eksperiment):
    """The day has passed. Asked of the one who logged it, while she is still with it; else of those in charge."""
    hun = eksperiment.registrert_av
    if hun is None or not hun.is_active or not tilgang.kan_logge_eksperiment(hun, eksperiment.prosjekt):
        hun = None
    _send(
        f"hva-skjedde-{eksperiment.til_dato}", eksperiment, av=None, til=[hun] if hun else None, slag=Slag.PAAMINNELSE,
        emne=_("Hva skjedde? Et eksperiment i «%(tittel)s»"),
        tekst=_(
            "Eksperimentet skulle være ferdig nå:\n\n%(hypotese)s\n\nSkriv hva som skjedde, også hvis det ikke gikk som "
            "ventet. Én setning holder:\n%(hva_skjedde)s"
        ),
    )  # fmt: skip


def tatt_ned(eksperiment, *, av):
    _send(
        f"v{eksperiment.versjon}-tatt-ned", eksperiment, av=av, slag=Slag.SVAR,
        emne=_("Tatt ned: et eksperiment i «%(tittel)s»"),
        tekst=_(
            "KS har tatt ned et eksperiment i «%(tittel)s». Andre ser det ikke lenger.\n\n%(hypotese)s\n\n%(grunn)s.\n\n"
            "%(begrunnelse)s\n\nRett det som trengs her, så ser KS på det igjen:\n%(rediger)s"
        ),
    )  # fmt: skip


def lagt_tilbake(eksperiment, *, av):
    _send(
        f"v{eksperiment.versjon}-lagt-tilbake", eksperiment, av=av, slag=Slag.SVAR,
        emne=_("Synlig igjen: et eksperiment i «%(tittel)s»"),
        tekst=_("KS har lagt tilbake eksperimentet. Andre ser det igjen:\n\n%(hypotese)s\n\n%(lenke)s"),
    )  # fmt: skip


def _send(hva, eksperiment, *, av, emne, tekst, slag=Slag.PROSJEKT, til=None):
    prosjekt = eksperiment.prosjekt
    ord_ = {
        "av": av,
        "tittel": prosjekt.tittel,
        "hypotese": eksperiment.hypotese,
        "observasjon": eksperiment.observasjon,
        "beslutning": eksperiment.get_beslutning_display().lower(),
        **hvorfor_tatt_ned(eksperiment),
        "lenke": settings.PORTAL_ADRESSE + eksperiment.get_absolute_url(),
        "rediger": settings.PORTAL_ADRESSE
        + reverse("prosjekter:rediger_eksperiment", args=[prosjekt.slug, eksperiment.pk]),
        "hva_skjedde": settings.PORTAL_ADRESSE
        + reverse("prosjekter:hva_skjedde", args=[prosjekt.slug, eksperiment.pk]),
    }
    varsle_hver(
        til or ansvarlige(prosjekt),
        av=av,
        slag=slag,
        nokkel=f"eksperiment-{eksperiment.pk}-{hva}",
        emne=emne,
        tekst=tekst,
        ord_=ord_,
        om=prosjekt,
    )
