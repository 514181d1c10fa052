"""Deeds about people and memberships. Each is all or nothing, and done twice it is done once."""

from django.contrib.auth.hashers import make_password
from django.db import transaction

from kommuner import varsler
from kommuner.kodeverk import Rolle
from kommuner.models import Bruker, Medlemskap, Medlemskapssoknad, Nettdomene


def _glem_medlemskap(bruker):
    """What the person object has remembered of memberships is no longer true."""
    bruker.__dict__.pop("aktive_medlemskap", None)


# Sign-in


@transaction.atomic
def bekreft_adresse(epost):
    """The address is proven: find its owner, or make one, and connect them with where the address belongs."""
    bruker, _ny = Bruker.objects.get_or_create(email=epost.lower(), defaults={"password": make_password(None)})
    if bruker.is_active:
        knytt_etter_adresse(bruker)
    return bruker


@transaction.atomic
def knytt_etter_adresse(bruker):
    """Make the owner of a work address a contributor where the address belongs, or ask the lead there.

    Only the first time: whoever has been a member, or has asked and been answered, is left alone. Otherwise ending a
    membership would last until the next sign-in.
    """
    organisasjon = Nettdomene.objects.organisasjon_for(bruker.email)
    if organisasjon is None or _er_kjent_i(bruker, organisasjon):
        return
    if organisasjon.krever_godkjenning:
        _opprett_soknad(bruker, organisasjon)
    else:
        Medlemskap.objects.create(bruker=bruker, organisasjon=organisasjon, rolle=Rolle.BIDRAGSYTER)
        _glem_medlemskap(bruker)


def _er_kjent_i(bruker, organisasjon):
    """Is or has been a member, or has asked to be, there or in an organisation that was merged into it."""
    her = {"bruker": bruker, "organisasjon": organisasjon}
    return Medlemskap.objects.filter(**her).exists() or Medlemskapssoknad.objects.filter(**her).exists()


def _opprett_soknad(bruker, organisasjon, begrunnelse=""):
    soknad, ny = Medlemskapssoknad.objects.get_or_create(
        bruker=bruker, organisasjon=organisasjon, svar="", defaults={"begrunnelse": begrunnelse}
    )
    if ny:
        varsler.soknad_kommet(soknad)
    return soknad
