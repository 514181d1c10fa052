"""From a shared need to a project: start one together, and link one that exists."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from partnerskap.felles import innhold
from prosjekter import tilgang
from prosjekter.handlinger import prosjekt as handlinger
from prosjekter.models import Prosjekt, Prosjektinvitasjon, Utfordringssvar
from prosjekter.varsler import utfordring as varsler


@transaction.atomic
def start(utfordring, *, tittel, eier, nokkel, av):
    """A draft of a project that answers the need; all others who have it are invited. Returns (project, is new).

    The same `nokkel` twice is the same project, and nobody is invited twice.
    """
    if not utfordring.er_publisert or not har_den(utfordring, eier):
        raise PermissionDenied
    prosjekt, er_ny = handlinger.opprett(
        tittel=tittel, utfordring=som_tekst(utfordring), eier=eier, nokkel=nokkel, av=av
    )
    Utfordringssvar.objects.get_or_create(utfordring=utfordring, prosjekt=prosjekt, defaults={"av": av})
    if er_ny:
        _inviter(utfordring, prosjekt, av=av)
    return prosjekt, er_ny


def har_den(utfordring, organisasjon):
    return utfordring.medunderskrifter.gjeldende().filter(organisasjon=organisasjon).exists()


def som_tekst(utfordring):
    """What the project's own challenge begins as."""
    deler = [utfordring.beskrivelse, utfordring.hvem]
    return "\n\n".join(del_ for del_ in deler if del_)


def _inviter(utfordring, prosjekt, *, av):
    rader = utfordring.medunderskrifter.gjeldende().exclude(organisasjon=prosjekt.eier_id)
    ider = list(rader.values_list("organisasjon", flat=True))
    Prosjektinvitasjon.objects.bulk_create(
        [Prosjektinvitasjon(prosjekt=prosjekt, organisasjon_id=pk, utfordring=utfordring, av=av) for pk in ider],
        ignore_conflicts=True,
    )
    varsler.invitert(utfordring, prosjekt, av=av)


@transaction.atomic
def knytt(utfordring, *, prosjekt, av):
    """Say that a project answers the need. False when it is said already."""
    prosjekt = Prosjekt.objects.select_for_update(of=("self",)).get(pk=prosjekt.pk)
    if not tilgang.kan_redigere(av, prosjekt) or not utfordring.er_publisert:
        raise PermissionDenied
    _svar, er_ny = Utfordringssvar.objects.get_or_create(utfordring=utfordring, prosjekt=prosjekt, defaults={"av": av})
    innhold.endret("utfordring", [utfordring.pk])
    varsler.fortell(prosjekt, av=av)
    return er_ny


@transaction.atomic
def losne(svar, *, av):
    """Take it back: the project's people, or KS. False when it is gone already."""
    if not tilgang.kan_losne(av, svar):
        raise PermissionDenied
    innhold.endret("utfordring", [svar.utfordring_id])
    return bool(Utfordringssvar.objects.filter(pk=svar.pk).delete()[0])
