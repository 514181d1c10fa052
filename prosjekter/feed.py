"""The Atom feeds of what is new: projects, lessons, experiments and barriers. Each takes the same filters as its list."""

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat

from partnerskap.felles.xml import ren
from prosjekter.deling import LISENSADRESSER, merkeadresse

ANTALL = 50


class Atom(Atom1Feed):
    """Each entry in its own language: bokmål and nynorsk stand side by side."""

    def item_attributes(self, item):
        return super().item_attributes(item) | {"xml:lang": item["lang"]}


class Strom(Feed):
    """The newest of what `filter_` keeps. It was made for someone who is not signed in: a feed is read by machines.

    A row is a project, or belongs to one in `prosjekt`.
    """

    feed_type = Atom
    language = "nb"
    overskrift = liste = adresse = None  # what the feed is called, and the names of the list's address and its own

    def __init__(self, filter_):
        self.filter = filter_

    def title(self):
        navn = [ren(chip["navn"]) for chip in self.filter.chips()]
        return f"{self.overskrift}: {', '.join(navn)}" if navn else str(self.overskrift)

    def author_name(self):
        return _("Partnerskap for radikal innovasjon")

    def link(self):
        return self.filter.under(reverse(self.liste))

    def feed_url(self):
        return self.filter.under(reverse(self.adresse))

    def items(self):
        return self.filter.treff.for_kort().order_by("-opprettet_tid", "-pk")[:ANTALL]

    def item_author_name(self, rad):
        return ren(str(_prosjekt(rad).eier))

    def item_pubdate(self, rad):
        return rad.opprettet_tid

    def item_updateddate(self, rad):
        return rad.endret_tid

    def item_extra_kwargs(self, rad):
        return {"lang": _prosjekt(rad).malform}


def _prosjekt(rad):
    return getattr(rad, "prosjekt", rad)


class NyeProsjekter(Strom):
    overskrift, liste, adresse = _lat("Nye prosjekter"), "prosjekter:liste", "prosjekter:nye"
    subtitle = _lat("Det norske kommuner prøver ut: hva som virket, og hva som ikke virket.")

    def items(self):
        return self.filter.qs.select_related("eier").prefetch_related("klassifiseringer")[:ANTALL]

    def item_title(self, prosjekt):
        return ren(prosjekt.tittel)

    def item_description(self, prosjekt):
        return ren(prosjekt.ingress)

    def item_guid(self, prosjekt):
        return merkeadresse(prosjekt)

    def item_pubdate(self, prosjekt):
        return prosjekt.publisert_tid

    def item_categories(self, prosjekt):
        return [str(navn) for navn in [*prosjekt.tjenesteomrader, prosjekt.get_utfall_display()]]

    def item_copyright(self, prosjekt):
        return LISENSADRESSER.get(prosjekt.lisens, prosjekt.get_lisens_display())


class NyLaering(Strom):
    overskrift, liste, adresse = _lat("Ny læring"), "laering:liste", "laering:feed"
    subtitle = _lat("Det norske kommuner har lært av å prøve: hva som virket, og hva som ikke virket.")

    def item_title(self, laering):
        return f"{laering.get_type_display()}: {ren(laering.tekst)}"

    def item_description(self, laering):
        return ren("\n\n".join(filter(None, [laering.sammenheng, laering.rad_til_andre, laering.prosjekt.tittel])))

    def item_categories(self, laering):
        return [str(laering.get_type_display()), str(laering.prosjekt.get_utfall_display())]


class NyeEksperimenter(Strom):
    overskrift, liste, adresse = _lat("Nye eksperimenter"), "eksperimenter:liste", "eksperimenter:feed"
    subtitle = _lat("Det norske kommuner prøver i det små, og hva som skjedde.")

    def item_title(self, eksperiment):
        return f"{eksperiment.hvordan_det_gaar}: {ren(eksperiment.hypotese)}"

    def item_description(self, eksperiment):
        deler = [eksperiment.endring, eksperiment.observasjon, eksperiment.begrunnelse, eksperiment.prosjekt.tittel]
        return ren("\n\n".join(filter(None, deler)))

    def item_categories(self, eksperiment):
        return [str(eksperiment.hvordan_det_gaar)]


class NyeBarrierer(Strom):
    overskrift, liste, adresse = _lat("Nye barrierer"), "barrierer:liste", "barrierer:nye"
    subtitle = _lat("Det som står i veien for kommunene, og hva som har kommet ut av det.")

    def item_title(self, barriere):
        return ren(f"{barriere.regel}: {barriere.kort}" if barriere.regel else barriere.kort)

    def item_description(self, barriere):
        status = barriere.get_policylab_status_display()
        return ren(f"{barriere.hva_stopper}\n\n{_('Status')}: {status}. {barriere.svar}".strip())
