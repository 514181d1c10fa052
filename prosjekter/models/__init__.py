"""WHAT: projects, who takes part in them, and their way to being published."""

<<<<<<< HEAD
from prosjekter.models.gjenbruk import Gjenbruk
=======
from prosjekter.models.importering import Importkobling
>>>>>>> a134d54 (Projects from a list: importer_prosjekter for CSV and XLSX, and keywords on a project)
from prosjekter.models.moderering import Missiontilknytning, Modereringssak
from prosjekter.models.prosjekt import (
    Deltakelse,
    GammelSlug,
    Klassifisering,
    Prosjekt,
    Prosjekttekst,
)
from prosjekter.models.sok import Prosjektsok

__all__ = [
    "Prosjektsok",
    "Deltakelse",
    "GammelSlug",
<<<<<<< HEAD
    "Gjenbruk",
=======
    "Importkobling",
>>>>>>> a134d54 (Projects from a list: importer_prosjekter for CSV and XLSX, and keywords on a project)
    "Klassifisering",
    "Missiontilknytning",
    "Modereringssak",
    "Prosjekt",
    "Prosjekttekst",
]
