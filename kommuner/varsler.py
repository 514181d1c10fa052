"""The words of this room's mail. Called by handlinger only; each writes to the outbox in the deed's transaction."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from kommuner.kodeverk import Rolle
from kommuner.models import Bruker, Medlemskap
from utboks.handlinger import legg_i_utboks


def lenke(navn, *args):
    return settings.PORTAL_ADRESSE + reverse(navn, args=args)


def _send(nokkel, til, emne, *avsnitt):
    hilsen = _("Hilsen KS’ partnerskap for radikal innovasjon")
    legg_i_utboks(nokkel=nokkel, til=til, emne=emne, tekst="\n\n".join([*avsnitt, hilsen]) + "\n")


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
