"""Helping with one project: asking a person, her answer, and the end of it."""

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from partnerskap.felles.tilgang import krev
from prosjekter import tilgang
from prosjekter.forms.deltakelse import BeOmHjelp
from prosjekter.handlinger import hjelp as handlinger
from prosjekter.models import Hjelper, Prosjekt
from prosjekter.views.deltakelse import bekreft, vis
from prosjekter.views.registrering import finnes_fortsatt, hent


@require_POST
@finnes_fortsatt
def inviter_person(request, slug):
    prosjekt = hent(request, slug, tilgang.kan_be_om_hjelp)
    skjema = BeOmHjelp(request.POST)
    if skjema.is_valid():
        if not ratelimit.consume(request, action="inviter"):
            skjema.add_error(None, _("Du har sendt mange invitasjoner på kort tid. Vent en time, og prøv igjen."))
        else:
            rad = handlinger.inviter(prosjekt, av=request.user, **skjema.cleaned_data)
            messages.success(request, _kvittering(rad))
            return redirect("prosjekter:deltakelse", prosjekt.slug)
    return vis(request, prosjekt, skjema)


def _kvittering(rad):
    if rad is None:
        return _("Det er en kollega. Vi har sendt en e-post med lenke til prosjektet.")
    if not rad.er_invitasjon:
        return _("%s hjelper til allerede.") % rad
    return _("Invitasjonen er sendt til %s.") % rad.email


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hjelp(request, nokkel):
    """Shows what the invited must know to answer, and no more; to any other address nothing of the project."""
    rad = Hjelper.objects.select_related("prosjekt__eier", "invitert_av").filter(nokkel=nokkel).first()
    if rad and rad.bruker_id == request.user.pk:  # a second click, or the letter opened again
        return _til_prosjektet(request, rad.prosjekt)
    if rad is None or not rad.er_invitasjon:
        return render(request, "hjelp/virker_ikke.html", status=404)
    if not tilgang.kan_svare_om_hjelp(request.user, rad):
        return render(request, "hjelp/annen_adresse.html", status=403)
    if request.method == "POST" and request.POST.get("svar") in ("ja", "nei"):
        return _svar(request, rad, ja=request.POST["svar"] == "ja")
    kontekst = {
        "rad": rad,
        "prosjekt": rad.prosjekt,
        "hindring": handlinger.hindring(rad),
        "viser_eksempeldata": rad.prosjekt.er_eksempel,
    }
    return render(request, "hjelp/hjelp.html", kontekst)


def _svar(request, rad, *, ja):
    if ja and not request.user.navn:
        messages.info(request, _("Skriv navnet ditt først. De andre i prosjektet ser det, og ikke e-postadressen din."))
        return redirect(f"{reverse('profil:navn')}?next={request.path}")
    try:
        handlinger.svar(rad, ja=ja, av=request.user)
    except handlinger.Hindret as feil:
        messages.info(request, feil.melding)
        return redirect("prosjekter:hjelp", rad.nokkel)
    if not ja:
        messages.success(request, _("Svaret er sendt. Invitasjonen er borte."))
        return redirect("minside")
    messages.success(request, _("Takk for at du hjelper til. Her kan du skrive."))
    return _til_prosjektet(request, rad.prosjekt)


def _til_prosjektet(request, prosjekt):
    if tilgang.kan_skrive(request.user, Prosjekt.objects.get(pk=prosjekt.pk)):
        return redirect("prosjekter:rediger", prosjekt.slug)
    return redirect(prosjekt)


@finnes_fortsatt
def avslutt_hjelp(request, slug, pk):
    """GET asks, POST does: the helper leaves, or the owner lets her go or takes the invitation back."""
    prosjekt = hent(request, slug)
    rad = prosjekt.hjelpere.select_related("bruker").filter(pk=pk).first()
    er_eier = tilgang.er_eier(request.user, prosjekt)
    tilbake = reverse("prosjekter:deltakelse", args=[prosjekt.slug]) if er_eier else reverse("minside")
    if rad is None:
        if not er_eier:
            raise Http404
        return redirect(tilbake)  # gone already: a second click
    rad.prosjekt = prosjekt
    krev(tilgang.kan_avslutte_hjelp, request.user, rad)
    er_meg = rad.bruker_id == request.user.pk
    if request.method == "POST":
        handlinger.avslutt(rad, av=request.user)
        messages.success(request, _("Gjort. Det som er skrevet, står."))
        return redirect(reverse("minside") if er_meg else tilbake)
    if rad.er_invitasjon:
        ord_ = (
            _("Trekke invitasjonen?"),
            _("Lenken i e-posten slutter å virke. Du kan be om hjelp igjen senere."),
            _("Trekk invitasjonen"),
        )
    elif er_meg:
        ord_ = (
            _("Slutte å hjelpe til med «%s»?") % prosjekt.tittel,
            _("Det du har skrevet, står. Du kan ikke endre det lenger."),
            _("Ja, jeg slutter"),
        )
    else:
        ord_ = (
            _("Skal %s slutte å hjelpe til?") % rad.bruker,
            _("Det hun eller han har skrevet, står. Du kan be om hjelp igjen senere."),
            _("Avslutt hjelpen"),
        )
    return bekreft(request, prosjekt, *ord_, tilbake)
