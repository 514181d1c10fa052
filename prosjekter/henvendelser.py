"""Deeds on questions to a project, and on reports to KS. What is told to whom stands with the deed it belongs to."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from prosjekter import tilgang
from prosjekter.handlinger.prosjekt import NOKKELROM
from prosjekter.kodeverk import Status
from prosjekter.models import FILSLAG, Gjenbruk, Henvendelse, Innholdsmelding, Komplementaritet, Laering
from prosjekter.varsler.prosjekt import ansvarlige, moderatorer
from utboks.handlinger import legg_i_utboks
from utboks.varsling import Hyppighet, Slag, er_varslet, valgene, varsle, varsle_hver

TAR_VARE_PA = timedelta(days=90)
SENDES_VIDERE = timedelta(days=3)


def send(prosjekt, *, tekst, nokkel, av):
    """Ask those who look after the project. Nobody's address is shown; the sender's goes with the question.

    Two clicks send one. KS gets what nobody else would: projects whose owner has no users yet. The recipients follow
    from the project, and the copy goes to the sender's own proven address, so nothing can be sent to others.
    """
    if not av.is_authenticated or prosjekt.status != Status.PUBLISERT:
        raise PermissionDenied
    egen_nokkel = uuid.uuid5(NOKKELROM, f"henvendelse:{av.pk}:{nokkel}")
    with transaction.atomic():
        henvendelse, er_ny = Henvendelse.objects.get_or_create(
            nokkel=egen_nokkel, defaults={"prosjekt": prosjekt, "avsender": av, "tekst": tekst}
        )
        if er_ny:
            _send(henvendelse)
    return henvendelse


def mottakere(prosjekt):
    """Those who look after the project and want its questions; else KS, so that none goes unread."""
    vil = [p for p in ansvarlige(prosjekt) if valgene(p.email)[Slag.VENTER] != Hyppighet.ALDRI]
    return vil or moderatorer()


def fortsatt_til(email, ider):
    """For utboks.varsling: of these questions, those that would be sent to the address today."""
    rader = Henvendelse.objects.filter(pk__in=ider).select_related("prosjekt__eier")
    return {h.pk for h in rader if email in (person.email for person in mottakere(h.prosjekt))}


def send_videre():
    """A job: questions of the last days that nobody who looks after the project now has been sent. The others have left."""
    for henvendelse in Henvendelse.objects.filter(sendt_tid__gt=timezone.now() - SENDES_VIDERE):
        if not any(er_varslet(_nokkel(henvendelse), person) for person in mottakere(henvendelse.prosjekt)):
            _send(henvendelse)


def _nokkel(henvendelse):
    return f"henvendelse-{henvendelse.pk}"


@transaction.atomic
def _send(henvendelse):
    prosjekt, av = henvendelse.prosjekt, henvendelse.avsender
    hvor = ", ".join(str(m.organisasjon) for m in av.aktive_medlemskap[:2])
    ord_ = {
        "navn": f"{av} ({hvor})" if hvor else str(av),
        "adresse": av.email,
        "tittel": prosjekt.tittel,
        "tekst": henvendelse.tekst,
        "lenke": settings.PORTAL_ADRESSE + prosjekt.get_absolute_url(),
        "meld": settings.PORTAL_ADRESSE + reverse("prosjekter:meld_henvendelse", args=[prosjekt.slug, henvendelse.pk]),
    }
    varsle_hver(
        mottakere(prosjekt), av=None, slag=Slag.VENTER, nokkel=_nokkel(henvendelse), om=henvendelse,
        emne=_("Spørsmål om «%(tittel)s»"),
        tekst=_(
            "%(navn)s spør om «%(tittel)s»:\n\n%(tekst)s\n\nSvar direkte til %(adresse)s. De ser ikke adressen din "
            "før du svarer.\n\nProsjektet:\n%(lenke)s\n\nHører ikke dette hjemme her? Meld fra til KS:\n%(meld)s"
        ),
        ord_=ord_,
    )  # fmt: skip
    legg_i_utboks(
        nokkel=f"{_nokkel(henvendelse)}-kopi",
        til=av.email,
        emne=_("Kopi: spørsmål om «%(tittel)s»") % ord_,
        tekst=_("Du spurte om «%(tittel)s»:\n\n%(tekst)s\n\nDe svarer deg på e-post.\n%(lenke)s") % ord_,
    )


def meld(*, grunn, tekst, av, **om):
    """Report to KS; `om` is one of Innholdsmelding's OM. The same person's second report of the same thing is the first.

    Returns (report, is new).
    """
    try:
        with transaction.atomic():
            navn = navn_paa(*om.values())
            melding = Innholdsmelding.objects.create(**om, navn=navn, grunn=grunn, tekst=tekst, meldt_av=av)
            lenke = settings.PORTAL_ADRESSE + reverse("prosjekter:innholdsmeldinger")
            varsle_hver(
                moderatorer(), av=None, slag=Slag.KO, nokkel=f"innholdsmelding-{melding.pk}", om=melding,
                emne=_("Meldt: %(grunn)s"),
                tekst=_("Noen har meldt fra om innhold i portalen.\n\nSe og svar her:\n%(lenke)s"),
                ord_={"grunn": melding.get_grunn_display(), "lenke": lenke},
            )  # fmt: skip
            return melding, True
    except IntegrityError:
        return Innholdsmelding.objects.filter(**om, meldt_av=av, avgjort_tid=None).first(), False


def navn_paa(ting):
    """What a report calls the thing it is about, so that KS knows it also when it is gone: never what is written in it."""
    ord_ = {"prosjekt": ting.prosjekt.tittel}
    if isinstance(ting, Henvendelse):
        return _("spørsmål til %(prosjekt)s") % ord_
    if isinstance(ting, Gjenbruk):
        hva = _("gjenbruk i %s") % ting.hvem
    elif type(ting) in FILSLAG.values():
        hva = f"{ting._meta.verbose_name} «{Truncator(ting.navn).chars(100)}»"
    else:
        hva = {Laering: _("læringskort"), Komplementaritet: _("samspill")}.get(type(ting), ting._meta.verbose_name)
    return _("%(hva)s, %(prosjekt)s") % {"hva": hva, **ord_}


@transaction.atomic
def svar_pa_melding(melding, *, svar, av):
    """KS has decided; the one who reported is told. What is to be taken down is taken down on its own page.

    False when it was answered already.
    """
    if not tilgang.kan_moderere(av):
        raise PermissionDenied
    vant = Innholdsmelding.objects.filter(pk=melding.pk, avgjort_tid=None).update(
        svar=svar, avgjort_tid=timezone.now(), avgjort_av=av
    )
    if vant and melding.meldt_av and melding.meldt_av.is_active and melding.meldt_av_id != av.pk:
        varsle(
            slag=Slag.SVAR,
            nokkel=f"innholdsmelding-{melding.pk}-svar",
            til=melding.meldt_av.email,
            emne=_("KS har sett på det du meldte"),
            tekst=_("Takk for at du meldte fra om dette: %(navn)s.\n\nKS svarer:\n\n%(svar)s")
            % {"navn": melding.navn, "svar": svar},
        )
    return bool(vant)


def rydd():
    """A job: questions have been answered by mail long ago. Those reported and not decided wait."""
    gamle = Henvendelse.objects.filter(sendt_tid__lt=timezone.now() - TAR_VARE_PA)
    gamle.exclude(pk__in=Innholdsmelding.objects.apne().exclude(henvendelse=None).values("henvendelse")).delete()
