"""What the page of one project shows, in reading order. Used by the public page and by the preview before publishing."""

from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Prefetch
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kommuner.kodeverk import Sektor
from missions.models import Mission, Utfordring
from partnerskap.felles.ferdig_sql import ferdig_sql, gi_rader, samme_tur
from prosjekter import tilgang
from prosjekter.deling import LISENSADRESSER
from prosjekter.kodeverk import KODELISTER, Kodeliste, Partnerrolle, Retning, Status, Synlighet, ordene
from prosjekter.lignende import finn_naboer, om_de_som_ikke_virket, side_om_side, velg_lignende
from prosjekter.models import (
    Deltakelse,
    Faktor,
    Gevinst,
    Klassifisering,
    Missiontilknytning,
    Prosjekt,
    Utfordringssvar,
)
from prosjekter.models.gevinst import tall_i_ord
from prosjekter.sidedata import barriere as barrieredata
from prosjekter.sidedata import eksperiment as eksperimentdata
from prosjekter.sidedata import fil as fildata
from prosjekter.sidedata import gjenbruk as gjenbruksdata
from prosjekter.sidedata import laering as laeringsdata
from prosjekter.sidedata import samspill as samspilldata
from prosjekter.stedstall import deltakerkart
from prosjekter.tema import tema_for

HOVEDDELER = ("utfordring", "losning", "resultat", "laering")
HOS_ANDRE = ("forutsetninger", "okonomi", "avvikling")
VISTE_BEHOV = 5
ROLLEORDEN = {rolle: nummer for nummer, rolle in enumerate(Partnerrolle.values)}
SEKTORORDEN = {sektor: nummer for nummer, sektor in enumerate(Sektor.values)}


class Del(NamedTuple):
    """A text of the project with its heading. `id` is the anchor."""

    id: str
    navn: str
    tekst: str


class Partnergruppe(NamedTuple):
    sektor: str
    deltakelser: list


class Siderader(NamedTuple):
    """What the page shows that is not the project's own."""

    missions: list
    gevinster: list
    laeringskort: list
    gjenbruk: list
    naboer: list


def for_side(prosjekter):
    """With what is joined to each: enough for prosjektside(), which asks for the rest."""
    svarer = Utfordringssvar.objects.filter(prosjekt=OuterRef("pk")).order_by()
    rader = prosjekter.annotate(svarer_pa_noe=Exists(svarer))
    return rader.select_related("eier__kommune__fylke", "eier__fylke", "hovedprosjekt", "tekst")


def for_flere(prosjekter):
    """As for_side, with the parts of each too; the number of queries does not depend on how many they are."""
    return for_side(prosjekter).prefetch_related(
        "klassifiseringer",
        "faktorer",
        Prefetch("deltakelser", Deltakelse.objects.select_related("organisasjon__kommune")),
    )


def hent(slug, bruker):
    """As for_side, the one with this address, or None when there is none the reader may see."""
    return next(iter(_med_slug(slug, bruker=bruker)), None)


@ferdig_sql
def _med_slug(slug, *, bruker):
    return for_side(Prosjekt.objects.synlige_for(bruker)).filter(slug=slug)


DELER = {
    "klassifiseringer": ferdig_sql(lambda prosjekt: Klassifisering.objects.filter(prosjekt=prosjekt)),
    "faktorer": ferdig_sql(lambda prosjekt: Faktor.objects.filter(prosjekt=prosjekt)),
    "deltakelser": ferdig_sql(
        lambda prosjekt: Deltakelse.objects.filter(prosjekt=prosjekt).select_related("organisasjon__kommune")
    ),
}


def hent_rader(prosjekt, bruker, *, med_naboer=False):
    """All other rows the page shows, in one round trip. The project gets its own."""
    pk = prosjekt.pk
    with samme_tur():
        deler = {navn: sporsmaal(pk) for navn, sporsmaal in DELER.items()}
        rader = Siderader(
            missions=godtatte_missions(pk, bruker=bruker),
            gevinster=_gevinster(pk) if prosjekt.belegg else [],
            laeringskort=laeringsdata.nyeste(pk, bruker=bruker) if prosjekt.antall_laering else [],
            gjenbruk=gjenbruksdata.forste(pk),
            naboer=finn_naboer(pk, bruker=bruker) if med_naboer else [],
        )
    for navn, svar in deler.items():
        gi_rader(prosjekt, navn, svar)
    return rader


def prosjektside(prosjekt, bruker, rader=None):
    """The context of templates/prosjekter/_prosjekt.html. `prosjekt` comes from for_side().

    `rader`: what hent_rader() gave, for a page that shows more of it.
    """
    rader = rader or hent_rader(prosjekt, bruker)
    hoveddeler = tekstdeler(prosjekt, HOVEDDELER)
    hos_andre = tekstdeler(prosjekt, HOS_ANDRE)
    partnere = partnergrupper(prosjekt)
    avvikling = avvikling_med_sum(prosjekt) if prosjekt.antall_avviklinger else None
    faktorer = faktorgrupper(prosjekt)
    laeringskort = laeringsdata.for_prosjektside(prosjekt, bruker, rader.laeringskort)
    barrierer = barrieredata.for_prosjektside(prosjekt, bruker)
    filer = fildata.for_prosjektside(prosjekt)
    eksperimenter = eksperimentdata.for_prosjektside(prosjekt)
    return {
        "prosjekt": prosjekt,
        "missions": rader.missions,
        "behov": behov_den_svarer_pa(prosjekt, bruker),
        "hoveddeler": hoveddeler,
        "hos_andre": hos_andre,
        "partnere": partnere,
        "deltakerkart": deltakerkart(prosjekt),
        "gjenbruk": gjenbruksdata.for_prosjektside(prosjekt, bruker, rader.gjenbruk),
        "laeringskort": laeringskort,
        "eksperimenter": eksperimenter,
        "gevinster": rader.gevinster,
        "avvikling": avvikling,
        "faktorer": faktorer,
        "filer": filer,
        "barrierer": barrierer,
        "innhold": innholdsliste(
            hoveddeler,
            eksperimenter["rader"],
            laeringskort["rader"],
            barrierer["rader"],
            hos_andre,
            partnere,
            rader.gevinster or avvikling,
            faktorer,
            filer,
        ),
        "fakta": fakta(prosjekt),
        "lisensadresse": LISENSADRESSER.get(prosjekt.lisens),
        "viser_eksempeldata": prosjekt.er_eksempel or any(m.er_eksempel for m in rader.missions),
    }


def med_samspill(prosjekt, bruker, innhold):
    """How it relates to what others do, as both sides say it."""
    linjer = samspilldata.for_prosjektside(prosjekt, bruker)
    if linjer:
        innhold.append({"id": "samspill", "navn": _("Slik henger det sammen med andre")})
    return {"samspill": linjer}


def med_lignende(prosjekt, bruker, rader, innhold):
    """Similar projects, below all the rest; the list of contents gets a line for them."""
    naboer = velg_lignende(rader.naboer, bruker)
    if naboer:
        innhold.append({"id": "lignende", "navn": _("Lignende prosjekter")})
    return {
        "lignende": naboer,
        "ikke_virket": om_de_som_ikke_virket(naboer),
        "side_om_side": side_om_side(prosjekt, naboer) if naboer else "",
    }


def svar_om_tilgang(prosjekt, bruker):
    """What this person may do with the project. The template gets answers; it never asks."""
    deltar = bruker.is_authenticated and tilgang.deltar(bruker, prosjekt)
    kan_se_historikk = bruker.is_authenticated and tilgang.kan_se_historikk(bruker, prosjekt)
    kan_redigere = deltar and tilgang.kan_redigere(bruker, prosjekt)
    er_hjelper = tilgang.er_hjelper(bruker, prosjekt)
    return {
        "er_apent": prosjekt.er_apent,
        "kan_redigere": kan_redigere,
        "kan_skrive": kan_redigere or (er_hjelper and tilgang.kan_skrive(bruker, prosjekt)),
        "kan_logge": kan_redigere or (deltar and tilgang.kan_logge_eksperiment(bruker, prosjekt)),
        "kan_se_historikk": kan_se_historikk,
        "kan_se_deltakelse": deltar or er_hjelper,
        "kan_ta_ned": prosjekt.status == Status.PUBLISERT and tilgang.kan_moderere(bruker),
        "hvem_ser": hvem_ser(prosjekt) if kan_se_historikk or not prosjekt.er_apent else "",
    }


def hvem_ser(prosjekt):
    """Who sees the page, in a sentence. The rule itself is ProsjektQuerySet.synlige_for."""
    if prosjekt.status == Status.KLADD:
        return _("Bare de som deltar i prosjektet, ser denne siden.")
    if prosjekt.status != Status.PUBLISERT:
        return _("Bare de som deltar i prosjektet, og KS ser denne siden.")
    return {
        Synlighet.APEN: _("Alle kan se denne siden."),
        Synlighet.SEKTOR: _("Bare innloggede i kommunesektoren ser denne siden."),
        Synlighet.PROSJEKT: _("Bare de som deltar i prosjektet, og KS ser denne siden."),
    }[prosjekt.synlighet]


@ferdig_sql
def _gevinster(prosjekt):
    return Gevinst.objects.filter(prosjekt=prosjekt)


@ferdig_sql
def godtatte_missions(prosjekt, *, bruker):
    """Only what the mission's curator has said yes to, and only missions the reader may see."""
    godtatte = Missiontilknytning.objects.filter(prosjekt=prosjekt, svar=Missiontilknytning.Svar.GODTATT)
    missions = Mission.objects.synlige_for(bruker).filter(pk__in=godtatte.values("mission"))
    return missions.only("tittel", "slug", "er_eksempel")


def behov_den_svarer_pa(prosjekt, bruker):
    """The shared needs it tries to solve, or what they have become part of. One query, and none when there are none."""
    if not prosjekt.svarer_pa_noe:
        return []
    gjelder = prosjekt.utfordringssvar.order_by().values_list(Coalesce("utfordring__slatt_sammen_med", "utfordring"))
    synlige = Utfordring.objects.synlige_for(bruker).filter(pk__in=gjelder, slatt_sammen_med=None)
    return list(synlige.only("tittel", "slug").order_by("tittel", "pk")[:VISTE_BEHOV])


def tekstdeler(prosjekt, felter):
    """Those of the long texts that have been written."""
    tekst = getattr(prosjekt, "tekst", None)
    if tekst is None:
        return []
    return [
        Del(felt, capfirst(tekst._meta.get_field(felt).verbose_name), verdi)
        for felt in felter
        if (verdi := getattr(tekst, felt).strip())
    ]


def partnergrupper(prosjekt):
    """Everyone who takes part or has done, by sector; owners first within each."""
    deltakelser = sorted(
        prosjekt.deltakelser.all(),
        key=lambda d: (
            SEKTORORDEN.get(d.sektor, len(SEKTORORDEN)),
            ROLLEORDEN.get(d.rolle, len(ROLLEORDEN)),
            d.organisasjon.sorteringsnokkel,
        ),
    )
    navn = dict(Sektor.choices)
    return [
        Partnergruppe(navn.get(sektor, sektor), list(gruppe))
        for sektor, gruppe in groupby(deltakelser, key=lambda d: d.sektor)
    ]


def avvikling_med_sum(prosjekt):
    """The rows of what is stopped, and the sums with how many rows they are of: a sum must be possible to check."""
    rader = list(prosjekt.avviklinger.all())
    return {
        "rader": rader,
        "vis_sum": len(rader) > 1,
        "tid": tall_i_ord(prosjekt.frigjort_tid),
        "belop": tall_i_ord(prosjekt.frigjort_belop),
        "ukjent": sum(1 for rad in rader if not rad.tid_i_ord and not rad.belop_i_ord) if len(rader) > 1 else 0,
    }


def faktorgrupper(prosjekt):
    """What helped, what stood in the way, what did both: pairs of heading and factors, the strongest first."""
    alle = list(prosjekt.faktorer.all())
    return [(retning.label, rader) for retning in Retning if (rader := [f for f in alle if f.retning == retning])]


def innholdsliste(hoveddeler, eksperimenter, laeringskort, barrierer, hos_andre, partnere, gevinster, faktorer, filer):
    """The sections the page has, for the list of contents."""
    deler = [
        (eksperimenter, "eksperimenter", _("Eksperimenter")),
        (laeringskort, "laeringskort", _("Læringskort")),
        (filer.bilder, "bilder", _("Bilder")),
        (gevinster, "gevinst", _("Gevinst")),
        (faktorer, "faktorer", _("Det som hjalp, og det som hindret")),
        (barrierer, "barrierer", _("Det som står i veien")),
        (hos_andre, "hos-andre", _("Hvis dere vil gjøre det samme")),
        (filer.dokumenter, "dokumenter", _("Dokumenter og lenker")),
        (True, "brukt-av", _("Brukt av")),
        (partnere, "partnere", _("Hvem er med")),
        (True, "om", _("Om prosjektet")),
    ]
    return [
        *({"id": d.id, "navn": d.navn} for d in hoveddeler),
        *({"id": id_, "navn": navn} for finnes, id_, navn in deler if finnes),
    ]


def fakta(prosjekt):
    """Pairs of name and value for the side column. Empty ones are left out by the component."""
    i_dag = timezone.localdate()
    return [
        (_("Sted"), sted(prosjekt.eier)),
        (_("Starter") if (prosjekt.start_dato or i_dag) > i_dag else _("Startet"), maaned(prosjekt.start_dato)),
        (_("Skal være ferdig") if (prosjekt.slutt_dato or i_dag) > i_dag else _("Ferdig"), maaned(prosjekt.slutt_dato)),
        (_("Hvorfor det stoppet"), prosjekt.get_stoppgrunn_display()),
        (_("Tjenesteområde"), koder(prosjekt, Kodeliste.TJENESTEOMRADE)),
        (_("Målgruppe"), koder(prosjekt, Kodeliste.MALGRUPPE)),
        (_("Emneord"), prosjekt.emneord.replace("; ", ", ")),
        (_("Type innovasjon"), koder(prosjekt, Kodeliste.INNOVASJONSTYPE)),
        (_("Metode"), koder(prosjekt, Kodeliste.METODE)),
        (_("Hvor nytt er det?"), prosjekt.get_radikalitet_display()),
        (_("Opphav"), prosjekt.get_opphav_display()),
        (_("Finansiering"), koder(prosjekt, Kodeliste.FINANSIERING)),
    ]


def maaned(dato):
    return capfirst(date_format(dato, "F Y")) if dato else ""


def koder(prosjekt, liste):
    """The words of a code list in a row, as in running text, those that are topics as links to them.

    Those who pay have names, which keep their capitals.
    """
    valgte = frozenset(k.verdi for k in prosjekt.klassifiseringer.all() if k.liste == liste)
    return _paa_rad(liste, valgte, get_language()) if valgte else ""


@lru_cache(maxsize=5_000)
def _paa_rad(liste, valgte, _sprak):
    ledd = []
    for verdi, navn in ordene(KODELISTER[liste]).items():
        if verdi not in valgte:
            continue
        if ledd and liste != Kodeliste.FINANSIERING:
            navn = navn[0].lower() + navn[1:]
        tema = tema_for(liste, verdi)
        ledd.append(format_html('<a href="{}">{}</a>', tema.get_absolute_url(), navn) if tema else navn)
    return format_html_join(", ", "{}", ((ord_,) for ord_ in ledd))


def sted(organisasjon):
    """Where it happens, and how large the place is: readers ask whether it is like their own."""
    kommune = organisasjon.kommune
    if kommune is None:
        return str(organisasjon.fylke or "")
    navn = f"{kommune.navn}, {kommune.fylke.navn}" if kommune.navn != kommune.fylke.navn else kommune.navn
    if not kommune.folketall:
        return navn
    return _("%(navn)s (%(antall)s innbyggere)") % {
        "navn": navn,
        "antall": number_format(kommune.folketall, force_grouping=True),
    }
