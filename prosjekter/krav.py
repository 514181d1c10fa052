"""What a project is asked, and what must be answered before it is sent in.

ONE ordered list of questions. Each says where it is asked, when it is worth asking (a project at the stage of an idea
is asked little), and when an answer is required. From it come the next best question, the progress of each section and
what is missing before sending in. After docs/ordliste.md, "What must be filled in".
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists
from django.utils.translation import gettext_lazy as _

from prosjekter.kodeverk import AVSLUTTENDE_UTFALL, Fase, Kodeliste, Partnerrolle, Utfall
from prosjekter.likhet import STERK
from prosjekter.models import RADFELT, Klassifisering, Likhet, Prosjekt, Prosjekttekst

FASEORDEN = list(Fase)
PAKKEFELT = (
    "kjerne",
    "lokalt",
    "vilkar_folk",
    "vilkar_penger",
    "vilkar_teknologi",
    "vilkar_jus",
    "vilkar_organisasjon",
    "lenker",
)
TEKSTFELT = ("utfordring", "losning", "resultat", "laering", "forutsetninger", "okonomi", "avvikling", *PAKKEFELT)
KODEFELT = tuple(str(liste.value) for liste in Kodeliste)
PROSJEKTFELT = (
    "tittel", "ingress", "malform", "hovedprosjekt", "fase", "utfall", "stoppgrunn", "opphav", "radikalitet",
    "start_dato", "slutt_dato", "kontaktrolle", "alene_fordi", "partnersok", "lisens", "synlighet",
    "emneord",
)  # fmt: skip


def les(prosjekt):
    """Everything that can be answered about a project, as one flat set of values. Four queries, and one a kind of rows."""
    tekst = Prosjekttekst.objects.filter(prosjekt=prosjekt).first() or Prosjekttekst()
    koder = {liste: [] for liste in KODEFELT}
    for liste, verdi in Klassifisering.objects.filter(prosjekt=prosjekt).values_list("liste", "verdi"):
        koder[liste].append(verdi)
    return {
        **les_kolonner(prosjekt),
        **{navn: getattr(tekst, navn) for navn in TEKSTFELT},
        **koder,
        **{navn: [rad.som_svar() for rad in _rader(prosjekt, navn)] for navn in RADFELT},
        "partnere": _har_selskap(prosjekt),
        "laeringskort": prosjekt.antall_laering > 0,
    }


def les_kolonner(prosjekt):
    """Those of the answers that are columns of the project itself. No queries."""
    return {navn: getattr(prosjekt, prosjekt._meta.get_field(navn).attname) for navn in PROSJEKTFELT}


def _har_selskap(prosjekt):
    """Somebody takes part, has done, or is asked: whoever waits for an answer is not alone by choice."""
    med = Exists(prosjekt.deltakelser.exclude(rolle=Partnerrolle.EIER))
    spurt = Exists(prosjekt.invitasjoner.apne())
    return Prosjekt.objects.filter(med | spurt, pk=prosjekt.pk).exists()


# Columns of the project that say whether there are rows at all.
HAR_RADER = {"gevinster": "belegg", "avviklinger": "antall_avviklinger"}


def _rader(prosjekt, navn):
    finnes = getattr(prosjekt, HAR_RADER[navn]) if navn in HAR_RADER else True
    return getattr(prosjekt, navn).all() if finnes else []


def alltid(svar):
    return True


def aldri(svar):
    return False


def fra_fase(fase):
    def gjelder(svar):
        return FASEORDEN.index(Fase(svar["fase"])) >= FASEORDEN.index(fase)

    return gjelder


def er_avsluttet(svar):
    return svar["utfall"] in AVSLUTTENDE_UTFALL


def ble_stoppet(svar):
    return svar["utfall"] == Utfall.STOPPET


def fra_fase_eller_avsluttet(fase):
    langt_nok = fra_fase(fase)
    return lambda svar: langt_nok(svar) or er_avsluttet(svar)


@dataclass(frozen=True)
class Sporsmal:
    """`nar`: worth asking. `kreves`: must be answered before sending in. `besvart`: unless that is to have a value."""

    felt: str
    seksjon: str
    sporsmal: str
    mangler: str  # what to do about it, as an order: «Skriv en ingress»
    hjelp: str = ""
    nar: Callable = alltid
    kreves: Callable = aldri
    besvart: Callable | None = None

    def er_besvart(self, svar):
        return self.besvart(svar) if self.besvart else bool(svar[self.felt])


SPORSMAL = (
    Sporsmal("tittel", "kort", _("Hva heter prosjektet?"), _("Skriv en tittel"), kreves=alltid),
    Sporsmal("utfordring", "kort", _("Hva er utfordringen?"), _("Skriv hva utfordringen er"), kreves=alltid),
    Sporsmal(
        "ingress", "kort", _("Hva handler det om, kort fortalt?"), _("Skriv en ingress"),
        _("To–tre setninger som en nabo ville forstått. De står i lister og søk."), kreves=alltid,
    ),
    Sporsmal(
        "tjenesteomrade", "kort", _("Hvilket tjenesteområde hører det til?"), _("Velg minst ett tjenesteområde"),
        _("Da finner andre kommuner det."), kreves=alltid,
    ),
    Sporsmal(
        "losning", "forsoket", _("Hva prøver dere?"), _("Skriv hva dere prøver"),
        _("Hva gjør dere annerledes enn før? Noen få setninger holder."),
    ),
    Sporsmal(
        "kontaktrolle", "kontakt", _("Hvem kan andre spørre?"), _("Skriv hvem andre kan kontakte"),
        _("En rolle, ikke et navn, for eksempel «prosjektleder i helse og mestring». Folk slutter, roller blir."),
        kreves=alltid,
    ),
    Sporsmal("malgruppe", "kort", _("Hvem er det for?"), _("Velg målgruppe")),
    Sporsmal(
        "start_dato", "forsoket", _("Når begynte dere?"), _("Skriv når dere begynte"), _("Omtrent er godt nok."),
        nar=fra_fase(Fase.INNSIKT),
    ),
    Sporsmal(
        "metode", "forsoket", _("Hvordan jobber dere?"), _("Velg metode"), nar=fra_fase(Fase.UTFORSKING),
    ),
    Sporsmal(
        "innovasjonstype", "forsoket", _("Hva slags nytt er det?"), _("Velg type innovasjon"),
        nar=fra_fase(Fase.PILOT), kreves=fra_fase(Fase.PILOT),
    ),
    Sporsmal(
        "opphav", "forsoket", _("Hvor kom ideen fra?"), _("Velg hvor ideen kom fra"),
        _("Å bygge på andres arbeid er like bra som å være først."),
        nar=fra_fase(Fase.PILOT), kreves=fra_fase(Fase.PILOT),
    ),
    Sporsmal(
        "radikalitet", "forsoket", _("Hvor mye bryter det med slik dere gjør det i dag?"), _("Velg hvor nytt det er"),
        nar=fra_fase(Fase.PILOT),
    ),
    Sporsmal(
        "alene_fordi", "hvem", _("Hvem er med, eller hvorfor er dere alene?"),
        _("Legg til en som er med, eller skriv hvorfor dere er alene"),
        nar=fra_fase(Fase.PILOT), kreves=fra_fase(Fase.PILOT),
        besvart=lambda svar: svar["partnere"] or bool(svar["alene_fordi"]),
    ),
    Sporsmal(
        "resultat", "skjedde", _("Hva skjedde?"), _("Skriv hva som skjedde"),
        nar=fra_fase_eller_avsluttet(Fase.PILOT),
    ),
    Sporsmal(
        "laering", "skjedde", _("Hva lærte dere?"), _("Skriv minst én ting dere lærte"),
        _("Én ting andre bør vite, holder. Det som ikke virket, er like nyttig."),
        nar=fra_fase_eller_avsluttet(Fase.EKSPERIMENT), kreves=er_avsluttet,
        besvart=lambda svar: bool(svar["laering"] or svar.get("laeringskort")),
    ),
    Sporsmal(
        "stoppgrunn", "skjedde", _("Hvorfor stoppet det?"), _("Velg hvorfor det stoppet"),
        _("Da slipper andre å gå den samme veien uten å vite det."), nar=ble_stoppet, kreves=ble_stoppet,
    ),
    Sporsmal(
        "forutsetninger", "skjedde", _("Hva må være på plass for å gjøre det samme et annet sted?"),
        _("Skriv hva som må til hos andre"), nar=fra_fase(Fase.DRIFT), kreves=fra_fase(Fase.DRIFT),
    ),
    Sporsmal(
        "avviklinger", "skjedde", _("Hva slutter dere med?"), _("Skriv hva dere slutter med, eller «ingenting ennå»"),
        _("Det nye frigjør sjelden noe før noe gammelt tar slutt. Ta med tid og penger når dere vet det."),
        nar=fra_fase(Fase.DRIFT), kreves=fra_fase(Fase.DRIFT),
        besvart=lambda svar: bool(svar["avviklinger"] or svar["avvikling"]),
    ),
    Sporsmal(
        "avvikling", "skjedde", _("Er det mer å si om det dere slutter med?"), _("Skriv mer om det dere slutter med"),
        _("Skriv «ingenting ennå» hvis det er slik."), nar=fra_fase(Fase.DRIFT),
        besvart=lambda svar: bool(svar["avviklinger"] or svar["avvikling"]),
    ),
    Sporsmal(
        "gevinster", "nytte", _("Hvilken gevinst gir det?"), _("Skriv minst én gevinst, og hvordan dere vet det"),
        _("Skriv også når det ble mindre enn ventet, eller ingenting. «Antatt» er et ærlig svar."),
        nar=fra_fase_eller_avsluttet(Fase.PILOT), kreves=fra_fase(Fase.DRIFT),
    ),
    Sporsmal(
        "faktorer", "nytte", _("Hva hjalp, og hva sto i veien?"), _("Velg hva som hjalp eller sto i veien"),
        _("Andre som skal gjøre det samme, møter gjerne det samme. 1 er nesten ikke, 6 er svært mye."), nar=fra_fase_eller_avsluttet(Fase.PILOT),
    ),
    Sporsmal(
        "okonomi", "skjedde", _("Hva kostet det av penger og tid?"), _("Skriv omtrent hva det kostet"),
        _("Omtrent er godt nok."), nar=fra_fase(Fase.PILOT),
    ),
    Sporsmal(
        "finansiering", "kontakt", _("Hvem betaler?"), _("Velg hvem som betaler"), nar=fra_fase(Fase.EKSPERIMENT),
    ),
    Sporsmal(
        "kjerne", "deling", _("Hva må følge med uendret?"), _("Skriv hva som må følge med uendret"),
        _("Det som gjør at ideen virker. Endres det, er det noe annet."), nar=fra_fase(Fase.PILOT),
    ),
    Sporsmal(
        "lokalt", "deling", _("Hva bør hver kommune gjøre på sin måte?"), _("Skriv hva som bør være lokalt"),
        nar=fra_fase(Fase.PILOT),
    ),
    Sporsmal(
        "vilkar_folk", "deling", _("Hvilke folk og hvilken kompetanse krever det?"), _("Skriv hvilke folk det krever"),
        nar=fra_fase(Fase.DRIFT),
    ),
    Sporsmal(
        "vilkar_penger", "deling", _("Hva må de ha av penger?"), _("Skriv hva det krever av penger"),
        _("Å komme i gang, og hvert år etterpå."), nar=fra_fase(Fase.DRIFT),
    ),
    Sporsmal(
        "vilkar_teknologi", "deling", _("Hvilken teknologi trengs?"), _("Skriv hvilken teknologi som trengs"),
        nar=fra_fase(Fase.DRIFT),
    ),
    Sporsmal(
        "vilkar_jus", "deling", _("Hva må være avklart i lov og personvern?"), _("Skriv hva som må være avklart"),
        nar=fra_fase(Fase.DRIFT),
    ),
    Sporsmal(
        "vilkar_organisasjon", "deling", _("Hva må ledelsen og organisasjonen gjøre?"),
        _("Skriv hva organisasjonen må gjøre"), nar=fra_fase(Fase.DRIFT),
    ),
    Sporsmal(
        "lenker", "deling", _("Dokumenter og lenker, i egne ord"), _("Legg inn lenker andre kan bruke"),
        _("Legg dem heller inn som vedlegg og lenker, hver for seg. Når feltet er tomt, spør vi ikke mer."),
        nar=lambda svar: bool(svar["lenker"]),
    ),
)  # fmt: skip

SEKSJONER = {
    "kort": _("Kort fortalt"),
    "forsoket": _("Det vi prøver"),
    "hvem": _("Hvem er med"),
    "skjedde": _("Det som skjedde"),
    "nytte": _("Nytte og hindringer"),
    "deling": _("Så andre kan bruke det"),
    "kontakt": _("Kontakt og språk"),
}

# What can never be emptied once the project is public.
MINSTEKRAV = tuple(s.felt for s in SPORSMAL if s.kreves is alltid)


def aktuelle(svar, seksjon=None):
    """The questions worth asking this project now, in order."""
    return [s for s in SPORSMAL if seksjon in (None, s.seksjon) and (s.nar(svar) or s.kreves(svar))]


def ubesvarte(svar, seksjon=None):
    return [s for s in aktuelle(svar, seksjon) if not s.er_besvart(svar)]


def mangler(svar):
    """What stands between this project and sending it in."""
    return [s for s in ubesvarte(svar) if s.kreves(svar)]


def neste_beste(svar, seksjon=None):
    """One question, the most useful to answer now: what is required first, then the rest in order."""
    uten_svar = ubesvarte(svar, seksjon)
    return next((s for s in uten_svar if s.kreves(svar)), uten_svar[0] if uten_svar else None)


def fremdrift(svar, seksjon):
    """How many of the section's questions are answered, and of how many."""
    sporsmal = aktuelle(svar, seksjon)
    return sum(s.er_besvart(svar) for s in sporsmal), len(sporsmal)


# ---- Requirements of the transitions (overganger) ------------------------------------------------------------------


def ingenting(prosjekt):
    return []


def klart_til_innsending(prosjekt):
    return [*klart_til_publisering(prosjekt), *([SAMSPILL] if samspill_gjenstaar(prosjekt).exists() else [])]


def klart_til_publisering(prosjekt):
    """For KS, who does not answer for the owner."""
    return mangler(les(prosjekt))


# Not one of the questions of a section: it has a page of its own, and most projects are never asked.
SAMSPILL = Sporsmal(
    "samspill",
    "samspill",
    _("Hvordan henger det sammen med dem som ligner mest?"),
    _("Si hvordan det henger sammen med dem som ligner mest"),
    kreves=alltid,
)


def samspill_gjenstaar(prosjekt):
    """Open projects so alike that the owner is asked how they relate: once, before it is sent in the first time.

    Only what anyone may see counts, so the answer is the same whoever sends it in.
    """
    if prosjekt.samspill_tid or prosjekt.publisert_tid:
        return Likhet.objects.none()
    besvart = prosjekt.komplementariteter.filter(til_prosjekt__isnull=False).values("til_prosjekt")
    sterke = Likhet.objects.filter(prosjekt=prosjekt, poeng__gte=STERK, annet__in=Prosjekt.objects.apne().order_by())
    return sterke.exclude(annet__in=besvart).order_by("-poeng", "pk")
