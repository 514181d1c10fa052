"""The pages of registering: three fields, sections, sending in, and what each of the cast may do there."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from kommuner.models import Medlemskap
from prosjekter import krav
from prosjekter.handlinger import deltakelse as deltakelse_handlinger
from prosjekter.handlinger import prosjekt as handlinger
from prosjekter.kodeverk import Kodeliste, Status
from prosjekter.models import GammelSlug, Klassifisering, Modereringssak, Prosjekt, Prosjekttekst
from tests.fabrikker import lag_bruker, lag_organisasjon, lag_prosjekt
from utboks.models import Epost

pytestmark = pytest.mark.django_db
NY = "/prosjekter/ny/"


def tre_felt(roller, **felt):
    return {
        "tittel": "Nattrapport uten rapport",
        "utfordring": "Ingen leser rapportene.",
        "eier": roller.kommunen.pk,
        "nokkel": "6b0f3c1e-6f34-4f0f-8df0-2a0d6d3f8a11",
        **felt,
    }


def kladd(roller, **felt):
    felt = {"status": Status.KLADD, "opprettet_av": roller["eier"], "ansvarlig": roller["eier"], **felt}
    return lag_prosjekt(eier=roller.kommunen, **felt)


def seksjon(prosjekt, navn):
    return reverse("prosjekter:rediger_seksjon", args=[prosjekt.slug, navn])


def svar_i(prosjekt, navn, **nytt):
    """What the browser sends for a section: everything that stands in it, and what was changed."""
    from prosjekter.forms.registrering import FELT

    prosjekt.refresh_from_db()
    naa = {**krav.les(prosjekt), **nytt}
    return {"versjon": prosjekt.versjon, **{f: naa[f] if naa[f] is not None else "" for f in FELT[navn]}}


def kort(prosjekt, **nytt):
    return svar_i(prosjekt, "kort", **nytt)


# ---- Three fields --------------------------------------------------------------------------------------------------


def test_tre_felt_lager_en_kladd_bare_egen_organisasjon_ser(som, roller):
    svar = som("eier").post(NY, tre_felt(roller))

    prosjekt = Prosjekt.objects.get()
    assert svar.status_code == 302
    assert (prosjekt.status, prosjekt.slug, prosjekt.versjon) == ("kladd", "nattrapport-uten-rapport", 1)
    assert prosjekt.ansvarlig == prosjekt.opprettet_av == roller["eier"]
    assert prosjekt.tekst.utfordring == "Ingen leser rapportene."
    synes_for = {r for r in ("eier", "kollega", "fremmed", "moderator", "folgeforsker", "anonym") if prosjekt in
                 Prosjekt.objects.synlige_for(roller[r])}  # fmt: skip
    assert synes_for == {"eier", "kollega"}


def test_to_klikk_gir_ett_prosjekt(som, roller):
    klient = som("eier")

    adresser = {klient.post(NY, tre_felt(roller))["Location"] for _klikk in range(2)}

    assert len(adresser) == 1
    assert Prosjekt.objects.count() == 1


def test_en_annens_nokkel_gir_et_eget_prosjekt_og_roeper_ikke_hennes(som, roller):
    som("eier").post(NY, tre_felt(roller))
    fremmed = roller["fremmed"].aktive_medlemskap[0].organisasjon

    svar = som("fremmed").post(NY, tre_felt(roller, eier=fremmed.pk))

    assert Prosjekt.objects.count() == 2
    assert "nattrapport-uten-rapport-2" in svar["Location"]


def test_bare_egne_organisasjoner_kan_eie(som, roller):
    svar = som("fremmed").post(NY, tre_felt(roller))

    assert not Prosjekt.objects.exists()
    assert "Velg hvem som eier" in svar.content.decode() or "gyldig valg" in svar.content.decode()


def test_den_ene_organisasjonen_er_valgt_paa_forhaand(som, roller):
    html = som("eier").get(NY).content.decode()

    assert "Prosjektet eies av Fjordvik prøvekommune" in html
    assert f'type="hidden" name="eier" value="{roller.kommunen.pk}"' in html


def test_den_med_to_organisasjoner_velger(som, roller):
    Medlemskap.objects.create(bruker=roller["eier"], organisasjon=lag_organisasjon("Annen prøve"))

    html = som("eier").get(NY).content.decode()

    assert "Annen prøve</option>" in html


def test_uten_organisasjon_faar_vite_hva_som_maa_til(client, roller):
    client.force_login(lag_bruker("Enslig Prøve"))

    svar = client.get(NY)

    assert svar.status_code == 200
    assert "Først må du høre til et sted" in svar.content.decode()
    assert client.post(NY, tre_felt(roller)).status_code == 403
    assert not Prosjekt.objects.exists()


@pytest.mark.parametrize(
    ("felt", "verdi", "melding"),
    [
        ("tittel", "", "Skriv en tittel"),
        ("tittel", "x" * 141, "140"),
        ("tittel", "a\x00b", "Rett opp"),
        ("utfordring", " ", "Skriv hva utfordringen er"),
        ("utfordring", "x" * 8001, "8000"),
        ("eier", "tull", "valg"),
    ],
)
def test_daarlig_utfylt_beholder_det_som_er_skrevet(som, roller, felt, verdi, melding):
    annet = {"tittel": "utfordring", "utfordring": "tittel", "eier": "tittel"}[felt]

    svar = som("eier").post(NY, tre_felt(roller, **{felt: verdi}))

    assert svar.status_code == 200
    assert melding in svar.content.decode()
    assert tre_felt(roller)[annet] in svar.content.decode()
    assert not Prosjekt.objects.exists()


@pytest.mark.parametrize("tittel", ["Ny", "ko", "NYE", "«»", "Ærlig på Ås"])
def test_adressen_kolliderer_aldri_med_portalens_egne(som, roller, tittel):
    som("eier").post(NY, tre_felt(roller, tittel=tittel))

    prosjekt = Prosjekt.objects.get()
    assert (
        prosjekt.slug
        == {"Ny": "ny-2", "ko": "ko-2", "NYE": "nye-2", "«»": "prosjekt", "Ærlig på Ås": "aerlig-pa-as"}[tittel]
    )
    assert som("eier").get(prosjekt.get_absolute_url()).status_code == 200


def test_utloept_innlogging_mister_ikke_teksten(client, roller):
    client.force_login(roller["eier"])
    merke = client.get(NY).context["skjemaeier"]
    client.logout()

    svar = client.post(NY, {**tre_felt(roller), "skjemaeier": merke})

    assert svar.status_code == 302
    assert svar["Location"].startswith(reverse("account_login"))
    client.force_login(roller["eier"])
    html = client.get(NY).content.decode()
    assert "Innloggingen var gått ut" in html
    assert "Ingen leser rapportene." in html
    assert not Prosjekt.objects.exists()


def test_en_annen_paa_samme_maskin_faar_ikke_teksten(client, roller):
    client.force_login(roller["eier"])
    merke = client.get(NY).context["skjemaeier"]
    client.logout()
    client.post(NY, {**tre_felt(roller), "skjemaeier": merke})

    client.force_login(roller["fremmed"])

    assert "Ingen leser rapportene." not in client.get(NY).content.decode()


def test_en_fremmed_uten_gyldig_merke_lagrer_ingenting_i_okta(client, roller):
    client.post(NY, {**tre_felt(roller), "skjemaeier": "1:forfalsket"})

    assert "gjenopptak" not in client.session


# ---- Sections ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("navn", krav.SEKSJONER)
@pytest.mark.parametrize("fase", ["ide", "pilot", "skalering"])
def test_hver_seksjon_kan_lagres_slik_den_staar(som, roller, navn, fase):
    prosjekt = kladd(roller, fase=fase)

    svar = som("eier").post(seksjon(prosjekt, navn), svar_i(prosjekt, navn))

    assert svar.status_code == 302
    prosjekt.refresh_from_db()
    assert prosjekt.versjon == 1  # nothing changed, so nothing is written


def test_en_seksjon_lagres_for_seg(som, roller):
    prosjekt = kladd(roller)

    som("eier").post(
        seksjon(prosjekt, "kort"),
        kort(prosjekt, tittel="Ny  tittel", ingress="Kort.", tjenesteomrade=["oppvekst_utdanning", "demokrati"]),
    )

    prosjekt.refresh_from_db()
    assert (prosjekt.tittel, prosjekt.ingress, prosjekt.versjon) == ("Ny tittel", "Kort.", 2)
    assert set(prosjekt.klassifiseringer.values_list("verdi", flat=True)) == {"oppvekst_utdanning", "demokrati"}
    assert Prosjekt.objects.filter(sok__a__contains="tittel").exists()


def test_teksten_lagres_med_linjeskift_paa_en_maate(som, roller):
    prosjekt = kladd(roller)

    som("eier").post(seksjon(prosjekt, "kort"), kort(prosjekt, utfordring="En\r\nto\r\n\r\ntre"))

    assert Prosjekttekst.objects.get(prosjekt=prosjekt).utfordring == "En\nto\n\ntre"


def test_lagre_og_gaa_videre_lukk_og_forhaandsvis(som, roller):
    prosjekt = kladd(roller)
    klient = som("eier")

    videre = klient.post(seksjon(prosjekt, "kort"), kort(prosjekt))
    lukk = klient.post(seksjon(prosjekt, "kort"), {**kort(prosjekt), "lukk": "1"})
    se = klient.post(seksjon(prosjekt, "kort"), {**kort(prosjekt), "se": "1"})
    sist = klient.post(seksjon(prosjekt, "kontakt"), svar_i(prosjekt, "kontakt"))

    assert videre["Location"] == seksjon(prosjekt, "forsoket")
    assert lukk["Location"] == reverse("minside")
    assert se["Location"] == reverse("prosjekter:forhandsvis", args=[prosjekt.slug])
    assert sist["Location"] == reverse("prosjekter:send_inn", args=[prosjekt.slug])


def test_sluttdato_foer_startdato_sier_hva_som_er_galt_og_beholder_teksten(som, roller):
    prosjekt = kladd(roller, fase="pilot")

    svar = som("eier").post(
        seksjon(prosjekt, "forsoket"),
        svar_i(prosjekt, "forsoket", losning="Vi prøver", start_dato="2026-05-01", slutt_dato="2026-04-01"),
    )

    html = svar.content.decode()
    assert "Datoen må komme etter startdatoen" in html
    assert "Vi prøver" in html
    assert 'href="#id_slutt_dato"' in html


@pytest.mark.parametrize(
    "tull",
    [
        {"versjon": "x"}, {"versjon": "-1"}, {"versjon": "9" * 30}, {"fase": "juling"}, {"start_dato": "i går"},
        {"start_dato": "0000-00-00"}, {"start_dato": "0206-01-01"}, {"metode": ["nei"]}, {"losning": "a\x00b"}, {"losning": "x" * 8001},
    ],
)  # fmt: skip
@pytest.mark.hver_motor
def test_tull_i_et_skjema_er_aldri_en_feilside(som, roller, tull):
    prosjekt = kladd(roller)

    svar = som("eier").post(seksjon(prosjekt, "forsoket"), {**svar_i(prosjekt, "forsoket", losning="Ja"), **tull})

    assert svar.status_code in (200, 409)
    prosjekt.refresh_from_db()
    assert prosjekt.versjon == 1


def test_neste_beste_spoersmaal_staar_foerst_og_flytter_seg(som, roller):
    prosjekt = kladd(roller, ingress="")
    klient = som("eier")

    foer = klient.get(seksjon(prosjekt, "kort"))
    klient.post(seksjon(prosjekt, "kort"), kort(prosjekt, ingress="Kort fortalt."))
    etter = klient.get(seksjon(prosjekt, "kort"))

    assert foer.context["skjema"].neste.felt == "ingress"
    assert etter.context["skjema"].neste.felt == "malgruppe"


@pytest.mark.parametrize(
    ("fase", "spurt", "ikke_spurt"),
    [
        ("ide", {"losning", "fase", "utfall"}, {"innovasjonstype", "opphav", "metode"}),
        ("utforsking", {"losning", "metode"}, {"innovasjonstype", "opphav"}),
        ("pilot", {"losning", "metode", "innovasjonstype", "opphav", "radikalitet"}, set()),
    ],
)
def test_hver_fase_spoer_om_litt_mer(som, roller, fase, spurt, ikke_spurt):
    skjema = som("eier").get(seksjon(kladd(roller, fase=fase), "forsoket")).context["skjema"]

    vises = {f.name for f in skjema.felter} | {skjema.neste.felt}
    assert spurt <= vises
    assert not ikke_spurt & vises
    assert ikke_spurt <= {f.name for f in skjema.flere_felter}


def test_advarer_om_personopplysninger_men_stanser_ikke(som, roller):
    prosjekt = kladd(roller)
    klient = som("eier")

    svar = klient.post(seksjon(prosjekt, "kort"), kort(prosjekt, utfordring="Ring Kari Nordmann (43) på 412 34 567."))

    assert svar.status_code == 302
    html = klient.get(seksjon(prosjekt, "kort")).content.decode()
    assert "Kan noen kjennes igjen?" in html
    assert "et telefonnummer" in html
    assert "navn og alder" in html


def test_tittelen_flytter_adressen_og_den_gamle_leder_videre(som, roller):
    prosjekt = kladd(roller)
    gammel = prosjekt.slug

    som("eier").post(seksjon(prosjekt, "kort"), kort(prosjekt, tittel="Helt annet navn"))

    prosjekt.refresh_from_db()
    assert prosjekt.slug == "helt-annet-navn"
    assert GammelSlug.objects.get(prosjekt=prosjekt).slug == gammel
    svar = som("eier").get(reverse("prosjekter:rediger_seksjon", args=[gammel, "kort"]))
    assert svar["Location"] == seksjon(prosjekt, "kort")


def test_den_som_skriver_paa_gammel_adresse_mister_ingenting(som, roller):
    prosjekt = kladd(roller)
    gammel_side = seksjon(prosjekt, "skjedde")
    mitt = svar_i(prosjekt, "skjedde", laering="Vi lærte noe.")
    handlinger.lagre_seksjon(prosjekt, verdier={"tittel": "Flyttet"}, versjon=1, av=roller["kollega"])

    svar = som("eier").post(gammel_side, mitt)

    assert svar.status_code == 302
    assert Prosjekttekst.objects.get(prosjekt=prosjekt).laering == "Vi lærte noe."


def test_tilbake_til_gammel_tittel_gir_gammel_adresse(roller):
    prosjekt = kladd(roller, tittel="Først", slug="forst")
    prosjekt = handlinger.lagre_seksjon(prosjekt, verdier={"tittel": "Så"}, versjon=1, av=roller["eier"])

    prosjekt = handlinger.lagre_seksjon(prosjekt, verdier={"tittel": "Først"}, versjon=2, av=roller["eier"])

    assert prosjekt.slug == "forst"
    assert list(GammelSlug.objects.values_list("slug", flat=True)) == ["sa"]


def test_publisert_prosjekt_kan_ikke_toemmes_for_det_andre_trenger(som, roller):
    prosjekt = kladd(roller, status=Status.PUBLISERT)

    svar = som("eier").post(seksjon(prosjekt, "kort"), kort(prosjekt, ingress=""))

    assert svar.status_code == 200
    assert "Skriv en ingress" in svar.content.decode()
    with pytest.raises(handlinger.Mangler):
        handlinger.lagre_seksjon(prosjekt, verdier={"ingress": ""}, versjon=prosjekt.versjon, av=roller["eier"])


def test_endring_av_publisert_er_synlig_straks_og_ks_ser_den_etterpaa_en_gang(roller):
    prosjekt = kladd(roller, status=Status.PUBLISERT)

    for nummer in (1, 2):
        prosjekt = handlinger.lagre_seksjon(
            prosjekt, verdier={"ingress": f"Endring {nummer}"}, versjon=nummer, av=roller["eier"]
        )

    assert Prosjekt.objects.apne().get().ingress == "Endring 2"
    sak = Modereringssak.objects.get()
    assert (sak.er_etterkontroll, sak.avgjort_tid, sak.versjon) == (True, None, 2)
    assert handlinger.merk_sett(sak, av=roller["moderator"], versjon=3)
    assert not handlinger.merk_sett(sak, av=roller["moderator"])


# ---- The language of the texts, and the cost of the page -----------------------------------------------------------


def test_teksten_faar_sitt_eget_spraak(som, roller):
    prosjekt = kladd(roller, malform="nn", tittel="Ei anna tid")

    html = som("eier").get(seksjon(prosjekt, "kort")).content.decode()

    assert 'lang="nn">Ei anna tid' in html


@pytest.mark.parametrize("antall", [1, 3])
def test_siden_bruker_like_mange_spoerringer(som, roller, antall, django_assert_max_num_queries):
    prosjekt = kladd(roller)
    for nummer in range(antall):
        deltakelse_handlinger.legg_til_deltaker(
            prosjekt, organisasjon=lag_organisasjon(f"Partner {nummer}"), rolle="fagpartner", av=roller["moderator"]
        )
        Klassifisering.objects.create(
            prosjekt=prosjekt, liste=Kodeliste.MALGRUPPE, verdi=("barn", "eldre", "alle")[nummer]
        )
    klient = som("eier")
    klient.get(seksjon(prosjekt, "hvem"))

    with django_assert_max_num_queries(22):
        html = klient.get(seksjon(prosjekt, "hvem")).content.decode()

    assert html.count("Ikke med lenger") == antall


# ---- No text is lost -----------------------------------------------------------------------------------------------


def test_hele_veien_fra_utloept_innlogging_gjennom_ny_innlogging_til_teksten(client, roller, mailoutbox):
    eier = roller["eier"]
    client.force_login(eier)
    merke = client.get(NY).context["skjemaeier"]
    client.logout()

    innlogging = client.post(NY, {**tre_felt(roller), "skjemaeier": merke})["Location"]
    client.get(innlogging)
    kodeside = client.post(innlogging, {"login": eier.email, "email": eier.email, "next": NY}, follow=True)
    kode = re.search(r"^\s*([A-Z0-9-]{6,12})\s*$", siste_post(mailoutbox), re.MULTILINE)[1]
    svar = client.post(kodeside.redirect_chain[-1][0], {"code": kode, "next": NY}, follow=True)

    assert svar.request["PATH_INFO"] == NY
    assert "Ingen leser rapportene." in svar.content.decode()


def siste_post(mailoutbox):
    return mailoutbox[-1].body if mailoutbox else Epost.objects.latest("pk").tekst


def test_skjema_fra_foer_en_ny_innlogging_vises_igjen_utfylt(roller):
    klient = Client(enforce_csrf_checks=True)
    klient.force_login(roller["eier"])
    merke = klient.get(NY).context["skjemaeier"]

    svar = klient.post(NY, {**tre_felt(roller), "skjemaeier": merke, "csrfmiddlewaretoken": "x" * 64}, follow=True)

    assert svar.status_code == 200
    assert "Ingen leser rapportene." in svar.content.decode()
    assert not Prosjekt.objects.exists()


@pytest.mark.parametrize("merke", ["", "1:tull"])
def test_et_fremmed_skjema_avvises_fortsatt(roller, merke):
    klient = Client(enforce_csrf_checks=True)
    klient.force_login(roller["eier"])

    svar = klient.post(NY, {**tre_felt(roller), "skjemaeier": merke})

    assert svar.status_code == 403
    assert "gjenopptak" not in klient.session


def test_den_som_har_faatt_selskap_blir_ikke_spurt_hvorfor_de_er_alene(som, roller):
    prosjekt = kladd(roller, fase="pilot")
    klient = som("eier")
    assert "Vi er alene fordi" in klient.get(seksjon(prosjekt, "hvem")).content.decode()

    klient.post(
        reverse("prosjekter:legg_til_deltaker", args=[prosjekt.slug]),
        {"organisasjon": roller.partneren.navn, "rolle": "fagpartner"},
    )

    assert "Vi er alene fordi" not in klient.get(seksjon(prosjekt, "hvem")).content.decode()
    assert klient.post(seksjon(prosjekt, "hvem"), svar_i(prosjekt, "hvem")).status_code == 302


def test_kladd_som_slettes_mens_noen_skriver_er_ikke_funnet(som, roller, monkeypatch):
    prosjekt = kladd(roller)
    data = svar_i(prosjekt, "kort", ingress="For sent")
    ekte = krav.les

    def les_og_slett(p):
        svar = ekte(p)
        Prosjekt.objects.filter(pk=p.pk).delete()
        return svar

    monkeypatch.setattr(krav, "les", les_og_slett)

    assert som("eier").post(seksjon(prosjekt, "kort"), data).status_code == 404
