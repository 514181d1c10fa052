"""The script's quiet save of a section while somebody writes, and throwing away what was never saved."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from prosjekter import arbeidskopier, krav, skjemakopi, tilgang
from prosjekter.forms import registrering as skjemaer
from prosjekter.sidedata import skjema as skjemadata
from prosjekter.views.registrering import finnes_fortsatt, hent


@require_POST
@finnes_fortsatt
def autolagre(request, slug, seksjon):
    """Takes the changed answers (named in `felt`) and says in JSON what became of them."""
    if seksjon not in krav.SEKSJONER:
        raise Http404
    prosjekt = hent(request, slug, tilgang.kan_skrive)
    felter = [navn for navn in request.POST.getlist("felt") if navn in skjemaer.FELT[seksjon]]
    skjema = skjemaer.Seksjonsskjema(
        request.POST, seksjon=seksjon, prosjekt=prosjekt, svar=krav.les_kolonner(prosjekt), bare=felter,
        laast=tilgang.laaste_svar(request.user, prosjekt),
    )  # fmt: skip
    skjema.is_valid()
    try:
        lagring = arbeidskopier.autolagre(
            prosjekt, seksjon=seksjon, felter=skjemaer.FELT[seksjon], sendt=skjemakopi.les(request.POST, skjema.egne),
            verdier=skjema.verdier, versjon=skjema.cleaned_data.get("versjon", 0),
            nummer=skjema.cleaned_data.get("utkast", 0), av=request.user,
        )  # fmt: skip
    except arbeidskopier.ForMye:
        return JsonResponse({"melding": _("Ikke lagret: det er for mye tekst.")}, status=413)
    return JsonResponse(_svar(lagring, skjema))


def _svar(lagring, skjema):
    return {
        "versjon": lagring.versjon,
        "utkast": lagring.kopi.nummer if lagring.kopi else 0,
        "endret": lagring.endret,
        "ikke_tatt": lagring.andre_vindu,
        "felter": _felter(lagring, skjema.seksjon),
        "maa_ordnes": bool(lagring.konflikt or lagring.andre_vindu or skjema.errors),
        "melding": " ".join(_meldinger(lagring, skjema)),
    }


def _felter(lagring, seksjon):
    """What the page should take in, as the fields look in it."""
    if not lagring.andres:
        return {}
    svar = krav.les(lagring.prosjekt)
    skjema = skjemaer.Seksjonsskjema(seksjon=seksjon, prosjekt=lagring.prosjekt, svar=svar).fyll(lagring.kopi)
    return {navn: skjema[navn].as_field_group() for navn in lagring.andres if navn in skjema.fields}


def _meldinger(lagring, skjema):
    kl = date_format(timezone.localtime(), "H.i")
    if lagring.prosjekt.status in arbeidskopier.BARE_DE_SOM_SKRIVER:
        yield _("Sist lagret kl. %s") % kl
    else:
        yield _("Utkast lagret kl. %s. Bare du ser det til du trykker Lagre.") % kl
    if feil := [navn for navn in skjema.egne if navn in skjema.errors]:
        yield _("Dette må rettes: %s.") % _rekke(feil)
    if lagring.konflikt:
        yield _("%(hvem)s har også endret %(felt)s. Trykk Lagre, så ser du begge tekstene.") % {
            "hvem": lagring.konflikt.hvem or _("Noen"),
            "felt": _rekke(felt.navn for felt in lagring.konflikt.felter),
        }
    if lagring.andre_vindu:
        yield _("Du har skrevet noe annet i et annet vindu: %s. Trykk Lagre, så ser du begge tekstene.") % _rekke(
            lagring.andre_vindu
        )
    elif lagring.andres:
        yield _("Endret et annet sted, og tatt inn her: %s.") % _rekke(lagring.andres)


def _rekke(felter):
    return skjemadata.i_rekke([f"«{skjemaer.etikett(navn)}»" for navn in felter])


@require_POST
@finnes_fortsatt
def forkast(request, slug, seksjon):
    if seksjon not in krav.SEKSJONER:
        raise Http404
    prosjekt = hent(request, slug, tilgang.kan_skrive)
    arbeidskopier.forkast(prosjekt, seksjon=seksjon, av=request.user)
    messages.success(request, _("Utkastet er forkastet. Her står det som er lagret."))
    return redirect(skjemadata.adresse(prosjekt, seksjon))
