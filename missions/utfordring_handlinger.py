"""Deeds on shared needs: all or nothing, once however many click, with history, search rows and notices.

Every deed goes through `_skriv`: one new version, one history row, and the need's page shown anew.
"""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from missions import tilgang, utfordring_varsler
from missions.kodeverk import Utfordringsstatus
from missions.models import Medunderskrift, Utfordring, Utfordringsoppsett, Utfordringssok
from missions.models.utfordring import OPPTATTE
from partnerskap.felles import innhold
from partnerskap.felles import versjon as versjoner
from partnerskap.felles.norsk import norsk_slug
from partnerskap.felles.tilgang import krev
from sok.indeks import indekser

TEKSTFELT = ("beskrivelse", "hvem", "provd", "mangler")
MINSTEKRAV = ("tittel", "beskrivelse", "hvem", "mangler")
KLADD, PUBLISERT = Utfordringsstatus.KLADD, Utfordringsstatus.PUBLISERT
SLATT_SAMMEN, TATT_NED = Utfordringsstatus.SLATT_SAMMEN, Utfordringsstatus.TATT_NED


class Mangler(Exception):  # noqa: N818 - the word of the domain
    """Something must be written first. `felter` are its names."""

    def __init__(self, felter):
        super().__init__(felter)
        self.felter = felter


class Umulig(Exception):  # noqa: N818 - the word of the domain
    """The need has moved on since the page was shown. The text says how."""


# ---- Its owner -----------------------------------------------------------------------------------------------------


def opprett(*, verdier, eier, nokkel, av):
    """A draft only its owner's people see. The same `nokkel` twice is the same need. Returns (need, is new)."""
    krev(tilgang.kan_melde_utfordring_for, av, eier)
    for _forsok in range(10):
        if funnet := Utfordring.objects.filter(nokkel=nokkel).first():
            krev(tilgang.kan_melde_utfordring_for, av, funnet.eier)  # nobody finds another's by posting her key
            return funnet, False
        try:
            with transaction.atomic():
                utfordring = Utfordring(
                    nokkel=nokkel, slug=ledig_slug(verdier["tittel"]), eier=eier, opprettet_av=av,
                    er_eksempel=eier.er_eksempel, **verdier,
                )  # fmt: skip
                versjoner.merk(utfordring, av=av, handling="opprett")
                utfordring.save()
                oppdater_sok([utfordring.pk])
            return utfordring, True
        except IntegrityError as feil:
            kollisjon = feil  # our own other click was first, or another took the address in the same moment
    raise kollisjon


@transaction.atomic
def lagre(utfordring, *, versjon, verdier, av):
    """Save on top of what the writer saw; versjon.Konflikt when another changed the same. KS looks again afterwards."""
    fersk = _last(utfordring)
    krev(tilgang.kan_redigere_utfordring, av, fersk)
    if fersk.status != KLADD and (tomt := [navn for navn in MINSTEKRAV if navn in verdier and not verdier[navn]]):
        raise Mangler(tomt)
    lagret = versjoner.lagre(fersk, versjon=versjon, verdier=verdier, av=av, handling="lagre")
    if lagret.versjon != fersk.versjon:
        Utfordring.objects.filter(pk=lagret.pk).update(sett_tid=None, endret_tid=timezone.now())
    oppdater_sok([lagret.pk])
    return lagret


@transaction.atomic
def publiser(utfordring, *, av):
    """Show it to everyone. True when this call did it, False when it was done already."""
    fersk = _last(utfordring)
    if fersk.status == PUBLISERT:
        return False
    krev(tilgang.kan_publisere_utfordring, av, fersk)
    if mangler := [navn for navn in MINSTEKRAV if not getattr(fersk, navn)]:
        raise Mangler(mangler)
    tid = timezone.now()
    if not fersk.medunderskrifter.gjeldende().filter(organisasjon=fersk.eier_id).exists():
        _lagre(Medunderskrift(utfordring=fersk, organisasjon=fersk.eier, av=av, tid=tid), av=av, handling="publiser")
    _skriv(
        fersk, av=av, handling="publiser", status=PUBLISERT, publisert_tid=fersk.publisert_tid or tid,
        sett_tid=None, begrunnelse="",
    )  # fmt: skip
    return True


@transaction.atomic
def slett(utfordring, *, av):
    """Remove a draft nobody else has seen, with its history. False when it is gone already."""
    fersk = Utfordring.objects.select_for_update().filter(pk=utfordring.pk).first()
    if fersk is None:
        return False
    krev(tilgang.kan_slette_utfordring, av, fersk)
    pk = fersk.pk
    fersk.delete()
    Utfordring.historikk.filter(id=pk).delete()
    return True


# ---- The others ----------------------------------------------------------------------------------------------------


@transaction.atomic
def skriv_under(utfordring, *, organisasjon, begrunnelse, av):
    """«We have it too.» Once for each organisation. False when it had signed already."""
    fersk = _last(utfordring)
    if fersk.slatt_sammen_med_id:
        raise Umulig("slatt_sammen")
    krev(tilgang.kan_skrive_under, av, fersk, organisasjon)
    if fersk.medunderskrifter.gjeldende().filter(organisasjon=organisasjon).exists():
        return False
    underskrift = Medunderskrift(utfordring=fersk, organisasjon=organisasjon, begrunnelse=begrunnelse.strip(), av=av)
    _lagre(underskrift, av=av, handling="skriv_under")
    nadde = _skriv(fersk, av=av, handling="skriv_under")
    utfordring_varsler.underskrevet(fersk, underskrift, av=av)
    if nadde:
        utfordring_varsler.nok_har_skrevet_under(fersk, av=av)
    return True


@transaction.atomic
def trekk(underskrift, *, av):
    """The organisation's lead takes its name off. False when it is off already."""
    fersk = _last(underskrift.utfordring)
    underskrift = Medunderskrift.objects.select_related("organisasjon", "utfordring").get(pk=underskrift.pk)
    krev(tilgang.kan_trekke_underskrift, av, underskrift)
    if underskrift.trukket_tid:
        return False
    underskrift.trukket_tid = timezone.now()
    _lagre(underskrift, av=av, handling="trekk")
    _skriv(fersk, av=av, handling="trekk")
    return True


# ---- KS ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def merk_sett(utfordring, *, versjon, av):
    """KS has looked at what was on the screen. False when it has changed since, or was done already."""
    krev(tilgang.kan_behandle_utfordring, av)
    return bool(
        Utfordring.objects.filter(pk=utfordring.pk, versjon=versjon, sett_tid=None).update(sett_tid=timezone.now())
    )


@transaction.atomic
def besvar(utfordring, *, svar, versjon, av):
    """A public answer. Those who have signed are told."""
    fersk = _til_behandling(utfordring, av=av)
    if not svar.strip():
        raise Mangler(["svar"])
    if fersk.svar == svar.strip():
        return False
    if fersk.versjon != versjon:
        raise versjoner.Konflikt(versjon=fersk.versjon, felter=[], verdier={"svar": svar})
    tid = timezone.now()
    _skriv(fersk, av=av, handling="besvar", svar=svar.strip(), svar_tid=tid, sett_tid=tid)
    utfordring_varsler.besvart(fersk, av=av)
    return True


@transaction.atomic
def ta_inn(utfordring, *, mission, av):
    """Take it into a mission, or out again (None). False when it is there already."""
    fersk = _til_behandling(utfordring, av=av)
    if fersk.mission_id == (mission.pk if mission else None):
        return False
    _skriv(fersk, av=av, handling="ta_inn" if mission else "ta_ut", mission=mission, sett_tid=timezone.now())
    if mission:
        utfordring_varsler.tatt_inn(fersk, av=av)
    return True


@transaction.atomic
def sla_sammen(utfordring, *, med, av):
    """Make one need part of another: its signatures go along, and its address leads on. False when done already."""
    krev(tilgang.kan_behandle_utfordring, av)
    if utfordring.pk == med.pk:
        raise Umulig("seg_selv")
    laast = {u.pk: u for u in _alle().filter(pk__in=[utfordring.pk, med.pk]).order_by("pk")}
    fra, til = laast[utfordring.pk], laast[med.pk]
    if fra.slatt_sammen_med_id == til.pk:
        return False
    if not (fra.er_publisert and til.er_publisert):
        raise Umulig("ikke_publisert")
    har = set(til.medunderskrifter.gjeldende().values_list("organisasjon", flat=True))
    for rad in fra.medunderskrifter.gjeldende().exclude(organisasjon__in=har):
        flyttet = Medunderskrift(
            utfordring=til, organisasjon_id=rad.organisasjon_id, begrunnelse=rad.begrunnelse, av=rad.av, tid=rad.tid
        )
        _lagre(flyttet, av=av, handling="sla_sammen")
    for tidligere in _alle().filter(slatt_sammen_med=fra):  # whoever came before leads straight there
        _skriv(tidligere, av=av, handling="sla_sammen", slatt_sammen_med=til)
    _skriv(fra, av=av, handling="sla_sammen", status=SLATT_SAMMEN, slatt_sammen_med=til)
    if _skriv(til, av=av, handling="sla_sammen"):
        utfordring_varsler.nok_har_skrevet_under(til, av=av)
    utfordring_varsler.slatt_sammen(fra, til, av=av)
    return True


@transaction.atomic
def ta_ned(utfordring, *, begrunnelse, av):
    """Hide it from all but its owner's people and KS, with a reason. False when it is down already."""
    krev(tilgang.kan_behandle_utfordring, av)
    fersk = _last(utfordring)
    if fersk.status == TATT_NED:
        return False
    if not fersk.er_publisert:
        raise Umulig("ikke_publisert")
    if not begrunnelse.strip():
        raise Mangler(["begrunnelse"])
    _skriv(fersk, av=av, handling="ta_ned", status=TATT_NED, begrunnelse=begrunnelse.strip(), sett_tid=timezone.now())
    utfordring_varsler.tatt_ned(fersk, av=av)
    return True


@transaction.atomic
def sett_terskel(antall, *, av):
    """How many must have a need before it comes to the curators. Returns how many came at once, having as many already.

    Those that have come stay when the number is raised.
    """
    krev(tilgang.kan_sette_terskel, av)
    Utfordringsoppsett.objects.bulk_create([Utfordringsoppsett(pk=1)], ignore_conflicts=True)
    oppsett = Utfordringsoppsett.objects.select_for_update().get(pk=1)
    if oppsett.terskel == antall:
        return 0
    oppsett.terskel = antall
    _lagre(oppsett, av=av, handling="sett_terskel")
    har_nok = list(_alle().publiserte().filter(terskel_tid=None, svar_tid=None, mission=None, antall__gte=antall))
    for utfordring in har_nok:
        _skriv(utfordring, av=av, handling="sett_terskel")
        utfordring_varsler.nok_har_skrevet_under(utfordring, av=av)
    return len(har_nok)


def _til_behandling(utfordring, *, av):
    krev(tilgang.kan_behandle_utfordring, av)
    fersk = _last(utfordring)
    if not fersk.er_publisert:
        raise Umulig("ikke_publisert")
    return fersk


# ---- The one way of writing ----------------------------------------------------------------------------------------


def _alle():
    return Utfordring.objects.select_for_update(of=("self",)).select_related("eier")


def _last(utfordring):
    """The need as it is, held until the end of the transaction."""
    return _alle().get(pk=utfordring.pk)


def _skriv(utfordring, *, av, handling, **felt):
    """Write, count who carries it, and say whether they became many enough now. `utfordring` is held."""
    if not versjoner.ta_neste(utfordring, utfordring.versjon):
        raise PermissionDenied  # cannot be: the row is held
    tid = timezone.now()
    for navn, verdi in felt.items():
        setattr(utfordring, navn, verdi)
    utfordring.endret_tid = tid
    utfordring.antall = utfordring.medunderskrifter.gjeldende().count()
    nadde = (
        utfordring.er_publisert
        and utfordring.terskel_tid is None
        and utfordring.antall >= Utfordringsoppsett.gjeldende_terskel()
    )
    if nadde:
        utfordring.terskel_tid = tid
    _lagre(utfordring, av=av, handling=handling, tid=tid)
    oppdater_sok([utfordring.pk])
    return nadde


def _lagre(objekt, *, av, handling, tid=None):
    versjoner.merk(objekt, av=av, handling=handling, tid=tid)
    objekt.save()


def oppdater_sok(ider):
    """Rewrite the search rows of these needs, and tell that pages which show them have changed."""
    rader = list(Utfordring.objects.filter(pk__in=ider).select_related("eier"))
    innhold.endret("utfordring", [u.pk for u in rader if u.publisert_tid])
    indekser(
        Utfordringssok,
        [(u.pk, u.tittel, f"{u.hvem} {u.eier.navn}", "\n".join(getattr(u, f) for f in TEKSTFELT)) for u in rader],
    )


def ledig_slug(tittel):
    """An address nobody has. It stays when the title changes: links live long."""
    grunn = norsk_slug(tittel) or "utfordring"
    opptatt = {*Utfordring.objects.filter(slug__startswith=grunn).values_list("slug", flat=True), *OPPTATTE}
    slug, nummer = grunn, 1
    while slug in opptatt:
        nummer += 1
        slug = f"{grunn}-{nummer}"
    return slug
