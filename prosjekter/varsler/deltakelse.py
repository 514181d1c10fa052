"""What is told to whom about taking part and taking over. Called by handlinger.deltakelse only, in the deed's transaction."""

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kommuner.models import Bruker
from prosjekter.models.samarbeid import Svar
from prosjekter.varsler.prosjekt import ansvarlige, folk_i, ledere, moderatorer
from utboks.varsling import Slag, varsle_hver


def ingen(rad, *, av):
    """Nobody needs to be told."""


def de_som_kan_svare(invitasjon):
    """The leads of the invited, or of the one that has taken over from them; else its people; KS where there are none."""
    return folk_i(invitasjon.organisasjon.virksom or invitasjon.organisasjon) or moderatorer()


def invitert(invitasjon, *, av):
    _send(
        f"invitert-{invitasjon.pk}-{invitasjon.tid:%Y%m%d%H%M%S}", de_som_kan_svare(invitasjon), invitasjon, av=av, slag=Slag.VENTER,
        emne=_("Bli med: %(tittel)s"),
        tekst=_(
            "%(eier)s spør om %(organisasjon)s vil være med i «%(tittel)s» som %(rolle)s.\n\n%(hilsen)s"
            "Svar ja eller nei her%(frist)s:\n%(lenke)s"
        ),
        lenke=reverse("prosjekter:invitasjon", args=[invitasjon.prosjekt.slug]),
        rolle=invitasjon.get_rolle_display().lower(),
        hilsen=_avsnitt(invitasjon.hilsen),
        frist=_(" innen %s") % date_format(invitasjon.utloper_tid, "j. F Y") if invitasjon.utloper_tid else "",
    )  # fmt: skip


def ble_med(invitasjon, *, av):
    _send(
        f"ja-{invitasjon.pk}", ansvarlige(invitasjon.prosjekt), invitasjon, av=av,
        emne=_("%(organisasjon)s er med: %(tittel)s"),
        tekst=_("%(organisasjon)s har sagt ja til å være med i «%(tittel)s» som %(rolle)s.\n\n%(hilsen)s%(lenke)s"),
        rolle=invitasjon.get_rolle_display().lower(),
        hilsen=_avsnitt(invitasjon.kommentar),
    )  # fmt: skip


def sa_nei(invitasjon, *, av):
    _send(
        f"nei-{invitasjon.pk}", ansvarlige(invitasjon.prosjekt), invitasjon, av=av,
        emne=_("%(organisasjon)s er ikke med nå: %(tittel)s"),
        tekst=_("%(organisasjon)s har sagt nei til å være med i «%(tittel)s».\n\n%(hilsen)s%(lenke)s"),
        hilsen=_avsnitt(invitasjon.kommentar),
    )  # fmt: skip


def invitasjon_trukket(invitasjon, *, av):
    _send(
        f"trukket-{invitasjon.pk}", de_som_kan_svare(invitasjon), invitasjon, av=av, slag=Slag.PROSJEKT,
        emne=_("Invitasjonen er trukket tilbake: %(tittel)s"),
        tekst=_("%(eier)s har trukket tilbake invitasjonen til «%(tittel)s». Dere trenger ikke å gjøre noe."),
    )  # fmt: skip


def overtakelse_bedt(overtakelse, *, av):
    """The one who looks after the project and the owner's leads; KS where nobody is left."""
    prosjekt = overtakelse.prosjekt
    eier = prosjekt.eier.virksom or prosjekt.eier
    mottakere = dict.fromkeys([*ansvarlige(prosjekt), *ledere(eier)]) or moderatorer()
    _send(
        f"overta-{overtakelse.pk}", mottakere, overtakelse, av=av, slag=Slag.VENTER,
        emne=_("%(av)s spør om å overta: %(tittel)s"),
        tekst=_("%(hva)s\n\n%(hilsen)sSvar ja eller nei her:\n%(lenke)s"),
        hva=hva_det_gjelder(overtakelse),
        hilsen=_avsnitt(overtakelse.begrunnelse),
        lenke=reverse("prosjekter:overtakelse", args=[prosjekt.slug, overtakelse.pk]),
    )  # fmt: skip


def overtakelse_besvart(overtakelse, *, av):
    """The one who asked; and the old owner's leads, when somebody else answered for them."""
    ja = overtakelse.svar == Svar.JA
    _send(
        f"overta-svar-{overtakelse.pk}", Bruker.objects.filter(pk=overtakelse.bedt_av_id, is_active=True), overtakelse, av=av,
        emne=_("Ja til å overta: %(tittel)s") if ja else _("Nei til å overta: %(tittel)s"),
        tekst=_("%(svar)s\n\n%(hilsen)s%(lenke)s"),
        svar=_("Svaret er ja.") if ja else _("Svaret er nei."),
        hilsen=_avsnitt(overtakelse.kommentar),
    )  # fmt: skip


def ansvar_lagt_ned(prosjekt, *, av):
    """The owner's leads must find somebody else."""
    eier = prosjekt.eier.virksom or prosjekt.eier
    varsle_hver(
        ledere(eier), av=av, slag=Slag.VENTER, nokkel=f"prosjekt-{prosjekt.pk}-v{prosjekt.versjon}-lagt-ned", om=eier,
        emne=_("Ingen passer på «%(tittel)s» nå"),
        tekst=_("%(av)s passer ikke lenger på «%(tittel)s». Prosjektet blir hos dere. Velg en ny her:\n%(lenke)s"),
        ord_={"av": av, "tittel": prosjekt.tittel, "lenke": _adresse(reverse("prosjekter:deltakelse", args=[prosjekt.slug]))},
    )  # fmt: skip


# ---- How -----------------------------------------------------------------------------------------------------------


def hva_det_gjelder(overtakelse):
    """The request in a sentence, for mail and page alike."""
    ord_ = {
        "hvem": overtakelse.bedt_av or _("Noen"),
        "hvor": overtakelse.organisasjon,
        "tittel": overtakelse.prosjekt.tittel,
    }
    if overtakelse.slag == overtakelse.Slag.EIER:
        return _("%(hvem)s ber om at %(hvor)s blir eier av «%(tittel)s».") % ord_
    return _("%(hvem)s i %(hvor)s ber om å få passe på «%(tittel)s».") % ord_


def _avsnitt(tekst):
    return f"«{tekst}»\n\n" if tekst else ""


def _adresse(sti):
    return f"{settings.PORTAL_ADRESSE}{sti}"


def _send(nokkel, mottakere, rad, *, av, emne, tekst, slag=Slag.SVAR, lenke=None, **ord_):
    prosjekt = rad.prosjekt
    ord_ |= {
        "tittel": prosjekt.tittel, "eier": prosjekt.eier, "organisasjon": rad.organisasjon, "av": av,
        "lenke": _adresse(lenke or reverse("prosjekter:deltakelse", args=[prosjekt.slug])),
    }  # fmt: skip
    felt = {"emne": emne, "tekst": tekst, "ord_": ord_, "om": rad}
    varsle_hver(mottakere, av=av, slag=slag, nokkel=f"samarbeid-{nokkel}", **felt)
