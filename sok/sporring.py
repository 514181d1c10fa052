"""What someone typed, as something both engines can match.

Words must all be there; "quoted words" stand together; -word must not be there. Only tokens of the analyser reach the
engines, so nothing typed can be taken for their query syntax.
"""

import re
from dataclasses import dataclass, field, replace
from functools import cached_property

from sok.analyse import MAKS_NABOBITER, analyser, begynnelser, er_av_kjente, er_kjent, navneterm, stamme, tokens
from sok.ordklasser import (
    betydningsord,
    er_bred,
    er_fyllord,
    er_smaaord,
    har_smaaord,
    hele_stammer,
    sier_lite_som_del,
)
from sok.synonymer import naere_emner, synonymer

FAA_TREFF = 3  # with fewer that have all the words, what is closest comes after
NOEN_TREFF = 6  # with fewer, a rare word may be a misspelt one
MAKS_ORD = 12
MAKS_TEGN = 500
MIN_HALVT = 4  # letters of a begun word
MAKS_UTTRYKK = 4  # words in an expression
MAKS_HELT = 6  # with its small words
_ORD_PAA_VEI = re.compile(r"(?<![^\s/])\w[\w‐‑-]+$")
_TRE_LIKE = re.compile(r"(\w)\1\1")  # natt tog: nattog
_TRUKKET_FRA = re.compile(r"(?<!\S)-\S+")
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
    def term(self):
        """What stands for the demand as it was typed, of a word its stem."""
        return self.alternativer[0][0]

    @property
    def ordene(self):
        """Demands for each word of an expression with small words; nothing of another demand."""
        return () if self.ord else tuple(map(_av_stamme, self.deler))

    @property
    def ordstammer(self):
        """The stems of the words of an expression."""
        return tuple(ett.term for ett in self.alle or self.ordene)

    @property
    def korteste_begynnelse(self):
        return min(map(len, self.begynnelser), default=0)

    @property
    def er_fyll(self):
        """Whether it is a single word, not quoted, that only fills out what is searched for."""
        return bool(self.ord) and er_fyllord(self.alternativer[0][0])

    def spredt(self):
        """The same demand, less strict: what is near it, or a compound by its parts, standing anywhere.

        Without those that only say what sort of thing it is, and never by a wide word alone.
        """
        igjen = [d for d in self.deler if not sier_lite_som_del(d)]
        deler = () if len(igjen) == 1 and er_bred(igjen[0]) else tuple(_av_stamme(d).spredt() for d in igjen)
        alternativer = (*self.alternativer, *self.naere)
        return replace(self, alternativer=alternativer, alle=deler or self.alle, deler=(), naere=())


def _av_stamme(stamme_):
    like = ((gruppe,) for gruppe in synonymer().get((stamme_,), ()))
    return Ledd(((stamme_,), *like), naere=naere_emner().get((stamme_,), ()))


@dataclass(frozen=True)
class Sporring:
    krav: tuple[Ledd, ...] = ()
    uten: tuple[Ledd, ...] = ()
    sammenskrevet: tuple[tuple[Ledd, ...], ...] = ()  # the demands with two neighbours as one word
    lest_ellers: tuple[tuple[Ledd, ...], ...] = ()  # the demands with other words taken for expressions

    @property
    def er_tom(self):
        return not (self.krav or self.uten)

    @property
    def er_halv(self):
        """Whether the last word is likely to be only begun: long enough to tell, and no word we know."""
        return any(
            ledd.begynnelser and not ledd.er_kjent and ledd.korteste_begynnelse >= MIN_HALVT for ledd in self.krav
        )

    @cached_property
    def valg(self):
        """The sets of demands; any of them will do."""
        return (self.krav, *self.lest_ellers, *self.sammenskrevet)

    @property
    def stammer(self):
        """Every stem that counts as a hit, to be marked in an excerpt. «tek*» is every stem that begins with tek."""
        deler = {d for ledd in self.krav for d in (*ledd.deler, *(s for nar in ledd.naere for s in nar))}
        return frozenset(deler.union(*(ledd.stammer for krav in self.valg for ledd in krav)))

    @property
    def ordvis(self):
        """The demands with each word by itself."""
        siste = (self.krav, *self.lest_ellers)[-1]
        return tuple(dict.fromkeys(ett for ledd in siste for ett in ledd.ordene or (ledd,)))

    @property
    def uttrykk(self):
        """The demands of several words as one, in any reading."""
        alle = (ledd for krav in (self.krav, *self.lest_ellers) for ledd in krav if ledd.ordstammer)
        return tuple(dict.fromkeys(alle))


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
        elif stammer := tuple(map(stamme, betydningsord(tokens(frase)))):
            (uten if minus else krav).append(Ledd((stammer,)))
    # A question made of nothing but small words is still a search for those words.
    smaa = er_smaaord(loese)
    if all(smaa):
        smaa, loese = ([False] * len(loese), loese) if not (krav or uten) else ([], [])
    lesninger = [
        list(_ledd_av(loese, smaa, lengde_av)) for lengde_av in (_lengste_uttrykk, _uttrykk_som_viker, _ett_ord)
    ]
    av_ord = lesninger[0]
    loese = [o for o, smaatt in zip(loese, smaa, strict=True) if not smaatt]
    if prefiks and loese and (paa_vei := _ORD_PAA_VEI.search(tekst)) and tokens(paa_vei[0])[-1:] == loese[-1:]:
        for lest in lesninger:
            lest[-1] = replace(lest[-1], begynnelser=begynnelser(loese[-1]))
    krav, *ellers = dict.fromkeys(tuple(dict.fromkeys((*krav, *lest)))[:MAKS_ORD] for lest in lesninger)
    sammen = tuple(_skrevet_sammen(loese)) if len(av_ord) == len(krav) == len(loese) else ()
    return Sporring(
        krav,
        tuple(dict.fromkeys(uten))[:MAKS_ORD],
        tuple((*krav[:i], ledd, *krav[i + 2 :]) for i, ledd in sammen),
        tuple(ellers),
    )


def uten_det_trukket_fra(tekst):
    """What was typed, but for the words that must not be there."""
    return _TRUKKET_FRA.sub(" ", tekst)


def ordrett(tekst):
    """The search for just what was typed: in quotes, but for the words that must not be there."""
    return " ".join([f'"{uten_det_trukket_fra(tekst).replace(chr(34), "").strip()}"', *_TRUKKET_FRA.findall(tekst)])


def _ledd_av(ord_, smaa, lengde_av):
    """Demands from loose words. Several that together are one expression (kunstig intelligens) become one.

    Small words are passed over, but where they belong to the expression: «uten jobb». `lengde_av` tells how many of the
    words from here on to take for one.
    """
    i = 0
    while i < len(ord_):
        if lengde := _helt_uttrykk(ord_[i : i + MAKS_HELT]):
            yield _ledd_av_helt(ord_[i : i + lengde])
            i += lengde
        elif smaa[i]:
            i += 1
        else:
            plasser = [j for j in range(i, len(ord_)) if not smaa[j]]
            lengde = lengde_av([ord_[j] for j in plasser])
            yield _ledd([ord_[j] for j in plasser[:lengde]])
            i = plasser[lengde - 1] + 1


def _helt_uttrykk(ord_):
    """How many of the words are an expression with its small words, or 0."""
    stammer = hele_stammer(ord_)
    lengder = range(len(ord_), 1, -1)
    return next((n for n in lengder if _er_uttrykk(stammer[:n]) and har_smaaord(stammer[:n])), 0)


def _lengste_uttrykk(ord_):
    stammer = tuple(map(stamme, ord_[:MAKS_UTTRYKK]))
    return next((n for n in range(len(stammer), 1, -1) if _er_uttrykk(stammer[:n])), 1)


def _uttrykk_som_viker(ord_):
    """As the longest, but one word of what another expression begins in: barn | mistet mamma, not barn mistet | mamma."""
    lengde = _lengste_uttrykk(ord_)
    return 1 if any(_lengste_uttrykk(ord_[i:]) > lengde - i for i in range(1, lengde)) else lengde


def _ett_ord(_ord):
    """No expressions: what means something as one may be written of in other words as well."""
    return 1


def _er_uttrykk(stammer):
    return stammer in synonymer() or stammer in naere_emner()


def _ledd_av_helt(ord_):
    """The demand of an expression with small words: its groups, and its other words only when nothing has those."""
    stammer = hele_stammer(ord_)
    sokes, naere = tuple((gruppe,) for gruppe in synonymer().get(stammer, ())), naere_emner().get(stammer, ())
    return Ledd(sokes or naere, deler=tuple(map(stamme, betydningsord(ord_))), naere=naere, er_kjent=True)


def _ledd(ord_):
    uttrykk = tuple(map(stamme, ord_))
    synonymene = tuple((gruppe,) for gruppe in synonymer().get(uttrykk, ()))
    if len(ord_) > 1:
        alle = tuple(_ledd_av_ett(o) for o in ord_)
        return Ledd((uttrykk, *synonymene), alle=alle, naere=naere_emner().get(uttrykk, ()))
    return replace(ledd := _ledd_av_ett(ord_[0]), alternativer=(*ledd.alternativer, *synonymene))


def _ledd_av_ett(ord_):
    analysert = analyser(ord_)
    delinger = _skrevet_fra_hverandre(analysert.enkeltdeler)
    navn = [(n,)] if (n := navneterm(ord_)) else []
    return Ledd(
        ((analysert.stamme,), *navn, *dict.fromkeys(delinger)),
        deler=analysert.enkeltdeler,
        er_kjent=er_kjent(ord_),
        naere=naere_emner().get((analysert.stamme,), ()),
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
                yield i, _ledd([sammen])


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
