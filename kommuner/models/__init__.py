"""WHO: places through time, organisations that act, people and what they may do."""

from kommuner.models.bruker import Bruker, visningsnavn
from kommuner.models.medlemskap import Invitasjon, Medlemskap, Medlemskapssoknad
from kommuner.models.organisasjon import Nettdomene, Organisasjon
from kommuner.models.sted import Fylke, Kommune, Kommuneendring, Kommunenummer, Stedsnavn

__all__ = [
    "Bruker",
    "Fylke",
    "Invitasjon",
    "Kommune",
    "Kommuneendring",
    "Kommunenummer",
    "Medlemskap",
    "Medlemskapssoknad",
    "Nettdomene",
    "Organisasjon",
    "Stedsnavn",
    "visningsnavn",
]
