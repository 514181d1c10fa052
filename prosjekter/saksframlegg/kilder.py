"""The numbered list of sources. Every figure and quotation in the paper leads to one."""

from dataclasses import dataclass

from django.conf import settings

from prosjekter.saksframlegg.blokker import Bit, setning


@dataclass(frozen=True)
class Kilde:
    nummer: int
    tittel: str  # with a full stop
    adresse: str
    om: str  # who says it, when it was last changed, licence
    sprak: str = ""

    @property
    def anker(self):
        return f"kilde-{self.nummer}"


class Kilder:
    """Sources in the order they are first used."""

    def __init__(self):
        self._etter_adresse = {}

    def __iter__(self):
        return iter(self._etter_adresse.values())

    def __len__(self):
        return len(self._etter_adresse)

    def vis_til(self, tittel, adresse, om, sprak=""):
        """The bit that leads to it. The same address is the same source."""
        hel = adresse if adresse.startswith("https://") else settings.PORTAL_ADRESSE + adresse
        kilde = self._etter_adresse.setdefault(hel, Kilde(len(self) + 1, setning(tittel), hel, om, sprak))
        return Bit(f"[{kilde.nummer}]", "kilde")
