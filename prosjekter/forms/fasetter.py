"""The filters as the page shows them: each value with how many rows it would give."""

from django.utils.translation import gettext as _

from partnerskap.felles.fasett import Fasett, Valg
from prosjekter.forms.filtertyper import Egenskapsfilter


def fasetter(filter_):
    """Those that have something to choose; what a project either has or has not is gathered in one."""
    egenskaper, svar = [], []
    for navn, filteret in filter_.filters.items():
        if navn == "q" or navn in filter_.VISNING:
            continue
        if isinstance(filteret, Egenskapsfilter):
            egenskaper += _valg(filter_, navn, filteret.meny())
        elif fasett := _fasett(filter_, navn, filteret):
            svar.append(fasett)
    if egenskaper:
        svar.insert(1, Fasett("egenskaper", _("Bare de som"), egenskaper, er_apen=True))
    return svar


def _fasett(filter_, navn, filteret):
    meny = filteret.meny()
    if not filteret.som_meny:
        valg = _valg(filter_, navn, meny)
        return valg and Fasett(
            navn,
            filteret.label,
            valg,
            er_apen=filteret.er_apen,
            med_merke=filteret.med_merke,
            merker=filteret.merker,
        )
    grupper = meny if meny and isinstance(meny[0][1], list) else [("", meny)]
    valgte = _valg(filter_, navn, filter_.valgt.get(navn, {}).items())
    ledige = [(gruppe, [v for v in _valg(filter_, navn, valg) if not v.er_valgt]) for gruppe, valg in grupper]
    ledige = [(gruppe, valg) for gruppe, valg in ledige if valg]
    return (valgte or ledige) and Fasett(navn, filteret.label, valgte, ledige, filteret.tomt, filteret.er_apen)


def _valg(filter_, navn, meny):
    """Those that are chosen, or that would give something: counted among what all the other filters find."""
    meny = list(meny)
    antall, valgte = filter_.tell(navn, [verdi for verdi, _etikett in meny]), filter_.valgt.get(navn, {})
    return [
        Valg(navn, verdi, str(etikett), antall[verdi], verdi in valgte)
        for verdi, etikett in meny
        if antall[verdi] or verdi in valgte
    ]
