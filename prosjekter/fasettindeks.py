"""Which projects have what, as bit sets in this process' memory: what makes counts in every filter cost next to nothing.

Bit number n of `bits("fase", "pilot")` is set when project number n is a pilot. «Pilot or concept, in Nordland, about
barnehage» is a few `&` and `|` on whole numbers, and how many they are is `int.bit_count()`: microseconds, also with
50,000 projects, where counting in the database costs tens of milliseconds for each filter.

What is in it: the published projects. Who may see them is decided by ProsjektQuerySet.synlige_for alone: `synlige` asks it,
and the rows of a page are fetched through it once more. `naa()` gives the index as it is after the latest change
(partnerskap.felles.innhold), which costs one query; a change is a matter of milliseconds, reading all from scratch of
about a second for each 50,000 projects.
"""

import threading
from collections import defaultdict
from functools import cached_property, reduce
from operator import or_

import numpy as np
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from kommuner.models import Fylke, Kommune, Kommunenummer, Organisasjon
from kommuner.oppslag import Slektstre
from partnerskap.felles import innhold
from partnerskap.felles.ferdig_sql import ferdig_sql
from prosjekter.kodeverk import Kodeliste, Partnerrolle, i_orden
from prosjekter.models import (
    Deltakelse,
    Klassifisering,
    Laering,
    Missiontilknytning,
    Prosjekt,
    Prosjektretning,
    Prosjekttekst,
)
from sok import betydning, veiing

SLAG = "prosjekt"  # in partnerskap.felles.innhold
JA = "ja"  # the only value of what a project either has or has not
KOLONNER = ("fase", "utfall", "radikalitet", "malform", "opphav", "belegg", "eier")
# Orders of a list: what they sort by, and whether the highest comes first.
ORDENER = {
    "nyeste": (("publisert_tid", "pk"), True),
    "oppdatert": (("endret_tid", "pk"), True),
    "bekreftet": (("bekreftet", "publisert_tid", "pk"), True),
    "gjenbruk": (("antall_bekreftet", "antall_i_bruk", "publisert_tid", "pk"), True),
    "tittel": (("sorteringsnokkel", "pk"), False),
}
NOKLER = (
    "pk", "publisert_tid", "endret_tid", "bekreftet", "sorteringsnokkel", "antall_bekreftet", "antall_i_bruk", "eier",
)  # fmt: skip
FAA = 8  # of fewer than one in so many, nearness is worked out one by one
_las = threading.Lock()
_naa = None


def naa():
    """The index, up to date. One query when nothing has changed."""
    global _naa
    merke = innhold.merke()
    if _naa is None or _naa.merke != merke:
        with _las:
            if _naa is None or _naa.merke != merke:
                _naa = _fersk(_naa, merke)
    return _naa


def glem():
    """Begin anew next time. For tests, where the database goes back in time."""
    global _naa
    _naa = None


def _fersk(gammel, merke):
    endret, leser = gammel.leser.nytt(SLAG) if gammel else (None, None)
    return Fasettindeks(merke) if endret is None else gammel.med(endret, merke, leser)


class Fasettindeks:
    """Never changed once it is made: a reader keeps the one it has got. `plass` is {pk: bit number}."""

    def __init__(self, merke):
        self.merke = merke
        self.leser = innhold.Leser()  # first: what changes while we read, is read again next time
        self.pks, self.plass = [], {}
        self.nokler = defaultdict(list)  # name -> the value of each project, in the order of the bits
        self._bits, self._orden = {}, {}
        self.retninger = np.zeros((0, betydning.BREDDE), np.float32)  # a row for each bit number
        self._legg_inn(None)

    def med(self, endret, merke, leser):
        """A copy where these projects are read anew."""
        ny = object.__new__(Fasettindeks)
        ny.merke, ny.leser = merke, leser
        if not endret:  # something else than projects
            ny.pks, ny.plass, ny.nokler = self.pks, self.plass, self.nokler
            ny._bits, ny._orden, ny.retninger = self._bits, self._orden, self.retninger
            return ny
        ny.pks, ny.plass = list(self.pks), dict(self.plass)
        ny.nokler = defaultdict(list, {navn: list(verdier) for navn, verdier in self.nokler.items()})
        bort = ~self.bits_for(endret)
        ny._bits = {fasett: {v: b & bort for v, b in verdier.items()} for fasett, verdier in self._bits.items()}
        ny._orden, ny.retninger = {}, self.retninger
        ny._legg_inn(endret)
        return ny

    # ---- Asking ----

    def bits(self, fasett, verdi):
        return self._bits.get(fasett, {}).get(verdi, 0)

    def verdier(self, fasett):
        """{value: bits} of all that any published project has."""
        return self._bits.get(fasett, {})

    def verdier_av(self, pk, fasett):
        """The values this project has."""
        plass = self.plass[pk]
        return {verdi for verdi, bits in self.verdier(fasett).items() if bits >> plass & 1}

    def rader(self, bruker, pks):
        """{pk: project} of those this person may see, with what komponenter/prosjekt_rad.html shows."""
        rader = {p.pk: p for p in _rader(pks, bruker=bruker)} if pks else {}
        for pk, prosjekt in rader.items():
            omrader = self.verdier_av(pk, Kodeliste.TJENESTEOMRADE)
            prosjekt.tjenesteomrader = i_orden(Kodeliste.TJENESTEOMRADE, omrader)
        return rader

    def noen_av(self, fasett, verdier):
        return reduce(or_, (self.bits(fasett, v) for v in verdier), 0)

    def bits_for(self, pks):
        """The bits of these projects; those we do not know have none."""
        pks = pks if isinstance(pks, np.ndarray) else np.fromiter(pks, np.int64)
        return som_bits(np.isin(self._pk_rekke, pks))

    def pks_av(self, bits):
        """The projects of a bit set, in no particular order."""
        return self.pks_paa(satte(bits))

    def synlige(self, bruker):
        """The published projects this person may see. What anyone may see, everyone may."""
        apne = self.bits("synlig", "apen")
        if not bruker.is_authenticated:
            return apne
        skjulte = self.bits("synlig", "publisert") & ~apne
        if not skjulte:
            return apne
        ogsa = Prosjekt.objects.synlige_for(bruker).filter(pk__blant=self.pks_av(skjulte))
        return apne | self.bits_for(ogsa.order_by().values_list("pk", flat=True))

    def ordnet(self, bits, orden, fra, til):
        """The pks numbered `fra` to `til` of a bit set, in one of ORDENER."""
        return self.pks_paa(self.rekke(bits, orden)[fra:til])

    def rekke(self, bits, orden):
        """The bit numbers of a bit set, in one of ORDENER."""
        rekke = self._i_orden(orden)
        return rekke[self.maske(bits)[rekke]]

    def pks_paa(self, plasser):
        return [self.pks[plass] for plass in plasser]

    def _i_orden(self, orden):
        """The bit numbers in order."""
        if orden not in self._orden:
            navn, synkende = ORDENER[orden]
            nokler = list(zip(*(self.nokler[n] for n in navn), strict=True))
            self._orden[orden] = np.array(sorted(range(len(nokler)), key=nokler.__getitem__, reverse=synkende), int)
        return self._orden[orden]

    @cached_property
    def _pk_rekke(self):
        return np.array(self.pks, np.int64)

    def naerhet(self, tekst):
        """How near the projects are to a text in meaning."""
        return Naerhet(self, tekst)

    def maske(self, bits):
        """Whether each bit is set, as an array in the order of the bits."""
        return maske(bits, len(self.pks))

    # ---- Reading ----

    def _legg_inn(self, pks):
        rader = defaultdict(lambda: defaultdict(list))  # facet -> value -> bit numbers
        publiserte = _blant(Prosjekt.objects.publiserte().order_by(), "pk", pks)
        kolonner = publiserte.values_list(
            "pk", "publisert_tid", "endret_tid", "sist_bekreftet", "sorteringsnokkel", "antall_bekreftet", "antall_i_bruk",
            "eier", "start_dato", "soker_partnere", "er_eksempel", "antall_eksperimenter", *KOLONNER,
        )  # fmt: skip
        for *nokler, start, soker, eksempel, forsok, koder in (
            (*rad[:12], rad[12:]) for rad in kolonner.iterator(5_000)
        ):
            pk, publisert, _endret, bekreftet, *_resten, i_bruk, _eier = nokler
            nokler[3] = bekreftet.toordinal() if bekreftet else 0
            plass = self._gi_plass(pk)
            for navn, verdi in zip(NOKLER, nokler, strict=True):
                self.nokler[navn][plass] = verdi
            rader["synlig"]["publisert"].append(plass)
            rader["aar"][str((start or timezone.localdate(publisert)).year)].append(plass)
            if i_bruk:
                rader["gjenbrukt"][JA].append(plass)
            if soker:
                rader["soker_partnere"][JA].append(plass)
            if eksempel:
                rader["eksempel"][JA].append(plass)
            if forsok:
                rader["eksperimenter"][JA].append(plass)
            for fasett, kode in zip(KOLONNER, koder, strict=True):
                rader[fasett][kode].append(plass)
        for fasett, verdi, pk in _fra_andre_tabeller(pks):
            if (plass := self.plass.get(pk)) is not None:
                rader[fasett][verdi].append(plass)
        for fasett, verdier in rader.items():
            ferdige = self._bits.setdefault(fasett, {})
            for verdi, plasser in verdier.items():
                ferdige[verdi] = ferdige.get(verdi, 0) | self._bits_paa(plasser)
        self._les_retninger(pks)
        # A project that was published and is no more, has kept its number, but no bits.
        synlige = self._bits.get("synlig", {}).get("publisert", 0)
        for fasett, verdier in self._bits.items():
            if fasett != "synlig":
                self._bits[fasett] = {v: b for v, bits in verdier.items() if (b := bits & synlige)}

    def _les_retninger(self, pks):
        flere = len(self.pks) - len(self.retninger)
        self.retninger = np.vstack([self.retninger, np.zeros((flere, betydning.BREDDE), np.float32)])  # a copy
        rader = _blant(Prosjektretning.objects.order_by(), "prosjekt_id", pks).values_list("prosjekt", "retning")
        for pk, retning in rader.iterator(5_000):
            if (plass := self.plass.get(pk)) is not None:
                self.retninger[plass] = np.frombuffer(retning, np.int8) if retning else 0

    def _gi_plass(self, pk):
        if pk not in self.plass:
            self.plass[pk] = len(self.pks)
            self.pks.append(pk)
            for navn in NOKLER:
                self.nokler[navn].append(None)
        return self.plass[pk]

    def _bits_paa(self, plasser):
        har = np.zeros(len(self.pks), bool)
        har[plasser] = True
        return som_bits(har)


class Naerhet:
    """How near the projects are to a text in meaning, from 0 to 1. Of a text our lists know no word of, nothing is near."""

    def __init__(self, indeks, tekst):
        self.indeks, self._retning = indeks, betydning.retning((tekst, 1))

    @cached_property
    def alle(self):
        """Of each, in the order of the bits."""
        return self._av(self.indeks.retninger)

    def av(self, pks):
        """{pk: how near}; nothing when our lists know no word of the text."""
        if not self._retning:
            return {}
        return dict(zip(pks, self._for([self.indeks.plass[pk] for pk in pks]).tolist(), strict=True))

    def ordnet(self, bits, til):
        """The first bit numbers of a bit set, the nearest first, and of those that are as near the newest."""
        rekke = self.indeks.rekke(bits, "nyeste")
        if not self._retning:
            return rekke[:til]
        avstand = -self._for(rekke)
        if til < len(rekke):  # to sort only those that come so far is ten times as quick
            naer_nok = np.flatnonzero(avstand <= np.partition(avstand, til)[til])
            rekke, avstand = rekke[naer_nok], avstand[naer_nok]
        return rekke[np.argsort(avstand, kind="stable")][:til]

    def naermeste(self, deler, blant, hele):
        """As sok.veiing.naermeste. `deler`: (bits, weight) of what has some of the words, and `hele` has all."""
        maske = self.indeks.maske
        har = sum((vekt * maske(bits & blant) for bits, vekt in deler), np.zeros(len(self.indeks.pks)))
        return veiing.naermeste(self.indeks.pks, har, np.where(maske(blant), self.alle, 0), maske(hele))

    def _for(self, plasser):
        retninger = self.indeks.retninger
        return self._av(retninger[plasser]) if len(plasser) * FAA < len(retninger) else self.alle[plasser]

    def _av(self, retninger):
        return betydning.naerhet(self._retning, retninger) if self._retning else np.zeros(len(retninger))


@ferdig_sql
def _rader(pks, *, bruker):
    return Prosjekt.objects.publiserte().synlige_for(bruker).filter(pk__blant=pks).for_rad().order_by()


def maske(bits, antall):
    """Whether each of so many bits is set, as an array."""
    som_bytes = np.frombuffer(bits.to_bytes((antall + 7) // 8, "little"), np.uint8)
    return np.unpackbits(som_bytes, count=antall, bitorder="little").view(bool)


def som_bits(har):
    """A bit set of an array that says whether each bit is set."""
    return int.from_bytes(np.packbits(har, bitorder="little").tobytes(), "little")


def satte(bits):
    """The numbers of the bits that are set, lowest first."""
    return np.flatnonzero(maske(bits, bits.bit_length())).tolist()


def _blant(qs, felt, pks):
    return qs if pks is None else qs.filter(**{f"{felt}__blant": list(pks)})


def _fra_andre_tabeller(pks):
    """(facet, value, pk) of all that is not in the project's own row. May name projects that are not published."""
    apne = _blant(Prosjekt.objects.synlige_for(AnonymousUser()).publiserte(), "pk", pks)
    for pk in apne.order_by().values_list("pk", flat=True):
        yield "synlig", "apen", pk
    for pk in _blant(Prosjekttekst.objects.exclude(laering=""), "prosjekt_id", pks).values_list("prosjekt", flat=True):
        yield "laering", JA, pk
    for pk in _blant(Laering.objects.apne().order_by(), "prosjekt_id", pks).values_list("prosjekt", flat=True):
        yield "laering", JA, pk
    koder = _blant(Klassifisering.objects.order_by(), "prosjekt_id", pks)
    yield from koder.values_list("liste", "verdi", "prosjekt").iterator(5_000)
    godtatte = _blant(Missiontilknytning.objects.godtatte().order_by(), "prosjekt_id", pks)
    for slug, pk in godtatte.values_list("mission__slug", "prosjekt"):
        yield "mission", slug, pk
    steder = _hvor_og_hvem()
    deltakelser = _blant(Deltakelse.objects.order_by(), "prosjekt_id", pks)
    for org, sektor, rolle, pk in deltakelser.values_list("organisasjon", "sektor", "rolle", "prosjekt").iterator(
        5_000
    ):
        for fasett, verdi in steder[org]:
            yield fasett, verdi, pk
        if rolle != Partnerrolle.EIER:
            yield "partnersektor", sektor, pk


def _hvor_og_hvem():
    """{organisation: [(facet, value)]}: the municipalities of today it acts for, counties then and now, and itself.

    An organisation is found under those that have taken over from it, in two steps.
    """
    tre = Slektstre()
    fylker = dict(Fylke.objects.values_list("pk", "nummer"))
    kommuner = {k.pk: k for k in Kommune.objects.only("pk", "nummer", "fylke")}
    gamle_fylker = defaultdict(set)
    for kommune, fylke in Kommunenummer.objects.exclude(fylke=None).values_list("kommune", "fylke"):
        gamle_fylker[kommune].add(fylke)
    organisasjoner = {o.pk: o for o in Organisasjon.objects.only("pk", "slug", "kommune", "fylke", "etterfolger")}
    svar = {}
    for pk, organisasjon in organisasjoner.items():
        verdier = {("fylke", fylker[organisasjon.fylke_id])} if organisasjon.fylke_id else set()
        if organisasjon.kommune_id:
            i_dag = tre.naavaerende(organisasjon.kommune_id)
            verdier |= {("kommune", kommuner[k].nummer) for k in i_dag}
            for k in i_dag | {organisasjon.kommune_id}:
                verdier |= {("fylke", fylker[f]) for f in gamle_fylker[k] | {kommuner[k].fylke_id}}
        for _steg in range(3):
            verdier.add(("organisasjon", organisasjon.slug))
            organisasjon = organisasjoner.get(organisasjon.etterfolger_id)
            if organisasjon is None:
                break
        svar[pk] = list(verdier)
    return svar
