"""The list of barriers for machines: the Atom feed of new ones, and a CSV file. Both take the same filters as the list."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from partnerskap.felles.xml import ren
from prosjekter import eksport

ANTALL = 50
KOLONNER = (
    "regel", "lenke", "slik_skrev_de_det", "type", "niva", "det_den_stopper", "det_som_ville_lost_den", "status", "svar",
    "svart", "meldt", "prosjekt", "eier", "kommunenummer", "fylke", "eksempeldata", "adresse",
)  # fmt: skip


class NyeBarrierer(Feed):
    """The newest of what the filter keeps. It was made for someone who is not signed in."""

    feed_type = Atom1Feed
    language = "nb"

    def __init__(self, filter_):
        self.filter = filter_

    def title(self):
        navn = [ren(chip["navn"]) for chip in self.filter.chips()]
        return f"{_('Nye barrierer')}: {', '.join(navn)}" if navn else _("Nye barrierer")

    def subtitle(self):
        return _("Det som står i veien for kommunene, og hva som har kommet ut av det.")

    def author_name(self):
        return _("Partnerskap for radikal innovasjon")

    def link(self):
        return self.filter.under(reverse("barrierer:liste"))

    def feed_url(self):
        return self.filter.under(reverse("barrierer:nye"))

    def items(self):
        return self.filter.qs.for_kort()[:ANTALL]

    def item_title(self, barriere):
        return ren(f"{barriere.regel}: {barriere.kort}" if barriere.regel else barriere.kort)

    def item_description(self, barriere):
        status = barriere.get_policylab_status_display()
        return ren(f"{barriere.hva_stopper}\n\n{_('Status')}: {status}. {barriere.svar}".strip())

    def item_author_name(self, barriere):
        return ren(str(barriere.prosjekt.eier))

    def item_pubdate(self, barriere):
        return barriere.opprettet_tid

    def item_updateddate(self, barriere):
        return barriere.endret_tid


def som_csv(filter_):
    return eksport.som_csv(filter_, navn="barrierer", kolonner=KOLONNER, celler=_rad)


def _rad(b):
    return (
        b.regel or "",
        b.lenke,
        b.hjemmel,
        b.get_type_display(),
        b.get_niva_display() if b.niva else "",
        b.hva_stopper,
        b.hva_ville_lost,
        b.get_policylab_status_display(),
        b.svar,
        timezone.localdate(b.svar_tid) if b.svar_tid else "",
        timezone.localdate(b.opprettet_tid),
        b.prosjekt.tittel,
        *eksport.hvem_og_hvor(b.prosjekt.eier),
        "ja" if b.er_eksempel else "",
        settings.PORTAL_ADRESSE + b.get_absolute_url(),
    )
