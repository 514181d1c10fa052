"""All municipalities of today by county, and which of them answer to what someone types."""

import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import F

from kommuner.kodeverk import Stedssprak
from kommuner.models import Fylke, Kommune, Kommunenummer, Stedsnavn
from kommuner.oppslag import Slektstre


@dataclass
class Oppforing:
    """A municipality in the list. `sokbart` is all it answers to, in the form `forenkle` gives."""

    kommune: Kommune
    andre_navn: list = field(default_factory=list)  # Sámi and Kven, of today
    for_navn: list = field(default_factory=list)  # what it, and what went into it, has been called
    for_numre: list = field(default_factory=list)
    sokbart: str = ""
    treff: bool = True
    fordi: str = ""  # the former name or number that was met, when nothing of today was


@dataclass
class Fylkesgruppe:
    fylke: Fylke
    andre_navn: list
    oppforinger: list

    @property
    def antall_treff(self):
        return sum(oppforing.treff for oppforing in self.oppforinger)


def forenkle(tekst):
    """Lower case without accents. static/js/portal.js does the same, so that both find the same."""
    delt = unicodedata.normalize("NFKD", tekst.lower())
    return "".join(tegn for tegn in delt if not "\u0300" <= tegn <= "\u036f").strip()


def kommuneliste(sok=""):
    """The counties with their municipalities, each marked if it answers to `sok`. Four queries."""
    kommuner = list(Kommune.objects.gjeldende().select_related("fylke"))
    oppforinger = {kommune.pk: Oppforing(kommune) for kommune in kommuner}
    tre = Slektstre()
    stedsnavn = list(Stedsnavn.objects.order_by("rekkefolge", F("gyldig_fra").asc(nulls_first=True), "pk"))
    fylkesnavn = _fylkesnavn(stedsnavn)
    _legg_ved_navn(oppforinger, tre, stedsnavn)
    for nummer, kommune in Kommunenummer.objects.values_list("nummer", "kommune"):
        for pk in tre.naavaerende(kommune) & oppforinger.keys():
            if nummer != oppforinger[pk].kommune.nummer:
                oppforinger[pk].for_numre.append(nummer)
    for oppforing in oppforinger.values():
        _merk(oppforing, fylkesnavn[oppforing.kommune.fylke_id], forenkle(sok))
    grupper = defaultdict(list)
    for kommune in kommuner:
        grupper[kommune.fylke].append(oppforinger[kommune.pk])
    return [
        Fylkesgruppe(fylke, fylkesnavn[fylke.pk], grupper[fylke])
        for fylke in sorted(grupper, key=lambda fylke: fylke.sorteringsnokkel)
    ]


def _fylkesnavn(stedsnavn):
    navn = defaultdict(list)
    for rad in stedsnavn:
        if rad.fylke_id and rad.gyldig_til is None and rad.sprak != Stedssprak.NORSK:
            navn[rad.fylke_id].append(rad)
    return navn


def _legg_ved_navn(oppforinger, tre, stedsnavn):
    for rad in stedsnavn:
        for pk in tre.naavaerende(rad.kommune_id) & oppforinger.keys() if rad.kommune_id else ():
            oppforing = oppforinger[pk]
            if rad.kommune_id == pk and rad.gyldig_til is None:
                if rad.sprak != Stedssprak.NORSK:
                    oppforing.andre_navn.append(rad)
            elif rad.navn != oppforing.kommune.navn and rad.navn not in oppforing.for_navn:
                oppforing.for_navn.append(rad.navn)


def _merk(oppforing, fylkesnavn, sok):
    kommune = oppforing.kommune
    navn = [kommune.navn, *(rad.navn for rad in oppforing.andre_navn)]
    fylke = [kommune.fylke.navn, *(rad.navn for rad in fylkesnavn)]
    naa = _former([*navn, *fylke]) | {kommune.nummer}
    oppforing.sokbart = " ".join(sorted(naa | _former(oppforing.for_navn) | set(oppforing.for_numre)))
    oppforing.treff = sok in oppforing.sokbart
    if oppforing.treff and not any(sok in form for form in naa):
        tidligere = [*oppforing.for_navn, *oppforing.for_numre]
        oppforing.fordi = next((t for t in tidligere if sok in _former([t])), "") or next(
            (t for t in tidligere if any(sok in form for form in _former([t]))), ""
        )


def _former(navn):
    """A name as typed without accents, and as typed on a keyboard without æ, ø and å."""
    enkle = {forenkle(n) for n in navn}
    return enkle | {
        form.translate(str.maketrans({"æ": "ae", "ø": "o", "ŋ": "n", "đ": "d", "ŧ": "t"})) for form in enkle
    }
