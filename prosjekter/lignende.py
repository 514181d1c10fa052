"""Similar projects as a reader meets them: only those she may see, each with the reason in plain words."""

from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from django.db.models import F
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kommuner.historie import ramse
from kommuner.likhet import STEDSFELT, egne_kommuner, ligner
from partnerskap.felles.adresser import adresse
from partnerskap.felles.ferdig_sql import ferdig_sql
from prosjekter.kodeverk import Kodeliste
from prosjekter.likhet import GIKK_IKKE
from prosjekter.models import Prosjekt

VIS = 4
KORTFELT = ("tittel", "slug", "malform", "utfall", "er_eksempel")
# How much nearer a project comes when its municipality is like the reader's own.
LIGNER_DIN = 0.1


@dataclass(frozen=True)
class Nabo:
    prosjekt: Prosjekt
    hvorfor: str
    ligner_din: bool  # its municipality is like the reader's


def lignende(prosjekt, bruker):
    """The most alike that the reader may see, never only those that went well. One query, one more when signed in."""
    return velg_lignende(finn_naboer(prosjekt.pk, bruker=bruker), bruker)


def velg_lignende(naboer, bruker):
    """Those of the neighbours to show. One query when signed in."""
    egne = egne_kommuner(bruker) if naboer else ()
    liker = {p for p in naboer if egne and (sted := p.eier.kommune) and any(ligner(egen, sted) for egen in egne)}
    naermest = sorted(naboer, key=lambda p: p.poeng + LIGNER_DIN * (p in liker), reverse=True)
    return [Nabo(p, hvorfor(p.grunn), p in liker) for p in _med_en_som_ikke_virket(naermest)]


@ferdig_sql
def finn_naboer(prosjekt, *, bruker):
    """All the most alike that the reader may see, with what a card here shows, and for who is signed in what likeness of places is made of."""
    rader = Prosjekt.objects.publiserte().synlige_for(bruker).filter(likhet_med__prosjekt=prosjekt).only(*KORTFELT)
    if bruker.is_authenticated:
        sted = [f"eier__kommune__{navn}" for navn in STEDSFELT]
        rader = rader.select_related("eier__kommune").only(*KORTFELT, "eier__kommune", *sted)
    likhet = {"poeng": F("likhet_med__poeng"), "grunn": F("likhet_med__grunn")}
    return rader.annotate(eiernavn=F("eier__navn"), **likhet).order_by("-pk")


def _med_en_som_ikke_virket(naboer):
    """The last place goes to one that did not work, when there is one and it is not there already."""
    vist, resten = naboer[:VIS], naboer[VIS:]
    if vist and not any(p.utfall in GIKK_IKKE for p in vist):
        vist[VIS - 1 :] = [p for p in resten if p.utfall in GIKK_IKKE][:1] or vist[VIS - 1 :]
    return vist


def hvorfor(grunn):
    """«Begge handler om skolefravær og los. Samme tjenesteområde og målgruppe.»"""
    handler_om = _("Begge handler om %(ord)s.") % {"ord": ramse(grunn["ord"])} if grunn["ord"] else ""
    samme = _samme(grunn["hovedprosjekt"], tuple(grunn["koder"]), grunn["mission"], get_language())
    return f"{handler_om} {samme}".strip()


@cache
def _samme(hovedprosjekt, koder, mission, _sprak):
    felles = [_("hovedprosjekt")] if hovedprosjekt else []
    felles += [str(Kodeliste(liste).label).lower() for liste in koder]
    felles += [_("mission")] if mission else []
    return _("Samme %(hva)s.") % {"hva": ramse(felles)} if felles else ""


def side_om_side(prosjekt, naboer):
    """The address of the comparison of the project with the three most alike."""
    slugger = [prosjekt.slug, *(nabo.prosjekt.slug for nabo in naboer[:3])]
    return f"{adresse('sammenlign_prosjekter')}?{urlencode([('p', slug) for slug in slugger])}"


def om_de_som_ikke_virket(naboer):
    """Said above the list, since it is what one most needs to know before beginning."""
    antall = sum(nabo.prosjekt.utfall in GIKK_IKKE for nabo in naboer)
    if not antall:
        return ""
    if antall == len(naboer) > 1:
        return _("Ingen av dem kom i mål. Les hvorfor før dere begynner.")
    return ngettext(
        "Ett av dem kom ikke i mål. Les hvorfor før dere begynner.",
        "%(antall)s av dem kom ikke i mål. Les hvorfor før dere begynner.",
        antall,
    ) % {"antall": antall}
