"""What the page with a project's history shows: every deed, by whom, and what it changed."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat

from partnerskap.felles.historikk import Kilde, les
from partnerskap.felles.historikk import navn as personnavn
from prosjekter.kodeverk import KODELISTER, Kodeliste, Partnerrolle, Samspillstype
from prosjekter.models import (
    FILSLAG,
    RADFELT,
    Deltakelse,
    Hjelper,
    Klassifisering,
    Komplementaritet,
    Missiontilknytning,
    Prosjekt,
    Prosjekttekst,
)

HANDLINGSNAVN = {
    "opprett": _lat("opprettet prosjektet"),
    "lagre_seksjon": _lat("endret prosjektet"),
    "bekreft": _lat("bekreftet at alt fortsatt stemmer"),
    "send_inn": _lat("sendte inn"),
    "trekk": _lat("trakk tilbake"),
    "publiser": _lat("publiserte"),
    "send_til_retting": _lat("sendte til retting"),
    "avpubliser": _lat("tok ned"),
    "publiser_igjen": _lat("publiserte igjen"),
    "arkiver": _lat("arkiverte"),
    "gjenapne": _lat("hentet fram igjen"),
    "legg_til_deltaker": _lat("la til en deltaker"),
    "bli_med": _lat("ble med"),
    "bli_hjelper": _lat("begynte å hjelpe til"),
    "slutt_hjelp": _lat("sluttet å hjelpe til"),
    "avslutt_hjelp": _lat("avsluttet hjelpen fra noen"),
    "overta": _lat("lot noen overta"),
    "gi_fra_seg": _lat("sluttet å passe på prosjektet"),
    "avslutt_deltakelse": _lat("avsluttet en deltakelse"),
    "si_samspill": _lat("sa hvordan det henger sammen med noe annet"),
    "trekk_samspill": _lat("tok bort hvordan det henger sammen med noe annet"),
    "svar_pa_samspill": _lat("svarte på hvordan det henger sammen"),
    "ta_ned_samspill": _lat("tok ned hvordan det henger sammen med noe annet"),
    "legg_tilbake_samspill": _lat("viste igjen hvordan det henger sammen med noe annet"),
    "foresla_mission": _lat("foreslo prosjektet til en mission"),
    "trekk_forslag": _lat("trakk et forslag til en mission"),
    "avgjor_tilknytning": _lat("svarte på et forslag til en mission"),
    "overfor_ansvar": _lat("ga ansvaret videre"),
    "legg_til_bilde": _lat("la til et bilde"),
    "endre_bilde": _lat("endret et bilde"),
    "slett_bilde": _lat("slettet et bilde"),
    "ta_ned_bilde": _lat("tok ned et bilde"),
    "legg_tilbake_bilde": _lat("la tilbake et bilde"),
    "legg_til_vedlegg": _lat("la til et vedlegg"),
    "endre_vedlegg": _lat("endret et vedlegg"),
    "slett_vedlegg": _lat("slettet et vedlegg"),
    "ta_ned_vedlegg": _lat("tok ned et vedlegg"),
    "legg_tilbake_vedlegg": _lat("la tilbake et vedlegg"),
    "legg_til_lenke": _lat("la til en lenke"),
    "endre_lenke": _lat("endret en lenke"),
    "slett_lenke": _lat("slettet en lenke"),
    "ta_ned_lenke": _lat("tok ned en lenke"),
    "legg_tilbake_lenke": _lat("la tilbake en lenke"),
    "importer": _lat("lastet inn fra en liste"),
    "importert": _lat("lastet inn fra en liste"),
}
MAKS_ENDRINGER = 300
SYSTEM = ("eksempeldata", "startdata", "importert")
UTENFOR_FILHISTORIKKEN = {
    "prosjekt", "lagt_til_av", "lagt_til_tid", "tatt_ned_tid", "versjon", "er_eksempel", "bredde", "hoyde", "merke",
    "sjekksum", "storrelse", "skannet_tid", "er_pynt",
}  # fmt: skip
SAMSPILLSBOKHOLDERI = frozenset(
    {"fra", "til_prosjekt", "utfordring", "mission", "initiativ", "av", "svart_av", "svart_tid", "opprettet_tid", "tatt_ned_tid"}
)  # fmt: skip
BOKHOLDERI = {"slug", "nokkel", "endret_tid", "opprettet_tid", "opprettet_av", "publisert_tid", "eier", "er_eksempel"}


def endringer(prosjekt):
    """The project's history in words, newest first."""
    egne = Prosjekt.historikk.filter(id=prosjekt.pk)
    # A project with thousands of saves must not fill the memory: further back is for the following researcher's export.
    grense = list(egne.order_by("-history_date").values_list("history_date", flat=True)[MAKS_ENDRINGER:][:1])
    nye = {"history_date__gt": grense[0]} if grense else {}

    def av_prosjektet(modell):
        return modell.historikk.filter(prosjekt_id=prosjekt.pk, **nye)

    kilder = [
        Kilde(egne.filter(**nye), utelat=frozenset(BOKHOLDERI)),
        Kilde(av_prosjektet(Prosjekttekst), utelat=frozenset({"prosjekt"})),
        *_hvem_og_hva(av_prosjektet),
        Kilde(
            # The other end may be hidden from the reader, and «ikke relevant» is the author's own: neither is named.
            Komplementaritet.historikk.filter(fra_id=prosjekt.pk, **nye).exclude(type="ikke_relevant"),
            utelat=SAMSPILLSBOKHOLDERI,
            rad=lambda rad: Samspillstype(rad.type).label,
            etikett=lambda rad: _("Samspill"),
        ),
        *(_rader(av_prosjektet(modell), {"prosjekt"}) for modell in RADFELT.values()),
        *(_rader(av_prosjektet(modell), UTENFOR_FILHISTORIKKEN) for modell in FILSLAG.values()),
    ]
    return les(kilder, handlinger=HANDLINGSNAVN, system=SYSTEM, samles={"lagre_seksjon"})


def _hvem_og_hva(av_prosjektet):
    """What it is about, who takes part and helps, and the missions it is proposed to."""
    return [
        Kilde(
            av_prosjektet(Klassifisering),
            utelat=frozenset({"prosjekt", "liste", "verdi"}),
            rad=_kodenavn,
            etikett=lambda rad: Kodeliste(rad.liste).label,
        ),
        Kilde(
            av_prosjektet(Deltakelse),
            utelat=frozenset({"prosjekt", "sektor", "niva"}),
            rad=_deltaker_og_hvorfor,
            om=_deltakernavn,
        ),
        Kilde(  # begins when she says yes: that somebody was asked is not for all who take part
            av_prosjektet(Hjelper).exclude(bruker=None), utelat=frozenset({"prosjekt"}), rad=_hjelper_og_av_hvem
        ),
        Kilde(
            av_prosjektet(Missiontilknytning),
            utelat=frozenset({"prosjekt", "foreslatt_av", "avgjort_av", "foreslatt_tid", "avgjort_tid"}),
            rad=lambda rad: rad.mission,
            om=lambda rad: rad.mission,
            etikett=lambda rad: _("Forslag til mission"),
        ),
    ]


def _rader(historien, utelat):
    return Kilde(historien, utelat=frozenset(utelat), rad=lambda rad: rad.instance)


def _kodenavn(rad):
    liste = KODELISTER[Kodeliste(rad.liste)]
    return liste(rad.verdi).label if rad.verdi in liste.values else rad.verdi


def _deltakernavn(rad):
    """Who, as what."""
    return _("%(hvem)s, %(rolle)s") % {"hvem": rad.organisasjon, "rolle": Partnerrolle(rad.rolle).label.lower()}


def _deltaker_og_hvorfor(rad):
    """With why, where KS added it."""
    return f"{_deltakernavn(rad)}: «{rad.begrunnelse}»" if rad.begrunnelse else _deltakernavn(rad)


def _hjelper_og_av_hvem(rad):
    return _("%(hvem)s, invitert av %(av)s") % {"hvem": personnavn(rad.bruker), "av": personnavn(rad.invitert_av)}
