"""Deeds on barriers: raised, mended, withdrawn by the project; moved, gathered by rule and taken down by KS.

The project is held first in every deed on a barrier, so that its count is right. Its version is not raised, and its search
row is not written: what stands in the way is found among the barriers.
"""

import uuid

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from partnerskap.felles import innhold
from partnerskap.felles import versjon as versjoner
from partnerskap.felles.norsk import norsk_slug
from partnerskap.felles.tilgang import krev
from prosjekter import tilgang
from prosjekter.handlinger.prosjekt import NOKKELROM, Mangler
from prosjekter.models import Barriere, Barriereflytt, Barrieresok, Prosjekt, Regel
from prosjekter.models.barriere import OPPTATTE, regelnokkel
from prosjekter.overganger import barriere as overganger
from sok.indeks import indekser

ENDRES = ("type", "niva", "hjemmel", "hjemmel_lenke", "hva_stopper", "hva_ville_lost")


class FlyttetAlt(Exception):  # noqa: N818 - the word of the domain
    """Somebody in KS has moved it since the page was shown. `barriere` is how it stands."""

    def __init__(self, barriere):
        super().__init__(barriere.policylab_status)
        self.barriere = barriere


# ---- The project ---------------------------------------------------------------------------------------------------


def meld(prosjekt, *, nokkel, av, **verdier):
    """Say what stands in the way. Two clicks make one. Returns (barrier, is new)."""
    krev(tilgang.kan_melde_barriere, av, prosjekt)
    egen_nokkel = uuid.uuid5(NOKKELROM, f"barriere:{av.pk}:{prosjekt.pk}:{nokkel}")
    for _forsok in range(3):
        if funnet := Barriere.objects.filter(nokkel=egen_nokkel).select_related("prosjekt").first():
            return funnet, False
        try:
            return _skriv_ny(prosjekt, nokkel=egen_nokkel, av=av, **verdier), True
        except IntegrityError as feil:
            kollisjon = feil  # our own other click was first, or somebody named the same rule
    raise kollisjon


@transaction.atomic
def _skriv_ny(prosjekt, *, av, **verdier):
    holdt = _hold(prosjekt)
    tid = timezone.now()
    barriere = Barriere(
        prosjekt=holdt,
        regel=regel_for(verdier.get("hjemmel", "")),
        meldt_av=av,
        opprettet_tid=tid,
        endret_tid=tid,
        er_eksempel=holdt.er_eksempel,
        **verdier,
    )
    versjoner.merk(barriere, av=av, handling="meld_barriere", tid=tid)
    barriere.save()
    ferdig(holdt, barriere)
    return barriere


@transaction.atomic
def oppdater(barriere, *, verdier, versjon, av):
    """Save on top of what the writer saw. Another rule in the text leads to another rule, unless KS has gathered them."""
    holdt, for_ = hold_begge(barriere)
    krev(tilgang.kan_endre_barriere, av, for_)
    verdier = {navn: verdi for navn, verdi in verdier.items() if navn in ENDRES}
    if verdier.get("type", for_.type) == "regelverk" and not verdier.get("hjemmel", for_.hjemmel):
        raise Mangler(felt=["hjemmel"])
    if regelnokkel(verdier.get("hjemmel", for_.hjemmel)) != regelnokkel(for_.hjemmel):
        verdier["regel"] = regel_for(verdier["hjemmel"])
    fersk = _lagre(for_, verdier, versjon=versjon, av=av)
    fersk.prosjekt = holdt
    if fersk.versjon != for_.versjon:
        Barriere.objects.filter(pk=fersk.pk).update(endret_tid=timezone.now())
        ferdig(holdt, fersk)
    return fersk


def _lagre(for_, verdier, *, versjon, av):
    try:
        with transaction.atomic():
            return versjoner.lagre(for_, versjon=versjon, verdier=verdier, av=av, handling="oppdater_barriere")
    except versjoner.Konflikt as konflikt:  # the rule follows from the text, and is no field of the form
        konflikt.felter = [felt for felt in konflikt.felter if felt.navn != "regel"]
        raise
    except IntegrityError as feil:  # one took the rule away while another said that it is one
        raise Mangler(felt=["hjemmel"]) from feil


@transaction.atomic
def trekk(barriere, *, av):
    """It no longer stands in the way, or never did. Its page is for the project's own people. False when done before."""
    return _sett_trukket(barriere, timezone.now(), av=av, handling="trekk_barriere")


@transaction.atomic
def meld_igjen(barriere, *, av):
    return _sett_trukket(barriere, None, av=av, handling="meld_igjen")


def _sett_trukket(barriere, tid, *, av, handling):
    holdt, fersk = hold_begge(barriere)
    krev(tilgang.kan_endre_barriere, av, fersk)
    if bool(fersk.trukket_tid) == bool(tid):
        return False
    _skriv(fersk, av=av, handling=handling, trukket_tid=tid)
    ferdig(holdt, fersk)
    return True


# ---- KS ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def flytt(barriere, *, fra, til, tekst, av, ogsaa_de_andre=False):
    """Move it, with the reason everyone reads. `fra` is where it stood when the reason was written: FlyttetAlt if not so.

    `ogsaa_de_andre`: the same for every barrier of the same rule that stands in the same place, as far as this person
    sees. Returns how many were moved; none when this is a second click.
    """
    andre = list(de_andre(barriere, fra, av).order_by("prosjekt", "pk")) if ogsaa_de_andre else []
    _hold_alle([barriere, *andre])
    holdt, fersk = hold_begge(barriere)
    if not tekst.strip():
        raise Mangler(felt=["tekst"])
    if fersk.policylab_status == til and fersk.svar == tekst.strip():
        return 0
    if fersk.policylab_status != fra:
        raise FlyttetAlt(fersk)
    _flytt_en(holdt, fersk, til=til, tekst=tekst.strip(), av=av)
    for en in andre:
        _flytt_en(*hold_begge(en), til=til, tekst=tekst.strip(), av=av)
    return 1 + len(andre)


def de_andre(barriere, status, bruker):
    """Others under the same rule that stand in the same place, and that this person may answer."""
    if barriere.regel_id is None:
        return Barriere.objects.none()
    synlige = Barriere.objects.synlige_for(bruker).meldte().select_related("prosjekt")
    return synlige.filter(regel=barriere.regel_id, policylab_status=status).exclude(pk=barriere.pk)


def _flytt_en(prosjekt, barriere, *, til, tekst, av):
    rad = overganger.finn(barriere, til, av)
    tid = timezone.now()
    Barriereflytt.objects.create(barriere=barriere, fra=barriere.policylab_status, til=til, tekst=tekst, tid=tid, av=av)
    _skriv(barriere, av=av, handling="flytt_barriere", policylab_status=til, svar=tekst, svar_tid=tid)
    ferdig(prosjekt, barriere)
    rad.varsle(barriere, av=av)


@transaction.atomic
def legg_under(barriere, *, regel, av):
    """The barrier is about this rule, whatever its people wrote."""
    holdt, fersk = hold_begge(barriere)
    krev(tilgang.kan_behandle_barriere, av, fersk)
    if not fersk.hjemmel:
        raise Mangler(felt=["hjemmel"])
    if fersk.regel_id == regel.pk:
        return False
    _skriv(fersk, av=av, handling="legg_under_regel", regel=regel)
    ferdig(holdt, fersk)
    return True


@transaction.atomic
def sla_sammen(regel, *, med, av):
    """Two spellings of one rule: `med` is what it is called from now on. Old addresses and new barriers follow."""
    krev(tilgang.kan_behandle_barrierer, av)
    rader = {r.pk: r for r in Regel.objects.select_for_update().filter(pk__in=(regel.pk, med.pk)).order_by("pk")}
    fersk, med = rader[regel.pk], rader[med.pk]
    if fersk == med or fersk.del_av_id == med.pk:
        return False
    if med.del_av_id or fersk.del_av_id:
        raise PermissionDenied  # one of them has become part of a third since the page was shown
    _skriv_regel(fersk, av=av, handling="sla_sammen", del_av=med)
    Regel.objects.filter(del_av=fersk).update(del_av=med)
    for barriere in Barriere.objects.select_for_update().filter(regel=fersk).order_by("pk"):
        _skriv(barriere, av=av, handling="legg_under_regel", regel=med)
    oppdater_sok(Barriere.objects.filter(regel=med))
    innhold.endret("barriere")
    return True


@transaction.atomic
def endre_regel(regel, *, navn, lenke, av):
    """What the rule is called here, and where it can be read."""
    krev(tilgang.kan_behandle_barrierer, av)
    fersk = Regel.objects.select_for_update().get(pk=regel.pk)
    if (fersk.navn, fersk.lenke) == (navn, lenke):
        return False
    _skriv_regel(fersk, av=av, handling="endre_regel", navn=navn, lenke=lenke)
    oppdater_sok(Barriere.objects.filter(regel=fersk))
    innhold.endret("barriere")
    return True


# ---- How -----------------------------------------------------------------------------------------------------------


def _hold(prosjekt):
    return Prosjekt.objects.select_for_update(of=("self",)).select_related("eier").get(pk=prosjekt.pk)


def _hold_alle(barrierer):
    """The projects of several barriers, always in the same order, so that no two wait for each other."""
    ider = {barriere.prosjekt_id for barriere in barrierer}
    list(Prosjekt.objects.select_for_update().filter(pk__in=ider).order_by("pk").values_list("pk"))


def hold_begge(barriere):
    holdt = _hold(barriere.prosjekt)
    fersk = Barriere.objects.select_related("regel").get(pk=barriere.pk)
    fersk.prosjekt = holdt
    return holdt, fersk


def _skriv(barriere, *, av, handling, **verdier):
    versjoner.ta_neste(barriere, barriere.versjon)
    for navn, verdi in verdier.items():
        setattr(barriere, navn, verdi)
    barriere.endret_tid = timezone.now()
    versjoner.merk(barriere, av=av, handling=handling)
    barriere.save()


def _skriv_regel(regel, *, av, handling, **verdier):
    versjoner.ta_neste(regel, regel.versjon)
    for navn, verdi in verdier.items():
        setattr(regel, navn, verdi)
    versjoner.merk(regel, av=av, handling=handling)
    regel.save()


def ferdig(prosjekt, barriere):
    """The project's count, the search row, and that pages have changed, for those who could see them."""
    tell([prosjekt])
    oppdater_sok(Barriere.objects.filter(pk=barriere.pk))
    if prosjekt.publisert_tid:
        innhold.endret("barriere", [barriere.pk])


def tell(prosjekter):
    for prosjekt in prosjekter:
        antall = prosjekt.barrierer.gyldige().count()
        Prosjekt.objects.filter(pk=prosjekt.pk).update(antall_barrierer=antall)


def oppdater_sok(barrierer):
    rader = barrierer.select_related("regel", "prosjekt__eier")
    indekser(
        Barrieresok,
        [
            (b.pk, f"{b.regel or ''} {b.hjemmel}", f"{b.get_type_display()} {b.prosjekt.eier.navn}", _tekst(b))
            for b in rader
        ],
    )


def _tekst(barriere):
    return "\n".join((barriere.hva_stopper, barriere.hva_ville_lost, barriere.svar))


def regel_for(hjemmel):
    """The rule somebody wrote, made when nobody has written it before. None for no rule."""
    if not hjemmel:
        return None
    nokkel = regelnokkel(hjemmel) or hjemmel[:200]
    if funnet := Regel.objects.select_related("del_av").filter(nokkel=nokkel).first():
        return funnet.del_av or funnet
    regel = Regel(navn=hjemmel, nokkel=nokkel, slug=_ledig_slug(hjemmel))
    versjoner.merk(regel, av=None, handling="ny_regel")
    regel.save()
    return regel


def _ledig_slug(navn):
    grunn = norsk_slug(navn) or "regel"
    opptatt = {*Regel.objects.filter(slug__startswith=grunn).values_list("slug", flat=True), *OPPTATTE}
    slug, nummer = grunn, 1
    while slug in opptatt:
        nummer += 1
        slug = f"{grunn}-{nummer}"
    return slug
