"""Min side: what waits, my projects, my organisations, my data; and the rescue tool."""

import json
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommuner import handlinger
from kommuner.kodeverk import Rolle
from kommuner.models import Bruker, Medlemskap, Nettdomene, Organisasjon
from prosjekter.handlinger import prosjekt as prosjekthandlinger
from prosjekter.kodeverk import Status
from prosjekter.models import Missiontilknytning, Prosjekt
from tests.fabrikker import lag_bruker, lag_ks, lag_mission, lag_organisasjon, lag_prosjekt
from tests.rollebesetning import ROLLER
from utboks.models import Epost

pytestmark = pytest.mark.django_db
MINSIDE = "/min-side/"


@pytest.fixture(autouse=True)
def _tomt_mellomlager():
    cache.clear()


def tekst(svar):
    return svar.content.decode()


def venter(svar):
    """The part of the page that says what waits."""
    treff = re.search(r'<section[^>]*aria-labelledby="venter">(.*?)</section>', tekst(svar), re.DOTALL)
    return treff[1] if treff else ""


# Who sees it


@pytest.mark.parametrize("rolle", ROLLER)
def test_alle_innloggede_har_sin_side(som, rolle):
    svar = som(rolle).get(MINSIDE)

    assert svar.status_code == (302 if rolle == "anonym" else 200)


def test_den_som_ikke_hoerer_til_noe_sted_faar_vite_hva_hun_kan_gjoere(client):
    client.force_login(lag_bruker("Una Uten", email="una@gmail.com"))

    side = tekst(client.get(MINSIDE))

    assert "Hei, Una" in side
    assert "Du er ikke knyttet til en organisasjon ennå" in side
    assert "una@gmail.com hører ikke til" in side
    assert reverse("organisasjoner:finn") in side
    assert "Registrer nytt" not in side


def test_den_som_venter_paa_svar_faar_se_det(client, roller):
    bruker = lag_bruker(email="una@gmail.com")
    handlinger.sok_medlemskap(roller.kommunen, begrunnelse="x", av=bruker)
    client.force_login(bruker)

    side = tekst(client.get(MINSIDE))

    assert "Du venter på svar" in side
    assert "Fjordvik prøvekommune har fått beskjed" in side


def test_uten_navn_er_det_likevel_en_side(client, roller):
    client.force_login(lag_bruker("", i=roller.kommunen))

    assert '<h1 class="ds-heading" data-size="xl">Min side</h1>' in tekst(client.get(MINSIDE))


def test_foelgeforskeren_har_noe_aa_lese_og_ingenting_aa_registrere(som):
    side = tekst(som("folgeforsker").get(MINSIDE))

    assert "Du leser" in side
    assert "Registrer nytt" not in side
    assert "Du leser" not in tekst(som("eier").get(MINSIDE))


# What waits


def test_ingenting_venter(som):
    side = tekst(som("eier").get(MINSIDE))

    assert "Du er bidragsyter i Fjordvik prøvekommune. Ingenting venter på deg." in side
    assert "Her er ingen prosjekter ennå." in side


def test_det_som_venter_paa_den_som_registrerer(som, roller):
    eier, sted = roller["eier"], roller.kommunen
    gammelt = timezone.localdate() - timedelta(days=400)
    lag_prosjekt("Kladden", eier=sted, ansvarlig=eier, status=Status.KLADD)
    lag_prosjekt(
        "Det returnerte", eier=sted, ansvarlig=eier, status=Status.TIL_RETTING, statusbegrunnelse="Hvor mange?"
    )
    lag_prosjekt("Det gamle", eier=sted, ansvarlig=eier, sist_bekreftet=gammelt)
    lag_prosjekt("Aldri bekreftet", eier=sted, ansvarlig=eier, publisert_tid=timezone.now() - timedelta(days=400))
    # None of these wait for her.
    lag_prosjekt("Det ferske", eier=sted, ansvarlig=eier, sist_bekreftet=timezone.localdate())
    lag_prosjekt("Det nylig publiserte", eier=sted, ansvarlig=eier)
    lag_prosjekt("Hos KS", eier=sted, ansvarlig=eier, status=Status.INNSENDT)
    lag_prosjekt("Kollegaens kladd", eier=sted, ansvarlig=roller["kollega"], status=Status.KLADD)
    lag_prosjekt("Fra før hun byttet jobb", ansvarlig=eier, status=Status.KLADD)

    svar = som("eier").get(MINSIDE)

    assert "4 ting venter på deg." in tekst(svar)
    assert set(re.findall(r'<a href="[^"]+">([^<]+)</a><p', venter(svar))) == {
        "Rett opp Det returnerte",
        "Gjør ferdig Kladden",
        "Stemmer Aldri bekreftet fortsatt?",
        "Stemmer Det gamle fortsatt?",
    }
    assert "KS skriver: «Hvor mange?»" in venter(svar)


def test_ett_klikk_bekrefter_at_det_stemmer(som, roller):
    gammelt = timezone.localdate() - timedelta(days=400)
    prosjekt = lag_prosjekt(eier=roller.kommunen, ansvarlig=roller["eier"], sist_bekreftet=gammelt)
    klient = som("eier")
    adresse = re.search(r'<form method="post" action="([^"]+)"', venter(klient.get(MINSIDE)))[1]

    klient.post(adresse)

    prosjekt.refresh_from_db()
    assert prosjekt.sist_bekreftet == timezone.localdate()
    assert venter(klient.get(MINSIDE)) == ""


def test_den_ansvarlige_kan_slippe_inn_en_kollega_herfra(som, roller):
    soker = lag_bruker("Per Skole")
    handlinger.sok_medlemskap(roller.kommunen, begrunnelse="Skolekontoret.", av=soker)
    handlinger.sok_medlemskap(roller.partneren, begrunnelse="Ikke for Leif.", av=roller["fremmed"])
    klient = som("ansvarlig")

    svar = klient.get(MINSIDE)
    assert "Per Skole vil bli med i Fjordvik prøvekommune" in venter(svar)
    assert "Ikke for Leif" not in tekst(svar)
    adresse = re.search(r'<form method="post" action="([^"]+)"', venter(svar))[1]
    svar = klient.post(adresse, {"tilbake": "minside"})

    assert svar["Location"] == MINSIDE
    assert Medlemskap.objects.filter(bruker=soker, organisasjon=roller.kommunen).exists()


def test_moderatoren_ser_koeen_og_dem_ingen_andre_svarer(som, roller):
    roller["ansvarlig"]
    handlinger.sok_medlemskap(roller.kommunen, begrunnelse="Har en ansvarlig.", av=roller["fremmed"])
    handlinger.sok_medlemskap(roller.partneren, begrunnelse="Har ingen.", av=roller["fremmed"])
    for _ in range(2):
        lag_prosjekt(status=Status.INNSENDT)

    ventende = venter(som("moderator").get(MINSIDE))

    assert "2 prosjekter venter på KS" in ventende
    assert "Har ingen." in ventende
    assert "Har en ansvarlig." not in ventende
    for rolle in ("eier", "missionkurator", "folgeforsker"):
        assert "venter på KS" not in venter(som(rolle).get(MINSIDE))


def test_kuratoren_ser_forslag_til_sine_missions_og_til_dem_ingen_har(som, roller):
    kurator = roller["missionkurator"]
    for mission, antall in ((lag_mission("Min", kurator=kurator), 2), (lag_mission("Ingens"), 1)):
        for _ in range(antall):
            Missiontilknytning.objects.create(prosjekt=lag_prosjekt(), mission=mission)
    andres = lag_mission("En annens", kurator=roller["administrator"])
    Missiontilknytning.objects.create(prosjekt=lag_prosjekt(), mission=andres)
    avgjort = lag_mission("Avgjort", kurator=kurator)
    Missiontilknytning.objects.create(prosjekt=lag_prosjekt(), mission=avgjort, svar="godtatt")

    ventende = venter(som("missionkurator").get(MINSIDE))

    assert "2 prosjekter er foreslått til Min" in ventende
    assert "1 prosjekt er foreslått til Ingens" in ventende
    assert "En annens" not in ventende
    assert "Avgjort" not in ventende


# My projects


def test_mine_prosjekter_etter_tilstand_og_hele_organisasjonens(som, roller):
    eier, sted = roller["eier"], roller.kommunen
    lag_prosjekt("Min kladd", eier=sted, ansvarlig=eier, status=Status.KLADD)
    lag_prosjekt("Mitt publiserte", eier=sted, ansvarlig=eier)
    lag_prosjekt("Mitt arkiverte", eier=sted, ansvarlig=eier, status=Status.ARKIVERT)
    lag_prosjekt("Kollegaens", eier=sted, ansvarlig=roller["kollega"])
    lag_prosjekt("Andres", eier=roller.partneren)
    klient = som("eier")

    def titler(sporring=""):
        return set(re.findall(r'class="dekk"[^>]*>([^<]+)<', tekst(klient.get(MINSIDE + sporring))))

    assert titler() == {"Min kladd", "Mitt publiserte"}
    assert titler("?status=kladd") == {"Min kladd"}
    assert titler("?status=arkivert") == {"Mitt arkiverte"}
    assert titler("?vis=organisasjon") == {"Min kladd", "Mitt publiserte", "Kollegaens"}
    assert titler("?vis=organisasjon&status=kladd") == {"Min kladd"}
    assert titler("?status=avpublisert") == set()
    assert titler("?vis=tull&status=tull&side=-1") == {"Min kladd", "Mitt publiserte"}


def test_den_som_ikke_passer_paa_noe_ser_organisasjonens(som, roller):
    lag_prosjekt("Kollegaens", eier=roller.kommunen, ansvarlig=roller["kollega"])

    assert "Kollegaens" in tekst(som("eier").get(MINSIDE))


@pytest.mark.parametrize("rolle", ["eier", "ansvarlig", "administrator"])
def test_siden_bruker_like_mange_spoerringer_uansett_hvor_mye_der_er(som, roller, rolle, django_assert_max_num_queries):
    bruker = roller[rolle]
    sted = bruker.aktive_medlemskap[0].organisasjon
    klient = som(rolle)

    def fyll():
        lag_prosjekt(eier=sted, ansvarlig=bruker, status=Status.KLADD)
        lag_prosjekt(eier=sted, ansvarlig=bruker, status=Status.TIL_RETTING)
        lag_prosjekt(eier=sted, ansvarlig=bruker, sist_bekreftet=timezone.localdate() - timedelta(days=400))
        lag_prosjekt(eier=lag_organisasjon(), status=Status.INNSENDT)
        handlinger.sok_medlemskap(sted, begrunnelse="x", av=lag_bruker())
        Missiontilknytning.objects.create(prosjekt=lag_prosjekt(), mission=lag_mission())
        handlinger.sok_medlemskap(lag_organisasjon(), begrunnelse="x", av=bruker)

    antall = []
    for _ in range(3):
        fyll()
        with django_assert_max_num_queries(36) as sporringer:
            klient.get(MINSIDE)
        antall.append(len(sporringer))

    assert len(set(antall)) == 1


def test_mange_prosjekter_er_delt_i_sider(som, roller):
    for _ in range(12):
        lag_prosjekt(eier=roller.kommunen, ansvarlig=roller["eier"])
    klient = som("eier")

    assert tekst(klient.get(MINSIDE)).count('class="dekk"') == 10
    assert tekst(klient.get(MINSIDE + "?side=2")).count('class="dekk"') == 2


# Name


def test_navnet_kan_endres_og_et_tomt_navn_faar_en_melding(som, roller):
    klient = som("eier")

    svar = klient.post(reverse("profil:navn"), {"navn": "   "})
    assert "Skriv navnet ditt." in tekst(svar)
    svar = klient.post(reverse("profil:navn"), {"navn": "x" * 101})
    assert "x" * 101 in tekst(svar)
    klient.post(reverse("profil:navn"), {"navn": "Ny  Navn", "email": "kapret@ks.no", "is_superuser": "on"})

    bruker = Bruker.objects.get(pk=roller["eier"].pk)
    assert (bruker.navn, bruker.email, bruker.is_superuser) == ("Ny Navn", roller["eier"].email, False)


# My data


def test_mine_data_er_mine_og_alle_mine(som, roller):
    eier = roller["eier"]
    handlinger.sok_medlemskap(roller.partneren, begrunnelse="Vil forske.", av=eier)
    handlinger.inviter(roller.partneren, email=eier.email, rolle=Rolle.BIDRAGSYTER, av=roller["administrator"])
    prosjekt = prosjekthandlinger.opprett(
        tittel="Naustet",
        utfordring="Unge uten plass.",
        eier=roller.kommunen,
        nokkel="0c0ffee0-0000-4000-8000-000000000001",
        av=eier,
    )
    prosjekt = getattr(prosjekt, "prosjekt", prosjekt)
    lag_prosjekt("Kollegaens", eier=roller.kommunen, ansvarlig=roller["kollega"])

    svar = som("eier").get(reverse("mine_data"))

    assert svar["Content-Type"] == "application/json"
    assert "attachment" in svar["Content-Disposition"]
    assert "no-store" in svar["Cache-Control"]
    data = json.loads(svar.content)
    assert data["konto"]["epost"] == eier.email
    assert data["medlemskap"][0]["organisasjon"] == "Fjordvik prøvekommune"
    assert data["spurt_om_aa_bli_med"][0]["begrunnelse"] == "Vil forske."
    assert data["invitert_til"][0]["organisasjon"] == "Prøveforskning"
    assert [p["tittel"] for p in data["passer_paa"]] == ["Naustet"]
    assert [p["tittel"] for p in data["har_registrert"]] == ["Naustet"]
    assert [e["emne"] for e in data["epost_fra_oss_siste_maaned"]]
    assert any(e["slags"] == "laget" for e in data["endringer_du_har_gjort"])
    assert "Kollegaens" not in svar.content.decode()
    assert roller["kollega"].email not in svar.content.decode()


def test_mine_data_viser_ikke_hva_kladden_heter_naa_til_en_som_har_sluttet(som, roller):
    lag_prosjekt("Hemmelig kladd", eier=roller.kommunen, status=Status.KLADD, opprettet_av=roller["eier"])
    lag_prosjekt("Åpent", eier=roller.kommunen, opprettet_av=roller["eier"])
    roller["eier"].medlemskap.update(til_dato=timezone.localdate())

    svar = som("eier").get(reverse("mine_data"))

    assert "emmelig" not in svar.content.decode()
    data = json.loads(svar.content)
    assert sorted(p["tittel"] for p in data["har_registrert"]) == ["(et prosjekt du ikke lenger kan se)", "Åpent"]


def test_mine_data_krever_innlogging(client):
    assert client.get(reverse("mine_data")).status_code == 302


# Being forgotten


def test_den_som_sletter_kontoen_gir_fra_seg_prosjektene_og_er_ute_overalt(som, roller):
    eier, kollega = roller["eier"], roller["kollega"]
    adresse = eier.email
    prosjekt = lag_prosjekt(eier=roller.kommunen, ansvarlig=eier)
    historie = prosjekt.historikk.create(
        **{
            f.attname: getattr(prosjekt, f.attname)
            for f in Prosjekt._meta.concrete_fields
            if f.name in {x.name for x in prosjekt.historikk.model._meta.concrete_fields}
        }
        | {"history_user": eier, "history_date": timezone.now(), "history_type": "~"}
    )
    klient, annen_maskin = som("eier"), som("eier")
    sti = reverse("slett_meg")

    side = klient.get(sti)
    assert "Hvem tar over prosjektene dine i Fjordvik prøvekommune?" in tekst(side)
    svar = klient.post(sti, {f"til_{roller.kommunen.pk}": kollega.pk})
    assert "Kryss av for at du vil slette kontoen." in tekst(svar)
    assert Bruker.objects.filter(email=adresse).exists()
    svar = klient.post(sti, {f"til_{roller.kommunen.pk}": kollega.pk, "bekreft": "on"}, follow=True)

    assert "Kontoen er slettet." in tekst(svar)
    assert klient.get(MINSIDE).status_code == 302
    assert annen_maskin.get(MINSIDE).status_code == 302
    prosjekt.refresh_from_db()
    assert prosjekt.ansvarlig == kollega
    historie.refresh_from_db()
    assert str(historie.history_user) == "Tidligere bruker"
    for modell in (Bruker, Epost):
        felt = "email" if modell is Bruker else "til"
        assert not modell.objects.filter(**{felt: adresse}).exists()


def test_prosjekter_der_man_ikke_lenger_er_med_staar_ikke_i_veien(som, roller):
    prosjekt = lag_prosjekt(ansvarlig=roller["eier"])

    svar = som("eier").post(reverse("slett_meg"), {"bekreft": "on"})

    assert svar["Location"] == reverse("forside")
    prosjekt.refresh_from_db()
    assert prosjekt.ansvarlig is None


def test_aa_se_paa_siden_sletter_ingenting(som, roller):
    assert som("ansvarlig").get(reverse("slett_meg"), {"bekreft": "on"}).status_code == 200
    assert "Du er den eneste i denne rollen" in tekst(som("ansvarlig").get(reverse("slett_meg")))
    assert Bruker.objects.get(pk=roller["ansvarlig"].pk).is_active


# The rescue tool


@pytest.mark.parametrize("rolle", ROLLER)
@pytest.mark.parametrize("sti", ["", "kommuner/bruker/", "kommuner/medlemskap/add/", "prosjekter/prosjekt/"])
def test_noedverktoeyet_finnes_bare_for_administratorer(som, rolle, sti):
    svar = som(rolle).get(f"/admin/{sti}")

    assert svar.status_code == {"administrator": 200, "anonym": 302}.get(rolle, 404)


def test_veien_inn_i_noedverktoeyet_er_den_samme_koden(client):
    svar = client.get("/admin/kommuner/bruker/", follow=True)

    assert svar.redirect_chain[-1][0] == "/konto/logg-inn/?next=/admin/kommuner/bruker/"
    assert 'type="password"' not in tekst(svar)


@pytest.mark.parametrize("sti", ["password_change/", "password_change/done/"])
def test_noedverktoeyet_har_ingen_passordsider(som, sti):
    assert som("administrator").get(f"/admin/{sti}").status_code == 404
    assert "passord" not in tekst(som("administrator").get("/admin/")).lower()


def test_alt_i_noedverktoeyet_kan_aapnes(som, roller):
    from django.contrib import admin

    lag_prosjekt(status=Status.INNSENDT)
    lag_mission()
    handlinger.sok_medlemskap(roller.kommunen, begrunnelse="x", av=roller["fremmed"])
    handlinger.inviter(roller.kommunen, email="a@b.no", rolle=Rolle.BIDRAGSYTER, av=roller["administrator"])
    klient = som("administrator")

    assert admin.site._registry
    for modell in admin.site._registry:
        liste = reverse(f"admin:{modell._meta.app_label}_{modell._meta.model_name}_changelist")
        assert klient.get(liste, {"q": "a"}).status_code == 200, liste
        if rad := modell._default_manager.first():
            side = klient.get(
                reverse(f"admin:{modell._meta.app_label}_{modell._meta.model_name}_change", args=[rad.pk])
            )
            assert side.status_code == 200, modell
            assert 'type="password"' not in tekst(side)
            assert "hemmelighet" not in tekst(side).lower()


def test_bare_det_som_kan_trengs_kan_endres(som, roller):
    klient, eier = som("administrator"), roller["eier"]

    assert klient.get("/admin/kommuner/bruker/add/").status_code == 403
    assert klient.post(f"/admin/kommuner/bruker/{eier.pk}/delete/", {"post": "yes"}).status_code == 403
    for modell in ("kommune", "invitasjon", "medlemskapssoknad"):
        assert klient.get(f"/admin/kommuner/{modell}/add/").status_code == 403
    klient.post(
        f"/admin/kommuner/bruker/{eier.pk}/change/",
        {"email": "NY@prove.example", "navn": "Ny", "is_superuser": "on"},
    )

    eier = Bruker.objects.get(pk=eier.pk)
    assert (eier.email, eier.is_active, eier.is_superuser) == ("ny@prove.example", False, False)


def test_noedverktoeyet_gir_ikke_ks_roller_utenfor_ks(som, roller):
    klient = som("administrator")
    felles = {"bruker": roller["eier"].pk, "fra_dato": "2026-01-01"}

    svar = klient.post(
        "/admin/kommuner/medlemskap/add/", felles | {"organisasjon": roller.kommunen.pk, "rolle": "moderator"}
    )
    assert "Denne rollen finnes bare i KS." in tekst(svar)
    klient.post("/admin/kommuner/medlemskap/add/", felles | {"organisasjon": lag_ks().pk, "rolle": "moderator"})

    medlemskap = Medlemskap.objects.get(rolle="moderator", bruker=roller["eier"])
    assert medlemskap.organisasjon == lag_ks()
    assert medlemskap.godkjent_av == roller["administrator"]


def test_et_felles_epostdomene_avvises_ogsaa_i_noedverktoeyet(som, roller):
    kommunen = Organisasjon.objects.get(pk=roller.kommunen.pk)
    data = {
        "navn": kommunen.navn,
        "slug": kommunen.slug,
        "sektor": kommunen.sektor,
        "niva": kommunen.niva,
        "nettdomener-TOTAL_FORMS": "1",
        "nettdomener-INITIAL_FORMS": "0",
        "nettdomener-0-domene": "gmail.com",
    }

    svar = som("administrator").post(f"/admin/kommuner/organisasjon/{kommunen.pk}/change/", data)

    assert "gmail.com brukes av mange" in tekst(svar)
    assert not Nettdomene.objects.exists()


def test_kommandolinjens_superbruker_slipper_inn():
    klient = Client()
    klient.force_login(Bruker.objects.create_superuser("drift@ks.no"))

    assert klient.get("/admin/").status_code == 200
