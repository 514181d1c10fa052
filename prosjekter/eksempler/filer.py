"""Pictures, attachments and links on a few of the example projects. What they show is drawn and written by `tegninger`."""

import uuid
from datetime import timedelta

from django.core.files.base import ContentFile

from partnerskap.felles import bildekontroll, filkontroll
from partnerskap.felles.versjon import merk
from prosjekter import fillager
from prosjekter.eksempler import tegninger
from prosjekter.handlinger.fil import VEDLEGGSNAVN, tell
from prosjekter.models import Bilde, Lenke, Prosjekt, Vedlegg

NAVNEROM = uuid.UUID("a8a7a0c1-5a35-4a0f-9b35-4b3b1c0c9d21")
BILDER = [
    (
        "parorendesamtale-for-tjenesten-starter", tegninger.to_stoler,
        "Tegning av to stoler og to kopper ved et bord foran et vindu.",
        "Samtalen skal være ved et bord, ikke ved en skranke.",
    ),
    (
        "parorendesamtale-for-tjenesten-starter", tegninger.veien_til_tjenesten,
        "Tegning av tre prikker på en linje. Den midterste er størst og har en snakkeboble.",
        "Vedtak, samtale, tjeneste: det nye er det i midten.",
    ),
    (
        "ovingsrom-i-tomt-fjos", tegninger.fjoset,
        "Tegning av et rødt fjøs om kvelden med lys i døra og noter i lufta.", "",
    ),
    (
        "regnbed-i-stedet-for-ror", tegninger.regnbed,
        "Tegning av regn som faller, og planter i en grop full av vann.", "Vannet blir stående noen timer, og så er det borte.",
    ),
]  # fmt: skip
SAMTALEGUIDE = (
    "Samtaleguide (eksempeldata)",
    [
        "1. Hva er viktig for deg som pårørende de neste ukene?",
        "2. Hva gjør du i dag, og hva vil du fortsette med?",
        "3. Hvem ringer du når noe skjer om natten?",
        "4. Når snakkes vi neste gang?",
        "",
        "Laget for å vise hvordan portalen ser ut. Ingen har brukt den.",
    ],
)
SJEKKLISTE = (
    "Eksempeldata: finnes bare for å vise portalen.\n\n- Et rom der ingen venter på bordet\n- En time i kalenderen\n"
)
VEDLEGG = [
    (
        "parorendesamtale-for-tjenesten-starter", "Samtaleguide på én side", "Samtaleguide.pdf",
        lambda: tegninger.pdf(*SAMTALEGUIDE),
    ),
    (
        "parorendesamtale-for-tjenesten-starter", "Det dere trenger før den første samtalen", "sjekkliste.txt",
        lambda: ContentFile(SJEKKLISTE.encode()),
    ),
]  # fmt: skip
LENKER = [
    ("parorendesamtale-for-tjenesten-starter", "Mal for arket på kjøleskapet", "https://fjordvik.example/ark"),
    ("parorendesamtale-for-tjenesten-starter", "Sluttrapporten fra Fjordvik", "https://fjordvik.example/parorende"),
]


def lag():
    """Make what is missing. Returns how many."""
    prosjekter = {p.slug: p for p in Prosjekt.objects.filter(er_eksempel=True).select_related("eier")}
    nye = [*_bilder(prosjekter), *_vedlegg(prosjekter), *_lenker(prosjekter)]
    for prosjekt in {rad.prosjekt for rad in nye}:
        tell(prosjekt)
    return len(nye)


def _mangler(modell, slag, data, prosjekter):
    """The number in the order, the project, what is told, and the key of each that is not there yet."""
    for nummer, (slug, *resten) in enumerate(data):
        nokkel = uuid.uuid5(NAVNEROM, f"{slag}:{slug}:{resten[0] if slag != 'bilde' else resten[1]}")
        if slug in prosjekter and not modell.objects.filter(nokkel=nokkel).exists():
            prosjekt = prosjekter[slug]
            tid = prosjekt.endret_tid - timedelta(minutes=60 - nummer)
            yield (
                resten,
                {
                    "prosjekt": prosjekt,
                    "nokkel": nokkel,
                    "rekkefolge": nummer,
                    "lagt_til_av": prosjekt.opprettet_av,
                    "lagt_til_tid": tid,
                    "er_eksempel": True,
                },
            )


def _bilder(prosjekter):
    for (tegn, alt_tekst, bildetekst), felles in _mangler(Bilde, "bilde", BILDER, prosjekter):
        lest = bildekontroll.les(tegn())
        bilde = Bilde(
            **felles, alt_tekst=alt_tekst, bildetekst=bildetekst, kreditering=felles["prosjekt"].eier.navn,
            bredde=lest.bredde, hoyde=lest.hoyde, merke=lest.merke, sjekksum=lest.sjekksum, storrelse=lest.storrelse,
        )  # fmt: skip
        filer = {bildekontroll.utgavenavn(lest.merke, *utgave): innhold for utgave, innhold in lest.utgaver.items()}
        yield _lagre(bilde, filer)


def _vedlegg(prosjekter):
    for (tittel, navn, skriv), felles in _mangler(Vedlegg, "vedlegg", VEDLEGG, prosjekter):
        lest = filkontroll.les(skriv(), navn)
        vedlegg = Vedlegg(
            **felles, tittel=tittel, filnavn=lest.filnavn, type=lest.type, storrelse=lest.storrelse,
            sjekksum=lest.sjekksum,
        )  # fmt: skip
        yield _lagre(vedlegg, {VEDLEGGSNAVN: lest.fil})


def _lenker(prosjekter):
    for (tittel, url), felles in _mangler(Lenke, "lenke", LENKER, prosjekter):
        if Lenke.objects.filter(prosjekt=felles["prosjekt"], url=url).exists():
            continue  # a row made of what stood in the text before there were rows
        yield _lagre(Lenke(**felles, tittel=tittel, url=url), {})


def _lagre(rad, filer):
    fillager.skriv(rad, filer)
    merk(rad, av=rad.lagt_til_av, handling=f"legg_til_{rad.SLAG}", tid=rad.lagt_til_tid)
    rad.save()
    return rad
