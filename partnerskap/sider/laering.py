"""Lessons on Min side: what we keep from others, and what others have use of from us. Names, never a score."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _

from kommuner.tilgang import arbeider_for
from prosjekter.kodeverk import EIERROLLER
from prosjekter.models import Deltakelse, Laering, Nyttigmerke

PER_SIDE = 20
VISTE = 3


def lagret(bruker):
    """The cards the person's organisations keep, the last kept first."""
    return _merker(bruker).filter(organisasjon__in=arbeider_for(bruker))


def andre_har_nytte(bruker):
    """Who keeps cards from the projects of the person's organisations."""
    ider = arbeider_for(bruker)
    vare = Deltakelse.objects.aktive().filter(organisasjon__in=ider, rolle__in=EIERROLLER)
    return _merker(bruker).filter(laering__prosjekt__in=vare.values("prosjekt")).exclude(organisasjon__in=ider)


def _merker(bruker):
    """Of cards the person may still see."""
    synlige = Laering.objects.synlige_for(bruker).gyldige().order_by()
    merker = Nyttigmerke.objects.synlige_for(bruker).filter(laering__in=synlige.values("pk"))
    return merker.select_related("organisasjon", "laering__prosjekt__eier").order_by("-tid", "-pk")


def kort(bruker):
    """For Min side: a few of each. Empty when there are none."""
    if not arbeider_for(bruker):
        return {"lagret": [], "andre": [], "finnes": False}
    vi, andre = list(lagret(bruker)[:VISTE]), list(andre_har_nytte(bruker)[:VISTE])
    return {"lagret": vi, "andre": andre, "finnes": bool(vi or andre)}


def gjoremal(bruker):
    """What KS has taken down of mine, as minside.Gjoremal: to be mended or deleted."""
    mine = Laering.objects.synlige_for(bruker).filter(skrevet_av=bruker).exclude(tatt_ned_tid=None)
    for kort in mine.select_related("prosjekt").order_by("tatt_ned_tid", "pk")[:VISTE]:
        yield {
            "hva": _("KS har tatt ned et læringskort fra %(tittel)s") % {"tittel": kort.prosjekt.tittel},
            "tekst": f"«{kort.tekst}»",
            "adresse": kort.get_absolute_url(),
            "naar": kort.tatt_ned_tid,
        }


def laering(request):
    kontekst = {
        "lagret": Paginator(lagret(request.user), PER_SIDE).get_page(request.GET.get("lagret")),
        "andre": Paginator(andre_har_nytte(request.user), PER_SIDE).get_page(request.GET.get("andre")),
        "viser_eksempeldata": any(m.organisasjon.er_eksempel for m in request.user.aktive_medlemskap),
    }
    return render(request, "minside/laering.html", kontekst)
