"""The Atom feed of new experiments. Takes the same filters as the stream."""

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerskap.felles.xml import ren
from prosjekter.feed import ANTALL, Atom


class NyeEksperimenter(Feed):
    """The last logged of what `filter_` keeps. It was made for someone who is not signed in: a feed is read by machines."""

    feed_type = Atom
    language = "nb"

    def __init__(self, filter_):
        self.filter = filter_

    def title(self):
        navn = [ren(chip["navn"]) for chip in self.filter.chips()]
        return f"{_('Nye eksperimenter')}: {', '.join(navn)}" if navn else _("Nye eksperimenter")

    def subtitle(self):
        return _("Det norske kommuner prøver i det små, og hva som skjedde.")

    def author_name(self):
        return _("Partnerskap for radikal innovasjon")

    def link(self):
        return self.filter.under(reverse("eksperimenter:liste"))

    def feed_url(self):
        return self.filter.under(reverse("eksperimenter:feed"))

    def items(self):
        return self.filter.treff.for_kort().order_by("-opprettet_tid", "-pk")[:ANTALL]

    def item_title(self, eksperiment):
        return f"{eksperiment.hvordan_det_gaar}: {ren(eksperiment.hypotese)}"

    def item_description(self, eksperiment):
        deler = [eksperiment.endring, eksperiment.observasjon, eksperiment.begrunnelse, eksperiment.prosjekt.tittel]
        return ren("\n\n".join(filter(None, deler)))

    def item_author_name(self, eksperiment):
        return ren(str(eksperiment.prosjekt.eier))

    def item_pubdate(self, eksperiment):
        return eksperiment.opprettet_tid

    def item_updateddate(self, eksperiment):
        return eksperiment.endret_tid

    def item_categories(self, eksperiment):
        return [str(eksperiment.hvordan_det_gaar)]

    def item_extra_kwargs(self, eksperiment):
        return {"lang": eksperiment.prosjekt.malform}
