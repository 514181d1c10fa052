"""May this person? About projects. Seeing is decided by ProsjektQuerySet.synlige_for."""

from kommuner.tilgang import er_ansvarlig, er_folgeforsker, er_moderator, organisasjon_ider
from prosjekter.kodeverk import Partnerrolle, Status

EIERROLLER = (Partnerrolle.EIER, Partnerrolle.MEDEIER)


def deltar(bruker, prosjekt):
    """A member of any organisation that takes part now."""
    ider = organisasjon_ider(bruker)
    return bool(ider) and prosjekt.deltakelser.aktive().filter(organisasjon__in=ider).exists()


def er_eier(bruker, prosjekt):
    """A member of the owner or a co-owner: those who may change the project."""
    ider = organisasjon_ider(bruker)
    return bool(ider) and prosjekt.deltakelser.aktive().filter(organisasjon__in=ider, rolle__in=EIERROLLER).exists()


def kan_registrere(bruker):
    """Anyone who belongs to an organisation may register a project for it."""
    return bool(organisasjon_ider(bruker))


def kan_redigere(bruker, prosjekt):
    return prosjekt.status != Status.ARKIVERT and er_eier(bruker, prosjekt)


def kan_slette(bruker, prosjekt):
    """Only a draft nobody else has seen can be deleted; everything else is archived."""
    return prosjekt.status == Status.KLADD and prosjekt.publisert_tid is None and (
        prosjekt.opprettet_av_id == bruker.pk and er_eier(bruker, prosjekt) or er_ansvarlig(bruker, prosjekt.eier)
    )


def kan_moderere(bruker):
    return er_moderator(bruker)


def kan_se_historikk(bruker, prosjekt):
    """Participants, KS and the following researcher see who changed what."""
    return deltar(bruker, prosjekt) or er_moderator(bruker) or er_folgeforsker(bruker)
