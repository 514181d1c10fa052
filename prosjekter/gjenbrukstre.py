"""Where an idea has travelled: project, taker, the taker's own project, its takers. As a tree, a drawing and a map.

One query a generation, and never more than MAKS places: further out the reader goes on from the taker's own project.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerskap.felles import kart
from prosjekter.kodeverk import I_BRUK, INTERESSE, Gjenbrukstatus
from prosjekter.models import Gjenbruk, Prosjekt

MAKS = 200
MAKS_LEDD = 8
BREDDE, HOYDE, MERKE = 280, 56, 24  # of a generation, of a leaf, and of a mark in the drawing
MAKS_TEGN = 26  # of a name in the drawing; the list has all of it

# How far a taker has come, as one of the portal's own marks.
MERKER = {
    **dict.fromkeys(I_BRUK, "virket"),
    **dict.fromkeys(INTERESSE, "pagar"),
    Gjenbrukstatus.FORKASTET: "virket_ikke",
}
FORKLARING = [
    ("virket", gettext_lazy("I bruk")),
    ("pagar", gettext_lazy("Vurderes, planlagt eller innføres")),
    ("virket_ikke", gettext_lazy("Forkastet")),
]


@dataclass
class Node:
    """A place the idea has come to. `prosjekt` is where it lives on, and what its own takers build on."""

    gjenbruk: Gjenbruk | None = None
    prosjekt: Prosjekt | None = None
    barn: list = field(default_factory=list)
    x: int = 0
    y: int = 0

    @property
    def navn(self):
        return self.gjenbruk.hvem if self.gjenbruk else str(self.prosjekt.eier)

    @property
    def kort_navn(self):
        return self.navn if len(self.navn) <= MAKS_TEGN else f"{self.navn[: MAKS_TEGN - 1]}…"

    @property
    def merke(self):
        return MERKER[self.gjenbruk.status] if self.gjenbruk else self.prosjekt.utfall

    @property
    def status(self):
        if self.gjenbruk is None:
            return _("Delte ideen")
        status = self.gjenbruk.get_status_display()
        return _("%(status)s, oppgitt av andre") % {"status": status} if self.gjenbruk.er_ekstern else status

    @property
    def tekstbredde(self):
        """About as wide as its two lines of text are drawn; a line out begins after it."""
        return max(len(self.kort_navn) * 8.5, len(self.status) * 7)

    @property
    def organisasjon(self):
        return self.gjenbruk.taker if self.gjenbruk else self.prosjekt.eier

    def alle(self):
        yield self
        for barn in self.barn:
            yield from barn.alle()


@dataclass
class Tre:
    rot: Node
    antall: int
    er_kappet: bool

    @property
    def ledd(self):
        return max(node.x for node in self.rot.alle())


def les(prosjekt, bruker):
    """The tree below one project, as this person may see it, the nearest generations first."""
    rot = Node(prosjekt=prosjekt)
    sett, antall, er_kappet = {prosjekt.pk}, 0, False
    ledd = {prosjekt.pk: rot}
    for _nummer in range(MAKS_LEDD):
        rader = _takere(ledd, bruker)[: MAKS - antall + 1] if ledd else []
        neste = {}
        for gjenbruk in rader:
            if antall == MAKS:
                er_kappet = True
                break
            antall += 1
            node = Node(gjenbruk=gjenbruk, prosjekt=gjenbruk.til if gjenbruk.til_er_synlig else None)
            ledd[gjenbruk.fra_id].barn.append(node)
            if node.prosjekt and node.prosjekt.pk not in sett:  # an idea that comes back home goes no further
                sett.add(node.prosjekt.pk)
                neste[node.prosjekt.pk] = node
        ledd = neste
    er_kappet = er_kappet or bool(ledd) and Gjenbruk.objects.synlige_for(bruker).filter(fra__in=ledd).exists()
    _plasser(rot)
    return Tre(rot, antall, er_kappet)


def _takere(ledd, bruker):
    takere = Gjenbruk.objects.synlige_for(bruker).gyldige().med_synlig_til(bruker)
    return takere.for_liste().select_related("fra", "til").filter(fra__in=list(ledd)).i_rekkefolge()


def _plasser(rot):
    """Leaves under each other, a parent midway between its children; a column a generation."""
    rad = 0

    def sett(node, dybde):
        nonlocal rad
        node.x = dybde
        for barn in node.barn:
            sett(barn, dybde + 1)
        if node.barn:
            node.y = (node.barn[0].y + node.barn[-1].y) // 2
        else:
            node.y = HOYDE // 2 + HOYDE * rad
            rad += 1

    sett(rot, 0)


def tegning(tre):
    """What templates/gjenbruk/_tegning.html draws: lines from giver to taker, and a mark and a name for each."""
    noder = list(tre.rot.alle())
    plass = {id(n): (30 + n.x * BREDDE, n.y) for n in noder}
    streker = [_strek(n, plass[id(n)], plass[id(barn)], barn) for n in noder for barn in n.barn]
    punkter = [
        {
            "navn": n.kort_navn,
            "status": n.status,
            "merke": n.merke,
            "ring": bool(n.gjenbruk and n.gjenbruk.er_bekreftet),
            "x": x,
            "y": y,
            "merke_x": x - MERKE // 2,
            "merke_y": y - MERKE // 2,
            "tekst_x": x + 28,
        }
        for n in noder
        for x, y in [plass[id(n)]]
    ]
    return {
        "streker": streker,
        "punkter": punkter,
        "bredde": (tre.ledd + 1) * BREDDE,
        "hoyde": max(n.y for n in noder) + HOYDE // 2,
        "er_bred": tre.ledd > 3,
    }


def _strek(node, fra, til, barn):
    """A line that leaves after the giver's name, so that it crosses no text."""
    (x1, y1), (x2, y2) = fra, til
    start, slutt = round(x1 + 36 + min(node.tekstbredde, BREDDE - 110)), x2 - 22
    midt = (start + slutt) // 2
    return {"slag": barn.gjenbruk.type, "d": f"M{start} {y1}C{midt} {y1} {midt} {y2} {slutt} {y2}"}


def paa_kartet(tre):
    """Marks and arcs for the places that are on the map. None when there are fewer than two."""
    norge = kart.norge()

    def sted(organisasjon):
        if organisasjon is None:
            return None
        if organisasjon.kommune_id:
            return norge.punkter.get(organisasjon.kommune.nummer)
        return (organisasjon.kart_x, organisasjon.kart_y) if organisasjon.kart_x is not None else None

    noder = [(n, sted(n.organisasjon)) for n in tre.rot.alle()]
    steder = {id(n): punkt for n, punkt in noder if punkt}
    if len(steder) < 2:
        return None
    buer = [
        {"slag": barn.gjenbruk.type, "d": _bue(steder[id(n)], steder[id(barn)])}
        for n, _punkt in noder
        for barn in n.barn
        if id(n) in steder and id(barn) in steder
    ]
    halv = kart.MERKE / 2
    merker = [{"merke": n.merke, "x": f"{p[0] - halv:g}", "y": f"{p[1] - halv:g}"} for n, p in noder if p]
    return {"norge": norge, "buer": buer, "merker": merker, "bredde": kart.MERKE}


def _bue(fra, til):
    """One quadratic curve, bent a sixth of its length."""
    (x1, y1), (x2, y2) = fra, til
    bx, by = (x1 + x2) / 2 + (y2 - y1) / 6, (y1 + y2) / 2 - (x2 - x1) / 6
    return f"M{x1:g} {y1:g}Q{bx:g} {by:g} {x2:g} {y2:g}"


def tall(tre):
    """How many in the tree have confirmed value, use it, and think of it. Claims are in the tree, not in the figures."""
    sagt = Counter(n.gjenbruk.status for n in tre.rot.alle() if n.gjenbruk is not None and not n.gjenbruk.er_ekstern)
    return {
        "antall_bekreftet": sagt[Gjenbrukstatus.VERDI_BEKREFTET],
        "antall_i_bruk": sum(sagt[status] for status in I_BRUK),
        "antall_interesse": sum(sagt[status] for status in INTERESSE),
    }


def opphav(prosjekt, bruker):
    """The projects this one builds on, one step back, that the person may see."""
    fra = Gjenbruk.objects.synlige_for(bruker).gyldige().filter(til=prosjekt).values("fra")
    return list(Prosjekt.objects.synlige_for(bruker).filter(pk__in=fra).select_related("eier").order_by("pk")[:10])
