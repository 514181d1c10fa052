"""Reuse on Min side: what we use from others, who uses ours, and what about it waits for me."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kommuner.kodeverk import Rolle
from kommuner.models import Medlemskap
from kommuner.tilgang import arbeider_for, organisasjon_ider
from prosjekter.kodeverk import EIERROLLER
from prosjekter.models import Deltakelse, Gjenbruk, Gjenbruksvurdering

PER_SIDE = 20
VISTE = 3
NYTT = timedelta(days=90)  # an unanswered newcomer is thanked within a season, or not at all


def vi_bruker(bruker):
    """What the person's organisations use from others, what was touched last first."""
    tatt = Gjenbruk.objects.synlige_for(bruker).tatt_av(arbeider_for(bruker))
    return tatt.for_liste().select_related("fra__eier").order_by("-endret_tid", "-pk")


def andre_bruker(bruker):
    """Who uses the projects of the person's organisations."""
    vare = Deltakelse.objects.aktive().filter(organisasjon__in=arbeider_for(bruker), rolle__in=EIERROLLER)
    tatt = Gjenbruk.objects.synlige_for(bruker).gyldige().filter(fra__in=vare.values("prosjekt"))
    return tatt.for_liste().select_related("fra__eier").order_by("-endret_tid", "-pk")


def kort(bruker):
    """For Min side: a few of each. Empty when there are none."""
    vi, andre = list(vi_bruker(bruker)[:VISTE]), list(andre_bruker(bruker)[:VISTE])
    return {"vi": vi, "andre": andre, "finnes": bool(vi or andre)}


def sjekklister(bruker):
    """«Kan dette virke hos oss?»: what the person's organisations have begun on."""
    egne = Gjenbruksvurdering.objects.synlige_for(bruker).select_related("prosjekt__eier", "organisasjon", "endret_av")
    return egne.order_by("-endret_tid", "-pk")


def gjenbruk(request):
    kontekst = {
        "sjekklister": Paginator(sjekklister(request.user), PER_SIDE).get_page(request.GET.get("sjekk")),
        "vi": Paginator(vi_bruker(request.user), PER_SIDE).get_page(request.GET.get("vi")),
        "andre": Paginator(andre_bruker(request.user), PER_SIDE).get_page(request.GET.get("andre")),
        "viser_eksempeldata": any(m.organisasjon.er_eksempel for m in request.user.aktive_medlemskap),
    }
    return render(request, "minside/gjenbruk.html", kontekst)


def _mine_a_svare_for(bruker):
    """What I registered; and what somebody who has left did, where I lead."""
    er_der = Medlemskap.objects.aktive().filter(bruker=OuterRef("registrert_av"), organisasjon=OuterRef("taker"))
    return Q(registrert_av=bruker) | Q(~Exists(er_der), taker__in=organisasjon_ider(bruker, Rolle.ANSVARLIG))


def gjoremal(bruker, maks):
    """What waits, as the fields of minside.Gjoremal: mine to answer, and mine to thank for."""
    egne = vi_bruker(bruker).filter(_mine_a_svare_for(bruker), tatt_ned_tid=None).ett_aar_i_bruk()
    for g in egne.order_by("i_bruk_dato", "pk")[:maks]:
        yield {
            "hva": _("Ga «%(tittel)s» verdi hos dere?") % {"tittel": g.fra.tittel},
            "tekst": _("I bruk siden %(maaned)s. Et par setninger holder.")
            % {"maaned": date_format(g.i_bruk_dato, "F Y")},
            "adresse": reverse("prosjekter:rediger_gjenbruk", args=[g.fra.slug, g.pk]),
        }
    ubesvart = andre_bruker(bruker).filter(
        fra__ansvarlig=bruker, svart_tid=None, taker__isnull=False, opprettet_tid__gt=timezone.now() - NYTT
    )
    for g in ubesvart.order_by("opprettet_tid", "pk")[:maks]:
        yield {
            "hva": _("%(hvem)s bygger på «%(tittel)s»") % {"hvem": g.hvem, "tittel": g.fra.tittel},
            "tekst": _("Si gjerne takk. %(status)s.") % {"status": g.get_status_display()},
            "adresse": g.get_absolute_url(),
            "naar": g.opprettet_tid,
        }
