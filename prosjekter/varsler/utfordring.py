"""What is told to whom about projects that answer shared needs. Called by deeds only, in their transaction."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from missions.utfordring_varsler import de_som_har_den, som_passer_paa
from prosjekter.kodeverk import Status
from prosjekter.models import Prosjekt
from utboks.varsling import Slag, varsle_hver


def invitert(utfordring, prosjekt, *, av):
    """Those who have the need are asked to take part."""
    varsle_hver(
        de_som_har_den(utfordring), av=av, slag=Slag.VENTER, nokkel=f"prosjektinvitasjon-{prosjekt.pk}",
        emne=_("Bli med: %(tittel)s"),
        tekst=_(
            "%(eier)s setter i gang et prosjekt om «%(utfordring)s», som dere også har. Vil dere være med?\n\n"
            "Svar ja eller nei her:\n%(lenke)s"
        ),
        ord_={
            "tittel": prosjekt.tittel,
            "eier": prosjekt.eier,
            "utfordring": utfordring.tittel,
            "lenke": settings.PORTAL_ADRESSE + reverse("prosjekter:invitasjon", args=[prosjekt.slug]),
        },
    )  # fmt: skip


def fortell(prosjekt, *, av):
    """Tell those who posted a need that the project answers it: once, and not before it is published."""
    if prosjekt.status != Status.PUBLISERT:
        return
    svar = prosjekt.utfordringssvar.filter(varslet_tid=None, utfordring__status="publisert")
    for rad in svar.select_related("utfordring"):
        _fortell(rad.utfordring, prosjekt, nokkel=f"utfordringssvar-{rad.pk}", av=av)
    svar.update(varslet_tid=timezone.now())


def _fortell(utfordring, prosjekt, *, nokkel, av):
    varsle_hver(
        som_ser(som_passer_paa(utfordring), prosjekt), av=av, slag=Slag.PROSJEKT, nokkel=nokkel,
        emne=_("Noen prøver å løse «%(utfordring)s»"),
        tekst=_(
            "Prosjektet «%(prosjekt)s» fra %(eier)s står nå som et svar på utfordringen deres, «%(utfordring)s»."
            "\n\nLes om det, og spør dem gjerne:\n%(lenke)s"
        ),
        ord_={
            "prosjekt": prosjekt.tittel,
            "eier": prosjekt.eier,
            "utfordring": utfordring.tittel,
            "lenke": settings.PORTAL_ADRESSE + prosjekt.get_absolute_url(),
        },
        om=prosjekt,
    )  # fmt: skip


def som_ser(personer, prosjekt):
    """Those of them who may see the project."""
    return [p for p in personer if Prosjekt.objects.synlige_for(p).filter(pk=prosjekt.pk).exists()]
