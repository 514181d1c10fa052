"""Two to four municipalities side by side: facts, what they try and how it went, and what they have in common."""

from collections import Counter, defaultdict
from itertools import combinations
from urllib.parse import urlencode

from django.db.models import Count
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from kommuner.historie import ramse
from kommuner.likhet import folketall_i_ord, folketallsgruppe, hvorfor, kostra_tall, lignende
from kommuner.models import Kommune, Organisasjon
from kommuner.oppslag import Slektstre, etterfolgere, kommune_med_nummer, kommuner_med_navn
from missions.models import Mission, Utfordring
from partnerskap.felles.felles_sider import for_alle
from partnerskap.sider.sammenlign import Rad, Utvalg, spurt_om
from prosjekter.kodeverk import Fase, Kodeliste, Tjenesteomrade, Utfall
from prosjekter.lignende import hvorfor as hvorfor_like
from prosjekter.models import Deltakelse, Klassifisering, Likhet, Missiontilknytning, Prosjekt

VIS = 6  # projects of each kind


@for_alle
def kommuner(request):
    utvalg = Utvalg(reverse("sammenlign_kommuner"), "k")
    for spurt in spurt_om(request, "k"):
        _finn(utvalg, spurt)
    kontekst = {"utvalg": utvalg, "valgbare": _valgbare(utvalg), "viser_eksempeldata": False}
    if utvalg.kan_sammenlignes:
        kontekst |= _sammenlign(utvalg.ting, request.user)
    return render(request, "sammenlign/kommuner.html", kontekst)


# ---- Which ones ----------------------------------------------------------------------------------------------------


def _finn(utvalg, spurt):
    """By any number or name it has had. An old one leads to today's, and the reader is told."""
    if spurt.isascii() and spurt.isdigit() and len(spurt) <= 4:
        funnet = [kommune_med_nummer(spurt.zfill(4))]
    else:
        funnet = list(kommuner_med_navn(spurt).gjeldende()) or list(kommuner_med_navn(spurt)[:5])
    funnet = [kommune for kommune in funnet if kommune]
    if not funnet:
        utvalg.beskjeder.append(_("Vi fant ingen kommune for «%(spurt)s».") % {"spurt": _kort(spurt)})
    elif len(funnet) > 1:
        _la_velge(utvalg, _("Flere kommuner heter «%(spurt)s».") % {"spurt": _kort(spurt)}, funnet)
    elif funnet[0].er_gjeldende:
        utvalg.ta_med(funnet[0].nummer, funnet[0])
    else:
        _led_videre(utvalg, funnet[0])


def _led_videre(utvalg, gammel):
    navn = {"navn": gammel.navn, "nummer": gammel.nummer}
    etter = list(etterfolgere(gammel))
    if len(etter) == 1:
        tekst = _("%(navn)s (%(nummer)s) er i dag en del av %(etter)s.") % {**navn, "etter": etter[0]}
        utvalg.beskjeder.append(tekst)
        utvalg.ta_med(etter[0].nummer, etter[0])
    else:
        _la_velge(utvalg, _("%(navn)s (%(nummer)s) er delt mellom flere kommuner.") % navn, etter)


def _la_velge(utvalg, tekst, kommuner):
    lenker = format_html_join(
        ", ", '<a href="{}">{}</a>', ((utvalg.med(k.nummer), f"{k.navn} ({k.fylke.navn})") for k in kommuner)
    )
    utvalg.beskjeder.append(format_html("{} {} {}.", tekst, _("Velg en:"), lenker))


def _kort(spurt):
    return spurt if len(spurt) <= 40 else f"{spurt[:40]}…"


def _valgbare(utvalg):
    """What can be added: first those like the ones chosen, then all. Nothing when there is no room."""
    if utvalg.er_fullt:
        return {}
    valgt = {kommune.pk for kommune in utvalg.ting}
    like = [lik.kommune for lik in lignende(utvalg.ting[0], 8) if lik.kommune.pk not in valgt] if valgt else []
    alle = Kommune.objects.gjeldende().exclude(pk__in=valgt).select_related("fylke")
    return {"like": like, "alle": list(alle)}


# ---- Side by side --------------------------------------------------------------------------------------------------


def _sammenlign(kommuner, bruker):
    tre = Slektstre()
    steder = [tre.med_forgjengere(kommune.pk) for kommune in kommuner]
    synlige = Prosjekt.objects.publiserte().synlige_for(bruker)
    eiere = dict(Organisasjon.objects.filter(kommune__in=set().union(*steder)).values_list("pk", "kommune"))
    egne = [synlige.filter(eier__in=[pk for pk, kommune in eiere.items() if kommune in sted]) for sted in steder]
    sammen = _sammen(synlige, steder)
    like = _like_prosjekter(egne, kommuner)
    return {
        "fakta": _fakta(kommuner),
        "tellinger": _tellinger(kommuner, egne),
        "par": [
            {"navn": ramse([en.visningsnavn, annen.visningsnavn]), "hvorfor": hvorfor(en, annen)}
            for en, annen in combinations(kommuner, 2)
        ],
        "sammen": sammen,
        "like": like,
        "missions": _felles_missions(egne, kommuner, bruker),
        "utfordringer": _felles_utfordringer(steder, bruker),
        "viser_eksempeldata": any(p.er_eksempel for p in sammen)
        or any(par["en"].er_eksempel or par["annen"].er_eksempel for par in like)
        or synlige.filter(eier__in=eiere, er_eksempel=True).exists(),
    }


def _fakta(kommuner):
    def rad(navn, verdi):
        return Rad(navn, [verdi(kommune) for kommune in kommuner])

    datoer = {k.folketall_dato for k in kommuner if k.folketall_dato}
    naar = f" ({date_format(datoer.pop())})" if len(datoer) == 1 else ""
    rader = [
        rad(_("Fylke"), lambda k: k.fylke.navn),
        rad(_("Innbyggere") + naar, lambda k: _tall(k.folketall)),
        rad(_("Størrelse"), lambda k: "" if k.folketall is None else folketall_i_ord(folketallsgruppe(k))),
        rad(_("Areal"), lambda k: k.areal_km2 and f"{_tall(k.areal_km2)} km²" or ""),
        rad(_("KOSTRA-gruppe"), kostra_tall),
        rad(_("Målform"), lambda k: k.get_malform_display()),
    ]
    return [rad for rad in rader if not rad.er_tom]


def _tall(verdi):
    return "" if verdi is None else number_format(verdi, 0, force_grouping=True)


def _tellinger(kommuner, egne):
    """Groups of rows: how their projects went, how far they have come, what they are about. Two queries for each."""
    fasit = {"utfall": [], "fase": [], "tjenesteomrade": []}
    for prosjekter in egne:
        utfall, fase = Counter(), Counter()
        for u, f, antall in prosjekter.order_by().values_list("utfall", "fase").annotate(antall=Count("pk")):
            utfall[u] += antall
            fase[f] += antall
        koder = Klassifisering.objects.filter(liste=Kodeliste.TJENESTEOMRADE, prosjekt__in=prosjekter.order_by())
        omrader = Counter(dict(koder.order_by().values_list("verdi").annotate(antall=Count("pk"))))
        for felt, tall in (("utfall", utfall), ("fase", fase), ("tjenesteomrade", omrader)):
            fasit[felt].append(tall)
    alle = Rad(_("Prosjekter i alt"), [_lenket(k, t.total()) for k, t in zip(kommuner, fasit["utfall"], strict=True)])
    return [
        {"navn": "", "rader": [alle]},
        *(
            {"navn": navn, "rader": _tellerader(kommuner, felt, kodeverk, fasit[felt])}
            for navn, felt, kodeverk in (
                (_("Hvordan det gikk"), "utfall", Utfall),
                (_("Hvor langt de har kommet"), "fase", Fase),
                (_("Tjenesteområde"), "tjenesteomrade", Tjenesteomrade),
            )
        ),
    ]


def _tellerader(kommuner, felt, kodeverk, tellinger):
    """One row for each value that at least one of them has."""
    return [
        Rad(
            str(valg.label),
            [_lenket(k, antall[valg.value], felt, valg) for k, antall in zip(kommuner, tellinger, strict=True)],
        )
        for valg in kodeverk
        if any(antall[valg.value] for antall in tellinger)
    ]


def _lenket(kommune, antall, felt=None, valg=None):
    """The number as a link to the projects behind it, named so that it makes sense out of the table too."""
    if not antall:
        return _("ingen")
    sporring = {"kommune": kommune.nummer} | ({felt: valg.value} if felt else {})
    navn = f"{kommune.navn}, {valg.label if valg else _('prosjekter')}"
    adresse = f"{reverse('prosjekter:liste')}?{urlencode(sporring)}"
    return format_html('<a href="{}" aria-label="{}: {}">{}</a>', adresse, navn, antall, _tall(antall))


# ---- What they have in common --------------------------------------------------------------------------------------


def _sammen(synlige, steder):
    """Projects at least two of them take part in, the newest first."""
    alle = set().union(*steder)
    deltar = Deltakelse.objects.aktive().filter(organisasjon__kommune__in=alle)
    med = defaultdict(set)
    for prosjekt, kommune in deltar.values_list("prosjekt", "organisasjon__kommune"):
        med[prosjekt].update(nummer for nummer, sted in enumerate(steder) if kommune in sted)
    flere = [prosjekt for prosjekt, hvem in med.items() if len(hvem) > 1]
    return list(synlige.filter(pk__in=flere).for_kort()[:VIS])


def _like_prosjekter(egne, kommuner):
    """Pairs of projects that resemble each other, one from each of two municipalities. One query for each two."""
    par = []
    for (nr, her), (annet_nr, der) in combinations(enumerate(egne), 2):
        rader = Likhet.objects.filter(prosjekt__in=her.order_by().values("pk"), annet__in=der.order_by().values("pk"))
        for rad in rader.select_related("prosjekt", "annet").order_by("-poeng", "pk")[: VIS * 3]:
            par.append((rad, kommuner[nr], kommuner[annet_nr]))
    par.sort(key=lambda p: -p[0].poeng)
    valgte, brukt = [], set()
    for rad, her, der in par:  # each project once, or one that resembles many would be all there is
        if len(valgte) < VIS and not {rad.prosjekt_id, rad.annet_id} & brukt:
            brukt |= {rad.prosjekt_id, rad.annet_id}
            valgte.append(
                {"en": rad.prosjekt, "annen": rad.annet, "steder": (her, der), "hvorfor": hvorfor_like(rad.grunn)}
            )
    return valgte


def _felles_missions(egne, kommuner, bruker):
    """Missions that at least two of them have projects in, with who."""
    hvem = defaultdict(list)
    for kommune, prosjekter in zip(kommuner, egne, strict=True):
        godtatte = Missiontilknytning.objects.godtatte().filter(prosjekt__in=prosjekter)
        for mission in godtatte.order_by().values_list("mission", flat=True).distinct():
            hvem[mission].append(kommune.visningsnavn)
    felles = [pk for pk, navn in hvem.items() if len(navn) > 1]
    missions = Mission.objects.synlige_for(bruker).filter(pk__in=felles) if felles else []
    return [{"mission": mission, "hvem": ramse(hvem[mission.pk])} for mission in missions]


def _felles_utfordringer(steder, bruker):
    """Shared needs that at least two of them have, those most others have first."""
    synlige = Utfordring.objects.synlige_for(bruker)
    antall = Counter()
    for sted in steder:
        hos = synlige.hos(Organisasjon.objects.filter(kommune__in=sted).values("pk"))
        antall.update(hos.order_by().values_list("pk", flat=True))
    felles = [pk for pk, n in antall.items() if n > 1]
    return list(synlige.filter(pk__in=felles).order_by("-antall", "-pk")[:VIS]) if felles else []
