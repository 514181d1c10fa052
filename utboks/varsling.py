"""Notices to people: at once, gathered in one mail a day, or never, as each has chosen for each kind.

    varsle(slag=Slag.GJENBRUK, nokkel=..., til=bruker.email, emne=..., tekst=..., om=prosjekt)

Call it in the transaction of the deed, as legg_i_utboks: it is a row either in the outbox or among those that wait for
the day's mail. What it is about is asked of again before that mail is written: whoever may not read it any longer is not
told. What a person must have whatever she chooses, a sign-in code or an invitation, goes by legg_i_utboks.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lat
from django.utils.translation import ngettext

from utboks.handlinger import legg_i_utboks
from utboks.models import Epost, Varsel, Varselmottaker

KLOKKA = time(7)  # the day's mail: what happened since seven yesterday
BUNKE = 100  # addresses at a time, so that the worker gets to deliver in between
MAKS_HELE = 20  # told in full; of the rest only what they are about


class Hyppighet(models.TextChoices):
    STRAKS = "straks", _lat("Med en gang")
    DAGLIG = "daglig", _lat("Samlet, én gang om dagen")
    ALDRI = "aldri", _lat("Aldri")


class Slag(models.TextChoices):
    """What a notice is about, in the order of the mail."""

    VENTER = "venter", _lat("Noen venter på svar fra deg")
    SVAR = "svar", _lat("Svar på noe du har sendt inn")
    PROSJEKT = "prosjekt", _lat("Det andre gjør i prosjektene dine")
    GJENBRUK = "gjenbruk", _lat("Andre bruker det dere deler")
    PAAMINNELSE = "paaminnelse", _lat("Påminnelser")
    KO = "ko", _lat("Nytt i køen hos KS")


@dataclass(frozen=True)
class Om:
    forklaring: str
    standard: str


# At once only when somebody waits: she who asked, or she who was answered. The rest can wait till the morning.
SLAG = {
    Slag.VENTER: Om(_lat("Spørsmål til et prosjekt, og invitasjoner til å være med."), Hyppighet.STRAKS),
    Slag.SVAR: Om(_lat("KS har publisert, bedt om retting, tatt ned eller svart."), Hyppighet.STRAKS),
    Slag.PROSJEKT: Om(
        _lat("Eksperimenter, læring, deltakere, underskrifter, og prosjekter som svarer på utfordringen deres."),
        Hyppighet.DAGLIG,
    ),
    Slag.GJENBRUK: Om(_lat("Noen vil bruke det, har tatt det i bruk, eller sier at det ga verdi."), Hyppighet.DAGLIG),
    Slag.PAAMINNELSE: Om(_lat("Stemmer prosjektet fortsatt? Ga det verdi?"), Hyppighet.DAGLIG),
    Slag.KO: Om(_lat("Innsendte prosjekter, forslag og meldinger."), Hyppighet.DAGLIG),
}


LESERE = {}  # {kind of thing: les(email, ids)}, which gives those of the ids this address may read today


def registrer_leser(modell, les):
    """The rooms that know people and what they may read tell it here."""
    LESERE[modell._meta.label_lower] = les


# ---- Choosing ------------------------------------------------------------------------------------------------------


def valgene(email):
    """{kind: how often} for an address, its own choices on top of the usual."""
    mottaker = Varselmottaker.objects.filter(email=email.lower()).first()
    return _valgene(mottaker.valg if mottaker else {})


def _valgene(egne):
    return {slag: egne.get(slag, om.standard) for slag, om in SLAG.items()}


@transaction.atomic
def velg(email, valg):
    """Keep the choices. What waits of a kind one no longer wants is dropped; what one wants at once is sent."""
    Varselmottaker.objects.get_or_create(email=email.lower())
    mottaker = Varselmottaker.objects.select_for_update().get(email=email.lower())
    mottaker.valg = {slag: hvor_ofte for slag, hvor_ofte in valg.items() if hvor_ofte != SLAG[slag].standard}
    mottaker.save()
    venter = mottaker.varsler.ventende().exclude(slag__in=_daglige(mottaker)).order_by("pk")
    for varsel in lesbare(mottaker.email, venter):
        if valg.get(varsel.slag) == Hyppighet.STRAKS:
            _send_straks(mottaker, nokkel=varsel.nokkel, emne=varsel.emne, tekst=varsel.tekst)
    _er_sendt(venter)


def _daglige(mottaker):
    return [slag for slag, hvor_ofte in _valgene(mottaker.valg).items() if hvor_ofte == Hyppighet.DAGLIG]


def stopp_samlingen(mottaker):
    """Leave the day's mail with one click. What comes at once, since somebody waits, comes still."""
    valg = _valgene(mottaker.valg)
    velg(mottaker.email, valg | dict.fromkeys(_daglige(mottaker), Hyppighet.ALDRI))


# ---- Telling -------------------------------------------------------------------------------------------------------


def varsle(*, slag, nokkel, til, emne, tekst, om=None):
    """One notice to one person. The same key twice is one notice. `om` is what it tells of, if it can be hidden."""
    mottaker, _ny = Varselmottaker.objects.get_or_create(email=til.lower())
    hvor_ofte, merke = _valgene(mottaker.valg)[slag], _merke(om)
    if hvor_ofte == Hyppighet.STRAKS:
        _send_straks(mottaker, nokkel=nokkel, emne=emne, tekst=tekst)
    elif hvor_ofte == Hyppighet.DAGLIG:
        emne = " ".join(emne.split())[:200]
        felt = {"mottaker": mottaker, "slag": slag, "om": merke, "emne": emne, "tekst": tekst}
        Varsel.objects.get_or_create(nokkel=nokkel, defaults=felt)


def varsle_hver(mottakere, *, av, slag, nokkel, emne, tekst, ord_=None, om=None):
    """The same notice to each of these people but the one who did it; `ord_` are put into the words."""
    felt = {"slag": slag, "emne": emne % ord_ if ord_ else emne, "tekst": tekst % ord_ if ord_ else tekst, "om": om}
    for person in mottakere:
        if av is None or person.pk != av.pk:
            varsle(nokkel=_til_hver(nokkel, person), til=person.email, **felt)


def er_varslet(nokkel, person):
    """Whether `varsle_hver` has told her: it is sent, or waits for the day's mail."""
    return any(modell.objects.filter(nokkel=_til_hver(nokkel, person)).exists() for modell in (Varsel, Epost))


def _til_hver(nokkel, person):
    return f"{nokkel}-{person.pk}"


def _merke(om):
    """How a thing is written down: its kind and its number."""
    if om is None:
        return ""
    if om._meta.label_lower not in LESERE:
        raise LookupError(f"ingen sier hvem som kan lese {om._meta.label_lower}")
    return f"{om._meta.label_lower}:{om.pk}"


def lesbare(email, varsler):
    """Those of the notices whose reader may still read what they are about. One question for each kind of thing."""
    varsler, ider = list(varsler), defaultdict(set)
    for varsel in varsler:
        if varsel.om:
            slag, _kolon, pk = varsel.om.partition(":")
            ider[slag].add(int(pk))
    kan = {f"{slag}:{pk}" for slag, alle in ider.items() for pk in LESERE[slag](email, alle)}
    return [varsel for varsel in varsler if not varsel.om or varsel.om in kan]


def _send_straks(mottaker, *, nokkel, emne, tekst):
    bunn = _("---\nVelg hvilke e-poster du får, og hvor ofte:\n%s") % _adresse("varsler")
    legg_i_utboks(nokkel=nokkel, til=mottaker.email, emne=emne, tekst=f"{tekst.rstrip()}\n\n{bunn}\n")


def _adresse(navn, *args):
    return settings.PORTAL_ADRESSE + reverse(navn, args=args)


# ---- The day's mail ------------------------------------------------------------------------------------------------


def send_samlinger(naa=None):
    """A job: one mail to each address that something waits for. Returns True when there are more of them.

    The mail and the marks on what it tells are one transaction for each address: killed anywhere, nothing is lost and
    nothing told twice.
    """
    grense = siste_samling(naa or timezone.now())
    sendt = Epost.objects.filter(nokkel__startswith=_nokkel("", grense)).values_list("nokkel", flat=True)
    ferdige = {int(nokkel.rpartition(":")[2]) for nokkel in sendt}
    venter = Varsel.objects.ventende().filter(opprettet_tid__lt=grense).exclude(mottaker__in=ferdige)
    ider = list(venter.order_by("mottaker").values_list("mottaker", flat=True).distinct()[: BUNKE + 1])
    for pk in ider[:BUNKE]:
        _send_samling(pk, grense)
    return len(ider) > BUNKE


def siste_samling(naa):
    """The last time it was seven in the morning."""
    lokal = timezone.localtime(naa)
    dag = lokal.date() if lokal.time() >= KLOKKA else lokal.date() - timedelta(days=1)
    return timezone.make_aware(datetime.combine(dag, KLOKKA))


def _nokkel(pk, grense):
    return f"varselsamling:{timezone.localtime(grense):%Y-%m-%d}:{pk}"


@transaction.atomic
def _send_samling(pk, grense):
    mottaker = Varselmottaker.objects.select_for_update().filter(pk=pk).first()
    if mottaker is None or Epost.objects.filter(nokkel=_nokkel(pk, grense)).exists():
        return  # gone, or another worker was first; what came too late waits for tomorrow
    alle = list(mottaker.varsler.ventende().filter(opprettet_tid__lt=grense))
    varsler = sorted(lesbare(mottaker.email, alle), key=lambda v: (Slag.values.index(v.slag), v.pk))
    _er_sendt(Varsel.objects.filter(pk__in=[v.pk for v in alle]))
    if not varsler:
        return
    stopp = _adresse("stopp_varsler", mottaker.hemmelighet)
    legg_i_utboks(
        nokkel=_nokkel(pk, grense),
        til=mottaker.email,
        emne=_emne(varsler),
        tekst=_tekst(varsler, stopp),
        hoder={"List-Unsubscribe": f"<{stopp}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )


def _er_sendt(varsler):
    varsler.update(sendt_tid=timezone.now(), tekst="")


def _emne(varsler):
    if len(varsler) == 1:
        return varsler[0].emne
    return ngettext("%(n)s nytt siden sist: %(forste)s", "%(n)s nye siden sist: %(forste)s", len(varsler)) % {
        "n": len(varsler),
        "forste": varsler[0].emne,
    }


def _tekst(varsler, stopp):
    hele = [f"{v.emne}\n{'=' * min(len(v.emne), 70)}\n\n{v.tekst.strip()}" for v in varsler[:MAKS_HELE]]
    if resten := varsler[MAKS_HELE:]:
        hele.append(_("Og dette, som du finner på Min side:") + "\n" + "\n".join(f"- {v.emne}" for v in resten))
    under = [
        "---",
        _("Du får høyst én slik e-post om dagen, og ingen når det ikke er noe nytt."),
        _("Velg hvilke e-poster du får, og hvor ofte:\n%s") % _adresse("varsler"),
        _("Stopp den daglige e-posten:\n%s") % stopp,
    ]
    return "\n\n\n".join(hele) + "\n\n\n" + "\n\n".join(under) + "\n"
