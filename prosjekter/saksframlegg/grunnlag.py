"""What a case paper builds on: only what anyone may see, whoever asks. A fixed number of queries."""

from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser

from kommuner.kodeverk import Sprakvedtak
from kommuner.models import Kommune
from prosjekter.kodeverk import AVSLUTTENDE_UTFALL, Retning, Utfall
from prosjekter.models import Barriere, Eksperiment, Gjenbruk, Laering, Prosjekt
from prosjekter.sidedata.prosjekt import for_flere

ALLE = AnonymousUser()
MAKS = 10  # of each kind of record: a case paper is read in an evening
# A municipality that calls itself something else than «kommune», by number.
EGNE_ORD = {"4620": "Ulvik herad", "4621": "Voss herad", "4622": "Kvam herad"}
VIRKET_IKKE = (Utfall.VIRKET_IKKE, Utfall.STOPPET)


@dataclass(frozen=True)
class Mottaker:
    """The municipality the paper is for. Without a `kommune` it is an organisation the register does not know."""

    navn: str
    kommune: Kommune | None = None

    @classmethod
    def av(cls, kommune):
        return cls(EGNE_ORD.get(kommune.nummer, f"{kommune.navn} kommune"), kommune)

    @property
    def malform(self):
        return "nn" if self.kommune and self.kommune.malform == Sprakvedtak.NYNORSK else "nb"

    @property
    def sok(self):
        """What the field of choice says."""
        return self.kommune.nummer if self.kommune and self.kommune.er_homonym else self.navn


@dataclass
class Grunnlag:
    prosjekt: Prosjekt
    mottaker: Mottaker
    gevinster: list = field(default_factory=list)
    avviklinger: list = field(default_factory=list)
    hemmet: list = field(default_factory=list)
    gjenbruk: list = field(default_factory=list)
    laering: list = field(default_factory=list)
    eksperimenter: list = field(default_factory=list)
    barrierer: list = field(default_factory=list)

    @property
    def eier(self):
        return self.prosjekt.eier

    @property
    def er_egen(self):
        """The municipality owns the project itself."""
        if self.mottaker.kommune is None:
            return self.mottaker.navn == self.eier.navn
        return self.mottaker.kommune.pk == self.eier.kommune_id

    @property
    def er_ferdig(self):
        return self.prosjekt.utfall in AVSLUTTENDE_UTFALL

    @property
    def virket_ikke(self):
        return self.prosjekt.utfall in VIRKET_IKKE

    def tekst(self, felt):
        """One of the project's long texts; "" when it has not been written."""
        tekster = getattr(self.prosjekt, "tekst", None)
        return getattr(tekster, felt).strip() if tekster else ""


def apent_prosjekt(slug):
    """The project, when anyone may see it. None for all else, also to its owner: a case paper is public."""
    return for_flere(Prosjekt.objects.apne()).filter(slug=slug).first()


def les(prosjekt, mottaker):
    """Everything open about it. What the project has none of, is not asked for."""
    p = prosjekt
    gjenbruk = Gjenbruk.objects.synlige_for(ALLE).gyldige().filter(fra=p, taker__isnull=False)
    return Grunnlag(
        prosjekt=p,
        mottaker=mottaker,
        gevinster=list(p.gevinster.all()[:MAKS]) if p.belegg else [],
        avviklinger=list(p.avviklinger.all()[:MAKS]) if p.antall_avviklinger else [],
        hemmet=[f for f in p.faktorer.all() if f.retning != Retning.FREMMET],
        gjenbruk=_under(p, "fra", gjenbruk.for_liste().i_rekkefolge()),
        laering=_apne(p, Laering.objects.all(), p.antall_laering),
        eksperimenter=_apne(p, Eksperiment.objects.nyeste_forst(), p.antall_eksperimenter),
        barrierer=_apne(p, Barriere.objects.select_related("regel"), p.antall_barrierer),
    )


def _apne(prosjekt, rader, antall):
    return _under(prosjekt, "prosjekt", rader.synlige_for(ALLE).filter(prosjekt=prosjekt)) if antall else []


def _under(prosjekt, felt, rader):
    """The first of them, each knowing the project it was read from: its address is made of the project's."""
    funnet = list(rader[:MAKS])
    for rad in funnet:
        setattr(rad, felt, prosjekt)
    return funnet
