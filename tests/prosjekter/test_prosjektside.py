"""The page of one project: what it shows, in what order, and to whom it offers what."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from missions.models import Hovedprosjekt
from partnerskap.felles.models import Innholdsendring
from prosjekter.kodeverk import Kodeliste, Partnerrolle, Status, Stoppgrunn, Synlighet, Utfall
from prosjekter.models import Deltakelse, GammelSlug, Missiontilknytning, Prosjekt
from prosjekter.sidedata import prosjekt as sidedata
from tests.fabrikker import (
    lag_fylke,
    lag_gjenbruk,
    lag_kommune,
    lag_laering,
    lag_mission,
    lag_organisasjon,
    lag_prosjekt,
    lag_utfordring,
)

pytestmark = pytest.mark.django_db

TEKSTER = {
    "utfordring": "Mange våkner om natten.",
    "losning": "Sensorer i taket.",
    "resultat": "Færre falske alarmer.",
    "laering": "Spør nattevaktene først.",
    "forutsetninger": "Trådløst nett på alle rom.",
    "okonomi": "390 000 kroner.",
    "avvikling": "Faste runder.",
}


def side(prosjekt, klient=None):
    svar = (klient or Client()).get(prosjekt.get_absolute_url())
    assert svar.status_code == 200
    return svar.content.decode()


def bli_med(prosjekt, navn, rolle, **felt):
    organisasjon = lag_organisasjon(navn, sektor=felt.pop("sektor", "statlig_etat"))
    return Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=organisasjon, rolle=rolle, **felt)


def test_tekstene_staar_i_lesbar_rekkefolge():
    html = side(lag_prosjekt(tekst=TEKSTER))

    steder = [html.index(tekst) for tekst in TEKSTER.values()]
    assert steder == sorted(steder)


def test_det_som_ikke_er_skrevet_har_ingen_overskrift():
    html = side(lag_prosjekt(tekst={"utfordring": "Mange våkner.", "resultat": "  \n"}))

    assert "Utfordringen" in html
    assert "Det som skjedde" not in html
    assert "Hvis dere vil gjøre det samme" not in html


def test_markdown_blir_til_trygg_html_under_sidens_egne_overskrifter():
    html = side(lag_prosjekt(tekst={"utfordring": "# Først\n\n**Viktig** <script>alert(1)</script> [x](javascript:1)"}))

    assert "<h3>Først</h3>" in html
    assert "<strong>Viktig</strong> &lt;script&gt;" in html
    assert 'href="javascript' not in html


def test_tekstene_har_prosjektets_spraak_og_rammen_har_portalens():
    html = side(lag_prosjekt("Små, faste lag", malform="nn", kontaktrolle="Prosjektleiar"))

    assert '<html lang="nb"' in html
    assert 'lang="nn">Små, faste lag</h1>' in html
    assert '<div class="tekst-innhold" lang="nn">' in html


def test_de_som_er_med_staar_etter_sektor_med_rolle_og_tidsrom():
    prosjekt = lag_prosjekt(eier=lag_organisasjon("Fjordvik"))
    bli_med(prosjekt, "Etaten", Partnerrolle.FAGPARTNER, fra_dato=date(2024, 3, 1), til_dato=date(2025, 6, 1))
    bli_med(prosjekt, "Nabovik", Partnerrolle.MEDEIER, sektor="kommune")
    bli_med(prosjekt, "Amtvik", Partnerrolle.TESTARENA, sektor="kommune")

    grupper = [
        (g.sektor, [d.organisasjon.navn for d in g.deltakelser])
        for g in sidedata.partnergrupper(sidedata.for_flere(Prosjekt.objects).get())
    ]

    assert grupper == [("Kommune", ["Fjordvik", "Nabovik", "Amtvik"]), ("Statlig etat", ["Etaten"])]
    assert "(fagpartner, mars 2024 til juni 2025)" in side(prosjekt)


def test_en_kommune_vises_med_fylke_og_folketall():
    kommune = lag_kommune("Halden", fylke=lag_fylke("Østfold", "31"), folketall=31733)

    html = side(lag_prosjekt(eier=lag_organisasjon("Halden kommune", kommune=kommune)))

    assert "Halden, Østfold (31\xa0733 innbyggere)" in html
    assert f'href="{reverse("kommuneside", args=[kommune.nummer])}"' in html


def test_fakta():
    html = side(
        lag_prosjekt(
            utfall=Utfall.STOPPET,
            stoppgrunn=Stoppgrunn.REGELVERK,
            start_dato=date(2025, 1, 15),
            koder=[(Kodeliste.MALGRUPPE, "eldre"), (Kodeliste.METODE, "eksperiment"), (Kodeliste.FINANSIERING, "ks")],
            kontaktrolle="Enhetsleder",
            sist_bekreftet=date(2026, 11, 3),
        )
    )

    for tekst in ("Januar 2025", "Regelverket sto i veien", "Eldre", "Eksperiment", "Enhetsleder"):
        assert tekst in html
    assert "Bekreftet oppdatert 3. november 2026." in html
    assert 'href="https://creativecommons.org/licenses/by/4.0/"' in html


def test_det_som_ligger_fram_i_tid_sier_det():
    om_ti_aar = date.today().replace(day=1, year=date.today().year + 10)

    html = side(lag_prosjekt(start_dato=date(2025, 1, 15), slutt_dato=om_ti_aar))

    assert "<dt>Startet</dt>" in html
    assert "<dt>Skal være ferdig</dt>" in html


def test_flere_koder_staar_som_i_lopende_tekst():
    koder = [(Kodeliste.MALGRUPPE, verdi) for verdi in ("barn", "familier")]
    koder += [(Kodeliste.FINANSIERING, verdi) for verdi in ("egne_midler", "ks")]

    html = side(lag_prosjekt(koder=koder))

    assert '<dd><a href="/tema/barn/">Barn</a>, <a href="/tema/familier/">familier</a></dd>' in html
    assert "<dd>Egne midler, KS</dd>" in html


def test_bare_godtatte_og_viste_missions_staar_paa_siden():
    prosjekt = lag_prosjekt()
    for tittel, svar, felt in (
        ("Godtatt mission", "godtatt", {}),
        ("Foreslått mission", "foreslatt", {}),
        ("Avslått mission", "avslatt", {}),
        ("Skjult mission", "godtatt", {"er_publisert": False}),
    ):
        Missiontilknytning.objects.create(prosjekt=prosjekt, mission=lag_mission(tittel, **felt), svar=svar)

    html = side(prosjekt)

    assert "Godtatt mission" in html
    assert not [t for t in ("Foreslått mission", "Avslått mission", "Skjult mission") if t in html]


def test_utfordringen_det_svarer_paa_er_nevnt_for_den_som_ser_den(som, roller):
    prosjekt = lag_prosjekt("Robotbesøk")
    tatt_ned = lag_utfordring("Tatt ned behov", eier=roller.kommunen, status="tatt_ned")
    ny = lag_utfordring("Nattevakter")
    sammen = lag_utfordring("Kveldsvakter", status="slatt_sammen", slatt_sammen_med=ny)
    for utfordring in (lag_utfordring("Ensomhet"), sammen, ny, tatt_ned):
        utfordring.prosjektsvar.create(prosjekt=prosjekt)
    lag_utfordring("En annens").prosjektsvar.create(prosjekt=lag_prosjekt())

    def svarer_paa(rolle):
        return [u.tittel for u in som(rolle).get(prosjekt.get_absolute_url()).context["behov"]]

    roller["eier"]
    assert svarer_paa("anonym") == svarer_paa("fremmed") == ["Ensomhet", "Nattevakter"]
    assert svarer_paa("eier") == svarer_paa("moderator") == ["Ensomhet", "Nattevakter", "Tatt ned behov"]
    innhold = som("anonym").get(prosjekt.get_absolute_url()).content.decode()
    assert f'<a href="{ny.get_absolute_url()}">Nattevakter</a>' in innhold
    assert "Tatt ned behov" not in innhold
    assert "Svarer på utfordringen" not in som("anonym").get(lag_prosjekt().get_absolute_url()).content.decode()


@pytest.mark.parametrize("antall", [1, 3])
def test_utfordringene_koster_en_sporring_og_ingen_uten(antall, django_assert_num_queries):
    prosjekt = lag_prosjekt()
    Client().get(prosjekt.get_absolute_url())
    Innholdsendring.objects.create(slag="prosjekt", objekt=prosjekt.pk)
    with CaptureQueriesContext(connection) as uten:
        Client().get(prosjekt.get_absolute_url())
    for _nr in range(antall):
        lag_utfordring().prosjektsvar.create(prosjekt=prosjekt)

    Innholdsendring.objects.create(slag="prosjekt", objekt=prosjekt.pk)
    with django_assert_num_queries(len(uten) + 1):
        Client().get(prosjekt.get_absolute_url())


def test_hovedprosjektet_er_nevnt():
    hovedprosjekt = Hovedprosjekt.objects.create(tittel="Felles løft", slug="felles-loft", ingress="Sammen.")

    assert "Felles løft" in side(lag_prosjekt(hovedprosjekt=hovedprosjekt))


def test_ingen_personer_eller_adresser_staar_paa_siden(roller):
    prosjekt = lag_prosjekt(eier=roller.kommunen, opprettet_av=roller["eier"], ansvarlig=roller["kollega"])

    html = side(prosjekt)

    for person in ("eier", "kollega"):
        assert roller[person].email not in html
        assert roller[person].navn not in html


# ---- Who is offered what -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rolle", "rediger", "historikk"),
    [
        ("anonym", False, False),
        ("fremmed", False, False),
        ("eier", True, True),
        ("kollega", True, True),
        ("partner", False, True),
        ("moderator", False, True),
        ("missionkurator", False, False),
        ("folgeforsker", False, True),
    ],
)
def test_hvem_som_tilbys_aa_redigere_og_se_historikken(som, roller, rolle, rediger, historikk):
    prosjekt = lag_prosjekt(eier=roller.kommunen)
    Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=roller.partneren, rolle=Partnerrolle.FAGPARTNER)

    svar = som(rolle).get(prosjekt.get_absolute_url())

    assert svar.context["kan_redigere"] is rediger
    assert svar.context["kan_se_historikk"] is historikk
    assert ("ds-alert" in svar.content.decode()) is (rediger or historikk)


@pytest.mark.parametrize("status", [s for s in Status if s != Status.PUBLISERT])
def test_deltakere_ser_hvor_det_skjulte_prosjektet_staar(som, roller, status):
    prosjekt = lag_prosjekt(eier=roller.kommunen, status=status)

    html = side(prosjekt, som("kollega"))

    assert f"<strong>{status.label}.</strong> Bare de som deltar" in html


def test_den_som_ser_noe_lukket_faar_vite_det(som, roller):
    prosjekt = lag_prosjekt(eier=roller.kommunen, synlighet=Synlighet.SEKTOR)

    html = side(prosjekt, som("fremmed"))

    assert "Bare innloggede i kommunesektoren ser denne siden." in html
    assert '<meta name="robots" content="noindex">' in html


# ---- Addresses -----------------------------------------------------------------------------------------------------


def test_en_gammel_adresse_leder_videre():
    prosjekt = lag_prosjekt(slug="ny-adresse")
    GammelSlug.objects.create(slug="gammel-adresse", prosjekt=prosjekt)

    svar = Client().get(reverse("prosjekter:prosjekt", args=["gammel-adresse"]))

    assert (svar.status_code, svar.url) == (301, "/prosjekter/ny-adresse/")


def test_en_gammel_adresse_roper_ikke_den_nye_til_fremmede():
    prosjekt = lag_prosjekt(slug="hemmelig-navn", status=Status.KLADD)
    GammelSlug.objects.create(slug="gammel-adresse", prosjekt=prosjekt)

    assert Client().get(reverse("prosjekter:prosjekt", args=["gammel-adresse"])).status_code == 404


@pytest.mark.parametrize("adresse", ["finnes-ikke/", "a" * 300 + "/", "%C3%A6/", "a%0Ab/", "..%2F/", "A_-1/"])
def test_adresser_som_ikke_finnes_er_404(adresse):
    assert Client().get(f"/prosjekter/{adresse}").status_code == 404


@pytest.mark.parametrize("antall", [1, 3, 20])
def test_siden_bruker_like_mange_sporringer(antall, som, roller, django_assert_num_queries):
    prosjekt = lag_prosjekt(eier=lag_organisasjon(kommune=lag_kommune("Sted")))
    for nr in range(antall):
        deltakelse = bli_med(prosjekt, f"Partner {nr}", Partnerrolle.FAGPARTNER)
        deltakelse.organisasjon.kommune = lag_kommune(f"Sted {nr}")
        deltakelse.organisasjon.save()
        Missiontilknytning.objects.create(prosjekt=prosjekt, mission=lag_mission(), svar="godtatt")
        lag_gjenbruk(prosjekt, status="verdi_bekreftet", verdi="Det virket.", belegg="erfart")
        lag_gjenbruk(prosjekt, taker_navn=f"Utenfor {nr}")
        lag_laering(prosjekt)

    # The mark of the content, the project, its codes, factors, who takes part, missions, lessons, who uses it, what resembles it.
    with django_assert_num_queries(9):
        side(prosjekt)
    moderator = som("moderator")
    with django_assert_num_queries(17):
        moderator.get(prosjekt.get_absolute_url())
