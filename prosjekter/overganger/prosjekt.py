"""The one table of how a project moves through publishing.

Each row: the name of the deed, from which states, to which, when it applies, who may, what must be filled in, what
must be said, and who is told. `handlinger` carries the rows out and knows no other rules; `docs/arbeidsflyt.md` is
drawn from them; tests walk every role, state and deed.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from prosjekter import krav, tilgang
from prosjekter.kodeverk import Status
from prosjekter.varsler import prosjekt as varsler

KLADD, INNSENDT, TIL_RETTING, PUBLISERT, AVPUBLISERT, ARKIVERT = Status


class UmuligOvergang(Exception):  # noqa: N818
    """The project is in no state for this. Somebody may have moved it a moment ago."""

    def __init__(self, navn, prosjekt):
        super().__init__(f"{navn} fra {prosjekt.status}")
        self.melding = _("Det går ikke an nå: prosjektet er «%(status)s».") % {
            "status": prosjekt.get_status_display().lower()
        }


def betrodd(prosjekt):
    return prosjekt.eier.er_betrodd


def ikke_betrodd(prosjekt):
    return not prosjekt.eier.er_betrodd


def publisert_for(prosjekt):
    return prosjekt.publisert_tid is not None


def aldri_publisert(prosjekt):
    return prosjekt.publisert_tid is None


@dataclass(frozen=True)
class Overgang:
    navn: str  # also the name of the function in handlinger
    etikett: str
    fra: tuple
    til: str
    hvem: Callable  # tilgang: (bruker, prosjekt) -> bool
    nar: Callable | None = None  # (prosjekt) -> bool
    krav: Callable = krav.ingenting  # krav: (prosjekt) -> what is missing
    ma_gis: tuple = ()  # of grunn and begrunnelse
    varsle: Callable = varsler.ingen
    etterkontroll: bool = False  # public at once; KS looks afterwards

    def gjelder(self, prosjekt):
        return self.nar is None or self.nar(prosjekt)


OVERGANGER = (
    Overgang(
        "send_inn", _("Send inn"), (KLADD, TIL_RETTING), INNSENDT,
        hvem=tilgang.er_eier, nar=ikke_betrodd, krav=krav.klart_til_innsending, varsle=varsler.innsendt,
    ),
    Overgang(
        "send_inn", _("Publiser"), (KLADD, TIL_RETTING), PUBLISERT,
        hvem=tilgang.er_eier, nar=betrodd, krav=krav.klart_til_innsending, varsle=varsler.publisert,
        etterkontroll=True,
    ),
    # What has been taken down goes by KS again, whoever took it down and however trusted the owner.
    Overgang(
        "send_inn", _("Send inn på nytt"), (AVPUBLISERT,), INNSENDT,
        hvem=tilgang.er_eier, krav=krav.klart_til_innsending, varsle=varsler.innsendt,
    ),
    Overgang("trekk", _("Trekk tilbake"), (INNSENDT,), KLADD, hvem=tilgang.er_eier, nar=aldri_publisert),
    Overgang("trekk", _("Trekk tilbake"), (INNSENDT,), AVPUBLISERT, hvem=tilgang.er_eier, nar=publisert_for),
    Overgang(
        "publiser", _("Publiser"), (INNSENDT,), PUBLISERT,
        hvem=tilgang.kan_moderere, krav=krav.klart_til_publisering, varsle=varsler.publisert,
    ),
    Overgang(
        "send_til_retting", _("Send til retting"), (INNSENDT,), TIL_RETTING,
        hvem=tilgang.kan_moderere, ma_gis=("grunn", "begrunnelse"), varsle=varsler.til_retting,
    ),
    Overgang(
        "avpubliser", _("Ta ned"), (PUBLISERT,), AVPUBLISERT,
        hvem=tilgang.kan_moderere, ma_gis=("grunn", "begrunnelse"), varsle=varsler.avpublisert,
    ),
    Overgang("avpubliser", _("Ta ned"), (PUBLISERT,), AVPUBLISERT, hvem=tilgang.er_hovedeier, ma_gis=("begrunnelse",)),
    Overgang(
        "publiser_igjen", _("Publiser igjen"), (AVPUBLISERT,), PUBLISERT,
        hvem=tilgang.kan_moderere, krav=krav.klart_til_publisering, varsle=varsler.publisert,
    ),
    Overgang("arkiver", _("Arkiver"), (TIL_RETTING, PUBLISERT, AVPUBLISERT), ARKIVERT, hvem=tilgang.er_hovedeier),
    Overgang("gjenapne", _("Hent fram igjen"), (ARKIVERT,), AVPUBLISERT, hvem=tilgang.er_hovedeier, nar=publisert_for),
    Overgang("gjenapne", _("Hent fram igjen"), (ARKIVERT,), KLADD, hvem=tilgang.er_hovedeier, nar=aldri_publisert),
)  # fmt: skip

NAVN = tuple(dict.fromkeys(o.navn for o in OVERGANGER))


def finn(navn, prosjekt, bruker):
    """The row that applies to this project and person. None when the deed is done already.

    Raises PermissionDenied for those who may not, and UmuligOvergang when the state is wrong.
    """
    rader = [o for o in OVERGANGER if o.navn == navn]
    if not any(o.hvem(bruker, prosjekt) for o in rader):
        raise PermissionDenied
    herfra = [o for o in rader if prosjekt.status in o.fra and o.gjelder(prosjekt)]
    if not herfra:
        if any(prosjekt.status == o.til for o in rader):
            return None
        raise UmuligOvergang(navn, prosjekt)
    for overgang in herfra:
        if overgang.hvem(bruker, prosjekt):
            return overgang
    raise PermissionDenied


def mulige(prosjekt, bruker):
    """The rows this person may use on this project now, at most one for each deed. For buttons."""
    funnet = {}
    for o in OVERGANGER:
        if o.navn not in funnet and prosjekt.status in o.fra and o.gjelder(prosjekt) and o.hvem(bruker, prosjekt):
            funnet[o.navn] = o
    return list(funnet.values())


def som_tabell():
    """The table as Markdown, for docs/arbeidsflyt.md."""
    linjer = [
        "| Deed | Button | From | To | When | Who | Required first | Must be said | Told |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for o in OVERGANGER:
        linjer.append(
            "| "
            + " | ".join(
                [
                    f"`{o.navn}`",
                    str(o.etikett),
                    ", ".join(o.fra),
                    o.til + (" (KS looks afterwards)" if o.etterkontroll else ""),
                    o.nar.__name__ if o.nar else "",
                    o.hvem.__name__,
                    "" if o.krav is krav.ingenting else o.krav.__name__,
                    ", ".join(o.ma_gis),
                    "" if o.varsle is varsler.ingen else o.varsle.__name__,
                ]
            )
            + " |"
        )
    return "\n".join(linjer)
