"""What the two comparisons have in common: which are chosen, and the addresses that add one or take one away."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.utils.translation import gettext as _

MAKS = 4
# Longer than any number, name or address of a project: nothing we could find.
MAKS_TEGN = 300


@dataclass
class Utvalg:
    """Those to be compared, in the order they were asked for, and what the reader must know about the rest."""

    adresse: str
    parameter: str
    valgte: list = field(default_factory=list)  # pairs of what stands in the address, and the thing
    beskjeder: list = field(default_factory=list)

    def ta_med(self, nokkel, ting):
        """The same one twice is once; one too many is left out, and the reader is told."""
        if ting in self.ting:
            return
        if len(self.valgte) == MAKS:
            tekst = _("Du kan sammenligne fire om gangen. %(navn)s er ikke med.") % {"navn": ting}
            self.beskjeder.append(tekst)
        else:
            self.valgte.append((nokkel, ting))

    @property
    def ting(self):
        return [ting for _nokkel, ting in self.valgte]

    @property
    def nokler(self):
        return [nokkel for nokkel, _ting in self.valgte]

    @property
    def er_fullt(self):
        return len(self.valgte) == MAKS

    @property
    def kan_sammenlignes(self):
        return len(self.valgte) > 1

    def kolonner(self):
        """Each with the address of the same comparison without it."""
        return [{"ting": ting, "uten": self.uten(nokkel)} for nokkel, ting in self.valgte]

    def med(self, nokkel):
        return self._lenke([*self.nokler, nokkel])

    def uten(self, nokkel):
        return self._lenke([n for n in self.nokler if n != nokkel])

    def _lenke(self, nokler):
        sporring = urlencode([(self.parameter, n) for n in nokler])
        return f"{self.adresse}?{sporring}" if sporring else self.adresse


def spurt_om(request, parameter):
    """What the address asks for, without what is empty. A few more than can be shown, so that all can be answered."""
    verdier = (verdi.strip() for verdi in request.GET.getlist(parameter))
    return list(dict.fromkeys(verdi[:MAKS_TEGN] for verdi in verdier if verdi))[: MAKS * 3]


@dataclass(frozen=True)
class Rad:
    """One line of the table: a name, and a cell for each that is compared."""

    navn: str
    celler: list
    sprak: list = ()  # the language of each cell, where people wrote it
    kolonner: list = ()  # whose each cell is, for when the table is folded
    tomt: str = ""  # what an empty cell says

    def merkede_celler(self):
        sprak = self.sprak or [""] * len(self.celler)
        return [
            {"verdi": verdi, "sprak": s, "navn": navn}
            for verdi, s, navn in zip(self.celler, sprak, self.kolonner, strict=True)
        ]

    @property
    def er_lik(self):
        return len({str(celle) for celle in self.celler}) == 1

    @property
    def er_tom(self):
        return not any(str(celle) for celle in self.celler)
