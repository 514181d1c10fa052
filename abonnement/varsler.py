"""The words of this room's mail. Called by handlinger and utsending only; each writes to the outbox in the deed's transaction.

Mail to someone who has not proven the address holds no other text than ours and the search in words (treff.i_ord):
whoever types a stranger's address cannot write to them. The links open the door to the searches, so the text is erased
when it has been delivered.
"""

from django.conf import settings
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prosjekter.kodeverk import Synlighet
from utboks.handlinger import legg_i_utboks

PRESSET_TO_GANGER = 600  # seconds: asking twice within them is asking once


def nokkel(abonnent, hva):
    return f"abonnement:{abonnent.pk}:{hva}"


def _lenke(navn, *args):
    return settings.PORTAL_ADRESSE + reverse(navn, args=args)


def _send(abonnent, hva, emne, *avsnitt, under=(), hoder=None):
    """`under` stands below the greeting: why the mail came, and how to stop it."""
    hilsen = _("Hilsen KS’ partnerskap for radikal innovasjon")
    return legg_i_utboks(
        nokkel=nokkel(abonnent, hva),
        til=abonnent.email,
        emne=emne,
        tekst="\n\n".join([*avsnitt, hilsen, *under]) + "\n",
        er_hemmelig=True,
        hoder=hoder,
    ).nokkel


def bekreft(sok, hemmelighet, naa):
    _send(
        sok.abonnent,
        f"bekreft:{sok.pk}:{naa.timestamp() // PRESSET_TO_GANGER:.0f}",
        _("Bekreft at du vil ha nye treff på e-post"),
        _("Noen, antakelig du, har bedt om e-post når det kommer nye prosjekter i dette søket:"),
        f"    {sok.navn}",
        _("Bekreft her, så er du i gang:\n%s") % _lenke("abonnement:bekreft", hemmelighet),
        _(
            "Lenken virker i sju dager. Var det ikke deg, trenger du ikke gjøre noe: "
            "Uten svar sender vi ingenting, og sletter det hele etter en uke."
        ),
    )


def folges_alt(sok, naa):
    _send(
        sok.abonnent,
        f"folges-alt:{sok.pk}:{naa.timestamp() // PRESSET_TO_GANGER:.0f}",
        _("Du følger allerede dette søket"),
        _("Noen, antakelig du, ba om e-post når det kommer nye prosjekter i dette søket:"),
        f"    {sok.navn}",
        _("Det følger du fra før. Er det på pause, eller vil du ha det oftere eller sjeldnere, endrer du det her:\n%s")
        % _lenke("abonnement:styr", sok.abonnent.hemmelighet),
    )


def ikke_plass(abonnent, naa, *, maks):
    _send(
        abonnent,
        f"fullt:{naa.timestamp() // PRESSET_TO_GANGER:.0f}",
        _("Det er ikke plass til flere lagrede søk"),
        _("Noen, antakelig du, ville lagre et søk til. Du har %s fra før, og flere er det ikke plass til.") % maks,
        _("Slett dem du ikke trenger, og prøv igjen:\n%s") % _lenke("abonnement:styr", abonnent.hemmelighet),
    )


def nye_treff(abonnent, alt, idag):
    """One mail for all the searches that have something to tell. Returns its key in the outbox."""
    stopp = _lenke("abonnement:stopp", abonnent.hemmelighet)
    return _send(
        abonnent,
        f"{idag:%Y-%m-%d}",
        _emne(alt),
        *(avsnitt for nytt in alt for avsnitt in _om_et_sok(nytt)),
        under=(
            "---",
            _("Du får denne e-posten fordi du har bedt om nye treff i søk du har lagret."),
            _("Endre, ta pause eller slett:\n%s") % _lenke("abonnement:styr", abonnent.hemmelighet),
            _("Stopp all e-post:\n%s") % stopp,
        ),
        hoder={"List-Unsubscribe": f"<{stopp}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )


def _emne(alt):
    antall = sum(nytt.antall for nytt in alt)
    med_treff = [nytt for nytt in alt if nytt.antall]
    if not antall:
        return _("Et søk du har lagret, virker ikke som før")
    if len(med_treff) == 1:
        if not med_treff[0].sok.sporring:
            return ngettext("%s nytt prosjekt", "%s nye prosjekter", antall) % antall
        return ngettext("%(n)s nytt prosjekt: %(sok)s", "%(n)s nye prosjekter: %(sok)s", antall) % {
            "n": antall,
            "sok": Truncator(med_treff[0].sok.navn).chars(80),
        }
    return ngettext("%s nytt prosjekt i søkene dine", "%s nye prosjekter i søkene dine", antall) % antall


def _om_et_sok(nytt):
    overskrift = _("Nytt i søket: %s") % nytt.sok.navn if nytt.sok.sporring else nytt.sok.navn
    yield f"{overskrift}\n{'=' * min(len(overskrift), 70)}"
    if nytt.feil:
        yield _("Noe i dette søket finnes ikke lenger: %s") % nytt.feil
        if nytt.antall:
            yield _("Resten av søket virker fortsatt.")
        yield _("Se hva som mangler, eller lag et nytt søk:\n%s") % _lenke(
            "abonnement:styr", nytt.sok.abonnent.hemmelighet
        )
    for prosjekt in nytt.prosjekter:
        yield _prosjekt(prosjekt)
    if nytt.antall_andre:
        yield _("Og %(n)s til. Se alle:\n%(lenke)s") % {
            "n": nytt.antall_andre,
            "lenke": settings.PORTAL_ADRESSE + nytt.sok.adresse,
        }


def _prosjekt(prosjekt):
    """Title, whose, how it stands, and where to read it."""
    fakta = [str(prosjekt.eier), str(prosjekt.get_fase_display()), str(prosjekt.get_utfall_display())]
    if prosjekt.synlighet == Synlighet.SEKTOR:
        fakta.append(_("bare for kommunesektoren"))
    elif prosjekt.synlighet == Synlighet.PROSJEKT:
        fakta.append(_("bare for deltakerne"))
    if prosjekt.er_eksempel:
        fakta.append(_("eksempeldata"))
    linjer = [
        prosjekt.tittel,
        " · ".join(fakta),
        prosjekt.ingress,
        settings.PORTAL_ADRESSE + prosjekt.get_absolute_url(),
    ]
    return "\n".join(linje for linje in linjer if linje)
