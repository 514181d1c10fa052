"""Min side: what waits for me, my projects, my organisations, myself. Gathers from every room."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, Exists, Min, OuterRef, Q
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from abonnement.models import Abonnent
from kommuner.kodeverk import Rolle
from kommuner.models import Medlemskap, Medlemskapssoknad
from kommuner.tilgang import arbeider_for, er_folgeforsker, er_moderator, organisasjon_ider
from missions.models import Utfordring
from missions.tilgang import kan_behandle_utfordring
from partnerskap.sider import gjenbruk, laering
from prosjekter.ettersyn import HALVT_AAR
from prosjekter.kodeverk import Status
from prosjekter.models import (
    FILSLAG,
    Barriere,
    Eksperiment,
    Hjelper,
    Innholdsmelding,
    Komplementaritet,
    Missiontilknytning,
    Modereringssak,
    Overtakelse,
    Prosjekt,
    Prosjektinvitasjon,
)
from prosjekter.models.barriere import VENTER
from prosjekter.tilgang import kan_behandle_barrierer, kan_registrere
from prosjekter.varsler.deltakelse import hva_det_gjelder
from prosjekter.varsler.samspill import i_ord

PER_SIDE = 10
VISTE = 5  # of each kind of thing that waits
HJELPER_TIL = 30


@dataclass(frozen=True)
class Gjoremal:
    """One thing that waits: what, about what, where; and a button when one click is enough."""

    hva: str
    tekst: str
    adresse: str
    knapp: str = ""
    knappeadresse: str = ""
    naar: object = None


class Utvalg(forms.Form):
    """Whose projects, in which state. Unknown values mean all."""

    MINE, ORGANISASJON = "mine", "organisasjon"
    vis = forms.ChoiceField(
        required=False,
        choices=[(MINE, gettext_lazy("Dem jeg passer på")), (ORGANISASJON, gettext_lazy("Alle i organisasjonen"))],
    )
    status = forms.ChoiceField(required=False, choices=Status.choices)

    def valg(self, navn):
        self.is_valid()
        return self.cleaned_data.get(navn) or ""


def minside(request):
    bruker = request.user
    utvalg = Utvalg(request.GET)
    return render(
        request,
        "minside/minside.html",
        {
            "gjoremal": gjoremal(bruker),
            "rolle": overskriftsrolle(bruker),
            "prosjekter": mine_prosjekter(bruker, utvalg, request.GET.get("side")),
            "gjenbruk": gjenbruk.kort(bruker),
            "laering": laering.kort(bruker),
            "medlemskap": bruker.aktive_medlemskap,
            "styrer": organisasjon_ider(bruker, Rolle.ANSVARLIG),
            "hjelper_til": list(bruker.hjelper_til.select_related("prosjekt__eier").order_by("-fra_tid")[:HJELPER_TIL]),
            "soknader": bruker.soknader.filter(svar="").select_related("organisasjon"),
            "abonnent": Abonnent.objects.filter(email=bruker.email).prefetch_related("sok").first(),
            "kan_registrere": kan_registrere(bruker),
            "bare_leser": er_folgeforsker(bruker) and not kan_registrere(bruker),
            "er_moderator": er_moderator(bruker),
            "viser_eksempeldata": any(m.organisasjon.er_eksempel for m in bruker.aktive_medlemskap),
        },
    )


def overskriftsrolle(bruker):
    """«Du er ansvarlig i Halden kommune.» The first membership is enough for a greeting."""
    if not bruker.aktive_medlemskap:
        return ""
    forste = max(bruker.aktive_medlemskap, key=lambda m: m.rolle != Rolle.BIDRAGSYTER)
    return _("Du er %(rolle)s i %(sted)s.") % {
        "rolle": forste.get_rolle_display().lower(),
        "sted": forste.organisasjon,
    }


# What waits


def gjoremal(bruker):
    return [
        *mine_uferdige(bruker),
        *tatt_ned_av_ks(bruker),
        *(Gjoremal(**ting) for ting in laering.gjoremal(bruker)),
        *maa_bekreftes(bruker),
        *uten_resultat(bruker),
        *(Gjoremal(**ting) for ting in gjenbruk.gjoremal(bruker, VISTE)),
        *vil_bli_med(bruker),
        *hos_ks(bruker),
        *meldt_innhold(bruker),
        *missionforslag(bruker),
        *utfordringer_hos_ks(bruker),
        *barrierer_hos_ks(bruker),
        *invitasjoner(bruker),
        *bedt_om_hjelp(bruker),
        *samspill_uten_svar(bruker),
        *overtakelser(bruker),
    ]


def _som_jeg_passer_paa(bruker):
    """Mine, as long as I may still edit them."""
    return Prosjekt.objects.redigerbare_for(bruker).filter(ansvarlig=bruker)


def mine_uferdige(bruker):
    """Returned by KS first: somebody waits for the answer. Then drafts."""
    egne = _som_jeg_passer_paa(bruker)
    for prosjekt in egne.filter(status=Status.TIL_RETTING).order_by("endret_tid", "pk")[:VISTE]:
        yield Gjoremal(
            hva=_("Rett opp %(tittel)s") % {"tittel": prosjekt.tittel},
            tekst=_("KS skriver: «%(grunn)s»") % {"grunn": prosjekt.statusbegrunnelse}
            if prosjekt.statusbegrunnelse
            else _("KS har sendt det tilbake."),
            adresse=reverse("prosjekter:rediger", args=[prosjekt.slug]),
            naar=prosjekt.endret_tid,
        )
    for prosjekt in egne.filter(status=Status.KLADD).order_by("-endret_tid", "-pk")[:VISTE]:
        yield Gjoremal(
            hva=_("Gjør ferdig %(tittel)s") % {"tittel": prosjekt.tittel},
            tekst=_("Kladd. Bare dere som er med, ser den."),
            adresse=reverse("prosjekter:rediger", args=[prosjekt.slug]),
            naar=prosjekt.endret_tid,
        )


def maa_bekreftes(bruker):
    """Published, and nobody has said for half a year that it still holds."""
    grense = timezone.localdate() - HALVT_AAR
    gamle = Q(sist_bekreftet__lt=grense) | Q(sist_bekreftet=None, publisert_tid__date__lt=grense)
    publiserte = _som_jeg_passer_paa(bruker).filter(gamle, status=Status.PUBLISERT)
    for prosjekt in publiserte.order_by("sist_bekreftet", "pk")[:VISTE]:
        yield Gjoremal(
            hva=_("Stemmer %(tittel)s fortsatt?") % {"tittel": prosjekt.tittel},
            tekst=_("Ikke bekreftet på over et halvt år. Ett klikk hvis ingenting er endret."),
            adresse=prosjekt.get_absolute_url(),
            knapp=_("Ja, det stemmer"),
            knappeadresse=reverse("prosjekter:bekreft", args=[prosjekt.slug]),
        )


def uten_resultat(bruker):
    """Experiments I logged, or in projects I look after, that have ended without anyone having told what happened."""
    mine = Q(registrert_av=bruker) | Q(prosjekt__ansvarlig=bruker)
    ventet = Eksperiment.objects.skulle_vaert_ferdige().filter(mine, prosjekt__in=Prosjekt.objects.loggbare_for(bruker))
    for eksperiment in ventet.select_related("prosjekt").order_by("til_dato", "pk")[:VISTE]:
        yield Gjoremal(
            hva=_("Hva skjedde? %(hypotese)s") % {"hypotese": Truncator(eksperiment.hypotese).chars(100)},
            tekst=_("Eksperimentet i «%(tittel)s» skulle være ferdig. Én setning holder.")
            % {"tittel": eksperiment.prosjekt.tittel},
            adresse=reverse("prosjekter:hva_skjedde", args=[eksperiment.prosjekt.slug, eksperiment.pk]),
            naar=eksperiment.til_dato,
        )


def tatt_ned_av_ks(bruker):
    """A picture, attachment or link of mine that KS has taken down: to be mended or deleted."""
    nede = (
        Q(Exists(modell.objects.filter(prosjekt=OuterRef("pk")).exclude(tatt_ned_tid=None)))
        for modell in FILSLAG.values()
    )
    for prosjekt in _som_jeg_passer_paa(bruker).filter(reduce(or_, nede)).order_by("-endret_tid", "pk")[:VISTE]:
        yield Gjoremal(
            hva=_("KS har tatt ned noe i %(tittel)s") % {"tittel": prosjekt.tittel},
            tekst=_("Et bilde, et vedlegg eller en lenke. Rett det, eller slett det."),
            adresse=reverse("prosjekter:filer", args=[prosjekt.slug]),
        )


def vil_bli_med(bruker):
    """Requests for the organisations I lead; for KS, those nobody else will answer."""
    mine = Q(organisasjon__in=organisasjon_ider(bruker, Rolle.ANSVARLIG))
    if er_moderator(bruker):
        ansvarlige = Medlemskap.objects.aktive().filter(rolle=Rolle.ANSVARLIG, bruker__is_active=True)
        mine |= ~Q(organisasjon__in=ansvarlige.values("organisasjon"))
    soknader = Medlemskapssoknad.objects.apne().filter(mine).select_related("bruker", "organisasjon")
    for soknad in soknader[:VISTE]:
        yield Gjoremal(
            hva=_("%(navn)s vil bli med i %(sted)s") % {"navn": soknad.bruker, "sted": soknad.organisasjon},
            tekst=f"«{soknad.begrunnelse}»" if soknad.begrunnelse else soknad.bruker.email,
            adresse=reverse("organisasjoner:styr", args=[soknad.organisasjon.slug]),
            knapp=_("Godkjenn"),
            knappeadresse=reverse("organisasjoner:godkjenn", args=[soknad.organisasjon.slug, soknad.pk]),
        )


def hos_ks(bruker):
    """The two parts of the queue that wait for KS."""
    if not er_moderator(bruker):
        return
    saker = Modereringssak.objects.synlige_for(bruker)
    ko = reverse("prosjekter:ko")
    for del_, vis, en, flere in (
        (saker.til_vurdering(), "venter", _("%(n)s prosjekt venter på KS"), _("%(n)s prosjekter venter på KS")),
        (
            saker.etterkontroll(),
            "etterkontroll",
            _("%(n)s prosjekt å se på etterpå"),
            _("%(n)s prosjekter å se på etterpå"),
        ),
    ):
        tall = del_.order_by().aggregate(antall=Count("pk"), eldste=Min("innsendt_tid"))
        if tall["antall"]:
            yield Gjoremal(
                hva=(en if tall["antall"] == 1 else flere) % {"n": tall["antall"]},
                tekst=_("Det eldste kom %(dato)s.") % {"dato": date_format(timezone.localtime(tall["eldste"]), "j. F")},
                adresse=f"{ko}?vis={vis}",
            )


def meldt_innhold(bruker):
    """What readers have reported to KS."""
    if antall := Innholdsmelding.objects.synlige_for(bruker).apne().count():
        yield Gjoremal(
            hva=ngettext("%(n)s melding om innhold", "%(n)s meldinger om innhold", antall) % {"n": antall},
            tekst=_("Noen mener det ikke hører hjemme her."),
            adresse=reverse("prosjekter:innholdsmeldinger"),
        )


def missionforslag(bruker):
    """Proposals to the missions I look after, and to those nobody looks after yet."""
    forslag = Missiontilknytning.objects.ventende_for(bruker).order_by()
    for tittel, antall in (
        forslag.values_list("mission__tittel").annotate(n=Count("pk")).order_by("-n", "mission")[:VISTE]
    ):
        yield Gjoremal(
            hva=ngettext(
                "%(antall)s prosjekt er foreslått til %(mission)s",
                "%(antall)s prosjekter er foreslått til %(mission)s",
                antall,
            )
            % {"antall": antall, "mission": tittel},
            tekst=_("Si ja eller nei, med grunn."),
            adresse=f"{reverse('prosjekter:ko')}?vis=missions",
        )


def utfordringer_hos_ks(bruker):
    """Needs many enough have signed, and new ones nobody in KS has looked at."""
    if not kan_behandle_utfordring(bruker):
        return
    for antall, en, flere, tekst in (
        (
            Utfordring.objects.venter_pa_kurator().count(),
            _("%(n)s utfordring har nok underskrifter"),
            _("%(n)s utfordringer har nok underskrifter"),
            _("Svar, ta den inn i en mission, eller slå den sammen med en annen."),
        ),
        (
            Utfordring.objects.ikke_sett().count(),
            _("%(n)s ny utfordring å se på"),
            _("%(n)s nye utfordringer å se på"),
            _("De er publisert alt."),
        ),
    ):
        if antall:
            yield Gjoremal(
                hva=(en if antall == 1 else flere) % {"n": antall}, tekst=tekst, adresse=reverse("utfordringer:ko")
            )


def barrierer_hos_ks(bruker):
    """What projects have said stands in their way, and nobody in KS has answered."""
    if not kan_behandle_barrierer(bruker):
        return
    venter = Barriere.objects.synlige_for(bruker).meldte().filter(policylab_status__in=VENTER)
    if antall := venter.order_by().count():
        yield Gjoremal(
            hva=ngettext("%(n)s barriere venter på svar", "%(n)s barrierer venter på svar", antall) % {"n": antall},
            tekst=_("Noe står i veien for et prosjekt. Si hva som gjelder."),
            adresse=reverse("barrierer:ko"),
        )


def invitasjoner(bruker):
    """Projects my organisations are asked to do together with others."""
    apne = Prosjektinvitasjon.objects.gyldige().til(bruker).exclude(prosjekt__status=Status.ARKIVERT)
    for invitasjon in apne.select_related("prosjekt__eier", "organisasjon")[:VISTE]:
        yield Gjoremal(
            hva=_("Bli med i %(tittel)s") % {"tittel": invitasjon.prosjekt.tittel},
            tekst=_("%(eier)s inviterer %(oss)s.") % {"eier": invitasjon.prosjekt.eier, "oss": invitasjon.organisasjon},
            adresse=reverse("prosjekter:invitasjon", args=[invitasjon.prosjekt.slug]),
            naar=invitasjon.tid,
        )


def bedt_om_hjelp(bruker):
    """Projects where I am asked to help, myself."""
    for rad in Hjelper.objects.til(bruker).select_related("prosjekt__eier")[:VISTE]:
        yield Gjoremal(
            hva=_("Vil du hjelpe til med %(tittel)s?") % {"tittel": rad.prosjekt.tittel},
            tekst=_("%(eier)s spør deg.") % {"eier": rad.prosjekt.eier},
            adresse=reverse("prosjekter:hjelp", args=[rad.nokkel]),
            naar=rad.invitert_tid,
        )


def samspill_uten_svar(bruker):
    """What others say about our projects, where our answer matters."""
    rader = Komplementaritet.objects.synlige_for(bruker).ubesvarte_til(bruker).for_visning()
    for rad in rader.order_by("-endret_tid", "-pk")[:VISTE]:
        yield Gjoremal(
            hva=_("Ser dere det likt? «%(fra)s» %(slik)s «%(til)s»")
            % {"fra": rad.fra, "slik": i_ord(rad), "til": rad.til_prosjekt},
            tekst=_("%(eier)s sier det. Svar med et ord eller to.") % {"eier": rad.fra.eier},
            adresse=rad.get_absolute_url(),
            naar=rad.endret_tid,
        )


def overtakelser(bruker):
    """Somebody asks to look after a project, or to own it, and I decide."""
    venter = Overtakelse.objects.som_venter_paa(bruker).exclude(prosjekt__status=Status.ARKIVERT)
    for rad in venter.select_related("prosjekt", "organisasjon", "bedt_av")[:VISTE]:
        yield Gjoremal(
            hva=_("Svar om å overta %(tittel)s") % {"tittel": rad.prosjekt.tittel},
            tekst=hva_det_gjelder(rad),
            adresse=reverse("prosjekter:overtakelse", args=[rad.prosjekt.slug, rad.pk]),
            naar=rad.tid,
        )


# My projects


def mine_prosjekter(bruker, utvalg, side):
    """Pages of projects, and how many there are in each state. Begins with mine, when I look after any."""
    alle = Prosjekt.objects.synlige_for(bruker)
    egne, felles = alle.filter(ansvarlig=bruker), alle.filter(eier__in=organisasjon_ider(bruker))
    vis = utvalg.valg("vis") or (Utvalg.MINE if egne.exists() else Utvalg.ORGANISASJON)
    grunnlag = egne if vis == Utvalg.MINE else felles
    antall = dict(grunnlag.order_by().values_list("status").annotate(n=Count("pk")))
    status = utvalg.valg("status")
    rader = grunnlag.filter(status=status) if status else grunnlag.exclude(status=Status.ARKIVERT)
    viste = Paginator(rader.for_kort().order_by("-endret_tid", "-pk"), PER_SIDE).get_page(side)
    egne_steder = arbeider_for(bruker)
    return {
        "side": viste,
        "loggbare": {p.pk for p in viste if p.eier_id in egne_steder and p.status != Status.ARKIVERT},
        "status": status,
        "vis": vis,
        "hvem": [(verdi, navn, verdi == vis) for verdi, navn in utvalg.fields["vis"].choices],
        "tellinger": [
            {"verdi": s.value, "navn": s.label, "antall": antall[s.value], "valgt": s.value == status}
            for s in Status
            if s.value in antall
        ],
        "finnes": bool(antall),
    }
