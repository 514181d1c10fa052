"""What is told to whom about helping with one project. Called by handlinger.hjelp only, in the deed's transaction."""

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from prosjekter.varsler.prosjekt import ansvarlige
from utboks.handlinger import legg_i_utboks
from utboks.varsling import Slag, varsle, varsle_hver


def bedt_om_hjelp(prosjekt, email, *, av, dato):
    """To an address that can sign in to the project already. One a day at most."""
    legg_i_utboks(
        nokkel=f"prosjekthjelp-{prosjekt.pk}-{dato}-{email}"[:200],
        til=email,
        emne=_("Kan du hjelpe til med «%s»?") % prosjekt.tittel,
        tekst=_(
            "%(av)s i %(eier)s ber deg hjelpe til med «%(tittel)s».\n\n"
            "Logg inn med denne adressen, så kan du lese og skrive her:\n%(lenke)s"
        )
        % _ord(prosjekt, av, reverse("prosjekter:rediger", args=[prosjekt.slug])),
    )  # fmt: skip


def invitert(rad, *, av):
    """A letter, not a notice: she may have no account, and nothing to choose how often with."""
    ord_ = _ord(rad.prosjekt, av, reverse("prosjekter:hjelp", args=[rad.nokkel]))
    ord_["hilsen"] = f"«{rad.hilsen}»\n\n" if rad.hilsen else ""
    ord_["frist"] = date_format(rad.utloper_tid, "j. F Y")
    legg_i_utboks(
        nokkel=f"hjelp-{rad.nokkel}-{rad.invitert_tid:%Y%m%d%H%M%S}",
        til=rad.email,
        emne=_("Vil du hjelpe til med «%s»?") % rad.prosjekt.tittel,
        tekst=_(
            "%(av)s i %(eier)s spør om du vil hjelpe til med «%(tittel)s». Sier du ja, kan du lese og skrive i dette "
            "prosjektet, og ikke noe annet.\n\n%(hilsen)sLogg inn med denne adressen, og svar ja eller nei innen "
            "%(frist)s:\n%(lenke)s\n\nKjenner du ikke til dette, trenger du ikke å gjøre noe."
        )
        % ord_,
    )


def ble_med(rad, *, av):
    _til_prosjektet(
        rad, "ja", av,
        emne=_("%(av)s hjelper til: %(tittel)s"),
        tekst=_("%(av)s har sagt ja til å hjelpe til med «%(tittel)s».\n\nSe hvem som er med:\n%(lenke)s"),
    )  # fmt: skip


def sa_nei(rad, *, av):
    """Only to the one who asked, and without a name: that she was asked is between the two."""
    if rad.invitert_av and rad.invitert_av.is_active:
        varsle(
            slag=Slag.SVAR,
            nokkel=f"hjelp-{rad.nokkel}-nei",
            om=rad.prosjekt,
            til=rad.invitert_av.email,
            emne=_("Nei til å hjelpe: %s") % rad.prosjekt.tittel,
            tekst=_("%(email)s har sagt nei til å hjelpe til med «%(tittel)s».\n\n%(lenke)s")
            % {**_ord(rad.prosjekt, av, _siden(rad.prosjekt)), "email": rad.email},
        )


def sluttet(rad, *, av):
    """The one who left is told of when somebody else did it; else the project's people are."""
    if rad.bruker_id == av.pk:
        return _til_prosjektet(
            rad, "sluttet", av,
            emne=_("%(av)s hjelper ikke til lenger: %(tittel)s"),
            tekst=_("%(av)s har sluttet å hjelpe til med «%(tittel)s».\n\n%(lenke)s"),
        )  # fmt: skip
    if rad.bruker.is_active:
        varsle(
            slag=Slag.PROSJEKT,
            nokkel=f"hjelp-{rad.nokkel}-slutt",
            til=rad.bruker.email,
            emne=_("Du hjelper ikke til lenger: %s") % rad.prosjekt.tittel,
            tekst=_("%(av)s har avsluttet hjelpen din med «%(tittel)s». Takk for det du har bidratt med.")
            % _ord(rad.prosjekt, av, "/"),
        )
    return None


def _til_prosjektet(rad, hva, av, *, emne, tekst):
    """Those who look after it, and the one who asked."""
    prosjekt = rad.prosjekt
    hvem = dict.fromkeys([*ansvarlige(prosjekt), *([rad.invitert_av] if rad.invitert_av else [])])
    varsle_hver(
        [b for b in hvem if b.is_active], av=av, slag=Slag.PROSJEKT if hva == "sluttet" else Slag.SVAR,
        nokkel=f"hjelp-{rad.nokkel}-{hva}", emne=emne, tekst=tekst, ord_=_ord(prosjekt, av, _siden(prosjekt)), om=prosjekt,
    )  # fmt: skip


def _siden(prosjekt):
    return reverse("prosjekter:deltakelse", args=[prosjekt.slug])


def _ord(prosjekt, av, sti):
    return {"av": av, "eier": prosjekt.eier, "tittel": prosjekt.tittel, "lenke": f"{settings.PORTAL_ADRESSE}{sti}"}
