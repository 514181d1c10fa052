"""Who changed what, and when, in plain words, from the rows django-simple-history keeps (`Historikk` on the model).

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
from datetime import timedelta
from functools import cache, cached_property
from itertools import groupby

from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

from partnerskap.felles.versjon import Bit, lik, orddiff

PAUSE = timedelta(minutes=30)
KORT = 80  # values up to this long are shown as from and to; longer ones as a difference in the text


class _Historikkmanager(HistoryManager):
    """The library makes a new class each time a history is asked for or written to; one is enough."""

    from_queryset = classmethod(cache(HistoryManager.from_queryset.__func__))


class Historikk(HistoricalRecords):
    def __init__(self, **kwargs):
        super().__init__(history_manager=_Historikkmanager, **kwargs)


@dataclass
class Kilde:
    """History rows to read. `rad` names a row that was added or removed («fagpartner: NTNU»), `om` one that was changed:
    where a thing has many of them, what changed does not say in which.
    """

    rader: models.QuerySet
    utelat: frozenset = frozenset()
    rad: Callable | None = None
    om: Callable | None = None
    etikett: Callable | None = None  # what such a row is called; the model's own name when left out


@dataclass
class Feltendring:
    etikett: str
    fra: str = ""
    til: str = ""
    er_tekst: bool = False

    @cached_property
    def diff(self) -> list[Bit] | None:
        """What differs in a long text. Worked out when it is shown: a history has hundreds, a page has thirty."""
        return orddiff(self.fra, self.til) if self.er_tekst else None


@dataclass
class Endring:
    tid: object
    hvem: str
    hva: str
    felter: list[Feltendring] = field(default_factory=list)


def les(kilder, *, handlinger=None, system=(), samles=()):
    """Everything that changed, newest first.

    `system` are deeds no person did (example data, starting data). `samles` are deeds that are done over and over while
    somebody writes: the same person's within half an hour are shown as one.
    """
    rader = [(kilde, rad) for kilde in kilder for rad in _rader(kilde)]
    rader.sort(key=lambda r: r[1].history_date)
    forrige, svar = {}, []
    for gruppe in _grupper(rader, samles):
        forste = {}
        for kilde, rad in gruppe:
            nokkel = id(kilde), getattr(rad, rad.instance_type._meta.pk.attname)
            forste.setdefault(nokkel, (kilde, forrige.get(nokkel)))
            forrige[nokkel] = rad
        siste_rad = gruppe[-1][1]
        grunn = next((r.history_change_reason for _k, r in gruppe if r.history_change_reason), "")
        svar.append(
            Endring(
                tid=siste_rad.history_date,
                hvem=_("Portalen") if grunn in system else navn(siste_rad.history_user),
                hva=str((handlinger or {}).get(grunn, _("endret"))),
                felter=_samlet([f for n, (kilde, gammel) in forste.items() for f in _hva(kilde, gammel, forrige[n])]),
            )
        )
    return svar[::-1]


def _grupper(rader, samles):
    """Rows of one deed; and the same person's deeds of the kinds in `samles` with little time between them."""
    gruppe = []
    for _tid, deed in groupby(rader, key=lambda r: r[1].history_date):
        deed = list(deed)
        if gruppe and not _samme_arbeid(gruppe[-1][1], deed[0][1], samles):
            yield gruppe
            gruppe = []
        gruppe += deed
    if gruppe:
        yield gruppe


def _samme_arbeid(a, b, samles):
    return (
        a.history_change_reason == b.history_change_reason
        and a.history_change_reason in samles
        and a.history_user_id == b.history_user_id
        and b.history_date - a.history_date < PAUSE
    )


def navn(bruker):
    return str(bruker) if bruker else _("Tidligere bruker")


def _rader(kilde):
    modell = kilde.rader.model
    relasjoner = [f.name for f in modell.tracked_fields if f.is_relation and f.name not in kilde.utelat]
    return kilde.rader.select_related("history_user", *relasjoner).order_by("history_date", "history_id")


def _hva(kilde, gammel, rad):
    """What changed from one row to another of the same object."""
    er_ny = gammel is None or gammel.history_type == "-"
    er_borte = rad.history_type == "-"
    if er_borte and er_ny:
        return []  # added and removed again in the same breath
    if kilde.rad and (er_borte or er_ny):
        etikett = kilde.etikett(rad) if kilde.etikett else rad.instance_type._meta.verbose_name
        tekst = str(kilde.rad(rad))
        return [Feltendring(capfirst(str(etikett)), **({"fra": tekst} if er_borte else {"til": tekst}))]
    if er_borte or er_ny and rad.history_type == "~":
        return []
    felter = [f for f in rad.tracked_fields if f.name not in kilde.utelat and not f.primary_key and f.name != "versjon"]
    om = f"{kilde.om(rad)}: " if kilde.om else ""
    return [e for felt in felter if (e := _felt(felt, None if er_ny else gammel, rad, om))]


def _samlet(felter):
    """Rows of the same kind on one line: «Målgruppe: Barn, Eldre»."""
    svar = {}
    for felt in felter:
        til = svar.setdefault(felt.etikett, felt)
        if til is not felt:
            til.fra, til.til = (", ".join(filter(None, par)) for par in ((til.fra, felt.fra), (til.til, felt.til)))
    return list(svar.values())


def _felt(felt, gammel, rad, om):
    fra_verdi = getattr(gammel, felt.attname) if gammel else None
    til_verdi = getattr(rad, felt.attname)
    if lik(fra_verdi, til_verdi) or gammel is None and felt.has_default() and lik(til_verdi, felt.get_default()):
        return None
    fra, til = (_i_ord(felt, r) if r else "" for r in (gammel, rad))
    etikett = capfirst(f"{om}{felt.verbose_name}")
    if isinstance(felt, models.TextField) or max(len(fra), len(til)) > KORT:
        return Feltendring(etikett, fra, til, er_tekst=bool(gammel))
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
