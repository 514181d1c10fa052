"""«Mente du»: the nearest word that is in use, for a word that is not (Norvig's edits at distance one)."""

from collections import Counter

from django.db import transaction

from sok.analyse import er_stoppord, tokens
from sok.models import Sokeord

BOKSTAVER = "abcdefghijklmnopqrstuvwxyzæøå"
MIN_LENGDE = 4


@transaction.atomic
def bygg_ordforrad(tekster):
    """Replace the vocabulary with the words of these texts, which must be open to all. Returns how many words."""
    teller = Counter()
    for tekst in tekster:
        teller.update({t for t in tokens(tekst) if MIN_LENGDE <= len(t) <= 60 and not t.isdigit()})
    Sokeord.objects.all().delete()
    Sokeord.objects.bulk_create([Sokeord(ord=o, antall=n) for o, n in teller.items()], batch_size=2000)
    return len(teller)


def mente_du(tekst):
    """The text with unknown words replaced by the commonest near ones, or None when there is nothing to suggest."""
    ord_ = [t for t in tokens(tekst) if len(t) >= MIN_LENGDE and not er_stoppord(t)][:8]
    kjente = set(Sokeord.objects.filter(ord__in=ord_).values_list("ord", flat=True))
    rettet = {o: _naermeste(o) for o in ord_ if o not in kjente}
    rettet = {fra: til for fra, til in rettet.items() if til}
    if not rettet:
        return None
    return " ".join(rettet.get(t, t) for t in tokens(tekst))


def _naermeste(ord_):
    funnet = Sokeord.objects.filter(ord__in=_avstand_en(ord_)).order_by("-antall", "ord").first()
    return funnet.ord if funnet else None


def _avstand_en(ord_):
    par = [(ord_[:i], ord_[i:]) for i in range(len(ord_) + 1)]
    uten = {a + b[1:] for a, b in par if b}
    byttet_plass = {a + b[1] + b[0] + b[2:] for a, b in par if len(b) > 1}
    annen = {a + c + b[1:] for a, b in par if b for c in BOKSTAVER}
    med = {a + c + b for a, b in par for c in BOKSTAVER}
    return uten | byttet_plass | annen | med
