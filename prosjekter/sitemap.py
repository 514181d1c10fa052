"""The projects search engines may know of: published and open, nothing else."""

from django.contrib.sitemaps import Sitemap
from django.db.models import Max

from prosjekter.models import Prosjekt

PER_FIL = 2_000  # the standard allows 50,000; a file this size takes less than a second


class ProsjektSitemap(Sitemap):
    limit = PER_FIL

    def items(self):
        return Prosjekt.objects.apne().only("slug", "endret_tid").order_by("pk")

    def lastmod(self, prosjekt):
        return prosjekt.endret_tid

    def get_latest_lastmod(self):
        return self.items().order_by().aggregate(siste=Max("endret_tid"))["siste"]
