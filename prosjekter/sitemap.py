"""The projects search engines may know of, and their pages about reuse: published and open, nothing else."""

from django.contrib.sitemaps import Sitemap
from django.db.models import Exists, Max, OuterRef, Q
from django.urls import reverse

from prosjekter.krav import PAKKEFELT
from prosjekter.models import Gjenbruk, Prosjekt

PER_FIL = 2_000  # the standard allows 50,000; a file this size takes less than a second


class ProsjektSitemap(Sitemap):
    limit = PER_FIL

    def items(self):
        return Prosjekt.objects.apne().only("slug", "endret_tid").order_by("pk")

    def lastmod(self, prosjekt):
        return prosjekt.endret_tid

    def get_latest_lastmod(self):
        return self.items().order_by().aggregate(siste=Max("endret_tid"))["siste"]


class Gjenbrukstraer(ProsjektSitemap):
    """Where an idea has travelled, of those somebody uses or has thought of using."""

    def items(self):
        brukt = Gjenbruk.objects.gyldige().filter(fra=OuterRef("pk")).order_by()
        return super().items().filter(Exists(brukt))

    def location(self, prosjekt):
        return reverse("prosjekter:gjenbrukstre", args=[prosjekt.slug])


class Gjenbrukspakker(ProsjektSitemap):
    """What the next one needs, of those who have written any of it."""

    def items(self):
        har_skrevet = Q()
        for felt in PAKKEFELT:
            har_skrevet |= Q(**{f"tekst__{felt}__gt": ""})
        return super().items().filter(har_skrevet)

    def location(self, prosjekt):
        return reverse("prosjekter:gjenbrukspakke", args=[prosjekt.slug])
