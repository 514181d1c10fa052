"""Every kind of page in a browser: axe, console, strangers, overflow; in light and dark, on a desktop and a phone."""

import pytest
from django.urls import reverse

from abonnement.handlinger import lagre
from kommuner.models import Bruker, Kommune, Organisasjon
from missions.models import Hovedprosjekt, Mission, Samfunnsutfordring
from prosjekter.kodeverk import Status
from prosjekter.krav import SEKSJONER
from prosjekter.models import Barriere, Eksperiment, Gjenbruk, Modereringssak, Prosjekt
from tests.nettleser.hjelp import LITEN, MOBIL, SYNLIG_FORSKJELL, vent_til

ANSATT, LEDER = "runa.haugset@fjordvik.example", "torbjorg.eikemo@fjordvik.example"
MED_FILER = "/prosjekter/parorendesamtale-for-tjenesten-starter/"
MODERATOR, KURATOR = "jorunn.vikas@ks.example", "samir.kvalheim@ks.example"

APNE = {
    "forside": lambda: "/",
    "prosjektliste": lambda: "/prosjekter/",
    "prosjektliste, filtrert": lambda: "/prosjekter/?q=helse&fase=utproving",
    "prosjektliste, ingen treff": lambda: "/prosjekter/?q=xyzzyx",
    "prosjekt": lambda: publisert().get_absolute_url(),
    "prosjekt på nynorsk": lambda: publisert(malform="nn").get_absolute_url(),
    "prosjekt med bilder og filer": lambda: MED_FILER,
    "eksperimentlogg": lambda: f"{MED_FILER}eksperimenter/",
    "eksperiment som ble stoppet": lambda: stoppet().get_absolute_url(),
    "brukt av andre": lambda: gjenbruk().get_absolute_url(),
    "gjenbrukstre": lambda: f"{gjenbruk().fra.get_absolute_url()}gjenbrukstre/",
    "gjenbrukspakke": lambda: f"{gjenbruk().fra.get_absolute_url()}gjenbrukspakke/",
    "saksframlegg": lambda: f"{gjenbruk().fra.get_absolute_url()}saksframlegg/?kommune=Halden&malform=nn",
    "saksframlegg, valg av kommune": lambda: f"{gjenbruk().fra.get_absolute_url()}saksframlegg/?kommune=våler",
    "barrierer": lambda: "/barrierer/",
    "barrierer etter nivå": lambda: "/barrierer/?grupper=niva&type=regelverk",
    "barriere": lambda: barriere().get_absolute_url(),
    "regel": lambda: barriere().regel.get_absolute_url(),
    "søk": lambda: "/sok/?q=skole",
    "missionliste": lambda: "/missions/",
    "mission": lambda: Mission.objects.filter(er_publisert=True).first().get_absolute_url(),
    "samfunnsutfordring": lambda: Samfunnsutfordring.objects.first().get_absolute_url(),
    "hovedprosjekt": lambda: Hovedprosjekt.objects.first().get_absolute_url(),
    "utfordringer": lambda: "/utfordringer/",
    "utfordring": lambda: "/utfordringer/nattevakter-vi-ikke-far-tak-i/",
    "kommuneliste": lambda: "/kommuner/",
    "kommune": lambda: Kommune.objects.get(nummer="3101").get_absolute_url(),
    "sammenlign kommuner": lambda: "/sammenlign/kommuner/?k=3101&k=5025&k=0301&k=1507",
    "sammenlign prosjekter": lambda: "/sammenlign/prosjekter/?" + "&".join(f"p={p.slug}" for p in tre_prosjekter()),
    "kommune som ble delt": lambda: "/kommuner/1613/",
    "prosjektliste som kart": lambda: "/prosjekter/?vis=kart&fylke=46",
    "temaer": lambda: "/tema/",
    "tema": lambda: "/tema/helse-omsorg/",
    "fylkeskartet": lambda: "/fylker/",
    "fylke": lambda: "/fylker/18/",
    "fylke som ble delt": lambda: "/fylker/54/",
    "partnerliste": lambda: "/partnere/",
    "partner": lambda: partner().get_absolute_url(),
    "om": lambda: "/om/",
    "tilgjengelighet": lambda: "/om/tilgjengelighet/",
    "personvern": lambda: "/om/personvern/",
    "kontakt": lambda: "/om/kontakt/",
    "følg et søk": lambda: "/abonnement/ny/?q=helse&fase=pilot",
    "logg inn": lambda: "/konto/logg-inn/",
}
INNLOGGET = {
    "min side": (ANSATT, lambda: "/min-side/"),
    "min side, KS": (MODERATOR, lambda: "/min-side/"),
    "e-poster jeg får": (ANSATT, lambda: "/min-side/varsler/"),
    "navnet mitt": (ANSATT, lambda: "/min-side/navn/"),
    "søk jeg følger": (ANSATT, lambda: folger_to_sok()),
    "nytt prosjekt": (ANSATT, lambda: "/prosjekter/ny/"),
    "rediger": (ANSATT, lambda: eget("rediger/")),
    **{f"rediger {s}": (ANSATT, lambda s=s: eget(f"rediger/{s}/")) for s in SEKSJONER},
    "forhåndsvis": (ANSATT, lambda: eget("forhandsvis/")),
    "historikk": (ANSATT, lambda: eget("historikk/")),
    "send inn": (ANSATT, lambda: eget("send-inn/")),
    "slett": (ANSATT, lambda: eget("slett/")),
    "prosjekt som eier": (ANSATT, lambda: eget("", status=Status.PUBLISERT)),
    "bilder, vedlegg og lenker": (ANSATT, lambda: f"{MED_FILER}filer/"),
    "nytt bilde": (ANSATT, lambda: f"{MED_FILER}filer/nytt-bilde/"),
    "nytt vedlegg": (ANSATT, lambda: f"{MED_FILER}filer/nytt-vedlegg/"),
    "meld fil": (ANSATT, lambda: f"{MED_FILER}filer/meld/"),
    "logg et eksperiment": (ANSATT, lambda: f"{MED_FILER}eksperimenter/ny/"),
    "hva skjedde": (ANSATT, lambda: f"{stoppet().get_absolute_url()}hva-skjedde/"),
    "vi vil bruke dette": (ANSATT, lambda: f"{gjenbruk().fra.get_absolute_url()}bruk/"),
    "sjekkliste": (ANSATT, lambda: f"{gjenbruk().fra.get_absolute_url()}gjenbrukspakke/sjekkliste/"),
    "spør et prosjekt": (ANSATT, lambda: f"{gjenbruk().fra.get_absolute_url()}kontakt/"),
    "gjenbruk hos oss": (ANSATT, lambda: "/min-side/gjenbruk/"),
    "meldt innhold": (MODERATOR, lambda: "/prosjekter/ko/meldinger/"),
    "barrierer hos KS": (MODERATOR, lambda: "/barrierer/ko/"),
    "svar på en barriere": (MODERATOR, lambda: f"{barriere().get_absolute_url()}behandle/"),
    "rediger regel": (MODERATOR, lambda: f"{barriere().regel.get_absolute_url()}rediger/"),
    "meld en barriere": (ANSATT, lambda: eget("barrierer/ny/")),
    "kø": (MODERATOR, lambda: "/prosjekter/ko/"),
    "kø, det som er avgjort": (MODERATOR, lambda: "/prosjekter/ko/?vis=avgjort"),
    "kø, kurator": (KURATOR, lambda: "/prosjekter/ko/"),
    "sak": (MODERATOR, lambda: reverse("prosjekter:sak", args=[Modereringssak.objects.til_vurdering().first().pk])),
    "ta ned": (MODERATOR, lambda: f"{publisert().get_absolute_url()}ta-ned/"),
    "slett meg": (ANSATT, lambda: reverse("slett_meg")),
    "bli med": (ANSATT, lambda: "/organisasjoner/straumoy/bli-med/"),
    "finn organisasjon": (ANSATT, lambda: "/organisasjoner/"),
    "styr organisasjon": (LEDER, lambda: "/organisasjoner/fjordvik/"),
    "inviter": (LEDER, lambda: "/organisasjoner/fjordvik/inviter/"),
    "utfordringskø": (KURATOR, lambda: "/utfordringer/ko/"),
    "behandle utfordring": (KURATOR, lambda: "/utfordringer/nattevakter-vi-ikke-far-tak-i/behandle/"),
    "meld utfordring": (ANSATT, lambda: "/utfordringer/ny/"),
    "avslutt prosjekt": (ANSATT, lambda: "/prosjekter/innbyggerpanel-ved-loddtrekning/avslutt/"),
    "nytte og hindringer": (ANSATT, lambda: "/prosjekter/innbyggerpanel-ved-loddtrekning/rediger/nytte/"),
    "ny mission": (KURATOR, lambda: "/missions/ny/"),
    "missionens endringer": (KURATOR, lambda: f"{Mission.objects.first().get_absolute_url()}endringer/"),
    "rediger mission": (KURATOR, lambda: f"{Mission.objects.first().get_absolute_url()}rediger/"),
}
# The four pages everyone meets are fetched anew in each of these. The others are fetched once and then looked at again.
UTSEENDER = {
    "lys på skrivebord": {},
    "mørk på skrivebord": {"moerk": True},
    "lys på mobil": {"mobil": True},
    "mørk på mobil": {"mobil": True, "moerk": True},
}
ALLE_MOETER = ("forside", "prosjektliste", "prosjekt", "logg inn")


def publisert(**felt):
    return Prosjekt.objects.filter(status=Status.PUBLISERT, er_eksempel=True, **felt).order_by("pk").first()


def stoppet():
    return Eksperiment.objects.filter(prosjekt__slug=MED_FILER.split("/")[2], beslutning="stopp").latest("pk")


def gjenbruk():
    """The one with the widest tree: others go on from it. Not the employee's own municipality's."""
    verdi = Gjenbruk.objects.filter(status="verdi_bekreftet", til__isnull=False)
    return verdi.exclude(fra__eier__slug="fjordvik").order_by("pk").first()


def barriere():
    """One of several under the same rule, that KS has answered with good news."""
    return (
        Barriere.objects.filter(policylab_status="lokalt_handlingsrom_fantes", regel__isnull=False)
        .order_by("pk")
        .first()
    )


def tre_prosjekter():
    return Prosjekt.objects.apne().order_by("pk")[:3]


def partner():
    return Organisasjon.objects.filter(er_eksempel=True).exclude(sektor="kommune").order_by("pk").first()


def eget(sti, status=Status.KLADD):
    bruker = Bruker.objects.get(email=ANSATT)
    prosjekt = Prosjekt.objects.filter(status=status, eier__medlemskap__bruker=bruker).order_by("pk").first()
    return f"{prosjekt.get_absolute_url()}{sti}"


def folger_to_sok():
    for fase in ("pilot", "drift"):
        lagre(email=ANSATT, sporring=f"fase={fase}", navn=fase.title(), hyppighet="daglig")
    return "/abonnement/"


def er_i_orden(side, status=200):
    """Everything, as it was fetched; then what a narrower window can change."""
    assert side.svar.status == status
    assert side.feil == [] or status == 404
    assert side.hos_andre == []
    assert side.brudd() == []
    assert side.for_bred() <= 0
    side.page.set_viewport_size(LITEN)
    assert side.for_bred() <= 0


def er_i_orden_i_begge(side, status=200):
    """At a desk in the light, and then the same page on a phone in the dark."""
    er_i_orden(side, status)
    side.vis_som(vindu=MOBIL, moerk=True)
    assert side.brudd(SYNLIG_FORSKJELL) == []
    assert side.for_bred() <= 0


@pytest.mark.parametrize("utseende", UTSEENDER)
@pytest.mark.parametrize("navn", ALLE_MOETER)
def test_siden_alle_moeter(blad, navn, utseende):
    er_i_orden(blad(APNE[navn](), **UTSEENDER[utseende]))


@pytest.mark.parametrize("navn", [navn for navn in APNE if navn not in ALLE_MOETER])
def test_apen_side(blad, navn):
    er_i_orden_i_begge(blad(APNE[navn]()))


@pytest.mark.parametrize("navn", INNLOGGET)
def test_side_for_innloggede(blad, navn):
    epost, sti = INNLOGGET[navn]

    er_i_orden_i_begge(blad(sti(), som=Bruker.objects.get(email=epost)))


def test_en_side_som_ikke_finnes(blad):
    side = blad("/finnes-ikke/")

    er_i_orden_i_begge(side, status=404)
    assert side.page.get_by_role("main").get_by_role("link").count() >= 1


def test_skriftene_som_hentes_foerst_blir_brukt(blad):
    side = blad("/")

    vent_til(side.page, "document.fonts.status === 'loaded'")
    hentes = side.page.locator("link[rel=preload][as=font]").count()
    brukt = side.page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)")
    assert len(set(brukt)) == hentes > 0
