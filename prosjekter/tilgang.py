"""May this person? About projects. Seeing is decided by ProsjektQuerySet.synlige_for.

Which state a project may be moved from and to is in `overganger`; here is only who.
"""

from kommuner.tilgang import (
    arbeider_for,
    er_ansvarlig,
    er_folgeforsker,
    er_missionkurator,
    er_moderator,
    medlemskap,
)
from prosjekter.kodeverk import EIERROLLER, FORSOKSROLLER, Partnerrolle, Status


def deltar(bruker, prosjekt):
    """A member of any organisation that takes part now."""
    ider = arbeider_for(bruker)
    return bool(ider) and prosjekt.deltakelser.aktive().filter(organisasjon__in=ider).exists()


def er_eier(bruker, prosjekt):
    """A member of the owner or a co-owner: those who may change the project."""
    ider = arbeider_for(bruker)
    return bool(ider) and prosjekt.deltakelser.aktive().filter(organisasjon__in=ider, rolle__in=EIERROLLER).exists()


def er_hovedeier(bruker, prosjekt):
    """A member of the owner itself: those who may take it down or put it away. A co-owner may not."""
    return prosjekt.eier_id in arbeider_for(bruker)


def kan_registrere(bruker):
    """Anyone who works for an organisation that still exists may register a project for it."""
    egne = arbeider_for(bruker)
    return any(m.organisasjon_id in egne and m.organisasjon.opphort_dato is None for m in medlemskap(bruker))


def kan_registrere_for(bruker, organisasjon):
    """Only for one's own. An organisation that has ended owns no new projects."""
    return organisasjon.opphort_dato is None and organisasjon.pk in arbeider_for(bruker)


def kan_redigere(bruker, prosjekt):
    return prosjekt.status != Status.ARKIVERT and er_eier(bruker, prosjekt)


BARE_EIERNE = frozenset({"synlighet", "lisens", "utfall"})  # who may see and use it, and how it went


def er_hjelper(bruker, prosjekt):
    """A person who helps with this project alone. It gives nothing in the organisations that take part."""
    return (
        bool(prosjekt.antall_hjelpere)
        and bruker.is_authenticated
        and prosjekt.hjelpere.aktive().filter(bruker=bruker).exists()
    )


def kan_skrive(bruker, prosjekt):
    """Change the answers of its sections: those who may change the project, and those who help with it."""
    return kan_redigere(bruker, prosjekt) or (prosjekt.status != Status.ARKIVERT and er_hjelper(bruker, prosjekt))


def bare_hjelper(bruker, prosjekt):
    return er_hjelper(bruker, prosjekt) and not kan_redigere(bruker, prosjekt)


def laaste_svar(bruker, prosjekt):
    """Of those who may write: the answers this one may not change. A helper neither ends the work nor says who sees it."""
    return BARE_EIERNE if bare_hjelper(bruker, prosjekt) else frozenset()


def kan_be_om_hjelp(bruker, prosjekt):
    return kan_redigere(bruker, prosjekt)


def kan_svare_om_hjelp(bruker, hjelper):
    """The one it was sent to, proven by her sign-in; whoever else has the link has not proven that address."""
    return bruker.is_authenticated and hjelper.er_invitasjon and bruker.email.lower() == hjelper.email


def kan_avslutte_hjelp(bruker, hjelper):
    """Everyone may leave. The project's people may let go, and take an invitation back, also of one put away."""
    er_henne = bruker.is_authenticated and hjelper.bruker_id == bruker.pk
    return er_henne or er_eier(bruker, hjelper.prosjekt)


def kan_se_filsiden(bruker, prosjekt):
    """Where pictures, attachments and links are kept in order: the owner's people, and KS who may take one down."""
    return kan_redigere(bruker, prosjekt) or er_moderator(bruker)


def kan_legge_til_direkte(bruker, prosjekt, organisasjon):
    """Make an organisation a participant without asking it: KS, and its own people where they may edit the project."""
    return er_moderator(bruker) or (organisasjon.pk in arbeider_for(bruker) and kan_redigere(bruker, prosjekt))


def kan_legge_til_uten_aa_sporre(bruker, prosjekt):
    """KS adds a participant, and says why: an organisation that did the work but does not answer, or has no users."""
    return er_moderator(bruker) and prosjekt.status != Status.ARKIVERT


def kan_avslutte_deltakelse(bruker, deltakelse, redigerer):
    """Who may edit the project may say that somebody has left, everyone may leave, and KS may end what it added.

    The owner hands over instead.
    """
    if deltakelse.rolle == Partnerrolle.EIER or deltakelse.prosjekt.status == Status.ARKIVERT:
        return False
    egen = deltakelse.organisasjon_id in arbeider_for(bruker)
    return redigerer or egen or avslutter_som_ks(bruker, deltakelse, redigerer)


def avslutter_som_ks(bruker, deltakelse, redigerer):
    """KS ends what it added: neither for the project nor for the organisation, so it says why."""
    er_med = redigerer or deltakelse.organisasjon_id in arbeider_for(bruker)
    return not er_med and bool(deltakelse.begrunnelse) and er_moderator(bruker)


def kan_svare_invitasjon(bruker, invitasjon):
    """Any of the invited organisation's people, or its successor's; KS where there are none."""
    return bruker.is_authenticated and type(invitasjon).objects.til(bruker).filter(pk=invitasjon.pk).exists()


def kan_trekke_invitasjon(bruker, invitasjon):
    return kan_redigere(bruker, invitasjon.prosjekt)


def kan_be_om_ansvar(bruker, prosjekt):
    """A colleague of the owner's who does not look after it already."""
    return er_hovedeier(bruker, prosjekt) and kan_redigere(bruker, prosjekt) and prosjekt.ansvarlig_id != bruker.pk


def kan_be_om_eierskap(bruker, prosjekt, organisasjon):
    """For an organisation that takes part, still exists, and is not the owner."""
    deltar_na = prosjekt.deltakelser.aktive().filter(organisasjon=organisasjon).exclude(rolle=Partnerrolle.EIER)
    return (
        prosjekt.status != Status.ARKIVERT
        and kan_registrere_for(bruker, organisasjon)
        and prosjekt.eier_id != organisasjon.pk
        and deltar_na.exists()
    )


def mulige_eiere(bruker, prosjekt):
    """Those of the person's organisations that take part and could own it."""
    egne = prosjekt.organisasjoner.filter(pk__in=arbeider_for(bruker), opphort_dato=None).distinct()
    return [o for o in egne if kan_be_om_eierskap(bruker, prosjekt, o)]


def kan_avgjore_overtakelse(bruker, overtakelse):
    """The one who looks after the project, and the owner's lead. KS when the one who looked after it has left."""
    prosjekt = overtakelse.prosjekt
    if prosjekt.ansvarlig_id == bruker.pk and er_hovedeier(bruker, prosjekt):
        return True
    leder = er_ansvarlig(bruker, prosjekt.eier) or (
        prosjekt.eier.virksom and er_ansvarlig(bruker, prosjekt.eier.virksom)
    )
    return bool(leder) or (er_moderator(bruker) and er_forlatt(prosjekt))


def er_forlatt(prosjekt):
    """Nobody looks after it, or the one who did no longer works for the owner."""
    person = prosjekt.ansvarlig
    return person is None or not person.is_active or prosjekt.eier_id not in arbeider_for(person)


def er_den_som_ba(bruker, overtakelse):
    return bruker.is_authenticated and overtakelse.bedt_av_id == bruker.pk


def kan_losne(bruker, svar):
    """Take back that a project answers a need: its own people, and KS' curators."""
    return kan_redigere(bruker, svar.prosjekt) or er_missionkurator(bruker)


def kan_slette(bruker, prosjekt):
    """Only a draft KS has never had can be deleted; everything else is archived."""
    er_urort = prosjekt.status == Status.KLADD and prosjekt.publisert_tid is None
    er_hans = er_hovedeier(bruker, prosjekt) and (
        prosjekt.opprettet_av_id == bruker.pk or er_ansvarlig(bruker, prosjekt.eier)
    )
    return er_urort and er_hans and not prosjekt.modereringssaker.exists()


def kan_bekrefte(bruker, prosjekt):
    """Say that what is published is still right."""
    return prosjekt.status == Status.PUBLISERT and er_eier(bruker, prosjekt)


def kan_moderere(bruker, prosjekt=None):
    return er_moderator(bruker)


def kan_overfore_ansvar(bruker, fra, organisasjon):
    """One's own responsibility, a colleague's when one leads the organisation, anybody's as KS."""
    return bruker.pk == fra.pk or er_ansvarlig(bruker, organisasjon) or er_moderator(bruker)


def kan_se_historikk(bruker, prosjekt):
    """Participants, those who help, KS and the following researcher see who changed what."""
    return deltar(bruker, prosjekt) or er_hjelper(bruker, prosjekt) or er_moderator(bruker) or er_folgeforsker(bruker)


def kan_forhandsvise(bruker, prosjekt):
    """Those who work with it and those who judge it."""
    return deltar(bruker, prosjekt) or er_hjelper(bruker, prosjekt) or er_moderator(bruker)


def kan_se_ko(bruker):
    """Moderators decide on projects, curators on proposals to their missions; they share one queue."""
    return er_moderator(bruker) or er_missionkurator(bruker)


def kan_svare_paa_forslag(bruker):
    """Has proposals of her own in the queue. Which ones is Missiontilknytning.ventende_for."""
    return er_missionkurator(bruker)


# ---- How projects relate -------------------------------------------------------------------------------------------


def kan_svare_pa_samspill(bruker, rad):
    """Those who look after the other project say whether they agree."""
    return rad.til_prosjekt_id is not None and rad.tatt_ned_tid is None and er_eier(bruker, rad.til_prosjekt)


# ---- Reuse ---------------------------------------------------------------------------------------------------------


def kan_ta_i_bruk_for(bruker, prosjekt, organisasjon):
    """Say that one's own organisation uses it. What one owns oneself is not reuse, also after a merger."""
    return kan_registrere_for(bruker, organisasjon) and not eier_selv(organisasjon, prosjekt)


def eier_selv(organisasjon, prosjekt):
    """The organisation, one it has taken over from, or one that has taken over from it, owns the project."""
    eiere = prosjekt.deltakelser.aktive().filter(rolle__in=EIERROLLER).select_related("organisasjon__etterfolger")
    virksom = organisasjon.virksom or organisasjon
    return any(virksom == (d.organisasjon.virksom or d.organisasjon) for d in eiere)


def er_taker(bruker, gjenbruk):
    """Works for the one who took the idea further, or for its successor."""
    return not gjenbruk.er_ekstern and gjenbruk.taker_id in arbeider_for(bruker)


def kan_endre_gjenbruk(bruker, gjenbruk):
    """The taker's people say how it goes. What the giver has said about others, the giver keeps."""
    return er_taker(bruker, gjenbruk) or (gjenbruk.er_ekstern and er_eier(bruker, gjenbruk.fra))


def kan_svare_pa_gjenbruk(bruker, gjenbruk):
    """Those who share may thank and comment; not on their own claims."""
    return not gjenbruk.er_ekstern and gjenbruk.tatt_ned_tid is None and er_eier(bruker, gjenbruk.fra)


def kan_oppgi_ekstern(bruker, prosjekt):
    """Tell of somebody outside the portal who uses it."""
    return prosjekt.status == Status.PUBLISERT and er_eier(bruker, prosjekt)


def kan_se_gjenbrukshistorikk(bruker, gjenbruk):
    return er_taker(bruker, gjenbruk) or deltar(bruker, gjenbruk.fra) or er_moderator(bruker) or er_folgeforsker(bruker)


# ---- Lessons -------------------------------------------------------------------------------------------------------


def kan_skrive_laering(bruker, prosjekt):
    """Those who do the work say what they learnt: the owners, and partners who carry it out or judge it."""
    ider = arbeider_for(bruker)
    if not ider or prosjekt.status == Status.ARKIVERT:
        return False
    return prosjekt.deltakelser.aktive().filter(organisasjon__in=ider, rolle__in=FORSOKSROLLER).exists()


def kan_endre_laering(bruker, laering):
    """The owners, and whoever wrote it for as long as she may write there."""
    er_hennes = bruker.is_authenticated and laering.skrevet_av_id == bruker.pk
    if er_hennes:
        return kan_skrive_laering(bruker, laering.prosjekt)
    return kan_redigere(bruker, laering.prosjekt)


def kan_merke_nyttig_for(bruker, laering, organisasjon):
    """Keep a card for one's own organisation. What one has learnt oneself is not news."""
    return (
        laering.tatt_ned_tid is None
        and kan_registrere_for(bruker, organisasjon)
        and not eier_selv(organisasjon, laering.prosjekt)
    )


# ---- Barriers ------------------------------------------------------------------------------------------------------


def kan_melde_barriere(bruker, prosjekt):
    """Those who may change the project say what stands in its way, drafts too."""
    return kan_redigere(bruker, prosjekt)


def kan_endre_barriere(bruker, barriere):
    return kan_redigere(bruker, barriere.prosjekt)


def kan_behandle_barrierer(bruker):
    """KS' moderators and curators answer, move and gather barriers."""
    return er_moderator(bruker) or er_missionkurator(bruker)


def kan_behandle_barriere(bruker, barriere):
    """One that stands, of a project that is published: what others cannot see, KS does not answer."""
    return barriere.star and kan_behandle_barrierer(bruker)


def kan_se_barrierehistorikk(bruker, barriere):
    return deltar(bruker, barriere.prosjekt) or kan_behandle_barrierer(bruker) or er_folgeforsker(bruker)


# ---- Experiments ---------------------------------------------------------------------------------------------------


def kan_logge_eksperiment(bruker, prosjekt):
    """Whoever may say what they learnt, may say what they try."""
    return kan_skrive_laering(bruker, prosjekt)


def kan_endre_eksperiment(bruker, eksperiment):
    """The project's own people; and a partner's, what she logged herself."""
    if kan_redigere(bruker, eksperiment.prosjekt):
        return True
    return eksperiment.registrert_av_id == bruker.pk and kan_logge_eksperiment(bruker, eksperiment.prosjekt)
