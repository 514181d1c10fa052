"""A filtered list as a CSV file: what a spreadsheet opens, with the same filters as the list."""

import csv

from django.conf import settings
from django.http import StreamingHttpResponse
from django.utils import timezone

from prosjekter.deling import LISENSADRESSER
from prosjekter.kodeverk import Kodeliste

BOM = "\ufeff"  # else Excel reads æ, ø and å as something else
BUNT = 500
KOLONNER = (
    "tittel", "ingress", "eier", "kommunenummer", "fylke", "fase", "utfall", "tjenesteomrade", "malgruppe", "metode",
    "malform", "start", "slutt", "publisert", "oppdatert", "i_bruk_hos_andre", "bekreftet_verdi", "frigjort_timer_i_aret",
    "frigjort_kroner_i_aret", "eksperimenter", "lisens", "eksempeldata", "adresse",
)  # fmt: skip


def som_csv(filter_, *, navn="prosjekter", kolonner=KOLONNER, celler=None):
    """All a filter found, in the order of the list, a batch at a time. Semicolons, as Norwegian spreadsheets want.

    `celler` gives the cells of one row, in the order of `kolonner`.
    """
    linjer = _linjer(filter_, kolonner, celler or _rad)
    svar = StreamingHttpResponse(linjer, content_type="text/csv; charset=utf-8")
    svar["Content-Disposition"] = f'attachment; filename="{navn}-{timezone.localdate().isoformat()}.csv"'
    return svar


class _Linje:
    """What csv.writer writes to: it hands the line back."""

    def write(self, tekst):
        return tekst


def _linjer(filter_, kolonner, celler):
    skriver = csv.writer(_Linje(), delimiter=";")
    yield BOM + skriver.writerow(kolonner)
    for fra in range(0, filter_.antall, BUNT):
        pks = filter_.pks(fra, fra + BUNT)
        rader = filter_.queryset.for_kort().in_bulk(pks)
        for pk in pks:
            if pk in rader:
                yield skriver.writerow([_celle(verdi) for verdi in celler(rader[pk])])


def _rad(p):
    return (
        p.tittel,
        p.ingress,
        *hvem_og_hvor(p.eier),
        p.get_fase_display(),
        p.get_utfall_display(),
        *("; ".join(p.koder(liste)) for liste in (Kodeliste.TJENESTEOMRADE, Kodeliste.MALGRUPPE, Kodeliste.METODE)),
        p.malform,
        p.start_dato or "",
        p.slutt_dato or "",
        timezone.localdate(p.publisert_tid),
        timezone.localdate(p.endret_tid),
        p.antall_i_bruk,
        p.antall_bekreftet,
        "" if p.frigjort_tid is None else p.frigjort_tid,
        "" if p.frigjort_belop is None else p.frigjort_belop,
        p.antall_eksperimenter,
        LISENSADRESSER.get(p.lisens, p.get_lisens_display()),
        "ja" if p.er_eksempel else "",
        settings.PORTAL_ADRESSE + p.get_absolute_url(),
    )


def hvem_og_hvor(eier):
    """The owner's name, the number of its municipality, and its county."""
    kommune = eier.kommune
    fylke = kommune.fylke if kommune else eier.fylke
    return eier.navn, kommune.nummer if kommune else "", fylke.navn if fylke else ""


def _celle(verdi):
    """A spreadsheet runs a cell that begins like a formula (OWASP: CSV injection)."""
    tekst = str(verdi)
    return f"'{tekst}" if tekst.startswith(("=", "+", "-", "@", "\t", "\r")) else tekst
