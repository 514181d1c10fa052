"""May this person? About missions."""

from kommuner.tilgang import (
    arbeider_for,
    er_ansvarlig,
    er_folgeforsker,
    er_missionkurator,
    er_moderator,
    medlemskap,
)


def kan_kuratere(bruker):
    """Create and edit challenges, missions and main projects."""
    return er_missionkurator(bruker)


def kan_avgjore_tilknytning(bruker, mission):
    """Decide whether a project belongs to the mission: its own curator; any curator while it has none."""
    return er_missionkurator(bruker) and (mission.kurator_id in (None, bruker.pk))


def kan_se_historikk(bruker):
    """KS and the following researcher see who changed what."""
    return er_missionkurator(bruker) or er_moderator(bruker) or er_folgeforsker(bruker)


# ---- Shared needs --------------------------------------------------------------------------------------------------


def kan_melde_utfordring(bruker):
    """Those who work for a municipality or a county authority that still exists."""
    egne = arbeider_for(bruker)
    return any(
        m.organisasjon_id in egne and m.organisasjon.i_kommunesektoren and m.organisasjon.opphort_dato is None
        for m in medlemskap(bruker)
    )


def kan_melde_utfordring_for(bruker, organisasjon):
    """Post or sign on its behalf: any of its people."""
    return (
        organisasjon.i_kommunesektoren and organisasjon.opphort_dato is None and organisasjon.pk in arbeider_for(bruker)
    )


def kan_redigere_utfordring(bruker, utfordring):
    """Its owner's people, as long as it stands."""
    return utfordring.eier_id in arbeider_for(bruker) and utfordring.status in ("kladd", "publisert", "tatt_ned")


def kan_publisere_utfordring(bruker, utfordring):
    """A draft by its owner's people; what KS has taken down is put back by KS alone."""
    if utfordring.status == "tatt_ned":
        return kan_behandle_utfordring(bruker)
    return utfordring.status == "kladd" and utfordring.eier_id in arbeider_for(bruker)


def kan_slette_utfordring(bruker, utfordring):
    """A draft nobody else has seen."""
    return utfordring.status == "kladd" and utfordring.eier_id in arbeider_for(bruker)


def kan_skrive_under(bruker, utfordring, organisasjon):
    return utfordring.er_publisert and kan_melde_utfordring_for(bruker, organisasjon)


def kan_trekke_underskrift(bruker, underskrift):
    """The organisation's lead, or its successor's. The owner's stands as long as the need does."""
    er_eierens = underskrift.organisasjon_id == underskrift.utfordring.eier_id
    virksom = underskrift.organisasjon.virksom
    return not er_eierens and virksom is not None and er_ansvarlig(bruker, virksom)


def kan_behandle_utfordring(bruker):
    """KS' curators and moderators: look, answer, adopt, merge, take down."""
    return er_missionkurator(bruker) or er_moderator(bruker)


def kan_sette_terskel(bruker):
    """How many must have a need before it comes to the curators: they say themselves."""
    return er_missionkurator(bruker)


def kan_se_utfordringens_historikk(bruker, utfordring):
    return utfordring.eier_id in arbeider_for(bruker) or kan_se_historikk(bruker)
