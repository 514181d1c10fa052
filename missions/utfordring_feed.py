"""The Atom feed of new shared needs. Takes the same choices as the list."""

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from partnerskap.felles.xml import ren

ANTALL = 50


class NyeUtfordringer(Feed):
    """The newest of what the filter keeps. It was made for someone who is not signed in."""

    feed_type = Atom1Feed
    language = "nb"

    def __init__(self, filter_):
        self.filter = filter_

    def title(self):
        return ": ".join([_("Nye utfordringer"), *filter(None, [", ".join(ren(c["navn"]) for c in self.filter.chips)])])

    def subtitle(self):
        return _("Det kommunene har meldt som for stort for én alene.")

    def author_name(self):
        return _("Partnerskap for radikal innovasjon")

    def link(self):
        return f"{reverse('utfordringer:liste')}{self.filter.adresse()}"

    def feed_url(self):
        return f"{reverse('utfordringer:nye')}{self.filter.adresse()}"

    def items(self):
        return self.filter.qs.order_by("-publisert_tid", "-pk").select_related("eier")[:ANTALL]

    def item_title(self, utfordring):
        return ren(utfordring.tittel)

    def item_description(self, utfordring):
        return ren(Truncator(utfordring.beskrivelse).chars(400))

    def item_author_name(self, utfordring):
        return ren(str(utfordring.eier))

    def item_pubdate(self, utfordring):
        return utfordring.publisert_tid

    def item_updateddate(self, utfordring):
        return utfordring.endret_tid
