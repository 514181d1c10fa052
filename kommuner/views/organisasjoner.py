"""Find an organisation and ask to join; and, for its lead and KS, say who is in it."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kommuner import handlinger, tilgang
from kommuner.forms import (
    Invitasjonsskjema,
    Organisasjonsskjema,
    Organisasjonssok,
    Rolleskjema,
    Soknadsskjema,
    Svarskjema,
)
from kommuner.models import Medlemskap, Medlemskapssoknad, Organisasjon
from partnerskap.felles.forms import data_fra
from partnerskap.felles.tilgang import krev

PER_SIDE = 30


def finn(request):
    sok = Organisasjonssok(request.GET)
    treff = sok.treff(Organisasjon.objects.aktive().select_related("kommune__fylke", "fylke"))
    sporsmal = request.user.soknader.filter(svar="").values_list("organisasjon_id", flat=True)
    return render(
        request,
        "organisasjoner/finn.html",
        {
            "sok": sok,
            "side": Paginator(treff, PER_SIDE).get_page(request.GET.get("side")),
            "er_med_i": {m.organisasjon_id for m in tilgang.medlemskap(request.user)},
            "har_spurt": set(sporsmal),
            "er_moderator": tilgang.er_moderator(request.user),
        },
    )


def bli_med(request, slug):
    organisasjon = get_object_or_404(Organisasjon, slug=slug)
    if organisasjon.opphort_dato and organisasjon.virksom:
        return redirect("organisasjoner:bli_med", organisasjon.virksom.slug)
    soknad = request.user.soknader.filter(organisasjon=organisasjon, svar="").first()
    kan_soke = tilgang.kan_soke_medlemskap(request.user, organisasjon)
    skjema = Soknadsskjema(data_fra(request))
    if request.method == "POST" and kan_soke and skjema.is_valid():
        if not ratelimit.consume(request, action="sok_medlemskap"):
            skjema.add_error(None, _("Du har spurt mange på kort tid. Vent en time, og prøv igjen."))
        else:
            handlinger.sok_medlemskap(organisasjon, av=request.user, **skjema.cleaned_data)
            messages.success(request, _("Vi har spurt for deg. Du får svar på e-post."))
            return redirect("minside")
    return render(
        request,
        "organisasjoner/bli_med.html",
        {"organisasjon": organisasjon, "skjema": skjema, "soknad": soknad, "kan_soke": kan_soke},
    )


# For the lead and KS


def _organisasjon(request, slug):
    """Organisations are public; who is in them is for their lead and KS."""
    organisasjon = get_object_or_404(Organisasjon, slug=slug)
    krev(tilgang.kan_styre_medlemmer, request.user, organisasjon)
    return organisasjon


def _tilbake(organisasjon):
    return redirect("organisasjoner:styr", organisasjon.slug)


def styr(request, slug):
    organisasjon = _organisasjon(request, slug)
    medlemmer = Paginator(
        organisasjon.medlemskap.aktive()
        .select_related("bruker", "godkjent_av", "organisasjon")
        .order_by("bruker__sorteringsnokkel", "pk"),
        PER_SIDE,
    ).get_page(request.GET.get("side"))
    roller = tilgang.roller_aa_gi(request.user, organisasjon)
    return render(
        request,
        "organisasjoner/styr.html",
        {
            "organisasjon": organisasjon,
            "medlemmer": medlemmer,
            "roller": roller,
            "soknader": organisasjon.soknader.apne().select_related("bruker")[:PER_SIDE],
            "invitasjoner": organisasjon.invitasjoner.ubesvarte().select_related("invitert_av")[:PER_SIDE],
            "tidligere": organisasjon.medlemskap.tidligere().select_related("bruker")[:10],
            "domener": organisasjon.nettdomener.all(),
            "viser_eksempeldata": organisasjon.er_eksempel,
            "har_ansvarlig": Medlemskap.objects.ansvarlige(organisasjon).exists(),
        },
    )


def inviter(request, slug):
    organisasjon = _organisasjon(request, slug)
    skjema = Invitasjonsskjema(data_fra(request), roller=tilgang.roller_aa_gi(request.user, organisasjon))
    if request.method == "POST" and skjema.is_valid():
        if not ratelimit.consume(request, action="inviter"):
            skjema.add_error(None, _("Du har sendt mange invitasjoner på kort tid. Vent en time, og prøv igjen."))
        else:
            handlinger.inviter(organisasjon, av=request.user, **skjema.cleaned_data)
            messages.success(
                request, _("Invitasjonen er sendt til %(epost)s.") % {"epost": skjema.cleaned_data["email"]}
            )
            return _tilbake(organisasjon)
    return render(request, "organisasjoner/inviter.html", {"organisasjon": organisasjon, "skjema": skjema})


def innstillinger(request, slug):
    organisasjon = _organisasjon(request, slug)
    skjema = Organisasjonsskjema(data_fra(request), instance=organisasjon)
    if request.method == "POST" and skjema.is_valid():
        handlinger.lagre_innstillinger(skjema)
        messages.success(request, _("Innstillingene er lagret."))
        return _tilbake(organisasjon)
    return render(request, "organisasjoner/innstillinger.html", {"organisasjon": organisasjon, "skjema": skjema})


def rolle(request, slug, pk):
    organisasjon = _organisasjon(request, slug)
    medlemskap = get_object_or_404(
        Medlemskap.objects.aktive().select_related("bruker", "organisasjon"), organisasjon=organisasjon, pk=pk
    )
    krev(tilgang.kan_endre_medlemskap, request.user, medlemskap)
    skjema = Rolleskjema(
        data_fra(request),
        initial={"rolle": medlemskap.rolle},
        roller=tilgang.roller_aa_gi(request.user, organisasjon),
        maa_bekreftes=medlemskap.er_siste_med_rollen,
    )
    if request.method == "POST" and skjema.is_valid():
        if handlinger.endre_rolle(medlemskap, rolle=skjema.cleaned_data["rolle"], av=request.user):
            messages.success(request, _("Rollen er endret."))
        return (
            _tilbake(organisasjon) if tilgang.kan_styre_medlemmer(request.user, organisasjon) else redirect("minside")
        )
    return render(
        request,
        "organisasjoner/rolle.html",
        {"organisasjon": organisasjon, "medlemskap": medlemskap, "skjema": skjema},
    )


def _soknad(organisasjon, pk):
    return get_object_or_404(
        Medlemskapssoknad.objects.select_related("bruker", "organisasjon"), organisasjon=organisasjon, pk=pk
    )


@require_POST
def godkjenn(request, slug, pk):
    organisasjon = _organisasjon(request, slug)
    soknad = _soknad(organisasjon, pk)
    if handlinger.godkjenn_soknad(soknad, av=request.user):
        messages.success(request, _("%(navn)s er med.") % {"navn": soknad.bruker})
    else:
        messages.info(request, _("Denne søknaden er allerede besvart."))
    return redirect("minside") if request.POST.get("tilbake") == "minside" else _tilbake(organisasjon)


def avsla(request, slug, pk):
    organisasjon = _organisasjon(request, slug)
    soknad = _soknad(organisasjon, pk)
    skjema = Svarskjema(data_fra(request))
    if request.method == "POST" and skjema.is_valid():
        if handlinger.avsla_soknad(soknad, av=request.user, **skjema.cleaned_data):
            messages.success(request, _("%(navn)s har fått beskjed.") % {"navn": soknad.bruker})
        else:
            messages.info(request, _("Denne søknaden er allerede besvart."))
        return _tilbake(organisasjon)
    return render(
        request, "organisasjoner/avsla.html", {"organisasjon": organisasjon, "soknad": soknad, "skjema": skjema}
    )


@require_POST
def trekk_soknad(request, slug, pk):
    soknad = get_object_or_404(request.user.soknader, organisasjon__slug=slug, pk=pk)
    if handlinger.trekk_soknad(soknad, av=request.user):
        messages.success(request, _("Du har trukket spørsmålet ditt."))
    return redirect("minside")


@require_POST
def send_invitasjon(request, slug, pk):
    organisasjon = _organisasjon(request, slug)
    invitasjon = get_object_or_404(organisasjon.invitasjoner.select_related("organisasjon"), pk=pk)
    if not ratelimit.consume(request, action="inviter"):
        messages.error(request, _("Du har sendt mange invitasjoner på kort tid. Vent en time, og prøv igjen."))
    elif handlinger.send_invitasjon_igjen(invitasjon, av=request.user):
        messages.success(request, _("Invitasjonen er sendt på nytt til %(epost)s.") % {"epost": invitasjon.email})
    return _tilbake(organisasjon)


@require_POST
def trekk_invitasjon(request, slug, pk):
    organisasjon = _organisasjon(request, slug)
    invitasjon = get_object_or_404(organisasjon.invitasjoner.select_related("organisasjon"), pk=pk)
    if handlinger.trekk_invitasjon(invitasjon, av=request.user):
        messages.success(request, _("Invitasjonen til %(epost)s er trukket.") % {"epost": invitasjon.email})
    return _tilbake(organisasjon)


# For the one who is invited


@login_not_required
@never_cache
def invitasjon(request, hemmelighet):
    """Reading the letter changes nothing; the button does. Every secret that does not work gets the same answer."""
    invitasjon = handlinger.finn_invitasjon(hemmelighet)
    if invitasjon is None:
        return render(request, "organisasjoner/invitasjon_virker_ikke.html", status=404)
    kan_godta = tilgang.kan_godta_invitasjon(request.user, invitasjon)
    if request.method == "POST" and kan_godta:
        if handlinger.godta_invitasjon(invitasjon, av=request.user):
            messages.success(request, _("Velkommen til %(sted)s.") % {"sted": invitasjon.organisasjon})
        return redirect("minside")
    return render(request, "organisasjoner/invitasjon.html", {"invitasjon": invitasjon, "kan_godta": kan_godta})
