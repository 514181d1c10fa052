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

MAKS_SVAR = 300  # letters of what KS has answered
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
        _("Noen, antakelig du, har bedt om e-post når det kommer nye prosjekter i dette søket:")
        if sok.er_prosjekter
        else _("Noen, antakelig du, har bedt om e-post når det kommer noe nytt i dette søket:"),
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
        _("Noen, antakelig du, ba om e-post når det kommer noe nytt i dette søket:"),
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
    bare_prosjekter = all(nytt.sok.er_prosjekter for nytt in med_treff)
    if len(med_treff) > 1:
        if bare_prosjekter:
            return ngettext("%s nytt prosjekt i søkene dine", "%s nye prosjekter i søkene dine", antall) % antall
        return ngettext("%s nyhet i søkene dine", "%s nyheter i søkene dine", antall) % antall
    sok = med_treff[0].sok
    if bare_prosjekter and not sok.sporring:
        return ngettext("%s nytt prosjekt", "%s nye prosjekter", antall) % antall
    if bare_prosjekter:
        emne = ngettext("%(n)s nytt prosjekt: %(sok)s", "%(n)s nye prosjekter: %(sok)s", antall)
    else:
        emne = ngettext("%(n)s nyhet: %(sok)s", "%(n)s nyheter: %(sok)s", antall)
    return emne % {"n": antall, "sok": Truncator(sok.navn).chars(80)}


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
    for rad in nytt.rader:
        yield _prosjekt(rad) if nytt.sok.er_prosjekter else _barriere(rad, nytt.sok)
    if nytt.antall_andre:
        yield _("Og %(n)s til. Se alle:\n%(lenke)s") % {
            "n": nytt.antall_andre,
            "lenke": settings.PORTAL_ADRESSE + nytt.sok.adresse,
        }


def _prosjekt(prosjekt):
    """Title, whose, how it stands, and where to read it."""
    fakta = [str(prosjekt.eier), str(prosjekt.get_fase_display()), str(prosjekt.get_utfall_display())]
    return _linjer(prosjekt.tittel, [*fakta, *_hvem_ser(prosjekt)], prosjekt.ingress, prosjekt.get_absolute_url())


def _barriere(barriere, sok):
    """What it stops, in whose project, and whether it is new or KS has moved it since the last mail."""
    prosjekt, status = barriere.prosjekt, barriere.get_policylab_status_display()
    er_flyttet = barriere.svar_tid is not None and barriere.svar_tid > sok.sett_fra
    nytt = _("KS har svart: %s") % status if er_flyttet else _("Ny her. Status: %s") % status
    svar = Truncator(barriere.svar).chars(MAKS_SVAR) if er_flyttet else ""
    tittel = f"{barriere.regel}: {barriere.kort}" if barriere.regel else barriere.kort
    fakta = [nytt, prosjekt.tittel, str(prosjekt.eier), *_hvem_ser(prosjekt)]
    return _linjer(tittel, fakta, svar, barriere.get_absolute_url())


def _hvem_ser(prosjekt):
    if prosjekt.synlighet == Synlighet.SEKTOR:
        yield _("bare for kommunesektoren")
    elif prosjekt.synlighet == Synlighet.PROSJEKT:
        yield _("bare for deltakerne")
    if prosjekt.er_eksempel:
        yield _("eksempeldata")


def _linjer(tittel, fakta, tekst, adresse):
    return "\n".join(filter(None, [tittel, " · ".join(fakta), tekst, settings.PORTAL_ADRESSE + adresse]))
