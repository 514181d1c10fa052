"""What pages show about barriers: the section of a project, one barrier, one rule, the groups of the list, history."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat
from django.utils.translation import ngettext

from kommuner.kodeverk import Forvaltningsniva
from partnerskap.felles import historikk
from prosjekter import tilgang
from prosjekter.forms.barrierefilter import Gruppering
from prosjekter.kodeverk import Barrieretype, Policylabstatus
from prosjekter.models import Barriere, Barriereflytt, Regel
from prosjekter.models.barriere import FERDIG, GODE_NYHETER, UNDER_ARBEID, VENTER

VISTE = 10  # on the project's page; the rest have a page of their own
SAMLET = 5  # on the page of a place or a mission; the list has the rest
HENDELSER = 50  # on a rule's page
HANDLINGSNAVN = {
    "eksempeldata": _lat("la inn barrieren"),
    "meld_barriere": _lat("meldte barrieren"),
    "oppdater_barriere": _lat("endret teksten"),
    "trekk_barriere": _lat("trakk den"),
    "meld_igjen": _lat("meldte den igjen"),
    "flytt_barriere": _lat("svarte"),
    "legg_under_regel": _lat("la den under en regel"),
    "ta_ned_barriere": _lat("tok den ned"),
    "legg_tilbake_barriere": _lat("la den tilbake"),
}
BOKHOLDERI = frozenset(
    {"prosjekt", "meldt_av", "opprettet_tid", "svar_tid", "trukket_tid", "tatt_ned_tid", "nokkel", "er_eksempel"}
)
FORKLARINGER = (
    (Policylabstatus.MELDT, _lat("Et prosjekt har sagt fra. KS har ikke svart ennå.")),
    (Policylabstatus.AVKLART, _lat("KS har funnet ut hva som gjelder.")),
    (Policylabstatus.I_POLICYLAB, _lat("KS, staten og kommuner arbeider med den sammen.")),
    (Policylabstatus.FORSLAG_SENDT, _lat("Den som kan endre regelen, har fått et forslag.")),
    (Policylabstatus.ENDRET, _lat("Regelen eller praksisen er endret.")),
    (Policylabstatus.AVVIST, _lat("Den som kan endre regelen, har sagt nei. Grunnen står der.")),
    (Policylabstatus.LOKALT_HANDLINGSROM, _lat("Gode nyheter: regelen sto ikke i veien. Det kan gjøres i dag.")),
)


@dataclass(frozen=True)
class Hendelse:
    """For komponenter/tidslinje.html."""

    tid: object
    tittel: str
    tekst: str = ""
    av: str = ""
    utfall: str = ""


@dataclass
class Gruppe:
    """Barriers that belong together in the list: under one rule, of one kind without a rule, or for one level."""

    id: str
    navn: str
    adresse: str
    antall: int
    prosjekter: int
    lenke: str = ""
    uten_regel: bool = False
    barrierer: list = field(default_factory=list)

    @property
    def sammendrag(self):
        return sammendrag(self.antall, self.prosjekter)


def sammendrag(antall, prosjekter):
    if antall == prosjekter:
        return ngettext("Stopper ett prosjekt", "Stopper %(n)s prosjekter", antall) % {"n": antall}
    return _("%(antall)s barrierer i %(prosjekter)s") % {
        "antall": antall,
        "prosjekter": ngettext("ett prosjekt", "%(n)s prosjekter", prosjekter) % {"n": prosjekter},
    }


# ---- The list ------------------------------------------------------------------------------------------------------


def grupper(filter_, side):
    """The groups on this page with their first barriers. Three queries, whatever the number."""
    rader = list(side)
    etter_regel = filter_.grupperer == Gruppering.REGEL
    regler = Regel.objects.in_bulk([rad["regel"] for rad in rader if rad["regel"]]) if etter_regel else {}
    svar = {}
    for rad in rader:
        nokkel = (rad["regel"], rad["uten_regel"]) if etter_regel else rad["niva"]
        svar[nokkel] = _etter_regel(filter_, rad, regler) if etter_regel else _etter_niva(filter_, rad)
    for barriere in filter_.i_gruppene(rader) if rader else []:
        nokkel = (barriere.regel_id, "" if barriere.regel_id else barriere.type) if etter_regel else barriere.niva
        svar[nokkel].barrierer.append(barriere)
    return list(svar.values())


def _etter_regel(filter_, rad, regler):
    tall = {"antall": rad["antall"], "prosjekter": rad["prosjekter"]}
    if regel := regler.get(rad["regel"]):
        return Gruppe(f"r-{regel.slug}", regel.navn, regel.get_absolute_url(), lenke=regel.lenke, **tall)
    navn = Barrieretype(rad["uten_regel"]).label
    adresse = filter_.adresse(type=rad["uten_regel"], grupper="niva")
    return Gruppe(f"t-{rad['uten_regel']}", navn, adresse, uten_regel=True, **tall)


def _etter_niva(filter_, rad):
    navn = Forvaltningsniva(rad["niva"]).label if rad["niva"] else _("Ingen vet hvem ennå")
    adresse = filter_.adresse(niva=rad["niva"], grupper="") if rad["niva"] else ""
    return Gruppe(f"n-{rad['niva']}", navn, adresse, antall=rad["antall"], prosjekter=rad["prosjekter"])


# ---- A place, a mission --------------------------------------------------------------------------------------------


def nyeste(barrierer):
    """The rows of `samlet`, and one more when there are more."""
    return barrierer.for_rad().order_by("-opprettet_tid", "-pk")[: SAMLET + 1]


def samlet(rader):
    """The newest by rule, or by kind where there is no rule; and whether there are more."""
    grupper = {}
    for b in rader[:SAMLET]:
        nokkel = b.regel_id or b.type
        grupper.setdefault(nokkel, {"regel": b.regel, "type": b.get_type_display(), "barrierer": []})
        grupper[nokkel]["barrierer"].append(b)
    return {
        "grupper": list(grupper.values()),
        "flere": len(rader) > SAMLET,
        "viser_eksempeldata": any(b.er_eksempel for b in rader[:SAMLET]),
    }


# ---- A project -----------------------------------------------------------------------------------------------------


def for_prosjektside(prosjekt, bruker):
    """What stands in its way. One query, and none for a project without."""
    rader = list(_paa(prosjekt)[: VISTE + 1]) if prosjekt.antall_barrierer else []
    return {
        "rader": rader[:VISTE],
        "flere": len(rader) > VISTE,
        "kan_melde": bruker.is_authenticated and tilgang.kan_melde_barriere(bruker, prosjekt),
    }


def _paa(prosjekt):
    return prosjekt.barrierer.gyldige().select_related("regel")


# ---- One barrier ---------------------------------------------------------------------------------------------------


def side(barriere, bruker):
    innlogget = bruker.is_authenticated
    kan_behandle = tilgang.kan_behandle_barriere(bruker, barriere)
    andre = Barriere.objects.none()
    if barriere.regel_id:
        andre = Barriere.objects.synlige_for(bruker).meldte().filter(regel=barriere.regel_id).exclude(pk=barriere.pk)
    return {
        "barriere": barriere,
        "prosjekt": barriere.prosjekt,
        "fakta": _fakta(barriere),
        "hendelser": hendelser([barriere], barriere.flytt.all()),
        "andre": list(andre.for_kort()[:VISTE]),
        "kan_endre": innlogget and tilgang.kan_endre_barriere(bruker, barriere),
        "kan_behandle": kan_behandle,
        "kan_moderere": tilgang.kan_moderere(bruker),
        "kan_se_historikk": innlogget and tilgang.kan_se_barrierehistorikk(bruker, barriere),
        "tilstand": tilstand_i_ord(barriere),
        "viser_eksempeldata": barriere.er_eksempel or barriere.prosjekt.er_eksempel,
    }


def _fakta(barriere):
    return [
        (_("Slags barriere"), barriere.get_type_display()),
        (_("Hvem kan fjerne den"), barriere.get_niva_display() if barriere.niva else ""),
        (
            _("Slik skrev de det"),
            barriere.hjemmel if barriere.regel and barriere.hjemmel != barriere.regel.navn else "",
        ),
    ]


def hendelser(barrierer, flytt, *, hvilken=False):
    """What has been said and done, the newest first. `hvilken`: several barriers share the line."""

    alle = [Hendelse(b.opprettet_tid, _("Meldt"), b.kort if hvilken else "", _hvem(b, hvilken)) for b in barrierer]
    alle += [Hendelse(f.tid, _svart(f, hvilken), f.tekst, _("KS")) for f in flytt]
    return sorted(alle, key=lambda h: h.tid, reverse=True)


def _hvem(barriere, hvilken):
    return barriere.prosjekt.tittel if hvilken else ""


def _svart(flytt, hvilken):
    return f"{flytt.get_til_display()}: {flytt.barriere.prosjekt.tittel}" if hvilken else flytt.get_til_display()


def tilstand_i_ord(barriere):
    """Why others do not see it, when they do not."""
    if barriere.tatt_ned_tid:
        return barriere.tatt_ned_i_ord
    if barriere.trukket_tid:
        return _("Dere har trukket denne. Bare dere ser den.")
    return ""


def endringer(barriere):
    kilde = historikk.Kilde(Barriere.historikk.filter(id=barriere.pk), utelat=BOKHOLDERI)
    return historikk.les([kilde], handlinger=HANDLINGSNAVN, system=("eksempeldata",))


# ---- One rule ------------------------------------------------------------------------------------------------------


def regelside(regel, barrierer, bruker):
    """`barrierer` are those under it that the reader may see. Four queries, whatever the number."""
    tall = barrierer.order_by().aggregate(antall=Count("pk"), prosjekter=Count("prosjekt", distinct=True))
    siste = list(barrierer.select_related("prosjekt").order_by("-opprettet_tid", "-pk")[:HENDELSER])
    flytt = Barriereflytt.objects.filter(barriere__in=barrierer.order_by().values("pk"))
    statuser = Counter(dict(barrierer.order_by().values_list("policylab_status").annotate(n=Count("pk"))))
    return {
        "regel": regel,
        "sammendrag": sammendrag(**tall),
        "statuser": [(s, s.label, statuser[s.value], s in GODE_NYHETER) for s in Policylabstatus if statuser[s.value]],
        "hendelser": hendelser(siste, flytt.select_related("barriere__prosjekt")[:HENDELSER], hvilken=True)[:HENDELSER],
        "kan_behandle": tilgang.kan_behandle_barrierer(bruker),
    }


# ---- KS' queue -----------------------------------------------------------------------------------------------------


def kodeler():
    """The parts of the queue: code, name, states, what it says when empty."""
    return (
        ("venter", _("Venter på svar"), VENTER, _("Ingen barrierer venter på svar.")),
        ("arbeid", _("Under arbeid"), UNDER_ARBEID, _("Ingen barrierer er under arbeid.")),
        ("ferdig", _("Avsluttet"), FERDIG, _("Ingen barrierer er avsluttet.")),
    )
