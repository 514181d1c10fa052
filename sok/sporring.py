"""What someone typed, as something both engines can match.

Words must all be there; "quoted words" stand together; -word must not be there. Only tokens of the analyser reach the
engines, so nothing typed can be taken for their query syntax.
"""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import combinations

from sok.analyse import MAKS_NABOBITER, analyser, begynnelser, er_av_kjente, er_kjent, navneterm, stamme, tokens
from sok.ordklasser import (
    betydningsord,
    er_bred,
    er_fyllord,
    er_smaaord,
    er_svak,
    er_vanlig,
    har_smaaord,
    hele_stammer,
    sier_lite_som_del,
)
from sok.synonymer import GRUPPER, naere_emner, synonymer, vide_navn

FAA_TREFF = 2  # with fewer, a compound's first part will do, fastlege(ordning), and what is near comes after
NOEN_TREFF = 6  # with fewer, a rare word may be a misspelt one
NOK = 3  # answers to a question, before fewer of its words are asked for
MAKS_ORD = 12
MAKS_TEGN = 500
MIN_HALVT = 4  # letters of a begun word
MAKS_UTTRYKK = 4  # words in an expression
MAKS_HELT = 6  # with its small words
MAKS_KORT = 3  # words of a search that is no question
MIN_SMAAORD = 2  # small words in what is a question
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
        return () if self.ord else tuple(_del(stamme_, 0) for stamme_ in self.deler)

    @property
    def ordstammer(self):
        """The stems of the words of an expression."""
        return tuple(ett.term for ett in self.alle or self.ordene)

    @property
    def korteste_begynnelse(self):
        return min(map(len, self.begynnelser), default=0)

    @property
    def har_synonymer(self):
        """Whether our list says what it means."""
        return any(a[0].startswith(GRUPPER) for a in self.alternativer)

    @property
    def er_fyll(self):
        """Whether it is a single word, not quoted, that only fills out what is searched for."""
        return bool(self.ord) and er_fyllord(self.alternativer[0][0])

    def med_naere(self):
        """The same demand, or by its parts, or what is near it; but not what is about a wide subject it is a kind of."""
        smale = tuple(navn for navn in self.naere if navn not in vide_navn())
        return replace(self.spredt(0), alternativer=(*self.alternativer, *smale))

    def spredt(self, grad):
        """The same demand, less strict. A compound by its parts, standing anywhere, without those that say little.

        `grad` 1 and 2 accept what is near too, 2 also lets go of what only says what sort of thing it is.
        """
        lite = sier_lite_som_del if grad > 1 else er_svak
        igjen = [d for d in self.deler if not lite(d)]
        deler = () if len(igjen) == 1 and er_bred(igjen[0]) else tuple(_del(d, grad) for d in igjen)
        alternativer = (*self.alternativer, *self.naere) if grad else self.alternativer
        return replace(self, alternativer=alternativer, alle=deler or self.alle, deler=(), naere=())


def _del(stamme_, grad):
    like = tuple((gruppe,) for gruppe in synonymer().get((stamme_,), ()))
    return Ledd(((stamme_,), *like, *(naere_emner().get((stamme_,), ()) if grad else ())))


@dataclass(frozen=True)
class Sporring:
    krav: tuple[Ledd, ...] = ()
    uten: tuple[Ledd, ...] = ()
    sammenskrevet: tuple[tuple[Ledd, ...], ...] = ()  # the demands with two neighbours as one word
    lest_ellers: tuple[tuple[Ledd, ...], ...] = ()  # the demands with other words taken for expressions
    er_spoersmaal: bool = field(default=False, compare=False)  # in plain words: most of them only tie it together
    etter_av: tuple[Ledd, ...] = field(default=(), compare=False)  # restaurering av myr: myr

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
    def veies(self):
        """Whether the closest to it are found by what its words weigh (sok.veiing)."""
        return self.er_spoersmaal or len(self.krav) > MAKS_KORT

    @property
    def ordvis(self):
        """The demands with each word by itself."""
        siste = (self.krav, *self.lest_ellers)[-1]
        return tuple(dict.fromkeys(ett for ledd in siste for ett in ledd.ordene or (ledd,)))

    @property
    def ord_uten_fyll(self):
        return _uten_fyll(self.ordvis)

    @property
    def uttrykk(self):
        """The demands of several words as one, in any reading."""
        alle = (ledd for krav in (self.krav, *self.lest_ellers) for ledd in krav if ledd.ordstammer)
        return tuple(dict.fromkeys(alle))

    @property
    def hovedsak(self):
        """The demands without what fills out, or one compound without what only says its sort: fastlege(ordning)."""
        if len(self.krav) > 1:
            uten_fyll = _uten_fyll(self.krav)
            return uten_fyll if len(uten_fyll) < len(self.krav) else ()
        deler = self.krav[0].deler if len(self.krav) == 1 else ()
        igjen = deler
        while igjen and sier_lite_som_del(igjen[-1]):
            igjen = igjen[:-1]
        stammen = "".join(igjen)
        if igjen == deler or not igjen or er_bred(stammen) or er_fyllord(stammen):
            return ()
        like = [g for g in synonymer().get((stammen,), ()) if g.startswith(GRUPPER[0])]
        return (Ledd(((stammen,), *((g,) for g in like))),)

    def videre(self, antall):
        """Sets of demands that are a little less than what was typed, when so few texts have all of it."""
        if antall >= FAA_TREFF:
            return ()
        hovedsak = (self.hovedsak,) if self.hovedsak else ()
        naer = tuple(ledd.med_naere() for ledd in self.krav)
        return (*hovedsak, naer) if naer != self.krav else hovedsak

    def naermeste(self, tell):
        """The closest to a short search, when nothing met every demand; or nothing. `tell(valg)` texts meet the demands.

        First compounds by their parts and words by what is near them, and without the words that only fill out. Then as
        many of the words as something has, but never fewer than half: what shares one word of three is not close. A
        word that nothing has is a sign that there is no answer, so two words are loosened to one only when each is found
        by itself. At last the first word alone, when our lists know it («fortau som er glatte»), for the others narrow it; or
        what stands after «av», which is what it is about («restaurering av myr»).
        """
        tell = cache(tell)
        funnet = self._naermeste(tell)
        if not funnet and (hvert_for_seg := self._uttrykk_delt()) != self.krav:
            funnet = replace(self, krav=hvert_for_seg)._naermeste(tell)
        return funnet or _forste_som_finnes(self._det_det_gjelder(), tell)

    def _det_det_gjelder(self):
        """What something is done with, without what is done."""
        return [(tuple(ledd.spredt(grad) for ledd in self.etter_av),) for grad in (0, 1)] if self.etter_av else []

    def _uttrykk_delt(self):
        """The demands with each word of an expression by itself: nothing has it whole."""
        return tuple(ett for ledd in self.krav for ett in ledd.alle or ledd.ordene or (ledd,))

    def _naermeste(self, tell):
        # What is near a word is closer than one of its parts; of several words, it is the other way.
        grader = (1, 0, 2) if len(self.krav) == 1 and self.krav[0].naere else (0, 1, 2)
        krav = _uten_felles_naere(self.krav)
        maater = [tuple(ledd.spredt(grad) for ledd in krav) for grad in grader]
        uten_fyll = [_uten_fyll(spredt) for spredt in maater]
        alle_ordene = [
            *(spredt for spredt in maater if spredt != self.krav),
            *(u for u in uten_fyll if len(u) < len(self.krav)),
        ]
        if funnet := _forste_som_finnes(((spredt,) for spredt in alle_ordene), tell):
            return funnet
        if len(uten_fyll[0]) < 2:
            return ()
        kjente = [_som_finnes(sterke, tell) for sterke in uten_fyll]
        return _noen_av(len(uten_fyll[0]), kjente, tell) or _forst_alene(uten_fyll[0], kjente)


def _uten_felles_naere(krav):
    """What is near two of the words is no sign of both."""
    antall = Counter(n for ledd in krav for n in set(ledd.naere))
    return tuple(replace(ledd, naere=tuple(n for n in ledd.naere if antall[n] == 1)) for ledd in krav)


def _forste_som_finnes(muligheter, tell):
    return next((valg for valg in muligheter if valg and tell(valg)), ())


def _noen_av(antall, kjente, tell):
    """As many of the words as something has; of two, each by itself."""
    minst = max(2, (antall + 1) // 2)
    muligheter = (
        tuple(combinations(noen, faerre))
        for faerre in range(min(len(kjente[-1]), antall - 1), minst - 1, -1)
        for noen in kjente
    )
    if funnet := _forste_som_finnes(muligheter, tell):
        return funnet
    return next((tuple((ledd,) for ledd in _uten_brede(noen)) for noen in kjente if antall == 2 == len(noen)), ())


def _uten_brede(noen):
    return [ledd for ledd in noen if not er_bred(ledd.alternativer[0][0])] or noen


def _forst_alene(sterke, kjente):
    """The first word for all of them, when our lists know it."""
    forst = (ledd for noen in kjente for ledd in noen if ledd.ord == sterke[0].ord)
    return next((((ledd,),) for ledd in forst if ledd.er_kjent or ledd.har_synonymer), ())


def _uten_fyll(spredt):
    return tuple(ledd for ledd in spredt if not ledd.er_fyll) or spredt


def _som_finnes(ledd, tell):
    return [ett for ett in ledd if tell(((ett,),))]


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
    er_spoersmaal = sum(smaa) >= MIN_SMAAORD
    etter_av = _etter_av(loese)
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
        er_spoersmaal,
        etter_av,
    )


def _etter_av(ord_):
    """What something is done with, when our lists know it and it is nothing wide."""
    etter = ord_[ord_.index("av") + 1 :] if "av" in ord_[1:-1] else []
    ledd = tuple(_ledd_av(etter, er_smaaord(etter), _lengste_uttrykk))
    vide = (er_bred(ett.term) or er_vanlig(ett.term) for ett in ledd)
    return ledd if all(ett.er_kjent or ett.har_synonymer for ett in ledd) and not any(vide) else ()


def uten_det_trukket_fra(tekst):
    """What was typed, but for the words that must not be there."""
    return _TRUKKET_FRA.sub(" ", tekst)


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
