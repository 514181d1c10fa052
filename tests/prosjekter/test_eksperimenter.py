"""Experiments: who may log them, what is kept, who sees them, and that a stop is a result."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from prosjekter import sokeindeks, tilgang
from prosjekter.handlinger.eksperiment import minn_om_resultat
from prosjekter.kodeverk import Partnerrolle, Status, Synlighet
from prosjekter.models import Deltakelse, Eksperiment, Modereringssak
from tests.fabrikker import lag_bruker, lag_eksperiment, lag_organisasjon, lag_prosjekt
from tests.rollebesetning import ROLLER
from utboks.models import Epost

pytestmark = pytest.mark.django_db


@pytest.fixture
def prosjekt(roller):
    return lag_prosjekt("Middag på skolen", slug="middag", eier=roller.kommunen, ansvarlig=roller["eier"])


def hvem_ser(roller, eksperiment):
    return {rolle for rolle in ROLLER if Eksperiment.objects.synlige_for(roller[rolle]).contains(eksperiment)}


# ---- The row -------------------------------------------------------------------------------------------------------


def test_hvem_som_ser_et_eksperiment_foelger_prosjektet(roller, prosjekt):
    apent = lag_eksperiment(prosjekt)
    i_kladd = lag_eksperiment(lag_prosjekt(eier=roller.kommunen, status=Status.KLADD))
    for_sektoren = lag_eksperiment(lag_prosjekt(eier=roller.kommunen, synlighet=Synlighet.SEKTOR))
    egne = {"eier", "kollega", "ansvarlig"}

    assert hvem_ser(roller, apent) == set(ROLLER)
    assert hvem_ser(roller, i_kladd) == egne
    assert hvem_ser(roller, for_sektoren) >= {*egne, "fremmed"}
    assert "anonym" not in hvem_ser(roller, for_sektoren)
    assert "partner" not in hvem_ser(roller, for_sektoren)


def test_det_som_er_trukket_ser_bare_prosjektets_egne(roller, prosjekt):
    trukket = lag_eksperiment(prosjekt, trukket_tid=timezone.now())
    tatt_ned = lag_eksperiment(prosjekt, tatt_ned_tid=timezone.now(), tatt_ned_grunn="reklame")
    egne = {"eier", "kollega", "ansvarlig"}

    assert hvem_ser(roller, trukket) == egne
    assert hvem_ser(roller, tatt_ned) == {*egne, "moderator", "administrator"}


@pytest.mark.parametrize(
    "feil",
    [
        {"til_dato": timezone.localdate() - timedelta(days=2)},
        {"observasjon": "Det gikk bra."},
        {"beslutning": "stopp"},
        {"beslutning": "stopp", "observasjon": "Ingen kom."},
    ],
    ids=["slutter før det begynte", "resultat uten beslutning", "beslutning uten resultat", "resultat uten dato"],
)
def test_databasen_tar_ikke_imot_halve_resultater(prosjekt, feil):
    felt = {"prosjekt": prosjekt, "hypotese": "A", "endring": "B", "forventning": "C", **feil}

    with pytest.raises(IntegrityError), transaction.atomic():
        Eksperiment.objects.create(**felt)


def test_de_som_skulle_vaert_ferdige(prosjekt):
    i_dag = timezone.localdate()
    forrige_uke = {"fra_dato": i_dag - timedelta(days=9), "til_dato": i_dag - timedelta(days=1)}
    ventet = lag_eksperiment(prosjekt, **forrige_uke)
    lag_eksperiment(prosjekt, beslutning="stopp", **forrige_uke)
    lag_eksperiment(prosjekt, trukket_tid=timezone.now(), **forrige_uke)
    lag_eksperiment(prosjekt, til_dato=i_dag)
    lag_eksperiment(prosjekt)

    assert list(Eksperiment.objects.skulle_vaert_ferdige()) == [ventet]


# ---- Logging -------------------------------------------------------------------------------------------------------

PLAN = {
    "naar": "skal",
    "hypotese": "Flere svarer når vi ringer.",
    "endring": "Vi ringer ti.",
    "forventning": "Åtte svarer.",
    "fra_dato": "2026-03-02",
}
RESULTAT = {"observasjon": "Ingen svarte.", "beslutning": "stopp", "begrunnelse": "De var på jobb."}


def adresse(navn, *deler):
    return reverse(f"prosjekter:{navn}", args=["middag", *deler])


def test_en_ansatt_logger_og_forteller_siden_hva_som_skjedde(som, roller, prosjekt):
    klient = som("kollega")
    assert adresse("nytt_eksperiment") in klient.get(prosjekt.get_absolute_url()).content.decode()
    nokkel = klient.get(adresse("nytt_eksperiment")).context["skjema"]["nokkel"].value()

    svar = klient.post(adresse("nytt_eksperiment"), {**PLAN, "nokkel": nokkel})
    igjen = klient.post(adresse("nytt_eksperiment"), {**PLAN, "nokkel": nokkel})

    eksperiment = Eksperiment.objects.get()
    assert svar.url == igjen.url == eksperiment.get_absolute_url()
    assert (eksperiment.registrert_av, eksperiment.har_resultat) == (roller["kollega"], False)
    prosjekt.refresh_from_db()
    assert (prosjekt.antall_eksperimenter, prosjekt.sist_bekreftet) == (1, timezone.localdate())
    assert prosjekt.versjon == 1

    klient.post(adresse("hva_skjedde", eksperiment.pk), {**RESULTAT, "versjon": 1})

    eksperiment.refresh_from_db()
    assert (eksperiment.beslutning, eksperiment.beslutning_dato) == ("stopp", timezone.localdate())
    side = Client().get(prosjekt.get_absolute_url()).content.decode()
    assert "Vi stoppet" in side
    assert "Ingen svarte." in side
    assert "Vi stoppet, og vet nå:" in Client().get(eksperiment.get_absolute_url()).content.decode()
    assert "danger" not in side


def test_det_som_alt_er_provd_logges_i_ett(som, prosjekt):
    som("eier").post(adresse("nytt_eksperiment"), {**PLAN, **RESULTAT, "naar": "provd"})

    assert Eksperiment.objects.get().er_stopp


def test_et_halvt_resultat_blir_ikke_borte(som, prosjekt):
    svar = som("eier").post(adresse("nytt_eksperiment"), {**PLAN, "observasjon": "Ingen svarte."})

    assert not Eksperiment.objects.exists()
    skjema = svar.context["skjema"]
    assert (skjema["naar"].value(), skjema["observasjon"].value()) == ("provd", "Ingen svarte.")
    assert list(skjema.errors) == ["beslutning"]


@pytest.mark.parametrize(
    ("felt", "feil"),
    [
        ({"hypotese": ""}, "hypotese"),
        ({"fra_dato": "i går"}, "fra_dato"),
        ({"fra_dato": "0206-01-01"}, "fra_dato"),
        ({"til_dato": "2026-03-01"}, "til_dato"),
        ({"naar": "tull"}, "naar"),
        ({"naar": "provd"}, "observasjon"),
        ({"naar": "provd", **RESULTAT, "beslutning": "gi opp"}, "beslutning"),
    ],
)
def test_det_som_ikke_gaar_an_faar_en_forklaring(som, prosjekt, felt, feil):
    svar = som("eier").post(adresse("nytt_eksperiment"), {**PLAN, **felt})

    assert svar.status_code == 200
    assert feil in svar.context["skjema"].errors
    assert svar.context["skjema"]["endring"].value() == "Vi ringer ti."


def test_hvem_som_kan_logge(roller, prosjekt):
    Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=roller.partneren, rolle=Partnerrolle.FORSKNINGSPARTNER)
    leverandor = lag_organisasjon("Leverandøren")
    Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=leverandor, rolle=Partnerrolle.LEVERANDOR)

    kan = {rolle for rolle in ROLLER if tilgang.kan_logge_eksperiment(roller[rolle], prosjekt)}

    assert kan == {"eier", "kollega", "ansvarlig", "partner"}
    assert not tilgang.kan_logge_eksperiment(lag_bruker(i=leverandor), prosjekt)
    prosjekt.status = Status.ARKIVERT
    assert not any(tilgang.kan_logge_eksperiment(roller[rolle], prosjekt) for rolle in ROLLER)


def test_en_partner_endrer_sitt_eget_og_ikke_andres(som, roller, prosjekt):
    Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=roller.partneren, rolle=Partnerrolle.FAGPARTNER)
    vart = lag_eksperiment(prosjekt, registrert_av=roller["eier"])
    deres = lag_eksperiment(prosjekt, registrert_av=roller["partner"])

    assert som("partner").get(adresse("rediger_eksperiment", vart.pk)).status_code == 403
    assert som("partner").get(adresse("rediger_eksperiment", deres.pk)).status_code == 200
    assert som("kollega").get(adresse("rediger_eksperiment", deres.pk)).status_code == 200
    assert som("fremmed").post(adresse("trekk_eksperiment", deres.pk)).status_code == 403


def test_en_partner_sier_ikke_at_eierens_tekst_fortsatt_stemmer(som, roller, prosjekt):
    Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=roller.partneren, rolle=Partnerrolle.FAGPARTNER)

    som("partner").post(adresse("nytt_eksperiment"), PLAN)

    prosjekt.refresh_from_db()
    assert (prosjekt.antall_eksperimenter, prosjekt.sist_bekreftet) == (1, None)
    assert Epost.objects.get().til == roller["eier"].email


def test_i_en_kladd_er_sidene_skjult_for_andre(som, roller):
    kladd = lag_prosjekt(slug="middag", eier=roller.kommunen, status=Status.KLADD)
    eksperiment = lag_eksperiment(kladd, "Hemmelig hypotese", beslutning="stopp")

    for navn, *deler in (("eksperimenter",), ("eksperiment", eksperiment.pk), ("hva_skjedde", eksperiment.pk)):
        assert som("fremmed").get(adresse(navn, *deler)).status_code == 404
        assert som("eier").get(adresse(navn, *deler)).status_code == 200


def test_to_som_redigerer_samtidig(som, roller, prosjekt):
    eksperiment = lag_eksperiment(prosjekt)
    felt = {**PLAN, "versjon": 1}

    som("eier").post(adresse("rediger_eksperiment", eksperiment.pk), felt)
    svar = som("kollega").post(adresse("rediger_eksperiment", eksperiment.pk), {**felt, "hypotese": "Noe helt annet."})

    assert svar.status_code == 409
    html = svar.content.decode()
    assert "Flere svarer når vi ringer." in html
    assert "Noe helt annet." in html


# ---- Away, and back ------------------------------------------------------------------------------------------------


def test_det_som_trekkes_er_borte_for_andre_og_kan_legges_tilbake(som, prosjekt):
    eksperiment = lag_eksperiment(prosjekt, "Vi trodde feil")

    som("eier").post(adresse("trekk_eksperiment", eksperiment.pk))

    prosjekt.refresh_from_db()
    assert prosjekt.antall_eksperimenter == 0
    assert Client().get(adresse("eksperiment", eksperiment.pk)).status_code == 404
    assert "Vi trodde feil" not in Client().get(adresse("eksperimenter")).content.decode()
    assert "Trukket. Andre ser det ikke." in som("eier").get(adresse("eksperimenter")).content.decode()

    som("eier").post(adresse("legg_tilbake_eksperiment", eksperiment.pk))

    assert Client().get(adresse("eksperiment", eksperiment.pk)).status_code == 200
    historikk = som("eier").get(adresse("eksperimenthistorikk", eksperiment.pk)).content.decode()
    assert "trakk" in historikk
    assert "la tilbake" in historikk


def test_en_leser_melder_fra_og_ks_tar_ned_med_grunn(som, roller, prosjekt):
    eksperiment = lag_eksperiment(prosjekt, "Ola på 84 trenger hjelp")
    som("fremmed").post(adresse("meld_eksperiment", eksperiment.pk), {"grunn": "personopplysninger"})
    assert "Ola på 84" in som("moderator").get(reverse("prosjekter:innholdsmeldinger")).content.decode()

    svar = som("moderator").post(
        adresse("ta_ned_eksperiment", eksperiment.pk), {"grunn": "personopplysninger", "begrunnelse": "Ta bort navnet."}
    )

    assert svar.status_code == 302
    assert Client().get(adresse("eksperiment", eksperiment.pk)).status_code == 404
    assert som("eier").post(adresse("legg_tilbake_eksperiment", eksperiment.pk)).status_code == 403
    assert Epost.objects.filter(til=roller["eier"].email, tekst__contains="Ta bort navnet.").exists()
    som("moderator").post(adresse("legg_tilbake_eksperiment", eksperiment.pk))
    assert Client().get(adresse("eksperiment", eksperiment.pk)).status_code == 200


# ---- KS looks afterwards -------------------------------------------------------------------------------------------


def sett_av_ks(prosjekt, av):
    Modereringssak.objects.create(
        prosjekt=prosjekt, versjon=1, er_etterkontroll=True, vedtak="sett", avgjort_tid=timezone.now(), avgjort_av=av
    )


def apne_saker(prosjekt):
    return list(prosjekt.modereringssaker.filter(avgjort_tid=None))


def test_det_som_logges_paa_et_publisert_prosjekt_ser_ks_etterpaa_en_gang(som, roller, prosjekt):
    sett_av_ks(prosjekt, roller["moderator"])

    for nokkel in "ab":
        som("eier").post(adresse("nytt_eksperiment"), {**PLAN, "nokkel": nokkel})

    [sak] = apne_saker(prosjekt)
    assert (sak.er_etterkontroll, sak.innsendt_av) == (True, roller["eier"])
    forskjeller = som("moderator").get(reverse("prosjekter:sak", args=[sak.pk])).context["forskjeller"]
    assert (forskjeller[-1].etikett, len(forskjeller[-1].biter)) == ("Eksperimenter", 2)


def test_det_som_endres_fortelles_og_legges_fram_igjen_ser_ks_ogsaa(som, roller, prosjekt):
    eksperiment = lag_eksperiment(prosjekt)
    for hva, felt in (
        ("rediger_eksperiment", {**PLAN, "endring": "Nå med suppe.", "versjon": 1}),
        ("hva_skjedde", {"observasjon": "Tom gryte.", "beslutning": "stopp", "versjon": 2}),
        ("trekk_eksperiment", {}),
        ("legg_tilbake_eksperiment", {}),
    ):
        assert som("eier").post(adresse(hva, eksperiment.pk), felt).status_code == 302
        assert len(apne_saker(prosjekt)) == (hva != "trekk_eksperiment"), hva
        prosjekt.modereringssaker.all().delete()


def test_ogsaa_en_partners_logg_ser_ks_paa(som, roller, prosjekt):
    Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=roller.partneren, rolle=Partnerrolle.GJENNOMFORER)

    som("partner").post(adresse("nytt_eksperiment"), PLAN)

    assert [sak.innsendt_av for sak in apne_saker(prosjekt)] == [roller["partner"]]


def test_en_kladd_og_det_ks_selv_tar_ned_er_ingen_sak(som, roller, prosjekt):
    kladd = lag_prosjekt(slug="kladden", eier=roller.kommunen, status=Status.KLADD)
    som("eier").post(reverse("prosjekter:nytt_eksperiment", args=["kladden"]), PLAN)
    eksperiment = lag_eksperiment(prosjekt)
    som("moderator").post(adresse("ta_ned_eksperiment", eksperiment.pk), {"grunn": "reklame", "begrunnelse": "Nei."})
    som("moderator").post(adresse("legg_tilbake_eksperiment", eksperiment.pk))

    assert kladd.eksperimenter.count() == 1
    assert apne_saker(kladd) == apne_saker(prosjekt) == []


# ---- Found, and counted --------------------------------------------------------------------------------------------


def test_sok_finner_det_som_ble_provd_og_bare_det_andre_kan_se(som, prosjekt):
    som("eier").post(adresse("nytt_eksperiment"), {**PLAN, "hypotese": "Zeppelinere leverer mat."})
    skjult = lag_prosjekt("Skjult", slug="skjult", eier=prosjekt.eier, synlighet=Synlighet.SEKTOR)
    lag_eksperiment(skjult, "Zeppelinere leverer post.")
    sokeindeks.oppdater([skjult.pk])

    assert [p.tittel for p in Client().get("/prosjekter/?q=zeppelinere").context["side"]] == ["Middag på skolen"]
    som("eier").post(adresse("trekk_eksperiment", Eksperiment.objects.get(prosjekt=prosjekt).pk))
    assert not Client().get("/prosjekter/?q=zeppelinere").context["side"]


def test_listen_kan_vise_bare_dem_som_har_logget(som, prosjekt):
    lag_prosjekt("Uten logg")
    som("eier").post(adresse("nytt_eksperiment"), PLAN)

    svar = Client().get("/prosjekter/?eksperimenter=ja")

    assert [p.tittel for p in svar.context["side"]] == ["Middag på skolen"]


@pytest.mark.parametrize("antall", [1, 3, 50])
def test_sidene_bruker_like_mange_sporringer(prosjekt, antall, django_assert_num_queries):
    for _nr in range(antall):
        lag_eksperiment(prosjekt, beslutning="stopp")
    Client().get(prosjekt.get_absolute_url())

    # One more than without: tests/prosjekter/test_prosjektside.py
    with django_assert_num_queries(9):
        html = Client().get(prosjekt.get_absolute_url()).content.decode()
    with django_assert_num_queries(5):
        logg = Client().get(adresse("eksperimenter"))

    assert html.count("Vi stoppet") == min(antall, 3)
    assert len(logg.context["side"].object_list) == min(antall, 10)


def test_min_side_spor_hva_som_skjedde_og_har_en_snarvei(som, roller, prosjekt):
    i_gaar = timezone.localdate() - timedelta(days=1)
    lag_eksperiment(prosjekt, "Vi trodde noe", fra_dato=i_gaar, til_dato=i_gaar)

    min_side = som("eier").get(reverse("minside")).content.decode()
    assert "Hva skjedde? Vi trodde noe" in min_side
    assert adresse("nytt_eksperiment") in min_side
    assert "Hva skjedde?" not in som("kollega").get(reverse("minside")).content.decode()
    mine_data = som("eier").get(reverse("mine_data")).json()
    assert mine_data["har_logget_eksperimenter"] == []


def test_den_som_logget_blir_spurt_en_gang_naar_dagen_er_gaatt(roller, prosjekt):
    i_dag = timezone.localdate()
    ferdig = {"fra_dato": i_dag - timedelta(days=5), "til_dato": i_dag - timedelta(days=1)}
    lag_eksperiment(prosjekt, "Vi trodde noe", registrert_av=roller["kollega"], **ferdig)
    lag_eksperiment(prosjekt, "Hun er sluttet", registrert_av=roller["fremmed"], **ferdig)
    lag_eksperiment(prosjekt, "Har svart", beslutning="stopp", **ferdig)
    lag_eksperiment(prosjekt, "Ikke ennå", til_dato=i_dag)
    lag_eksperiment(prosjekt, "Lenge siden", fra_dato=i_dag - timedelta(days=30), til_dato=i_dag - timedelta(days=20))

    minn_om_resultat()
    Eksperiment.objects.update(versjon=2)
    minn_om_resultat()

    spurt = [(e.til, "Vi trodde noe" in e.tekst) for e in Epost.objects.order_by("pk")]
    assert spurt == [(roller["kollega"].email, True), (roller["eier"].email, False)]


def test_en_tekst_om_noen_man_kan_kjenne_igjen_gir_en_advarsel(som, prosjekt):
    svar = som("eier").post(adresse("nytt_eksperiment"), {**PLAN, "endring": "Ring Kari, 84 år."}, follow=True)

    assert "Teksten ser ut til å inneholde navn og alder på en person." in svar.content.decode()
