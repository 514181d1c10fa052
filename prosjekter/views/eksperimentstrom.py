"""/eksperimenter/: everything that is tried and the reader may see, as a stream to search and filter, a feed and a file."""

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prosjekter.eksport import hvem_og_hvor
from prosjekter.feed import NyeEksperimenter
from prosjekter.forms.eksperimentfiltre import EksperimentFilter
from prosjekter.models import Eksperiment
from prosjekter.views import strom

KOLONNER = (
    "hypotese", "endring", "forventning", "det_som_skjedde", "beslutning", "hvorfor", "fra", "til", "avgjort", "prosjekt",
    "eier", "kommunenummer", "fylke", "fase", "utfall", "malform", "eksempeldata", "adresse",
)  # fmt: skip


def antall_eksperimenter(antall):
    """How many were found, in words."""
    if not antall:
        return _("Ingen eksperimenter")
    return ngettext("%s eksperiment", "%s eksperimenter", antall) % number_format(antall, force_grouping=True)


def _celler(e):
    prosjekt = e.prosjekt
    return (
        e.hypotese,
        e.endring,
        e.forventning,
        e.observasjon,
        e.get_beslutning_display(),
        e.begrunnelse,
        e.fra_dato,
        e.til_dato or "",
        e.beslutning_dato or "",
        prosjekt.tittel,
        *hvem_og_hvor(prosjekt.eier),
        prosjekt.get_fase_display(),
        prosjekt.get_utfall_display(),
        prosjekt.malform,
        "ja" if e.er_eksempel else "",
        settings.PORTAL_ADRESSE + e.get_absolute_url(),
    )


liste, feed, eksport = strom.sider(
    "eksperimenter",
    "eksperimenter/liste.html",
    Eksperiment,
    EksperimentFilter,
    NyeEksperimenter,
    hvor_mange=antall_eksperimenter,
    kolonner=KOLONNER,
    celler=_celler,
)
