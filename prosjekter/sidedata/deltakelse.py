"""What the page about who takes part shows to whom. Questions and answers are for those who may change the project, and KS."""

from prosjekter import tilgang
from prosjekter.models import Overtakelse
from prosjekter.overganger import deltakelse as overganger
from prosjekter.sidedata import skjema as skjemadata
from prosjekter.varsler.deltakelse import hva_det_gjelder

VISTE = 50


def for_side(prosjekt, bruker):
    """A number of queries that does not depend on how many take part."""
    kan_redigere = tilgang.kan_redigere(bruker, prosjekt)
    ser_alt = kan_redigere or tilgang.kan_moderere(bruker)
    invitasjoner = _rader(prosjekt.invitasjoner, prosjekt, "av") if ser_alt else []
    spurt = prosjekt.overtakelser if ser_alt else prosjekt.overtakelser.filter(bedt_av=bruker)
    overtakelser = _rader(spurt, prosjekt, "bedt_av")
    har_spurt = {o.slag for o in overtakelser if not o.svar and o.bedt_av_id == bruker.pk}
    eiere = tilgang.mulige_eiere(bruker, prosjekt)
    return {
        "deltakelser": [(d, _kan_avslutte(bruker, d, prosjekt, kan_redigere)) for d in skjemadata.deltakere(prosjekt)],
        "venter": [(i, kan_redigere) for i in invitasjoner if not i.svar],
        "spurt": [
            (o, hva_det_gjelder(o), tilgang.kan_avgjore_overtakelse(bruker, o), o.bedt_av_id == bruker.pk)
            for o in overtakelser
            if not o.svar
        ],
        "besvart": _besvart([*invitasjoner, *overtakelser]),
        "hjelpere": _hjelpere(prosjekt, bruker, ser_alt),
        "er_ansvarlig": prosjekt.ansvarlig_id == bruker.pk,
        "kan_redigere": kan_redigere,
        "kan_legge_til": tilgang.kan_legge_til_uten_aa_sporre(bruker, prosjekt),
        "kan_be_om_ansvar": Overtakelse.Slag.ANSVARLIG not in har_spurt and tilgang.kan_be_om_ansvar(bruker, prosjekt),
        "kan_be_om_eierskap": Overtakelse.Slag.EIER not in har_spurt and bool(eiere),
    }


def _hjelpere(prosjekt, bruker, ser_alt):
    """Who helps, and who is asked, with what the reader may call them. She who helps sees herself.

    The address an invitation went to is for the one who wrote it.
    """
    rader = prosjekt.hjelpere.select_related("bruker", "invitert_av")
    if not ser_alt:
        rader = rader.filter(bruker=bruker)
    return [
        (
            rad,
            rad.email if rad.er_invitasjon and rad.invitert_av_id == bruker.pk else str(rad),
            rad.bruker_id == bruker.pk,
        )
        for rad in rader[:VISTE]
    ]


def _rader(rader, prosjekt, hvem):
    funnet = list(rader.select_related("organisasjon", hvem, "svart_av").order_by("-tid", "-pk")[:VISTE])
    for rad in funnet:
        rad.prosjekt = prosjekt
    return funnet


def _kan_avslutte(bruker, deltakelse, prosjekt, redigerer):
    deltakelse.prosjekt = prosjekt
    return deltakelse.til_dato is None and tilgang.kan_avslutte_deltakelse(bruker, deltakelse, redigerer)


def _besvart(rader):
    """The latest first: the row, its answer, and for a request what it was about."""
    return [
        (rad, overganger.hva_ble_svart(rad), hva_det_gjelder(rad) if isinstance(rad, Overtakelse) else "")
        for rad in sorted((r for r in rader if r.svar), key=lambda r: r.svart_tid, reverse=True)
    ]
