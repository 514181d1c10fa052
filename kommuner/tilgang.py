"""May this person? About roles, organisations and memberships. `bruker` may be anonymous."""

from kommuner.kodeverk import KS_ROLLER, Rolle


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
    """Ids of the organisations where the person has one of the roles.

    Any role when none is named, except følgeforsker: she reads, and takes part in nothing.
    """
    return {
        m.organisasjon_id
        for m in medlemskap(bruker)
        if (m.rolle in roller if roller else m.rolle != Rolle.FOLGEFORSKER)
    }


def arbeider_for(bruker):
    """Ids of the organisations on whose behalf the person works, with those they have taken over from."""
    return bruker.arbeidsgivere if bruker.is_authenticated else set()


def er_medlem(bruker, organisasjon):
    return organisasjon.pk in organisasjon_ider(bruker)


def er_ansvarlig(bruker, organisasjon):
    return organisasjon.pk in organisasjon_ider(bruker, Rolle.ANSVARLIG)


def kan_styre_medlemmer(bruker, organisasjon):
    """The organisation's own lead, and KS."""
    return er_ansvarlig(bruker, organisasjon) or er_moderator(bruker)


def roller_aa_gi(bruker, organisasjon):
    """Which roles the person may give there. KS' own roles exist in KS only, and come from an administrator."""
    if not kan_styre_medlemmer(bruker, organisasjon):
        return []
    vanlige = [Rolle.BIDRAGSYTER, Rolle.ANSVARLIG]
    return [*vanlige, *KS_ROLLER] if organisasjon.er_sekretariat and er_administrator(bruker) else vanlige


def kan_gi_rolle(bruker, organisasjon, rolle):
    return rolle in roller_aa_gi(bruker, organisasjon)


def kan_endre_medlemskap(bruker, medlemskap):
    """Take a role away or change it: whoever could have given it."""
    return kan_gi_rolle(bruker, medlemskap.organisasjon, medlemskap.rolle)


def kan_avslutte_medlemskap(bruker, medlemskap):
    """As above, and everyone may leave."""
    return kan_endre_medlemskap(bruker, medlemskap) or (bruker.is_authenticated and medlemskap.bruker_id == bruker.pk)


def kan_soke_medlemskap(bruker, organisasjon):
    """Ask to join: whoever is not there already, and only where there still is someone to answer."""
    har_rolle = any(m.organisasjon_id == organisasjon.pk for m in medlemskap(bruker))
    return bruker.is_authenticated and organisasjon.opphort_dato is None and not har_rolle


def invitasjonen_gjelder(invitasjon):
    """As long as the one who sent it could still give the role, also when it was lost without a deed of ours."""
    avsender = invitasjon.invitert_av
    return avsender.is_active and kan_gi_rolle(avsender, invitasjon.organisasjon, invitasjon.rolle)


def kan_godta_invitasjon(bruker, invitasjon):
    """The one it was sent to. Whoever else has got hold of the link has not proven that address."""
    return bruker.is_authenticated and bruker.email.lower() == invitasjon.email.lower()
