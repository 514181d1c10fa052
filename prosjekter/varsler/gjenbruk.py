"""What is told to whom about reuse. Called by handlinger.gjenbruk only, in the transaction of the deed."""

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kommuner.models import Bruker, Medlemskap
from prosjekter.varsler.prosjekt import giverne, hvorfor_tatt_ned, ledere
from utboks.varsling import Slag, varsle_hver

# ---- Who -----------------------------------------------------------------------------------------------------------


def takerne(gjenbruk):
    """Whoever registered it, while she is still there; else the leads of the taker, or of its successor."""
    organisasjon = gjenbruk.taker.virksom or gjenbruk.taker
    ansatt = Medlemskap.objects.aktive().filter(organisasjon=organisasjon, bruker=gjenbruk.registrert_av_id)
    return list(Bruker.objects.virksomme().filter(pk__in=ansatt.values("bruker"))) or ledere(organisasjon)


# ---- What ----------------------------------------------------------------------------------------------------------


def registrert(gjenbruk, *, av):
    _send(
        "ny", giverne(gjenbruk.fra), gjenbruk, av=av,
        emne=_("%(hvem)s vil bruke «%(tittel)s»"),
        tekst=_(
            "%(hvem)s har sagt fra at de vil bruke ideen i «%(tittel)s». Slik: %(type)s. Status: %(status)s.\n\n"
            "%(tilpasning)sSe mer, og svar dem gjerne:\n%(lenke)s"
        ),
    )  # fmt: skip


def tatt_i_bruk(gjenbruk, *, av):
    _send(
        "i-bruk", giverne(gjenbruk.fra), gjenbruk, av=av,
        emne=_("%(hvem)s har tatt i bruk «%(tittel)s»"),
        tekst=_("Ideen i «%(tittel)s» er nå i bruk i %(hvem)s.\n\nSe hvordan:\n%(lenke)s"),
    )  # fmt: skip


def verdi_bekreftet(gjenbruk, *, av):
    _send(
        "verdi", giverne(gjenbruk.fra), gjenbruk, av=av,
        emne=_("«%(tittel)s» ga verdi i %(hvem)s"),
        tekst=_(
            "%(hvem)s bekrefter at «%(tittel)s» ga verdi hos dem:\n\n%(verdi)s\n\nSlik vet de det: %(belegg)s.\n\n"
            "Se mer, og svar dem gjerne:\n%(lenke)s"
        ),
    )  # fmt: skip


def forkastet(gjenbruk, *, av):
    _send(
        "forkastet", giverne(gjenbruk.fra), gjenbruk, av=av,
        emne=_("%(hvem)s bruker ikke «%(tittel)s»"),
        tekst=_(
            "%(hvem)s har latt være å bruke «%(tittel)s», eller har sluttet med det. De skriver:\n\n%(hvorfor_ikke)s\n\n"
            "Det er nyttig for den neste som vurderer det:\n%(lenke)s"
        ),
    )  # fmt: skip


def besvart(gjenbruk, *, av):
    _send(
        "svar", takerne(gjenbruk), gjenbruk, av=av,
        emne=_("Svar fra dem som delte «%(tittel)s»"),
        tekst=_("%(eier)s takker for at dere bruker «%(tittel)s».\n\n%(svar)sSe det her:\n%(lenke)s"),
    )  # fmt: skip


def tatt_ned(gjenbruk, *, av):
    mottakere = giverne(gjenbruk.fra) if gjenbruk.er_ekstern else takerne(gjenbruk)
    _send(
        "tatt-ned", mottakere, gjenbruk, av=av, slag=Slag.SVAR,
        emne=_("Tatt ned: gjenbruk av «%(tittel)s»"),
        tekst=_(
            "KS har tatt ned det som sto om %(hvem)s og «%(tittel)s». Andre ser det ikke lenger.\n\n%(grunn)s.\n\n"
            "%(begrunnelse)s\n\nRett det som trengs her, så ser KS på det igjen:\n%(rediger)s"
        ),
    )  # fmt: skip


def lagt_tilbake(gjenbruk, *, av):
    mottakere = giverne(gjenbruk.fra) if gjenbruk.er_ekstern else takerne(gjenbruk)
    _send(
        "lagt-tilbake", mottakere, gjenbruk, av=av, slag=Slag.SVAR,
        emne=_("Synlig igjen: gjenbruk av «%(tittel)s»"),
        tekst=_("Det som står om %(hvem)s og «%(tittel)s», er synlig for andre igjen:\n%(lenke)s"),
    )  # fmt: skip


def ga_det_verdi(gjenbruk, *, aar):
    """A year in use: the question only the taker can answer."""
    _send(
        f"paaminnelse-{aar}", takerne(gjenbruk), gjenbruk, av=None, slag=Slag.PAAMINNELSE,
        emne=_("Ga det verdi? «%(tittel)s»"),
        tekst=_(
            "Dere tok i bruk «%(tittel)s» i %(maaned)s. Ga det verdi hos dere?\n\n"
            "Svar med et par setninger her, også om svaret er nei. Det er det den neste kommunen lurer på:\n%(rediger)s"
        ),
    )  # fmt: skip


# ---- How -----------------------------------------------------------------------------------------------------------


def _send(hva, mottakere, gjenbruk, *, av, emne, tekst, slag=Slag.GJENBRUK):
    ord_ = _ord(gjenbruk)
    varsle_hver(
        mottakere,
        av=av,
        slag=slag,
        nokkel=f"gjenbruk-{gjenbruk.pk}-v{gjenbruk.versjon}-{hva}",
        emne=emne,
        tekst=tekst,
        ord_=ord_,
        om=gjenbruk.fra,
    )


def _ord(gjenbruk):
    return {
        "hvem": gjenbruk.hvem,
        "tittel": gjenbruk.fra.tittel,
        "eier": gjenbruk.fra.eier.navn,
        "type": gjenbruk.get_type_display().lower(),
        "status": gjenbruk.get_status_display().lower(),
        "tilpasning": f"{capfirst(gjenbruk.tilpasning)}\n\n" if gjenbruk.tilpasning else "",
        "verdi": gjenbruk.verdi,
        "belegg": gjenbruk.get_belegg_display().lower(),
        "hvorfor_ikke": gjenbruk.hvorfor_ikke,
        "svar": f"{gjenbruk.svar}\n\n" if gjenbruk.svar else "",
        **hvorfor_tatt_ned(gjenbruk),
        "maaned": date_format(gjenbruk.i_bruk_dato, "F Y") if gjenbruk.i_bruk_dato else "",
        "lenke": f"{settings.PORTAL_ADRESSE}{gjenbruk.get_absolute_url()}",
        "rediger": settings.PORTAL_ADRESSE
        + reverse("prosjekter:rediger_gjenbruk", args=[gjenbruk.fra.slug, gjenbruk.pk]),
    }
