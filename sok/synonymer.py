"""What people call the same thing, what is a kind of what, and what is near: the lists in ordlister/synonymer/.

Each group has a term of its own, given to texts that have a word of it and accepted in searches. docs/sok.md tells how
the lines are read and how the lists grow.
"""

from functools import cache

from sok.analyse import analyser, les_liste, ord_i, stamme
from sok.ordklasser import SMAATT, betydningsord, er_vanlig, har_smaaord, hele_stammer

GRUPPER = ("xsyn", "xund", "xnar")  # what their terms begin with: the same, a kind of it, near it
VID = "x"  # at the end of a group's term: of the word that others of the group begin with
ORD_FOR_ETT_TIL = 80  # so many words of a text, and it must have one word more of a wider subject to be about it


def synonymer():
    """Sequence of stems -> the terms a search for it accepts."""
    return _grupper()[0]


@cache
def naere_emner():
    """Sequence of stems -> what a search for it accepts when little or nothing has the word itself, as sequences of terms.

    What the list says is near, and the wider subject it is a kind of, by any of its names: inkasso, gjeld.
    """
    sokes, _, naere, videre = _grupper()
    alle = {stammer: tuple((gruppe,) for gruppe in grupper) for stammer, grupper in naere.items()}
    for stammer, navnene in videre.items():
        for navn in navnene:
            like = ((gruppe,) for gruppe in sokes.get(navn, ()) if gruppe.startswith(GRUPPER[0]))
            navnene_for = [a for a in (navn, *like) if not (har_smaaord(a) or (len(a) == 1 and er_vanlig(a[0])))]
            if navnene_for:
                _foy_til(alle, stammer, *navnene_for)
    return alle


def emner_i(stammer, hele, deler, lengde):
    """The groups' terms of what a text of so many words is about.

    `stammer` are its stems in order, `hele` the same with small words among them, `deler` the parts of its compounds.
    """
    av_deler = ((gruppe, (d,)) for d in deler for gruppe in _grupper()[1].get((d,), ()))
    return list(_det_handler_om([*_uttrykk_i(stammer, hele), *av_deler], lengde))


# ---- The list -----------------------------------------------------------------------------------------------------


@cache
def _grupper():
    """What a search accepts, what a text is given, what a search accepts at last, and what something is a kind of.

    All are sequence of stems -> terms, but the last, which is -> the sequences of stems that name the wider subject.

    One line of the list is one group, divided by semicolons; lines that begin alike are one group. What stands after >
    is found by what stands before, and not the other way; what stands after ~ only when nothing else is. What is the same
    as the word such a line begins with finds what it finds.
    """
    sokes, gis, naere, videre = {}, {}, {}, {}
    linjer = _linjer_av_synonymer()
    for gruppe, (fra, til) in linjer.items():
        vide = _begynner_andre(fra) if gruppe.startswith(GRUPPER[0]) else ()
        for stammer in fra:
            for term, er_naer in _finner(gruppe, linjer, vide, _begynner_med(stammer, vide)):
                _foy_til(naere if er_naer else sokes, stammer, term)
        for stammer in fra + til:
            _foy_til(gis, stammer, gruppe + VID if stammer in vide else gruppe)
        for stammer in til if gruppe.startswith(GRUPPER[1]) else ():
            _foy_til(videre, stammer, fra[0])
    return sokes, gis, naere, videre


def _finner(gruppe, linjer, vide, er_smal):
    """(term, whether it is only near) of what a word that stands before in a group finds. `er_smal`: begins with a wider one."""
    yield gruppe, gruppe.startswith(GRUPPER[2])
    if vide:
        yield gruppe + VID, er_smal
    if gruppe.startswith(GRUPPER[0]):
        for slag in GRUPPER[1:]:
            if (annen := slag + gruppe.removeprefix(GRUPPER[0])) in linjer:
                yield annen, er_smal or slag == GRUPPER[2]


def _linjer_av_synonymer():
    """{the group's term: (what stands before, what stands after)}."""
    grupper = {}
    for linje in les_liste("synonymer"):
        tegn = next((t for t in ">~" if t in linje), "")
        venstre, _, hoyre = linje.partition(tegn) if tegn else (linje, "", "")
        fra, til = list(_uttrykk(venstre)), list(_uttrykk(hoyre)) if hoyre.strip() else []
        gruppe = GRUPPER[("", ">", "~").index(tegn)] + "".join(fra[0]).replace(SMAATT, "")
        tidligere = grupper.setdefault(gruppe, ([], []))
        tidligere[0].extend(fra)
        tidligere[1].extend(til)
    return grupper


def _uttrykk(tekst):
    """The expressions of a list, without their small words. One that would be left with a single word keeps them: «uten jobb»."""
    for ord_ in map(ord_i, tekst.split(";")):
        uten = betydningsord(ord_)
        if not uten and len(ord_) < 2:
            raise ValueError(f"A small word in the list of synonyms is never searched for: {tekst}")
        yield tuple(map(stamme, uten)) if len(uten) > 1 or len(ord_) == 1 else hele_stammer(ord_)


def _begynner_andre(uttrykk):
    """The words of a group that others of it begin with: «sykkel» finds «sykkelparkering», and not the other way."""
    return {b for annet in uttrykk for b in _begynnelser(annet)}.intersection(uttrykk)


def _begynner_med(stammer, vide):
    """Whether the word is a compound that begins with one of these."""
    return bool(vide) and not vide.isdisjoint(_begynnelser(stammer))


def _begynnelser(stammer):
    """What a compound begins with: ungdom and ungdom|helse, of ungdom|helse|stasjon."""
    deler = _sammensatte().get(stammer[0], ()) if len(stammer) == 1 else ()
    return [("".join(deler[:i]),) for i in range(1, len(deler))]


@cache
def _sammensatte():
    """{stem: the parts} of the compounds that have synonyms."""
    ord_ = (analyser(o) for linje in les_liste("synonymer") for o in ord_i(linje))
    return {o.stamme: o.enkeltdeler for o in ord_ if o.enkeltdeler}


def _foy_til(oppslag, stammer, *mer):
    oppslag[stammer] = tuple(dict.fromkeys((*oppslag.get(stammer, ()), *mer)))


# ---- A text -------------------------------------------------------------------------------------------------------


def _det_handler_om(grupper, lengde):
    """The groups' terms, for (group, expression) found in a text of so many words.

    One word of it is enough for the same by another name. A long text has a word of nearly everything: it is about a wider
    or a near subject when it has several different ones. Words that are common anywhere count half.
    """
    uttrykk = {}
    for gruppe, funnet in grupper:
        uttrykk.setdefault(gruppe, set()).add(funnet)
    minst = 1 + lengde // ORD_FOR_ETT_TIL
    return (g for g, _ in grupper if g.startswith(GRUPPER[0]) or sum(map(_sier, uttrykk[g])) >= minst)


def _sier(uttrykk):
    """How much an expression tells of what a text is about."""
    return 0.5 if len(uttrykk) == 1 and er_vanlig(uttrykk[0]) else 1


def _uttrykk_i(stammer, hele):
    """(group, expression) for all that a text has of the list."""
    grupper, (lengder, hele_lengder) = _grupper()[1], _uttrykk_som_begynner_med()
    for rekke, av_lengde in ((stammer, lengder), (hele, hele_lengder)):
        for i, forste in enumerate(rekke):
            for lengde in (n for n in av_lengde.get(forste, ()) if i + n <= len(rekke)):
                uttrykk = tuple(rekke[i : i + lengde])
                yield from ((gruppe, uttrykk) for gruppe in grupper.get(uttrykk, ()))


@cache
def _uttrykk_som_begynner_med():
    """{stem: the lengths of the expressions it begins}, of those without small words, and of those that keep them."""
    lengder = {}, {}
    for uttrykk in _grupper()[1]:
        lengder[har_smaaord(uttrykk)].setdefault(uttrykk[0], set()).add(len(uttrykk))
    return lengder
