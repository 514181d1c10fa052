"""Deeds on pictures, attachments and links: put there, mended, moved, taken away; and taken down by KS.

The project is held in every deed, so that two at once count right and get a place each. Its version is not raised:
nobody who writes in the project shall meet a conflict because a colleague adds a picture. When the project is public,
KS looks at it afterwards, as at any other change.
"""

import uuid

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerskap.felles import bildekontroll, filkontroll
from partnerskap.felles import versjon as versjoner
from prosjekter import fillager, sokeindeks, tilgang
from prosjekter.handlinger.prosjekt import NOKKELROM, apne_etterkontroll
from prosjekter.kodeverk import Status
from prosjekter.models import FILSLAG, Bilde, Lenke, Prosjekt, Vedlegg
from prosjekter.models.filer import MAKS_ANTALL, MAKS_SAMLET, TELLERE

Filfeil = filkontroll.Filfeil
VEDLEGGSNAVN = "innhold"  # what an attachment is called in its folder; its own name is in the row


class Fullt(Exception):  # noqa: N818
    """The project has as many, or as much, as it may have. `str()` says so."""


class Finnes(Exception):  # noqa: N818
    """Another link on the project leads there already. `str()` says so."""


# ---- Add -----------------------------------------------------------------------------------------------------------


def legg_til_bilde(prosjekt, *, bildefil, nokkel, av, **tekster):
    """`bildefil` comes from bildekontroll.les. Returns (picture, is new); two clicks make one, and so does the same file."""
    bilde = Bilde(
        bredde=bildefil.bredde, hoyde=bildefil.hoyde, merke=bildefil.merke, sjekksum=bildefil.sjekksum,
        storrelse=bildefil.storrelse, **tekster,
    )  # fmt: skip
    filer = {bildekontroll.utgavenavn(bilde.merke, *utgave): innhold for utgave, innhold in bildefil.utgaver.items()}
    return _legg_til(prosjekt, bilde, nokkel=nokkel, av=av, filer=filer)


def legg_til_vedlegg(prosjekt, *, vedleggsfil, tittel, skannet, nokkel, av):
    """`vedleggsfil` comes from filkontroll.les. `skannet`: a virus scanner has said that it is clean."""
    vedlegg = Vedlegg(
        tittel=tittel or vedleggsfil.filnavn.rpartition(".")[0],
        filnavn=vedleggsfil.filnavn,
        type=vedleggsfil.type,
        storrelse=vedleggsfil.storrelse,
        sjekksum=vedleggsfil.sjekksum,
        skannet_tid=timezone.now() if skannet else None,
    )
    return _legg_til(prosjekt, vedlegg, nokkel=nokkel, av=av, filer={VEDLEGGSNAVN: vedleggsfil.fil})


def legg_til_lenke(prosjekt, *, tittel, url, nokkel, av):
    return _legg_til(prosjekt, Lenke(tittel=tittel, url=url), nokkel=nokkel, av=av)


def _legg_til(prosjekt, rad, *, nokkel, av, filer=None):
    if not tilgang.kan_redigere(av, prosjekt):
        raise PermissionDenied
    rad.prosjekt, rad.lagt_til_av, rad.er_eksempel = prosjekt, av, prosjekt.er_eksempel
    rad.nokkel = uuid.uuid5(NOKKELROM, f"{rad.SLAG}:{prosjekt.pk}:{av.pk}:{nokkel}")
    if finnes := _samme(rad):
        return finnes, False
    if filer:
        fillager.skriv(rad, filer)
    try:
        _skriv_ny(rad, av=av)
    except IntegrityError:
        _glem_filene(rad)
        if finnes := _samme(rad):  # our own other click, or a colleague with the same file, was first
            return finnes, False
        raise
    except BaseException:
        _glem_filene(rad)
        raise
    return rad, True


def _samme(rad):
    """What is there already: made by the same form, or of the same file or address."""
    alle = type(rad).objects.filter(prosjekt=rad.prosjekt).select_related("prosjekt")
    likt = {"url": rad.url} if rad.SLAG == "lenke" else {"sjekksum": rad.sjekksum}
    return alle.filter(nokkel=rad.nokkel).first() or alle.filter(**likt).first()


def _glem_filene(rad):
    if hasattr(rad, "mappe"):
        fillager.slett(type(rad), rad.mappe)


@transaction.atomic
def _skriv_ny(rad, *, av):
    holdt = _hold(rad.prosjekt)
    if not tilgang.kan_redigere(av, holdt):
        raise PermissionDenied
    _krev_plass(holdt, rad)
    siste = type(rad).objects.filter(prosjekt=holdt).order_by("rekkefolge", "pk").last()
    rad.rekkefolge = siste.rekkefolge + 1 if siste else 0
    versjoner.merk(rad, av=av, handling=f"legg_til_{rad.SLAG}")
    rad.save()
    ferdig(holdt, av=av)


def _krev_plass(prosjekt, rad):
    grense = MAKS_ANTALL[rad.SLAG]
    if type(rad).objects.filter(prosjekt=prosjekt).count() >= grense:
        raise Fullt(_("Prosjektet har %s fra før, og flere er det ikke plass til. Slett noe først.") % grense)
    if hasattr(rad, "storrelse") and _samlet(prosjekt) + rad.storrelse > MAKS_SAMLET:
        raise Fullt(_("Filene i prosjektet blir for store til sammen. Slett noe først, eller gjør filen mindre."))


def _samlet(prosjekt):
    summer = (m.objects.filter(prosjekt=prosjekt).aggregate(s=Sum("storrelse"))["s"] or 0 for m in (Bilde, Vedlegg))
    return sum(summer)


# ---- Mend, move, take away -----------------------------------------------------------------------------------------


@transaction.atomic
def endre(rad, *, verdier, versjon, av):
    """New words on what is there. What a colleague changed meanwhile is merged, or shown as a conflict."""
    holdt = _hold_for(rad, av)
    if "url" in verdier and Lenke.objects.filter(prosjekt=holdt, url=verdier["url"]).exclude(pk=rad.pk).exists():
        raise Finnes(_("Lenken ligger her fra før"))
    fersk = versjoner.lagre(rad, versjon=versjon, verdier=verdier, av=av, handling=f"endre_{rad.SLAG}")
    if fersk.versjon != rad.versjon:
        ferdig(holdt, av=av)
    return fersk


@transaction.atomic
def flytt(rad, *, fra, til, av):
    """From one place in the order to another, counted from 0. False when it no longer is where it was: a second click."""
    holdt = _hold_for(rad, av)
    alle = list(type(rad).objects.filter(prosjekt=holdt).order_by("rekkefolge", "pk"))
    if fra >= len(alle) or alle[fra].pk != rad.pk or fra == til:
        return False
    alle.insert(min(til, len(alle) - 1), alle.pop(fra))
    for plass, en in enumerate(alle):
        en.rekkefolge = plass
    type(rad).objects.bulk_update(alle, ["rekkefolge"])
    ferdig(holdt, av=None)
    return True


@transaction.atomic
def slett(rad, *, av):
    """Gone for good, and its files with it. False when it was gone already."""
    holdt = _hold_for(rad, av)
    fersk = type(rad).objects.filter(pk=rad.pk).first()
    if fersk is None:
        return False
    versjoner.merk(fersk, av=av, handling=f"slett_{rad.SLAG}")
    fillager.slett_etterpa([fersk])
    fersk.delete()
    ferdig(holdt, av=None)
    return True


# ---- How -----------------------------------------------------------------------------------------------------------


def _hold(prosjekt):
    return Prosjekt.objects.select_for_update(of=("self",)).select_related("eier").get(pk=prosjekt.pk)


def _hold_for(rad, av):
    holdt = _hold(rad.prosjekt)
    if not tilgang.kan_redigere(av, holdt):
        raise PermissionDenied
    return holdt


def hold_begge(rad):
    holdt = _hold(rad.prosjekt)
    fersk = type(rad).objects.select_for_update().get(pk=rad.pk)
    fersk.prosjekt = holdt
    return holdt, fersk


def tell(prosjekt, **ogsaa):
    """Write how many of each others see. Part of every deed; the example data count too."""
    antall = {
        TELLERE[slag]: modell.objects.filter(prosjekt=prosjekt).gyldige().count() for slag, modell in FILSLAG.items()
    }
    Prosjekt.objects.filter(pk=prosjekt.pk).update(**antall, **ogsaa)


def ferdig(prosjekt, *, av):
    """Counts, and whatever hangs on the index. `av`: the one whose words or pictures KS looks at afterwards."""
    tell(prosjekt, endret_tid=timezone.now())
    if av is not None and prosjekt.status == Status.PUBLISERT:
        apne_etterkontroll(prosjekt, av=av)
    sokeindeks.oppdater([prosjekt.pk])
