"""A municipality's page: the place from the register, and the projects it owns and takes part in."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from kommuner.historie import historie
from kommuner.kodeverk import Endringstype, Stedssprak
from kommuner.likhet import kostra_tall
from kommuner.models import Kommune, Kommunenummer, Organisasjon, Stedsnavn
from kommuner.oppslag import Slektstre, etterfolgere, kommune_med_nummer, kommuner_med_navn
from kommuner.tilgang import kan_styre_medlemmer
from partnerskap.felles import innhold, kart
from partnerskap.felles.felles_sider import for_alle
from partnerskap.felles.ferdig_sql import ferdig_sql, gi_rader, samme_tur
from partnerskap.sider import kommunedeler
from partnerskap.sider.fylkesside import fylkeslenke
from prosjekter.kodeverk import Utfall
from prosjekter.sidedata.barriere import samlet
from prosjekter.utvalg import Utvalg

VIS = 6  # projects of each kind; the list of projects has the rest


@for_alle
def kommune(request, nummer):
    """By number, any it has had; by name too, when only one has it.

    An old number leads on for good (301): it will never mean anything else. A name leads on for now (302), since a reform
    may give it to another. One that was split has no single successor: it answers 200 with a page that offers all.
    """
    if not nummer.isdigit():
        return _finn_ved_navn(request, nummer)
    funnet = kommune_med_nummer(nummer.zfill(4))  # spreadsheets drop the first zero
    if funnet is None:
        raise Http404
    if not funnet.er_gjeldende:
        return _led_videre(request, funnet)
    if funnet.nummer != nummer:
        return redirect(funnet, permanent=True)
    return _vis(request, funnet)


def _vis(request, kommune):
    bruker, i_dag = request.user, timezone.localdate()
    tre = innhold.husk("slektstre", Slektstre)
    steder = tre.med_forgjengere(kommune.pk)
    with samme_tur():
        stedsnavn, numre, deres = _stedsnavn(kommune.pk), _numre(kommune.pk), _organisasjoner(steder)
    gi_rader(kommune, "stedsnavn", stedsnavn)
    gi_rader(kommune, "numre", numre)
    navn = [n for n in stedsnavn if n.gyldig_til is None]
    organisasjon = next((o for o in deres if o.kommune_id == kommune.pk), None)
    organisasjoner = [o.pk for o in deres]
    with samme_tur():
        deltar = kommunedeler.deltakelser(organisasjoner, i_dag)
        gitt = kommunedeler.gitt(organisasjoner, bruker=bruker)
        tatt = kommunedeler.tatt(organisasjoner, bruker=bruker)
        utfordringer = kommunedeler.utfordringer(steder, bruker=bruker)
        barrierer = kommunedeler.barrierer(organisasjoner, i_dag, bruker=bruker)
    vist = {
        **_prosjekter(organisasjoner, deltar, bruker),
        "gjenbruk": {"gitt": gitt, "tatt": tatt},
        "utfordringer": utfordringer,
        "barrierer": samlet(barrierer),
        "ligner": kommunedeler.kommuner_som_ligner(kommune),
        "navn_og_numre": kommunedeler.navn_og_numre(kommune, steder, tre),
        "hendelser": historie(kommune, tre),
    }
    return render(
        request,
        "kommuner/kommune.html",
        {
            "kommune": kommune,
            "organisasjon": organisasjon,
            "kan_styre": organisasjon is not None and kan_styre_medlemmer(request.user, organisasjon),
            "andre_navn": [n for n in navn if n.sprak != Stedssprak.NORSK],
            "innledning": _innledning(kommune),
            "fakta": _fakta(kommune, organisasjon, navn),
            "kart": _kart(kommune),
            "alle_adresse": f"{reverse('prosjekter:liste')}?kommune={kommune.nummer}",
            "barriereadresse": f"{reverse('barrierer:liste')}?kommune={kommune.nummer}",
            "sammenlign_adresse": kommunedeler.sammenlign(kommune),
            **vist,
            "deler": _deler(**vist),
            "viser_eksempeldata": _viser_eksempeldata(**vist),
        },
    )


def _prosjekter(organisasjoner, deltar, bruker):
    """Those the municipality owns, also under the names of before, and those of others it takes part in."""
    synlige = Utvalg.for_bruker(bruker)
    egne = synlige.med("eier", *organisasjoner)
    andres = synlige.blant(deltar).uten("eier", *organisasjoner)
    antall = egne.per("utfall")
    return {
        "tellinger": [(utfall.value, antall[utfall]) for utfall in Utfall if utfall in antall],
        "egne": egne.forste(VIS),
        "antall_egne": egne.antall,
        "andres": andres.forste(VIS),
        "antall_andres": andres.antall,
    }


def _deler(*, andres, gjenbruk, utfordringer, barrierer, ligner, navn_og_numre, hendelser, **_resten):
    """The parts of the page that have something in them."""
    deler = (
        ("prosjekter", _("Prosjekter"), True),
        ("deltar", _("Deltar i andres prosjekter"), andres),
        ("gjenbruk", _("Gitt videre og tatt imot"), gjenbruk["gitt"] or gjenbruk["tatt"]),
        ("utfordringer", _("Utfordringer de deler"), utfordringer),
        ("barrierer", _("Det som står i veien"), barrierer["grupper"]),
        ("ligner", _("Kommuner som ligner"), ligner),
        ("historie", _("Navn og historie"), hendelser or navn_og_numre),
        ("fakta", _("Fakta og kontakt"), True),
    )
    return [{"id": id_, "navn": navn} for id_, navn, finnes in deler if finnes]


def _viser_eksempeldata(*, egne, andres, gjenbruk, utfordringer, barrierer, **_resten):
    rader = (*egne, *andres, *gjenbruk["gitt"], *gjenbruk["tatt"], *utfordringer)
    return barrierer["viser_eksempeldata"] or any(rad.er_eksempel for rad in rader)


@ferdig_sql
def _stedsnavn(kommune):
    return Stedsnavn.objects.filter(kommune=kommune)


@ferdig_sql
def _numre(kommune):
    return Kommunenummer.objects.filter(kommune=kommune).select_related("fylke")


@ferdig_sql
def _organisasjoner(kommuner):
    return Organisasjon.objects.filter(kommune__blant=kommuner)


def _led_videre(request, kommune):
    """To its successor, or to a choice between them."""
    etter = list(etterfolgere(kommune))
    if len(etter) == 1:
        return redirect(etter[0], permanent=True)
    if not etter:
        raise Http404
    siste = kommune.endringer_fra.filter(type__in=(Endringstype.DELING, Endringstype.SAMMENSLAING)).latest("dato")
    navn = {"navn": kommune.navn, "nummer": kommune.nummer, "dato": date_format(siste.dato)}
    if siste.type == Endringstype.DELING:
        tittel = _("%(navn)s ble delt %(dato)s") % navn
        ingress = _("Nummer %(nummer)s er ikke i bruk lenger. Hvilken av dagens kommuner leter du etter?") % navn
    else:
        tittel = _("Hvor ble det av %(navn)s?") % navn
        ingress = _("%(navn)s (%(nummer)s) ble slått sammen med andre, og de ble siden delt igjen.") % navn
    return _velg(request, tittel, ingress, etter)


def _finn_ved_navn(request, navn):
    """Those that have the name today; when nobody has, those it has led to."""
    kommuner = list(kommuner_med_navn(navn, timezone.localdate()).gjeldende())
    tittel, ingress = _("Hvilken kommune mener du?"), _("Flere kommuner heter det samme.")
    if not kommuner:
        tre = Slektstre()
        ider = set().union(*(tre.naavaerende(k.pk) for k in kommuner_med_navn(navn)))
        kommuner = list(Kommune.objects.gjeldende().filter(pk__in=ider).select_related("fylke"))
        ingress = _("Ingen kommune heter dette i dag. Området er delt mellom disse.")
    if not kommuner:
        raise Http404
    if len(kommuner) == 1:
        return redirect(kommuner[0])
    return _velg(request, tittel, ingress, kommuner)


def _velg(request, tittel, ingress, kommuner):
    return render(request, "kommuner/valg.html", {"tittel": tittel, "ingress": ingress, "kommuner": kommuner})


def _offisielt(navn):
    """All names in their official order, each marked with its language."""
    return format_html_join(" – ", '<span lang="{}">{}</span>', ((n.sprak, n.navn) for n in navn))


def _innledning(kommune):
    """«Kommune i Østfold med 31 935 innbyggere.» Oslo is its own county."""
    navn = {"fylke": kommune.fylke.navn, "antall": _tall(kommune.folketall)}
    if kommune.folketall is None:
        return _("Kommune i %(fylke)s.") % navn
    if kommune.navn == kommune.fylke.navn:
        return _("Kommune og fylke med %(antall)s innbyggere.") % navn
    return _("Kommune i %(fylke)s med %(antall)s innbyggere.") % navn


def _fakta(kommune, organisasjon, navn):
    """Pairs of name and value, and a note in the softer voice: the date of a figure, the numbers of before."""
    gamle = [n for n in kommune.numre.all() if n.gyldig_til]
    return [
        (_("Fylke"), fylkeslenke(kommune.fylke), ""),
        (_("Offisielt navn"), _offisielt(navn) if len(navn) > 1 else "", ""),
        (
            _("Kommunenummer"),
            kommune.nummer,
            ", ".join(
                _("%(nummer)s til %(aar)s") % {"nummer": n.nummer, "aar": n.gyldig_til.year} for n in gamle[::-1]
            ),
        ),
        (_("Administrasjonssenter"), kommune.administrasjonssenter, ""),
        (_("Innbyggere"), _tall(kommune.folketall), kommune.folketall_dato and date_format(kommune.folketall_dato)),
        (_("Areal"), kommune.areal_km2 and f"{_tall(kommune.areal_km2)} km²", _("med ferskvann")),
        (_("KOSTRA-gruppe"), kostra_tall(kommune), ""),
        (_("Målform"), kommune.get_malform_display(), ""),
        (_("Organisasjonsnummer"), organisasjon.orgnr if organisasjon else "", ""),
    ]


def _tall(verdi):
    """«4 874». Nothing when the figure is missing."""
    return "" if verdi is None else number_format(verdi, 0, force_grouping=True)


def _kart(kommune):
    """The surroundings with the county marked, or nothing when the place is not on the map."""
    norge = kart.norge()
    if kommune.nummer not in norge.punkter:
        return None
    x, y = norge.punkter[kommune.nummer]
    return {
        "utsnitt": kart.utsnitt(kommune.nummer),
        "land": norge.land,
        "fylke": norge.fylker.get(kommune.fylke.nummer, ""),
        "alle": norge.alle,
        "x": x,
        "y": y,
        "navn_y": y + 34,
    }
