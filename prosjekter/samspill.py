"""The check for what is there already: what somebody is writing, saved or not, against what she may see.

Projects, shared needs, missions and initiatives elsewhere, each with the reason in words. Projects are found by the
stems that tell most (`prosjekter.likhet`). The rest are few, and so are the drafts of one's own organisation: they are
read and compared as they stand, by how much of what is being written they are about.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from heapq import nlargest

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommuner.models import Organisasjon
from kommuner.tilgang import arbeider_for
from missions.models import EksterntInitiativ, Mission, Utfordring
from prosjekter import likhet
from prosjekter.kodeverk import Status
from prosjekter.lignende import hvorfor
from prosjekter.models import Deltakelse, Kjennetegn, Klassifisering, Missiontilknytning, Prosjekt, Termbruk
from sok.analyse import tokens
from sok.indeks import naermest

MAKS_TEGN = 8000  # of what is written: as long as the field is
SLAG = {
    "prosjekt": gettext_lazy("Prosjekt"),
    "utfordring": gettext_lazy("Utfordring"),
    "mission": gettext_lazy("Mission"),
    "initiativ": gettext_lazy("Eksternt initiativ"),
}
VIS = {"prosjekt": 5, "utfordring": 3, "mission": 2, "initiativ": 3}
GROVT = 300  # projects looked at before asking who may see them
BEHOV = 30  # needs looked at
EGNE_KLADDER = 40  # of the person's organisations, the newest
MAKS_INITIATIVER = 500
KORT = {"prosjekt": 3}  # of each kind while one writes; one of the others
VIS_FRA = 0.2  # what is less alike is only noise to the one who writes
DUPLIKAT = 0.5  # and in the same organisation: is it the same?
SAMME_FYLKE = 0.02
_FOR_LANGT = re.compile(r"\S{61,}")  # no word


@dataclass(frozen=True)
class Skrevet:
    """What is compared. `eier` is whose it is or will be."""

    tittel: str
    utfordring: str
    mer: str = ""
    eier: Organisasjon | None = None
    koder: frozenset = frozenset()
    missions: frozenset = frozenset()
    hovedprosjekt: int | None = None
    prosjekt: int = 0

    @cached_property
    def funnet(self):
        """{stem: [how much it counts here, the word]}. What is written about the challenge counts as an ingress."""
        tekster = {"tittel": self.tittel[:200], "ingress": f"{self.utfordring[:MAKS_TEGN]}\n{self.mer[:MAKS_TEGN]}"}
        return likhet.termer_i({felt: _FOR_LANGT.sub(" ", tekst) for felt, tekst in tekster.items()})


@dataclass(frozen=True)
class Treff:
    """One thing that resembles it. `nokkel` names it in forms; `fra_dere`: one's own organisation's."""

    slag: str  # prosjekt, utfordring, mission, initiativ
    ting: object
    poeng: float
    hvorfor: str
    fra_dere: bool = False

    @property
    def slagnavn(self):
        return SLAG[self.slag]

    @property
    def nokkel(self):
        return f"{self.slag}-{self.ting.pk}"


@dataclass(frozen=True)
class Funn:
    """The answer: hits by kind, the most alike first. `duplikat` is likely to be the same project, in the same house."""

    treff: list = field(default_factory=list)
    duplikat: Treff | None = None

    def __bool__(self):
        return bool(self.treff)

    @property
    def kort(self):
        """For the one who is in the middle of a sentence: the three nearest projects, and the nearest of each other kind."""
        antall = Counter()
        vist = []
        for t in self.treff:
            antall[t.slag] += 1
            if t is not self.duplikat and antall[t.slag] <= KORT.get(t.slag, 1):
                vist.append(t)
        return vist

    @property
    def viser_eksempeldata(self):
        return any(t.ting.er_eksempel for t in self.treff)


def fra_prosjekt(prosjekt):
    """What a saved project says. `prosjekt` has `tekst` and `eier`. Two queries."""
    tekst = getattr(prosjekt, "tekst", None)
    koder = Klassifisering.objects.filter(prosjekt=prosjekt, liste__in=list(likhet.KODEVEKT))
    missions = Missiontilknytning.objects.filter(prosjekt=prosjekt).exclude(svar="avslatt")
    return Skrevet(
        tittel=f"{prosjekt.tittel} {prosjekt.emneord}",
        utfordring=tekst.utfordring if tekst else "",
        mer=f"{prosjekt.ingress}\n{tekst.losning if tekst else ''}",
        eier=prosjekt.eier,
        koder=frozenset(koder.values_list("liste", "verdi")),
        missions=frozenset(missions.values_list("mission", flat=True)),
        hovedprosjekt=prosjekt.hovedprosjekt_id,
        prosjekt=prosjekt.pk,
    )


def finn(skrevet, bruker):
    """What resembles it, among what this person may see."""
    if not skrevet.funnet and not skrevet.tittel.strip():
        return Funn()
    bruk = dict(Termbruk.objects.filter(term__in=skrevet.funnet).values_list("term", "antall"))
    antall = Prosjekt.objects.publiserte().count()
    alle = likhet.velg_termer(skrevet.funnet, bruk, antall)
    prosjekter = _prosjekter(skrevet, bruker, _kjente(skrevet, bruk, antall), alle)
    treff = [
        *nlargest(VIS["prosjekt"], prosjekter, key=lambda t: (t.poeng, t.ting.pk)),
        *_utfordringer(skrevet, bruker, alle),
        *_missions(skrevet, bruker, alle),
        *_initiativer(bruker, alle),
    ]
    return Funn(treff, _duplikat(skrevet, prosjekter, alle))


# ---- Projects ------------------------------------------------------------------------------------------------------


def _kjente(skrevet, bruk, antall):
    """The stems that tell most, among those some project is known by: a word nobody else has written finds nobody."""
    ukjente = skrevet.funnet.keys() - bruk.keys()
    sjeldne = set(Kjennetegn.objects.filter(term__in=ukjente).values_list("term", flat=True))
    kjente = {term: verdi for term, verdi in skrevet.funnet.items() if term in bruk or term in sjeldne}
    return likhet.velg_termer(kjente, bruk, antall)


def _prosjekter(skrevet, bruker, termer, alle):
    """Published ones the person may see, and those under way in her own organisations."""
    publiserte = _publiserte(skrevet, bruker, termer)
    huset = _huset(skrevet, bruker)
    rader = _samme_tittel(skrevet, huset) | _egne_kladder(skrevet, bruker, alle) | publiserte
    ting = Prosjekt.objects.filter(pk__in=rader).select_related("eier__kommune", "tekst").order_by("pk")
    return [_prosjekttreff(p, *rader[p.pk], skrevet, huset) for p in ting]


def _prosjekttreff(prosjekt, poeng, grunn, skrevet, huset):
    fra_dere = prosjekt.eier_id in huset
    fylke = _fylke(prosjekt.eier)
    samme_fylke = bool(not fra_dere and fylke and skrevet.eier and fylke == _fylke(skrevet.eier))
    setninger = [
        hvorfor(grunn),
        _("Samme tittel.") if _samme(prosjekt.tittel, skrevet.tittel) else "",
        _("Samme fylke.") if samme_fylke else "",
    ]
    poeng += SAMME_FYLKE * samme_fylke
    return Treff("prosjekt", prosjekt, poeng, " ".join(s for s in setninger if s), fra_dere)


def _fylke(organisasjon):
    return organisasjon.kommune.fylke_id if organisasjon.kommune_id else organisasjon.fylke_id


def _samme_tittel(skrevet, huset):
    """{id: (how alike, why)}. In one's own house, also when the words are such as tell nothing."""
    egne = Prosjekt.objects.filter(eier__in=huset, tittel__iexact=" ".join(skrevet.tittel.split()))
    return {pk: (1.0, _grunn([])) for pk in egne.exclude(pk=skrevet.prosjekt).values_list("pk", flat=True)[:5]}


def _publiserte(skrevet, bruker, termer):
    """{id: (how alike, why)}. Who may see them is asked before the nearest are chosen: what is hidden crowds nobody out."""
    treff = list(Kjennetegn.objects.filter(term__in=termer).values_list("term", "prosjekt", "vekt", "ord"))
    grovt = Counter()
    for term, pk, vekt, _ord in treff:
        grovt[pk] += termer[term][0] * vekt
    grovt.pop(skrevet.prosjekt, None)
    synlige = Prosjekt.objects.publiserte().synlige_for(bruker).order_by()
    ider = set(
        synlige.filter(pk__in=nlargest(GROVT, grovt, key=lambda pk: (grovt[pk], pk))).values_list("pk", flat=True)
    )
    profil = likhet.Profil(
        skrevet.prosjekt, "", "", skrevet.hovedprosjekt, termer, set(skrevet.koder), set(skrevet.missions)
    )
    rader = likhet.naboer(
        profil,
        [rad for rad in treff if rad[1] in ider],
        (),
        lambda naere: likhet.les_profiler(Prosjekt.objects.filter(pk__in=naere)),
    )
    return {rad.annet_id: (rad.poeng, rad.grunn) for rad in rader if rad.poeng >= VIS_FRA}


def _egne_kladder(skrevet, bruker, termer):
    """{id: (how alike, why)} of what is not published in the person's own organisations."""
    if not (ider := arbeider_for(bruker)):
        return {}
    deltar = Deltakelse.objects.aktive().filter(organisasjon__in=ider)
    under_arbeid = (Status.KLADD, Status.INNSENDT, Status.TIL_RETTING, Status.AVPUBLISERT)
    rader = Prosjekt.objects.filter(pk__in=deltar.values("prosjekt"), status__in=under_arbeid)
    rader = rader.exclude(pk=skrevet.prosjekt).order_by("-endret_tid", "-pk")
    felt = ("pk", "tittel", "ingress", "tekst__utfordring")
    funnet = {}
    for pk, *tekster in rader.values_list(*felt)[:EGNE_KLADDER]:
        poeng, ord_ = dekning(termer, *(t or "" for t in tekster))
        if poeng >= VIS_FRA:
            funnet[pk] = (poeng, _grunn(ord_))
    return funnet


def _huset(skrevet, bruker):
    """The organisation the project is for, and those it has taken over from; else all the person works for."""
    egne = arbeider_for(bruker)
    if skrevet.eier is None:
        return egne
    arvet = Organisasjon.objects.filter(etterfolger=skrevet.eier, pk__in=egne).values_list("pk", flat=True)
    return {skrevet.eier.pk, *arvet}


def _duplikat(skrevet, prosjekter, termer):
    """The one in the same house that says most of the same, or has the same title."""
    kandidater = []
    for treff in prosjekter:
        p = treff.ting
        if treff.fra_dere and p.status != Status.ARKIVERT:
            tekst = p.tekst.utfordring if hasattr(p, "tekst") else ""
            likt = 1.0 if _samme(p.tittel, skrevet.tittel) else dekning(termer, p.tittel, p.ingress, tekst)[0]
            if likt >= DUPLIKAT:
                kandidater.append((likt, p.pk, treff))
    return max(kandidater)[2] if kandidater else None


def _samme(en, annen):
    return tokens(en) == tokens(annen) != []


# ---- The rest, which are few ---------------------------------------------------------------------------------------


def _utfordringer(skrevet, bruker, termer):
    """Needs, found by the search index and read."""
    rader = naermest(Utfordring.objects.publiserte().for_kort(), termer)
    egne = arbeider_for(bruker)
    treff = []
    for u in rader[:BEHOV]:
        poeng, ord_ = dekning(termer, u.tittel, u.beskrivelse, f"{u.hvem}\n{u.mangler}")
        grunn = _grunn(ord_, mission=u.mission_id in skrevet.missions)
        treff.append(Treff("utfordring", u, poeng, hvorfor(grunn), u.eier_id in egne))
    return _beste(treff)


def _missions(skrevet, bruker, termer):
    """The missions the project is proposed to already are no news."""
    rader = Mission.objects.synlige_for(bruker).filter(er_publisert=True).exclude(pk__in=skrevet.missions)
    return _beste(
        Treff("mission", m, poeng, hvorfor(_grunn(ord_)))
        for m in rader
        for poeng, ord_ in [dekning(termer, m.tittel, m.retningsmal, f"{m.hvorfor_haster}\n{m.beskrivelse}")]
    )


def _initiativer(bruker, termer):
    rader = EksterntInitiativ.objects.synlige_for(bruker).filter(aktiv=True)
    return _beste(
        Treff("initiativ", i, poeng, hvorfor(_grunn(ord_)))
        for i in rader[:MAKS_INITIATIVER]
        for poeng, ord_ in [dekning(termer, i.navn, i.beskrivelse, "")]
    )


def _beste(treff):
    naere = [t for t in treff if t.poeng >= VIS_FRA]
    return nlargest(VIS[naere[0].slag], naere, key=lambda t: (t.poeng, t.ting.pk)) if naere else []


def dekning(termer, tittel, ingress, tekst):
    """How much of what is being written (0 to 1) the other is about, and the words they share, the weightiest first.

    `termer` have length 1, so the squares of those they share add up to a share of the whole.
    """
    andres = _ord_i(tittel, ingress, tekst)
    felles = [(vekt**2, ord_ or andres[t], t) for t, (vekt, ord_) in termer.items() if t in andres]
    felles.sort(reverse=True)
    return sum(del_ for del_, *_ in felles), [ord_ for _del, ord_, _t in felles if ord_]


@lru_cache(maxsize=3000)
def _ord_i(tittel, ingress, tekst):
    """{stem: the word} of what a text is about: in its title or ingress, or said twice. The same text is read once."""
    funnet = likhet.termer_i({"tittel": tittel, "ingress": ingress, "tekst": tekst[:MAKS_TEGN]})
    return {term: ord_ for term, (vekt, ord_) in funnet.items() if vekt >= likhet.MINST_SAGT}


def _grunn(ord_, *, mission=False):
    """As likhet.grunn, for what has no codes of its own."""
    vist = []
    for ett in ord_:
        if not any(ett in annet or annet in ett for annet in vist):
            vist.append(ett)
    return {"ord": vist[: likhet.MAKS_ORD], "koder": [], "hovedprosjekt": False, "mission": mission}
