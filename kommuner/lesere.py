"""Who reads the mail of an address, and what she may read today: asked when mail is written, not when it was asked for."""

from django.contrib.auth.models import AnonymousUser

from kommuner.models import Bruker
from kommuner.tilgang import arbeider_for


def leser(email):
    """The one whose address it is, if she can sign in today, else anyone."""
    return Bruker.objects.virksomme().filter(email=email).first() or AnonymousUser()


def arbeidsgivere(email, ider):
    """Of these organisations, those the reader works for: for what is told her because she does."""
    return arbeider_for(leser(email)) & set(ider)


def leser_av(modell):
    """For utboks.varsling.registrer_leser: which of these things the reader of an address may see."""

    def les(email, ider):
        synlige = modell.objects.synlige_for(leser(email)).filter(pk__in=ider)
        return set(synlige.order_by().values_list("pk", flat=True))

    return les
