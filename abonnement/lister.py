"""The lists that can be followed: what a query string means in each, what is new there, and what the pages call it.

The list and its filter know what a query string means; here it is only asked again.
"""

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import In
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from abonnement.kodeverk import Liste
from prosjekter.forms.barrierefilter import BarriereFilter
from prosjekter.forms.filtre import ProsjektFilter
from prosjekter.models import Barriere, Barriereflytt, Missiontilknytning, Prosjekt, Regel


class Prosjektliste:
    """New is published for the first time; in a search for missions, also taken in by one of them, often long after."""

    ny, sendt = "abonnement:ny", "abonnement:sendt"
    liste, feed = "prosjekter:liste", "prosjekter:nye"
    navn = _("Prosjekter")
    i_navnet = ""  # said first in a search's name, where nothing else says what it is a search for
    alt = _("Alle nye prosjekter")
    sier_fra = _("Vi sier fra når det kommer nye prosjekter med:")
    sier_fra_om_alt = _("Vi sier fra hver gang det kommer nye prosjekter, uansett hva de handler om.")
    ingen = _("Ingen prosjekter passer helt ennå. Du får vite det når det første kommer.")
    naa = ngettext_lazy("Nå er det ett prosjekt her.", "Nå er det %(antall)s prosjekter her.", "antall")

    @staticmethod
    def filter_for(data, bruker):
        return ProsjektFilter(data, Prosjekt.objects.synlige_for(bruker).publiserte(), bruker=bruker)

    @staticmethod
    def nye(filter_, sok, til):
        if not (missions := QueryDict(sok.sporring).getlist("mission")):
            nye = Q(publisert_tid__gt=sok.sett_til, publisert_tid__lte=til)
        else:
            nye = _i_mission(missions, til) & ~_i_mission(missions, sok.sett_til)
        return filter_.qs.filter(nye).order_by("-publisert_tid", "-pk")


class Barriereliste:
    """New is raised, or come with a project that is published; moved by KS; and in a search for rules or missions, also
    what has come under one of them.
    """

    ny, sendt = "abonnement:ny_barrierer", "abonnement:sendt_barrierer"
    liste, feed = "barrierer:liste", "barrierer:nye"
    navn = _("Barrierer")
    i_navnet = _("Barrierer")
    alt = _("Alle barrierer")
    sier_fra = _("Vi sier fra når noen melder en barriere, eller KS svarer på en, med:")
    sier_fra_om_alt = _("Vi sier fra hver gang noen melder en barriere, eller KS svarer på en.")
    ingen = _("Ingen barrierer passer helt ennå. Du får vite det når noen melder den første.")
    naa = ngettext_lazy("Nå er det én barriere her.", "Nå er det %(antall)s barrierer her.", "antall")

    @staticmethod
    def filter_for(data, bruker):
        return BarriereFilter(data, Barriere.objects.synlige_for(bruker).meldte(), bruker=bruker)

    @staticmethod
    def nye(filter_, sok, til):
        flytt = Barriereflytt.objects.filter(barriere=OuterRef("pk"), tid__gt=sok.sett_til, tid__lte=til).order_by()
        var_der, er_der = (_barriere_var_med(QueryDict(sok.sporring), tid) for tid in (sok.sett_til, til))
        return filter_.treff.filter(er_der, ~var_der | Exists(flytt)).order_by("-endret_tid", "-pk")


LISTER = {Liste.PROSJEKTER: Prosjektliste(), Liste.BARRIERER: Barriereliste()}


def _i_mission(missions, tid):
    return Q(_tatt_inn(missions, tid, "pk"), publisert_tid__lte=tid)


def _tatt_inn(missions, tid, prosjekt):
    """One of the missions had it then: it has been there since, or its history says so, when the curator has changed her
    mind after that. `prosjekt` is what the project is called in the list.
    """
    siden = Missiontilknytning.objects.godtatte().filter(mission__slug__in=missions, avgjort_tid__lte=tid)
    rader = Missiontilknytning.historikk.filter(mission__slug__in=missions, history_date__lte=tid)
    da = rader.latest_of_each().filter(svar="godtatt").exclude(history_type="-")
    return Q(**{f"{prosjekt}__in": siden.values("prosjekt")}) | Q(**{f"{prosjekt}__in": da.values("prosjekt")})


def _barriere_var_med(sporring, tid):
    """It had been raised, its project could be read, and it stood under one of the rules and missions asked for."""
    svar = Q(opprettet_tid__lte=tid, prosjekt__publisert_tid__lte=tid)
    if missions := sporring.getlist("mission"):
        svar &= _tatt_inn(missions, tid, "prosjekt")
    if regler := sporring.getlist("regel"):
        # A rule that has become part of another leads there, and brings nothing new to those who followed it.
        par = Regel.objects.filter(slug__in=regler).values_list("pk", "del_av")
        svar &= Q(In(_regel_paa(tid), [pk for begge in par for pk in begge if pk]))
    return svar


def _regel_paa(tid):
    """The rule it stood under then, by its history, which may be younger than the barrier; 0 for none."""
    rader = Barriere.historikk.filter(id=OuterRef("pk")).annotate(regelen=Coalesce("regel_id", 0)).values("regelen")
    for_ = rader.filter(history_date__lte=tid).order_by("-history_date", "-history_id")
    etter = rader.filter(history_date__gt=tid).order_by("history_date", "history_id")
    return Coalesce(Subquery(for_[:1]), Subquery(etter[:1]), "regel_id", 0)
