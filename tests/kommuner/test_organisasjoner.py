"""The pages where an organisation says who is in it, and where people ask to join."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommuner import handlinger
from kommuner.kodeverk import Rolle
from kommuner.models import Invitasjon, Medlemskap, Medlemskapssoknad
from prosjekter.models import Prosjekt
from tests.fabrikker import lag_bruker, lag_kommune, lag_ks, lag_organisasjon, lag_prosjekt
from tests.rollebesetning import ROLLER
from utboks.models import Epost

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _tomt_mellomlager():
    cache.clear()


def adresse(navn, organisasjon, *mer):
    return reverse(f"organisasjoner:{navn}", args=[organisasjon.slug, *mer])


def tekst(svar):
    return svar.content.decode()


# Who may open what


@pytest.mark.parametrize("rolle", ROLLER)
@pytest.mark.parametrize("side", ["styr", "inviter", "innstillinger"])
def test_bare_den_ansvarlige_og_ks_faar_se_hvem_som_er_med(som, roller, side, rolle):
    svar = som(rolle).get(adresse(side, roller.kommunen))

    ventet = {"anonym": 302, "ansvarlig": 200, "moderator": 200, "administrator": 200}.get(rolle, 403)
    assert svar.status_code == ventet
    if ventet != 200:
        assert roller["kollega"].email not in tekst(svar)


def test_ansvarlig_ett_sted_er_ikke_ansvarlig_et_annet(roller):
    klient = Client()
    klient.force_login(lag_bruker(i=roller.partneren, rolle=Rolle.ANSVARLIG))
    medlemskap = roller["eier"].medlemskap.get()

    assert klient.get(adresse("styr", roller.kommunen)).status_code == 403
    # Another organisation's membership under one's own address does not exist.
    assert klient.get(adresse("rolle", roller.partneren, medlemskap.pk)).status_code == 404
    svar = klient.get(reverse("avslutt_medlemskap", args=[roller.partneren.slug, medlemskap.pk]))
    assert svar.status_code == 404


@pytest.mark.parametrize("rolle", ["fremmed", "kollega", "partner", "folgeforsker", "missionkurator", "anonym"])
def test_ingen_andre_kan_endre_noe(som, roller, rolle):
    medlemskap = roller["eier"].medlemskap.get()
    soknad = handlinger.sok_medlemskap(roller.kommunen, begrunnelse="x", av=lag_bruker())
    invitasjon = handlinger.inviter(roller.kommunen, email="a@b.no", rolle=Rolle.BIDRAGSYTER, av=roller["ansvarlig"])
    Epost.objects.all().delete()
    klient = som(rolle)

    for sti, data in (
        (adresse("inviter", roller.kommunen), {"email": "x@y.no", "rolle": "ansvarlig"}),
        (adresse("innstillinger", roller.kommunen), {"om": "Kapret"}),
        (adresse("rolle", roller.kommunen, medlemskap.pk), {"rolle": "ansvarlig"}),
        (adresse("godkjenn", roller.kommunen, soknad.pk), {}),
        (adresse("avsla", roller.kommunen, soknad.pk), {"melding": "nei"}),
        (adresse("trekk_soknad", roller.kommunen, soknad.pk), {}),
        (adresse("send_invitasjon", roller.kommunen, invitasjon.pk), {}),
        (adresse("trekk_invitasjon", roller.kommunen, invitasjon.pk), {}),
        (reverse("avslutt_medlemskap", args=[roller.kommunen.slug, medlemskap.pk]), {"avslutt": "ja"}),
    ):
        assert klient.post(sti, data).status_code in ((302,) if rolle == "anonym" else (403, 404)), sti

    medlemskap.refresh_from_db()
    soknad.refresh_from_db()
    invitasjon.refresh_from_db()
    roller.kommunen.refresh_from_db()
    assert (medlemskap.rolle, medlemskap.til_dato, soknad.svar, invitasjon.trukket_tid, roller.kommunen.om) == (
        Rolle.BIDRAGSYTER,
        None,
        "",
        None,
        "",
    )
    assert not Epost.objects.exists()


@pytest.mark.parametrize("navn", ["godkjenn", "trekk_soknad", "send_invitasjon", "trekk_invitasjon"])
def test_aa_lese_endrer_ingenting(som, roller, navn):
    assert som("ansvarlig").get(adresse(navn, roller.kommunen, 1)).status_code == 405


def test_en_organisasjon_som_ikke_finnes(som):
    assert som("administrator").get("/organisasjoner/finnes-ikke/").status_code == 404


# The list of members


@pytest.mark.parametrize("antall", [1, 3])
def test_medlemslisten_bruker_like_mange_spoerringer(som, roller, antall, django_assert_num_queries):
    klient = som("ansvarlig")
    for nr in range(antall):
        lag_bruker(f"Medlem {nr}", i=roller.kommunen)
        handlinger.sok_medlemskap(roller.kommunen, begrunnelse=f"Hvorfor {nr}", av=lag_bruker(f"Spør {nr}"))
        handlinger.inviter(roller.kommunen, email=f"n{nr}@b.no", rolle=Rolle.BIDRAGSYTER, av=roller["ansvarlig"])
        gammel = lag_bruker(f"Tidligere {nr}", i=roller.kommunen)
        gammel.medlemskap.update(til_dato=timezone.localdate())

    with django_assert_num_queries(11):
        svar = klient.get(adresse("styr", roller.kommunen))

    for ord_ in ("Medlem 0", "Hvorfor 0", "n0@b.no", "Tidligere 0"):
        assert ord_.replace("0", str(antall - 1)) in tekst(svar)


def test_lange_lister_er_delt_i_sider(som, roller):
    for nr in range(35):
        lag_bruker(f"Medlem {nr:02}", i=roller.kommunen)
    klient = som("ansvarlig")

    forste, andre = (
        klient.get(adresse("styr", roller.kommunen)),
        klient.get(adresse("styr", roller.kommunen) + "?side=2"),
    )

    assert "Medlem 00" in tekst(forste)
    assert "Medlem 34" not in tekst(forste)
    assert "Medlem 34" in tekst(andre)
    assert klient.get(adresse("styr", roller.kommunen) + "?side=tull").status_code == 200


def test_ks_ser_at_ingen_er_ansvarlig(som, roller):
    assert "Ingen er ansvarlig her ennå" in tekst(som("moderator").get(adresse("styr", roller.partneren)))
    roller["ansvarlig"]
    assert "Ingen er ansvarlig her ennå" not in tekst(som("moderator").get(adresse("styr", roller.kommunen)))


# Inviting


def test_ingen_side_med_skjema_skjuler_hvor_den_er_for_oss_selv():
    """With no-referrer a browser posts «Origin: null», and the answer is 403. Other sites are told nothing anyway."""
    assert settings.SECURE_REFERRER_POLICY == "same-origin"
    assert not [m for m in (settings.ROT / "templates").rglob("*.html") if "no-referrer" in m.read_text()]


def test_den_ansvarlige_inviterer_og_den_nye_blir_med(som, roller):
    klient = som("ansvarlig")
    svar = klient.post(
        adresse("inviter", roller.kommunen), {"email": " Ny@Jobb.no ", "rolle": "ansvarlig"}, follow=True
    )
    assert "Invitasjonen er sendt til ny@jobb.no." in tekst(svar)
    epost = Epost.objects.get()
    assert epost.til == "ny@jobb.no"
    lenke = "/organisasjoner/invitasjon/" + epost.tekst.split("/organisasjoner/invitasjon/")[1].split("\n")[0]

    ny = Client()
    side = ny.get(lenke)
    assert "Leif Leder har invitert deg som ansvarlig." in tekst(side)
    assert f"/konto/logg-inn/?next={lenke}" in tekst(side)
    assert ny.post(lenke).status_code == 200  # not signed in: nothing happens
    bruker = lag_bruker(email="ny@jobb.no")
    ny.force_login(bruker)
    assert ny.get(lenke).status_code == 200
    assert not bruker.medlemskap.exists()

    svar = ny.post(lenke, follow=True)

    assert "Velkommen til Fjordvik prøvekommune." in tekst(svar)
    assert bruker.medlemskap.get().rolle == Rolle.ANSVARLIG
    assert ny.get(lenke).status_code == 404


def test_andre_som_faar_tak_i_lenken_kommer_ikke_inn(som, roller):
    handlinger.inviter(roller.kommunen, email="ny@jobb.no", rolle=Rolle.ANSVARLIG, av=roller["ansvarlig"])
    lenke = "/organisasjoner/invitasjon/" + Epost.objects.get().tekst.split("invitasjon/")[1].split("\n")[0]

    svar = som("fremmed").post(lenke)

    assert "Invitasjonen gjelder en annen adresse" in tekst(svar)
    assert not Medlemskap.objects.filter(bruker=roller["fremmed"], organisasjon=roller.kommunen).exists()


def test_alle_hemmeligheter_som_ikke_virker_faar_samme_svar(client, roller):
    svar = set()
    for gjor in (
        lambda i: None,
        lambda i: Invitasjon.objects.update(trukket_tid=timezone.now()),
        lambda i: Invitasjon.objects.update(trukket_tid=None, brukt_tid=timezone.now()),
        lambda i: Invitasjon.objects.update(brukt_tid=None, utloper_tid=timezone.now() - timedelta(days=1)),
    ):
        Epost.objects.all().delete()
        invitasjon = handlinger.inviter(
            roller.kommunen, email="ny@jobb.no", rolle=Rolle.BIDRAGSYTER, av=roller["ansvarlig"]
        )
        Invitasjon.objects.update(sendt_tid=timezone.now() - timedelta(hours=1))
        handlinger.send_invitasjon_igjen(Invitasjon.objects.get(pk=invitasjon.pk), av=roller["ansvarlig"])
        hemmelighet = Epost.objects.latest("pk").tekst.split("invitasjon/")[1].split("/")[0]
        gjor(invitasjon)
        if gjor(invitasjon) is None:
            hemmelighet = "finnes-ikke"
        s = client.get(reverse("organisasjoner:invitasjon", args=[hemmelighet]))
        svar.add((s.status_code, tekst(s).replace(hemmelighet, "")))
        Invitasjon.objects.all().delete()

    assert len(svar) == 1
    assert svar.pop()[0] == 404


def test_grensen_for_invitasjoner_mister_ikke_det_som_er_skrevet(som, roller, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"inviter": "1/h/user"}
    klient = som("ansvarlig")
    klient.post(adresse("inviter", roller.kommunen), {"email": "en@b.no", "rolle": "bidragsyter"})

    svar = klient.post(adresse("inviter", roller.kommunen), {"email": "to@b.no", "rolle": "ansvarlig"})

    assert "Du har sendt mange invitasjoner på kort tid" in tekst(svar)
    assert 'value="to@b.no"' in tekst(svar)
    assert Epost.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "melding"),
    [
        ({"email": "", "rolle": "bidragsyter"}, "Skriv adressen til den du vil invitere."),
        ({"email": "tull", "rolle": "bidragsyter"}, "Adressen er ikke hel."),
        ({"email": "a@b.no"}, "Velg en rolle."),
        ({"email": "a@b.no", "rolle": "administrator"}, "administrator"),
        ({"email": "a@b.no", "rolle": "moderator"}, "moderator"),
    ],
)
def test_gale_invitasjoner_faar_en_melding(som, roller, data, melding):
    svar = som("ansvarlig").post(adresse("inviter", roller.kommunen), data)

    assert svar.status_code == 200
    assert melding in tekst(svar)
    assert not Invitasjon.objects.exists()


def test_send_paa_nytt_og_trekk(som, roller):
    klient = som("ansvarlig")
    invitasjon = handlinger.inviter(
        roller.kommunen, email="ny@jobb.no", rolle=Rolle.BIDRAGSYTER, av=roller["ansvarlig"]
    )
    Invitasjon.objects.update(sendt_tid=timezone.now() - timedelta(hours=1))

    svar = klient.post(adresse("send_invitasjon", roller.kommunen, invitasjon.pk), follow=True)
    assert "sendt på nytt til ny@jobb.no" in tekst(svar)
    assert Epost.objects.count() == 2
    svar = klient.post(adresse("trekk_invitasjon", roller.kommunen, invitasjon.pk), follow=True)
    assert "Invitasjonen til ny@jobb.no er trukket." in tekst(svar)
    assert "Invitert, ikke svart" not in tekst(svar)


# Roles and leaving


def test_den_ansvarlige_endrer_en_rolle(som, roller):
    medlemskap = roller["eier"].medlemskap.get()

    svar = som("ansvarlig").post(adresse("rolle", roller.kommunen, medlemskap.pk), {"rolle": "ansvarlig"})

    assert svar["Location"] == adresse("styr", roller.kommunen)
    assert roller["eier"].medlemskap.aktive().get().rolle == Rolle.ANSVARLIG


def test_siste_ansvarlige_maa_ville_det(som, roller):
    klient, medlemskap = som("ansvarlig"), roller["ansvarlig"].medlemskap.get()
    sti = adresse("rolle", roller.kommunen, medlemskap.pk)
    assert "Ingen andre har denne rollen" in tekst(klient.get(sti))

    svar = klient.post(sti, {"rolle": "bidragsyter"})
    assert "Kryss av for at du vet det." in tekst(svar)
    assert medlemskap.er_siste_med_rollen

    svar = klient.post(sti, {"rolle": "bidragsyter", "bekreft": "on"})
    assert svar["Location"] == reverse("minside")
    assert roller["ansvarlig"].medlemskap.aktive().get().rolle == Rolle.BIDRAGSYTER


def test_en_administrator_gir_en_ks_rolle(som, roller):
    ny = lag_bruker(i=lag_ks())

    svar = som("moderator").get(adresse("rolle", lag_ks(), ny.medlemskap.get().pk))
    assert "Moderator:" not in tekst(svar)
    som("administrator").post(adresse("rolle", lag_ks(), ny.medlemskap.get().pk), {"rolle": "moderator"})

    assert ny.medlemskap.aktive().get().rolle == Rolle.MODERATOR


def test_naar_noen_slutter_tar_en_kollega_over_prosjektene(som, roller):
    eier, kollega = roller["eier"], roller["kollega"]
    mitt = lag_prosjekt("Måltidsvenn", eier=roller.kommunen, ansvarlig=eier)
    andres = lag_prosjekt(eier=roller.partneren, ansvarlig=eier)
    urort = lag_prosjekt(eier=roller.kommunen, ansvarlig=roller["ansvarlig"])
    sti = reverse("avslutt_medlemskap", args=[roller.kommunen.slug, eier.medlemskap.get().pk])
    klient = som("ansvarlig")

    side = klient.get(sti)
    assert "Måltidsvenn" in tekst(side)
    assert kollega.navn in tekst(side)
    assert eier.medlemskap.aktive().exists()
    svar = klient.post(sti, {"til": kollega.pk})

    assert svar["Location"] == adresse("styr", roller.kommunen)
    assert not eier.medlemskap.aktive().exists()
    ansvar = dict(Prosjekt.objects.values_list("pk", "ansvarlig"))
    assert ansvar == {mitt.pk: kollega.pk, andres.pk: eier.pk, urort.pk: roller["ansvarlig"].pk}
    assert kollega.email in set(Epost.objects.values_list("til", flat=True))
    assert klient.post(sti, {"til": kollega.pk}).status_code == 404  # double click: already ended


def test_prosjektene_kan_bli_staaende_paa_organisasjonen(som, roller):
    eier = roller["eier"]
    prosjekt = lag_prosjekt(eier=roller.kommunen, ansvarlig=eier)

    som("eier").post(reverse("avslutt_medlemskap", args=[roller.kommunen.slug, eier.medlemskap.get().pk]), {"til": ""})

    prosjekt.refresh_from_db()
    assert prosjekt.ansvarlig is None
    assert not eier.medlemskap.aktive().exists()


def test_prosjektene_kan_ikke_gis_til_noen_utenfor(som, roller):
    eier = roller["eier"]
    prosjekt = lag_prosjekt(eier=roller.kommunen, ansvarlig=eier)
    roller["kollega"]

    svar = som("ansvarlig").post(
        reverse("avslutt_medlemskap", args=[roller.kommunen.slug, eier.medlemskap.get().pk]),
        {"til": roller["fremmed"].pk},
    )

    assert svar.status_code == 200
    prosjekt.refresh_from_db()
    assert prosjekt.ansvarlig == eier
    assert eier.medlemskap.aktive().exists()


def test_den_som_beholder_en_rolle_beholder_prosjektene(som, roller):
    eier = roller["eier"]
    Medlemskap.objects.create(bruker=eier, organisasjon=roller.kommunen, rolle=Rolle.ANSVARLIG)
    prosjekt = lag_prosjekt(eier=roller.kommunen, ansvarlig=eier)
    bidrag = eier.medlemskap.get(rolle=Rolle.BIDRAGSYTER)
    sti = reverse("avslutt_medlemskap", args=[roller.kommunen.slug, bidrag.pk])

    assert prosjekt.tittel not in tekst(som("ansvarlig").get(sti))
    som("ansvarlig").post(sti)

    prosjekt.refresh_from_db()
    assert prosjekt.ansvarlig == eier


def test_siste_ansvarlige_maa_krysse_av_for_aa_gaa(som, roller):
    klient = som("ansvarlig")
    sti = reverse("avslutt_medlemskap", args=[roller.kommunen.slug, roller["ansvarlig"].medlemskap.get().pk])

    svar = klient.post(sti)
    assert "Kryss av for at du vet det." in tekst(svar)
    assert klient.post(sti, {"bekreft": "on"})["Location"] == reverse("minside")
    assert not roller["ansvarlig"].medlemskap.aktive().exists()


def test_innstillinger(som, roller):
    klient, sti = som("ansvarlig"), adresse("innstillinger", roller.kommunen)

    svar = klient.post(sti, {"om": "Vi prøver.", "nettsted": "halden", "krever_godkjenning": "on"})
    assert "Adressen er ikke hel" in tekst(svar)
    assert "Vi prøver." in tekst(svar)
    klient.post(
        sti,
        {
            "om": "Vi prøver.",
            "nettsted": "www.halden.kommune.no",
            "krever_godkjenning": "on",
            "er_betrodd": "on",
            "er_sekretariat": "on",
            "navn": "Kapret",
        },
    )

    roller.kommunen.refresh_from_db()
    kommunen = roller.kommunen
    assert (kommunen.om, kommunen.nettsted, kommunen.krever_godkjenning) == (
        "Vi prøver.",
        "https://www.halden.kommune.no",
        True,
    )
    assert (kommunen.er_betrodd, kommunen.er_sekretariat, kommunen.navn) == (False, False, "Fjordvik prøvekommune")


# Asking to join


@pytest.mark.parametrize("antall", [1, 3])
def test_man_finner_organisasjonen_sin(som, roller, antall, django_assert_num_queries):
    for nr in range(antall):
        kommune = lag_kommune(f"Åmot {nr}")
        lag_organisasjon(f"Åmot {nr} kommune", kommune=kommune)
    lag_organisasjon("Nedlagt Åmot", opphort_dato=timezone.localdate())
    klient = som("fremmed")

    with django_assert_num_queries(6):
        svar = klient.get(reverse("organisasjoner:finn"), {"q": " åmot  "})

    assert tekst(svar).count("Be om å bli med") == antall
    assert "Nedlagt" not in tekst(svar)
    assert "Østfold" in tekst(svar)


@pytest.mark.parametrize("q", ["finnes ikke", "%", "\x00", "x" * 500, "<script>"])
def test_et_soek_uten_treff_viser_en_vei_videre(som, roller, q):
    svar = som("fremmed").get(reverse("organisasjoner:finn"), {"q": q})

    assert svar.status_code in (200, 400)
    if svar.status_code == 200 and len(q) < 100:
        assert "Ingen organisasjon heter det" in tekst(svar)


def test_den_som_spoer_faar_beskjed_og_kan_trekke_det(som, roller):
    klient, sti = som("fremmed"), adresse("bli_med", roller.kommunen)
    assert klient.post(sti, {"begrunnelse": ""}).status_code == 200
    assert not Medlemskapssoknad.objects.exists()

    for _ in range(2):  # double click
        klient.post(sti, {"begrunnelse": "Jeg leder Naustet."})

    soknad = Medlemskapssoknad.objects.get()
    assert "Trekk spørsmålet" in tekst(klient.get(sti))
    assert "Du har spurt" in tekst(klient.get(reverse("organisasjoner:finn"), {"q": "Fjordvik"}))
    klient.post(adresse("trekk_soknad", roller.kommunen, soknad.pk))
    soknad.refresh_from_db()
    assert soknad.svar == Medlemskapssoknad.Svar.TRUKKET


def test_den_ansvarlige_svarer(som, roller):
    en = handlinger.sok_medlemskap(roller.kommunen, begrunnelse="En", av=roller["fremmed"])
    to = handlinger.sok_medlemskap(roller.kommunen, begrunnelse="To", av=roller["partner"])
    klient = som("ansvarlig")

    svar = klient.post(adresse("godkjenn", roller.kommunen, en.pk), follow=True)
    assert "Frida Fremmed er med." in tekst(svar)
    svar = klient.post(adresse("godkjenn", roller.kommunen, en.pk), {"tilbake": "minside"})
    assert svar["Location"] == reverse("minside")
    assert "«To»" in tekst(klient.get(adresse("avsla", roller.kommunen, to.pk)))
    svar = klient.post(adresse("avsla", roller.kommunen, to.pk), {"melding": "x" * 501})
    assert "500" in tekst(svar)
    assert "x" * 501 in tekst(svar)
    klient.post(adresse("avsla", roller.kommunen, to.pk), {"melding": "Ikke nå."})

    to.refresh_from_db()
    assert (to.svar, to.svarmelding) == ("avslatt", "Ikke nå.")
    assert Medlemskap.objects.filter(bruker=roller["fremmed"], organisasjon=roller.kommunen).exists()


def test_en_nedlagt_kommune_sender_videre_til_den_nye(som, roller):
    gammel = lag_organisasjon(opphort_dato=timezone.localdate(), etterfolger=roller.kommunen)

    assert som("fremmed").get(adresse("bli_med", gammel))["Location"] == adresse("bli_med", roller.kommunen)
