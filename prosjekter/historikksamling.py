"""One sitting, one row: what saved itself while somebody wrote a draft is gathered in the history the day after.

While people write, every pause has a row of its own, and edit conflicts are found from them (handlinger.som_var). A day
later nobody needs to know what stood there between two pauses. What is left of a sitting is one deed by the same
person, with the time it ended and everything it came to.
"""

from datetime import timedelta
from itertools import groupby

from django.db import transaction
from django.utils import timezone

from partnerskap.felles.historikk import PAUSE
from prosjekter.arbeidskopier import BARE_DE_SOM_SKRIVER
from prosjekter.models import RADFELT, Arbeidskopi, Klassifisering, Modereringssak, Prosjekt, Prosjekttekst

VENTER = timedelta(days=1)
SER_TILBAKE = timedelta(days=4)  # a worker that was away for a while catches up; older sittings stay as they are
BUNT = 200  # projects


def samle():
    """A job. True when there are more projects."""
    til = timezone.now() - VENTER
    rader = Prosjekt.historikk.filter(
        history_date__gt=til - SER_TILBAKE, history_date__lt=til, history_type="~",
        history_change_reason="lagre_seksjon", status__in=BARE_DE_SOM_SKRIVER,
    )  # fmt: skip
    per_prosjekt = {}
    for rad in rader.order_by("id", "versjon", "history_id").values(
        "history_id", "id", "versjon", "history_date", "history_user_id"
    ):
        per_prosjekt.setdefault(rad["id"], []).append(rad)
    gjort = 0
    for pk, egne in per_prosjekt.items():
        okter = [okt for okt in _okter(egne, _laaste_versjoner(pk)) if len(okt) > 1]
        for okt in okter:
            _samle(pk, okt)
        gjort += bool(okter)
        if gjort == BUNT:
            return True
    return False


def _okter(rader, laaste):
    """Runs of saves by the same person, nobody else's between, with short pauses. One never goes past a locked version."""
    okt = []
    for rad in rader:
        if okt and not (_fortsetter(okt[-1], rad) and okt[-1]["versjon"] not in laaste):
            yield okt
            okt = []
        okt.append(rad)
    if okt:
        yield okt


def _fortsetter(forrige, rad):
    return (
        rad["versjon"] == forrige["versjon"] + 1
        and rad["history_user_id"] == forrige["history_user_id"]
        and rad["history_date"] - forrige["history_date"] < PAUSE
    )


def _laaste_versjoner(pk):
    """What somebody has written on top of and not saved, and what KS was sent: those are asked for by number."""
    return {
        *Arbeidskopi.objects.filter(prosjekt=pk).values_list("versjon", flat=True),
        *Modereringssak.objects.filter(prosjekt=pk).values_list("versjon", flat=True),
    }


@transaction.atomic
def _samle(pk, okt):
    tider, slutt = [rad["history_date"] for rad in okt], okt[-1]["history_date"]
    Prosjekt.historikk.filter(history_id__in=[rad["history_id"] for rad in okt[:-1]]).delete()
    for modell in (Prosjekttekst, Klassifisering, *RADFELT.values()):
        rader = modell.historikk.filter(prosjekt_id=pk, history_date__in=tider)
        nokkel = modell._meta.pk.attname
        for _pk, like in groupby(
            rader.order_by(nokkel, "history_date", "history_id"), key=lambda r: getattr(r, nokkel)
        ):
            _samle_rad(list(like), slutt)


def _samle_rad(rader, slutt):
    """The same row of a table through a sitting: it came, changed or went, once. What came and went never was."""
    forste, siste = rader[0], rader[-1]
    kom_og_gikk = (forste.history_type, siste.history_type) == ("+", "-")
    borte = rader if kom_og_gikk else rader[:-1]
    type(siste).objects.filter(history_id__in=[r.history_id for r in borte]).delete()
    if not kom_og_gikk:
        slag = "+" if forste.history_type == "+" else siste.history_type
        type(siste).objects.filter(history_id=siste.history_id).update(history_date=slutt, history_type=slag)
