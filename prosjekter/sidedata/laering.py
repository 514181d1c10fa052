"""What pages show about lessons: the section of a project, the page of one card, and its history in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat

from kommuner.models import Organisasjon
from kommuner.tilgang import arbeider_for
from partnerskap.felles import historikk
from partnerskap.felles.ferdig_sql import ferdig_sql
from prosjekter import tilgang
from prosjekter.kodeverk import Status, Synlighet
from prosjekter.models import Laering, Nyttigmerke

SETT_PA = 12  # cards that those of a shelf are chosen from
VISTE = 6  # on the project's page; all of them have a page of their own
HANDLINGSNAVN = {
    "skriv_laering": _lat("skrev kortet"),
    "oppdater_laering": _lat("endret kortet"),
    "ta_ned_laering": _lat("tok ned"),
    "legg_tilbake_laering": _lat("la tilbake"),
    "eksempeldata": _lat("la inn kortet"),
}
BOKHOLDERI = frozenset({"prosjekt", "skrevet_av", "opprettet_tid", "tatt_ned_tid", "nokkel", "er_eksempel"})


def for_prosjektside(prosjekt, bruker, rader):
    """The newest cards the reader may see, of the rows of `nyeste`."""
    for kort in rader:
        kort.prosjekt = prosjekt
    return {
        "rader": rader[:VISTE],
        "flere": len(rader) > VISTE,
        "kan_skrive": tilgang.kan_skrive_laering(bruker, prosjekt),
    }


@ferdig_sql
def nyeste(prosjekt, *, bruker):
    return for_prosjekt(prosjekt, bruker)[: VISTE + 1]


def hylle(rader, antall):
    """A few cards for a shelf of what did not work, at most one from each project, of the rows of `til_hylle`."""
    en_fra_hvert = {}
    for kort in rader:
        en_fra_hvert.setdefault(kort.prosjekt_id, kort)
    return list(en_fra_hvert.values())[:antall]


def til_hylle(bruker):
    """Enough to choose among. Narrow it before it is sliced."""
    return Laering.objects.synlige_for(bruker).i_strommen().virket_ikke().for_rad()


def for_prosjekt(prosjekt, bruker):
    """The cards, newest first, of a project the reader has been let in to."""
    kort = Laering.objects.filter(prosjekt=prosjekt).i_synlig_prosjekt(bruker).gyldige()
    return kort.order_by("-opprettet_tid", "-pk")


def side(laering, bruker):
    """The context of laering/kort.html."""
    er_innlogget = bruker.is_authenticated
    return {
        "laering": laering,
        "prosjekt": laering.prosjekt,
        "eksperiment": laering.eksperiment if laering.eksperiment_id and laering.eksperiment.er_gjeldende else None,
        "kan_endre": er_innlogget and tilgang.kan_endre_laering(bruker, laering),
        "kan_se_historikk": er_innlogget and tilgang.kan_se_historikk(bruker, laering.prosjekt),
        "kan_moderere": tilgang.kan_moderere(bruker),
        "nyttig": nyttig(laering, bruker),
        "hvem_ser": hvem_ser(laering),
        "er_apent": laering.er_apent,
        "viser_eksempeldata": laering.er_eksempel or laering.prosjekt.er_eksempel,
    }


def nyttig(laering, bruker):
    """Who keeps it, as far as this person may know; and on whose behalf she may keep it."""
    egne = egne_som_kan_lagre(laering, bruker)
    merker = list(laering.nyttigmerker.synlige_for(bruker).select_related("organisasjon"))
    mine = arbeider_for(bruker)
    lagret = {m.organisasjon_id for m in merker}
    return {
        "lagret_av_oss": [m.organisasjon for m in merker if m.organisasjon_id in mine],
        "andre": [m for m in merker if m.organisasjon_id not in mine],
        "ledige": [o for o in egne if o.pk not in lagret],
        "vis": bool(egne or merker or not bruker.is_authenticated) and laering.tatt_ned_tid is None,
    }


def egne_som_kan_lagre(laering, bruker):
    """The person's organisations that did not learn it themselves."""
    ider = arbeider_for(bruker)
    egne = Organisasjon.objects.aktive().filter(pk__in=ider).select_related("etterfolger") if ider else []
    return [o for o in egne if tilgang.kan_merke_nyttig_for(bruker, laering, o)]


def hvem_ser(laering):
    """Who reads the card, when it is not everyone."""
    if laering.tatt_ned_tid or laering.er_apent:
        return ""
    if laering.prosjekt.status != Status.PUBLISERT:
        return _("Prosjektet er ikke publisert. Bare de som ser prosjektet, ser kortet.")
    if Synlighet.PROSJEKT in (laering.synlighet, laering.prosjekt.synlighet):
        return _("Bare de som deltar i prosjektet, og KS ser dette kortet.")
    return _("Bare innloggede i kommunesektoren og de som deltar i prosjektet, ser dette kortet.")


def endringer(laering):
    kilde = historikk.Kilde(Laering.historikk.filter(id=laering.pk), utelat=BOKHOLDERI)
    return historikk.les([kilde], handlinger=HANDLINGSNAVN, system=("eksempeldata",))


def merket_av(bruker):
    """Cards the person's organisations keep, newest first: «Lagret»."""
    merker = Nyttigmerke.objects.filter(organisasjon__in=arbeider_for(bruker))
    synlige = Laering.objects.synlige_for(bruker).gyldige()
    return merker.filter(laering__in=synlige.order_by().values("pk"))
