"""Places and organisations by what someone types: any name in any language, any number there has been.

The names are some hundreds, and are matched in memory: no index finds what stands inside a name.
"""

import re
from dataclasses import dataclass, field

from kommuner.kodeverk import Stedssprak
from kommuner.models import Fylke, Kommune, Kommunenummer, Organisasjon, Stedsnavn
from kommuner.oppslag import Slektstre
from partnerskap.felles import innhold
from partnerskap.felles.norsk import norsk_slug, sorteringsnokkel

LENGST = 80
MAKS_NAVN = 200  # rows looked at: «s» is the beginning of many
MAKS_ORD = 10
# What a place is known by: suggestions must be quick, and a municipality has many columns.
VIST = (
    *("navn", "sokenokkel", "gyldig_til", "fylke__nummer", "fylke__navn", "fylke__gyldig_til"),
    *(f"kommune__{felt}" for felt in ("nummer", "navn", "er_homonym", "folketall", "gyldig_til", "fylke__navn")),
)
ARTSNAVN = re.compile(r"\b(kommunen?|fylket?|fylkeskommunen?|herad|suohkan|gielda)\b", re.IGNORECASE)


@dataclass(order=True)
class Stedstreff:
    """A place of today (a county: of any time), and the name or number that was met."""

    rang: tuple
    sted: Kommune | Fylke = field(compare=False)
    traff: str = field(compare=False)
    tidligere: bool = field(compare=False)  # what was met is no longer in use


def finn_steder(tekst):
    """Counties and municipalities whose name or number begins like this, or that are mentioned by their whole name."""
    tekst = " ".join(ARTSNAVN.sub(" ", tekst[:LENGST]).split())
    if re.fullmatch(r"[0-9]+", tekst):
        return _med_nummer(tekst)
    former = _former(tekst)
    if max(map(len, former)) < 2:
        return []
    begynnelser = [f"-{form}" for form in former]
    return _treff(_som_har(innhold.husk("stedsnavn", _alle_navn), begynnelser), former) or _nevnte(tekst)


def _nevnte(tekst):
    """«skolefravær i alta»: the places that are named in full inside a longer text."""
    ordene = tekst.split()[:MAKS_ORD]
    if len(ordene) < 2:
        return []
    biter = {" ".join(ordene[i : i + n]) for n in (1, 2, 3) for i in range(len(ordene) - n + 1)}
    former = {form for bit in biter for form in _former(bit) if len(form) > 1}
    return _treff([par for par in innhold.husk("stedsnavn", _alle_navn) if par[1].sokenokkel in former], former)


def _former(tekst):
    """What was typed as an address part, also by those who write aa for å and oe for ø."""
    slug = norsk_slug(tekst, maks=LENGST)
    return {slug, slug.replace("aa", "a"), slug.replace("oe", "o")}


def _alle_navn():
    alle = Stedsnavn.objects.select_related("kommune__fylke", "fylke").only(*VIST)
    return [(f"-{navn.sokenokkel}", navn) for navn in alle]


def _som_har(alle, begynnelser):
    """Those where a word begins like one of these. `alle` are pairs: the words, each after its mark, and what has them."""
    return [par for par in alle if any(b in par[0] for b in begynnelser)]


def _treff(navn, former):
    treff = [
        Stedstreff(
            rang=(_naerhet(rad.sokenokkel, former), rad.gyldig_til is not None, -(getattr(sted, "folketall", 0) or 0)),
            sted=sted,
            traff=rad.navn,
            tidligere=rad.gyldig_til is not None and rad.navn != sted.navn,
        )
        for rad, sted in _dagens([rad for _ordene, rad in navn[:MAKS_NAVN]])
    ]
    return _ett_av_hvert(treff)


def _med_nummer(nummer):
    fylker = [Stedstreff((0,), f, f.nummer, False) for f in Fylke.objects.filter(nummer=nummer)]
    if len(nummer) < 3:
        return fylker
    rader = list(Kommunenummer.objects.filter(nummer__startswith=nummer).select_related("kommune__fylke")[:MAKS_NAVN])
    treff = [
        Stedstreff((rad.nummer != nummer, rad.nummer), sted, rad.nummer, rad.nummer != sted.nummer)
        for rad, sted in _dagens(rader)
    ]
    return _ett_av_hvert(treff)


def _dagens(rader):
    """Each row with the place of today it means: the county, the municipality, or those that came after it."""
    opphort = {r.kommune_id for r in rader if r.kommune_id and not r.kommune.er_gjeldende}
    etter = {}
    if opphort:
        tre = Slektstre()
        etter = {pk: tre.naavaerende(pk) for pk in opphort}
        kommuner = Kommune.objects.gjeldende().select_related("fylke").in_bulk(set().union(*etter.values()))
    for rad in rader:
        if rad.kommune_id in etter:
            yield from ((rad, kommuner[pk]) for pk in sorted(etter[rad.kommune_id]) if pk in kommuner)
        else:
            yield rad, rad.kommune or rad.fylke


def _naerhet(nokkel, former):
    if nokkel in former:
        return 0
    return 1 if nokkel.startswith(tuple(former)) else 2


def _ett_av_hvert(treff):
    """The best reason for each place, the best first."""
    beste = {}
    for ett in sorted(treff):
        beste.setdefault(ett.sted, ett)
    return list(beste.values())


def andre_navn(kommune_ider):
    """{pk: names in Sámi and Kven of today}, for showing them beside the Norwegian one."""
    if not kommune_ider:
        return {}
    return {pk: navn for pk, navn in innhold.husk("samiske og kvenske navn", _andre_navn).items() if pk in kommune_ider}


def _andre_navn():
    navn = {}
    rader = Stedsnavn.objects.gjeldende().exclude(kommune=None).exclude(sprak=Stedssprak.NORSK)
    for kommune, ett in rader.order_by("rekkefolge", "pk").values_list("kommune", "navn"):
        navn.setdefault(kommune, []).append(ett)
    return navn


def finn_organisasjoner(tekst):
    """Active organisations that are not a place's own, with all the words in the name; or with the number."""
    sammen = "".join(tekst.split())
    if re.fullmatch(r"[0-9]{9}", sammen):
        return [o for _ordene, o in innhold.husk("organisasjoner", _organisasjoner) if o.orgnr == sammen]
    ordene = [o for o in re.split(r"[\s,;]+", tekst[:LENGST]) if sorteringsnokkel(o).strip("0")][:MAKS_ORD]
    if not ordene or len(sammen) < 2:
        return []
    funnet = innhold.husk("organisasjoner", _organisasjoner)
    for ord_ in ordene:
        begynnelser = [f"0{sorteringsnokkel(ord_).strip('0')}", *(f"-{form}" for form in _former(ord_) - {""})]
        funnet = _som_har(funnet, begynnelser)
    return [o for _ordene, o in funnet]


def _organisasjoner():
    felt = ("navn", "slug", "sorteringsnokkel", "orgnr", "sektor", "kommune", "er_eksempel")
    aktive = Organisasjon.objects.aktive().filter(kommune=None).order_by("sorteringsnokkel", "pk")
    return [(f"0{o.sorteringsnokkel}-{o.slug}", o) for o in aktive.only(*felt)]
