"""WHY: the societal challenges KS prioritises, missions under them, KS' main projects, and the needs municipalities share."""

from missions.models.initiativ import EksterntInitiativ, Initiativmission, Initiativsok
from missions.models.mission import (
    OPPTATTE_SLUGGER,
    Hovedprosjekt,
    Mission,
    Nokkeltall,
    Samfunnsutfordring,
)
from missions.models.utfordring import Medunderskrift, Utfordring, Utfordringsoppsett, Utfordringssok

__all__ = [
    "OPPTATTE_SLUGGER",
    "EksterntInitiativ",
    "Hovedprosjekt",
    "Initiativmission",
    "Initiativsok",
    "Medunderskrift",
    "Mission",
    "Nokkeltall",
    "Samfunnsutfordring",
    "Utfordring",
    "Utfordringsoppsett",
    "Utfordringssok",
]
