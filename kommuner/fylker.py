"""Where places and organisations belong today: through mergers, splits and the counties' own reforms."""

from collections import Counter, defaultdict
from functools import cached_property

from kommuner.models import Fylke, Kommune, Kommunenummer, Organisasjon
from kommuner.oppslag import Slektstre

NESTEN_ALLE = 0.8  # of its municipalities in one county of today: then the old county lives on there


class Stedstre:
    """Municipalities and counties of today, and the way to them. Three queries, then any number of questions.

    A municipality that was split is in all that came of it, as on the municipalities' own pages.
    """

    def __init__(self):
        self.slektstre = Slektstre()
        self.fylker = {fylke.pk: fylke for fylke in Fylke.objects.gjeldende()}
        self.kommuner = {kommune.pk: kommune for kommune in Kommune.objects.gjeldende().only(*KOMMUNEFELT)}

    def kommuner_i_dag(self, kommune):
        """Ids of the municipalities it lives on in."""
        return self.slektstre.naavaerende(kommune) & self.kommuner.keys()

    def fylker_i_dag(self, fylke):
        """Ids of the counties an old one lives on in: one when nearly all went there, else all they went to."""
        if fylke in self.fylker:
            return [fylke]
        deler = self._arv[fylke]
        if not deler:
            return []
        storst, antall = deler.most_common(1)[0]
        return [storst] if antall >= NESTEN_ALLE * deler.total() else list(deler)

    def fylker_til(self, kommune, fylke):
        """Ids of the counties of an organisation, from its municipality or from where it says it is.

        One placed in a county that was split could be in any of the new ones, and is in none.
        """
        if kommune:
            return {self.kommuner[pk].fylke_id for pk in self.kommuner_i_dag(kommune)}
        i_dag = self.fylker_i_dag(fylke) if fylke else []
        return set(i_dag) if len(i_dag) == 1 else set()

    def organisasjoner_i(self, fylke):
        """Ids of every organisation in the county, those that have ended too. One query."""
        rader = Organisasjon.objects.exclude(kommune=None, fylke=None).order_by().values_list("pk", "kommune", "fylke")
        return [pk for pk, kommune, sted in rader if fylke in self.fylker_til(kommune, sted)]

    @cached_property
    def _arv(self):
        """Old county to the counties of today its municipalities are in. One query, asked when an old one turns up."""
        arv = defaultdict(Counter)
        rader = Kommunenummer.objects.exclude(fylke__in=self.fylker).order_by("nummer")
        for fylke, kommune in rader.values_list("fylke", "kommune").distinct():
            arv[fylke].update({self.kommuner[pk].fylke_id for pk in self.kommuner_i_dag(kommune)})
        return arv


KOMMUNEFELT = ("nummer", "navn", "er_homonym", "sorteringsnokkel", "fylke", "gyldig_til", "folketall")
