"""May this person? About roles, organisations and memberships. `bruker` may be anonymous."""

from kommuner.kodeverk import Rolle


def medlemskap(bruker):
    """The person's memberships today; none for the anonymous."""
    return bruker.aktive_medlemskap if bruker.is_authenticated else []


def har_ks_rolle(bruker, *roller):
    """One of the roles, held in KS' own organisation. The same word elsewhere gives nothing."""
    return any(m.rolle in roller and m.organisasjon.er_sekretariat for m in medlemskap(bruker))


def er_administrator(bruker):
    return har_ks_rolle(bruker, Rolle.ADMINISTRATOR)


def er_moderator(bruker):
    return har_ks_rolle(bruker, Rolle.MODERATOR, Rolle.ADMINISTRATOR)


def er_missionkurator(bruker):
    return har_ks_rolle(bruker, Rolle.MISSIONKURATOR, Rolle.ADMINISTRATOR)


def er_folgeforsker(bruker):
    return har_ks_rolle(bruker, Rolle.FOLGEFORSKER)


def er_i_kommunesektoren(bruker):
    """Municipal or county staff, and KS: those for whom sector-only content is meant."""
    return any(m.organisasjon.i_kommunesektoren or m.organisasjon.er_sekretariat for m in medlemskap(bruker))


def organisasjon_ider(bruker, *roller):
    """Ids of the organisations where the person has one of the roles (any role when none is named)."""
    return {m.organisasjon_id for m in medlemskap(bruker) if not roller or m.rolle in roller}


def er_medlem(bruker, organisasjon):
    return organisasjon.pk in organisasjon_ider(bruker)


def er_ansvarlig(bruker, organisasjon):
    return organisasjon.pk in organisasjon_ider(bruker, Rolle.ANSVARLIG)


def kan_styre_medlemmer(bruker, organisasjon):
    """The organisation's own lead; KS where there is none, and always an administrator."""
    return er_ansvarlig(bruker, organisasjon) or er_moderator(bruker)
