"""Projects counted by place: the county and the municipality of today that the owner belongs to."""

from collections import Counter
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext

from kommuner.fylker import Stedstre
from kommuner.models import Organisasjon
from kommuner.oppslag import etterfolgere
from partnerskap.felles import innhold
from partnerskap.felles.fylkeskart import Fylkesrad, Kart
from partnerskap.felles.kart import punkt
from partnerskap.felles.stedskart import Sted, ramme_om, stedskart
from partnerskap.felles.templatetags.portal import UTFALLSFARGER
from prosjekter.kodeverk import Utfall

KARTHOYDE = 384  # of the map of those who take part, in pixels


@dataclass
class Fylkestall:
    """One county of today, and its projects by outcome."""

    nummer: str
    navn: str
    per_utfall: Counter = field(default_factory=Counter)

    @property
    def antall(self):
        return self.per_utfall.total()


@dataclass
class Stedstall:
    """Only plain values, so that it can be kept in the cache."""

    fylker: list  # of Fylkestall, every county of today in alphabetical order
    kommuner: dict = field(default_factory=dict)  # municipality number to Counter by outcome
    eiere: dict = field(default_factory=dict)  # organisation id to Counter by outcome
    prikker: list = field(default_factory=list)  # (place, outcome): the newest of each place, for the map
    uten_fylke: int = 0
    antall: int = 0

    @property
    def antall_kommuner(self):
        """How many places have a mark: municipalities, and the points of example municipalities."""
        return len(self.prikker)

    def kart(self, adresse, valgte=()):
        """What {% fylkeskart %} draws. `adresse` makes the address of a county from its number."""
        return Kart(
            rader=[Fylkesrad(f.nummer, f.navn, f.antall, adresse(f.nummer), f.nummer in valgte) for f in self.fylker],
            prikker=self.prikker,
            forklaring=[
                (u, Utfall(u).label) for u in UTFALLSFARGER if any(u == brukt for _sted, brukt in self.prikker)
            ],
            uten_fylke=self.uten_fylke,
        )


def stedstre():
    """The places of today, read once until something changes."""
    return innhold.husk("stedstre", Stedstre)


def stedstall(utvalg):
    """Count projects (a prosjekter.utvalg.Utvalg) by place. No query, when the places are remembered.

    A project whose owner was split is in all the counties that came of it, and once in the total.
    """
    tre = stedstre()
    rader = sorted(utvalg.per_eier(), key=lambda rad: (rad[3], rad[0]))
    steder = innhold.husk("organisasjonenes steder", lambda: _steder(tre))
    per_fylke = {pk: Fylkestall(f.nummer, f.navn) for pk, f in tre.fylker.items()}
    svar, merker = Stedstall(list(per_fylke.values())), {}
    for eier, utfall, antall, _nyest in rader:
        fylker, kommuner, punkter = steder[eier]
        svar.antall += antall
        svar.eiere.setdefault(eier, Counter())[utfall] += antall
        svar.uten_fylke += 0 if fylker else antall
        for fylke in fylker:
            per_fylke[fylke].per_utfall[utfall] += antall
        for nummer in kommuner:
            svar.kommuner.setdefault(nummer, Counter())[utfall] += antall
        merker |= dict.fromkeys(punkter, utfall)  # later rows win: the newest
    svar.prikker = sorted(merker.items(), key=str)
    return svar


def _steder(tre):
    """{organisation id: its counties, its municipalities' numbers, and its points on the map}."""
    steder = {}
    for pk, kommune, fylke, x, y in Organisasjon.objects.order_by().values_list(
        "pk", "kommune", "fylke", "kart_x", "kart_y"
    ):
        numre = sorted(tre.kommuner[k].nummer for k in tre.kommuner_i_dag(kommune)) if kommune else []
        punkter = numre or ([(x, y)] if x is not None else [])
        steder[pk] = tre.fylker_til(kommune, fylke), numre, punkter
    return steder


def som_i_listen(kart, utvalg):
    """The map with the numbers the list has when a county is chosen: there, those who only take part count too."""
    return kart._replace(rader=[rad._replace(antall=utvalg.med("fylke", rad.nummer).antall) for rad in kart.rader])


def deltakerkart(prosjekt):
    """Where the owner and the partners are, when that is in several places; else None. The list is beside it.

    No query, unless someone's municipality is no more and its successors must be found.
    """
    organisasjoner = {prosjekt.eier_id: prosjekt.eier}
    i_dag = timezone.localdate()
    for d in prosjekt.deltakelser.all():
        if d.til_dato is None or d.til_dato > i_dag:
            organisasjoner.setdefault(d.organisasjon_id, d.organisasjon)
    steder = {}
    for organisasjon in organisasjoner.values():
        for sted in _plasser(organisasjon):
            if xy := punkt(sted):
                eier = organisasjon.pk == prosjekt.eier_id
                steder.setdefault(
                    xy,
                    Sted(
                        navn=organisasjon.navn.removesuffix(" kommune"),
                        punkt=xy,
                        adresse=organisasjon.get_absolute_url(),
                        utfall=prosjekt.utfall if eier else "",
                        merknad=gettext("eier prosjektet") if eier else "",
                        vekt=eier,
                    ),
                )
    return stedskart(steder.values(), ramme_om(steder), hoyde=KARTHOYDE) if len(steder) > 1 else None


def _plasser(organisasjon):
    """Its place or places on the map, as felles.kart wants them."""
    if not (kommune := organisasjon.kommune):
        return [(organisasjon.kart_x, organisasjon.kart_y)]
    if kommune.er_gjeldende:
        return [kommune.nummer]
    return list(etterfolgere(kommune).order_by("nummer").values_list("nummer", flat=True))
