"""The Atom feed of new projects. Takes the same filters as the list."""

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from partnerskap.felles.xml import ren
from prosjekter.deling import LISENSADRESSER, merkeadresse

ANTALL = 50


class Atom(Atom1Feed):
    """Each entry in its own language: bokmål and nynorsk stand side by side."""

    def item_attributes(self, item):
        return super().item_attributes(item) | {"xml:lang": item["lang"]}


class NyeProsjekter(Feed):
    """The newest of what `filter_` keeps. It was made for someone who is not signed in: a feed is read by machines."""

    feed_type = Atom
    language = "nb"

    def __init__(self, filter_):
        self.filter = filter_

    def title(self):
        navn = [ren(n) for valgte in self.filter.filtrene.values() for n in valgte.values()]
        return f"{_('Nye prosjekter')}: {', '.join(navn)}" if navn else _("Nye prosjekter")

    def subtitle(self):
        return _("Det norske kommuner prøver ut: hva som virket, og hva som ikke virket.")

    def author_name(self):
        return _("Partnerskap for radikal innovasjon")

    def link(self):
        return self.filter.under(reverse("prosjekter:liste"))

    def feed_url(self):
        return self.filter.under(reverse("prosjekter:nye"))

    def items(self):
        return self.filter.qs.select_related("eier").prefetch_related("klassifiseringer")[:ANTALL]

    def item_title(self, prosjekt):
        return ren(prosjekt.tittel)

    def item_description(self, prosjekt):
        return ren(prosjekt.ingress)

    def item_author_name(self, prosjekt):
        return ren(str(prosjekt.eier))

    def item_guid(self, prosjekt):
        return merkeadresse(prosjekt)

    def item_pubdate(self, prosjekt):
        return prosjekt.publisert_tid

    def item_updateddate(self, prosjekt):
        return prosjekt.endret_tid

    def item_categories(self, prosjekt):
        return [str(navn) for navn in [*prosjekt.tjenesteomrader, prosjekt.get_utfall_display()]]

    def item_copyright(self, prosjekt):
        return LISENSADRESSER.get(prosjekt.lisens, prosjekt.get_lisens_display())

    def item_extra_kwargs(self, prosjekt):
        return {"lang": prosjekt.malform}
