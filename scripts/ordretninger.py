"""`make ordretninger`: work out which way each word of the lists of synonyms points, for sok/betydning.py.

Words that stand in the same lines point the same way, and so do words that stand beside the same words (latent semantic
analysis: each stem's lines weighed by tf-idf, and of that table the strongest directions, by subspace iteration). Run it when
a list has changed. The same lists give the same file on the same machine.
"""

import sys
from collections import Counter
from math import log
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from sok.analyse import les_liste, ord_i  # noqa: E402
from sok.betydning import BREDDE, FIL, i_hele_tall, laget_av, trekk  # noqa: E402

FLERE = 16  # directions more than are kept: the last of those worked out are not to be trusted
RUNDER = 8


def main():
    linjer = [Counter(trekk(ord_i(linje))) for linje in les_liste("synonymer")]
    antall = Counter(stamme for linje in linjer for stamme in linje)
    stammer = sorted(antall)
    plass = {stamme: i for i, stamme in enumerate(stammer)}
    vekter = np.array([log(len(linjer) / antall[stamme]) for stamme in stammer])
    tabell = np.array(
        [(plass[s], i, (1 + log(n)) * vekter[plass[s]]) for i, linje in enumerate(linjer) for s, n in linje.items()]
    )
    rad, linje, verdi = tabell[:, 0].astype(int), tabell[:, 1].astype(int), tabell[:, 2]
    lengde = np.sqrt(np.bincount(linje, verdi**2))
    verdi /= np.maximum(lengde, 1e-9)[linje]
    retninger = sterkeste(rad, linje, verdi, len(stammer), len(linjer))
    np.savez_compressed(
        FIL,
        stammer=np.frombuffer("\n".join(stammer).encode(), np.uint8),
        retninger=i_hele_tall(retninger),
        vekter=vekter.astype(np.float32),
        laget_av=np.frombuffer(laget_av().encode(), np.uint8),
    )
    print(f"{len(stammer)} stems of {len(linjer)} lines, {FIL.stat().st_size // 1024} KiB")


def sterkeste(rad, linje, verdi, rader, linjer):
    """Each row in the strongest directions of the table, as strong as they are there."""
    til_rad, til_linje = ganger(rad, linje, verdi, rader), ganger(linje, rad, verdi, linjer)
    rom = np.random.default_rng(0).standard_normal((linjer, BREDDE + FLERE))
    for _runde in range(RUNDER):
        rom, _ = np.linalg.qr(til_linje(til_rad(rom)))
    u, s, _ = np.linalg.svd(til_rad(rom), full_matrices=False)
    return (u * s)[:, :BREDDE]


def ganger(ut, inn, verdi, rader):
    """The product of a table that is mostly empty and another: (row, column, value) of the first."""
    orden = np.argsort(ut, kind="stable")
    ut, inn, verdi = ut[orden], inn[orden], verdi[orden, None]
    begynner = np.searchsorted(ut, np.arange(rader))

    def gang(annen):
        return np.add.reduceat(verdi * annen[inn], begynner)

    return gang


if __name__ == "__main__":
    main()
