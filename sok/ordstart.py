"""Suggestions while someone types: the beginnings of words, in an ordinary index that both engines read in order.

A search ranks everything it finds; a suggestion must come before the next letter. So each thing that anyone may see has
a few short keys, and what is typed is looked up as the beginning of them: the words of its title as they are written,
their stems, synonyms and the parts of compounds (sok.analyse), and the title itself after a space, for those who type it out.
"""

from dataclasses import dataclass

from django.db import models
from django.db.models import Lookup, Q

from partnerskap.felles.ferdig_sql import ferdig_sql, gjort_til
from sok.analyse import begynnelser, stamme, tokens
from sok.ordklasser import er_stoppord
from sok.synonymer import synonymer
from sok.termer import dokumenttermer

LENGSTE_NOKKEL = 60
MIN_TEGN = 2  # one letter is the beginning of everything
MAKS_ORD = 6
MAKS_RADER = 300  # looked at: enough to choose among, few enough to be quick
MAKS_IDER = 100  # that have all of several words
MAKS_RADER_FLERE = 600  # of the first word, when there are more to choose by
SIER_INTET = {"kommune"}  # nearly every owner has it in the name
SLUTT = "\U0010ffff"  # after everything that begins alike


class Nokkel(models.CharField):
    """Compared byte by byte, whatever the database thinks of Norwegian letters."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": LENGSTE_NOKKEL, **kwargs})


@models.CharField.register_lookup
class BegynnerMed(Lookup):
    """`nokkel__begynner_med="vel"`, as a stretch of the index (text_pattern_ops on PostgreSQL)."""

    lookup_name = "begynner_med"
    prepare_rhs = False

    def get_db_prep_lookup(self, value, connection):
        return "%s", [value]

    def as_sql(self, compiler, connection, fra=">=", til="<"):
        sql, parametre = compiler.compile(self.lhs)
        slutt = gjort_til(lambda begynnelse: begynnelse + SLUTT, self.rhs)
        return f"({sql} {fra} %s AND {sql} {til} %s)", [*parametre, self.rhs, *parametre, slutt]

    def as_postgresql(self, compiler, connection):
        return self.as_sql(compiler, connection, fra="~>=~", til="~<~")


class Ordstart(models.Model):
    """One key of one thing. A room makes its own with a foreign key, and indexes on (nokkel, it) and (it, nokkel)."""

    nokkel = Nokkel()

    class Meta:
        abstract = True

    def __str__(self):
        return self.nokkel


def nokler(tittel, andre_ord=""):
    """The keys of a title, and of other words it should be suggested by."""
    alle = f"{tittel} {andre_ord}"
    stammer, deler = dokumenttermer(alle)
    som_skrevet = {t for t in tokens(alle) if not er_stoppord(t)}
    ordene = {*som_skrevet, *stammer, *deler} - SIER_INTET
    return {nokkel[:LENGSTE_NOKKEL] for nokkel in {_hele(tittel), *ordene}}


def _hele(tekst):
    return " " + " ".join(tokens(tekst))


@dataclass(frozen=True)
class Paabegynt:
    """What is typed so far. Empty when there is nothing to go on yet."""

    hele: str = ""
    ord: tuple[str, ...] = ()

    def __bool__(self):
        return bool(self.ord)


def les(tekst):
    """The words to look up: all that say something, and the last one even if it says nothing yet."""
    alle = tokens(tekst)[: 2 * MAKS_ORD]
    ordene = [t for t in alle[:-1] if not er_stoppord(t) and t not in SIER_INTET] + alle[-1:]
    if len("".join(ordene)) < MIN_TEGN:
        return Paabegynt()
    if len(ordene) > 1 and (len(ordene[-1]) < MIN_TEGN or er_stoppord(ordene[-1]) or ordene[-1] in SIER_INTET):
        ordene.pop()
    return Paabegynt(_hele(tekst)[:LENGSTE_NOKKEL], tuple(dict.fromkeys(ordene))[:MAKS_ORD])


class Oppslag:
    """Looks up what is typed among these rows, at most `antall` of them. `vei` is the related name of the room's Ordstart."""

    def __init__(self, rader, vei, antall):
        modell = rader.model._meta.get_field(vei).related_model
        self.peker = next(f.attname for f in modell._meta.fields if f.remote_field)

        def ider(maks, former, **vilkaar):
            treff = modell.objects.filter(_har_en_av(*former), **vilkaar)
            return treff.order_by().values_list(self.peker, flat=True)[:maks]

        self._begynner = ferdig_sql(
            lambda hele: rader.filter(
                pk__in=modell.objects.filter(nokkel__begynner_med=hele).order_by().values(self.peker)[:MAKS_RADER]
            )[:antall]
        )
        self._har_ordet = ferdig_sql(lambda *former: rader.filter(pk__in=ider(MAKS_RADER, former))[:antall])
        self._ider_med = ferdig_sql(lambda *former: ider(MAKS_RADER_FLERE, former))
        self._blant = ferdig_sql(lambda blant, *former: ider(None, former, **{f"{self.peker}__blant": blant}))
        self._rader = ferdig_sql(lambda blant: rader.filter(pk__blant=blant)[:antall])

    def begynner_likt(self, paabegynt):
        """Those whose title begins with all that is typed."""
        return self._begynner(paabegynt.hele)

    def har_ordene(self, paabegynt):
        """Those with all the words, each of them perhaps only begun.

        One word after another narrows a short list of ids, so that no engine is tempted to read the whole table.
        """
        forst, *andre = sorted(paabegynt.ord, key=len, reverse=True)  # the longest has the fewest
        if not andre:
            return self._har_ordet(*_former(forst))
        ider = set(self._ider_med(*_former(forst)))
        for ord_ in andre:
            ider = set(self._blant(ider, *_former(ord_)))
        return self._rader(list(ider)[:MAKS_IDER])


def _former(ord_):
    """The keys of a word that is whole, and what the keys of a begun one can begin with."""
    ordstamme = stamme(ord_)
    return [ordstamme, *synonymer().get((ordstamme,), ())], *dict.fromkeys((ord_, *begynnelser(ord_)))


def _har_en_av(hele, *begynnelsene):
    vilkaar = Q(nokkel__blant=hele)
    for begynnelse in begynnelsene:
        vilkaar |= Q(nokkel__begynner_med=begynnelse)
    return vilkaar
