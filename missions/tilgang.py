"""May this person? About missions."""

from kommuner.tilgang import er_folgeforsker, er_missionkurator, er_moderator


def kan_kuratere(bruker):
    """Create and edit challenges, missions and main projects."""
    return er_missionkurator(bruker)


def kan_avgjore_tilknytning(bruker, mission):
    """Decide whether a project belongs to the mission: its own curator; any curator while it has none."""
    return er_missionkurator(bruker) and (mission.kurator_id in (None, bruker.pk))


def kan_se_historikk(bruker):
    """KS and the following researcher see who changed what."""
    return er_missionkurator(bruker) or er_moderator(bruker) or er_folgeforsker(bruker)
