"""What pages show of the check and of declared relations."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommuner.models import Organisasjon
from kommuner.tilgang import arbeider_for
from missions.models import Mission
from prosjekter import samspill

# ---- While somebody writes -----------------------------------------------------------------------------------------


def mens_det_skrives(data, bruker, prosjekt=None):
    """The check of what stands in a form, whatever it is: nothing in it is trusted, and nothing is refused."""
    if prosjekt:
        lagret = samspill.fra_prosjekt(prosjekt)
        skrevet = samspill.Skrevet(**{**vars(lagret), **_tekster(data), "mer": lagret.mer})
    else:
        missions = Mission.objects.filter(er_publisert=True, slug=data.get("mission", "")[:80])
        skrevet = samspill.Skrevet(
            **_tekster(data), eier=_eier(data, bruker), missions=frozenset(missions.values_list("pk", flat=True))
        )
    return samspill.finn(skrevet, bruker)


def _tekster(data):
    return {
        "tittel": data.get("tittel", "")[:140],
        "utfordring": data.get("utfordring", "")[: samspill.MAKS_TEGN],
    }


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
