"""A part of the map with its places: points and marks, and the names there is room for."""

from typing import NamedTuple

from partnerskap.felles.kart import norge

BREDDE, HOYDE = 544, 560  # how large the map is shown at most, in pixels
SMAL = 350  # and on a phone
SKRIFT = 14  # of the names, in pixels
MERKE, PUNKT = 22, 9
FORST = 5  # places whose names may stand over a grey point rather than be left out
TEGNBREDDE = 0.56  # of the height of the letters, on average
LUFT = 0.06  # round what is shown
MINST = 150  # of the drawing's units: nearer, the shapes are too rough


class Sted(NamedTuple):
    navn: str
    punkt: tuple
    adresse: str = ""
    utfall: str = ""  # a mark; without it, a grey point
    merknad: str = ""  # what more the mouse is told: «3 prosjekter»
    vekt: float = 0  # who gets its name first


def stedskart(steder, ramme, fylke="", hoyde=HOYDE):
    """What komponenter/stedskart.html draws: `steder` inside `ramme`, with one county marked.

    `hoyde` is how high it is shown at most, in pixels; say the same in the stylesheet.
    Names are placed twice, for a wide screen and for a phone, where there is room for fewer.
    """
    steder, utsnitt = list(steder), _utsnitt(ramme)
    venstre, topp, bredde, hoy = utsnitt
    land = norge()
    synlige = [f for f, r in land.rammer.items() if _krysser(r, (venstre, topp, venstre + bredde, topp + hoy))]
    enhet = max(bredde / BREDDE, hoy / hoyde)  # drawing units to the pixel
    merke = MERKE * enhet
    return {
        "utsnitt": f"{venstre:.0f} {topp:.0f} {bredde:.0f} {hoy:.0f}",
        "land": "".join(land.fylker[f] for f in synlige if f != fylke),
        "fylke": land.fylker.get(fylke, ""),
        "radius": f"{PUNKT * enhet / 2:.3g}",
        "grunn": f"{merke * 0.58:.3g}",  # the ground under a mark
        "steder": [
            {
                "navn": s.navn,
                "adresse": s.adresse,
                "utfall": s.utfall,
                "merknad": s.merknad,
                "cx": f"{s.punkt[0]:g}",
                "cy": f"{s.punkt[1]:g}",
                "x": f"{s.punkt[0] - merke / 2:.1f}",
                "y": f"{s.punkt[1] - merke / 2:.1f}",
                "bredde": f"{merke:.1f}",
            }
            for s in sorted(steder, key=lambda s: bool(s.utfall))  # marks on top of points
        ],
        "navn": [
            {"klasse": klasse, "skrift": f"{skrift:.3g}", "etiketter": _plasser_navn(steder, utsnitt, skrift, enhet)}
            for klasse, skrift in (("bare-bred", SKRIFT * enhet), ("bare-smal", 12 * max(bredde / SMAL, enhet)))
        ],
    }


def ramme_om(punkter, luft=0.25):
    """A frame round some points, with so much of its size as air on each side."""
    xer, yer = zip(*punkter, strict=True)
    venstre, topp, hoyre, bunn = min(xer), min(yer), max(xer), max(yer)
    rom = luft * max(hoyre - venstre, bunn - topp)
    return venstre - rom, topp - rom, hoyre + rom, bunn + rom


def _utsnitt(ramme):
    """The frame with air round it, and never so near that the shapes lose their meaning."""
    venstre, topp, hoyre, bunn = ramme
    bredde = max((hoyre - venstre) * (1 + 2 * LUFT), MINST)
    hoyde = max((bunn - topp) * (1 + 2 * LUFT), MINST * 0.8)
    return (venstre + hoyre - bredde) / 2, (topp + bunn - hoyde) / 2, bredde, hoyde


def _krysser(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _plasser_navn(steder, utsnitt, skrift, enhet):
    """Names that cover neither each other nor a mark, those with most weight first: {navn, x, y, anker}.

    The points of other places are left free too, unless one of the first would go without its name.
    """
    merker = [_rundt(s, enhet) for s in steder if s.utfall]
    punkter = [_rundt(s, enhet) for s in steder if not s.utfall]
    plassert = []
    for nummer, sted in enumerate(sorted(steder, key=lambda s: (-s.vekt, s.navn))):
        mulige = [
            (etikett, boks)
            for etikett, boks in _forslag(sted, skrift, enhet)
            if _inne_i(boks, utsnitt) and not any(_krysser(boks, merke) for merke in merker)
        ]
        nest_best = mulige[0] if mulige and nummer < FORST else None
        if valgt := next((m for m in mulige if not any(_krysser(m[1], punkt) for punkt in punkter)), nest_best):
            (x, y, anker), boks = valgt
            merker.append(boks)
            plassert.append({"navn": sted.navn, "x": f"{x:.1f}", "y": f"{y:.1f}", "anker": anker})
    return plassert


def _inne_i(boks, utsnitt):
    venstre, topp, bredde, hoyde = utsnitt
    return venstre < boks[0] and boks[2] < venstre + bredde and topp < boks[1] and boks[3] < topp + hoyde


def _rundt(sted, enhet):
    halv = (MERKE if sted.utfall else PUNKT) * enhet / 2
    x, y = sted.punkt
    return x - halv, y - halv, x + halv, y + halv


def _forslag(sted, skrift, enhet):
    """Where a name may stand: to the right, to the left, under and over. Pairs of (x, y, anchor) and its box."""
    venstre, topp, hoyre, bunn = _rundt(sted, enhet * 1.2)
    x, y = sted.punkt
    lengde, hoyde, midt = TEGNBREDDE * skrift * len(sted.navn), skrift, y + 0.35 * skrift
    return (
        ((hoyre, midt, "start"), (hoyre, y - hoyde / 2, hoyre + lengde, y + hoyde / 2)),
        ((venstre, midt, "end"), (venstre - lengde, y - hoyde / 2, venstre, y + hoyde / 2)),
        ((x, bunn + 0.8 * skrift, "middle"), (x - lengde / 2, bunn, x + lengde / 2, bunn + hoyde)),
        ((x, topp - 0.2 * skrift, "middle"), (x - lengde / 2, topp - hoyde, x + lengde / 2, topp)),
    )
