"""What pages show of the check and of declared relations."""

from dataclasses import dataclass

from django.core.validators import slug_re
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kommuner.models import Organisasjon
from kommuner.tilgang import arbeider_for
from missions.models import Mission
from prosjekter import krav, samspill, tilgang
from prosjekter.kodeverk import Samspillstype
from prosjekter.lignende import hvorfor
from prosjekter.models import Komplementaritet, Prosjekt

# ---- While somebody writes -----------------------------------------------------------------------------------------


def mens_det_skrives(data, bruker, prosjekt=None):
    """The check of what stands in a form, whatever it is: nothing in it is trusted, and nothing is refused."""
    if prosjekt:
        lagret = samspill.fra_prosjekt(prosjekt)
        skrevet = samspill.Skrevet(**{**vars(lagret), **_tekster(data), "mer": lagret.mer})
    else:
        slug = data.get("mission", "")
        missions = Mission.objects.filter(er_publisert=True, slug=slug if slug_re.fullmatch(slug) else "")
        skrevet = samspill.Skrevet(
            **_tekster(data), eier=_eier(data, bruker), missions=frozenset(missions.values_list("pk", flat=True))
        )
    return samspill.finn(skrevet, bruker)


def _tekster(data):
    rene = {navn: data.get(navn, "").replace("\x00", " ") for navn in ("tittel", "utfordring")}
    return {"tittel": rene["tittel"][:140], "utfordring": rene["utfordring"][: samspill.MAKS_TEGN]}


def _eier(data, bruker):
    """The organisation chosen, or the only one there is."""
    egne = Organisasjon.objects.aktive().filter(pk__in=arbeider_for(bruker))
    valgt = data.get("eier", "")
    if valgt.isdecimal() and len(valgt) < 10:
        return egne.filter(pk=int(valgt)).first()
    return egne.first() if egne.count() == 1 else None


def foer_kladd(data, bruker):
    """The check before a draft is made: the findings when it is likely to be there already, else None.

    Not asked again of the one who has answered («likevel»).
    """
    funn = samspill.Funn() if "likevel" in data else mens_det_skrives(data, bruker)
    return funn if funn.duplikat else None


def i_ord(funn):
    """How many, for those who do not see the list grow."""
    antall = len(funn.kort) + (funn.duplikat is not None)
    if not antall:
        return _("Ingenting ligner på det du skriver.")
    return ngettext("Én ting ligner på det du skriver.", "%(antall)s ting ligner på det du skriver.", antall) % {
        "antall": antall
    }


# ---- Before sending in ---------------------------------------------------------------------------------------------

LIGNER_OGSAA = 4


def ved_innsending(prosjekt, bruker):
    """What must be answered first, when anything must; and what else resembles it, for the one who wants to."""
    gjenstaar = krav.samspill_gjenstaar(prosjekt).select_related("annet__eier")
    maa = [samspill.Treff("prosjekt", rad.annet, rad.poeng, hvorfor(rad.grunn)) for rad in gjenstaar]
    funn = samspill.finn(samspill.fra_prosjekt(prosjekt), bruker)
    sagt = {rad.maal for rad in prosjekt.komplementariteter.for_visning()} | {t.ting for t in maa}
    return {"maa": maa, "ellers": [t for t in funn.treff if t.ting not in sagt][:LIGNER_OGSAA]}


# ---- What is said, on the pages of both sides ----------------------------------------------------------------------

VISTE = 30
UT = {
    Samspillstype.BYGGER_PA: gettext_lazy("Bygger videre på"),
    Samspillstype.UTFYLLER: gettext_lazy("Utfyller"),
    Samspillstype.SAMARBEIDER: gettext_lazy("Sier at de samarbeider med"),
    Samspillstype.OVERLAPPER: gettext_lazy("Overlapper med"),
    Samspillstype.ERSTATTER: gettext_lazy("Erstatter"),
}
INN = {
    Samspillstype.BYGGER_PA: gettext_lazy("Bygger videre på dette:"),
    Samspillstype.UTFYLLER: gettext_lazy("Utfyller dette:"),
    Samspillstype.SAMARBEIDER: gettext_lazy("Sier at de samarbeider om dette:"),
    Samspillstype.OVERLAPPER: gettext_lazy("Overlapper med dette:"),
    Samspillstype.ERSTATTER: gettext_lazy("Erstatter dette:"),
}
REKKEFOLGE = {type_: nr for nr, type_ in enumerate(Samspillstype.values)}


@dataclass(frozen=True)
class Linje:
    """One relation as it reads on one of its two pages. `ting` is the other end."""

    rad: Komplementaritet
    ting: object
    setning: str
    er_inn: bool = False
    kan_svare: bool = False

    @property
    def eier(self):
        return getattr(self.ting, "eier", "")

    @property
    def er_prosjekt(self):
        return isinstance(self.ting, Prosjekt)

    @property
    def svar(self):
        """What the other project's people say, in a sentence."""
        if not self.rad.svar:
            return ""
        hvem = self.rad.til_prosjekt.eier
        if self.rad.er_enige:
            return _("%(hvem)s er enige.") % {"hvem": hvem}
        return _("%(hvem)s ser det annerledes.") % {"hvem": hvem}

    @property
    def er_eksempel(self):
        return self.rad.er_eksempel


def for_prosjektside(prosjekt, bruker):
    """From the project and to it. Nothing is asked for the many that have none; else one query, one more for its own."""
    if not prosjekt.antall_samspill:
        return []
    rader = list(Komplementaritet.objects.synlige_for(bruker).offentlige().ved(prosjekt).for_visning()[:VISTE])
    er_vare = bool(rader) and bruker.is_authenticated and tilgang.er_eier(bruker, prosjekt)
    begge_sier = _samarbeid_begge_veier(rader, prosjekt)
    linjer = []
    for rad in rader:
        er_inn = rad.til_prosjekt_id == prosjekt.pk
        gjensidig = rad.type == Samspillstype.SAMARBEIDER and (rad.er_enige or _andre(rad, prosjekt) in begge_sier)
        if er_inn and gjensidig and rad.fra_id in begge_sier:
            continue  # said on the other line
        linjer.append(
            Linje(
                rad,
                rad.fra if er_inn else rad.maal,
                _("Samarbeider med") if gjensidig else str((INN if er_inn else UT)[rad.type]),
                er_inn,
                er_vare and er_inn and not gjensidig,
            )
        )
    return sorted(linjer, key=lambda linje: (REKKEFOLGE[linje.rad.type], linje.er_inn, linje.rad.pk))


def _andre(rad, prosjekt):
    return rad.fra_id if rad.til_prosjekt_id == prosjekt.pk else rad.til_prosjekt_id


def _samarbeid_begge_veier(rader, prosjekt):
    """Ids of the projects that say they work together with this one, and this one with them."""
    samarbeid = [rad for rad in rader if rad.type == Samspillstype.SAMARBEIDER]
    ut = {rad.til_prosjekt_id for rad in samarbeid if rad.fra_id == prosjekt.pk}
    return ut & {rad.fra_id for rad in samarbeid if rad.til_prosjekt_id == prosjekt.pk}


def om(felt, ting, bruker):
    """What published projects say about a need, a mission or an initiative. One query."""
    rader = Komplementaritet.objects.synlige_for(bruker).offentlige().filter(**{felt: ting, "fra__status": "publisert"})
    linjer = [Linje(rad, rad.fra, str(INN[rad.type]), True) for rad in rader.for_visning()[:VISTE]]
    return sorted(linjer, key=lambda linje: (REKKEFOLGE[linje.rad.type], linje.rad.pk))


def overlapp_i(mission, bruker):
    """For KS' curators: what the projects of a mission say overlaps, with each other or with anything else. One query."""
    i_mission = Prosjekt.objects.i_mission(mission).order_by().values("pk")
    rader = Komplementaritet.objects.synlige_for(bruker).offentlige().filter(type=Samspillstype.OVERLAPPER)
    rader = rader.filter(Q(fra__in=i_mission) | Q(til_prosjekt__in=i_mission) | Q(mission=mission))
    return [Linje(rad, rad.maal, str(UT[rad.type])) for rad in rader.for_visning()[:VISTE]]
