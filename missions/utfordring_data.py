"""Who carries a need: how many, where, what share of the people, and how it grew."""

from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.db.models import Max, Sum
from django.utils import timezone

from kommuner.kodeverk import Sektor
from kommuner.models import Kommune

FOLKETALL_I_MINNET = 3600
BREDDE, HOYDE, LUFT = 600, 180, 8  # of the drawing of growth, in its own units


@dataclass(frozen=True)
class Utbredelse:
    """What the signatures add up to."""

    kommuner: int
    fylkeskommuner: int
    fylker: int
    prosent: float | None  # of the people, in the municipalities whose population is known
    aar: int | None  # of the population figures
    uten_folketall: int
    prikker: list


def med_organisasjon(underskrifter):
    return underskrifter.select_related("organisasjon__kommune__fylke", "organisasjon__fylke")


def utbredelse(underskrifter):
    """`underskrifter` come from med_organisasjon(). One query more, and that only now and then."""
    organisasjoner = [u.organisasjon for u in underskrifter]
    kommuner = [o for o in organisasjoner if o.sektor == Sektor.KOMMUNE]
    fylker = {_fylke(o) for o in organisasjoner} - {None}
    folk = [o.kommune.folketall for o in kommuner if o.kommune and o.kommune.folketall]
    alle, dato = _folketall()
    return Utbredelse(
        kommuner=len(kommuner),
        fylkeskommuner=len(organisasjoner) - len(kommuner),
        fylker=len(fylker),
        prosent=100 * sum(folk) / alle if folk and alle else None,
        aar=dato.year if dato else None,
        uten_folketall=len(kommuner) - len(folk),
        prikker=[(sted, "pagar") for o in organisasjoner if (sted := _sted(o))],
    )


def _fylke(organisasjon):
    return organisasjon.kommune.fylke_id if organisasjon.kommune_id else organisasjon.fylke_id


def _sted(organisasjon):
    if organisasjon.kommune_id:
        return organisasjon.kommune.nummer
    return (organisasjon.kart_x, organisasjon.kart_y) if organisasjon.kart_x is not None else None


def _folketall():
    """Everybody in the register, and the day they were counted."""
    svar = cache.get("utfordringer-folketall")
    if svar is None:
        tall = Kommune.objects.gjeldende().aggregate(alle=Sum("folketall"), dato=Max("folketall_dato"))
        svar = tall["alle"] or 0, tall["dato"]
        cache.set("utfordringer-folketall", svar, FOLKETALL_I_MINNET)
    return svar


@dataclass(frozen=True)
class Vekst:
    """How many carried it, day by day as a drawing and month by month as a table."""

    rader: list  # pairs of date and number
    linje: str
    flate: str
    utsnitt: str
    hoyest: int


def vekst(underskrifter, i_dag=None):
    """None before there is anything to draw. Those who have withdrawn count for as long as they stood."""
    i_dag = i_dag or timezone.localdate()
    inn = [timezone.localdate(u.tid) for u in underskrifter]
    ut = [timezone.localdate(u.trukket_tid) for u in underskrifter if u.trukket_tid]
    if len(inn) < 2 or min(inn) == i_dag:
        return None

    def antall(dag):
        return sum(d <= dag for d in inn) - sum(d <= dag for d in ut)

    start, lengde = min(inn), max((i_dag - min(inn)).days, 1)
    hendelser = sorted({*inn, *ut})
    hoyest = max(antall(dag) for dag in hendelser)
    punkter, forrige = [], None
    for dag in dict.fromkeys([*hendelser, i_dag]):
        x = LUFT + (BREDDE - 2 * LUFT) * (dag - start).days / lengde
        y = HOYDE - LUFT - (HOYDE - 2 * LUFT) * antall(dag) / hoyest
        punkter += [f"{x:.0f} {forrige:.0f}"] if forrige is not None else []
        punkter.append(f"{x:.0f} {y:.0f}")
        forrige = y
    rader = [(dag, antall(dag)) for dag in dict.fromkeys([start, *_manedsslutt(start, i_dag), i_dag])]
    linje = "M" + "L".join(punkter)
    bunn = HOYDE - LUFT
    return Vekst(
        rader=rader,
        linje=linje,
        flate=f"{linje}L{BREDDE - LUFT} {bunn}L{LUFT} {bunn}Z",
        utsnitt=f"0 0 {BREDDE} {HOYDE}",
        hoyest=hoyest,
    )


MAKS_MANEDER = 60


def _manedsslutt(fra, til):
    """The first of each month between two days; of the last five years, so that a drawing never grows long."""
    dag, svar = date(fra.year + fra.month // 12, fra.month % 12 + 1, 1), []
    while dag < til:
        svar.append(dag)
        dag = date(dag.year + dag.month // 12, dag.month % 12 + 1, 1)
    return svar[-MAKS_MANEDER:]
