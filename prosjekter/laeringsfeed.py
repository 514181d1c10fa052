"""The Atom feed of new lessons. Takes the same filters as the stream."""

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerskap.felles.xml import ren
from prosjekter.feed import ANTALL, Atom


class NyLaering(Feed):
    """The newest of what `filter_` keeps. It was made for someone who is not signed in: a feed is read by machines."""

    feed_type = Atom
    language = "nb"

    def __init__(self, filter_):
        self.filter = filter_

    def title(self):
        navn = [ren(chip["navn"]) for chip in self.filter.chips()]
        return f"{_('Ny læring')}: {', '.join(navn)}" if navn else _("Ny læring")

    def subtitle(self):
        return _("Det norske kommuner har lært av å prøve: hva som virket, og hva som ikke virket.")

    def author_name(self):
        return _("Partnerskap for radikal innovasjon")

    def link(self):
        return self.filter.under(reverse("laering:liste"))

    def feed_url(self):
        return self.filter.under(reverse("laering:feed"))

    def items(self):
        return self.filter.treff.for_kort().order_by("-opprettet_tid", "-pk")[:ANTALL]

    def item_title(self, laering):
        return f"{laering.get_type_display()}: {ren(laering.tekst)}"

    def item_description(self, laering):
        return ren("\n\n".join(filter(None, [laering.sammenheng, laering.rad_til_andre, laering.prosjekt.tittel])))

    def item_author_name(self, laering):
        return ren(str(laering.prosjekt.eier))

    def item_pubdate(self, laering):
        return laering.opprettet_tid

    def item_updateddate(self, laering):
        return laering.endret_tid

    def item_categories(self, laering):
        return [str(laering.get_type_display()), str(laering.prosjekt.get_utfall_display())]

    def item_extra_kwargs(self, laering):
        return {"lang": laering.prosjekt.malform}
