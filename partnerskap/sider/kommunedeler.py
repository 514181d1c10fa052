"""What the municipality's page shows beside its projects: reuse, shared needs, barriers, those like it, and its names and numbers."""

from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kommuner.historie import lenket, ramse
from kommuner.kodeverk import Stedssprak
from kommuner.likhet import lignende
from kommuner.models import Kommune, Organisasjon
from missions.models import Utfordring
from partnerskap.felles.ferdig_sql import ferdig_sql
from prosjekter.kodeverk import Status
from prosjekter.models import Barriere, Deltakelse, Gjenbruk
from prosjekter.sidedata import barriere as barrieredata

VIS = 5


def _gjenbruk(bruker, **der):
    """The newest."""
    rader = Gjenbruk.objects.synlige_for(bruker).gyldige().filter(fra__status=Status.PUBLISERT, **der)
    return rader.for_rad_med_prosjekt().order_by("-endret_tid", "-pk")[:VIS]


@ferdig_sql
def gitt(organisasjoner, *, bruker):
    """What others use of theirs."""
    return _gjenbruk(bruker, fra__eier__blant=organisasjoner)


@ferdig_sql
def tatt(organisasjoner, *, bruker):
    """What they use from others."""
    return _gjenbruk(bruker, taker__blant=organisasjoner)


@ferdig_sql
def utfordringer(steder, *, bruker):
    """Shared needs they have posted or signed, those most others have first."""
    organisasjoner = Organisasjon.objects.filter(kommune__blant=steder).order_by().values("pk")
    return Utfordring.objects.synlige_for(bruker).hos(organisasjoner).for_rad().order_by("-antall", "-pk")[:VIS]


@ferdig_sql
def deltakelser(organisasjoner, i_dag):
    """Projects that any of them takes part in, by id."""
    deres = Deltakelse.objects.aktive(i_dag).filter(organisasjon__blant=organisasjoner).order_by()
    return deres.values_list("prosjekt", flat=True)


@ferdig_sql
def barrierer(organisasjoner, i_dag, *, bruker):
    """What stands in the way of projects they own or take part in: the newest."""
    deltar = Deltakelse.objects.aktive(i_dag).filter(organisasjon__blant=organisasjoner)
    deres = Q(prosjekt__eier__blant=organisasjoner) | Q(prosjekt__in=deltar.values("prosjekt"))
    return barrieredata.nyeste(Barriere.objects.synlige_for(bruker).meldte().filter(deres))


def kommuner_som_ligner(kommune):
    """Those like it and why, each with the address where the two stand side by side."""
    like = lignende(kommune)
    return [
        {"kommune": lik.kommune, "hvorfor": lik.hvorfor, "sammenlign": sammenlign(kommune, lik.kommune)} for lik in like
    ]


def sammenlign(*kommuner):
    return f"{reverse('sammenlign_kommuner')}?{urlencode([('k', k.nummer) for k in kommuner])}"


def navn_og_numre(kommune, steder, tre):
    """What it has been called and numbered, and who it came from: pairs of name and value, without the empty."""
    forgjengere = Kommune.objects.filter(pk__in=steder - {kommune.pk}) if len(steder) > 1 else []
    rader = [
        (_("Tidligere navn"), ", ".join(_med_periode(_navn(n), n) for n in kommune.stedsnavn.all() if n.gyldig_til)),
        (_("Tidligere numre"), ", ".join(_med_periode(n.nummer, n) for n in kommune.numre.all() if n.gyldig_til)),
        (_("Kommer fra"), ramse([lenket(f, f.nummer, kommune, tre) for f in forgjengere])),
    ]
    return [rad for rad in rader if rad[1]]


def _navn(stedsnavn):
    """The Norwegian name needs no language beside it."""
    return stedsnavn.navn if stedsnavn.sprak == Stedssprak.NORSK else f"{stedsnavn} ({stedsnavn.get_sprak_display()})"


def _med_periode(hva, rad):
    navn = {"hva": hva, "til": date_format(rad.gyldig_til, "Y")}
    if rad.gyldig_fra is None:
        return _("%(hva)s til %(til)s") % navn
    return _("%(hva)s fra %(fra)s til %(til)s") % {**navn, "fra": date_format(rad.gyldig_fra, "Y")}
