"""What is told to whom about lessons. Called by handlinger.laering only, in the transaction of the deed."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from kommuner.models import Bruker, Medlemskap
from prosjekter.varsler.prosjekt import giverne, hvorfor_tatt_ned
from utboks.varsling import Slag, varsle_hver


def forfatterne(laering):
    """Whoever wrote it, while she still belongs to one who takes part; else those who look after the project."""
    deltakere = laering.prosjekt.deltakelser.aktive().values("organisasjon")
    ansatt = Medlemskap.objects.aktive().filter(organisasjon__in=deltakere, bruker=laering.skrevet_av_id)
    return list(Bruker.objects.virksomme().filter(pk__in=ansatt.values("bruker"))) or giverne(laering.prosjekt)


def nyttig(laering, *, organisasjon, av):
    """Once for each organisation, also when it takes it back and says it again."""
    _send(
        f"nyttig-{organisasjon.pk}", giverne(laering.prosjekt), laering, av=av, slag=Slag.GJENBRUK,
        emne=_("%(hvem)s har nytte av det dere lærte"),
        tekst=_(
            "%(hvem)s har lagret dette fra «%(tittel)s» som nyttig for seg:\n\n«%(laering)s»\n\n%(lenke)s\n\n"
            "Det er bare dere og de som ser det."
        ),
        hvem=str(organisasjon),
    )  # fmt: skip


def tatt_ned(laering, *, av):
    _send(
        f"v{laering.versjon}-tatt-ned", forfatterne(laering), laering, av=av,
        emne=_("Tatt ned: læringskort fra «%(tittel)s»"),
        tekst=_(
            "KS har tatt ned et læringskort fra «%(tittel)s». Andre ser det ikke lenger:\n\n«%(laering)s»\n\n%(grunn)s.\n\n"
            "%(begrunnelse)s\n\nRett det som trengs her, så ser KS på det igjen:\n%(rediger)s"
        ),
    )  # fmt: skip


def lagt_tilbake(laering, *, av):
    _send(
        f"v{laering.versjon}-lagt-tilbake", forfatterne(laering), laering, av=av,
        emne=_("Synlig igjen: læringskort fra «%(tittel)s»"),
        tekst=_("Læringskortet fra «%(tittel)s» er synlig for andre igjen:\n\n«%(laering)s»\n\n%(lenke)s"),
    )  # fmt: skip


def _send(hva, mottakere, laering, *, av, emne, tekst, slag=Slag.SVAR, **ord_):
    ord_ |= {
        "tittel": laering.prosjekt.tittel,
        "laering": laering.tekst,
        **hvorfor_tatt_ned(laering),
        "lenke": f"{settings.PORTAL_ADRESSE}{laering.get_absolute_url()}",
        "rediger": settings.PORTAL_ADRESSE
        + reverse("prosjekter:rediger_laering", args=[laering.prosjekt.slug, laering.pk]),
    }
    felt = {"emne": emne, "tekst": tekst, "ord_": ord_, "om": laering.prosjekt}
    varsle_hver(mottakere, av=av, slag=slag, nokkel=f"laering-{laering.pk}-{hva}", **felt)
