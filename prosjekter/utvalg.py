"""Some of the published projects a reader may see: counted in memory, and only those that are shown are fetched.

For pages about a topic, a place or a mission: what the list of projects does with filters, without the filters.
"""

from collections import Counter

from prosjekter import fasettindeks


class Utvalg:
    """A bit set of the index, and whose eyes see it."""

    def __init__(self, indeks, bits, bruker):
        self.indeks, self.bits, self.bruker = indeks, bits, bruker

    @classmethod
    def for_bruker(cls, bruker):
        """All that this person may see. One query, one more for those who are signed in."""
        indeks = fasettindeks.naa()
        return cls(indeks, indeks.synlige(bruker), bruker)

    def med(self, fasett, *verdier):
        """Those that have any of the values."""
        return Utvalg(self.indeks, self.bits & self.indeks.noen_av(fasett, verdier), self.bruker)

    def uten(self, fasett, *verdier):
        return Utvalg(self.indeks, self.bits & ~self.indeks.noen_av(fasett, verdier), self.bruker)

    def blant(self, pks):
        return Utvalg(self.indeks, self.bits & self.indeks.bits_for(pks), self.bruker)

    def __bool__(self):
        return bool(self.bits)

    @property
    def antall(self):
        return self.bits.bit_count()

    @property
    def pks(self):
        return self.indeks.pks_av(self.bits)

    def per(self, fasett):
        """{value: how many} of the values that any of them has."""
        verdier = self.indeks.verdier(fasett).items()
        return {verdi: antall for verdi, bits in verdier if (antall := (bits & self.bits).bit_count())}

    def per_eier(self):
        """(owner, outcome, how many, when the newest of them was changed), one for each pair there is."""
        eiere, endret = self.indeks.nokler["eier"], self.indeks.nokler["endret_tid"]
        for utfall, bits in self.indeks.verdier("utfall").items():
            antall, nyest = Counter(), {}
            for plass in fasettindeks.satte(bits & self.bits):
                eier = eiere[plass]
                antall[eier] += 1
                if eier not in nyest or endret[plass] > nyest[eier]:
                    nyest[eier] = endret[plass]
            yield from ((eier, utfall, n, nyest[eier]) for eier, n in antall.items())

    def forste(self, antall, orden="nyeste"):
        """The first of them as rows or cards, in one of fasettindeks.ORDENER. One query; none when there are none."""
        pks = self.indeks.ordnet(self.bits, orden, 0, antall) if self.bits else []
        rader = self.indeks.rader(self.bruker, pks)
        return [rader[pk] for pk in pks if pk in rader]
