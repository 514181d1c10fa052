"""What of a project can be searched, and how the index is kept true."""

from collections import defaultdict

from django.db.models import Exists, OuterRef, Q, prefetch_related_objects

from partnerskap.felles import innhold
from partnerskap.felles.ferdig_sql import ferdig_sql, gi_rader, samme_tur
from prosjekter.fasettindeks import SLAG
from prosjekter.kodeverk import KODELISTER
from prosjekter.krav import TEKSTFELT
from prosjekter.models import (
    Deltakelse,
    Eksperiment,
    Eksperimentsok,
    Gevinst,
    Klassifisering,
    Laering,
    Laeringssok,
    Prosjekt,
    Prosjektord,
    Prosjektretning,
    Prosjektsok,
    Prosjekttekst,
)
from prosjekter.models.eksperiment import TILSTAND
from sok import betydning, ordstart
from sok.analyse import VERSJON
from sok.indeks import indekser
from sok.utdrag import Treff, utdrag

LENGSTE_INGRESS = Prosjekt._meta.get_field("ingress").max_length
FILENE = ("bilder", "vedlegg", "lenker")
TELTE = ("avviklinger", *FILENE)  # of each the project knows how many it has, and most have none


def oppdater(ider, fortell=True):
    """Rewrite the index rows of these projects, and tell that they have changed. Part of every deed that changes one.

    A draft that has never been shown to anyone changes nothing for others. Whoever writes thousands says
    `fortell=False`, and calls innhold.endret() once.
    """
    rader = _med_deler(ider)
    finnes = [felt for felt in TELTE if any(_antall(p, felt) for p in rader)]
    prefetch_related_objects(rader, *finnes)
    forsok = eksperimenttekst(rader)
    indekser(
        Prosjektsok,
        [(p.pk, p.tittel, f"{p.ingress} {p.eier.navn} {p.emneord}", _tekst(p), _laering(p, forsok)) for p in rader],
    )
    _skriv_ordstarter(ider, rader)
    _skriv_retninger(rader)
    if fortell:
        tell(*rader)


@ferdig_sql
def _prosjekter(ider):
    return Prosjekt.objects.filter(pk__blant=ider).select_related("eier", "tekst")


DELER_AV_PROSJEKTET = {
    "klassifiseringer": ferdig_sql(lambda ider: Klassifisering.objects.filter(prosjekt__blant=ider)),
    "deltakelser": ferdig_sql(
        lambda ider: Deltakelse.objects.filter(prosjekt__blant=ider).select_related("organisasjon")
    ),
    "gevinster": ferdig_sql(lambda ider: Gevinst.objects.filter(prosjekt__blant=ider)),
}


def _med_deler(ider):
    """In one round trip: it is asked each time somebody writes."""
    with samme_tur():
        prosjekter = _prosjekter(ider)
        deler = {navn: sporsmaal(ider) for navn, sporsmaal in DELER_AV_PROSJEKTET.items()}
    for navn, alle in deler.items():
        per_prosjekt = defaultdict(list)
        for rad in alle:
            per_prosjekt[rad.prosjekt_id].append(rad)
        for prosjekt in prosjekter:
            gi_rader(prosjekt, navn, per_prosjekt[prosjekt.pk])
    return prosjekter


def tell(*prosjekter):
    """Tell that these have changed in what is counted or shown, and not in what they are found by."""
    innhold.endret(SLAG, [p.pk for p in prosjekter if p.publisert_tid])


# What a row is found by: its title, its kind, and its text.
DELER = {
    Laering: (Laeringssok, lambda k: (k.tekst, k.get_type_display(), f"{k.sammenheng}\n{k.rad_til_andre}")),
    Eksperiment: (
        Eksperimentsok,
        lambda e: (
            e.hypotese,
            str(TILSTAND[e.beslutning]),
            f"{e.endring}\n{e.forventning}\n{e.observasjon}\n{e.begrunnelse}",
        ),
    ),
}


def oppdater_deler(rader):
    """Rewrite the index rows of these lessons or experiments. Each is found by its project too, after what it says."""
    sokerad, tekster = DELER[rader.model]
    rader = rader.select_related("prosjekt__eier")
    indekser(sokerad, [(r.pk, *tekster(r), f"{r.prosjekt} {r.prosjekt.eier}") for r in rader])


def _skriv_ordstarter(ider, rader):
    """Only what anyone may see is suggested; what no longer is, stops in the same moment."""
    Prosjektord.objects.filter(prosjekt__in=ider).delete()
    Prosjektord.objects.bulk_create(
        Prosjektord(prosjekt_id=p.pk, nokkel=nokkel)
        for p in rader
        if p.er_apent
        for nokkel in ordstart.nokler(p.tittel, f"{p.eier.navn} {p.emneord}")
    )


def _skriv_retninger(prosjekter):
    """Of what the project says it is, and not of its long texts, which are about much else: of those only a short beginning,
    when the ingress is short.
    """
    Prosjektretning.objects.bulk_create(
        (Prosjektretning(prosjekt_id=p.pk, retning=_retning(p)) for p in prosjekter),
        update_conflicts=True,
        unique_fields=["prosjekt"],
        update_fields=["retning"],
    )


def _retning(prosjekt):
    utfordring = prosjekt.tekst.utfordring if hasattr(prosjekt, "tekst") else ""
    hva = f"{prosjekt.ingress} {utfordring}"[:LENGSTE_INGRESS]
    return betydning.retning((prosjekt.tittel, betydning.TITTEL_TELLER), (hva, 1), (prosjekt.emneord, 1))


def foreldede():
    """Projects whose row is missing or made by an older analysis, or that should have been suggested and are not."""
    av_naa = Prosjektsok.objects.filter(analyseversjon=VERSJON).values("pk")
    uten_ord = Q(pk__in=Prosjekt.objects.apne().values("pk")) & ~Exists(
        Prosjektord.objects.filter(prosjekt=OuterRef("pk"))
    )
    return Prosjekt.objects.filter(~Q(pk__in=av_naa) | uten_ord)


def sett_utdrag(prosjekter, stammer):
    """Give each project an `utdrag` of the text where the hit is, when its title and ingress do not show it."""
    treff = Treff(stammer)
    skjult = [p for p in prosjekter if not treff.i(f"{p.tittel} {p.ingress}")]
    tekster = {t.pk: t for t in _tekster([p.pk for p in skjult])} if skjult else {}
    forsok = eksperimenttekst(skjult)
    for prosjekt in skjult:
        if tekst := tekster.get(prosjekt.pk):
            alt = [*(getattr(tekst, felt) for felt in TEKSTFELT), *forsok[prosjekt.pk]]
            prosjekt.utdrag = utdrag(" ".join(alt), treff)


@ferdig_sql
def _tekster(prosjekter):
    return Prosjekttekst.objects.filter(pk__blant=prosjekter)


def _tekst(prosjekt):
    felt = (f for f in TEKSTFELT if f != "laering")
    tekster = [getattr(prosjekt.tekst, f) for f in felt] if hasattr(prosjekt, "tekst") else []
    koder = [str(navn) for liste in KODELISTER for navn in prosjekt.koder(liste)]
    navn = [d.organisasjon.navn for d in prosjekt.deltakelser.all()]
    gevinster = [gevinst.ord for gevinst in prosjekt.gevinster.all()]
    avviklinger = [f"{a.hva} {a.merknad}" for a in _telte(prosjekt, "avviklinger")]
    filer = [str(rad) for felt in FILENE for rad in _telte(prosjekt, felt) if rad.tatt_ned_tid is None]
    return "\n".join([*tekster, prosjekt.partnersok, *gevinster, *avviklinger, *filer, *koder, *navn])


def _antall(prosjekt, felt):
    return getattr(prosjekt, f"antall_{felt}")


def _telte(prosjekt, felt):
    return getattr(prosjekt, felt).all() if _antall(prosjekt, felt) else ()


def _laering(prosjekt, forsok):
    """Weighs least: what one learned is often about other things than what one tried."""
    laering = prosjekt.tekst.laering if hasattr(prosjekt, "tekst") else ""
    return "\n".join([laering, *forsok[prosjekt.pk]])


def eksperimenttekst(prosjekter):
    """{pk: what the project's experiments say}, of those others can see. No query when none of them has any."""
    tekster = defaultdict(list)
    if ider := [p.pk for p in prosjekter if p.antall_eksperimenter]:
        for eksperiment in _eksperimenter(ider):
            tekster[eksperiment.prosjekt_id].append(eksperiment.ord)
    return tekster


@ferdig_sql
def _eksperimenter(prosjekter):
    return Eksperiment.objects.gjeldende().filter(prosjekt__blant=prosjekter).order_by("pk")
