"""The tables of how an invitation and a request to take over are answered. Each waits, and is answered once.

`handlinger.deltakelse` carries the rows out and knows no other rules; tests walk every role, state and answer.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from prosjekter import tilgang
from prosjekter.kodeverk import Status
from prosjekter.models.samarbeid import Svar
from prosjekter.varsler import deltakelse as varsler

ER_SLUTTET = _("Den som spurte, jobber ikke der lenger.")


class UmuligSvar(Exception):  # noqa: N818
    """It was answered, withdrawn or too late. `melding` says which, to the one who tried."""

    def __init__(self, melding):
        super().__init__(melding)
        self.melding = melding


@dataclass(frozen=True)
class Svarrad:
    til: str
    etikett: str
    hvem: Callable  # tilgang: (bruker, rad) -> bool
    varsle: Callable
    hindringer: tuple = ()  # (rad) -> what is in the way, in words, or ""


def utlopt(invitasjon):
    if not invitasjon.er_utlopt:
        return ""
    return _("Invitasjonen gikk ut %(dato)s. Be %(eier)s om en ny.") % {
        "dato": date_format(invitasjon.utloper_tid, "j. F Y"), "eier": invitasjon.prosjekt.eier,
    }  # fmt: skip


def arkivert(rad):
    return _("Prosjektet er lagt bort.") if rad.prosjekt.status == Status.ARKIVERT else ""


INVITASJON = (
    Svarrad(Svar.JA, _("Ja, vi er med"), tilgang.kan_svare_invitasjon, varsler.ble_med, (utlopt, arkivert)),
    Svarrad(Svar.NEI, _("Nei, ikke nå"), tilgang.kan_svare_invitasjon, varsler.sa_nei, (utlopt, arkivert)),
    Svarrad(Svar.TRUKKET, _("Trekk invitasjonen"), tilgang.kan_trekke_invitasjon, varsler.invitasjon_trukket),
)
OVERTAKELSE = (
    Svarrad(Svar.JA, _("Ja"), tilgang.kan_avgjore_overtakelse, varsler.overtakelse_besvart, (arkivert,)),
    Svarrad(Svar.NEI, _("Nei"), tilgang.kan_avgjore_overtakelse, varsler.overtakelse_besvart),
    Svarrad(Svar.TRUKKET, _("Trekk spørsmålet"), tilgang.er_den_som_ba, varsler.ingen),
)


def finn(tabell, til, rad, bruker):
    """The row of the table for this answer. None when this was the answer already; UmuligSvar when it cannot be given."""
    svarrad = next(r for r in tabell if r.til == til)
    if not svarrad.hvem(bruker, rad):
        raise PermissionDenied
    if rad.svar == til:
        return None
    if rad.svar:
        raise UmuligSvar(hva_ble_svart(rad))
    if hindring := next((h for h in (h(rad) for h in svarrad.hindringer) if h), ""):
        raise UmuligSvar(str(hindring))
    return svarrad


def mulige(tabell, rad, bruker):
    """The rows this person may use now. For buttons."""
    if rad.svar:
        return []
    return [r for r in tabell if r.hvem(bruker, rad) and not any(h(rad) for h in r.hindringer)]


def hva_ble_svart(rad):
    ord_ = {"dato": date_format(rad.svart_tid, "j. F Y"), "svar": Svar(rad.svar).label.lower()}
    if rad.svar == Svar.TRUKKET:
        return _("Trukket tilbake %(dato)s.") % ord_
    return _("Besvart %(dato)s: %(svar)s.") % ord_
