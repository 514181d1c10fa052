"""WHAT: projects, who takes part in them, and their way to being published."""

from prosjekter.models.arbeidskopi import Arbeidskopi
from prosjekter.models.barriere import Barriere, Barriereflytt, Barrieresok, Regel
from prosjekter.models.eksperiment import Eksperiment, Eksperimentsok
from prosjekter.models.filer import FILSLAG, Bilde, Lenke, Vedlegg
from prosjekter.models.gevinst import RADFELT, Avvikling, Faktor, Gevinst
from prosjekter.models.gjenbruk import Gjenbruk
from prosjekter.models.gjenbruksvurdering import Gjenbruksvurdering
from prosjekter.models.henvendelse import Henvendelse, Innholdsmelding
from prosjekter.models.hjelper import Hjelper
from prosjekter.models.importering import Importkobling
from prosjekter.models.komplementaritet import Komplementaritet
from prosjekter.models.laering import Laering, Laeringssok, Nyttigmerke
from prosjekter.models.likhet import Kjennetegn, Likhet, Termbruk
from prosjekter.models.moderering import Missiontilknytning, Modereringssak
from prosjekter.models.prosjekt import (
    Deltakelse,
    GammelSlug,
    Klassifisering,
    Prosjekt,
    Prosjekttekst,
)
from prosjekter.models.samarbeid import Overtakelse, Prosjektinvitasjon
from prosjekter.models.sok import Prosjektord, Prosjektretning, Prosjektsok
from prosjekter.models.utfordringssvar import Utfordringssvar

__all__ = [
    "Barriere",
    "Barriereflytt",
    "Barrieresok",
    "RADFELT",
    "Arbeidskopi",
    "Avvikling",
    "Regel",
    "FILSLAG",
    "Bilde",
    "Lenke",
    "Vedlegg",
    "Prosjektord",
    "Prosjektretning",
    "Prosjektsok",
    "Deltakelse",
    "Eksperiment",
    "Eksperimentsok",
    "Faktor",
    "GammelSlug",
    "Gevinst",
    "Gjenbruk",
    "Gjenbruksvurdering",
    "Henvendelse",
    "Hjelper",
    "Innholdsmelding",
    "Importkobling",
    "Klassifisering",
    "Komplementaritet",
    "Laering",
    "Laeringssok",
    "Missiontilknytning",
    "Modereringssak",
    "Nyttigmerke",
    "Prosjekt",
    "Overtakelse",
    "Prosjektinvitasjon",
    "Prosjekttekst",
    "Utfordringssvar",
    "Kjennetegn",
    "Likhet",
    "Termbruk",
]
