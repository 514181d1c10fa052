"""What is told to whom about projects. Called by `handlinger` only, in the transaction of the deed.

Nobody is told what they did themselves. The project's number of changes is part of the key, so that a deed done twice
tells once.
"""

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kommuner.kodeverk import Rolle
from kommuner.models import Bruker, Medlemskap
from prosjekter.kodeverk import Grunn, Partnerrolle
from prosjekter.models import Modereringssak
from utboks.varsling import Slag, varsle, varsle_hver

MANGE = 20  # mail to no more than that when nobody leads


def ingen(prosjekt, *, av, **om):
    """Nobody needs to be told."""


# ---- Who -----------------------------------------------------------------------------------------------------------


def ansvarlige(prosjekt):
    """Who looks after the project: the one in charge and the one who sent it in, while they still belong to the owner.

    When both have left, the owner's leads are told instead, so that no notice is lost with a leaver.
    """
    sak = Modereringssak.objects.filter(prosjekt=prosjekt).order_by("-innsendt_tid", "-pk").first()
    ider = {prosjekt.ansvarlig_id, sak.innsendt_av_id if sak else None} - {None}
    ansatte = Medlemskap.objects.aktive().filter(organisasjon=prosjekt.eier_id)
    personer = Bruker.objects.filter(pk__in=ansatte.filter(bruker__in=ider).values("bruker"), is_active=True)
    return list(personer) or ledere(prosjekt.eier)


def ledere(organisasjon):
    ansvarlige = Medlemskap.objects.aktive().filter(organisasjon=organisasjon, rolle=Rolle.ANSVARLIG)
    return _aktive(ansvarlige)


def folk_i(organisasjon):
    """Its leads; else its people; nobody where there are none."""
    folk = Medlemskap.objects.aktive().filter(organisasjon=organisasjon).exclude(rolle=Rolle.FOLGEFORSKER)
    return ledere(organisasjon) or _aktive(folk)[:MANGE]


def giverne(prosjekt):
    """Those who look after the project, and the leads of its co-owners."""
    medeiere = prosjekt.deltakelser.aktive().filter(rolle=Partnerrolle.MEDEIER).select_related("organisasjon")
    personer = [*ansvarlige(prosjekt), *(leder for d in medeiere for leder in ledere(d.organisasjon))]
    return list(dict.fromkeys(personer))


def hvorfor_tatt_ned(rad):
    """The reason and the words KS gave, for the notice about a row it has taken down; else nothing."""
    return {
        "grunn": str(Grunn(rad.tatt_ned_grunn).label) if rad.tatt_ned_grunn else "",
        "begrunnelse": rad.tatt_ned_begrunnelse,
    }


def moderatorer():
    """KS' moderators; the administrators when there are none."""
    i_ks = Medlemskap.objects.aktive().filter(organisasjon__er_sekretariat=True)
    return _aktive(i_ks.filter(rolle=Rolle.MODERATOR)) or _aktive(i_ks.filter(rolle=Rolle.ADMINISTRATOR))


def kuratorer(mission):
    """The mission's own curator; every curator while it has none."""
    if mission.kurator_id:
        return list(Bruker.objects.filter(pk=mission.kurator_id, is_active=True))
    i_ks = Medlemskap.objects.aktive().filter(organisasjon__er_sekretariat=True)
    return _aktive(i_ks.filter(rolle=Rolle.MISSIONKURATOR))


def _aktive(medlemskap):
    return list(Bruker.objects.filter(pk__in=medlemskap.values("bruker"), is_active=True).order_by("pk"))


# ---- What ----------------------------------------------------------------------------------------------------------


def innsendt(prosjekt, *, av, **om):
    _send(
        "innsendt", moderatorer(), prosjekt, av=av, slag=Slag.KO,
        emne=_("Til vurdering: %(tittel)s"),
        tekst=_("%(av)s har sendt inn «%(tittel)s» for %(eier)s.\n\nVurder prosjektet her:\n%(lenke)s"),
    )  # fmt: skip


def publisert(prosjekt, *, av, **om):
    _send(
        "publisert", ansvarlige(prosjekt), prosjekt, av=av,
        emne=_("Publisert: %(tittel)s"),
        tekst=_(
            "«%(tittel)s» er publisert. Takk for at dere deler.\n\nSe prosjektet:\n%(lenke)s\n\n"
            "Skjer det noe nytt, eller lærer dere noe, skriver dere det rett inn på prosjektet."
        ),
    )  # fmt: skip
    foreslatte_missions(prosjekt, av=av)


def til_retting(prosjekt, *, av, **om):
    _send(
        "til-retting", ansvarlige(prosjekt), prosjekt, av=av, til=rediger(prosjekt),
        emne=_("Litt mer før vi kan publisere: %(tittel)s"),
        tekst=_(
            "KS har lest «%(tittel)s» og ber dere rette noe før det blir publisert.\n\n%(grunn)s.\n\n"
            "%(begrunnelse)s\n\nRett og send inn på nytt her:\n%(lenke)s\n\n"
            "Ingenting av det dere har skrevet, er borte."
        ),
    )  # fmt: skip


def avpublisert(prosjekt, *, av, **om):
    _send(
        "avpublisert", ansvarlige(prosjekt), prosjekt, av=av, til=rediger(prosjekt),
        emne=_("Tatt ned: %(tittel)s"),
        tekst=_(
            "KS har tatt ned «%(tittel)s». Det er ikke lenger synlig for andre.\n\n%(grunn)s.\n\n%(begrunnelse)s\n\n"
            "Rett det som trengs, og send inn på nytt her:\n%(lenke)s"
        ),
    )  # fmt: skip


def deltaker_lagt_til(prosjekt, *, av, deltakelse):
    _send(
        f"deltaker-{deltakelse.pk}", ledere(deltakelse.organisasjon), prosjekt, av=av, slag=Slag.PROSJEKT,
        emne=_("Dere er lagt til i et prosjekt: %(tittel)s"),
        tekst=_(
            "%(av)s har lagt til %(organisasjon)s i «%(tittel)s». Rolle: %(rolle)s.\n\n"
            "Alle hos dere med bruker i portalen kan nå se prosjektet, også før det er publisert:\n%(lenke)s\n\n"
            "Stemmer det ikke? Si fra til %(eier)s."
        ),
        organisasjon=deltakelse.organisasjon.navn,
        rolle=deltakelse.get_rolle_display().lower(),
    )  # fmt: skip


def lagt_til_av_ks(prosjekt, *, av, deltakelse):
    """The organisation, which was not asked: how it leaves. And those who look after the project."""
    ord_ = {
        "organisasjon": deltakelse.organisasjon.navn,
        "rolle": deltakelse.get_rolle_display().lower(),
        "hvorfor": deltakelse.begrunnelse,
    }
    _send(
        f"ks-deltaker-{deltakelse.pk}", folk_i(deltakelse.organisasjon), prosjekt, av=av, slag=Slag.VENTER,
        til=reverse("prosjekter:avslutt_deltakelse", args=[prosjekt.slug, deltakelse.pk]),
        emne=_("KS har lagt dere til i et prosjekt: %(tittel)s"),
        tekst=_(
            "KS har lagt til %(organisasjon)s i «%(tittel)s» hos %(eier)s. Rolle: %(rolle)s.\n\nKS skriver: "
            "«%(hvorfor)s»\n\nAlle hos dere med bruker i portalen kan nå se prosjektet, også før det er publisert. "
            "Stemmer det ikke, går dere ut her:\n%(lenke)s"
        ),
        **ord_,
    )  # fmt: skip
    _send(
        f"ks-la-til-{deltakelse.pk}", ansvarlige(prosjekt), prosjekt, av=av, slag=Slag.PROSJEKT,
        emne=_("KS har lagt til en deltaker: %(tittel)s"),
        tekst=_(
            "KS har lagt til %(organisasjon)s i «%(tittel)s». Rolle: %(rolle)s.\n\nKS skriver: «%(hvorfor)s»\n\n%(lenke)s"
        ),
        **ord_,
    )  # fmt: skip


def avsluttet_av_ks(prosjekt, *, av, deltakelse):
    """The organisation, without a link to what it may no longer read; and those who look after the project."""
    ord_ = {
        "organisasjon": deltakelse.organisasjon.navn,
        "dato": date_format(deltakelse.til_dato, "j. F Y"),
        "hvorfor": deltakelse.begrunnelse,
    }
    _send(
        f"ks-avsluttet-{deltakelse.pk}", folk_i(deltakelse.organisasjon), prosjekt, av=av, om=deltakelse.organisasjon,
        emne=_("KS har avsluttet deltakelsen deres: %(tittel)s"),
        tekst=_(
            "KS la til %(organisasjon)s i «%(tittel)s» hos %(eier)s. Nå har KS avsluttet det: dere er ikke med fra "
            "%(dato)s. Det står fortsatt at dere har vært med.\n\nKS skriver: «%(hvorfor)s»"
        ),
        **ord_,
    )  # fmt: skip
    _send(
        f"ks-tok-ut-{deltakelse.pk}", ansvarlige(prosjekt), prosjekt, av=av, slag=Slag.PROSJEKT,
        emne=_("%(organisasjon)s er ikke med lenger: %(tittel)s"),
        tekst=_(
            "KS la til %(organisasjon)s i «%(tittel)s», og har nå avsluttet det. De er ikke med fra %(dato)s. Det står "
            "fortsatt at de har vært med.\n\nKS skriver: «%(hvorfor)s»\n\n%(lenke)s"
        ),
        **ord_,
    )  # fmt: skip


def deltaker_gikk(prosjekt, *, av, deltakelse):
    _send(
        f"gikk-{deltakelse.pk}", ansvarlige(prosjekt), prosjekt, av=av, slag=Slag.PROSJEKT,
        emne=_("%(organisasjon)s er ikke med lenger: %(tittel)s"),
        tekst=_(
            "%(organisasjon)s har sagt fra at de ikke er med i «%(tittel)s» fra %(dato)s. Det står fortsatt at de har "
            "vært med.\n\n%(lenke)s"
        ),
        organisasjon=deltakelse.organisasjon.navn,
        dato=date_format(deltakelse.til_dato, "j. F Y"),
    )  # fmt: skip


def foreslatte_missions(prosjekt, *, av):
    """Proposals made before the project was published reach the curators now that they can read it."""
    forslag = prosjekt.missiontilknytninger.filter(svar="foreslatt").select_related("mission")
    for tilknytning in forslag:
        mission_foreslatt(prosjekt, av=av, tilknytning=tilknytning)


def mission_foreslatt(prosjekt, *, av, tilknytning):
    _send(
        f"mission-{tilknytning.pk}", kuratorer(tilknytning.mission), prosjekt, av=av, slag=Slag.KO,
        emne=_("Foreslått til missionen din: %(tittel)s"),
        tekst=_("%(eier)s foreslår «%(tittel)s» til missionen «%(mission)s».\n\nSe prosjektet:\n%(lenke)s"),
        mission=tilknytning.mission.tittel,
    )  # fmt: skip


def mission_svar(prosjekt, *, av, tilknytning):
    """The curator's answer reaches those who look after the project."""
    godtatt = tilknytning.svar == "godtatt"
    if godtatt:
        emne = _("Med i missionen: %(tittel)s")
        tekst = _("«%(tittel)s» er nå en del av missionen «%(mission)s».\n\nSe missionen:\n%(lenke)s")
    else:
        emne = _("Ikke med i missionen: %(tittel)s")
        tekst = _(
            "Kuratoren mener «%(tittel)s» ikke hører til missionen «%(mission)s» nå.\n\n%(svar)s\n\n"
            "Prosjektet er like synlig som før:\n%(lenke)s"
        )
    _send(
        f"mission-svar-{tilknytning.pk}", ansvarlige(prosjekt), prosjekt, av=av, emne=emne, tekst=tekst,
        til=tilknytning.mission.get_absolute_url() if godtatt else None,
        mission=tilknytning.mission.tittel,
        svar=tilknytning.begrunnelse,
    )  # fmt: skip


def ansvar_overfort(prosjekter, *, fra, til, organisasjon, av):
    """One message, however many projects."""
    if til.pk == av.pk:
        return
    titler = "\n".join(f"– {p.tittel}" for p in prosjekter)
    nokkel = "-".join(f"{p.pk}.{p.versjon}" for p in prosjekter)[:120]
    varsle(
        slag=Slag.VENTER,
        nokkel=f"prosjekt-ansvar-{til.pk}-{nokkel}",
        til=til.email,
        emne=_("Du har fått ansvar for prosjekter i %(organisasjon)s") % {"organisasjon": organisasjon.navn},
        tekst=_(
            "%(av)s har gitt deg ansvaret for prosjekter %(fra)s hadde:\n\n%(titler)s\n\n"
            "Du finner dem på Min side:\n%(lenke)s"
        )
        % {"av": av, "fra": fra, "titler": titler, "lenke": _adresse(reverse("minside"))},
    )


# ---- How -----------------------------------------------------------------------------------------------------------


def rediger(prosjekt):
    return reverse("prosjekter:rediger", args=[prosjekt.slug])


def _adresse(sti):
    return f"{settings.PORTAL_ADRESSE}{sti}"


def _send(hva, mottakere, prosjekt, *, av, emne, tekst, slag=Slag.SVAR, til=None, om=None, **ord_):
    """`om` is what they must have to do with to be told, else the project."""
    ord_ |= {
        "tittel": prosjekt.tittel,
        "eier": prosjekt.eier.navn,
        "av": av,
        "grunn": grunn_i_ord(prosjekt),
        "begrunnelse": prosjekt.statusbegrunnelse,
        "lenke": _adresse(til or prosjekt.get_absolute_url()),
    }
    nokkel, om = f"prosjekt-{prosjekt.pk}-v{prosjekt.versjon}-{hva}", om or prosjekt
    varsle_hver(mottakere, av=av, slag=slag, nokkel=nokkel, emne=emne, tekst=tekst, ord_=ord_, om=om)


def grunn_i_ord(prosjekt):
    return str(Grunn(prosjekt.statusgrunn).label) if prosjekt.statusgrunn in Grunn.values else ""
