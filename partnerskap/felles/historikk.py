"""Who changed what, and when, in plain words, from the rows django-simple-history keeps.

    endringer = historikk.les(
        [historikk.Kilde(Prosjekt.historikk.filter(id=pk), utelat={"versjon"}), ...],
        handlinger={"send_inn": _("sendte inn")},
    )
    {% include "komponenter/endringer.html" with endringer=endringer only %}

Rows written at the same instant are one deed (felles.versjon.merk gives them the same time). A person who has been
erased is a former user: the deed stays, the name is dropped.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import groupby

from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from partnerskap.felles.versjon import Bit, lik, orddiff

KORT = 80  # values up to this long are shown as from and to; longer ones as a difference in the text


@dataclass
class Kilde:
    """History rows to read. `rad` names a row that was added or removed («fagpartner: NTNU»)."""

    rader: models.QuerySet
    utelat: frozenset = frozenset()
    rad: Callable | None = None
    etikett: Callable | None = None  # what such a row is called; the model's own name when left out


@dataclass
class Feltendring:
    etikett: str
    fra: str = ""
    til: str = ""
    diff: list[Bit] | None = None


@dataclass
class Endring:
    tid: object
    hvem: str
    hva: str
    felter: list[Feltendring] = field(default_factory=list)


def les(kilder, *, handlinger=None, siden=None, til=None, system=()):
    """Everything that changed, newest first. `siden` and `til` bound the time, to show one page or one round.

    `system` are deeds no person did (example data, starting data).
    """
    rader = []
    for kilde in kilder:
        rader += _endringer_i(kilde, siden, til)
    rader.sort(key=lambda r: r[0].history_date, reverse=True)
    svar = []
    for tid, gruppe in groupby(rader, key=lambda r: r[0].history_date):
        gruppe = list(gruppe)
        forste = gruppe[0][0]
        grunn = next((r.history_change_reason for r, _f in gruppe if r.history_change_reason), "")
        svar.append(
            Endring(
                tid=tid,
                hvem=_("Portalen") if grunn in system else navn(forste.history_user),
                hva=str((handlinger or {}).get(grunn, _("endret"))),
                felter=[f for _r, felter in gruppe for f in felter],
            )
        )
    return svar


def navn(bruker):
    return str(bruker) if bruker else _("Tidligere bruker")


def _endringer_i(kilde, siden, til):
    """Pairs of history row and what it changed. Each row is compared with the one before of the same object."""
    modell = kilde.rader.model
    felter = [
        f for f in modell.tracked_fields if f.name not in kilde.utelat and not f.primary_key and f.name != "versjon"
    ]
    relasjoner = [f.name for f in felter if f.is_relation]
    forrige, svar = {}, []
    rader = kilde.rader.select_related("history_user", *relasjoner).order_by("history_date", "history_id")
    if til:
        rader = rader.filter(history_date__lte=til)
    nokkel = modell.instance_type._meta.pk.attname
    for rad in rader:
        pk = getattr(rad, nokkel)
        gammel, forrige[pk] = forrige.get(pk), rad
        if siden and rad.history_date <= siden:
            continue
        svar.append((rad, _hva(kilde, felter, gammel, rad)))
    return svar


def _hva(kilde, felter, gammel, rad):
    if kilde.rad and rad.history_type in "+-":
        etikett = kilde.etikett(rad) if kilde.etikett else rad.instance_type._meta.verbose_name
        tekst = str(kilde.rad(rad))
        return [Feltendring(capfirst(str(etikett)), **({"til": tekst} if rad.history_type == "+" else {"fra": tekst}))]
    if rad.history_type == "-" or gammel is None and rad.history_type == "~":
        return []
    return [e for felt in felter if (e := _felt(felt, gammel, rad))]


def _felt(felt, gammel, rad):
    fra_verdi = getattr(gammel, felt.attname) if gammel else None
    til_verdi = getattr(rad, felt.attname)
    if lik(fra_verdi, til_verdi) or gammel is None and felt.has_default() and lik(til_verdi, felt.get_default()):
        return None
    fra, til = (_i_ord(felt, r) if r else "" for r in (gammel, rad))
    etikett = capfirst(str(felt.verbose_name))
    if isinstance(felt, models.TextField) or max(len(fra), len(til)) > KORT:
        return Feltendring(etikett, fra, til, orddiff(fra, til) if gammel else None)
    return Feltendring(etikett, fra, til)


def _i_ord(felt, rad):
    verdi = getattr(rad, felt.attname)
    if verdi is None or verdi == "":
        return ""
    if felt.is_relation:
        return _relasjon(felt, rad)
    if felt.choices:
        return str(dict(felt.flatchoices).get(verdi, verdi))
    if isinstance(verdi, bool):
        return _("ja") if verdi else _("nei")
    if hasattr(verdi, "strftime"):
        return date_format(verdi, "j. F Y")
    return str(verdi)


def _relasjon(felt, rad):
    try:
        return str(getattr(rad, felt.name))
    except felt.related_model.DoesNotExist:  # erased since
        return navn(None) if "bruker" in felt.related_model._meta.model_name else _("slettet")
