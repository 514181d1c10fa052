"""Save a search, confirm it, look after it, leave. All without an account: the link in the mail is the key.

Nothing here sets a session for someone who is not signed in: what was done is told by the address.
"""

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from abonnement import handlinger, treff
from abonnement.forms import Abonnementsskjema, Valgskjema
from abonnement.kodeverk import Hyppighet, Liste
from abonnement.lister import LISTER
from abonnement.models import MAKS_TEGN, Abonnent
from partnerskap.felles.forms import data_fra

# What the page says after a button was pressed; the address carries the word.
GJORT = {
    "lagret": gettext_lazy("Søket er lagret. Du får e-post når det kommer noe nytt."),
    Valgskjema.PAUSE: gettext_lazy("Søket er på pause. Det som kommer imens, får du når du fortsetter."),
    Valgskjema.FORTSETT: gettext_lazy("Søket er i gang."),
    Valgskjema.SLETT: gettext_lazy("Søket er slettet."),
    Hyppighet.DAGLIG.value: gettext_lazy("Nå får du e-post hver dag det har kommet noe nytt."),
    Hyppighet.UKENTLIG.value: gettext_lazy("Nå får du e-post hver mandag, når det har kommet noe nytt."),
    "angret": gettext_lazy("Du får e-post igjen, som før."),
    "prover": gettext_lazy("Vi prøver igjen. Det du ikke fikk, kommer i neste e-post."),
}
VIRKER_IKKE = {
    "utlopt": gettext_lazy(
        "Den virker i sju dager, og det har gått lengre tid. Lagre søket en gang til, så får du en ny."
    ),
    "ugyldig": gettext_lazy("Adressen er ikke hel. Prøv å kopiere hele lenken fra e-posten."),
    "borte": gettext_lazy("Søket er slettet, og vi sender ikke mer. Vil du ha det tilbake, kan du lagre det på nytt."),
}


def aapen(view):
    """For anyone, and kept by nobody on the way."""
    return login_not_required(never_cache(view))


# Saving


@aapen
def ny(request, liste=Liste.PROSJEKTER):
    """Say what is saved, and ask where to and how often. The query string is the list's own."""
    hva = LISTER[liste]
    filter_ = treff.filter_for(request.GET, request.user, liste)
    sporring, navn = treff.normalisert(filter_), treff.i_ord(filter_, liste)
    skjema = Abonnementsskjema(data_fra(request), bruker=request.user)
    kan_lagres = not filter_.ukjente and len(sporring) <= MAKS_TEGN
    if request.method == "POST" and kan_lagres and skjema.is_valid():
        sok = {"liste": liste, "sporring": sporring, "navn": navn, "hyppighet": skjema.cleaned_data["hyppighet"]}
        if not request.user.is_authenticated:
            return _be_om_bekreftelse(request, skjema.cleaned_data["email"], sok)
        if handlinger.lagre(email=request.user.email, **sok):
            return redirect(f"{reverse('abonnement:mine')}?gjort=lagret")
        skjema.add_error(
            None, _("Du har %s lagrede søk. Slett et du ikke trenger, og prøv igjen.") % handlinger.MAKS_SOK
        )
    antall = filter_.qs.count()
    return render(
        request,
        "abonnement/ny.html",
        {
            "hva": hva,
            "filter": filter_,
            "skjema": skjema,
            "navn": navn,
            "naa": hva.ingen if treff.er_vag(filter_) or not antall else hva.naa % {"antall": antall},
            "kan_lagres": kan_lagres,
            "for_langt": len(sporring) > MAKS_TEGN,
            "uten_ukjente": f"{request.path}?{sporring}",
            "listen": _med(reverse(hva.liste), sporring),
            "feed_adresse": _med(reverse(hva.feed), sporring),
        },
    )


def _be_om_bekreftelse(request, email, sok):
    """The answer is the same whether or not the address is known, and whether or not a mail goes out."""
    if ratelimit.consume(request, action="lagre_sok_adresse", key=email):
        handlinger.be_om_bekreftelse(email=email, **sok)
    return redirect(_med(reverse(LISTER[sok["liste"]].sendt), sok["sporring"]))


def _med(sti, sporring):
    return f"{sti}?{sporring}" if sporring else sti


@aapen
def sendt(request, liste=Liste.PROSJEKTER):
    """«Look in your mail.» The way back is to the same list."""
    hva, sporring = LISTER[liste], treff.normalisert(treff.filter_for(request.GET, request.user, liste))
    return render(
        request,
        "abonnement/sendt.html",
        {"listen": _med(reverse(hva.liste), sporring), "igjen": _med(reverse(hva.ny), sporring)},
    )


# Confirming


@aapen
def bekreft(request, hemmelighet):
    """Mail programs and their guards open links; only the button confirms."""
    sok, hvorfor_ikke = handlinger.finn_bekreftelse(hemmelighet)
    if sok is None:
        return _virker_ikke(request, hvorfor_ikke)
    er_fra_for = sok.er_virksomt
    if request.method == "POST":
        handlinger.bekreft(sok)
        sok.refresh_from_db()
    return render(request, "abonnement/bekreft.html", {"sok": sok, "abonnent": sok.abonnent, "er_fra_for": er_fra_for})


def _virker_ikke(request, hvorfor="borte"):
    tekst = VIRKER_IKKE[hvorfor]
    return render(request, "abonnement/virker_ikke.html", {"tekst": tekst}, status=404)


# Looking after


@never_cache
def mine(request):
    """Those of the one who is signed in: the address is the account's."""
    return _oversikt(request, Abonnent.objects.filter(email=request.user.email).first())


@aapen
def styr(request, hemmelighet):
    """Those of the one who has the link."""
    abonnent = _finn(hemmelighet)
    return _oversikt(request, abonnent) if abonnent else _virker_ikke(request)


def _oversikt(request, abonnent):
    alle = list(abonnent.sok.all()) if abonnent else []
    return render(
        request,
        "abonnement/styr.html",
        {
            "abonnent": abonnent,
            "alle": alle,
            "slettes": _slettes(alle),
            "er_min_side": request.resolver_match.url_name == "mine",
            "gjort": GJORT.get(request.GET.get("gjort"), ""),
        },
    )


def _slettes(alle):
    """When what has been stopped is erased, or None when nothing has."""
    stoppet = [sok.avmeldt_tid for sok in alle if sok.avmeldt_tid]
    return max(stoppet) + handlinger.FRIST if stoppet else None


def _finn(hemmelighet):
    return Abonnent.objects.filter(hemmelighet=hemmelighet).first()


def _krev(hemmelighet):
    return get_object_or_404(Abonnent, hemmelighet=hemmelighet)


def _tilbake(request, abonnent, gjort):
    if not Abonnent.objects.filter(pk=abonnent.pk).exists():
        return redirect("abonnement:slettet")
    egen = request.user.is_authenticated and request.user.email == abonnent.email
    return redirect(
        f"{reverse('abonnement:mine') if egen else abonnent.get_absolute_url()}?{urlencode({'gjort': gjort})}"
    )


@aapen
@require_POST
def endre(request, hemmelighet, pk):
    """One button on one search."""
    abonnent = _krev(hemmelighet)
    sok = get_object_or_404(abonnent.sok, pk=pk)
    skjema = Valgskjema(request.POST)
    if not skjema.is_valid():
        raise Http404
    gjor = skjema.cleaned_data["gjor"]
    if gjor == Valgskjema.PAUSE:
        handlinger.pause(sok)
    elif gjor == Valgskjema.FORTSETT:
        handlinger.fortsett(sok)
    elif gjor == Valgskjema.SLETT:
        handlinger.slett_sok(sok)
    else:
        handlinger.endre_hyppighet(sok, gjor)
    return _tilbake(request, abonnent, gjor)


@aapen
@require_POST
def prov_igjen(request, hemmelighet):
    abonnent = _krev(hemmelighet)
    handlinger.prov_igjen(abonnent)
    return _tilbake(request, abonnent, "prover")


# Leaving


@csrf_exempt  # RFC 8058: the mail program posts here by itself. The secret in the address is the proof.
@aapen
def stopp(request, hemmelighet):
    """Stop all mail to the address, with one click in the mail program or the button on this page."""
    abonnent = _finn(hemmelighet)
    if abonnent is None:
        return _virker_ikke(request)
    if request.method == "POST":
        handlinger.meld_av(abonnent)
    alle = list(abonnent.sok.all())
    slettes = _slettes(alle) if all(sok.avmeldt_tid for sok in alle) else None
    return render(request, "abonnement/stopp.html", {"abonnent": abonnent, "slettes": slettes})


@aapen
@require_POST
def angre(request, hemmelighet):
    abonnent = _krev(hemmelighet)
    handlinger.angre(abonnent)
    return _tilbake(request, abonnent, "angret")


@aapen
@require_POST
def slett(request, hemmelighet):
    handlinger.slett(_krev(hemmelighet))
    return redirect("abonnement:slettet")


@aapen
def slettet(request):
    return render(request, "abonnement/slettet.html")
