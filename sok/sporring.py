"""What someone typed, as something both engines can match.

Words must all be there; "quoted words" stand together; -word must not be there. Only tokens of the analyser reach the
engines, so nothing typed can be taken for their query syntax.
"""

import re
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import combinations

from sok.analyse import (
    MAKS_NABOBITER,
    analyser,
    begynnelser,
    er_av_kjente,
    er_kjent,
    er_stoppord,
    er_svak,
    naere_emner,
    navneterm,
    sier_lite_som_del,
    stamme,
    synonymer,
    tokens,
)

MAKS_ORD = 12
MAKS_TEGN = 500
MIN_HALVT = 4  # letters of a begun word
MAKS_UTTRYKK = 4  # words in an expression
MAKS_UTELATT = 3  # a question may lose two of three words
MIN_SMAAORD = 2  # small words in what is a question
MAKS_NAERMESTE = 6  # words the closest are looked for by: their combinations grow fast
_ORD_PAA_VEI = re.compile(r"(?<![^\s/])\w[\w‐‑-]+$")
_TRE_LIKE = re.compile(r"(\w)\1\1")  # natt tog: nattog
_DEL = re.compile(r'(-?)"([^"]*)"|(\S+)')


@dataclass(frozen=True)
class Ledd:
    """One demand. Any of these fulfils it: stems side by side, a stem that begins so, or `alle` of some demands."""

    alternativer: tuple[tuple[str, ...], ...] = ()
    begynnelser: tuple[str, ...] = ()
    alle: tuple["Ledd", ...] = ()
    er_kjent: bool = field(default=False, compare=False)
    deler: tuple[str, ...] = ()  # of a compound, which the closest tier lets stand anywhere
    naere: tuple[tuple[str, ...], ...] = ()  # what the closest tier accepts for it
    ord: str = field(default="", compare=False)  # as it was typed, when it is one word

    @property
    def stammer(self):
        egne = {s for alternativ in self.alternativer for s in alternativ} | {f"{b}*" for b in self.begynnelser}
        return egne.union(*(ledd.stammer for ledd in self.alle))

    @property
    def korteste_begynnelse(self):
        return min(map(len, self.begynnelser), default=0)

    @property
    def er_svakt(self):
        return all(map(er_svak, self.alternativer[0]))

    def spredt(self, grad):
        """The same demand, less strict. A compound by its parts, standing anywhere, without those that say little.

        `grad` 1 and 2 accept what is near too, 2 also lets go of what only says what sort of thing it is.
        """
        lite = sier_lite_som_del if grad > 1 else er_svak
        deler = tuple(_del(d, grad) for d in self.deler if not lite(d))
        alternativer = (*self.alternativer, *self.naere) if grad else self.alternativer
        return replace(self, alternativer=alternativer, alle=deler or self.alle, deler=(), naere=())


def _del(stamme_, grad):
    grupper = synonymer().get((stamme_,), ()) + (naere_emner().get((stamme_,), ()) if grad else ())
    return Ledd(((stamme_,), *((gruppe,) for gruppe in grupper)))


@dataclass(frozen=True)
class Sporring:
    krav: tuple[Ledd, ...] = ()
    uten: tuple[Ledd, ...] = ()
    sammenskrevet: tuple[tuple[Ledd, ...], ...] = ()  # the demands with two neighbours as one word
    er_spoersmaal: bool = field(default=False, compare=False)  # in plain words: most of them only tie it together

    @property
    def er_tom(self):
        return not (self.krav or self.uten)

    @property
    def er_halv(self):
        """Whether the last word is likely to be only begun: long enough to tell, and no word we know."""
        return any(
            ledd.begynnelser and not ledd.er_kjent and ledd.korteste_begynnelse >= MIN_HALVT for ledd in self.krav
        )

    @property
    def valg(self):
        """The sets of demands; any of them will do."""
        return (self.krav, *self.sammenskrevet)

    @property
    def stammer(self):
        """Every stem that counts as a hit, to be marked in an excerpt. «tek*» is every stem that begins with tek."""
        deler = {d for ledd in self.krav for d in (*ledd.deler, *(s for nar in ledd.naere for s in nar))}
        return frozenset(deler.union(*(ledd.stammer for krav in self.valg for ledd in krav)))

    def naermeste(self, finnes, sjeldnest=lambda kjente: None):
        """The closest that `finnes(valg)` says there is, when nothing met every demand; or nothing.

        First compounds by their parts and words by what is near them, and without the words that say little. Then as
        many of the words as something has, but never fewer than half, or two of a question: what shares one word of
        five is not close. A word that nothing has is a sign that there is no answer, so two words are loosened to one
        only when each is found by itself. At last one word alone: of a question the rarest, which is what it is about;
        of a short search the first, when our lists know it («fortau som er glatte»), for the others narrow it.
        """
        finnes = cache(finnes)
        funnet = self._naermeste(finnes, sjeldnest)
        if not funnet and (hvert_for_seg := self._uttrykk_delt()) != self.krav:
            return replace(self, krav=hvert_for_seg)._naermeste(finnes, sjeldnest)
        return funnet

    def _uttrykk_delt(self):
        """The demands with each word of an expression by itself: nothing has it whole."""
        return tuple(ett for ledd in self.krav for ett in ledd.alle or (ledd,))

    def _naermeste(self, finnes, sjeldnest):
        # What is near a word is closer than one of its parts; of several words, it is the other way.
        grader = (1, 0, 2) if len(self.krav) == 1 and self.krav[0].naere else (0, 1, 2)
        maater = [tuple(ledd.spredt(grad) for ledd in self.krav) for grad in grader]
        for spredt in maater:
            if spredt != self.krav and finnes((spredt,)):
                return (spredt,)
        maater = [_sterke(spredt) for spredt in maater]
        for sterke in maater:
            if len(sterke) < len(self.krav) and finnes((sterke,)):
                return (sterke,)
        if len(self.krav) < 2 or len(maater[0]) < 2:
            return ()
        kjente = [_som_finnes(sterke, finnes) for sterke in maater]
        return self._noen_av(len(maater[0]), kjente, finnes) or self._alene(maater[0], kjente, sjeldnest)

    def _noen_av(self, antall, kjente, finnes):
        """As many of the words as something has; of two, each by itself."""
        minst = max(2, min(2 if self.er_spoersmaal else 3, (antall + 1) // 2))
        for faerre in range(min(len(kjente[-1]), antall - 1), minst - 1, -1):
            for noen in kjente:
                valg = tuple(combinations(noen, faerre))
                if valg and finnes(valg):
                    return valg
        return next((tuple((ledd,) for ledd in noen) for noen in kjente if antall == 2 == len(noen)), ())

    def _alene(self, sterke, kjente, sjeldnest):
        """One word for all of them: of a question the one fewest texts have, else the first when our lists know it."""
        for noen in kjente:
            if self.er_spoersmaal and len(noen) * MAKS_UTELATT >= len(sterke) and (ett := sjeldnest(noen)):
                return ((ett,),)
            forst = [ledd for ledd in noen if ledd.er_kjent and ledd.ord == sterke[0].ord]
            if forst and len(sterke) <= MAKS_UTTRYKK:
                return (tuple(forst[:1]),)
        return ()


def _sterke(spredt):
    return tuple(ledd for ledd in spredt if not ledd.er_svakt) or spredt


def _som_finnes(sterke, finnes):
    tyngst = sorted(sterke, key=lambda ledd: -len(ledd.alternativer[0][0]))[:MAKS_NAERMESTE]
    return [ledd for ledd in tyngst if finnes(((ledd,),))]


def les(tekst, *, prefiks=False):
    """Read what was typed. With `prefiks` the last word may still be on its way: it matches as a beginning too."""
    krav, uten, loese = [], [], []
    tekst = tekst[:MAKS_TEGN]
    for minus, frase, ord_ in _DEL.findall(tekst):
        if ord_:
            if ord_.startswith("-") and len(ord_) > 1:
                uten += [Ledd(((stamme(t),),)) for t in tokens(ord_[1:])]
            else:
                loese += tokens(ord_)
        elif stammer := tuple(stamme(t) for t in tokens(frase) if not er_stoppord(t)):
            (uten if minus else krav).append(Ledd((stammer,)))
    er_spoersmaal = sum(map(er_stoppord, loese)) >= MIN_SMAAORD
    # A question made of nothing but small words is still a search for those words.
    loese = [t for t in loese if not er_stoppord(t)] or ([] if krav or uten else loese)
    av_ord = list(_ledd_av(loese))
    if prefiks and loese and (paa_vei := _ORD_PAA_VEI.search(tekst)) and tokens(paa_vei[0])[-1:] == loese[-1:]:
        av_ord[-1] = replace(av_ord[-1], begynnelser=begynnelser(loese[-1]))
    krav = tuple(dict.fromkeys((*krav, *av_ord)))[:MAKS_ORD]
    sammen = tuple(_skrevet_sammen(loese)) if len(av_ord) == len(krav) == len(loese) else ()
    return Sporring(
        krav,
        tuple(dict.fromkeys(uten))[:MAKS_ORD],
        tuple((*krav[:i], ledd, *krav[i + 2 :]) for i, ledd in sammen),
        er_spoersmaal,
    )


def _ledd_av(ord_):
    """Demands from loose words. Several that together are one expression (kunstig intelligens) become one."""
    grupper = synonymer()
    stammer = [stamme(o) for o in ord_]
    i = 0
    while i < len(ord_):
        for lengde in range(min(MAKS_UTTRYKK, len(ord_) - i), 0, -1):
            uttrykk = tuple(stammer[i : i + lengde])
            if uttrykk in grupper or uttrykk in naere_emner() or lengde == 1:
                yield _ledd(ord_[i : i + lengde], uttrykk, grupper.get(uttrykk, ()))
                i += lengde
                break


def _ledd(ord_, uttrykk, grupper):
    synonymene = tuple((gruppe,) for gruppe in grupper)
    if len(ord_) > 1:
        naere = tuple((gruppe,) for gruppe in naere_emner().get(uttrykk, ()))
        return Ledd((uttrykk, *synonymene), alle=tuple(_ledd_av_ett(o) for o in ord_), naere=naere)
    return replace(ledd := _ledd_av_ett(ord_[0]), alternativer=(*ledd.alternativer, *synonymene))


def _ledd_av_ett(ord_):
    analysert = analyser(ord_)
    delinger = _skrevet_fra_hverandre(analysert.enkeltdeler)
    navn = [(n,)] if (n := navneterm(ord_)) else []
    return Ledd(
        ((analysert.stamme,), *navn, *dict.fromkeys(delinger)),
        deler=analysert.enkeltdeler,
        er_kjent=er_kjent(ord_),
        naere=tuple((gruppe,) for gruppe in naere_emner().get((analysert.stamme,), ())),
        ord=ord_,
    )


def _skrevet_fra_hverandre(deler):
    """«ungdoms los» is how some write ungdomslos, and «helsestasjon for ungdom» is ungdomshelsestasjon turned round.

    Where all parts are known, the index has neighbours as one word (naboord), and need not look for words side by side.
    """
    if len(deler) <= MAKS_NABOBITER and er_av_kjente(deler):
        return
    for i in range(1, len(deler)):
        deling = "".join(deler[:i]), "".join(deler[i:])
        yield from (deling, deling[::-1])


def _skrevet_sammen(ord_):
    """(place, demand) for each two neighbours that may be one word written apart, in a short search."""
    if 2 <= len(ord_) <= MAKS_UTTRYKK:
        for i in range(len(ord_) - 1):
            if min(len(ord_[i]), len(ord_[i + 1])) > 2:
                sammen = _TRE_LIKE.sub(r"\1\1", ord_[i] + ord_[i + 1])
                yield i, _ledd([sammen], (stamme(sammen),), synonymer().get((stamme(sammen),), ()))


def som_tsquery(valg):
    """For PostgreSQL's to_tsquery with the «simple» configuration. Any of the sets of demands will do."""
    return " | ".join("(" + " & ".join(_ts(ledd) for ledd in krav) + ")" for krav in valg)


def _ts(ledd):
    valg = ["(" + " <-> ".join(a) + ")" for a in ledd.alternativer] + [f"{b}:*" for b in ledd.begynnelser]
    if ledd.alle:
        valg.append("(" + " & ".join(map(_ts, ledd.alle)) + ")")
    return "(" + " | ".join(valg) + ")"


def som_fts5(valg):
    """For SQLite's FTS5 MATCH."""
    return " OR ".join("(" + " AND ".join(_fts(ledd) for ledd in krav) + ")" for krav in valg)


def _fts(ledd):
    valg = ['"' + " ".join(a) + '"' for a in ledd.alternativer] + [f'"{b}"*' for b in ledd.begynnelser]
    if ledd.alle:
        valg.append("(" + " AND ".join(map(_fts, ledd.alle)) + ")")
    return "(" + " OR ".join(valg) + ")"
