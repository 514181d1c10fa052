"""The package for those who want to do the same, and «Kan dette virke hos oss?»."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partnerskap.felles import gjenopptak
from partnerskap.felles.felles_sider import for_alle
from partnerskap.felles.versjon import Konflikt, til_visning
from prosjekter.deling import LISENSADRESSER
from prosjekter.forms.gjenbruksvurdering import Vurdering, organisasjoner
from prosjekter.handlinger import gjenbruk as gjenbruk_handlinger
from prosjekter.kodeverk import Status, Synlighet
from prosjekter.krav import PAKKEFELT
from prosjekter.models import Gjenbruksvurdering, Prosjekttekst
from prosjekter.sidedata import fil as fildata
from prosjekter.sidedata import gjenbruk as gjenbruksdata
from prosjekter.sidedata import prosjekt as sidedata
from prosjekter.views.registrering import hent

VILKAR = tuple(felt for felt in PAKKEFELT if felt.startswith("vilkar_"))


def _kontekst(request, prosjekt):
    return {
        "prosjekt": prosjekt,
        "er_apent": prosjekt.status == Status.PUBLISERT and prosjekt.synlighet == Synlighet.APEN,
        "viser_eksempeldata": prosjekt.er_eksempel,
        "kan_bruke": gjenbruksdata.kan_bruke(prosjekt, request.user),
    }


@for_alle
def pakke(request, slug):
    prosjekt = hent(request, slug)
    if prosjekt.slug != slug:
        return redirect("prosjekter:gjenbrukspakke", prosjekt.slug, permanent=True)
    kontekst = _kontekst(request, prosjekt) | {
        "kjerne": sidedata.tekstdeler(prosjekt, ("kjerne", "lokalt")),
        "vilkar": sidedata.tekstdeler(prosjekt, (*VILKAR, "forutsetninger", "okonomi", "avvikling")),
        "laering": sidedata.tekstdeler(prosjekt, ("laering",)),
        "lenketekst": prosjekt.tekst.lenker if hasattr(prosjekt, "tekst") else "",
        "filer": fildata.for_prosjektside(prosjekt),
        "erfaringer": gjenbruksdata.erfaringer(prosjekt, request.user),
        "lisensadresse": LISENSADRESSER.get(prosjekt.lisens),
    }
    return render(request, "gjenbruk/pakke.html", kontekst)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sjekkliste(request, slug):
    """Anyone may fill it in and print it. Those who are signed in may save it for their own organisation."""
    prosjekt = hent(request, slug)
    if request.method == "POST" and not request.user.is_authenticated:
        return redirect_to_login(request.path)
    egne = organisasjoner(request.user) if request.user.is_authenticated else []
    organisasjon = _valgt(egne, request.POST.get("hvem") or request.GET.get("hvem"))
    lagret = _lagret(request, prosjekt, organisasjon)
    data = request.POST if request.method == "POST" else gjenopptak.hent(request)
    skrevet = {} if organisasjon else {navn: verdi for navn, verdi in request.GET.items() if navn != "hvem"}
    skjema = Vurdering(data, vurdering=lagret, initial=skrevet)
    konflikt = None
    if request.method == "POST" and organisasjon and skjema.is_valid():
        try:
            gjenbruk_handlinger.lagre_vurdering(
                prosjekt,
                organisasjon=organisasjon,
                verdier=skjema.verdier,
                versjon=skjema.cleaned_data["versjon"],
                av=request.user,
            )
        except Konflikt as feil:
            skjema = Vurdering(vurdering=_lagret(request, prosjekt, organisasjon), initial=feil.verdier)
            konflikt = til_visning(feil, skjema, request.user)
        else:
            gjenopptak.glem(request)
            messages.success(request, _("Lagret for %s. Bare dere ser det.") % organisasjon)
            return redirect(f"{reverse('prosjekter:sjekkliste', args=[prosjekt.slug])}?hvem={organisasjon.pk}")
    kontekst = _kontekst(request, prosjekt) | {
        "skjema": skjema,
        "punkter": list(skjema.punkter(Prosjekttekst.objects.filter(prosjekt=prosjekt).first())),
        "egne": egne,
        "organisasjon": organisasjon,
        "lagret": lagret,
        "konflikt": konflikt,
        "skjemaeier": gjenopptak.merke(request.user),
        "gjenopptatt": request.method != "POST" and skjema.is_bound,
    }
    return render(request, "gjenbruk/sjekkliste.html", kontekst, status=409 if konflikt else 200)


def _valgt(egne, hvem):
    return next((o for o in egne if str(o.pk) == hvem), egne[0] if egne else None)


def _lagret(request, prosjekt, organisasjon):
    if organisasjon is None:
        return None
    egne = Gjenbruksvurdering.objects.synlige_for(request.user).select_related("endret_av")
    return egne.filter(prosjekt=prosjekt, organisasjon=organisasjon).first()
