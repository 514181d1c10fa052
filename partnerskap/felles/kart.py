"""The map: county shapes and municipality centres in one drawing, read once from data/norge.json.

Sources and what they ask for (Kartverket, CC BY 4.0) stand in the file itself and on the page «Om portalen».
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FIL = Path(__file__).parent / "data" / "norge.json"
MERKE = 30  # width of a mark on the map, in the drawing's own units (the country is 1000 by 1264)
LUFT = 30  # the westernmost and northernmost centres lie on the edge of the drawing


@dataclass(frozen=True)
class Norge:
    utsnitt: str
    land: str
    alle: str
    punkter: dict
    fylker: dict
    rammer: dict

    def storrelse(self, fylke):
        """How much of the drawing the county takes, for drawing the small ones on top: Oslo lies inside Akershus."""
        venstre, topp, hoyre, bunn = self.rammer[fylke]
        return (hoyre - venstre) * (bunn - topp)


@cache
def norge():
    data = json.loads(FIL.read_text(encoding="utf-8"))
    x, y, bredde, hoyde = map(int, data["viewBox"].split())
    punkter = {k["nr"]: (round(k["x"]), round(k["y"])) for k in data["kommuner"]}
    return Norge(
        utsnitt=f"{x - LUFT} {y - LUFT} {bredde + 2 * LUFT} {hoyde + 2 * LUFT}",
        land="".join(fylke["d"] for fylke in data["fylker"]),
        alle="".join(f"M{x} {y}h0" for x, y in punkter.values()),
        punkter=punkter,
        fylker={fylke["nr"]: fylke["d"] for fylke in data["fylker"]},
        rammer={fylke["nr"]: ramme(fylke["d"]) for fylke in data["fylker"]},
    )


def ramme(form):
    """The smallest and largest x and y of a shape made of absolute M and relative l."""
    x = y = 0
    xer, yer = [], []
    for kommando, tall in re.findall(r"([Mlz])([^Mlz]*)", form):
        verdier = [int(n) for n in re.findall(r"-?\d+", tall)]
        for dx, dy in zip(verdier[::2], verdier[1::2], strict=True):
            x, y = (dx, dy) if kommando == "M" else (x + dx, y + dy)
            xer.append(x)
            yer.append(y)
    return min(xer), min(yer), max(xer), max(yer)


def plasser(prikker):
    """Pairs of place and outcome to pairs of point and outcome.

    A place is a municipality's number, or a point already. A number that is not on the map today is left out.
    """
    steder = ((punkt(sted), utfall) for sted, utfall in prikker)
    return [(xy, utfall) for xy, utfall in steder if xy]


def punkt(sted):
    """Where a place is drawn: a municipality's number, or a point already. None when it is not on the map."""
    if isinstance(sted, tuple):
        return sted if None not in sted else None
    return norge().punkter.get(sted)


def utsnitt(nummer, radius=170):
    """The viewBox of the surroundings of one municipality, or an empty string if it is not on the map."""
    if nummer not in norge().punkter:
        return ""
    x, y = norge().punkter[nummer]
    return f"{x - radius} {y - round(radius * 0.8)} {2 * radius} {round(1.6 * radius)}"
