"""The pages of lessons as people use them: written on a phone, changed by two at once, kept, reported, taken down."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from prosjekter.kodeverk import Status
from prosjekter.models import Innholdsmelding, Laering, Modereringssak, Nyttigmerke, Prosjekt
from tests.fabrikker import lag_eksperiment, lag_laering, lag_organisasjon, lag_prosjekt
from tests.rollebesetning import ROLLER
from utboks.models import Epost

pytestmark = pytest.mark.django_db
SKREVET = {"type": "dette_virket_ikke", "tekst": "Ingen  leste\nbrevet.", "synlighet": "apen", "nokkel": "en"}
EGNE = {"eier", "kollega", "ansvarlig"}


@pytest.fixture
def prosjekt(roller):
    return lag_prosjekt("Middag på skolen", slug="middag", eier=roller.kommunen, ansvarlig=roller["eier"])


def meldinger(svar):
    return [str(m) for m in get_messages(svar.wsgi_request)]


# ---- Writing -------------------------------------------------------------------------------------------------------


def test_en_setning_og_et_slag_er_nok(som, prosjekt):
    adresse = reverse("prosjekter:ny_laering", args=["middag"])
    klient = som("eier")

    forste, andre = klient.post(adresse, SKREVET), klient.post(adresse, SKREVET)

    kort = Laering.objects.get()
    assert kort.tekst == "Ingen leste brevet."
    assert forste["Location"] == andre["Location"] == kort.get_absolute_url()
    assert "Ingen leste brevet." in klient.get(prosjekt.get_absolute_url()).content.decode()


def test_det_som_mangler_sies_og_ingenting_skrevet_gaar_tapt(som, prosjekt):
    svar = som("eier").post(
        reverse("prosjekter:ny_laering", args=["middag"]), {**SKREVET, "type": "", "sammenheng": "Vi spurte tolv."}
    )

    html = svar.content.decode()
    assert "Velg hva slags læring det er" in html
    assert "Vi spurte tolv." in html
    assert not Laering.objects.exists()


def test_for_langt_og_for_vidt_blir_avvist(som, roller):
    lag_prosjekt(slug="sektor", eier=roller.kommunen, synlighet="sektor")

    svar = som("eier").post(
        reverse("prosjekter:ny_laering", args=["sektor"]), {**SKREVET, "tekst": "å" * 201, "synlighet": "apen"}
    )

    assert len(svar.context["skjema"].errors) == 2
    assert [v for v, _n in svar.context["skjema"].fields["synlighet"].choices] == ["sektor", "prosjekt"]


def test_lagre_og_skriv_et_til_gir_et_tomt_skjema(som, prosjekt):
    adresse = reverse("prosjekter:ny_laering", args=["middag"])

    svar = som("eier").post(adresse, {**SKREVET, "en_til": ""}, follow=True)

    assert svar.redirect_chain[-1][0] == adresse
    assert "Kortet er lagret" in svar.content.decode()


def test_fra_et_eksperiment_er_det_valgt_paa_forhaand(som, prosjekt):
    eksperiment = lag_eksperiment(prosjekt, "Folk leser brev", beslutning="stopp")
    prosjekt.refresh_from_db()
    adresse = reverse("prosjekter:ny_laering", args=["middag"])

    html = som("eier").get(f"{adresse}?eksperiment={eksperiment.pk}&type=dette_virket_ikke").content.decode()
    som("eier").post(adresse, {**SKREVET, "eksperiment": eksperiment.pk})

    assert f'<option value="{eksperiment.pk}" selected>' in html
    kort = Laering.objects.get()
    assert kort.eksperiment == eksperiment
    assert "Folk leser brev" in som("anonym").get(kort.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "valg", ["type=tull&eksperiment=tull", "eksperiment=999999999999999999999", "type=%F0%9F%A6%86"]
)
def test_tull_i_adressen_gir_et_vanlig_skjema(som, prosjekt, valg):
    assert som("eier").get(f"{reverse('prosjekter:ny_laering', args=['middag'])}?{valg}").status_code == 200


def test_et_eksperiment_i_et_annet_prosjekt_kan_ikke_velges(som, roller, prosjekt):
    lag_eksperiment(prosjekt)
    annet = lag_eksperiment(lag_prosjekt(eier=roller.kommunen, status=Status.KLADD))
    prosjekt.refresh_from_db()

    svar = som("eier").post(reverse("prosjekter:ny_laering", args=["middag"]), {**SKREVET, "eksperiment": annet.pk})

    assert "eksperiment" in svar.context["skjema"].errors


def test_den_som_skriver_om_folk_faar_en_advarsel_men_kortet_blir_lagret(som, prosjekt):
    svar = som("eier").post(
        reverse("prosjekter:ny_laering", args=["middag"]), {**SKREVET, "sammenheng": "Ring kari@example.com."}
    )

    assert any("en e-postadresse" in m for m in meldinger(svar))
    assert Laering.objects.count() == 1


@pytest.mark.parametrize("rolle", ROLLER)
@pytest.mark.parametrize("side", ["ny_laering", "rediger_laering", "slett_laering", "laeringshistorikk"])
def test_hvem_som_slipper_til_hvor(som, prosjekt, rolle, side):
    kort = lag_laering(prosjekt)
    args = ["middag"] if side == "ny_laering" else ["middag", kort.pk]
    lov = EGNE | ({"moderator", "administrator", "folgeforsker"} if side == "laeringshistorikk" else set())

    status = som(rolle).get(reverse(f"prosjekter:{side}", args=args)).status_code

    assert status == (302 if rolle == "anonym" else 200 if rolle in lov else 403)


def test_en_fremmed_faar_404_paa_det_som_er_skjult(som, prosjekt):
    kort = lag_laering(prosjekt, synlighet="prosjekt")

    for side in ("kort", "nyttig", "meld", "ta_ned"):
        metode = "post" if side == "nyttig" else "get"
        assert getattr(som("fremmed"), metode)(reverse(f"laering:{side}", args=[kort.pk])).status_code == 404


def test_to_som_endrer_det_samme_faar_se_begge_tekstene(som, prosjekt):
    kort = lag_laering(prosjekt, "Før.", versjon=1)
    adresse = reverse("prosjekter:rediger_laering", args=["middag", kort.pk])
    data = {"type": "rad", "synlighet": "apen", "versjon": 1}
    from partnerskap.felles.versjon import merk

    merk(kort, av=None, handling="skriv_laering")
    kort.save()

    assert som("kollega").post(adresse, {**data, "tekst": "Kollegaens tekst."}).status_code == 302
    svar = som("eier").post(adresse, {**data, "tekst": "Min tekst."})

    html = svar.content.decode()
    assert svar.status_code == 409
    assert "Kollegaens" in html
    assert "Min tekst." in html
    assert Laering.objects.get().tekst == "Kollegaens tekst."


def test_slette_to_ganger_er_greit(som, prosjekt):
    kort = lag_laering(prosjekt)
    adresse = reverse("prosjekter:slett_laering", args=["middag", kort.pk])

    assert som("eier").get(adresse).status_code == 200
    assert [som("eier").post(adresse).status_code for _n in range(2)] == [302, 302]
    assert not Laering.objects.exists()


def test_det_siste_kortet_paa_et_avsluttet_prosjekt_kan_ikke_slettes(som, roller):
    kort = lag_laering(lag_prosjekt(slug="ferdig", eier=roller.kommunen, utfall="virket"))

    svar = som("eier").post(reverse("prosjekter:slett_laering", args=["ferdig", kort.pk]), follow=True)

    assert "må ha minst én læring" in svar.content.decode()
    assert Laering.objects.exists()


# ---- Closing a project ---------------------------------------------------------------------------------------------


def avslutt(klient, prosjekt, **felt):
    data = {"versjon": prosjekt.versjon, "utfall": "virket_ikke", "laering": "", **felt}
    return klient.post(reverse("prosjekter:avslutt", args=[prosjekt.slug]), data)


def test_et_kort_fra_for_er_nok_laering_til_aa_avslutte(som, prosjekt):
    assert avslutt(som("eier"), prosjekt).status_code == 200

    lag_laering(prosjekt)

    assert avslutt(som("eier"), prosjekt).status_code == 302


def test_et_kort_kan_skrives_der_prosjektet_avsluttes(som, prosjekt):
    kort = {"kort_tekst": "Begynn i det små.", "kort_type": "rad"}

    uten_slag = avslutt(som("eier"), prosjekt, **{**kort, "kort_type": ""})
    svar = [avslutt(som("eier"), prosjekt, **kort) for _n in range(2)]

    assert "Velg hva slags læring det er" in uten_slag.content.decode()
    assert [s.status_code for s in svar] == [302, 302]
    assert [k.tekst for k in Laering.objects.all()] == ["Begynn i det små."]
    assert Prosjekt.objects.get().utfall == "virket_ikke"


def test_kortet_lagres_ikke_naar_prosjektet_ikke_blir_det(som, roller, prosjekt):
    from prosjekter.handlinger import prosjekt as handlinger

    handlinger.lagre_seksjon(prosjekt, verdier={"utfall": "pause"}, versjon=1, av=roller["kollega"])
    handlinger.lagre_seksjon(prosjekt, verdier={"utfall": "pagar"}, versjon=2, av=roller["kollega"])

    svar = avslutt(som("eier"), prosjekt, versjon=0, kort_tekst="Begynn i det små.", kort_type="rad")

    assert svar.status_code == 409
    assert "Begynn i det små." in svar.content.decode()
    assert not Laering.objects.exists()


# ---- Useful for us -------------------------------------------------------------------------------------------------


def test_nyttig_for_oss_lagres_vises_og_kan_tas_bort(som, prosjekt):
    kort = lag_laering(prosjekt, "Spør dem først.")
    klient = som("fremmed")

    assert "Nyttig for oss" in klient.get(kort.get_absolute_url()).content.decode()
    for _n in range(2):
        klient.post(reverse("laering:nyttig", args=[kort.pk]))

    assert Nyttigmerke.objects.count() == 1
    assert "Spør dem først." in klient.get(reverse("minside")).content.decode()
    assert "Spør dem først." in klient.get(reverse("min_laering")).content.decode()
    assert "Lagret av dere" in klient.get(reverse("laering:liste")).content.decode()
    assert "Annenvik lagret det" in som("eier").get(reverse("min_laering")).content.decode()
    assert "Spør dem først." in klient.get(reverse("mine_data")).content.decode()

    klient.post(reverse("laering:trekk_nyttig", args=[kort.pk]))

    assert not Nyttigmerke.objects.exists()


def test_den_som_jobber_to_steder_maa_si_for_hvem(som, roller, prosjekt):
    from kommuner.models import Medlemskap
    from tests.fabrikker import REGISTERSTART

    kort, andre = lag_laering(prosjekt), lag_organisasjon("Bivirke")
    Medlemskap.objects.create(bruker=roller["fremmed"], organisasjon=andre, rolle="bidragsyter", fra_dato=REGISTERSTART)
    adresse = reverse("laering:nyttig", args=[kort.pk])

    assert som("fremmed").post(adresse)["Location"].endswith("#nyttig")
    assert not Nyttigmerke.objects.exists()
    som("fremmed").post(adresse, {"organisasjon": andre.pk})
    som("fremmed").post(adresse, {"organisasjon": roller.kommunen.pk})

    assert [m.organisasjon for m in Nyttigmerke.objects.all()] == [andre]


@pytest.mark.parametrize("rolle", ["eier", "folgeforsker"])
def test_ikke_for_egne_kort_og_ikke_for_den_som_bare_leser(som, prosjekt, rolle):
    assert som(rolle).post(reverse("laering:nyttig", args=[lag_laering(prosjekt).pk])).status_code == 403


# ---- Reported, and taken down --------------------------------------------------------------------------------------


def test_et_kort_kan_meldes_og_ks_tar_det_ned_med_grunn(som, roller, prosjekt):
    kort = lag_laering(prosjekt, "Naboen Per klaget.", skrevet_av=roller["eier"])
    roller["moderator"]
    som("fremmed").post(reverse("laering:meld", args=[kort.pk]), {"grunn": "personopplysninger", "tekst": "Per!"})

    koen = som("moderator").get(reverse("prosjekter:innholdsmeldinger")).content.decode()
    svar = som("moderator").post(
        reverse("laering:ta_ned", args=[kort.pk]),
        {"grunn": "personopplysninger", "begrunnelse": "Per kan kjennes igjen."},
    )

    assert Innholdsmelding.objects.get().om == kort
    assert kort.get_absolute_url() in koen
    assert "Naboen Per klaget." in koen
    assert svar.status_code == 302
    assert som("fremmed").get(kort.get_absolute_url()).status_code == 404
    assert "Per kan kjennes igjen." in som("eier").get(kort.get_absolute_url()).content.decode()
    assert "KS har tatt ned et læringskort fra" in som("eier").get(reverse("minside")).content.decode()
    assert Epost.objects.filter(til=roller["eier"].email, tekst__contains="Per kan kjennes igjen.").exists()
    som("moderator").post(reverse("laering:legg_tilbake", args=[kort.pk]))
    assert som("fremmed").get(kort.get_absolute_url()).status_code == 200


def test_ks_ser_paa_det_som_skrives_i_et_publisert_prosjekt(som, roller, prosjekt):
    sak = {"prosjekt": prosjekt, "versjon": 1, "er_etterkontroll": True}
    Modereringssak.objects.create(**sak, vedtak="sett", avgjort_tid=timezone.now(), avgjort_av=roller["moderator"])

    for nokkel in "ab":
        som("eier").post(reverse("prosjekter:ny_laering", args=["middag"]), {**SKREVET, "nokkel": nokkel})

    ny = prosjekt.modereringssaker.get(avgjort_tid=None)
    assert ny.er_etterkontroll
    forskjeller = som("moderator").get(reverse("prosjekter:sak", args=[ny.pk])).context["forskjeller"]
    assert (forskjeller[-1].etikett, len(forskjeller[-1].biter)) == ("Læringskort", 2)


def test_en_kladd_er_ikke_ks_sin_sak(som, roller):
    kladd = lag_prosjekt(slug="kladden", eier=roller.kommunen, status=Status.KLADD)

    som("eier").post(reverse("prosjekter:ny_laering", args=["kladden"]), SKREVET)

    assert not kladd.modereringssaker.exists()
