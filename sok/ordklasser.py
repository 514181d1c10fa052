"""What sort of word it is: small, weak, common, wide, or one that fills out. The lists say which, docs/sok.md how they are used."""

from functools import cache

from sok.analyse import les_liste, stamme

SMAATT = "\N{MIDDLE DOT}"  # before a small word that an expression keeps
_ETTER_KOR = frozenset(
    "lenge lang langt lange stor stort store liten små godt høg høgt høge låg lågt raskt snart gammal gamle viktig viktige "
    "vanskeleg ofte tett nær nært nøgd nøgde trygg trygge tidleg seint sterk dyrt".split()
)
_ETTER_ET_KOR = frozenset(
    "og for på i til med som ved av eller frå fra der hos uten utan om under etter gjennom".split()
)


@cache
def _stoppord():
    return frozenset(o for linje in les_liste("stoppord") for o in linje.split())


def har_smaaord(uttrykk):
    return any(stamme_.startswith(SMAATT) for stamme_ in uttrykk)


def hele_stammer(ord_):
    """Stems in order, with the small words marked, for expressions that mean nothing without them."""
    return tuple(SMAATT + o if smaatt else stamme(o) for o, smaatt in zip(ord_, er_smaaord(ord_), strict=True))


def betydningsord(ord_):
    """The words in order, without the small ones."""
    return [o for o, smaatt in zip(ord_, er_smaaord(ord_), strict=True) if not smaatt]


def er_smaaord(ord_):
    """Of each word in order, whether it is small. Nynorsk «kor» is when it asks («kor mange»), and else a choir."""
    smaa = list(map(_stoppord().__contains__, ord_))
    if "kor" in ord_:
        smaa = [s or (o == "kor" and _spoer(neste)) for s, o, neste in zip(smaa, ord_, (*ord_[1:], ""), strict=True)]
    return smaa


def _spoer(neste):
    return neste in _ETTER_KOR or (er_stoppord(neste) and neste not in _ETTER_ET_KOR)


def er_stoppord(token):
    return token in _stoppord()


def tomme_stammer():
    """Stems that say nothing about what a text is about. Search keeps them; what compares texts does not."""
    return _stammer_i("tomme_ord")


def sier_lite_som_del(stamme_):
    """Whether a part of a compound only says what sort of thing it is: omsorg, behandling, tiltak."""
    return stamme_ in _stammer_i("svake_deler") or er_svak(stamme_)


def er_svak(stamme_):
    """Whether a stem says little of what a text is about."""
    return stamme_ in _stammer_i("svake")


def er_vanlig(stamme_):
    """Whether texts about nearly anything have the word."""
    return stamme_ in _stammer_i("vanlige")


def er_bred(stamme_):
    """Whether a compound that begins with it is about something much narrower."""
    return stamme_ in _stammer_i("brede")


def er_fyllord(stamme_):
    """Whether a stem says little in a question, where it would say more in a short search."""
    return stamme_ in _stammer_i("fyllord") or er_svak(stamme_)


@cache
def _stammer_i(liste):
    return frozenset(stamme(o) for linje in les_liste(liste) for o in linje.split())
