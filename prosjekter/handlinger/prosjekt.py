"""Deeds on projects: all or nothing, once however many click, with history and notices in the same transaction.

The moves between publishing states follow the table in `overganger`. Every deed raises the project's `versjon` by one,
writes one history row of the project and gives all rows of the deed the same time, so that they can be read together.
"""

import uuid

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from partnerskap.felles import versjon as versjoner
from prosjekter import fillager, likhet, slugger, sokeindeks, tilgang
from prosjekter.kodeverk import Partnerrolle, Status
from prosjekter.krav import KODEFELT, MINSTEKRAV, PROSJEKTFELT, TEKSTFELT, les
from prosjekter.krav import mangler as krav_mangler
from prosjekter.models import (
    FILSLAG,
    RADFELT,
    Deltakelse,
    Eksperiment,
    Hjelper,
    Klassifisering,
    Komplementaritet,
    Laering,
    Missiontilknytning,
    Modereringssak,
    Prosjekt,
    Prosjekttekst,
)
from prosjekter.models.gevinst import hoyeste_belegg, sum_frigjort
from prosjekter.overganger import prosjekt as overganger
from prosjekter.varsler import prosjekt as varsler
from prosjekter.varsler import samspill as samspill_varsler
from prosjekter.varsler import utfordring as utfordring_varsler

NOKKELROM = uuid.UUID("6b2f2a0e-8f0e-4d3c-9f57-1d1f0f0f7a11")

Vedtak = Modereringssak.Vedtak


class Mangler(Exception):  # noqa: N818
    """Something must be filled in or said first. `sporsmal` are from krav; `felt` are grunn and begrunnelse."""

    def __init__(self, *, sporsmal=(), felt=()):
        super().__init__([s.felt for s in sporsmal] or list(felt))
        self.sporsmal = list(sporsmal)
        self.felt = list(felt)


# ---- Register and write --------------------------------------------------------------------------------------------


def opprett(*, tittel, utfordring, eier, nokkel, av):
    """Make a private draft. The same `nokkel` from the same person is the same project. Returns (project, is new)."""
    if not tilgang.kan_registrere_for(av, eier):
        raise PermissionDenied
    for _forsok in range(10):
        if funnet := laget(nokkel, av=av):
            return funnet, False
        try:
            return _opprett(
                tittel=tittel, utfordring=utfordring, eier=eier, nokkel=_egen_nokkel(nokkel, av), av=av
            ), True
        except IntegrityError:
            continue  # somebody took the address, or our own other click was first
    raise RuntimeError("no free address for the project")


def laget(nokkel, *, av):
    """The project this person has made with this key, or None."""
    return Prosjekt.objects.filter(nokkel=_egen_nokkel(nokkel, av)).first()


def siste_laget(*, av):
    """The number of the last project the person made; 0 for none. Another number: a form that was sent has arrived."""
    siste = Prosjekt.objects.filter(opprettet_av=av).order_by("-pk").values_list("pk", flat=True).first()
    return siste or 0


def _egen_nokkel(nokkel, av):
    """Bound to the person: nobody finds another's project by posting her key."""
    return uuid.uuid5(NOKKELROM, f"{av.pk}:{nokkel}")


@transaction.atomic
def _opprett(*, tittel, utfordring, eier, nokkel, av):
    tid = timezone.now()
    prosjekt = Prosjekt(
        tittel=tittel, slug=slugger.ledig_slug(tittel), eier=eier, nokkel=nokkel, opprettet_av=av, ansvarlig=av,
        opprettet_tid=tid, endret_tid=tid, er_eksempel=eier.er_eksempel,
    )  # fmt: skip
    lagre(prosjekt, av=av, handling="opprett", tid=tid)
    lagre(Prosjekttekst(prosjekt=prosjekt, utfordring=utfordring), av=av, handling="opprett", tid=tid)
    lagre(Deltakelse(prosjekt=prosjekt, organisasjon=eier, rolle=Partnerrolle.EIER), av=av, handling="opprett", tid=tid)
    sokeindeks.oppdater([prosjekt.pk])
    likhet.oppdater_etterpa(prosjekt.pk)
    return prosjekt


def lagre_seksjon(prosjekt, *, verdier, versjon, av, flett=True, stille=False):
    """Save answers (names as in krav.les) on top of what the writer saw. Returns the fresh project.

    What somebody else changed meanwhile is merged; versjon.Konflikt when both changed the same. The answers of a
    published project are public at once, and KS looks at them afterwards. `flett=False` when the writer's page will not
    be shown anew: then any change by somebody else is a conflict. `stille` while somebody writes: what resembles the
    project is found when a button is pressed, and not at every pause.
    """
    for _forsok in range(3):
        try:
            return _lagre_seksjon(prosjekt, verdier=verdier, versjon=versjon, av=av, flett=flett, stille=stille)
        except IntegrityError as feil:
            kollisjon = feil  # another project took the address of the new title in the same moment
    raise kollisjon


@transaction.atomic
def _lagre_seksjon(prosjekt, *, verdier, versjon, av, flett, stille):
    fersk = last(prosjekt)
    if not tilgang.kan_skrive(av, fersk):
        raise PermissionDenied
    naa = les(fersk)
    if fersk.versjon != versjon:
        if not flett:
            raise versjoner.Konflikt(versjon=fersk.versjon, felter=[], verdier=verdier)
        verdier = _flett(fersk, naa, verdier, versjon)
    endret = {navn: verdi for navn, verdi in verdier.items() if not versjoner.lik(verdi, naa[navn])}
    if not endret:
        return fersk
    if endret.keys() & tilgang.laaste_svar(av, fersk):
        raise PermissionDenied
    if fersk.status == Status.PUBLISERT:
        if tomt := [navn for navn in MINSTEKRAV if navn in endret and not endret[navn]]:
            raise Mangler(felt=tomt)
        if nye := _nye_mangler(naa, endret):
            raise Mangler(sporsmal=nye)
        apne_etterkontroll(fersk, av=av)
    return skriv(fersk, av=av, handling="lagre_seksjon", stille=stille, **endret)


def _nye_mangler(naa, endret):
    """What a public project would lack that it does not lack today: a lesson when it ends, the reason when it stops."""
    manglet = krav_mangler(naa)
    return [sporsmal for sporsmal in krav_mangler({**naa, **endret}) if sporsmal not in manglet]


def _flett(fersk, naa, verdier, versjon):
    fletting = versjoner.flett(som_var(fersk, versjon), naa, verdier)
    if fletting.konflikter:
        raise versjoner.Konflikt(
            versjon=fersk.versjon,
            felter=fletting.konflikter,
            verdier=fletting.verdier,
            flettet=fletting.flettet,
            **versjoner.sist_endret(fersk),
        )
    return fletting.verdier


def som_var(prosjekt, versjon):
    """All answers as they were in a version, or None when the history does not reach back that far.

    Of a version in the middle of a sitting that has been gathered (historikksamling) only what the sitting left alone.
    Texts and codes have histories of their own: theirs at the version is what was written before the next one.
    """
    rad = prosjekt.historikk.filter(versjon=versjon).order_by("history_date", "history_id").last()
    if rad is None:
        return _mellom(prosjekt, versjon)
    neste = prosjekt.historikk.filter(versjon__gt=versjon).order_by("versjon").first()
    tekst = _historikk_foer(Prosjekttekst, prosjekt, neste).last()
    koder = {}
    for kode in _historikk_foer(Klassifisering, prosjekt, neste):
        koder[kode.id] = None if kode.history_type == "-" else (kode.liste, kode.verdi)
    return {
        **{navn: getattr(rad, prosjekt._meta.get_field(navn).attname) for navn in PROSJEKTFELT},
        **({navn: getattr(tekst, navn) for navn in TEKSTFELT} if tekst else {}),
        **{liste: [k[1] for k in koder.values() if k and k[0] == liste] for liste in KODEFELT},
        **{navn: _rader_foer(modell, prosjekt, neste) for navn, modell in RADFELT.items()},
    }


def _mellom(prosjekt, versjon):
    """What was the same before and after a version that has no row of its own. The rest nobody knows: it is asked about."""
    foer = prosjekt.historikk.filter(versjon__lt=versjon).order_by("-versjon").first()
    etter = prosjekt.historikk.filter(versjon__gt=versjon).order_by("versjon").first()
    if foer is None or etter is None:
        return None
    a, b = som_var(prosjekt, foer.versjon), som_var(prosjekt, etter.versjon)
    return {navn: verdi for navn, verdi in a.items() if navn in b and versjoner.lik(verdi, b[navn])}


def _rader_foer(modell, prosjekt, neste):
    siste = {rad.id: rad for rad in _historikk_foer(modell, prosjekt, neste)}
    return [rad.instance.som_svar() for rad in siste.values() if rad.history_type != "-"]


def _historikk_foer(modell, prosjekt, neste):
    rader = modell.historikk.filter(prosjekt_id=prosjekt.pk).order_by("history_date", "history_id")
    return rader.filter(history_date__lt=neste.history_date) if neste else rader


@transaction.atomic
def slett(prosjekt, *, av):
    """Remove a draft nobody but its owner has seen, with its history. Everything else is archived."""
    fersk = Prosjekt.objects.select_for_update().filter(pk=prosjekt.pk).first()
    if fersk is None:
        return False
    if not tilgang.kan_slette(av, fersk):
        raise PermissionDenied
    pk = fersk.pk
    fillager.slett_etterpa([*fersk.bilder.all(), *fersk.vedlegg.all()])
    fersk.delete()
    egne = (Prosjekttekst, Klassifisering, Deltakelse, Hjelper, Missiontilknytning, Eksperiment, Laering)
    for modell in (*egne, *RADFELT.values(), *FILSLAG.values()):
        modell.historikk.filter(prosjekt_id=pk).delete()
    Komplementaritet.historikk.filter(fra_id=pk).delete()
    Prosjekt.historikk.filter(id=pk).delete()
    return True


@transaction.atomic
def bekreft(prosjekt, *, av):
    """Still right? Yes. Freshens the date without changing a word."""
    fersk = last(prosjekt)
    if not tilgang.kan_bekrefte(av, fersk):
        raise PermissionDenied
    i_dag = timezone.localdate()
    if fersk.sist_bekreftet == i_dag:
        return fersk
    return skriv(fersk, av=av, handling="bekreft", sist_bekreftet=i_dag)


# ---- The moves of the table ----------------------------------------------------------------------------------------


def send_inn(prosjekt, *, av, versjon=None):
    """Hand it to KS; a trusted organisation publishes at once and KS looks afterwards."""
    likhet.oppdater_etterpa(prosjekt.pk)  # its people are asked about what resembles the draft as it has become
    return _flytt("send_inn", prosjekt, av=av, versjon=versjon)


def trekk(prosjekt, *, av):
    return _flytt("trekk", prosjekt, av=av)


def publiser(prosjekt, *, av, versjon=None):
    """Give `versjon` to publish what was read and nothing else."""
    return _flytt("publiser", prosjekt, av=av, versjon=versjon)


def send_til_retting(prosjekt, *, av, grunn, begrunnelse):
    return _flytt("send_til_retting", prosjekt, av=av, grunn=grunn, begrunnelse=begrunnelse)


def avpubliser(prosjekt, *, av, grunn="", begrunnelse=""):
    return _flytt("avpubliser", prosjekt, av=av, grunn=grunn, begrunnelse=begrunnelse)


def publiser_igjen(prosjekt, *, av):
    return _flytt("publiser_igjen", prosjekt, av=av)


def arkiver(prosjekt, *, av):
    return _flytt("arkiver", prosjekt, av=av)


def gjenapne(prosjekt, *, av):
    return _flytt("gjenapne", prosjekt, av=av)


@transaction.atomic
def _flytt(navn, prosjekt, *, av, grunn="", begrunnelse="", versjon=None):
    """Carry out a row of the table. True when this call did it, False when it was done already.

    Two clicks, or two people at once, give one deed and one notice: the project's row is held, and the state is read
    after it is held.
    """
    fersk = last(prosjekt)
    overgang = overganger.finn(navn, fersk, av)
    if overgang is None:
        return False
    if versjon is not None and versjon != fersk.versjon:
        raise versjoner.Konflikt(versjon=fersk.versjon, felter=[], verdier={}, **versjoner.sist_endret(fersk))
    sagt = {"grunn": grunn, "begrunnelse": begrunnelse.strip()}
    if usagt := [felt for felt in overgang.ma_gis if not sagt[felt]]:
        raise Mangler(felt=usagt)
    if mangler := overgang.krav(fersk):
        raise Mangler(sporsmal=mangler)
    tid = timezone.now()
    _skriv_sak(fersk, overgang, av=av, tid=tid, **sagt)
    felt = {"status": overgang.til, "statusgrunn": sagt["grunn"], "statusbegrunnelse": sagt["begrunnelse"]}
    if overgang.til == Status.PUBLISERT:
        felt |= {"publisert_tid": fersk.publisert_tid or tid, "sist_bekreftet": timezone.localdate(tid)}
    skriv(fersk, av=av, handling=navn, tid=tid, **felt)
    overgang.varsle(fersk, av=av)
    samspill_varsler.fortell(fersk, av=av)
    utfordring_varsler.fortell(fersk, av=av)
    _gi_tilbake(prosjekt, fersk)
    return True


def _skriv_sak(prosjekt, overgang, *, av, tid, grunn, begrunnelse):
    """The paper trail: a case opens when something is sent in, and closes when it is decided."""
    sak = prosjekt.modereringssaker.select_for_update().filter(avgjort_tid=None).first()
    svar = {"avgjort_tid": tid, "avgjort_av": av, "grunn": grunn, "begrunnelse": begrunnelse}
    if overgang.til == Status.INNSENDT or overgang.etterkontroll:
        Modereringssak.objects.create(
            prosjekt=prosjekt, versjon=prosjekt.versjon + 1, innsendt_tid=tid, innsendt_av=av,
            er_etterkontroll=overgang.etterkontroll,
        )  # fmt: skip
    elif vedtak := VEDTAK.get((overgang.navn, overgang.hvem is tilgang.kan_moderere)):
        if sak is None:
            sak = Modereringssak(prosjekt=prosjekt, versjon=prosjekt.versjon, innsendt_tid=tid)
        for navn, verdi in {**svar, "vedtak": vedtak}.items():
            setattr(sak, navn, verdi)
        sak.save()
    elif sak:  # the owner took back, took down or put away what KS had not got round to
        Modereringssak.objects.filter(pk=sak.pk).update(vedtak=Vedtak.TRUKKET, **svar)


VEDTAK = {
    ("publiser", True): Vedtak.PUBLISERT,
    ("publiser_igjen", True): Vedtak.PUBLISERT,
    ("send_til_retting", True): Vedtak.TIL_RETTING,
    ("avpubliser", True): Vedtak.AVPUBLISERT,
}


def apne_etterkontroll(prosjekt, *, av):
    """KS sees what changes in public, once for each time it has looked. Also for what hangs on the project."""
    if not prosjekt.modereringssaker.filter(avgjort_tid=None).exists():
        Modereringssak.objects.create(
            prosjekt=prosjekt, versjon=prosjekt.versjon + 1, innsendt_av=av, er_etterkontroll=True
        )


@transaction.atomic
def merk_sett(sak, *, av, versjon=None):
    """KS has looked at what was already public. `versjon` is what was on the screen. False when it was done already."""
    if not tilgang.kan_moderere(av, sak.prosjekt):
        raise PermissionDenied
    felt = {"vedtak": Vedtak.SETT, "avgjort_tid": timezone.now(), "avgjort_av": av}
    if versjon is not None:
        felt["versjon"] = versjon
    return bool(Modereringssak.objects.filter(pk=sak.pk, er_etterkontroll=True, avgjort_tid=None).update(**felt))


# ---- Handed over ---------------------------------------------------------------------------------------------------


@transaction.atomic
def overfor_ansvar(*, fra, til, organisasjon, av):
    """Hand over every project one person looks after in an organisation to a colleague. Returns how many.

    For when people leave. Archived ones follow along, so that nothing is left with someone who has quit. `til` is None
    when nobody takes over yet: the projects stay with the organisation.
    """
    if not tilgang.kan_overfore_ansvar(av, fra, organisasjon):
        raise PermissionDenied
    if til is not None and not til.medlemskap.aktive().filter(organisasjon=organisasjon).exists():
        raise PermissionDenied
    prosjekter = list(
        Prosjekt.objects.select_for_update(of=("self",))
        .filter(ansvarlig=fra, eier=organisasjon)
        .select_related("eier")
        .order_by("pk")
    )
    tid = timezone.now()
    for prosjekt in prosjekter:
        skriv(prosjekt, av=av, handling="overfor_ansvar", tid=tid, ansvarlig=til)
    if prosjekter and til is not None:
        varsler.ansvar_overfort(prosjekter, fra=fra, til=til, organisasjon=organisasjon, av=av)
    return len(prosjekter)


# ---- The one way of writing ----------------------------------------------------------------------------------------


def last(prosjekt):
    """The project as it is, held until the end of the transaction. Everything is decided on this one."""
    return Prosjekt.objects.select_for_update(of=("self",)).select_related("eier").get(pk=prosjekt.pk)


def skriv(prosjekt, *, av, handling, tid=None, stille=False, **verdier):
    """Write values (names as in krav.les, or the project's own fields) and raise the version. `prosjekt` is held."""
    tid = tid or timezone.now()
    if not versjoner.ta_neste(prosjekt, prosjekt.versjon):
        raise versjoner.Konflikt(versjon=prosjekt.versjon + 1, felter=[], verdier=verdier)
    tekst = {navn: verdier.pop(navn) for navn in TEKSTFELT if navn in verdier}
    koder = {navn: verdier.pop(navn) for navn in KODEFELT if navn in verdier}
    rader = {navn: verdier.pop(navn) for navn in RADFELT if navn in verdier}
    if "gevinster" in rader:
        verdier["belegg"] = hoyeste_belegg(rader["gevinster"])
    if "avviklinger" in rader:
        verdier |= sum_frigjort(rader["avviklinger"])
    if tekst:
        _skriv_tekst(prosjekt, tekst, av=av, handling=handling, tid=tid)
    for liste, valgte in koder.items():
        _skriv_koder(prosjekt, liste, valgte, av=av, handling=handling, tid=tid)
    for navn, svar in rader.items():
        _skriv_rader(prosjekt, navn, svar, av=av, handling=handling, tid=tid)
    for navn, verdi in verdier.items():
        felt = prosjekt._meta.get_field(navn)
        setattr(prosjekt, navn if hasattr(verdi, "pk") or verdi is None else felt.attname, verdi)
    if "tittel" in verdier:
        slugger.flytt_adresse(prosjekt)
    prosjekt.endret_tid = tid
    lagre(prosjekt, av=av, handling=handling, tid=tid)
    sokeindeks.oppdater([prosjekt.pk])
    if "tittel" in verdier:  # also of what is taken down: it may be put back
        sokeindeks.oppdater_deler(prosjekt.laeringskort.all())
        sokeindeks.oppdater_deler(prosjekt.eksperimenter.all())
    if not stille:
        likhet.oppdater_etterpa(prosjekt.pk)
    return prosjekt


def _skriv_tekst(prosjekt, tekst, *, av, handling, tid):
    rad = Prosjekttekst.objects.filter(prosjekt=prosjekt).first() or Prosjekttekst(prosjekt=prosjekt)
    for navn, verdi in tekst.items():
        setattr(rad, navn, verdi)
    lagre(rad, av=av, handling=handling, tid=tid)


def _skriv_koder(prosjekt, liste, valgte, *, av, handling, tid):
    finnes = {k.verdi: k for k in Klassifisering.objects.filter(prosjekt=prosjekt, liste=liste)}
    for verdi in finnes.keys() - set(valgte):
        versjoner.merk(finnes[verdi], av=av, handling=handling, tid=tid)
        finnes[verdi].delete()
    for verdi in dict.fromkeys(valgte):
        if verdi not in finnes:
            lagre(Klassifisering(prosjekt=prosjekt, liste=liste, verdi=verdi), av=av, handling=handling, tid=tid)


def _skriv_rader(prosjekt, navn, svar, *, av, handling, tid):
    """Make the rows these. Those that are as they were are left alone; one about the same thing is changed in place."""
    modell = RADFELT[navn]
    utgaar = [rad for rad in getattr(prosjekt, navn).order_by("pk") if rad.som_svar() not in svar]
    staar = {rad.som_svar() for rad in getattr(prosjekt, navn).all()}
    nye = []
    for felt in [rad.felt for rad in svar if rad not in staar]:
        gammel = next((rad for rad in utgaar if getattr(rad, modell.FELT[0]) == felt[modell.FELT[0]]), None)
        if gammel:
            utgaar.remove(gammel)
        nye.append((gammel or modell(prosjekt=prosjekt), felt))
    for rad in utgaar:
        versjoner.merk(rad, av=av, handling=handling, tid=tid)
        rad.delete()
    for rad, felt in nye:
        for felt_navn, verdi in felt.items():
            setattr(rad, felt_navn, verdi)
        lagre(rad, av=av, handling=handling, tid=tid)


def lagre(objekt, *, av, handling, tid):
    versjoner.merk(objekt, av=av, handling=handling, tid=tid)
    objekt.save()


def _gi_tilbake(prosjekt, fersk):
    """Let the caller's copy show what was done."""
    for felt in Prosjekt._meta.concrete_fields:
        setattr(prosjekt, felt.attname, getattr(fersk, felt.attname))
