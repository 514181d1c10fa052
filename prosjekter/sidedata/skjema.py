"""What the registering pages show around their forms: steps, who sees the project now, warnings, and what can be done."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat
from django.utils.translation import ngettext

from partnerskap.felles import historikk
from prosjekter import krav, personvern, tilgang
from prosjekter.kodeverk import KODELISTER, Grunn, Kodeliste, Partnerrolle, Samspillstype, Status, Synlighet
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
from prosjekter.overganger import prosjekt as overganger

# The deeds an owner meets as buttons, with what the confirmation page says about each.
EIERHANDLINGER = {
    "trekk": _lat("KS slutter å vurdere prosjektet. Alt du har skrevet, står."),
    "avpubliser": _lat("Prosjektet blir borte for alle andre enn dere og KS. Skal det opp igjen, må det innom KS."),
    "arkiver": _lat(
        "Prosjektet legges bort. Bare dere og KS ser det, og ingen kan endre det før det hentes fram igjen. "
        "Er prosjektet ferdig eller stoppet, skal det ikke arkiveres: da sier dere hvordan det gikk, så andre kan lære."
    ),
    "gjenapne": _lat("Prosjektet blir mulig å endre igjen. Det blir ikke synlig for andre før dere sender det inn."),
}
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


@dataclass
class Steg:
    navn: str
    adresse: str
    er_her: bool
    tilstand: str


def steg(prosjekt, svar, her):
    return [
        Steg(navn, adresse(prosjekt, seksjon), seksjon == her, _tilstand(svar, seksjon))
        for seksjon, navn in krav.SEKSJONER.items()
    ]


def adresse(prosjekt, seksjon):
    return reverse("prosjekter:rediger_seksjon", args=[prosjekt.slug, seksjon])


def lagret(prosjekt):
    tid = timezone.localtime(prosjekt.endret_tid)
    return _("Lagret %(dato)s kl. %(kl)s") % {"dato": date_format(tid, "j. F"), "kl": date_format(tid, "H.i")}


def neste_seksjon(seksjon):
    alle = list(krav.SEKSJONER)
    nummer = alle.index(seksjon) + 1
    return alle[nummer] if nummer < len(alle) else None


def _tilstand(svar, seksjon):
    besvart, av = krav.fremdrift(svar, seksjon)
    if not av:
        return _("senere") if seksjon == "skjedde" else _("valgfritt")
    return _("%(besvart)s av %(av)s") % {"besvart": besvart, "av": av}


def hvem_ser(prosjekt):
    """Who can see the project right now, in one sentence."""
    if prosjekt.status == Status.PUBLISERT:
        return {
            Synlighet.APEN: _("Publisert. Alle kan se det, og endringer vises når du lagrer."),
            Synlighet.SEKTOR: _("Publisert for innloggede i kommunesektoren. Endringer vises når du lagrer."),
            Synlighet.PROSJEKT: _("Publisert bare for deltakerne, KS og følgeforskeren."),
        }[prosjekt.synlighet]
    andre = Deltakelse.objects.aktive().filter(prosjekt=prosjekt).exclude(organisasjon=prosjekt.eier_id)
    antall = andre.values("organisasjon").distinct().count()
    hvem = [_("dere i %(eier)s") % {"eier": prosjekt.eier}]
    if antall:
        hvem.append(ngettext("én deltaker til", "%(antall)s deltakere til", antall) % {"antall": antall})
    if prosjekt.antall_hjelpere:
        hvem.append(
            ngettext("én som hjelper til", "%(antall)s som hjelper til", prosjekt.antall_hjelpere)
            % {"antall": prosjekt.antall_hjelpere}
        )
    if prosjekt.status != Status.KLADD:
        hvem.append(_("KS"))
    return {
        Status.KLADD: _("Kladd. Bare %(hvem)s kan se den."),
        Status.INNSENDT: _("Sendt inn. Bare %(hvem)s kan se det."),
        Status.TIL_RETTING: _("Til retting. Bare %(hvem)s kan se det."),
        Status.AVPUBLISERT: _("Tatt ned. Bare %(hvem)s kan se det."),
        Status.ARKIVERT: _("Arkivert. Bare %(hvem)s kan se det."),
    }[prosjekt.status] % {"hvem": i_rekke(hvem)}


def i_rekke(ledd):
    """«a», «a og b», «a, b og c»."""
    *foran, siste = ledd
    return _("%(foran)s og %(siste)s") % {"foran": ", ".join(foran), "siste": siste} if foran else siste


def beskjed_fra_ks(prosjekt):
    """Why KS sent it back or took it down, as title and text."""
    if prosjekt.status not in (Status.TIL_RETTING, Status.AVPUBLISERT) or not prosjekt.statusbegrunnelse:
        return None
    fra_ks = prosjekt.statusgrunn in Grunn.values
    if not fra_ks:
        return {"tittel": _("Dere tok ned prosjektet"), "tekst": prosjekt.statusbegrunnelse}
    return {
        "tittel": _("KS skriver: %(grunn)s") % {"grunn": Grunn(prosjekt.statusgrunn).label},
        "tekst": prosjekt.statusbegrunnelse,
    }


def personadvarsler(svar):
    return personvern.ligner_paa(*(svar[navn] for navn in (*krav.TEKSTFELT, "tittel", "ingress", "kontaktrolle")))


def eierhandlinger(prosjekt, bruker):
    """Buttons of the owner's page: pairs of label and address. Sending in has a page of its own."""
    mulige = [o for o in overganger.mulige(prosjekt, bruker) if o.navn in EIERHANDLINGER]
    knapper = [(o.etikett, reverse("prosjekter:gjor", args=[prosjekt.slug, o.navn])) for o in mulige]
    if tilgang.kan_slette(bruker, prosjekt):
        knapper.append((_("Slett kladden"), reverse("prosjekter:slett", args=[prosjekt.slug])))
    return knapper


def deltakere(prosjekt):
    return prosjekt.deltakelser.select_related("organisasjon__kommune", "organisasjon__fylke").order_by("pk")


def tilknytninger(prosjekt):
    return prosjekt.missiontilknytninger.select_related("mission").order_by("pk")


def endringer(prosjekt, *, siden=None, til=None):
    """The project's history in words, newest first. `siden` leaves out what is older."""

    egne = Prosjekt.historikk.filter(id=prosjekt.pk)
    # A project with thousands of saves must not fill the memory: further back is for the following researcher's export.
    grense = list(egne.order_by("-history_date").values_list("history_date", flat=True)[MAKS_ENDRINGER:][:1])
    nye = {"history_date__gt": grense[0]} if grense else {}

    def av_prosjektet(modell):
        return modell.historikk.filter(prosjekt_id=prosjekt.pk, **nye)

    kilder = [
        historikk.Kilde(egne.filter(**nye), utelat=frozenset(BOKHOLDERI)),
        historikk.Kilde(av_prosjektet(Prosjekttekst), utelat=frozenset({"prosjekt"})),
        historikk.Kilde(
            av_prosjektet(Klassifisering),
            utelat=frozenset({"prosjekt", "liste", "verdi"}),
            rad=_kodenavn,
            etikett=lambda rad: Kodeliste(rad.liste).label,
        ),
        historikk.Kilde(
            av_prosjektet(Deltakelse),
            utelat=frozenset({"prosjekt", "sektor", "niva"}),
            rad=_deltaker_og_hvorfor,
            om=_deltakernavn,
        ),
        historikk.Kilde(  # begins when she says yes: that somebody was asked is not for all who take part
            av_prosjektet(Hjelper).exclude(bruker=None),
            utelat=frozenset({"prosjekt"}),
            rad=lambda rad: _("%(hvem)s, invitert av %(av)s") % {
                "hvem": historikk.navn(rad.bruker), "av": historikk.navn(rad.invitert_av),
            },
        ),
        historikk.Kilde(
            av_prosjektet(Missiontilknytning),
            utelat=frozenset({"prosjekt", "foreslatt_av", "avgjort_av", "foreslatt_tid", "avgjort_tid"}),
            rad=lambda rad: rad.mission,
            om=lambda rad: rad.mission,
            etikett=lambda rad: _("Forslag til mission"),
        ),
        historikk.Kilde(
            # The other end may be hidden from the reader, and «ikke relevant» is the author's own: neither is named.
            Komplementaritet.historikk.filter(fra_id=prosjekt.pk, **nye).exclude(type="ikke_relevant"),
            utelat=SAMSPILLSBOKHOLDERI,
            rad=lambda rad: Samspillstype(rad.type).label,
            etikett=lambda rad: _("Samspill"),
        ),
        *(
            historikk.Kilde(av_prosjektet(modell), utelat=frozenset({"prosjekt"}), rad=lambda rad: rad.instance)
            for modell in RADFELT.values()
        ),
        *(
            historikk.Kilde(av_prosjektet(modell), utelat=frozenset(UTENFOR_FILHISTORIKKEN), rad=lambda rad: rad.instance)
            for modell in FILSLAG.values()
        ),
    ]  # fmt: skip
    return historikk.les(
        kilder, handlinger=HANDLINGSNAVN, siden=siden, til=til, system=SYSTEM, samles={"lagre_seksjon"}
    )


def _deltakernavn(rad):
    """Who, as what."""
    return _("%(hvem)s, %(rolle)s") % {"hvem": rad.organisasjon, "rolle": Partnerrolle(rad.rolle).label.lower()}


def _deltaker_og_hvorfor(rad):
    """With why, where KS added it."""
    return f"{_deltakernavn(rad)}: «{rad.begrunnelse}»" if rad.begrunnelse else _deltakernavn(rad)


def _kodenavn(rad):
    liste = KODELISTER[Kodeliste(rad.liste)]
    return liste(rad.verdi).label if rad.verdi in liste.values else rad.verdi
