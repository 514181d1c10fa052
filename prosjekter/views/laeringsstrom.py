"""/laering/: every lesson the reader may see, as a stream to search and filter, a feed and a file."""

from django.conf import settings
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommuner.tilgang import arbeider_for
from prosjekter.eksport import hvem_og_hvor
from prosjekter.feed import NyLaering
from prosjekter.forms.laeringsfiltre import LaeringFilter
from prosjekter.models import Laering, Nyttigmerke
from prosjekter.views import strom

KOLONNER = (
    "type", "laering", "sammenheng", "rad_til_andre", "prosjekt", "eier", "kommunenummer", "fylke", "fase", "utfall",
    "hvem_kan_se", "malform", "skrevet", "eksempeldata", "adresse",
)  # fmt: skip


def lagret_av_oss(bruker, rader):
    """Ids of those of the cards that the person's organisations keep. One query, none for visitors."""
    if not (ider := arbeider_for(bruker)) or not rader:
        return set()
    merker = Nyttigmerke.objects.filter(organisasjon__in=ider, laering__in=[kort.pk for kort in rader])
    return set(merker.order_by().values_list("laering", flat=True))


def antall_kort(antall):
    """How many were found, in words."""
    if not antall:
        return _("Ingen læringskort")
    return ngettext("%s læringskort", "%s læringskort", antall) % number_format(antall, force_grouping=True)


def _celler(kort):
    prosjekt = kort.prosjekt
    return (
        kort.get_type_display(),
        kort.tekst,
        kort.sammenheng,
        kort.rad_til_andre,
        prosjekt.tittel,
        *hvem_og_hvor(prosjekt.eier),
        prosjekt.get_fase_display(),
        prosjekt.get_utfall_display(),
        kort.get_synlighet_display(),
        prosjekt.malform,
        timezone.localdate(kort.opprettet_tid),
        "ja" if kort.er_eksempel else "",
        settings.PORTAL_ADRESSE + kort.get_absolute_url(),
    )


liste, feed, eksport = strom.sider(
    "laering",
    "laering/liste.html",
    Laering,
    LaeringFilter,
    NyLaering,
    hvor_mange=antall_kort,
    kolonner=KOLONNER,
    celler=_celler,
    mer=lambda request, rader: {"lagret": lagret_av_oss(request.user, rader)},
)
