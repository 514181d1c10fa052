"""End a membership and hand over what the leaver looks after, in one deed: who is in an organisation is kommuner's,
the projects are prosjekter's, and neither may know the other.
"""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommuner import handlinger as medlemshandlinger
from kommuner import tilgang
from kommuner.models import Bruker, Medlemskap
from partnerskap.felles.forms import data_fra
from partnerskap.felles.tilgang import krev
from prosjekter.handlinger import prosjekt as prosjekthandlinger
from prosjekter.models import Prosjekt

VISTE = 10


class Avslutningsskjema(forms.Form):
    """Asks only what has to be asked: who takes over, when there is something to take over and someone to do it."""

    merk_valgfritt = False
    til = forms.ModelChoiceField(
        queryset=Bruker.objects.none(),
        required=False,
        label=gettext_lazy("Hvem tar over prosjektene?"),
        empty_label=gettext_lazy("Ingen ennå: de blir stående på organisasjonen"),
        help_text=gettext_lazy("Den du velger, får beskjed på e-post."),
    )
    bekreft = forms.BooleanField(
        label=gettext_lazy("Ja, jeg vet at organisasjonen blir stående uten noen i denne rollen"),
        error_messages={"required": gettext_lazy("Kryss av for at du vet det.")},
    )

    def __init__(self, *args, kolleger, er_siste, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["til"].queryset = kolleger
        if not kolleger:
            del self.fields["til"]
        if not er_siste:
            del self.fields["bekreft"]


def kolleger_til(bruker, organisasjon):
    """Those who can take over: everyone else who is in the organisation today."""
    aktive = Medlemskap.objects.aktive().filter(organisasjon=organisasjon)
    return Bruker.objects.virksomme().filter(medlemskap__in=aktive).exclude(pk=bruker.pk).distinct()


def ansvar_i(bruker, organisasjon):
    return Prosjekt.objects.filter(ansvarlig=bruker, eier=organisasjon).order_by("sorteringsnokkel", "pk")


@transaction.atomic
def avslutt(medlemskap, *, til, av):
    """The projects first, while the one who leaves may still hand them over."""
    bruker, organisasjon = medlemskap.bruker, medlemskap.organisasjon
    if not har_annen_rolle(medlemskap):
        prosjekthandlinger.overfor_ansvar(fra=bruker, til=til, organisasjon=organisasjon, av=av)
    return medlemshandlinger.avslutt_medlemskap(medlemskap, av=av)


def har_annen_rolle(medlemskap):
    """Stays in the organisation, and keeps the projects."""
    andre = medlemskap.bruker.medlemskap.aktive().filter(organisasjon=medlemskap.organisasjon_id)
    return andre.exclude(pk=medlemskap.pk).exists()


def avslutt_medlemskap(request, slug, pk):
    medlemskap = get_object_or_404(
        Medlemskap.objects.aktive().select_related("bruker", "organisasjon"), organisasjon__slug=slug, pk=pk
    )
    organisasjon, egen = medlemskap.organisasjon, medlemskap.bruker_id == request.user.pk
    if not egen and not tilgang.kan_styre_medlemmer(request.user, organisasjon):
        raise Http404  # who is in an organisation is not for everyone
    krev(tilgang.kan_avslutte_medlemskap, request.user, medlemskap)

    prosjekter = Prosjekt.objects.none() if har_annen_rolle(medlemskap) else ansvar_i(medlemskap.bruker, organisasjon)
    antall = prosjekter.count()
    skjema = Avslutningsskjema(
        data_fra(request),
        kolleger=kolleger_til(medlemskap.bruker, organisasjon) if antall else Bruker.objects.none(),
        er_siste=medlemskap.er_siste_med_rollen,
    )
    if request.method == "POST" and skjema.is_valid():
        if avslutt(medlemskap, til=skjema.cleaned_data.get("til"), av=request.user):
            messages.success(request, _("Medlemskapet er avsluttet."))
        styrer = tilgang.kan_styre_medlemmer(request.user, organisasjon)
        return redirect("organisasjoner:styr", slug) if styrer else redirect("minside")
    return render(
        request,
        "organisasjoner/avslutt.html",
        {
            "medlemskap": medlemskap,
            "organisasjon": organisasjon,
            "egen": egen,
            "skjema": skjema,
            "prosjekter": prosjekter[:VISTE],
            "antall": antall,
            "viser_eksempeldata": organisasjon.er_eksempel,
            "flere": max(antall - VISTE, 0),
        },
    )
