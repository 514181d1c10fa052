"""Deeds of taking part: ask or add an organisation, answer, leave, hand over, take over. However many click, done once.

What may be answered by whom is in `overganger.deltakelse`.
"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kommuner.tilgang import arbeider_for
from prosjekter import tilgang
from prosjekter.handlinger.prosjekt import Mangler, apne_etterkontroll, lagre, last, skriv
from prosjekter.kodeverk import EIERROLLER, Partnerrolle, Status
from prosjekter.models import Deltakelse, Overtakelse, Prosjektinvitasjon
from prosjekter.models.samarbeid import Svar
from prosjekter.overganger import deltakelse as overganger
from prosjekter.varsler import deltakelse as varsler
from prosjekter.varsler import prosjekt as prosjekt_varsler

GYLDIG = timedelta(days=60)


# ---- Organisations -------------------------------------------------------------------------------------------------


@transaction.atomic
def inviter(prosjekt, *, organisasjon, rolle, av, hilsen="", fra_dato=None):
    """Ask an organisation to take part. Gives the participation when it needs no asking, else the invitation.

    One that has been merged away is asked as its successor. Asked again while it waits, the invitation is renewed.
    """
    fersk = last(prosjekt)
    if not tilgang.kan_redigere(av, fersk) or rolle == Partnerrolle.EIER:
        raise PermissionDenied
    organisasjon = organisasjon.virksom or organisasjon
    if med := fersk.deltakelser.aktive().filter(organisasjon=organisasjon, rolle=rolle).first():
        return med
    if tilgang.kan_legge_til_direkte(av, fersk, organisasjon):
        return legg_til_deltaker(fersk, organisasjon=organisasjon, rolle=rolle, av=av, fra_dato=fra_dato)[0]
    apen = fersk.invitasjoner.apne().select_for_update().filter(organisasjon=organisasjon).first()
    if apen and (apen.rolle, apen.hilsen) == (rolle, hilsen) and not apen.er_utlopt:
        return apen
    invitasjon = apen or Prosjektinvitasjon(prosjekt=fersk, organisasjon=organisasjon)
    invitasjon.rolle, invitasjon.hilsen, invitasjon.fra_dato, invitasjon.av = rolle, hilsen, fra_dato, av
    invitasjon.tid = timezone.now()
    invitasjon.utloper_tid = invitasjon.tid + GYLDIG
    invitasjon.save()
    varsler.invitert(invitasjon, av=av)
    return invitasjon


@transaction.atomic
def legg_til_som_ks(prosjekt, *, organisasjon, rolle, begrunnelse, av, fra_dato=None):
    """KS says that an organisation takes part, and why, without asking it. It is told, and may leave.

    An invitation that waits is answered by this. Returns (participation, is new).
    """
    fersk = last(prosjekt)
    organisasjon = organisasjon.virksom or organisasjon
    if not tilgang.kan_legge_til_uten_aa_sporre(av, fersk) or rolle == Partnerrolle.EIER:
        raise PermissionDenied
    if not begrunnelse.strip():
        raise Mangler(felt=["begrunnelse"])
    for apen in fersk.invitasjoner.apne().select_for_update().filter(organisasjon=organisasjon):
        _besvar(apen, svar=Svar.TRUKKET, kommentar=begrunnelse, av=av)
    return legg_til_deltaker(
        fersk, organisasjon=organisasjon, rolle=rolle, begrunnelse=begrunnelse.strip(), av=av, fra_dato=fra_dato
    )


@transaction.atomic
def svar_invitasjon(invitasjon, *, svar, av, kommentar=""):
    """False when this was the answer already; UmuligSvar when it can no longer be given."""
    prosjekt = last(invitasjon.prosjekt)
    invitasjon = Prosjektinvitasjon.objects.select_for_update(of=("self",)).select_related("organisasjon").get(
        pk=invitasjon.pk
    )  # fmt: skip
    invitasjon.prosjekt = prosjekt
    rad = overganger.finn(overganger.INVITASJON, svar, invitasjon, av)
    if rad is None:
        return False
    _besvar(invitasjon, svar=svar, kommentar=kommentar, av=av)
    if svar == Svar.JA:
        _bli_med(prosjekt, invitasjon, av=av)
    rad.varsle(invitasjon, av=av)
    return True


def _bli_med(prosjekt, invitasjon, *, av):
    """Its rights begin now. One that was merged away while it was asked takes part as its successor."""
    organisasjon = invitasjon.organisasjon.virksom or invitasjon.organisasjon
    if prosjekt.deltakelser.aktive().filter(organisasjon=organisasjon, rolle=invitasjon.rolle).exists():
        return
    tid = timezone.now()
    deltakelse = Deltakelse(
        prosjekt=prosjekt, organisasjon=organisasjon, rolle=invitasjon.rolle,
        fra_dato=invitasjon.fra_dato or timezone.localdate(tid),
    )  # fmt: skip
    lagre(deltakelse, av=av, handling="bli_med", tid=tid)
    if prosjekt.status == Status.PUBLISERT:
        apne_etterkontroll(prosjekt, av=av)
    skriv(prosjekt, av=av, handling="bli_med", tid=tid)


def _besvar(rad, *, svar, kommentar, av):
    rad.svar, rad.kommentar, rad.svart_tid, rad.svart_av = svar, kommentar.strip()[:500], timezone.now(), av
    rad.save()


@transaction.atomic
def legg_til_deltaker(prosjekt, *, organisasjon, rolle, av, fra_dato=None, til_dato=None, begrunnelse=""):
    """Add an organisation and tell its leads, without asking first (`inviter` asks).

    The same organisation in the same role twice is one.
    """
    fersk = last(prosjekt)
    if not tilgang.kan_legge_til_direkte(av, fersk, organisasjon) or rolle == Partnerrolle.EIER:
        raise PermissionDenied
    if finnes := fersk.deltakelser.aktive().filter(organisasjon=organisasjon, rolle=rolle).first():
        return finnes, False
    tid = timezone.now()
    deltakelse = Deltakelse(
        prosjekt=fersk, organisasjon=organisasjon, rolle=rolle, fra_dato=fra_dato, til_dato=til_dato,
        begrunnelse=begrunnelse,
    )  # fmt: skip
    lagre(deltakelse, av=av, handling="legg_til_deltaker", tid=tid)
    if fersk.status == Status.PUBLISERT:
        apne_etterkontroll(fersk, av=av)
    skriv(fersk, av=av, handling="legg_til_deltaker", tid=tid)
    fortell = prosjekt_varsler.lagt_til_av_ks if begrunnelse else prosjekt_varsler.deltaker_lagt_til
    fortell(fersk, av=av, deltakelse=deltakelse)
    return deltakelse, True


@transaction.atomic
def avslutt_deltakelse(deltakelse, *, til_dato, av, begrunnelse=""):
    """From that day the organisation no longer takes part. It still shows that it did. False when already ended.

    KS says why, in the place of why it added it; the history has both.
    """
    fersk = last(deltakelse.prosjekt)
    redigerer = tilgang.kan_redigere(av, fersk)
    if not tilgang.kan_avslutte_deltakelse(av, deltakelse, redigerer):
        raise PermissionDenied
    som_ks = tilgang.avslutter_som_ks(av, deltakelse, redigerer)
    if som_ks and not begrunnelse.strip():
        raise Mangler(felt=["begrunnelse"])
    deltakelse = Deltakelse.objects.select_for_update().get(pk=deltakelse.pk)
    if deltakelse.til_dato is not None:
        return False
    tid = timezone.now()
    deltakelse.til_dato = til_dato
    if som_ks:
        deltakelse.begrunnelse = begrunnelse.strip()
    lagre(deltakelse, av=av, handling="avslutt_deltakelse", tid=tid)
    skriv(fersk, av=av, handling="avslutt_deltakelse", tid=tid)
    if som_ks:
        prosjekt_varsler.avsluttet_av_ks(fersk, av=av, deltakelse=deltakelse)
    elif not redigerer or deltakelse.organisasjon_id in arbeider_for(av):
        prosjekt_varsler.deltaker_gikk(fersk, av=av, deltakelse=deltakelse)
    return True


# ---- Looking after it -------------------------------------------------------------------------------------------------------


@transaction.atomic
def gi_fra_seg(prosjekt, *, av):
    """Stop looking after it. It stays with the owner, whose leads are told. False when it is done already."""
    fersk = last(prosjekt)
    if fersk.ansvarlig_id != av.pk:
        return False
    skriv(fersk, av=av, handling="gi_fra_seg", ansvarlig=None)
    varsler.ansvar_lagt_ned(fersk, av=av)
    return True


# ---- Taking over ---------------------------------------------------------------------------------------------------


@transaction.atomic
def be_om_overtakelse(prosjekt, *, slag, organisasjon, av, begrunnelse=""):
    """Asking twice is asking once. Nobody looks after it and a lead asks: then there is nobody to ask, and it is done."""
    fersk = last(prosjekt)
    if slag == Overtakelse.Slag.ANSVARLIG:
        organisasjon = fersk.eier
        lov = tilgang.kan_be_om_ansvar(av, fersk)
    else:
        lov = tilgang.kan_be_om_eierskap(av, fersk, organisasjon)
    if not lov:
        raise PermissionDenied
    overtakelse, ny = Overtakelse.objects.get_or_create(
        prosjekt=fersk, slag=slag, bedt_av=av, svar="",
        defaults={"organisasjon": organisasjon, "begrunnelse": begrunnelse.strip()},
    )  # fmt: skip
    if ny and tilgang.kan_avgjore_overtakelse(av, overtakelse):
        svar_overtakelse(overtakelse, svar=Svar.JA, av=av)
        overtakelse.refresh_from_db()
    elif ny:
        varsler.overtakelse_bedt(overtakelse, av=av)
    return overtakelse


@transaction.atomic
def svar_overtakelse(overtakelse, *, svar, av, kommentar=""):
    """False when this was the answer already; UmuligSvar when it can no longer be given."""
    prosjekt = last(overtakelse.prosjekt)
    overtakelse = Overtakelse.objects.select_for_update(of=("self",)).select_related("organisasjon").get(
        pk=overtakelse.pk
    )  # fmt: skip
    overtakelse.prosjekt = prosjekt
    rad = overganger.finn(overganger.OVERTAKELSE, svar, overtakelse, av)
    if rad is None:
        return False
    if svar == Svar.JA:
        _overta(prosjekt, overtakelse, av=av)
    _besvar(overtakelse, svar=svar, kommentar=kommentar, av=av)
    rad.varsle(overtakelse, av=av)
    return True


def _overta(prosjekt, overtakelse, *, av):
    """The one who asked must still belong where she said she did."""
    person, organisasjon = overtakelse.bedt_av, overtakelse.organisasjon.virksom or overtakelse.organisasjon
    if person is None or not person.is_active or organisasjon.pk not in arbeider_for(person):
        raise overganger.UmuligSvar(str(overganger.ER_SLUTTET))
    tid = timezone.now()
    ny_eier = {}
    if overtakelse.slag == Overtakelse.Slag.EIER and organisasjon.pk != prosjekt.eier_id:
        _bytt_eierrader(prosjekt, organisasjon, av=av, tid=tid)
        ny_eier = {"eier": organisasjon}
    skriv(prosjekt, av=av, handling="overta", tid=tid, ansvarlig=person, **ny_eier)


def _bytt_eierrader(prosjekt, organisasjon, *, av, tid):
    """The old owner goes on as co-owner while it exists; the new one is owner and nothing else."""
    i_dag = timezone.localdate(tid)
    utgaar = prosjekt.deltakelser.filter(til_dato=None)
    utgaar = utgaar.filter(rolle=Partnerrolle.EIER) | utgaar.filter(organisasjon=organisasjon, rolle__in=EIERROLLER)
    for rad in list(utgaar.select_related("organisasjon")):
        rad.til_dato = i_dag
        lagre(rad, av=av, handling="overta", tid=tid)
    nye = [(organisasjon, Partnerrolle.EIER)]
    gammel = prosjekt.eier
    finnes = prosjekt.deltakelser.filter(organisasjon=gammel, rolle=Partnerrolle.MEDEIER, til_dato=None).exists()
    if gammel.opphort_dato is None and not finnes:
        nye.append((gammel, Partnerrolle.MEDEIER))
    for hvem, rolle in nye:
        lagre(
            Deltakelse(prosjekt=prosjekt, organisasjon=hvem, rolle=rolle, fra_dato=i_dag),
            av=av, handling="overta", tid=tid,
        )  # fmt: skip
