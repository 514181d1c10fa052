"""Two editors at once: one wins, the other sees what differs and loses nothing.

A model has a number `versjon` that every change raises by one. A form carries the number it was shown with. One
conditional UPDATE decides who is first. The one who comes second gets what the two changed in different fields merged,
and for fields both changed a `Konflikt` with three texts: what both started from, theirs and mine.

    try:
        versjon.lagre(mission, versjon=3, verdier=skjema.cleaned_data, av=bruker, handling="lagret")
    except versjon.Konflikt as konflikt:
        skjema = MissionForm(instance=mission, initial=konflikt.verdier)      # the writer's own text still stands in it
        return render(request, mal, {"skjema": skjema, "konflikt": versjon.til_visning(konflikt, skjema)}, status=409)

and in the template, first in the form: {% include "komponenter/konflikt.html" with konflikt=konflikt only %}
"""

import difflib
import re
from collections import Counter
from dataclasses import dataclass, field

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

UKJENT = object()  # what both started from is not known: the history does not reach back that far


@dataclass
class Feltkonflikt:
    """One field that two people changed in different ways."""

    navn: str
    utgangspunkt: object
    deres: object
    mine: object


class Konflikt(Exception):  # noqa: N818 - the word of the domain
    """Somebody else saved first, and changed some of the same. Nothing was written.

    `felter` are the fields both changed. `verdier` fills the form anew: the writer's own values, the other's in the
    fields only they changed, and the new number in `versjon`. `flettet` names those last fields.
    """

    def __init__(self, *, versjon, felter, verdier, flettet=(), hvem="", hvem_id=None, tid=None):
        super().__init__(f"versjon {versjon}: {[f.navn for f in felter]}")
        self.versjon = versjon
        self.felter = felter
        self.verdier = {**verdier, "versjon": versjon}
        self.flettet = list(flettet)
        self.hvem = hvem
        self.hvem_id = hvem_id
        self.tid = tid


@dataclass
class Fletting:
    verdier: dict
    flettet: list = field(default_factory=list)  # fields where the other's value was kept
    konflikter: list = field(default_factory=list)


def flett(utgangspunkt, deres, mine):
    """Merge two sets of values field by field. `utgangspunkt` is None when nobody knows what both started from."""
    svar = Fletting(verdier={})
    for navn, min_verdi in mine.items():
        start = UKJENT if utgangspunkt is None else utgangspunkt.get(navn, UKJENT)
        deres_verdi = deres[navn]
        svar.verdier[navn] = min_verdi
        if lik(min_verdi, deres_verdi) or (start is not UKJENT and lik(start, deres_verdi)):
            continue
        if start is not UKJENT and lik(start, min_verdi):
            svar.verdier[navn] = deres_verdi
            svar.flettet.append(navn)
        else:
            svar.konflikter.append(Feltkonflikt(navn, None if start is UKJENT else start, deres_verdi, min_verdi))
    return svar


def lik(a, b):
    return _normalisert(a) == _normalisert(b)


def _normalisert(verdi):
    """The same thing in the same shape: a row as its key, a list in order, line breaks one way, nothing as ""."""
    if isinstance(verdi, models.Model):
        return verdi.pk
    if isinstance(verdi, (list, tuple, set, frozenset, models.QuerySet)):
        return sorted(str(_normalisert(v)) for v in verdi)
    if isinstance(verdi, str):
        return "\n".join(verdi.splitlines()).strip()
    return "" if verdi is None else verdi


def ta_neste(objekt, versjon):
    """Claim the next number. True for exactly one of those who ask with the same `versjon`, on every engine.

    Call it in a transaction: the row then stays ours until the end of it.
    """
    vant = type(objekt)._base_manager.filter(pk=objekt.pk, versjon=versjon).update(versjon=F("versjon") + 1)
    if vant:
        objekt.versjon = versjon + 1
    return bool(vant)


def som_var(objekt, versjon, felter):
    """The values `objekt` had in a version, from its history; None when the history does not have it."""
    rad = objekt.historikk.filter(versjon=versjon).order_by("history_date", "history_id").last()
    if rad is None:
        return None
    return {navn: getattr(rad, objekt._meta.get_field(navn).attname) for navn in felter}


def naa(objekt, felter):
    return {navn: getattr(objekt, objekt._meta.get_field(navn).attname) for navn in felter}


@transaction.atomic
def lagre(objekt, *, versjon, verdier, av, handling=""):
    """Save `verdier` on a model with `versjon` and `historikk`, on top of what the writer saw. Returns the fresh row.

    Raises Konflikt when somebody else has changed some of the same fields since.
    """
    fersk = type(objekt)._base_manager.select_for_update().get(pk=objekt.pk)
    verdier = {navn: verdi for navn, verdi in verdier.items() if navn != "versjon"}
    if fersk.versjon != versjon:
        fletting = flett(som_var(fersk, versjon, verdier), naa(fersk, verdier), verdier)
        if fletting.konflikter:
            raise Konflikt(
                versjon=fersk.versjon,
                felter=fletting.konflikter,
                verdier=fletting.verdier,
                flettet=fletting.flettet,
                **sist_endret(fersk),
            )
        verdier = fletting.verdier
    if all(lik(verdi, naa(fersk, [navn])[navn]) for navn, verdi in verdier.items()):
        return fersk
    if not ta_neste(fersk, fersk.versjon):
        raise Konflikt(versjon=fersk.versjon + 1, felter=[], verdier=verdier)
    for navn, verdi in verdier.items():
        felt = fersk._meta.get_field(navn)
        setattr(fersk, felt.attname if felt.is_relation else navn, _normalisert_relasjon(felt, verdi))
    merk(fersk, av=av, handling=handling)
    fersk.save()
    return fersk


def _normalisert_relasjon(felt, verdi):
    return verdi.pk if felt.is_relation and isinstance(verdi, models.Model) else verdi


def merk(objekt, *, av, handling="", tid=None):
    """Tell the history who did what and when, before save() or delete(). Rows of one deed share the time."""
    objekt._history_user = av if av is not None and av.is_authenticated else None
    objekt._change_reason = handling[:100]
    objekt._history_date = tid or timezone.now()


def sist_endret(objekt):
    """Who saved last, and when, for the words of a conflict."""
    rad = objekt.historikk.select_related("history_user").order_by("-history_date", "-history_id").first()
    if rad is None:
        return {"hvem": "", "tid": None}
    hvem = str(rad.history_user) if rad.history_user else ""
    return {"hvem": hvem, "hvem_id": rad.history_user_id, "tid": rad.history_date}


# ---- For the eye ----------------------------------------------------------------------------------------------------


@dataclass
class Bit:
    """A run of words: `slag` is lik, inn or ut."""

    slag: str
    tekst: str


def orddiff(fra, til):
    """What was taken out and put in, word by word, white space kept."""
    a, b = re.findall(r"\s+|[^\s]+", fra), re.findall(r"\s+|[^\s]+", til)
    biter, likt, i, j = [], "", 0, 0
    for x, y in [*_like_ord(a, b), (len(a), len(b))]:
        # What stands between two words that are the same: a change, with the white space at its ends set aside.
        foran, bak = _likt_i_endene(a[i:x], b[j:y])
        likt += "".join(a[i : i + foran])
        if ut_eller_inn := _endret("".join(a[i + foran : x - bak]), "".join(b[j + foran : y - bak])):
            biter += [Bit("lik", likt)] * bool(likt) + ut_eller_inn
            likt = ""
        likt += "".join(a[x - bak : x + 1])
        i, j = x + 1, y + 1
    return biter + [Bit("lik", likt)] * bool(likt)


MAKS_ARBEID = 60_000  # pairs of equal words to look at; ordinary texts of our length need a third of it


def _like_ord(a, b):
    """Pairs of places where a and b have the same word (or line break), in order. Spaces are too common to say anything.

    Texts made to be heavy have nothing in common but how they begin and end.
    """
    foran, bak = _likt_i_endene(a, b)
    i_a, i_b = ([n for n in range(foran, len(ord_) - bak) if _er_feste(ord_[n])] for ord_ in (a, b))
    midt_a, midt_b = [a[n] for n in i_a], [b[n] for n in i_b]
    antall_i_b = Counter(midt_b)
    midt = []
    if sum(antall * antall_i_b[ord_] for ord_, antall in Counter(midt_a).items()) <= MAKS_ARBEID:
        blokker = difflib.SequenceMatcher(None, midt_a, midt_b, autojunk=False).get_matching_blocks()
        midt = [(i_a[x + n], i_b[y + n]) for x, y, lengde in blokker for n in range(lengde)]
    til_slutt = [(len(a) - n, len(b) - n) for n in range(bak, 0, -1)]
    return [(n, n) for n in range(foran)] + midt + til_slutt


def _er_feste(bit):
    return "\n" in bit or not bit.isspace()


def _likt_i_endene(a, b):
    """How many are the same at the beginning, and how many of the rest at the end."""
    kortest = min(len(a), len(b))
    foran = next((n for n in range(kortest) if a[n] != b[n]), kortest)
    return foran, next((n for n in range(kortest - foran) if a[-1 - n] != b[-1 - n]), kortest - foran)


def _endret(ut, inn):
    return [Bit(slag, tekst) for slag, tekst in (("ut", ut), ("inn", inn)) if tekst]


@dataclass
class Konfliktfelt:
    etikett: str
    anker: str
    deres: list  # Bit, against what both started from
    mine: list


@dataclass
class Konfliktvisning:
    felter: list
    flettet: list  # labels of fields where the other's text was taken in
    hvem: str
    tid: object
    er_deg: bool = False  # the same person, in another window
    fra: int = 0  # the version the reader started from


def til_visning(konflikt, skjema, leser=None, fra=0):
    """What komponenter/konflikt.html shows, in the words of the form's own fields, to `leser`."""

    def vis(felt):
        bundet = skjema[felt.navn]
        start, deres, mine = (i_ord(bundet.field, v) for v in (felt.utgangspunkt, felt.deres, felt.mine))
        return Konfliktfelt(bundet.label, bundet.anker, orddiff(start, deres), orddiff(start, mine))

    return Konfliktvisning(
        felter=[vis(felt) for felt in konflikt.felter],
        flettet=[skjema[navn].label for navn in konflikt.flettet],
        hvem=konflikt.hvem,
        tid=konflikt.tid,
        er_deg=bool(konflikt.hvem) and leser is not None and konflikt.hvem_id == leser.pk,
        fra=fra,
    )


def i_ord(felt, verdi):
    """A value as people read it: the label of a choice, a Norwegian date, yes or no."""
    if isinstance(verdi, (list, tuple, set)):
        return ", ".join(i_ord(felt, v) for v in verdi)
    if isinstance(verdi, models.Model):
        return str(verdi)
    if verdi is None or verdi == "":
        return ""
    if isinstance(verdi, bool):
        return _("ja") if verdi else _("nei")
    if hasattr(verdi, "strftime"):
        return date_format(verdi, "j. F Y")
    for kode, navn in getattr(felt, "choices", None) or ():
        if str(getattr(kode, "value", kode)) == str(verdi):
            return str(navn)
    return str(verdi)
