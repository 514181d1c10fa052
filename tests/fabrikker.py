"""Rows for tests: plain functions that make the least that is valid, and take what the test is about."""

import itertools
from datetime import date, timedelta
from io import BytesIO

from django.utils import timezone

from kommuner.kodeverk import Forvaltningsniva, Rolle, Sektor
from kommuner.models import Bruker, Fylke, Kommune, Kommunenummer, Medlemskap, Organisasjon
from missions.handlinger import oppdater_initiativsok
from missions.models import EksterntInitiativ, Medunderskrift, Mission, Samfunnsutfordring, Utfordring
from missions.utfordring_handlinger import oppdater_sok
from partnerskap.felles import bildekontroll, filkontroll, innhold
from prosjekter import fillager, sokeindeks
from prosjekter.fasettindeks import SLAG
from prosjekter.handlinger import barriere as barriere_handlinger
from prosjekter.handlinger import fil as fil_handlinger
from prosjekter.kodeverk import Kodeliste, Partnerrolle, Status, Tjenesteomrade
from prosjekter.models import (
    Barriere,
    Bilde,
    Deltakelse,
    Eksperiment,
    Gjenbruk,
    Klassifisering,
    Komplementaritet,
    Laering,
    Modereringssak,
    Prosjekt,
    Prosjekttekst,
    Vedlegg,
)
from tests.felles import filer

_teller = itertools.count(1)
_kommunenummer = itertools.cycle(range(9000, 9999))  # four digits, however many tests run in one process
REGISTERSTART = date(2018, 1, 1)


def lag_fylke(navn="Østfold", nummer="31", **felt):
    return Fylke.objects.get_or_create(nummer=nummer, defaults={"navn": navn, "gyldig_fra": REGISTERSTART, **felt})[0]


def lag_kommune(navn="Halden", nummer=None, **felt):
    nummer = nummer or f"{next(_kommunenummer)}"
    felt.setdefault("fylke", None)
    felt["fylke"] = felt["fylke"] or lag_fylke()
    kommune = Kommune.objects.create(navn=navn, nummer=nummer, navn_offisielt=navn, gyldig_fra=REGISTERSTART, **felt)
    Kommunenummer.objects.create(
        kommune=kommune, nummer=nummer, navn=navn, fylke=kommune.fylke, gyldig_fra=REGISTERSTART
    )
    return kommune


def lag_organisasjon(navn=None, **felt):
    nr = next(_teller)
    felt.setdefault("sektor", Sektor.KOMMUNE)
    felt.setdefault("niva", Forvaltningsniva.KOMMUNE)
    return Organisasjon.objects.create(navn=navn or f"Prøvevik {nr}", slug=felt.pop("slug", f"provevik-{nr}"), **felt)


def lag_ks(**felt):
    return Organisasjon.objects.filter(er_sekretariat=True).first() or lag_organisasjon(
        "KS", sektor=Sektor.PARTENE, niva=Forvaltningsniva.IKKE_OFFENTLIG, er_sekretariat=True, **felt
    )


def lag_bruker(navn="Ola Prøve", *, i=None, rolle=Rolle.BIDRAGSYTER, **felt):
    """A person, and a membership in `i` when it is given."""
    felt.setdefault("email", f"person{next(_teller)}@prove.example")
    bruker = Bruker.objects.create_user(navn=navn, **felt)
    if i:
        Medlemskap.objects.create(bruker=bruker, organisasjon=i, rolle=rolle, fra_dato=REGISTERSTART)
    return bruker


def lag_mission(tittel=None, **felt):
    nr = next(_teller)
    utfordring = (
        felt.pop("samfunnsutfordring", None)
        or Samfunnsutfordring.objects.get_or_create(
            slug="ungt-utenforskap",
            defaults={"navn": "Ungt utenforskap", "ingress": "Flere unge skal høre til."},
        )[0]
    )
    felt.setdefault("er_publisert", True)
    return Mission.objects.create(
        tittel=tittel or f"Mission {nr}",
        slug=f"mission-{nr}",
        retningsmal="Alle hører til.",
        samfunnsutfordring=utfordring,
        **felt,
    )


def lag_prosjekt(tittel=None, *, eier=None, status=Status.PUBLISERT, tekst=None, koder=None, **felt):
    """A project with owner row, text and one service area; published and open unless told otherwise.

    It is on every page, but not in the index of the search: half of the work, and few ask (`lag_sokbart`).
    """
    nr = next(_teller)
    eier = eier or lag_organisasjon()
    if status == Status.PUBLISERT:
        felt.setdefault("publisert_tid", timezone.now() - timedelta(minutes=nr))
    felt.setdefault("ingress", f"Kort fortalt om prosjekt {nr}.")
    felt.setdefault("kontaktrolle", "Prosjektleder")
    prosjekt = Prosjekt.objects.create(
        tittel=tittel or f"Prosjekt {nr}",
        slug=felt.pop("slug", f"prosjekt-{nr}"),
        eier=eier,
        status=status,
        **felt,
    )
    Prosjekttekst.objects.create(prosjekt=prosjekt, **{"utfordring": f"Utfordring {nr}.", **(tekst or {})})
    Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=eier, rolle=Partnerrolle.EIER)
    for liste, verdi in koder or [(Kodeliste.TJENESTEOMRADE, Tjenesteomrade.HELSE_OMSORG)]:
        Klassifisering.objects.create(prosjekt=prosjekt, liste=liste, verdi=verdi)
    if prosjekt.publisert_tid:
        innhold.endret(SLAG, [prosjekt.pk])
    if status == Status.INNSENDT:
        Modereringssak.objects.create(prosjekt=prosjekt, versjon=prosjekt.versjon)
    return prosjekt


def lag_sokbart(*args, **felt):
    """A project that is found by those who search and may see it."""
    prosjekt = lag_prosjekt(*args, **felt)
    sokeindeks.oppdater([prosjekt.pk], fortell=False)
    return prosjekt


def lag_gjenbruk(fra, taker=None, *, status="i_bruk", **felt):
    """`taker` uses the project; the project's counts follow. A name in `taker_navn` makes it a claim."""
    if "taker_navn" not in felt:
        taker = taker or lag_organisasjon()
        felt.setdefault("kontaktrolle", "Rådgiver")
    if status == "verdi_bekreftet":
        felt = {"verdi": "Det gikk bedre.", "belegg": "malt", **felt}
    if status == "forkastet":
        felt.setdefault("hvorfor_ikke", "Vi hadde ikke folk til det.")
    gjenbruk = Gjenbruk(fra=fra, taker=taker, type=felt.pop("type", "tilpasset"), status=status, **felt)
    gjenbruk.save()
    Prosjekt.objects.filter(pk=fra.pk).update(**fra.gjenbruk.all().tall())
    return gjenbruk


def lag_eksperiment(prosjekt, hypotese=None, *, beslutning="", **felt):
    """Something the project tries; with a `beslutning` it has a result. The project's count and the index follow."""
    nr = next(_teller)
    if beslutning:
        felt = {"observasjon": f"Det skjedde {nr}.", "beslutning_dato": timezone.localdate(), **felt}
    felt = {"endring": f"Vi endrer {nr}.", "forventning": f"Vi venter {nr}.", **felt}
    eksperiment = Eksperiment(prosjekt=prosjekt, hypotese=hypotese or f"Hypotese {nr}", beslutning=beslutning, **felt)
    eksperiment.save()
    Prosjekt.objects.filter(pk=prosjekt.pk).update(antall_eksperimenter=prosjekt.eksperimenter.gjeldende().count())
    sokeindeks.oppdater_deler(Eksperiment.objects.filter(pk=eksperiment.pk))
    return eksperiment


def lag_laering(prosjekt=None, tekst=None, *, type="rad", **felt):
    """A card on a project, open unless told otherwise. The project's count and the index follow."""
    nr = next(_teller)
    prosjekt = prosjekt or lag_prosjekt()
    felt.setdefault("opprettet_tid", timezone.now() - timedelta(minutes=nr))
    laering = Laering.objects.create(prosjekt=prosjekt, tekst=tekst or f"Dette lærte vi {nr}.", type=type, **felt)
    Prosjekt.objects.filter(pk=prosjekt.pk).update(antall_laering=prosjekt.laeringskort.gyldige().count())
    sokeindeks.oppdater_deler(Laering.objects.filter(pk=laering.pk))
    sokeindeks.tell(prosjekt)
    return laering


def lag_barriere(prosjekt, hjemmel="Helsepersonelloven § 21", **felt):
    """Something that stands in the project's way; its count, rule and search row follow."""
    felt = {"type": "regelverk" if hjemmel else "kultur", "hva_stopper": "Vi får ikke delt journalen.", **felt}
    if felt.get("policylab_status", "meldt") != "meldt":
        felt = {"svar": "Slik er det.", "svar_tid": timezone.now(), **felt}
    barriere = Barriere.objects.create(
        prosjekt=prosjekt, hjemmel=hjemmel, regel=barriere_handlinger.regel_for(hjemmel), **felt
    )
    barriere_handlinger.tell([prosjekt])
    barriere_handlinger.oppdater_sok(Barriere.objects.filter(pk=barriere.pk))
    return barriere


def lag_bilde(prosjekt, alt_tekst="Et bilde.", *, innhold=None, **felt):
    """A picture of a hundred points, or one of `innhold`, with its files; the project's count follows."""
    lest = bildekontroll.les(BytesIO(innhold or filer.bildefil(100, 80)))
    bilde = Bilde.objects.create(
        prosjekt=prosjekt,
        **{"alt_tekst": alt_tekst, "kreditering": "Fjordvik", "rekkefolge": prosjekt.bilder.count(), **felt},
        **{navn: getattr(lest, navn) for navn in ("bredde", "hoyde", "merke", "sjekksum", "storrelse")},
    )
    utgaver = {bildekontroll.utgavenavn(lest.merke, *utgave): data for utgave, data in lest.utgaver.items()}
    fillager.skriv(bilde, utgaver)
    fil_handlinger.tell(prosjekt)
    return bilde


def lag_vedlegg(prosjekt, tittel="Et vedlegg", *, innhold=b"Innhold", **felt):
    """A text file; the project's count follows."""
    lest = filkontroll.les(BytesIO(innhold), "vedlegg.txt")
    vedlegg = Vedlegg.objects.create(
        prosjekt=prosjekt,
        **{"tittel": tittel, "rekkefolge": prosjekt.vedlegg.count(), **felt},
        **{navn: getattr(lest, navn) for navn in ("filnavn", "type", "sjekksum", "storrelse")},
    )
    fillager.skriv(vedlegg, {fil_handlinger.VEDLEGGSNAVN: lest.fil})
    fil_handlinger.tell(prosjekt)
    return vedlegg


def lag_utfordring(tittel=None, *, eier=None, har=(), status="publisert", **felt):
    """A need, published unless told otherwise, with its owner's row and one for each organisation in `har`."""
    nr = next(_teller)
    eier = eier or lag_organisasjon()
    if status == "publisert":
        felt.setdefault("publisert_tid", timezone.now() - timedelta(minutes=nr))
    underskrivere = [] if status == "kladd" else [eier, *har]
    utfordring = Utfordring.objects.create(
        tittel=tittel or f"Utfordring {nr}",
        slug=felt.pop("slug", f"utfordring-{nr}"),
        eier=eier,
        status=status,
        antall=len(underskrivere),
        **{"beskrivelse": f"Problem {nr}.", "hvem": "Alle.", "mangler": "Penger.", **felt},
    )
    for organisasjon in underskrivere:
        Medunderskrift.objects.create(utfordring=utfordring, organisasjon=organisasjon, begrunnelse="Sånn er det her.")
    oppdater_sok([utfordring.pk])
    return utfordring


def lag_initiativ(navn=None, *, missions=(), **felt):
    """A programme elsewhere, shown to all."""
    nr = next(_teller)
    initiativ = EksterntInitiativ.objects.create(
        navn=navn or f"Initiativ {nr}",
        slug=f"initiativ-{nr}",
        **{"eier": "Prøvedirektoratet", "beskrivelse": f"Om {nr}.", "url": "https://prove.example/", **felt},
    )
    for mission in missions:
        initiativ.initiativmissions.create(mission=mission)
    oppdater_initiativsok([initiativ])
    return initiativ


def lag_samspill(fra, maal, *, type="utfyller", **felt):  # noqa: A002
    """A declared relation; the counts of both projects follow. The field is found from what it leads to."""
    felter = {Prosjekt: "til_prosjekt", Utfordring: "utfordring", Mission: "mission", EksterntInitiativ: "initiativ"}
    if felt.get("svar"):
        felt.setdefault("svart_tid", timezone.now())
    if type == "overlapper":
        felt.setdefault("begrunnelse", "Vi prøver det i små kommuner.")
    rad = Komplementaritet.objects.create(fra=fra, type=type, **{felter[maal.__class__]: maal}, **felt)
    for prosjekt in (rad.fra, rad.til_prosjekt):
        if prosjekt:
            Komplementaritet.objects.tell([prosjekt.pk])
    return rad
