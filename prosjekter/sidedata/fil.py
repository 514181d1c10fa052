"""What pages show of a project's pictures, attachments and links."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from prosjekter.models import FILSLAG
from prosjekter.models.filer import MAKS_ANTALL

FOLDES = 5  # pictures shown at once, the first included


class Filer(NamedTuple):
    """In reading order. The first picture stands at the top of the page; the rest further down, many of them folded away."""

    forste: object
    bilder: list
    flere_bilder: list
    vedlegg: list
    lenker: list

    @property
    def er_noe(self):
        return bool(self.forste or self.bilder or self.vedlegg or self.lenker)

    @property
    def dokumenter(self):
        return bool(self.vedlegg or self.lenker)


def for_prosjektside(prosjekt):
    """One query for each kind there is any of; none for a project without."""
    bilder = list(prosjekt.bilder.gyldige()) if prosjekt.antall_bilder else []
    return Filer(
        forste=bilder[0] if bilder else None,
        bilder=bilder[1:FOLDES],
        flere_bilder=bilder[FOLDES:],
        vedlegg=list(prosjekt.vedlegg.gyldige()) if prosjekt.antall_vedlegg else [],
        lenker=list(prosjekt.lenker.gyldige()) if prosjekt.antall_lenker else [],
    )


class Filliste(NamedTuple):
    """One kind on the page where the owner keeps them in order."""

    slag: str
    navn: str
    rader: list
    ny: str  # what the button says
    grense: int
    tom: str

    @property
    def er_full(self):
        return len(self.rader) >= self.grense


def lister(prosjekt, bruker):
    """Everything, also what KS has taken down, for those who may mend it."""
    ord_ = {
        "bilde": (_("Bilder"), _("Legg til bilde"), _("Et bilde sier fort hva dette er. Det første vises øverst.")),
        "vedlegg": (_("Vedlegg"), _("Legg til vedlegg"), _("Maler, rapporter og veiledere andre kan ta med seg.")),
        "lenke": (_("Lenker"), _("Legg til lenke"), _("Det som ligger andre steder: rapporter, filmer, nettsider.")),
    }
    return [
        Filliste(
            slag,
            ord_[slag][0],
            list(
                modell.objects.synlige_for(bruker).filter(prosjekt=prosjekt).select_related("prosjekt", "lagt_til_av")
            ),
            ord_[slag][1],
            MAKS_ANTALL[slag],
            ord_[slag][2],
        )
        for slag, modell in FILSLAG.items()
    ]


def synlige(prosjekt, bruker):
    """All that stands on the project for this reader, for the one who wants to report something."""
    return [rad for modell in FILSLAG.values() for rad in modell.objects.synlige_for(bruker).filter(prosjekt=prosjekt)]
