"""Two to four projects side by side: what differs in a table, what is the same said first."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from missions.models import Mission
from partnerskap.felles.felles_sider import for_alle
from partnerskap.felles.markdown import til_html
from partnerskap.sider.sammenlign import Rad, Utvalg, spurt_om
from prosjekter.kodeverk import Kodeliste
from prosjekter.lignende import hvorfor, lignende
from prosjekter.models import GammelSlug, Likhet, Missiontilknytning, Prosjekt, Prosjekttekst
from prosjekter.sidedata import prosjekt as sidedata
from sok.indeks import finn

TREFF = 6  # suggestions for what to add
MAKS_SOK = 200


@for_alle
def prosjekter(request):
    synlige = Prosjekt.objects.synlige_for(request.user)
    utvalg = Utvalg(reverse("sammenlign_prosjekter"), "p")
    _finn(utvalg, spurt_om(request, "p"), synlige)
    q = request.GET.get("q", "").strip()[:MAKS_SOK]
    kontekst = {
        "utvalg": utvalg,
        "q": q,
        "treff": _treff(utvalg, q, synlige),
        "forslag": _forslag(utvalg, request.user) if not q else [],
        "viser_eksempeldata": any(p.er_eksempel for p in utvalg.ting),
    }
    if utvalg.kan_sammenlignes:
        kontekst |= _sammenlign(utvalg.ting, request.user)
    return render(request, "sammenlign/prosjekter.html", kontekst)


# ---- Which ones ----------------------------------------------------------------------------------------------------


def _finn(utvalg, spurt, synlige):
    """By address, whole or only its last part; one a project used to have leads to today's. Hidden is unknown."""
    slugger = {verdi: verdi.split("?")[0].rstrip("/").rpartition("/")[2].lower() for verdi in spurt}
    gamle = GammelSlug.objects.filter(slug__in=slugger.values(), prosjekt__in=synlige)
    naa = dict(gamle.values_list("slug", "prosjekt__slug"))
    funnet = {p.slug: p for p in sidedata.for_flere(synlige).filter(slug__in=[*slugger.values(), *naa.values()])}
    for verdi, slug in slugger.items():
        if prosjekt := funnet.get(slug) or funnet.get(naa.get(slug)):
            utvalg.ta_med(prosjekt.slug, prosjekt)
        else:
            kort = verdi if len(verdi) <= 40 else f"{verdi[:40]}…"
            tekst = _("Vi fant ikke prosjektet «%(spurt)s». Det kan være tatt ned, eller du har ikke tilgang.")
            utvalg.beskjeder.append(tekst % {"spurt": kort})


def _treff(utvalg, q, synlige):
    """What a search finds, each with the address of the comparison it would be part of."""
    if not q or utvalg.er_fullt:
        return []
    funn = finn(synlige.publiserte().exclude(slug__in=utvalg.nokler), q)
    rader = funn.rader.order_by("-relevans", "-pk") if funn.stammer else funn.rader
    return [{"prosjekt": p, "med": utvalg.med(p.slug)} for p in rader.select_related("eier")[:TREFF]]


def _forslag(utvalg, bruker):
    """Those like the first one, when there is room."""
    if not utvalg.valgte or utvalg.er_fullt:
        return []
    naboer = lignende(utvalg.ting[0], bruker)
    valgt = {prosjekt.pk for prosjekt in utvalg.ting}
    return [
        {"prosjekt": n.prosjekt, "hvorfor": n.hvorfor, "med": utvalg.med(n.prosjekt.slug)}
        for n in naboer
        if n.prosjekt.pk not in valgt
    ]


# ---- Side by side --------------------------------------------------------------------------------------------------


def _sammenlign(prosjekter, bruker):
    rader = [
        rad for rad in [*_fakta(prosjekter, _missions(prosjekter, bruker)), *_tekster(prosjekter)] if not rad.er_tom
    ]
    likt = [rad for rad in rader if rad.er_lik]
    return {
        "likt": [(rad.navn, rad.celler[0]) for rad in likt],
        "ulikt": [rad for rad in rader if not rad.er_lik],
        "hvorfor_like": _hvorfor_like(prosjekter),
    }


def _fakta(prosjekter, missions):
    def rad(navn, verdi, sprak=False, tomt=""):
        return _rad(prosjekter, navn, verdi, sprak, tomt)

    return [
        rad(_("Kort fortalt"), lambda p: p.ingress, sprak=True),
        rad(_("Eier"), lambda p: str(p.eier)),
        rad(_("Sted"), lambda p: sidedata.sted(p.eier)),
        rad(_("Hvem er med"), _partnere),
        rad(_("Hvorfor det stoppet"), lambda p: p.get_stoppgrunn_display(), tomt="–"),
        rad(_("Tid"), _tid),
        *(rad(Kodeliste(liste).label, lambda p, liste=liste: sidedata.koder(p, liste)) for liste in Kodeliste),
        rad(_("Hvor nytt er det?"), lambda p: p.get_radikalitet_display()),
        rad(_("Opphav"), lambda p: p.get_opphav_display()),
        rad(_("Mission"), lambda p: ", ".join(missions.get(p.pk, [])), tomt=_("Ingen")),
        rad(_("Hovedprosjekt"), lambda p: str(p.hovedprosjekt or ""), tomt=_("Ingen")),
    ]


def _tekster(prosjekter):
    """The long texts. Two that happen to be word for word alike are still shown where they stand."""
    for felt in (*sidedata.HOVEDDELER, *sidedata.HOS_ANDRE):
        navn = capfirst(str(Prosjekttekst._meta.get_field(felt).verbose_name))
        yield _rad(
            prosjekter, navn, lambda p, f=felt: til_html(getattr(getattr(p, "tekst", None), f, ""), 4), sprak=True
        )


def _rad(prosjekter, navn, verdi, sprak=False, tomt=""):
    return Rad(
        navn,
        [verdi(p) for p in prosjekter],
        [p.malform for p in prosjekter] if sprak else (),
        [p.tittel for p in prosjekter],
        tomt or _("Ikke fylt ut"),
    )


def _partnere(prosjekt):
    """Everyone but the owner who is with it or has been, with their role."""
    med = [d for gruppe in sidedata.partnergrupper(prosjekt) for d in gruppe.deltakelser]
    andre = [d for d in med if d.organisasjon_id != prosjekt.eier_id]
    if not andre:
        return prosjekt.alene_fordi and _("Alene: %(fordi)s") % {"fordi": prosjekt.alene_fordi}
    return format_html_join("", "<div>{} ({})</div>", ((d.organisasjon, d.get_rolle_display().lower()) for d in andre))


def _tid(prosjekt):
    """«august 2022 – juni 2024», or only the end that is known."""
    start, slutt = (d and date_format(d, "F Y") for d in (prosjekt.start_dato, prosjekt.slutt_dato))
    if start and slutt:
        return capfirst(f"{start} – {slutt}")
    if start:
        return _("Fra %(naar)s") % {"naar": start}
    return _("Til %(naar)s") % {"naar": slutt} if slutt else ""


def _missions(prosjekter, bruker):
    """{project: names of the missions it is accepted in, of those the reader may see}. One query."""
    navn = {}
    godtatte = Missiontilknytning.objects.godtatte().filter(
        prosjekt__in=[p.pk for p in prosjekter], mission__in=Mission.objects.synlige_for(bruker)
    )
    for pk, tittel in godtatte.order_by("mission__tittel").values_list("prosjekt", "mission__tittel"):
        navn.setdefault(pk, []).append(tittel)
    return navn


def _hvorfor_like(prosjekter):
    """When two of them were found to be alike, why. In words of the project asked for first."""
    ider = [p.pk for p in prosjekter]
    rader = Likhet.objects.filter(prosjekt__in=ider, annet__in=ider).order_by("-poeng", "pk")
    return hvorfor(rader[0].grunn) if len(ider) == 2 and (rader := list(rader[:1])) else ""
