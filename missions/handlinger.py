"""Deeds on challenges, missions and main projects: all or nothing, once however many click, with history and notices."""

from django.db import IntegrityError, transaction

from missions import varsler
from missions.models import (
    OPPTATTE_SLUGGER,
    EksterntInitiativ,
    Hovedprosjekt,
    Initiativmission,
    Initiativsok,
    Mission,
    Nokkeltall,
    Samfunnsutfordring,
)
from missions.tilgang import kan_kuratere
from partnerskap.felles import innhold
from partnerskap.felles import versjon as versjoner
from partnerskap.felles.norsk import norsk_slug
from partnerskap.felles.tilgang import krev
from sok.indeks import indekser


class Mangler(Exception):  # noqa: N818 - the word of the domain
    """The mission cannot be shown to all yet. `felter` are the names of what must be written first."""

    def __init__(self, felter):
        super().__init__(felter)
        self.felter = felter


def mangler_for_publisering(mission):
    """A mission is a shared goal with a deadline, and says why it is urgent."""
    return [felt for felt in ("hvorfor_haster", "frist") if not getattr(mission, felt)]


# ---- Missions ------------------------------------------------------------------------------------------------------


def opprett_mission(*, nokkel, verdier, av):
    """Make a mission only curators see. The same `nokkel` twice is the same mission. Returns (mission, is new)."""
    return _opprett(Mission, verdier["tittel"], nokkel=nokkel, verdier=verdier, av=av, etterpa=_varsle_kurator)


@transaction.atomic
def lagre_mission(mission, *, versjon, verdier, av):
    """Save on top of what the writer saw; versjon.Konflikt when another curator changed the same."""
    krev(kan_kuratere, av)
    kurator_for = Mission.objects.select_for_update().get(pk=mission.pk).kurator_id
    fersk = versjoner.lagre(mission, versjon=versjon, verdier=verdier, av=av, handling="lagre")
    innhold.endret("mission")
    if fersk.kurator_id != kurator_for:
        _varsle_kurator(fersk, av=av)
    return fersk


def publiser_mission(mission, *, av):
    """Show it to everyone. True when this call did it, False when it was done already."""
    return _vis(mission, True, av=av, handling="publiser")


def skjul_mission(mission, *, av):
    """Only curators see it; its projects stay as they are."""
    return _vis(mission, False, av=av, handling="skjul")


@transaction.atomic
def _vis(mission, er_publisert, *, av, handling):
    krev(kan_kuratere, av)
    fersk = Mission.objects.select_for_update().get(pk=mission.pk)
    if fersk.er_publisert == er_publisert:
        return False
    if er_publisert and (mangler := mangler_for_publisering(fersk)):
        raise Mangler(mangler)
    versjoner.lagre(fersk, versjon=fersk.versjon, verdier={"er_publisert": er_publisert}, av=av, handling=handling)
    innhold.endret("mission")
    return True


def _varsle_kurator(mission, *, av):
    if mission.kurator_id and mission.kurator_id != av.pk:
        varsler.ny_kurator(mission, av=av)


# ---- Main projects -------------------------------------------------------------------------------------------------


def opprett_hovedprosjekt(*, nokkel, verdier, av):
    return _opprett(Hovedprosjekt, verdier["tittel"], nokkel=nokkel, verdier=verdier, av=av)


@transaction.atomic
def lagre_hovedprosjekt(hovedprosjekt, *, versjon, verdier, av):
    krev(kan_kuratere, av)
    fersk = versjoner.lagre(hovedprosjekt, versjon=versjon, verdier=verdier, av=av, handling="lagre")
    innhold.endret("mission")
    return fersk


# ---- Challenges and their key figures ------------------------------------------------------------------------------


@transaction.atomic
def opprett_samfunnsutfordring(*, nokkel, verdier, tall, av):
    """`tall` are the key figures, as dictionaries in the order they shall stand."""
    utfordring, er_ny = _opprett(Samfunnsutfordring, verdier["navn"], nokkel=nokkel, verdier=verdier, av=av)
    if er_ny:
        _skriv_tall(utfordring, tall, av=av)
    return utfordring, er_ny


@transaction.atomic
def lagre_samfunnsutfordring(utfordring, *, versjon, verdier, tall, tall_sett, av):
    """Save the text and the key figures as one. `tall_sett` is the figures as the writer was shown them.

    The figures are merged and conflict as if they were one field, «nokkeltall».
    """
    krev(kan_kuratere, av)
    fersk = Samfunnsutfordring.objects.select_for_update().get(pk=utfordring.pk)
    tall_naa, mine_tall = tall_i_ord(fersk.nokkeltall.all()), tall_i_ord(Nokkeltall(**t) for t in tall)
    naa = versjoner.naa(fersk, verdier)
    sett = naa if versjon == fersk.versjon else versjoner.som_var(fersk, versjon, verdier) or {}
    fletting = versjoner.flett(
        {**sett, "nokkeltall": tall_sett}, {**naa, "nokkeltall": tall_naa}, {**verdier, "nokkeltall": mine_tall}
    )
    if fletting.konflikter:
        raise versjoner.Konflikt(
            versjon=fersk.versjon,
            felter=fletting.konflikter,
            verdier={**fletting.verdier, "nokkeltall": tall_naa},
            flettet=fletting.flettet,
            **versjoner.sist_endret(fersk),
        )
    innhold.endret("mission")
    nye_tall = fletting.verdier.pop("nokkeltall")
    lagret = versjoner.lagre(fersk, versjon=fersk.versjon, verdier=fletting.verdier, av=av, handling="lagre")
    if not versjoner.lik(nye_tall, tall_naa):
        _skriv_tall(lagret, tall, av=av, har_hevet_versjonen=lagret.versjon != fersk.versjon)
    return lagret


def tall_i_ord(nokkeltall):
    """The key figures as people compare them, one to a line."""
    return "\n".join(map(tall_linje, nokkeltall))


def tall_linje(tall):
    return f"{tall.verdi} {tall.tekst} ({tall.kilde}, {tall.aar})"


def _skriv_tall(utfordring, tall, *, av, har_hevet_versjonen=True):
    """Make the key figures these. Only what differs is written, at the same instant as the rest of the deed."""
    tid = getattr(utfordring, "_history_date", None)
    if not har_hevet_versjonen:
        versjoner.ta_neste(utfordring, utfordring.versjon)
        versjoner.merk(utfordring, av=av, handling="lagre", tid=tid)
        utfordring.save()
        tid = utfordring._history_date
    finnes = {tall_linje(rad): rad for rad in utfordring.nokkeltall.all()}
    nye = [Nokkeltall(samfunnsutfordring=utfordring, rekkefolge=nr, **t) for nr, t in enumerate(tall)]
    for linje in finnes.keys() - {tall_linje(rad) for rad in nye}:
        versjoner.merk(finnes[linje], av=av, handling="lagre", tid=tid)
        finnes[linje].delete()
    for rad in nye:
        if gammel := finnes.get(tall_linje(rad)):
            Nokkeltall.objects.filter(pk=gammel.pk).update(rekkefolge=rad.rekkefolge)
        else:
            versjoner.merk(rad, av=av, handling="lagre", tid=tid)
            rad.save()


# ---- Initiatives elsewhere -----------------------------------------------------------------------------------------


@transaction.atomic
def opprett_initiativ(*, nokkel, verdier, missions, av):
    """Tell of something others do. The same `nokkel` twice is the same initiative."""
    initiativ, er_ny = _opprett(EksterntInitiativ, verdier["navn"], nokkel=nokkel, verdier=verdier, av=av)
    if er_ny:
        _skriv_missions(initiativ, missions, av=av)
        oppdater_initiativsok([initiativ])
    return initiativ, er_ny


@transaction.atomic
def lagre_initiativ(initiativ, *, versjon, verdier, missions, av):
    """Save on top of what the writer saw. Of two who chose missions at once, both get theirs."""
    krev(kan_kuratere, av)
    for_ = EksterntInitiativ.objects.select_for_update().get(pk=initiativ.pk)
    naa = {rad.mission for rad in for_.initiativmissions.select_related("mission")}
    nye = set(missions) if for_.versjon == versjon else {*naa, *missions}
    try:
        fersk = versjoner.lagre(for_, versjon=versjon, verdier=verdier, av=av, handling="lagre")
    except versjoner.Konflikt as konflikt:
        konflikt.verdier["missions"] = [mission.pk for mission in missions]  # what was chosen stands in the form
        raise
    if nye != naa:
        if fersk.versjon == for_.versjon:
            versjoner.ta_neste(fersk, fersk.versjon)
            versjoner.merk(fersk, av=av, handling="lagre")
            fersk.save()
        _skriv_missions(fersk, nye, av=av)
    oppdater_initiativsok([fersk])
    innhold.endret("mission")
    return fersk


def oppdater_initiativsok(initiativer):
    indekser(Initiativsok, [(i.pk, i.navn, i.eier, i.beskrivelse) for i in initiativer])


def _skriv_missions(initiativ, missions, *, av):
    """Make them these, at the same instant as the rest of the deed."""
    tid = getattr(initiativ, "_history_date", None)
    finnes = {rad.mission_id: rad for rad in initiativ.initiativmissions.all()}
    for pk in finnes.keys() - {mission.pk for mission in missions}:
        versjoner.merk(finnes[pk], av=av, handling="lagre", tid=tid)
        finnes[pk].delete()
    for mission in sorted(missions, key=lambda m: m.pk):
        if mission.pk not in finnes:
            rad = Initiativmission(initiativ=initiativ, mission=mission)
            versjoner.merk(rad, av=av, handling="lagre", tid=tid)
            rad.save()


# ---- How -----------------------------------------------------------------------------------------------------------


def _opprett(modell, navn, *, nokkel, verdier, av, etterpa=None):
    """One row for one `nokkel`, at an address nobody has. Returns (row, is new)."""
    krev(kan_kuratere, av)
    for _forsok in range(10):
        if funnet := modell.objects.filter(nokkel=nokkel).first():
            return funnet, False
        try:
            with transaction.atomic():
                objekt = modell(nokkel=nokkel, slug=ledig_slug(modell, navn), **verdier)
                versjoner.merk(objekt, av=av, handling="opprett")
                objekt.save()
                innhold.endret("mission")
                if etterpa:
                    etterpa(objekt, av=av)
            return objekt, True
        except IntegrityError as feil:
            kollisjon = feil  # our own other click was first, or another took the address in the same moment
    raise kollisjon


def ledig_slug(modell, navn):
    """An address that is not taken. It stays when the title changes: links live long."""
    grunn = norsk_slug(navn) or modell._meta.model_name
    opptatt = {*modell.objects.filter(slug__startswith=grunn).values_list("slug", flat=True), *OPPTATTE_SLUGGER}
    slug, nummer = grunn, 1
    while slug in opptatt:
        nummer += 1
        slug = f"{grunn}-{nummer}"
    return slug
