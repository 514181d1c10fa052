"""Curators write challenges, missions and main projects: preview, conflict, history, and who may."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from missions import handlinger
from missions.models import Hovedprosjekt, Mission, Nokkeltall, Samfunnsutfordring
from partnerskap.felles.versjon import Konflikt
from tests.fabrikker import lag_bruker, lag_ks, lag_mission
from utboks.models import Epost

pytestmark = pytest.mark.django_db
IKKE_KURATORER = ("fremmed", "eier", "kollega", "ansvarlig", "partner", "folgeforsker", "moderator")


@pytest.fixture
def utfordring(db):
    return Samfunnsutfordring.objects.create(navn="Ungt utenforskap", slug="ungt-utenforskap", ingress="Kort.")


def missiondata(utfordring, **felt):
    return {
        "samfunnsutfordring": utfordring.pk,
        "tittel": "Alle unge med",
        "retningsmal": "Ingen skal stå utenfor i 2035.",
        "hvorfor_haster": "",
        "vent_kostnad": "",
        "beskrivelse": "",
        "status": "under_utforming",
        **felt,
    }


def ny_mission(utfordring, **felt):
    return missiondata(utfordring, nokkel=str(uuid.uuid4()), **felt)


def utfordringsdata(tall=(), **felt):
    data = {
        "navn": "Ungt utenforskap",
        "ingress": "For mange unge står utenfor.",
        "beskrivelse": "",
        "kilde": "",
        "er_prioritert": "on",
        "rekkefolge": "0",
        "nokkeltall": "",
        "tall-TOTAL_FORMS": str(len(tall) + 1),
        "tall-INITIAL_FORMS": "0",
        **felt,
    }
    for nr, (verdi, tekst, aar, kilde) in enumerate(tall):
        data |= {f"tall-{nr}-verdi": verdi, f"tall-{nr}-tekst": tekst, f"tall-{nr}-aar": aar, f"tall-{nr}-kilde": kilde}
    return data


def tekst(svar):
    return " ".join(svar.content.decode().split())


# ---- Who may -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("navn", ["ny", "ny_utfordring", "nytt_hovedprosjekt"])
def test_bare_kuratorer_kan_lage_nytt(som, navn):
    adresse = reverse(f"missions:{navn}")

    assert som("anonym").get(adresse).status_code == 302
    assert {som(rolle).get(adresse).status_code for rolle in IKKE_KURATORER} == {403}
    assert {som(rolle).get(adresse).status_code for rolle in ("missionkurator", "administrator")} == {200}


@pytest.mark.parametrize("rolle", ["anonym", *IKKE_KURATORER])
def test_ingen_andre_kan_endre_noe(som, utfordring, rolle):
    mission = lag_mission(samfunnsutfordring=utfordring, hvorfor_haster="Nå.", frist=date(2035, 1, 1))
    hovedprosjekt = Hovedprosjekt.objects.create(tittel="H", slug="h", ingress="H.")
    klient = som(rolle)
    poster = [
        klient.post(reverse("missions:rediger", args=[mission.slug]), missiondata(utfordring, versjon=1)),
        klient.post(reverse("missions:skjul", args=[mission.slug])),
        klient.post(reverse("missions:publiser", args=[mission.slug])),
        klient.post(reverse("missions:rediger_utfordring", args=[utfordring.slug]), utfordringsdata(versjon=1)),
        klient.post(reverse("missions:rediger_hovedprosjekt", args=[hovedprosjekt.slug]), {"versjon": 1}),
        klient.post(reverse("missions:ny"), ny_mission(utfordring)),
    ]

    assert {svar.status_code for svar in poster} == ({302} if rolle == "anonym" else {403})
    assert list(Mission.objects.values_list("tittel", "er_publisert")) == [(mission.tittel, True)]
    assert Samfunnsutfordring.objects.get().ingress == "Kort."


def test_upublisert_mission_er_404_for_den_som_ikke_kan_se_den(som):
    mission = lag_mission(er_publisert=False)

    assert som("eier").get(reverse("missions:rediger", args=[mission.slug])).status_code == 404
    assert som("moderator").post(reverse("missions:publiser", args=[mission.slug])).status_code == 404


@pytest.mark.parametrize("handling", ["publiser", "skjul"])
def test_get_endrer_ingenting(som, handling):
    mission = lag_mission()

    assert som("missionkurator").get(reverse(f"missions:{handling}", args=[mission.slug])).status_code == 405


def test_handlingene_sjekker_selv_hvem_som_spoer(roller, utfordring):
    mission = lag_mission(samfunnsutfordring=utfordring)
    for gjor in (
        lambda: handlinger.opprett_mission(nokkel=uuid.uuid4(), verdier={"tittel": "X"}, av=roller["moderator"]),
        lambda: handlinger.lagre_mission(mission, versjon=1, verdier={"tittel": "X"}, av=roller["eier"]),
        lambda: handlinger.skjul_mission(mission, av=roller["anonym"]),
    ):
        with pytest.raises(PermissionDenied):
            gjor()


# ---- Create --------------------------------------------------------------------------------------------------------


def test_ny_mission_er_bare_for_kuratorer_til_den_publiseres(som, utfordring):
    svar = som("missionkurator").post(reverse("missions:ny"), ny_mission(utfordring, tittel="  Alle   unge på Ærø "))

    mission = Mission.objects.get()
    assert svar["Location"] == "/missions/alle-unge-pa-aero/"
    assert (mission.tittel, mission.er_publisert, mission.versjon) == ("Alle unge på Ærø", False, 1)
    assert som("anonym").get(mission.get_absolute_url()).status_code == 404


def test_dobbeltklikk_gir_en_mission(som, utfordring):
    data = ny_mission(utfordring)
    klient = som("missionkurator")

    svar = [klient.post(reverse("missions:ny"), data)["Location"] for _klikk in range(2)]

    assert svar[0] == svar[1]
    assert Mission.objects.count() == 1


@pytest.mark.parametrize("tittel", ["Ny", "Utfordringer", "Hovedprosjekter"])
def test_en_mission_tar_aldri_adressen_til_en_annen_side(som, utfordring, tittel):
    som("missionkurator").post(reverse("missions:ny"), ny_mission(utfordring, tittel=tittel))

    assert Mission.objects.get().slug == f"{tittel.lower()}-2"


def test_databasen_holder_adressene_fri(utfordring):
    for modell in (Mission, Hovedprosjekt, Samfunnsutfordring):
        felt = {"samfunnsutfordring": utfordring} if modell is Mission else {}
        with pytest.raises(IntegrityError), transaction.atomic():
            modell.objects.create(slug="ny", **felt)


def test_samme_tittel_to_ganger_gir_to_adresser(som, utfordring):
    klient = som("missionkurator")
    for _gang in range(2):
        klient.post(reverse("missions:ny"), ny_mission(utfordring))

    assert sorted(Mission.objects.values_list("slug", flat=True)) == ["alle-unge-med", "alle-unge-med-2"]


def test_tittel_uten_bokstaver_faar_en_adresse(som, utfordring):
    som("missionkurator").post(reverse("missions:ny"), ny_mission(utfordring, tittel="???"))

    assert Mission.objects.get().slug == "mission"


def test_feil_sies_paa_norsk_og_ingenting_er_borte(som, utfordring):
    svar = som("missionkurator").post(
        reverse("missions:ny"), ny_mission(utfordring, tittel="", hvorfor_haster="En lang forklaring jeg har skrevet.")
    )

    assert svar.status_code == 200
    assert "Rett opp dette før du går videre" in tekst(svar)
    assert "En lang forklaring jeg har skrevet." in tekst(svar)
    assert not Mission.objects.exists()


def test_perioden_maa_slutte_etter_at_den_har_begynt(som, utfordring):
    svar = som("missionkurator").post(
        reverse("missions:ny"), ny_mission(utfordring, periode_fra="2030-01-01", periode_til="2026-01-01")
    )

    assert "Perioden må slutte etter at den har begynt." in tekst(svar)


@pytest.mark.parametrize(
    "felt",
    [
        {"tittel": "x" * 200},
        {"tittel": "a\x00b"},
        {"frist": "i morgen"},
        {"samfunnsutfordring": "999999"},
        {"status": "finnes_ikke"},
        {"kurator": "abc"},
        {"nokkel": "ikke-en-uuid"},
        {"beskrivelse": "x" * 8001},
    ],
)
def test_ugyldig_verdi_gir_en_melding_og_aldri_500(som, utfordring, felt):
    svar = som("missionkurator").post(reverse("missions:ny"), ny_mission(utfordring) | felt)

    assert svar.status_code == 200
    assert svar.context["skjema"].errors
    assert not Mission.objects.exists()


def test_kurator_faar_vite_det_og_bare_ks_kan_velges(som, roller, utfordring):
    ny = lag_bruker("Nina Ny", i=lag_ks(), rolle="missionkurator")
    klient = som("missionkurator")

    klient.post(reverse("missions:ny"), ny_mission(utfordring, kurator=ny.pk))
    avvist = klient.post(reverse("missions:ny"), ny_mission(utfordring, kurator=roller["eier"].pk))

    assert list(Epost.objects.values_list("til", flat=True)) == [ny.email]
    assert "Du er kurator for «Alle unge med»" in Epost.objects.get().emne
    assert "kurator" in avvist.context["skjema"].errors


# ---- Preview -------------------------------------------------------------------------------------------------------


def test_forhandsvisning_lagrer_ingenting_og_mister_ingenting(som, utfordring):
    data = ny_mission(utfordring, hvorfor_haster="Det er **viktig**.", forhandsvis="1")
    svar = som("missionkurator").post(reverse("missions:ny"), data)

    assert "<strong>viktig</strong>" in tekst(svar)
    assert "Det er **viktig**." in tekst(svar)
    assert data["nokkel"] in tekst(svar)
    assert not Mission.objects.exists()


def test_forhandsvisning_er_trygg(som, utfordring):
    data = ny_mission(utfordring, beskrivelse="<script>alert(1)</script> [x](javascript:alert(1))", forhandsvis="1")
    svar = som("missionkurator").post(reverse("missions:ny"), data)

    assert "<script>alert" not in svar.content.decode()
    assert 'href="javascript' not in svar.content.decode()


def test_forhandsvisning_av_endring_lar_siden_staa(som, utfordring):
    mission = lag_mission(samfunnsutfordring=utfordring)
    svar = som("missionkurator").post(
        reverse("missions:rediger", args=[mission.slug]), missiondata(utfordring, versjon=1, forhandsvis="1")
    )

    mission.refresh_from_db()
    assert (svar.status_code, mission.tittel != "Alle unge med", mission.versjon) == (200, True, 1)


# ---- Edit, conflict and history ------------------------------------------------------------------------------------


def test_endring_hever_versjonen_og_beholder_adressen(som, utfordring):
    mission = lag_mission(samfunnsutfordring=utfordring)
    adresse = mission.get_absolute_url()

    som("missionkurator").post(
        reverse("missions:rediger", args=[mission.slug]), missiondata(utfordring, versjon=1, hvorfor_haster="Nå.", frist="2035-01-01")
    )  # fmt: skip

    mission.refresh_from_db()
    assert (mission.tittel, mission.versjon, mission.get_absolute_url()) == ("Alle unge med", 2, adresse)


def test_to_kuratorer_i_samme_felt_den_andre_ser_begge_tekstene(som, roller, utfordring):
    mission = lag_mission(samfunnsutfordring=utfordring, er_publisert=False)
    handlinger.lagre_mission(mission, versjon=1, verdier={"retningsmal": "Andres retning."}, av=roller["administrator"])

    svar = som("missionkurator").post(
        reverse("missions:rediger", args=[mission.slug]),
        missiondata(utfordring, tittel=mission.tittel, retningsmal="Min egen retning.", versjon=1),
    )

    assert svar.status_code == 409
    assert "Administrator i KS lagret mens du skrev" in tekst(svar)
    assert "Andres" in tekst(svar)
    assert "Min egen retning.</textarea>" in tekst(svar)
    assert Mission.objects.get().retningsmal == "Andres retning."
    assert svar.context["skjema"]["versjon"].value() == 2

    data = {navn: svar.context["skjema"][navn].value() or "" for navn in svar.context["skjema"].fields}
    assert som("missionkurator").post(reverse("missions:rediger", args=[mission.slug]), data).status_code == 302
    assert Mission.objects.get().retningsmal == "Min egen retning."


def test_to_kuratorer_i_hvert_sitt_felt_begge_faar_det_de_skrev(som, roller, utfordring):
    mission = lag_mission(samfunnsutfordring=utfordring, er_publisert=False)
    felt = {"tittel": mission.tittel, "retningsmal": mission.retningsmal}
    handlinger.lagre_mission(mission, versjon=1, verdier={"beskrivelse": "Andres."}, av=roller["administrator"])

    som("missionkurator").post(
        reverse("missions:rediger", args=[mission.slug]),
        missiondata(utfordring, **felt, hvorfor_haster="Mitt.", versjon=1),
    )

    mission.refresh_from_db()
    assert (mission.beskrivelse, mission.hvorfor_haster, mission.versjon) == ("Andres.", "Mitt.", 3)


def test_innlogging_som_gaar_ut_tar_ikke_teksten(som, roller, utfordring):
    mission = lag_mission(samfunnsutfordring=utfordring)
    adresse = reverse("missions:rediger", args=[mission.slug])
    klient = som("missionkurator")
    merke = klient.get(adresse).context["skjemaeier"]
    klient.logout()

    klient.post(adresse, missiondata(utfordring, beskrivelse="Alt jeg skrev.", versjon=1, skjemaeier=merke))
    klient.force_login(roller["missionkurator"])

    assert "Alt jeg skrev.</textarea>" in tekst(klient.get(adresse))
    assert Mission.objects.get().beskrivelse == ""


def test_ingen_endring_gir_ingen_ny_versjon(som, utfordring):
    mission = lag_mission("Alle unge med", samfunnsutfordring=utfordring, er_publisert=False)
    data = missiondata(utfordring, retningsmal=mission.retningsmal, versjon=1)

    som("missionkurator").post(reverse("missions:rediger", args=[mission.slug]), data)

    mission.refresh_from_db()
    assert mission.versjon == 1


def test_historikken_sier_hvem_naar_og_hva(som, roller, utfordring):
    som("missionkurator").post(reverse("missions:ny"), ny_mission(utfordring))
    mission = Mission.objects.get()
    handlinger.lagre_mission(mission, versjon=1, verdier={"tittel": "Nytt navn"}, av=roller["administrator"])

    innhold = tekst(som("moderator").get(reverse("missions:liste"))) and tekst(
        som("missionkurator").get(reverse("missions:historikk", args=[mission.slug]))
    )

    assert "<strong>Administrator i KS</strong> endret teksten" in innhold
    assert "<del>Alle unge med</del>" in innhold
    assert "<ins>Nytt navn</ins>" in innhold
    assert "<strong>Missionkurator i KS</strong> opprettet siden" in innhold


def test_historikken_er_for_ks_og_folgeforskeren(som, utfordring):
    adresse = reverse("missions:historikk", args=[lag_mission(samfunnsutfordring=utfordring).slug])

    for rolle in ("fremmed", "eier", "ansvarlig", "partner"):
        assert som(rolle).get(adresse).status_code == 403
    for rolle in ("missionkurator", "moderator", "folgeforsker", "administrator"):
        assert som(rolle).get(adresse).status_code == 200


@pytest.mark.parametrize("antall", [1, 3])
def test_historikken_bruker_like_mange_spoerringer(som, roller, utfordring, django_assert_max_num_queries, antall):
    mission = lag_mission(samfunnsutfordring=utfordring)
    for nr in range(antall):
        handlinger.lagre_mission(mission, versjon=nr + 1, verdier={"tittel": f"T {nr}"}, av=roller["missionkurator"])
    klient = som("missionkurator")

    with django_assert_max_num_queries(5):
        svar = klient.get(reverse("missions:historikk", args=[mission.slug]))

    assert svar.context["side"].paginator.count == antall + 1


# ---- Publish -------------------------------------------------------------------------------------------------------


def test_en_mission_uten_frist_og_grunn_blir_ikke_publisert(som):
    mission = lag_mission(er_publisert=False)
    svar = som("missionkurator").post(reverse("missions:publiser", args=[mission.slug]), follow=True)

    mission.refresh_from_db()
    assert not mission.er_publisert
    assert "Dette mangler: hvorfor det haster, frist." in tekst(svar)


def test_publiser_to_ganger_er_en_handling(roller):
    mission = lag_mission(er_publisert=False, hvorfor_haster="Nå.", frist=date(2035, 1, 1))

    svar = [handlinger.publiser_mission(mission, av=roller["missionkurator"]) for _gang in range(2)]

    mission.refresh_from_db()
    assert (svar, mission.er_publisert, mission.versjon) == ([True, False], True, 2)


def test_en_publisert_mission_kan_ikke_miste_grunnen(som, utfordring):
    mission = lag_mission(samfunnsutfordring=utfordring, hvorfor_haster="Nå.", frist=date(2035, 1, 1))
    svar = som("missionkurator").post(
        reverse("missions:rediger", args=[mission.slug]), missiondata(utfordring, versjon=1)
    )

    assert set(svar.context["skjema"].errors) == {"hvorfor_haster", "frist"}


# ---- Challenges and figures ----------------------------------------------------------------------------------------


TALL = ("11 %", "av dem under 30", "2022", "KS")


def test_utfordring_med_tall(som):
    data = utfordringsdata([TALL], nokkel=str(uuid.uuid4()))
    svar = som("missionkurator").post(reverse("missions:ny_utfordring"), data)

    assert svar["Location"] == "/missions/utfordringer/ungt-utenforskap/"
    assert list(Nokkeltall.objects.values_list("verdi", "tekst", "aar", "kilde")) == [
        ("11 %", "av dem under 30", 2022, "KS")
    ]


@pytest.mark.parametrize(
    ("rad", "melding"),
    [
        (("11 %", "av dem", "2022", ""), "Skriv hvor tallet kommer fra."),
        (("11 %", "av dem", "", "KS"), "Skriv hvilket år tallet gjelder."),
        (("11 %", "av dem", "22", "KS"), "Skriv året med fire siffer."),
        (("", "av dem", "2022", "KS"), "Skriv tallet."),
    ],
)
def test_et_tall_uten_kilde_og_aar_avvises(som, rad, melding):
    svar = som("missionkurator").post(
        reverse("missions:ny_utfordring"), utfordringsdata([rad], nokkel=str(uuid.uuid4()))
    )

    assert melding in tekst(svar)
    assert tekst(svar).count("Et nøkkeltall mangler noe.") == 1
    assert not Samfunnsutfordring.objects.exists()


def test_flere_tall_gir_en_rad_til_og_lagrer_ingenting(som):
    data = utfordringsdata([TALL], nokkel=str(uuid.uuid4()), flere_tall="1")
    svar = som("missionkurator").post(reverse("missions:ny_utfordring"), data)

    assert svar.context["tall"].total_form_count() == 3
    assert "av dem under 30" in tekst(svar)
    assert not Samfunnsutfordring.objects.exists()


@pytest.mark.parametrize("antall", ["", "abc", "-1", "99999999999999999999", "²"])
def test_rart_antall_rader_gir_aldri_500(som, antall):
    data = utfordringsdata([TALL], nokkel=str(uuid.uuid4()), flere_tall="1") | {"tall-TOTAL_FORMS": antall}

    assert som("missionkurator").post(reverse("missions:ny_utfordring"), data).status_code == 200


def test_tomt_tall_gaar_bort_og_nytt_kommer_til(som, utfordring):
    Nokkeltall.objects.create(samfunnsutfordring=utfordring, verdi="1", tekst="gammelt", aar=2020, kilde="KS")
    klient = som("missionkurator")
    sett = klient.get(reverse("missions:rediger_utfordring", args=[utfordring.slug])).context["skjema"]
    data = utfordringsdata([("", "", "", ""), TALL], versjon=1, nokkeltall=sett["nokkeltall"].value())

    klient.post(reverse("missions:rediger_utfordring", args=[utfordring.slug]), data)

    assert list(Nokkeltall.objects.values_list("tekst", flat=True)) == ["av dem under 30"]
    innhold = tekst(klient.get(reverse("missions:utfordring_historikk", args=[utfordring.slug])))
    assert "11 % av dem under 30 (KS, 2022)" in innhold
    assert "1 gammelt (KS, 2020)" in innhold


def test_bare_tallene_endret_hever_ogsaa_versjonen(roller, utfordring):
    verdier = {"navn": utfordring.navn, "ingress": utfordring.ingress}
    tall = [{"verdi": "1", "tekst": "nytt", "aar": 2024, "kilde": "KS"}]
    handlinger.lagre_samfunnsutfordring(
        utfordring, versjon=1, verdier=verdier, tall=tall, tall_sett="", av=roller["missionkurator"]
    )

    utfordring.refresh_from_db()
    assert utfordring.versjon == 2


def test_to_kuratorer_i_tallene_gir_konflikt_og_ingenting_tapes(som, roller, utfordring):
    verdier = {"navn": utfordring.navn, "ingress": utfordring.ingress}
    deres = [{"verdi": "5", "tekst": "deres tall", "aar": 2024, "kilde": "KS"}]
    handlinger.lagre_samfunnsutfordring(
        utfordring, versjon=1, verdier=verdier, tall=deres, tall_sett="", av=roller["administrator"]
    )
    adresse = reverse("missions:rediger_utfordring", args=[utfordring.slug])
    data = utfordringsdata([TALL], versjon=1, ingress=utfordring.ingress)

    svar = som("missionkurator").post(adresse, data)

    assert svar.status_code == 409
    assert "deres" in tekst(svar)
    assert 'value="av dem under 30"' in tekst(svar)
    assert Nokkeltall.objects.get().tekst == "deres tall"
    skjema = svar.context["skjema"]
    igjen = data | {"versjon": skjema["versjon"].value(), "nokkeltall": skjema["nokkeltall"].value()}
    assert som("missionkurator").post(adresse, igjen).status_code == 302
    assert Nokkeltall.objects.get().tekst == "av dem under 30"


def test_andres_tall_beholdes_naar_jeg_bare_endret_teksten(roller, utfordring):
    verdier = {"navn": utfordring.navn, "ingress": utfordring.ingress}
    deres = [{"verdi": "5", "tekst": "deres tall", "aar": 2024, "kilde": "KS"}]
    handlinger.lagre_samfunnsutfordring(
        utfordring, versjon=1, verdier=verdier, tall=deres, tall_sett="", av=roller["administrator"]
    )
    handlinger.lagre_samfunnsutfordring(
        utfordring, versjon=1, verdier=verdier | {"ingress": "Min."}, tall=[], tall_sett="", av=roller["missionkurator"]
    )

    utfordring.refresh_from_db()
    assert (utfordring.ingress, utfordring.nokkeltall.get().tekst) == ("Min.", "deres tall")


def test_konflikt_i_teksten_lar_tallene_staa(roller, utfordring):
    verdier = {"navn": utfordring.navn, "ingress": "Deres."}
    handlinger.lagre_samfunnsutfordring(
        utfordring, versjon=1, verdier=verdier, tall=[], tall_sett="", av=roller["administrator"]
    )
    with pytest.raises(Konflikt):
        handlinger.lagre_samfunnsutfordring(
            utfordring,
            versjon=1,
            verdier=verdier | {"ingress": "Mine."},
            tall=[{"verdi": "5", "tekst": "mitt", "aar": 2024, "kilde": "KS"}],
            tall_sett="",
            av=roller["missionkurator"],
        )

    assert not Nokkeltall.objects.exists()


# ---- Main projects -------------------------------------------------------------------------------------------------


def test_hovedprosjekt_maa_hoere_til_samme_utfordring_som_missionen(som, utfordring):
    mission = lag_mission(samfunnsutfordring=utfordring)
    data = {"nokkel": str(uuid.uuid4()), "tittel": "H", "ingress": "Kort.", "rekkefolge": 0, "mission": mission.pk}
    klient = som("missionkurator")

    avvist = klient.post(reverse("missions:nytt_hovedprosjekt"), data)
    klient.post(reverse("missions:nytt_hovedprosjekt"), data | {"samfunnsutfordring": utfordring.pk})

    assert "Missionen hører til «Ungt utenforskap»" in tekst(avvist)
    assert Hovedprosjekt.objects.get().mission == mission


def test_hovedprosjekt_kan_redigeres(som):
    hovedprosjekt = Hovedprosjekt.objects.create(tittel="Gammelt", slug="gammelt", ingress="Kort.")
    data = {"versjon": 1, "tittel": "Nytt", "ingress": "Kort.", "rekkefolge": 0}

    svar = som("missionkurator").post(reverse("missions:rediger_hovedprosjekt", args=["gammelt"]), data)

    hovedprosjekt.refresh_from_db()
    assert (svar["Location"], hovedprosjekt.tittel) == ("/missions/hovedprosjekter/gammelt/", "Nytt")
