"""Shared needs: posted by one municipality, signed by others, answered by KS, solved together."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kommuner.kodeverk import Rolle
from kommuner.models import Medlemskap
from missions import utfordring_handlinger as handlinger
from missions.kodeverk import Svarstatus
from missions.models import Medunderskrift, Utfordring, Utfordringsoppsett
from missions.utfordring_data import utbredelse, vekst
from partnerskap.felles import versjon
from prosjekter.handlinger import prosjekt as prosjekthandlinger
from prosjekter.handlinger import samspill
from prosjekter.handlinger import utfordring as utfordringssvar
from tests.fabrikker import (
    lag_bruker,
    lag_fylke,
    lag_kommune,
    lag_mission,
    lag_organisasjon,
    lag_prosjekt,
    lag_utfordring,
)
from utboks.models import Epost

pytestmark = pytest.mark.django_db
NOKKEL = "0b6e7e34-6a3b-4c0e-9a55-5f7a4f8f1f01"
SVAR = {
    "tittel": "Vi får ikke tak i nattevakter",
    "beskrivelse": "Ingen søker.",
    "hvem": "De som bor hjemme.",
    "provd": "",
    "mangler": "Noen å prøve sammen med.",
    "foreslatt_mission": "",
}


def side(utfordring, navn="utfordring", *args):
    return reverse(f"utfordringer:{navn}", args=[utfordring.slug, *args])


def html(klient, adresse):
    return klient.get(adresse).content.decode()


# ---- Posting -------------------------------------------------------------------------------------------------------


def test_en_kommune_melder_i_to_steg_og_to_klikk_gir_en(som, roller):
    klient = som("eier")
    data = {**SVAR, "nokkel": NOKKEL, "eier": roller.kommunen.pk}

    adresser = {klient.post("/utfordringer/ny/", data)["Location"] for _klikk in range(2)}

    utfordring = Utfordring.objects.get()
    assert adresser == {"/utfordringer/vi-far-ikke-tak-i-nattevakter/"}
    assert (utfordring.status, utfordring.eier) == ("kladd", roller.kommunen)
    assert som("anonym").get(side(utfordring)).status_code == 404
    assert som("fremmed").get(side(utfordring)).status_code == 404
    assert som("moderator").get(side(utfordring)).status_code == 404
    for _klikk in range(2):
        klient.post(side(utfordring, "publiser"))
    utfordring.refresh_from_db()
    assert (utfordring.status, utfordring.antall) == ("publisert", 1)
    assert "Vi får ikke tak i nattevakter" in html(som("anonym"), side(utfordring))


def test_det_som_mangler_sies_foer_den_publiseres(som, roller):
    utfordring = lag_utfordring(eier=roller.kommunen, status="kladd", hvem="", mangler="")

    svar = som("eier").post(side(utfordring, "publiser"), follow=True)

    assert "Hvem merker det? Hva mangler?" in svar.content.decode()
    assert not Utfordring.objects.publiserte().exists()


@pytest.mark.parametrize(
    ("rolle", "side_", "status"),
    [
        ("partner", "ny", 200),  # told that only municipalities do this
        ("fremmed", "rediger", 403),
        ("moderator", "rediger", 403),
        ("kollega", "rediger", 200),
        ("fremmed", "behandle", 403),
        ("eier", "behandle", 403),
        ("eier", "ko", 403),
        ("moderator", "ko", 200),
        ("missionkurator", "behandle", 200),
        ("fremmed", "endringer", 403),
        ("eier", "endringer", 200),
        ("folgeforsker", "endringer", 200),
        ("partner", "skriv_under", 403),
        ("fremmed", "start", 403),  # has not signed
        ("eier", "start", 200),
    ],
)
def test_hvem_som_faar_hva(som, roller, rolle, side_, status):
    utfordring = lag_utfordring(eier=roller.kommunen)
    adresse = reverse(f"utfordringer:{side_}", args=[] if side_ in ("ny", "ko") else [utfordring.slug])

    assert som(rolle).get(adresse).status_code == status


def test_bare_egne_kommuner_kan_melde_og_skrive_under(som, roller):
    utfordring = lag_utfordring()
    klient = som("fremmed")

    klient.post("/utfordringer/ny/", {**SVAR, "nokkel": NOKKEL, "eier": roller.kommunen.pk})
    klient.post(side(utfordring, "skriv_under"), {"organisasjon": roller.kommunen.pk, "begrunnelse": "Vi også."})

    assert Utfordring.objects.count() == 1
    assert utfordring.medunderskrifter.count() == 1


def test_to_som_redigerer_samme_felt_ser_forskjellen(som, roller):
    utfordring = lag_utfordring(eier=roller.kommunen)
    data = {**SVAR, "versjon": utfordring.versjon}
    som("eier").post(side(utfordring, "rediger"), {**data, "mangler": "Folk."})

    svar = som("kollega").post(side(utfordring, "rediger"), {**data, "mangler": "Regler."})

    tekst = svar.content.decode()
    assert svar.status_code == 409
    assert "lagret mens du skrev" in tekst
    assert "Regler." in tekst
    assert Utfordring.objects.get().mangler == "Folk."


def test_en_publisert_kan_ikke_toemmes_og_ks_ser_paa_den_igjen(som, roller):
    utfordring = lag_utfordring(eier=roller.kommunen, sett_tid=timezone.now())
    som("eier").post(side(utfordring, "rediger"), {**SVAR, "versjon": 1, "mangler": ""})
    assert Utfordring.objects.get().mangler == "Penger."

    som("eier").post(side(utfordring, "rediger"), {**SVAR, "versjon": 1})

    assert list(Utfordring.objects.ikke_sett()) == [utfordring]


# ---- Signing -------------------------------------------------------------------------------------------------------


def test_en_annen_kommune_har_den_ogsaa_en_gang(som, roller):
    utfordring = lag_utfordring(eier=roller.kommunen, opprettet_av=roller["eier"])
    klient = som("fremmed")
    annenvik = roller["fremmed"].aktive_medlemskap[0].organisasjon

    for _klikk in range(2):
        klient.post(
            side(utfordring, "skriv_under"), {"organisasjon": annenvik.pk, "begrunnelse": "Fem ledige  stillinger."}
        )

    utfordring.refresh_from_db()
    tekst = html(som("anonym"), side(utfordring))
    assert (utfordring.antall, utfordring.medunderskrifter.count()) == (2, 2)
    assert "Fem ledige stillinger." in tekst
    assert [e.til for e in Epost.objects.all()] == [roller["eier"].email]


def test_bare_lederen_trekker_og_eieren_staar(som, roller):
    annen = lag_organisasjon("Tredjevik")
    utfordring = lag_utfordring(eier=roller.kommunen, har=[annen])
    Medlemskap.objects.create(bruker=roller["kollega"], organisasjon=annen)
    leder = lag_bruker("Lederen", i=annen, rolle=Rolle.ANSVARLIG)
    deres = utfordring.medunderskrifter.get(organisasjon=annen)
    eierens = utfordring.medunderskrifter.get(organisasjon=roller.kommunen)

    assert som("kollega").post(side(utfordring, "trekk", deres.pk)).status_code == 403
    assert som("ansvarlig").post(side(utfordring, "trekk", eierens.pk)).status_code == 403
    klient = som("anonym")
    klient.force_login(leder)
    for _klikk in range(2):
        assert klient.post(side(utfordring, "trekk", deres.pk)).status_code == 302

    utfordring.refresh_from_db()
    assert utfordring.antall == 1
    assert "Tredjevik" not in html(som("anonym"), side(utfordring))


def test_nok_underskrifter_sender_den_til_kuratorene_en_gang(roller):
    Utfordringsoppsett.objects.create(pk=1, terskel=3)
    utfordring = lag_utfordring(eier=roller.kommunen, opprettet_av=roller["eier"])
    kurator = roller["missionkurator"]

    for nr in range(4):
        organisasjon = lag_organisasjon(f"Signervik {nr}")
        av = lag_bruker(f"Signer {nr}", i=organisasjon)
        handlinger.skriv_under(utfordring, organisasjon=organisasjon, begrunnelse="Vi også.", av=av)

    utfordring.refresh_from_db()
    assert utfordring.svarstatus == Svarstatus.HOS_KS
    assert list(Utfordring.objects.venter_pa_kurator()) == [utfordring]
    assert [e.emne for e in Epost.objects.filter(til=kurator.email)] == [f"For stort for én: {utfordring.tittel}"]
    assert Epost.objects.filter(til=roller["eier"].email).count() == 2  # the first, and that they are enough


def test_kuratoren_setter_grensen_og_de_som_har_nok_kommer_med_en_gang(som, roller):
    har_nok = lag_utfordring(
        eier=roller.kommunen, opprettet_av=roller["eier"], har=[lag_organisasjon(), lag_organisasjon()]
    )
    lag_utfordring(eier=roller.kommunen, har=[lag_organisasjon()])
    adresse = reverse("utfordringer:terskel")
    for rolle in ("eier", "fremmed", "moderator", "folgeforsker"):
        assert som(rolle).post(adresse, {"terskel": 2}).status_code == 403
    kurator = som("missionkurator")
    assert f'href="{adresse}"' in html(kurator, reverse("utfordringer:ko"))
    assert f'href="{adresse}"' not in html(som("moderator"), reverse("utfordringer:ko"))
    for tull in ("", "1", "401", "mange", "-3"):
        assert "Skriv et tall fra 2 til 400" in kurator.post(adresse, {"terskel": tull}).content.decode()
    assert not Utfordring.objects.venter_pa_kurator().exists()

    for _klikk in range(2):
        svar = kurator.post(adresse, {"terskel": 3}, follow=True).content.decode()
        assert "Utfordringer kommer hit når 3 har dem." in svar

    assert list(Utfordring.objects.venter_pa_kurator()) == [har_nok]
    assert Epost.objects.filter(emne=f"KS ser på «{har_nok.tittel}»", til=roller["eier"].email).count() == 1
    assert Utfordringsoppsett.historikk.get().history_user == roller["missionkurator"]
    kurator.post(adresse, {"terskel": 9})
    assert list(Utfordring.objects.venter_pa_kurator()) == [har_nok]


def test_tallene_paa_siden_er_kommuner_fylker_og_innbyggere(som):
    oslo, agder = lag_fylke("Oslo", "03"), lag_fylke("Agder", "42")
    stor = lag_kommune("Storby", fylke=oslo, folketall=300, folketall_dato="2024-01-01")
    liten = lag_kommune("Småby", fylke=agder, folketall=100, folketall_dato="2024-01-01")
    lag_kommune("Resten", fylke=agder, folketall=600, folketall_dato="2024-01-01")
    eier, annen = (lag_organisasjon(k.navn, kommune=k, fylke=k.fylke) for k in (stor, liten))
    ukjent = lag_organisasjon("Uten folketall", fylke=agder)
    utfordring = lag_utfordring(eier=eier, har=[annen, ukjent])

    bredde = utbredelse(list(utfordring.medunderskrifter.all()))

    assert (bredde.kommuner, bredde.fylker, bredde.prosent, bredde.aar, bredde.uten_folketall) == (3, 2, 40.0, 2024, 1)
    assert "40,0 %" in html(som("anonym"), side(utfordring))


def test_veksten_teller_den_som_trakk_seg_saa_lenge_den_sto():
    i_dag = timezone.localdate()

    def rad(inn, ut=None):
        def tid(dager):
            return timezone.now() - timedelta(days=dager) if dager is not None else None

        return Medunderskrift(tid=tid(inn), trukket_tid=tid(ut))

    svar = vekst([rad(200), rad(120, 20), rad(100)], i_dag)

    antall = [tall for _dag, tall in svar.rader]
    assert (antall[0], max(antall), antall[-1]) == (1, 3, 2)
    assert vekst([rad(0)], i_dag) is None


# ---- KS ------------------------------------------------------------------------------------------------------------


def test_svaret_er_synlig_for_alle_og_naar_dem_som_har_den(som, roller):
    annenvik = roller["fremmed"].aktive_medlemskap[0].organisasjon
    utfordring = lag_utfordring(eier=roller.kommunen, opprettet_av=roller["eier"], har=[annenvik])
    utfordring.medunderskrifter.filter(organisasjon=annenvik).update(av=roller["fremmed"])

    som("missionkurator").post(
        side(utfordring, "behandle"), {"hva": "besvar", "svar": "Vi tar den med.", "versjon": utfordring.versjon}
    )

    assert "Vi tar den med." in html(som("anonym"), side(utfordring))
    assert {e.til for e in Epost.objects.all()} == {roller["eier"].email, roller["fremmed"].email}
    assert list(Utfordring.objects.med_svarstatus(Svarstatus.BESVART)) == [utfordring]


def test_et_svar_paa_noe_som_er_endret_siden_avvises_og_teksten_staar(som, roller):
    utfordring = lag_utfordring(eier=roller.kommunen)

    svar = som("missionkurator").post(
        side(utfordring, "behandle"), {"hva": "besvar", "svar": "Langt svar.", "versjon": 0}
    )

    assert svar.status_code == 409
    assert "Langt svar." in svar.content.decode()
    with pytest.raises(versjon.Konflikt):
        handlinger.besvar(utfordring, svar="x", versjon=0, av=roller["moderator"])


def test_et_svar_skrevet_da_innloggingen_gikk_ut_staar_der_etterpaa(som, roller):
    utfordring = lag_utfordring(eier=roller.kommunen)
    klient = som("missionkurator")
    adresse = side(utfordring, "behandle")
    merke = klient.get(adresse).context["skjemaeier"]
    klient.logout()

    klient.post(adresse, {"hva": "besvar", "svar": "Et langt svar.", "versjon": 1, "skjemaeier": merke})
    klient.force_login(roller["missionkurator"])

    tekst = html(klient, adresse)
    assert "Et langt svar." in tekst
    assert "Innloggingen var gått ut" in tekst
    assert not Utfordring.objects.get().svar


def test_tatt_inn_i_en_mission_og_skjult_mission_lekker_ikke(som, roller):
    utfordring = lag_utfordring(eier=roller.kommunen)
    mission = lag_mission("Ingen unge på vent")

    som("missionkurator").post(side(utfordring, "behandle"), {"hva": "ta_inn", "mission": mission.pk})

    assert list(Utfordring.objects.i_mission(mission)) == [utfordring]
    assert "Ingen unge på vent" in html(som("anonym"), side(utfordring))
    assert utfordring.tittel in html(som("anonym"), mission.get_absolute_url())
    type(mission).objects.update(er_publisert=False)
    for adresse in (side(utfordring), "/utfordringer/"):
        assert "Ingen unge på vent" not in html(som("anonym"), adresse)


def test_slaatt_sammen_flytter_underskriftene_og_adressen_leder_videre(som, roller):
    annen, tredje = lag_organisasjon("Annetvik"), lag_organisasjon("Tredjevik")
    til = lag_utfordring("Den store", eier=roller.kommunen, har=[annen])
    fra = lag_utfordring("Den lille", eier=tredje, har=[annen])
    eldst = lag_utfordring("Den eldste", eier=lag_organisasjon("Eldstvik"))
    handlinger.sla_sammen(eldst, med=fra, av=roller["missionkurator"])

    som("missionkurator").post(side(fra, "behandle"), {"hva": "sla_sammen", "med": til.pk})

    til.refresh_from_db()
    assert til.antall == 4
    assert til.medunderskrifter.count() == 4
    for gammel in (fra, eldst):
        assert som("anonym").get(side(gammel))["Location"] == til.get_absolute_url()
    assert "Den lille" not in html(som("anonym"), "/utfordringer/")
    with pytest.raises(handlinger.Umulig):
        handlinger.sla_sammen(til, med=til, av=roller["missionkurator"])
    with pytest.raises(handlinger.Umulig):
        handlinger.skriv_under(fra, organisasjon=annen, begrunnelse="x", av=roller["eier"])


def test_tatt_ned_er_borte_for_andre_med_grunn_til_eieren(som, roller):
    utfordring = lag_utfordring("Om Kari i Storgata", eier=roller.kommunen, opprettet_av=roller["eier"])

    som("moderator").post(side(utfordring, "behandle"), {"hva": "ta_ned", "begrunnelse": "Den nevner en person."})

    assert som("anonym").get(side(utfordring)).status_code == 404
    for adresse in (
        "/utfordringer/",
        "/utfordringer/?q=Storgata",
        "/utfordringer/nye.atom",
        "/sitemap-utfordringer.xml",
    ):
        assert "Kari i Storgata" not in html(som("anonym"), adresse)
    assert "Den nevner en person." in html(som("eier"), side(utfordring))
    assert "Den nevner en person." in Epost.objects.get().tekst
    assert som("eier").post(side(utfordring, "publiser")).status_code == 403
    som("moderator").post(side(utfordring, "publiser"))
    assert som("anonym").get(side(utfordring)).status_code == 200


def test_sett_gjelder_det_som_sto_paa_skjermen(som, roller):
    utfordring = lag_utfordring(eier=roller.kommunen)
    klient = som("moderator")

    for tull in ("", "x", "²", "999999999999999", utfordring.versjon + 1):
        klient.post(side(utfordring, "sett"), {"versjon": tull})
        assert Utfordring.objects.ikke_sett().exists()
    klient.post(side(utfordring, "sett"), {"versjon": utfordring.versjon})

    assert not Utfordring.objects.ikke_sett().exists()


# ---- The list ------------------------------------------------------------------------------------------------------


@pytest.fixture
def tre(roller):
    agder = lag_fylke("Agder", "42")
    mission = lag_mission("Nok vann")
    lag_utfordring("Nattevakter finnes ikke", eier=lag_organisasjon("Sørvik", fylke=agder), har=[roller.kommunen])
    nordvik = lag_organisasjon("Nordvik", fylke=lag_fylke("Nordland", "18"))
    lag_utfordring("Overvann uten eier", eier=nordvik, mission=mission)
    lag_utfordring("Hemmelig kladd om nattevakt", eier=roller.kommunen, status="kladd")
    return mission


@pytest.mark.parametrize(
    ("sporring", "funnet"),
    [
        ("", {"Nattevakter", "Overvann"}),
        ("?q=nattevakt", {"Nattevakter"}),
        ("?fylke=42", {"Nattevakter"}),
        ("?status=i_mission", {"Overvann"}),
        ("?status=apen&q=overvann", set()),
        ("?status=i_mission&status=apen", {"Nattevakter", "Overvann"}),
        ("?fylke=42&fylke=18", {"Nattevakter", "Overvann"}),
        ("?fylke=42&status=i_mission", set()),
        ("?sorter=nyeste", {"Nattevakter", "Overvann"}),
    ],
)
def test_sok_og_valg(som, tre, sporring, funnet):
    tekst = html(som("anonym"), f"/utfordringer/{sporring}")

    assert {ord_ for ord_ in ("Nattevakter", "Overvann") if f"{ord_} " in tekst} == funnet
    assert "Hemmelig kladd" not in tekst
    assert html(som("anonym"), f"/utfordringer/nye.atom{sporring}").count("<entry>") == len(funnet)


def test_mission_er_et_valg_og_ukjente_valg_sies_fra_om(som, tre):
    assert "1 utfordring<" in html(som("anonym"), f"/utfordringer/?mission={tre.slug}")
    tekst = html(som("anonym"), "/utfordringer/?fylke=99&status=tull&mission=<b>")
    assert "Vi kjenner ikke «99» under «Fylke»." in tekst
    assert som("anonym").get("/utfordringer/nye.atom?fylke=99").status_code == 400


def test_hver_fasett_teller_det_de_andre_finner(som, tre):
    def bokser(sporring):
        svar = som("anonym").get(f"/utfordringer/{sporring}")
        return {(v.navn, v.verdi): v.antall for fasett in svar.context["fasetter"] for v in fasett.valg}

    assert bokser("") == {
        ("status", "apen"): 1, ("status", "i_mission"): 1, ("mission", tre.slug): 1, ("fylke", "18"): 1, ("fylke", "42"): 1,
    }  # fmt: skip
    # Open is ticked: of missions and counties only hers are left, and the other statuses still say what they would give.
    assert bokser("?status=apen") == {("status", "apen"): 1, ("status", "i_mission"): 1, ("fylke", "42"): 1}
    # What is ticked stands, also when nothing is left of it.
    assert bokser(f"?status=apen&mission={tre.slug}")["mission", tre.slug] == 0


def test_et_kryss_kan_tas_bort_alene(som, tre):
    svar = som("anonym").get("/utfordringer/?q=natt&status=apen&status=i_mission&sorter=nyeste")

    assert [(c["navn"], c["adresse"]) for c in svar.context["filter"].chips] == [
        ("«natt»", "?status=apen&status=i_mission&sorter=nyeste"),
        ("Søker flere", "?q=natt&status=i_mission&sorter=nyeste"),
        ("Tatt inn i en mission", "?q=natt&status=apen&sorter=nyeste"),
    ]


@pytest.mark.parametrize("antall", [1, 3])
def test_listen_og_siden_bruker_like_mange_spoerringer(som, roller, antall, django_assert_num_queries):
    andre = [lag_organisasjon(f"Vik {nr}") for nr in range(antall)]
    utfordring = lag_utfordring(eier=roller.kommunen, har=andre)
    for nr in range(antall):
        lag_utfordring(f"Mer {nr}", mission=lag_mission())
    klient = som("partner")  # a visitor's pages are kept in memory
    klient.get(side(utfordring))

    with django_assert_num_queries(11):
        klient.get("/utfordringer/")
    with django_assert_num_queries(10):
        klient.get(side(utfordring))


def test_lange_og_rare_svar_faar_en_melding(som, roller):
    utfordring = lag_utfordring()
    organisasjon = roller["fremmed"].aktive_medlemskap[0].organisasjon

    for verdi in ("", "   ", "x" * 10_000):
        svar = som("fremmed").post(
            side(utfordring, "skriv_under"), {"organisasjon": organisasjon.pk, "begrunnelse": verdi}
        )
        assert svar.status_code == 200
    assert utfordring.medunderskrifter.count() == 1


# ---- Together ------------------------------------------------------------------------------------------------------


def test_et_prosjekt_i_det_skjulte_vises_bare_for_sine(som, roller):
    utfordring = lag_utfordring()
    skjult = lag_prosjekt("Hemmelig svar", eier=roller.kommunen)
    som("eier").post(side(utfordring, "knytt"), {"prosjekt": skjult.pk})
    assert "Hemmelig svar" in html(som("anonym"), side(utfordring))

    type(skjult).objects.update(synlighet="prosjekt")

    assert "Hemmelig svar" not in html(som("anonym"), side(utfordring))
    assert "Hemmelig svar" not in html(som("fremmed"), side(utfordring))
    assert "Hemmelig svar" in html(som("kollega"), side(utfordring))


def test_bare_egne_prosjekter_knyttes_og_loesnes(som, roller):
    utfordring = lag_utfordring()
    prosjekt = lag_prosjekt(eier=roller.kommunen)

    som("fremmed").post(side(utfordring, "knytt"), {"prosjekt": prosjekt.pk})
    assert not utfordring.prosjektsvar.exists()
    som("eier").post(side(utfordring, "knytt"), {"prosjekt": prosjekt.pk})
    svar = utfordring.prosjektsvar.get()
    assert som("fremmed").post(side(utfordring, "losne", svar.pk)).status_code == 403
    som("kollega").post(side(utfordring, "losne", svar.pk))

    assert not utfordring.prosjektsvar.exists()


# ---- The one who posted it hears of projects ------------------------------------------------------------------------


@pytest.fixture
def meldt(roller):
    """A need somebody posted, who may not see the others' drafts."""
    return lag_utfordring(
        "Nattevakter",
        eier=Medlemskap.objects.get(bruker=roller["fremmed"]).organisasjon,
        opprettet_av=roller["fremmed"],
    )


def brev(roller, rolle="fremmed"):
    return list(Epost.objects.filter(til=roller[rolle].email).order_by("pk"))


def test_den_som_meldte_faar_vite_at_et_prosjekt_svarer_paa_den(som, roller, meldt):
    prosjekt = lag_prosjekt("Robotbesøk", eier=roller.kommunen)

    for _klikk in range(2):
        som("eier").post(side(meldt, "knytt"), {"prosjekt": prosjekt.pk})

    [varsel] = brev(roller)
    assert varsel.emne == "Noen prøver å løse «Nattevakter»"
    assert "Robotbesøk" in varsel.tekst
    assert prosjekt.get_absolute_url() in varsel.tekst
    assert not brev(roller, "eier")


def test_om_en_kladd_eller_et_skjult_prosjekt_faar_hun_ikke_vite(som, roller, meldt):
    kladd = lag_prosjekt("Hemmelig kladd", eier=roller.kommunen, status="innsendt")
    skjult = lag_prosjekt("Hemmelig prosjekt", eier=roller.kommunen, synlighet="prosjekt")
    for prosjekt in (kladd, skjult):
        utfordringssvar.knytt(meldt, prosjekt=prosjekt, av=roller["eier"])
    assert not brev(roller)

    prosjekthandlinger.publiser(kladd, av=roller["moderator"])

    [varsel] = brev(roller)
    assert "Hemmelig kladd" in varsel.tekst


def test_hun_faar_vite_hva_et_prosjekt_sier_om_den(roller, meldt):
    prosjekt = lag_prosjekt("Robotbesøk", eier=roller.kommunen)
    skjult = lag_prosjekt("Hemmelig prosjekt", eier=roller.kommunen, synlighet="prosjekt")

    for fra in (prosjekt, skjult):
        for type_ in ("ikke_relevant", "utfyller"):
            versjon = fra.komplementariteter.first().versjon if fra.komplementariteter.exists() else 0
            valg = samspill.Valg(meldt, type_, "Vi tar kveldene.", versjon=versjon)
            samspill.lagre(fra, valg=[valg], av=roller["eier"])

    [varsel] = brev(roller)
    assert varsel.emne == "«Robotbesøk» utfyller «Nattevakter»"
    assert "«Vi tar kveldene.»" in varsel.tekst
    assert meldt.get_absolute_url() in varsel.tekst
