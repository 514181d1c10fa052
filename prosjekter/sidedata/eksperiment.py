"""What pages show about experiments: the newest on the project's page, the whole log, one of them, and its history."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat
from django.utils.translation import ngettext

from partnerskap.felles import historikk
from prosjekter import tilgang
from prosjekter.kodeverk import Beslutning, Status, Synlighet
from prosjekter.models import Eksperiment, Laering

VISTE = 3  # on the project's page; the rest are in the log
HANDLINGSNAVN = {
    "logg_eksperiment": _lat("logget"),
    "oppdater_eksperiment": _lat("oppdaterte"),
    "eksperimentresultat": _lat("skrev hva som skjedde"),
    "trekk_eksperiment": _lat("trakk"),
    "ta_ned_eksperiment": _lat("tok ned"),
    "legg_tilbake_eksperiment": _lat("la tilbake"),
}
BOKHOLDERI = frozenset(
    {"prosjekt", "registrert_av", "opprettet_tid", "trukket_tid", "tatt_ned_tid", "nokkel", "er_eksempel"}
)
I_TALL = (
    (Beslutning.SKALER, _lat("%s skalert")),
    (Beslutning.FORTSETT, _lat("%s fortsetter")),
    (Beslutning.JUSTER, _lat("%s justert")),
    (Beslutning.STOPP, _lat("%s stoppet")),
    ("", _lat("%s uten resultat ennå")),
)


def for_prosjektside(prosjekt):
    """The newest few. One query; none for a project without any."""
    if not prosjekt.antall_eksperimenter:
        return {"rader": [], "antall": 0, "flere": False}
    return {
        "rader": list(prosjekt.eksperimenter.gjeldende().nyeste_forst()[:VISTE]),
        "antall": prosjekt.antall_eksperimenter,
        "flere": prosjekt.antall_eksperimenter > VISTE,
    }


def sammendrag(prosjekt):
    """«4 eksperimenter: 1 fortsetter, 2 stoppet, 1 uten resultat ennå.» How many of each, none better than the others."""
    beslutninger = list(prosjekt.eksperimenter.gjeldende().values_list("beslutning", flat=True))
    if not beslutninger:
        return ""
    deler = [ord_ % n for beslutning, ord_ in I_TALL if (n := beslutninger.count(beslutning))]
    antall = ngettext("%s eksperiment", "%s eksperimenter", len(beslutninger)) % len(beslutninger)
    return f"{antall}: {', '.join(deler)}."


def er_apent(prosjekt):
    return prosjekt.status == Status.PUBLISERT and prosjekt.synlighet == Synlighet.APEN


def side(eksperiment, bruker):
    """The context of the page of one experiment."""
    prosjekt = eksperiment.prosjekt
    innlogget = bruker.is_authenticated
    kan_endre = innlogget and tilgang.kan_endre_eksperiment(bruker, eksperiment)
    return {
        "e": eksperiment,
        "prosjekt": prosjekt,
        "kan_endre": kan_endre,
        "kan_skrive_laering": eksperiment.gir_laering
        and eksperiment.er_gjeldende
        and innlogget
        and tilgang.kan_skrive_laering(bruker, prosjekt),
        "laeringskort": list(Laering.objects.synlige_for(bruker).filter(eksperiment=eksperiment)),
        "kan_se_historikk": innlogget and tilgang.kan_se_historikk(bruker, prosjekt),
        "kan_moderere": tilgang.kan_moderere(bruker),
        "kan_legge_tilbake": not eksperiment.er_gjeldende
        and not eksperiment.tatt_ned_tid
        and innlogget
        and tilgang.kan_redigere(bruker, prosjekt),
        "ikke_synlig": hvorfor_ikke_synlig(eksperiment),
        "er_apent": er_apent(prosjekt) and eksperiment.er_gjeldende,
        "viser_eksempeldata": eksperiment.er_eksempel or prosjekt.er_eksempel,
    }


def hvorfor_ikke_synlig(eksperiment):
    if eksperiment.tatt_ned_tid:
        return eksperiment.tatt_ned_i_ord
    return _("Trukket. Bare dere som kan redigere prosjektet, ser det.") if eksperiment.trukket_tid else ""


def endringer(eksperiment):
    kilde = historikk.Kilde(Eksperiment.historikk.filter(id=eksperiment.pk), utelat=BOKHOLDERI)
    return historikk.les([kilde], handlinger=HANDLINGSNAVN, system=("eksempeldata",))
