"""What has happened to a municipality, told as events with a title, a date and a sentence."""

from itertools import groupby

from django.db.models import Q
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kommuner.kodeverk import Endringstype
from kommuner.models import Kommuneendring
from partnerskap.felles.ferdig_sql import ferdig_sql


def historie(kommune, tre):
    """Newest first. One query. Mergers and splits of several are one event. `tre` is a Slektstre.

    `kommune` has its numbers with it, and their counties.
    """
    endringer = _endringer(kommune.pk)
    fylker = {n.nummer: n.fylke.navn for n in kommune.numre.all()}
    hendelser = []
    for (dato, type_), gruppe in groupby(endringer, key=lambda e: (e.dato, e.type)):
        fortelling = FORTELLINGER.get(type_)
        if fortelling and (hendelse := fortelling(list(gruppe), kommune, fylker, tre)):
            tittel, tekst = hendelse
            hendelser.append({"tid": dato, "tittel": tittel, "tekst": tekst})
    return hendelser


@ferdig_sql
def _endringer(kommune):
    rader = Kommuneendring.objects.filter(Q(fra=kommune) | Q(til=kommune)).select_related("fra", "til")
    return rader.order_by("-dato", "type", "til_nummer", "fra_nummer")


def _nummerendring(endringer, _kommune, fylker, _tre):
    e = endringer[0]
    navn = {"fra": e.fra_nummer, "til": e.til_nummer}
    navn |= {"fra_fylke": fylker[e.fra_nummer], "til_fylke": fylker[e.til_nummer]}
    if navn["fra_fylke"] == navn["til_fylke"]:
        return _("Nytt kommunenummer"), _("%(fra)s ble %(til)s.") % navn
    return _("Nytt fylke og kommunenummer"), _("%(fra_fylke)s ble %(til_fylke)s, og %(fra)s ble %(til)s.") % navn


def _sammenslaing(endringer, kommune, _fylker, tre):
    fra = ramse([lenket(e.fra, e.fra_nummer, kommune, tre) for e in endringer if e.til == kommune])
    return _("Slått sammen"), _html(_("%(fra)s ble %(til)s."), fra=fra, til=kommune.navn)


def _deling(endringer, kommune, _fylker, tre):
    fra = ramse(sorted({lenket(e.fra, e.fra_nummer, kommune, tre) for e in endringer if e.til == kommune}))
    if not fra:
        til = ramse([lenket(e.til, e.til_nummer, kommune, tre) for e in endringer])
        return _("Delt"), _html(_("En del ble %(til)s."), til=til)
    return _("Deling"), _html(_("En del av %(fra)s ble %(til)s."), fra=fra, til=kommune.navn)


def _navneendring(endringer, _kommune, _fylker, _tre):
    return _("Nytt navn"), endringer[0].merknad.replace("->", "→")


def _grensejustering(endringer, _kommune, _fylker, _tre):
    return _("Grensen ble justert"), " ".join(f"{capfirst(e.merknad)}." for e in endringer)


FORTELLINGER = {
    Endringstype.NUMMERENDRING: _nummerendring,
    Endringstype.SAMMENSLAING: _sammenslaing,
    Endringstype.DELING: _deling,
    Endringstype.NAVNEENDRING: _navneendring,
    Endringstype.GRENSEJUSTERING: _grensejustering,
}


def lenket(sted, nummer, kommune, tre):
    """«Haram (1580)», as a link when its page is another than this municipality's own."""
    navn = f"{sted.navn} ({nummer})"
    if sted == kommune or tre.naavaerende(sted.pk) == {kommune.pk}:
        return format_html("{}", navn)
    return format_html('<a href="{}">{}</a>', sted.get_absolute_url(), navn)


def _html(mal, **verdier):
    return mark_safe(mal % {navn: conditional_escape(verdi) for navn, verdi in verdier.items()})  # noqa: S308


def ramse(ledd):
    """«Asker, Hurum og Røyken». Links stay links when all of them are safe."""
    *foran, siste = ledd or [""]
    if not foran:
        return siste
    if hasattr(siste, "__html__"):
        return _html(
            _("%(foran)s og %(siste)s"), foran=format_html_join(", ", "{}", ((f,) for f in foran)), siste=siste
        )
    return _("%(foran)s og %(siste)s") % {"foran": ", ".join(foran), "siste": siste}
