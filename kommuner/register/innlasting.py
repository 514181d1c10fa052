"""Write the register to the database: what is new opens, what has ended closes, nothing of the past is removed."""

from collections import defaultdict
from dataclasses import dataclass, field, fields

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from kommuner.models import Fylke, Kommune, Kommuneendring, Kommunenummer, Stedsnavn
from kommuner.register import filer as registerfiler
from kommuner.register.filer import Registerfeil
from kommuner.register.kontroll import kontroller
from kommuner.register.organisasjoner import oppdater_organisasjoner
from kommuner.register.steder import Numre, alle_fylker, finn_steder, fylkesnavn, homonymer
from partnerskap.felles import innhold
from partnerskap.felles.norsk import norsk_slug, sorteringsnokkel

DETALJER = (
    "administrasjonssenter", "breddegrad", "lengdegrad", "folketall", "folketall_dato", "areal_km2", "kostragruppe",
)  # fmt: skip


@dataclass
class Rapport:
    """What a load did. Each is a list of what a person would want to see named."""

    apnet: list = field(default_factory=list)
    lukket: list = field(default_factory=list)
    omdopt: list = field(default_factory=list)
    omnummerert: list = field(default_factory=list)
    nye_organisasjoner: list = field(default_factory=list)
    opphorte_organisasjoner: list = field(default_factory=list)
    merknader: list = field(default_factory=list)
    rader: int = 0  # rows written in all

    @property
    def er_tom(self):
        return not self.rader

    def antall(self):
        return {f.name: len(getattr(self, f.name)) for f in fields(self) if f.name not in ("merknader", "rader")}


@transaction.atomic
def last_register(mappe=registerfiler.MAPPE, dag=None):
    """Load the files as they are on a day (today). All or nothing; a second time changes nothing.

    A file may hold reforms to come: they wait, and are loaded when the day has come.
    """
    alt = registerfiler.les(mappe)
    if feil := list(kontroller(alt)):
        raise Registerfeil(feil)
    # Two at once, at the start of two machines: the second waits, and finds that it is done.
    list(ContentType.objects.select_for_update().filter(app_label="kommuner", model="kommune"))
    return _Innlasting(alt.per(dag or timezone.localdate())).kjor()


class _Innlasting:
    def __init__(self, filer):
        self.filer = filer
        self.numre = Numre(filer)
        self.steder = finn_steder(filer, self.numre)
        self.rapport = Rapport()

    def kjor(self):
        fylker = self._fylker()
        kommuner = self._kommuner(fylker)
        self._kommunenumre(kommuner, fylker)
        self._stedsnavn(kommuner, fylker)
        self._endringer(kommuner)
        oppdater_organisasjoner(self.rapport, self.filer)
        if any(self.rapport.antall().values()):
            innhold.endret()
        return self.rapport

    def _fylker(self):
        finnes = {fylke.nummer: fylke for fylke in Fylke.objects.all()}
        onsket = {
            rad.fylkesnummer: {
                "nummer": rad.fylkesnummer,
                "navn": rad.navn,
                "sorteringsnokkel": sorteringsnokkel(rad.navn),
                "gyldig_fra": rad.gyldig_fra,
                "gyldig_til": rad.gyldig_til,
            }
            for rad in alle_fylker(self.filer)
        }
        _krev_uendret_fortid(finnes, onsket, "fylke")
        return self._flett(Fylke, finnes, onsket)

    def _kommuner(self, fylker):
        finnes = self._finn_igjen()
        detaljer = {rad.kommunenummer: rad for rad in self.filer.detaljer}
        med_fylke = homonymer(self.steder, {nummer: fylke.navn for nummer, fylke in fylker.items()})
        onsket = {}
        for i, sted in enumerate(self.steder):
            rad = sted.siste
            onsket[i] = {
                "nummer": rad.kommunenummer,
                "navn": rad.navn,
                "navn_offisielt": rad.navn_offisielt,
                "er_homonym": i in med_fylke,
                "sorteringsnokkel": sorteringsnokkel(rad.navn),
                "fylke_id": fylker[rad.fylkesnummer].pk,
                "gyldig_fra": sted.gyldig_fra,
                "gyldig_til": sted.gyldig_til,
            }
            if detalj := detaljer.get(rad.kommunenummer):
                onsket[i] |= {felt: getattr(detalj, felt) for felt in DETALJER} | {"malform": rad.malform}
        for i, kommune in finnes.items():
            self._fortell(kommune, onsket[i])
        self.rapport.apnet += [
            f"{sted.siste.kommunenummer} {sted.siste.navn}"
            for i, sted in enumerate(self.steder)
            if i not in finnes and sted.er_gjeldende
        ]
        return self._flett(Kommune, finnes, onsket)

    def _finn_igjen(self):
        """Place by place, the Kommune that already stands for it: the one that owns any of its numbers."""
        eier = {(rad.nummer, rad.gyldig_fra): rad.kommune for rad in Kommunenummer.objects.select_related("kommune")}
        finnes, feil = {}, []
        for i, sted in enumerate(self.steder):
            eiere = {eier[n] for n in map(_nokkel, sted.liv) if n in eier}
            if len(eiere) > 1:
                feil.append(f"{sted.siste.kommunenummer} {sted.siste.navn} er flere kommuner i databasen")
            elif eiere:
                finnes[i] = eiere.pop()
        brukt = defaultdict(list)
        for i, kommune in finnes.items():
            brukt[kommune.pk].append(self.steder[i].siste.kommunenummer)
        feil += [f"{', '.join(numre)} er én og samme kommune i databasen" for numre in brukt.values() if len(numre) > 1]
        i_filene = {_nokkel(liv) for sted in self.steder for liv in sted.liv}
        feil += [
            f"{nummer} {kommune} er gjeldende i databasen, men mangler i filene"
            for (nummer, fra), kommune in eier.items()
            if (nummer, fra) not in i_filene and kommune.nummer == nummer and kommune.er_gjeldende
        ]
        if feil:
            raise Registerfeil(feil)
        return finnes

    def _fortell(self, kommune, onsket):
        """Note what a person wants to know about a municipality that was there before. Called before it is changed."""
        if kommune.nummer != onsket["nummer"]:
            self.rapport.omnummerert.append(f"{kommune.nummer} → {onsket['nummer']} {onsket['navn']}")
        if kommune.navn_offisielt != onsket["navn_offisielt"]:
            self.rapport.omdopt.append(f"{kommune.navn_offisielt} → {onsket['navn_offisielt']}")
        if kommune.er_gjeldende and onsket["gyldig_til"]:
            self.rapport.lukket.append(f"{onsket['nummer']} {onsket['navn']}")

    def _kommunenumre(self, kommuner, fylker):
        finnes = {(rad.nummer, rad.gyldig_fra): rad for rad in Kommunenummer.objects.all()}
        onsket = {
            _nokkel(liv): {
                "nummer": liv.kommunenummer,
                "kommune_id": kommuner[i].pk,
                "fylke_id": fylker[liv.fylkesnummer].pk,
                "navn": liv.navn_offisielt,
                "gyldig_fra": liv.gyldig_fra,
                "gyldig_til": liv.gyldig_til,
            }
            for i, sted in enumerate(self.steder)
            for liv in sted.liv
        }
        _krev_uendret_fortid(finnes, onsket, "kommunenummer")
        self._flett(Kommunenummer, finnes, onsket)

    def _stedsnavn(self, kommuner, fylker):
        """Known by place, language and start: another spelling with the same start is a correction, not a new name."""
        finnes = {(r.kommune_id, r.fylke_id, r.sprak, r.gyldig_fra): r for r in Stedsnavn.objects.all()}
        alle = [(kommuner[i].pk, None, rad) for i, sted in enumerate(self.steder) for rad in sted.navn]
        alle += [(None, fylker[nummer].pk, rad) for nummer, rad in fylkesnavn(self.filer, alle_fylker(self.filer))]
        onsket = {
            (kommune, fylke, rad.sprak, rad.gyldig_fra): {
                "kommune_id": kommune,
                "fylke_id": fylke,
                "navn": rad.navn,
                "sokenokkel": norsk_slug(rad.navn, maks=100),
                "sprak": rad.sprak,
                "rekkefolge": rad.rekkefolge,
                "gyldig_fra": rad.gyldig_fra,
                "gyldig_til": rad.gyldig_til,
            }
            for kommune, fylke, rad in alle
        }
        self._flett(Stedsnavn, finnes, onsket)

    def _endringer(self, kommuner):
        av_liv = {id(liv): kommuner[i] for i, sted in enumerate(self.steder) for liv in sted.liv}
        finnes = {(e.dato, e.type, e.fra_nummer, e.til_nummer): e for e in Kommuneendring.objects.all()}
        onsket = {}
        for e in self.filer.endringer:
            fra, til = self.numre.for_og_etter(e)
            fra = fra or til  # a new name on the register's first day: the day before is not in it
            onsket[e.dato, e.type, e.fra_kommunenummer, e.til_kommunenummer] = {
                "dato": e.dato,
                "type": e.type,
                "fra_id": av_liv[id(fra)].pk,
                "til_id": av_liv[id(til)].pk,
                "fra_nummer": e.fra_kommunenummer,
                "til_nummer": e.til_kommunenummer,
                "vedtaksdato": e.vedtaksdato,
                "merknad": e.merknad,
            }
        self._flett(Kommuneendring, finnes, onsket)

    def _flett(self, modell, finnes, onsket):
        """Change the rows that differ, make those that are missing; leave the rest. Returns the rows by key."""
        endret, endrede_felt = [], set()
        for nokkel in onsket.keys() & finnes.keys():
            ulike = {felt: v for felt, v in onsket[nokkel].items() if getattr(finnes[nokkel], felt) != v}
            if ulike:
                for felt, verdi in ulike.items():
                    setattr(finnes[nokkel], felt, verdi)
                endret.append(finnes[nokkel])
                endrede_felt |= {felt.removesuffix("_id") for felt in ulike}
        nye = {nokkel: modell(**felt) for nokkel, felt in onsket.items() if nokkel not in finnes}
        if endret:
            modell.objects.bulk_update(endret, sorted(endrede_felt), batch_size=200)
        modell.objects.bulk_create(nye.values(), batch_size=500)
        self.rapport.rader += len(endret) + len(nye)
        return finnes | nye


def _nokkel(liv):
    return liv.kommunenummer, liv.gyldig_fra


def _krev_uendret_fortid(finnes, onsket, hva):
    """A period that has ended has ended: a file that says otherwise is wrong, or the database is."""
    feil = []
    for nokkel in onsket.keys() & finnes.keys():
        rad, slutt = finnes[nokkel], onsket[nokkel]["gyldig_til"]
        if rad.gyldig_til and rad.gyldig_til != slutt:
            feil.append(f"{hva} {rad.nummer} sluttet {rad.gyldig_til} i databasen, men {slutt or 'gjelder'} i filene")
    if feil:
        raise Registerfeil(sorted(feil))
