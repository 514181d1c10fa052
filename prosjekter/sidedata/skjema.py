"""What the registering pages show around their forms: steps, who sees the project now, warnings, and what can be done."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat
from django.utils.translation import ngettext

from prosjekter import krav, personvern, tilgang
from prosjekter.kodeverk import Grunn, Status, Synlighet
from prosjekter.models import Deltakelse
from prosjekter.overganger import prosjekt as overganger

# The deeds an owner meets as buttons, with what the confirmation page says about each.
EIERHANDLINGER = {
    "trekk": _lat("KS slutter å vurdere prosjektet. Alt du har skrevet, står."),
    "avpubliser": _lat("Prosjektet blir borte for alle andre enn dere og KS. Skal det opp igjen, må det innom KS."),
    "arkiver": _lat(
        "Prosjektet legges bort. Bare dere og KS ser det, og ingen kan endre det før det hentes fram igjen. "
        "Er prosjektet ferdig eller stoppet, skal det ikke arkiveres: da sier dere hvordan det gikk, så andre kan lære."
    ),
    "gjenapne": _lat("Prosjektet blir mulig å endre igjen. Det blir ikke synlig for andre før dere sender det inn."),
}


@dataclass
class Steg:
    navn: str
    adresse: str
    er_her: bool
    tilstand: str


def steg(prosjekt, svar, her):
    return [
        Steg(navn, adresse(prosjekt, seksjon), seksjon == her, _tilstand(svar, seksjon))
        for seksjon, navn in krav.SEKSJONER.items()
    ]


def adresse(prosjekt, seksjon):
    return reverse("prosjekter:rediger_seksjon", args=[prosjekt.slug, seksjon])


def lagret(prosjekt):
    tid = timezone.localtime(prosjekt.endret_tid)
    return _("Lagret %(dato)s kl. %(kl)s") % {"dato": date_format(tid, "j. F"), "kl": date_format(tid, "H.i")}


def neste_seksjon(seksjon):
    alle = list(krav.SEKSJONER)
    nummer = alle.index(seksjon) + 1
    return alle[nummer] if nummer < len(alle) else None


def _tilstand(svar, seksjon):
    besvart, av = krav.fremdrift(svar, seksjon)
    if not av:
        return _("senere") if seksjon == "skjedde" else _("valgfritt")
    return _("%(besvart)s av %(av)s") % {"besvart": besvart, "av": av}


def hvem_ser(prosjekt):
    """Who can see the project right now, in one sentence."""
    if prosjekt.status == Status.PUBLISERT:
        return {
            Synlighet.APEN: _("Publisert. Alle kan se det, og endringer vises når du lagrer."),
            Synlighet.SEKTOR: _("Publisert for innloggede i kommunesektoren. Endringer vises når du lagrer."),
            Synlighet.PROSJEKT: _("Publisert bare for deltakerne, KS og følgeforskeren."),
        }[prosjekt.synlighet]
    andre = Deltakelse.objects.aktive().filter(prosjekt=prosjekt).exclude(organisasjon=prosjekt.eier_id)
    antall = andre.values("organisasjon").distinct().count()
    hvem = [_("dere i %(eier)s") % {"eier": prosjekt.eier}]
    if antall:
        hvem.append(ngettext("én deltaker til", "%(antall)s deltakere til", antall) % {"antall": antall})
    if prosjekt.antall_hjelpere:
        hvem.append(
            ngettext("én som hjelper til", "%(antall)s som hjelper til", prosjekt.antall_hjelpere)
            % {"antall": prosjekt.antall_hjelpere}
        )
    if prosjekt.status != Status.KLADD:
        hvem.append(_("KS"))
    return {
        Status.KLADD: _("Kladd. Bare %(hvem)s kan se den."),
        Status.INNSENDT: _("Sendt inn. Bare %(hvem)s kan se det."),
        Status.TIL_RETTING: _("Til retting. Bare %(hvem)s kan se det."),
        Status.AVPUBLISERT: _("Tatt ned. Bare %(hvem)s kan se det."),
        Status.ARKIVERT: _("Arkivert. Bare %(hvem)s kan se det."),
    }[prosjekt.status] % {"hvem": i_rekke(hvem)}


def i_rekke(ledd):
    """«a», «a og b», «a, b og c»."""
    *foran, siste = ledd
    return _("%(foran)s og %(siste)s") % {"foran": ", ".join(foran), "siste": siste} if foran else siste


def beskjed_fra_ks(prosjekt):
    """Why KS sent it back or took it down, as title and text."""
    if prosjekt.status not in (Status.TIL_RETTING, Status.AVPUBLISERT) or not prosjekt.statusbegrunnelse:
        return None
    fra_ks = prosjekt.statusgrunn in Grunn.values
    if not fra_ks:
        return {"tittel": _("Dere tok ned prosjektet"), "tekst": prosjekt.statusbegrunnelse}
    return {
        "tittel": _("KS skriver: %(grunn)s") % {"grunn": Grunn(prosjekt.statusgrunn).label},
        "tekst": prosjekt.statusbegrunnelse,
    }


def personadvarsler(svar):
    return personvern.ligner_paa(*(svar[navn] for navn in (*krav.TEKSTFELT, "tittel", "ingress", "kontaktrolle")))


def eierhandlinger(prosjekt, bruker):
    """Buttons of the owner's page: pairs of label and address. Sending in has a page of its own."""
    mulige = [o for o in overganger.mulige(prosjekt, bruker) if o.navn in EIERHANDLINGER]
    knapper = [(o.etikett, reverse("prosjekter:gjor", args=[prosjekt.slug, o.navn])) for o in mulige]
    if tilgang.kan_slette(bruker, prosjekt):
        knapper.append((_("Slett kladden"), reverse("prosjekter:slett", args=[prosjekt.slug])))
    return knapper


def deltakere(prosjekt):
    return prosjekt.deltakelser.select_related("organisasjon__kommune", "organisasjon__fylke").order_by("pk")


def tilknytninger(prosjekt):
    return prosjekt.missiontilknytninger.select_related("mission").order_by("pk")
