"""WHAT: projects, who takes part in them, and their way to being published."""

from prosjekter.models.moderering import Missiontilknytning, Modereringssak
from prosjekter.models.prosjekt import (
    Deltakelse,
    GammelSlug,
    Klassifisering,
    Prosjekt,
    Prosjekttekst,
)

__all__ = [
    "Deltakelse",
    "GammelSlug",
    "Klassifisering",
    "Missiontilknytning",
    "Modereringssak",
    "Prosjekt",
    "Prosjekttekst",
]
