"""The counties: all of them on the map, and a page for each with what goes on there."""

from typing import NamedTuple

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommuner.historie import ramse
from kommuner.kodeverk import Forvaltningsniva, Sektor, Stedssprak
from kommuner.models import Fylke, Kommune, Kommunenummer, Organisasjon, Stedsnavn
from missions.models import Utfordring
from partnerskap.felles import kart
from partnerskap.felles.felles_sider import for_alle
from partnerskap.felles.fylkeskart import antall_ord, tall
from partnerskap.felles.norsk import norsk_slug
from partnerskap.felles.stedskart import Sted, stedskart
from partnerskap.sider import sammendrag
from prosjekter.fasettindeks import JA
from prosjekter.kodeverk import Utfall
from prosjekter.models import Deltakelse
from prosjekter.stedstall import stedstall, stedstre
from prosjekter.utvalg import Utvalg

VIS, PA_HYLLE = 5, 3  # projects of each kind; the list of projects has the rest
OSLO = "03"  # the municipality is also the county authority


@for_alle
def liste(request):
    """Every county on the map and in the table beside it."""
    tall_ = stedstall(Utvalg.for_bruker(request.user))
    return render(
        request,
        "fylker/liste.html",
        {
            "kart": tall_.kart(lambda nummer: reverse("fylkesside", args=[nummer])),
            "antall": tall_.antall,
            "antall_kommuner": tall_.antall_kommuner,
            "viser_eksempeldata": Organisasjon.objects.filter(pk__in=tall_.eiere, er_eksempel=True).exists(),
        },
    )


@for_alle
def fylke(request, nummer):
    """By number, any it has had; by name too. A county of before leads on; one that was split offers the choice."""
    tre = stedstre()
    if not nummer.isdigit():
        return _finn_ved_navn(tre, nummer)
    funnet = Fylke.objects.filter(nummer=nummer.zfill(2)).first()  # spreadsheets drop the first zero
    if funnet is None:
        raise Http404
    if funnet.gyldig_til is not None:
        return _led_videre(request, tre, funnet)
    if funnet.nummer != nummer:
        return redirect(funnet, permanent=True)
    return render(request, "fylker/fylke.html", _innhold(request, tre, funnet))


def _finn_ved_navn(tre, navn):
    """A name may be given to another county by a reform, so it leads on for now only (302)."""
    treff = Stedsnavn.objects.filter(sokenokkel=norsk_slug(navn, maks=100), fylke__in=tre.fylker).first()
    if treff is None:
        raise Http404
    return redirect(tre.fylker[treff.fylke_id])


def _led_videre(request, tre, fylke):
    etter = [tre.fylker[pk] for pk in tre.fylker_i_dag(fylke.pk)]
    if not etter:
        raise Http404
    if len(etter) == 1:
        return redirect(etter[0], permanent=True)
    etter.sort(key=lambda f: f.sorteringsnokkel)
    return render(request, "fylker/valg.html", {"fylke": fylke, "fylker": etter})


def _innhold(request, tre, fylke):
    eiere = tre.organisasjoner_i(fylke.pk)
    synlige = Utvalg.for_bruker(request.user)
    egne = synlige.med("eier", *eiere)
    tellinger, steder = sammendrag.tell(egne), stedstall(egne)
    organisasjoner = list(Organisasjon.objects.filter(pk__in=eiere).select_related("kommune__fylke"))
    kommuner = _kommuner(fylke, tre, steder, organisasjoner)
    nyeste = egne.forste(VIS)
    gjenbrukte = egne.med("gjenbrukt", JA).forste(PA_HYLLE, "gjenbruk")
    vist = {p.pk for p in nyeste}
    virket = [] if gjenbrukte else egne.med("utfall", Utfall.VIRKET).forste(VIS + PA_HYLLE)
    virket = [p for p in virket if p.pk not in vist][:PA_HYLLE]
    behov = list(Utfordring.objects.hos(eiere).for_rad().order_by("-antall", "-pk")[:PA_HYLLE])
    deltar = Deltakelse.objects.aktive().filter(organisasjon__in=eiere).values_list("prosjekt", flat=True)
    prosjektliste = f"{reverse('prosjekter:liste')}?fylke={fylke.nummer}"
    return {
        "fylke": fylke,
        "andre_navn": list(fylke.stedsnavn.gjeldende().exclude(sprak=Stedssprak.NORSK)),
        "innledning": _innledning(kommuner, tre, fylke),
        "antall": steder.antall,
        "tellinger": sammendrag.per_utfall(tellinger),
        "setning": sammendrag.utfallssetning(dict(sammendrag.per_utfall(tellinger))),
        "faser": sammendrag.faser(tellinger, lambda fase: f"{prosjektliste}&fase={fase}"),
        "antall_andres": synlige.blant(deltar).uten("eier", *eiere).antall,
        "prosjektliste": prosjektliste,
        "feed_adresse": f"{reverse('prosjekter:nye')}?fylke={fylke.nummer}",
        "nyeste": nyeste,
        "gjenbrukte": gjenbrukte,
        "behov": behov,
        "virket": virket,
        "med": [rad for rad in kommuner if rad.antall],
        "uten": [rad for rad in kommuner if not rad.antall],
        "andre": _andre(steder, organisasjoner),
        "kart": _kart(fylke, kommuner, dict(steder.prikker)),
        "deler": [
            {"id": id_, "navn": navn}
            for id_, navn, finnes in (
                ("nytt", _("Nytt i fylket"), nyeste),
                ("faser", _("Så langt har de kommet"), nyeste),
                ("gjenbrukt", _("Tatt i bruk av flest"), gjenbrukte),
                ("virket", _("Det virket her"), virket),
                ("behov", _("For stort for én kommune"), behov),
                ("kommuner", _("Kommunene"), True),
            )
            if finnes
        ],
        "fakta": _fakta(fylke, organisasjoner),
        "viser_eksempeldata": any(b.er_eksempel for b in behov)
        or any(o.er_eksempel and o.pk in steder.eiere for o in organisasjoner),
    }


def _kommuner(fylke, tre, steder, organisasjoner):
    """The municipalities of the county, and the invented ones that own something, in alphabetical order."""
    andre_navn = {}
    for n in Stedsnavn.objects.gjeldende().filter(kommune__fylke=fylke).exclude(sprak=Stedssprak.NORSK):
        andre_navn.setdefault(n.kommune_id, []).append(n)
    ekte = [
        Kommunerad(k, k.nummer, steder.kommuner.get(k.nummer, {}), andre_navn.get(k.pk, []), k.folketall or 0)
        for k in tre.kommuner.values()
        if k.fylke_id == fylke.pk
    ]
    oppdiktede = [
        Kommunerad(o, (o.kart_x, o.kart_y), steder.eiere[o.pk])
        for o in organisasjoner
        if _er_oppdiktet_kommune(o) and o.pk in steder.eiere
    ]
    return sorted([*ekte, *oppdiktede], key=lambda rad: rad.sted.sorteringsnokkel)


class Kommunerad(NamedTuple):
    """A municipality, or the organisation of an invented one. `plass` is its number or its point on the map."""

    sted: Kommune | Organisasjon
    plass: str | tuple
    per_utfall: dict
    andre_navn: list = []
    folketall: int = 0

    @property
    def antall(self):
        return sum(self.per_utfall.values())

    @property
    def setning(self):
        return sammendrag.utfallssetning(self.per_utfall)


def _er_oppdiktet_kommune(organisasjon):
    return organisasjon.kommune_id is None and organisasjon.niva == Forvaltningsniva.KOMMUNE


def _andre(steder, organisasjoner):
    """Others in the county that own projects: the county authority, a university. Triples of name, address, number."""
    return [
        (o.navn, o.get_absolute_url(), steder.eiere[o.pk].total())
        for o in organisasjoner
        if o.pk in steder.eiere and o.kommune_id is None and not _er_oppdiktet_kommune(o)
    ]


def _kart(fylke, kommuner, merker):
    """The county as large as there is room for, with its municipalities; nothing when it is not on the map."""
    norge = kart.norge()
    if fylke.nummer not in norge.rammer:
        return None
    steder = [
        Sted(
            navn=rad.sted.navn,
            punkt=punkt,
            adresse=rad.sted.get_absolute_url(),
            utfall=merker.get(rad.plass, ""),
            merknad=antall_ord(rad.antall),
            vekt=rad.folketall + 1e9 * bool(rad.antall),
        )
        for rad in kommuner
        if (punkt := kart.punkt(rad.plass))
    ]
    return stedskart(steder, norge.rammer[fylke.nummer], fylke.nummer)


def _innledning(kommuner, tre, fylke):
    """«Fylke med 18 kommuner og 74 903 innbyggere.» Oslo is a municipality too."""
    antall = sum(k.fylke_id == fylke.pk for k in tre.kommuner.values())
    folketall = tall(sum(rad.folketall for rad in kommuner))
    if antall == 1:
        return _("Fylke og kommune med %(folketall)s innbyggere.") % {"folketall": folketall}
    return ngettext(
        "Fylke med %(antall)s kommune og %(folketall)s innbyggere.",
        "Fylke med %(antall)s kommuner og %(folketall)s innbyggere.",
        antall,
    ) % {"antall": antall, "folketall": folketall}


def _fakta(fylke, organisasjoner):
    gamle = (
        Fylke.objects.filter(pk__in=Kommunenummer.objects.filter(kommune__fylke=fylke).values("fylke"))
        .exclude(pk=fylke.pk)
        .order_by("-gyldig_til", "sorteringsnokkel")
    )
    styrer = _fylkeskommune(fylke, organisasjoner)
    return [
        (_("Fylkesnummer"), fylke.nummer),
        (_("Fylkeskommune"), styrer and format_html('<a href="{}">{}</a>', styrer.get_absolute_url(), styrer)),
        (_("Tidligere fylker her"), ramse([f"{f.navn} ({f.nummer})" for f in gamle])),
    ]


def _fylkeskommune(fylke, organisasjoner):
    """Who acts for the county. In Oslo the municipality does."""
    sektor = Sektor.KOMMUNE if fylke.nummer == OSLO else Sektor.FYLKESKOMMUNE
    return next((o for o in organisasjoner if o.sektor == sektor and not o.opphort_dato and not o.er_eksempel), None)


def fylkeslenke(fylke):
    """The county as a link, for the facts of those who are there. Nothing for nothing."""
    return fylke and format_html('<a href="{}">{}</a>', fylke.get_absolute_url(), fylke)


urlpatterns = [path("", liste, name="fylker"), path("<str:nummer>/", fylke, name="fylkesside")]
