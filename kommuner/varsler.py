"""The words of this room's mail. Called by handlinger only; each writes to the outbox in the deed's transaction."""

import uuid

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from kommuner.kodeverk import Rolle
from kommuner.models import Bruker, Medlemskap
from utboks.handlinger import legg_i_utboks


def lenke(navn, *args):
    return settings.PORTAL_ADRESSE + reverse(navn, args=args)


def _send(nokkel, til, emne, *avsnitt, er_hemmelig=False):
    hilsen = _("Hilsen KS’ partnerskap for radikal innovasjon")
    legg_i_utboks(
        nokkel=nokkel, til=til, emne=emne, tekst="\n\n".join([*avsnitt, hilsen]) + "\n", er_hemmelig=er_hemmelig
    )


def de_som_bestemmer(organisasjon):
    """Who is told that someone waits: the organisation's leads, or KS' moderators where there is none."""
    ansvarlige = Bruker.objects.virksomme().filter(medlemskap__in=Medlemskap.objects.ansvarlige(organisasjon))
    return ansvarlige.distinct() if ansvarlige.exists() else ks_moderatorer()


def ks_moderatorer():
    moderatorer = Medlemskap.objects.aktive().filter(rolle=Rolle.MODERATOR, organisasjon__er_sekretariat=True)
    return Bruker.objects.virksomme().filter(medlemskap__in=moderatorer).distinct()


def soknad_kommet(soknad):
    bruker, organisasjon = soknad.bruker, soknad.organisasjon
    for mottaker in de_som_bestemmer(organisasjon):
        _send(
            f"soknad:{soknad.pk}:{mottaker.pk}",
            mottaker.email,
            _("%(navn)s vil bli med i %(organisasjon)s") % {"navn": bruker, "organisasjon": organisasjon},
            _("%(navn)s (%(epost)s) ber om å bli med i %(organisasjon)s.")
            % {"navn": bruker, "epost": bruker.email, "organisasjon": organisasjon},
            *([_("De skriver: «%s»") % soknad.begrunnelse] if soknad.begrunnelse else []),
            _("Svar her: %s") % lenke("organisasjoner:styr", organisasjon.slug),
        )


def soknad_godkjent(soknad):
    _send(
        f"soknad-svar:{soknad.pk}",
        soknad.bruker.email,
        _("Du er med i %s") % soknad.organisasjon,
        _("Du kan nå registrere og redigere prosjekter for %s.") % soknad.organisasjon,
        _("Begynn på Min side: %s") % lenke("minside"),
    )


def soknad_avslatt(soknad):
    _send(
        f"soknad-svar:{soknad.pk}",
        soknad.bruker.email,
        _("Svar på om du kan bli med i %s") % soknad.organisasjon,
        _("De som svarer for %s, har sagt nei til at du blir med.") % soknad.organisasjon,
        *([_("De skriver: «%s»") % soknad.svarmelding] if soknad.svarmelding else []),
        _("Er det en misforståelse, kan du ta kontakt: %s") % lenke("kontakt"),
    )


def rolle_endret(medlemskap, *, fra):
    _send(
        f"rolle:{medlemskap.pk}:{uuid.uuid4()}",
        medlemskap.bruker.email,
        _("Du har fått en ny rolle i %s") % medlemskap.organisasjon,
        _("Rollen din i %(organisasjon)s er nå %(til)s. Før var den %(fra)s.")
        % {
            "organisasjon": medlemskap.organisasjon,
            "til": medlemskap.get_rolle_display().lower(),
            "fra": fra.lower(),
        },
        _("Se hva du kan gjøre: %s") % lenke("minside"),
    )


def medlemskap_avsluttet(medlemskap):
    _send(
        f"avsluttet:{medlemskap.pk}",
        medlemskap.bruker.email,
        _("Rollen din i %s er avsluttet") % medlemskap.organisasjon,
        _(
            "Du er ikke lenger %(rolle)s i %(organisasjon)s. Prosjektene blir i organisasjonen. Kontoen din har du fortsatt."
        )
        % {"rolle": medlemskap.get_rolle_display().lower(), "organisasjon": medlemskap.organisasjon},
        _("Er det en feil? Ta kontakt med den som er ansvarlig der, eller med oss: %s") % lenke("kontakt"),
    )


def invitasjon(invitasjon, hemmelighet):
    """Carries the secret, so the text is erased when it has been delivered."""
    _send(
        f"invitasjon:{invitasjon.hemmelighet_hash}",
        invitasjon.email,
        _("Bli med i %s") % invitasjon.organisasjon,
        _(
            "%(navn)s inviterer deg til å bli med som %(rolle)s for %(organisasjon)s i KS’ partnerskap for radikal innovasjon."
        )
        % {
            "navn": invitasjon.invitert_av,
            "rolle": invitasjon.get_rolle_display().lower(),
            "organisasjon": invitasjon.organisasjon,
        },
        _("Svar her: %s") % lenke("organisasjoner:invitasjon", hemmelighet),
        _("Lenken virker i 14 dager, og bare for denne adressen. Vet du ikke hva dette er, kan du se bort fra den."),
        er_hemmelig=True,
    )
