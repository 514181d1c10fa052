"""Is the register whole? Every question gives its answers as sentences; no answers means yes."""

from collections import Counter, defaultdict
from itertools import pairwise

from kommuner.kodeverk import Endringstype
from kommuner.register.filer import DAG
from kommuner.register.steder import FLYTTINGER, REGISTERSTART, Numre


def kontroller(filer):
    """Everything that is wrong, so that it can all be put right at once."""
    numre = Numre(filer)
    return [
        *_fylker(filer),
        *_numre(numre),
        *_endringer(filer, numre),
        *_navn(filer, numre),
        *_detaljer(filer, numre),
    ]


def _fylker(filer):
    fylker = {fylke.fylkesnummer: fylke for fylke in filer.fylker}
    if len(fylker) < len(filer.fylker):
        yield "fylker.csv: et fylkesnummer står flere ganger"
    for rad in filer.kommuner:
        fylke = fylker.get(rad.fylkesnummer)
        if rad.kommunenummer[:2] != rad.fylkesnummer:
            yield f"{rad.hvor}: {rad.kommunenummer} kan ikke ligge i fylke {rad.fylkesnummer}"
        elif not fylke:
            yield f"{rad.hvor}: fylke {rad.fylkesnummer} finnes ikke i fylker.csv"
        elif not _innenfor(rad, fylke):
            yield f"{rad.hvor}: {rad.kommunenummer} {rad.navn} gjelder utenfor tiden til fylke {rad.fylkesnummer}"


def _numre(numre):
    for nummer, perioder in numre.etter_nummer():
        i_orden = sorted(perioder, key=lambda liv: (liv.gyldig_fra is not None, liv.gyldig_fra or 0))
        for liv in i_orden:
            if liv.gyldig_til and liv.gyldig_fra and liv.gyldig_til < liv.gyldig_fra:
                yield f"{liv.hvor}: {nummer} slutter før det begynner"
        for en, to in pairwise(i_orden):
            if en.gyldig_til is None or to.gyldig_fra is None or to.gyldig_fra <= en.gyldig_til:
                yield f"{to.hvor}: {nummer} gjelder to ganger samtidig"


def _endringer(filer, numre):
    inn, ut = defaultdict(set), defaultdict(set)
    for e in filer.endringer:
        hva = f"{e.hvor}: {e.type} {e.dato} {e.fra_kommunenummer} → {e.til_kommunenummer}"
        fra, til = numre.for_og_etter(e)
        if not fra and e.dato > REGISTERSTART:
            yield f"{hva}: {e.fra_kommunenummer} gjaldt ikke dagen før"
        elif not (fra or numre.paa(e.fra_kommunenummer, e.dato)):
            yield f"{hva}: {e.fra_kommunenummer} finnes ikke"
        if not til:
            yield f"{hva}: {e.til_kommunenummer} gjelder ikke fra datoen"
        if e.type in FLYTTINGER:
            inn[e.dato, e.til_kommunenummer].add(e.fra_kommunenummer)
            ut[e.dato, e.fra_kommunenummer].add(e.til_kommunenummer)
    for e in filer.endringer:
        if e.type == Endringstype.NUMMERENDRING and (
            len(inn[e.dato, e.til_kommunenummer]) > 1 or len(ut[e.dato, e.fra_kommunenummer]) > 1
        ):
            yield f"{e.hvor}: nummerendring {e.fra_kommunenummer} → {e.til_kommunenummer} er ikke én til én"
    nokler = Counter((e.dato, e.type, e.fra_kommunenummer, e.til_kommunenummer) for e in filer.endringer)
    for (dato, type_, fra, til), antall in nokler.items():
        if antall > 1:
            yield f"kommuneendringer.csv: {type_} {dato} {fra} → {til} står {antall} ganger"
    for liv in numre.alle:
        if liv.gyldig_fra and (liv.gyldig_fra, liv.kommunenummer) not in inn:
            yield f"{liv.hvor}: {liv.kommunenummer} begynner {liv.gyldig_fra} uten at en endring sier hvorfor"
        if liv.gyldig_til and (liv.gyldig_til + DAG, liv.kommunenummer) not in ut:
            yield f"{liv.hvor}: {liv.kommunenummer} slutter {liv.gyldig_til} uten at en endring sier hvor det ble av"


def _navn(filer, numre):
    kommunenumre = dict(numre.etter_nummer())
    fylkesnumre = {fylke.fylkesnummer: [fylke] for fylke in filer.fylker}
    for rad in filer.navn:
        perioder = {"kommune": kommunenumre, "fylke": fylkesnumre}.get(rad.enhet, {}).get(rad.nummer, [])
        if not any(_innenfor(rad, liv, ukjent_start=True) for liv in perioder):
            yield f"{rad.hvor}: {rad.navn}: {rad.enhet} {rad.nummer} gjaldt ikke i hele den tiden"
    begynner = {(rad.nummer, rad.gyldig_fra) for rad in filer.navn}
    for e in filer.endringer:
        samme = e.fra_kommunenummer == e.til_kommunenummer
        navneendring = e.type == Endringstype.NAVNEENDRING and e.dato > REGISTERSTART
        if navneendring and samme and (e.til_kommunenummer, e.dato) not in begynner:
            yield f"{e.hvor}: {e.til_kommunenummer} fikk nytt navn {e.dato}, men navnet står ikke i parallellnavn.csv"
    for liv in filer.kommuner:
        navn = {r.navn for r in filer.navn if r.nummer == liv.kommunenummer and r.gyldig_til is None}
        offisielt = set(liv.navn_offisielt.split(" - "))
        if liv.navn not in offisielt or (liv.gyldig_til is None and navn and navn != offisielt):
            har = ", ".join(sorted(navn)) or liv.navn
            yield f"{liv.hvor}: {liv.kommunenummer} {liv.navn_offisielt} stemmer ikke med navnene ({har})"


def _detaljer(filer, numre):
    gjeldende = {liv.kommunenummer for liv in numre.alle if liv.gyldig_til is None}
    har = Counter(rad.kommunenummer for rad in filer.detaljer)
    for nummer in sorted(gjeldende - set(har)):
        yield f"kommunedetaljer.csv: {nummer} mangler"
    for nummer in sorted(set(har) - gjeldende):
        yield f"kommunedetaljer.csv: {nummer} er ikke et gjeldende nummer"
    for kolonne in ("kommunenummer", "nettdomene", "organisasjonsnummer"):
        antall = Counter(getattr(rad, kolonne) for rad in filer.detaljer)
        for verdi in sorted(v for v, n in antall.items() if v and n > 1):
            yield f"kommunedetaljer.csv: {kolonne} {verdi} står flere ganger"


def _innenfor(del_, hele, ukjent_start=False):
    """Is the one period inside the other? Some names have a start that no source gives."""
    fra = del_.gyldig_fra
    etter_start = hele.gyldig_fra is None or (ukjent_start if fra is None else fra >= hele.gyldig_fra)
    for_slutt = hele.gyldig_til is None or (del_.gyldig_til is not None and del_.gyldig_til <= hele.gyldig_til)
    return etter_start and for_slutt
