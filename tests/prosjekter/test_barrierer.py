"""Barriers: raised by the project, answered by KS in the open, gathered by rule, and hidden when the project is."""

import itertools

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from kommuner.kodeverk import Rolle
from partnerskap.felles.models import Innholdsendring
from prosjekter.eksempler import barrierer as eksempler
from prosjekter.eksempler import innhold
from prosjekter.handlinger import barriere as handlinger
from prosjekter.kodeverk import Policylabstatus, Status
from prosjekter.models import Barriere, Barriereflytt, Prosjekt, Regel
from prosjekter.models.barriere import regelnokkel
from prosjekter.overganger import barriere as overganger
from tests.fabrikker import lag_barriere, lag_bruker, lag_kommune, lag_mission, lag_organisasjon, lag_sokbart
from utboks.models import Epost

pytestmark = pytest.mark.django_db
HEMMELIG = "Hemmelighet om barnevernet"
SVAR = {
    "hva_stopper": "Vi får ikke delt journalen. Derfor ringer vi.",
    "type": "regelverk",
    "hjemmel": "Helsepersonelloven § 21",
    "niva": "departement",
    "hva_ville_lost": "",
    "hjemmel_lenke": "https://lovdata.no/lov/1999-07-02-64",
    "nokkel": "en-nokkel",
}


def side(barriere, navn="barriere"):
    return reverse(f"prosjekter:{navn}", args=[barriere.prosjekt.slug, barriere.pk])


def html(klient, adresse):
    return klient.get(adresse).content.decode()


@pytest.fixture
def prosjekt(roller):
    roller["eier"]
    return lag_sokbart("Lag rundt familien", slug="lag-rundt-familien", eier=roller.kommunen)


# ---- Raising -------------------------------------------------------------------------------------------------------


def test_eieren_melder_og_to_klikk_gir_en(som, prosjekt):
    klient = som("eier")
    adresse = reverse("prosjekter:ny_barriere", args=[prosjekt.slug])

    adresser = {klient.post(adresse, SVAR)["Location"] for _klikk in range(2)}

    barriere = Barriere.objects.get()
    assert adresser == {side(barriere)}
    assert (barriere.kort, barriere.policylab_status) == ("Vi får ikke delt journalen", "meldt")
    prosjekt.refresh_from_db()
    assert prosjekt.antall_barrierer == 1
    assert "Vi får ikke delt journalen" in html(som("anonym"), prosjekt.get_absolute_url())


@pytest.mark.parametrize(
    ("svar", "melding"),
    [
        ({"hjemmel": ""}, "Skriv hvilken lov eller regel det er"),
        ({"hva_stopper": ""}, "Skriv hva dere ikke får gjort"),
        ({"type": "tull"}, "Velg et gyldig valg"),
        ({"hjemmel_lenke": "javascript:alert(1)"}, "Skriv en hel adresse som begynner med https://"),
        ({"hjemmel_lenke": "http://lovdata.no"}, "Skriv en hel adresse som begynner med https://"),
        ({"hva_stopper": "x" * 1001}, "1000"),
    ],
)
def test_det_som_er_galt_sies_og_teksten_blir_staaende(som, prosjekt, svar, melding):
    svar_ = som("eier").post(reverse("prosjekter:ny_barriere", args=[prosjekt.slug]), {**SVAR, **svar})

    assert svar_.status_code == 200
    assert melding in svar_.content.decode()
    if "hva_stopper" not in svar:
        assert "Derfor ringer vi." in svar_.content.decode()
    assert not Barriere.objects.exists()


@pytest.mark.parametrize(
    ("rolle", "status"),
    [("anonym", 302), ("fremmed", 403), ("partner", 403), ("eier", 200), ("kollega", 200), ("moderator", 403)],
)
def test_hvem_som_kan_melde_og_endre(som, prosjekt, rolle, status):
    barriere = lag_barriere(prosjekt)
    klient = som(rolle)

    assert klient.get(reverse("prosjekter:ny_barriere", args=[prosjekt.slug])).status_code == status
    assert klient.get(side(barriere, "rediger_barriere")).status_code == status
    assert klient.post(side(barriere, "trekk_barriere")).status_code == (302 if status == 200 else status)


def test_to_som_endrer_samtidig_faar_se_begges_tekst(som, prosjekt):
    barriere = lag_barriere(prosjekt)
    klient = som("eier")
    skjema = {**SVAR, "versjon": barriere.versjon}
    klient.post(side(barriere, "rediger_barriere"), {**skjema, "hva_stopper": "Deres tekst."})

    svar = klient.post(
        side(barriere, "rediger_barriere"), {**skjema, "hva_stopper": "Min tekst.", "hjemmel": "En annen lov"}
    )

    assert svar.status_code == 409
    assert "Deres" in svar.content.decode()
    assert "Min tekst." in svar.content.decode()


def test_den_som_skriver_en_annen_lov_flytter_barrieren_dit(roller, prosjekt):
    barriere = lag_barriere(prosjekt)

    fersk = handlinger.oppdater(
        barriere, verdier={"hjemmel": "Barnevernsloven § 13-1"}, versjon=barriere.versjon, av=roller["eier"]
    )

    assert fersk.regel.navn == "Barnevernsloven § 13-1"
    assert (
        handlinger.oppdater(fersk, verdier={"type": "kultur", "hjemmel": ""}, versjon=2, av=roller["eier"]).regel
        is None
    )


def test_trukket_er_borte_for_andre_og_kan_meldes_igjen(som, prosjekt):
    barriere = lag_barriere(prosjekt)
    klient = som("eier")
    for _klikk in range(2):
        klient.post(side(barriere, "trekk_barriere"))

    assert som("anonym").get(side(barriere)).status_code == 404
    assert som("moderator").get(side(barriere)).status_code == 404
    assert "Bare dere ser den" in html(klient, side(barriere))
    assert Prosjekt.objects.get(pk=prosjekt.pk).antall_barrierer == 0
    klient.post(side(barriere, "meld_barriere_igjen"))
    assert som("anonym").get(side(barriere)).status_code == 200
    assert Barriere.historikk.filter(id=barriere.pk).count() == 3


def test_databasen_holder_reglene(prosjekt):
    barriere = lag_barriere(prosjekt)
    for galt in (
        {"hjemmel": ""},
        {"hjemmel_lenke": "http://lovdata.no"},
        {"policylab_status": "endret"},
        {"regel": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Barriere.objects.filter(pk=barriere.pk).update(**galt)


# ---- Rules ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Helsepersonelloven § 21", "helsepersonellova §21."),
        ("Folketrygdloven § 11-6", "«folketrygdloven» § 11 – 6"),
        ("Opplæringslova paragraf 3", "opplæringsloven §3"),
        ("Byggteknisk forskrift (TEK17)", "byggteknisk  forskrift (TEK17)."),
    ],
)
def test_samme_regel_kjennes_igjen_i_flere_skrivemaater(a, b):
    assert regelnokkel(a) == regelnokkel(b)


def test_ulike_paragrafer_er_ulike_regler():
    assert regelnokkel("Helsepersonelloven § 21") != regelnokkel("Helsepersonelloven § 25")


def test_ks_slaar_sammen_og_nye_med_den_gamle_skrivemaaten_havner_samme_sted(som, prosjekt):
    gammel = lag_barriere(prosjekt, "Taushetsplikten i helse").regel
    riktig = lag_barriere(lag_sokbart()).regel

    svar = som("moderator").post(f"/barrierer/{gammel.slug}/rediger/", {"hva": "sammen", "med": riktig.pk})

    assert svar["Location"] == riktig.get_absolute_url()
    assert som("anonym").get(gammel.get_absolute_url())["Location"] == riktig.get_absolute_url()
    assert lag_barriere(prosjekt, "taushetsplikten i helse").regel == riktig
    assert (
        "Stopper 2 prosjekter" in html(som("anonym"), riktig.get_absolute_url())
        or Barriere.objects.filter(regel=riktig).count() == 3
    )


def test_ingen_ledes_til_en_regel_hun_ikke_kan_se(som, roller):
    roller["eier"]
    kladd = lag_sokbart("Kladden", eier=roller.kommunen, status=Status.KLADD)
    barriere = lag_barriere(kladd, "Lov ingen andre har nevnt")
    adresse = barriere.regel.get_absolute_url()
    klient = som("eier")

    assert klient.get(adresse).status_code == 404
    assert "Lov ingen andre har nevnt" in html(klient, side(barriere))
    assert adresse not in html(klient, side(barriere))
    assert adresse not in html(klient, kladd.get_absolute_url())


def test_ks_gir_regelen_navn_og_lenke_og_den_kan_soekes_opp(som, prosjekt):
    regel = lag_barriere(prosjekt, "hpl 21").regel

    som("missionkurator").post(
        f"/barrierer/{regel.slug}/rediger/",
        {"hva": "navn", "navn": "Helsepersonelloven § 21", "lenke": "https://lovdata.no/x"},
    )

    assert "https://lovdata.no/x" in html(som("anonym"), regel.get_absolute_url())
    assert "Vi får ikke delt journalen" in html(som("anonym"), "/barrierer/?q=helsepersonellova")
    assert som("eier").post(f"/barrierer/{regel.slug}/rediger/", {"hva": "navn", "navn": "x"}).status_code == 403


# ---- What KS answers -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("fra", "til"), list(itertools.product(Policylabstatus.values, repeat=2)))
def test_flyttene_foelger_tabellen(roller, prosjekt, fra, til):
    barriere = lag_barriere(prosjekt, policylab_status=fra)
    lov = any(f.til == til and fra in f.fra for f in overganger.FLYTT)

    if lov:
        assert handlinger.flytt(barriere, fra=fra, til=til, tekst="Derfor.", av=roller["moderator"]) == 1
        assert Barriereflytt.objects.get().tekst == "Derfor."
    else:
        with pytest.raises(overganger.UmuligFlytt):
            handlinger.flytt(barriere, fra=fra, til=til, tekst="Derfor.", av=roller["moderator"])


@pytest.mark.parametrize("rolle", ["fremmed", "eier", "ansvarlig", "partner", "folgeforsker"])
def test_bare_ks_flytter(som, roller, prosjekt, rolle):
    barriere = lag_barriere(prosjekt)

    assert som(rolle).get(side(barriere, "behandle_barriere")).status_code == 403
    assert som(rolle).get("/barrierer/ko/").status_code == 403
    with pytest.raises(overganger.UmuligFlytt):
        handlinger.flytt(barriere, fra="meldt", til="avklart", tekst="Ja.", av=roller[rolle])


def test_lokalt_handlingsrom_er_gode_nyheter_med_svar_historikk_og_brev(som, roller, prosjekt):
    Prosjekt.objects.filter(pk=prosjekt.pk).update(ansvarlig=roller["eier"])
    barriere = lag_barriere(prosjekt)
    svar = {"hva": "svar", "fra": "meldt", "til": "lokalt_handlingsrom_fantes", "tekst": "Spør familien om lov."}

    for _klikk in range(2):
        assert som("moderator").post(side(barriere, "behandle_barriere"), svar)["Location"] == side(barriere)

    siden = html(som("anonym"), side(barriere))
    assert "Gode nyheter: det kan gjøres i dag" in siden
    assert "Spør familien om lov." in siden
    assert "Moderator i KS" not in siden
    assert fasett(som("anonym"), "/barrierer/", "status") == {"lokalt_handlingsrom_fantes": 1}
    brev = Epost.objects.get(til=roller["eier"].email)
    assert brev.emne == "Dere kan gjøre det alt: «Vi får ikke delt journalen»"
    assert "Spør familien om lov." in brev.tekst
    assert barriere.flytt.count() == 1


def test_svaret_kan_gis_alle_under_samme_regel_som_staar_likt(som, prosjekt):
    barriere = lag_barriere(prosjekt)
    lik = lag_barriere(lag_sokbart(), "helsepersonellova §21")
    lenger = lag_barriere(lag_sokbart(), policylab_status="i_policylab")
    svar = {"hva": "svar", "fra": "meldt", "til": "avklart", "tekst": "Gjelder alle.", "ogsaa_de_andre": "on"}

    klient = som("moderator")
    assert "(1)" in html(klient, side(barriere, "behandle_barriere"))
    klient.post(side(barriere, "behandle_barriere"), svar)

    statuser = dict(Barriere.objects.values_list("pk", "policylab_status"))
    assert statuser == {barriere.pk: "avklart", lik.pk: "avklart", lenger.pk: "i_policylab"}


def test_to_i_ks_som_svarer_samtidig_mister_ikke_teksten(som, roller, prosjekt):
    barriere = lag_barriere(prosjekt)
    handlinger.flytt(barriere, fra="meldt", til="avklart", tekst="Den første.", av=roller["missionkurator"])

    svar = som("moderator").post(
        side(barriere, "behandle_barriere"), {"hva": "svar", "fra": "meldt", "til": "avvist", "tekst": "Den andre."}
    )

    assert svar.status_code == 409
    assert "Den andre." in svar.content.decode()
    assert Barriere.objects.get().svar == "Den første."


def test_ks_ser_det_som_venter_paa_min_side_og_i_koen(som, prosjekt):
    lag_barriere(prosjekt)
    lag_barriere(lag_sokbart(status=Status.KLADD, eier=prosjekt.eier), hva_stopper=HEMMELIG)

    assert "1 barriere venter på svar" in html(som("moderator"), reverse("minside"))
    assert "barriere venter" not in html(som("eier"), reverse("minside"))
    assert HEMMELIG not in html(som("moderator"), "/barrierer/ko/")


def test_meldt_til_ks_som_tar_den_ned_og_legger_den_tilbake(som, roller, prosjekt):
    Prosjekt.objects.filter(pk=prosjekt.pk).update(ansvarlig=roller["eier"])
    barriere = lag_barriere(prosjekt)
    for _klikk in range(2):
        som("fremmed").post(side(barriere, "meld_barriere"), {"grunn": "personopplysninger", "tekst": "Se her."})
    klient = som("moderator")
    assert "Vi får ikke delt journalen" in html(klient, reverse("prosjekter:innholdsmeldinger"))

    klient.post(side(barriere, "ta_ned_barriere"), {"grunn": "personopplysninger", "begrunnelse": "Navn i teksten."})

    assert som("anonym").get(side(barriere)).status_code == 404
    assert "Navn i teksten." in html(som("eier"), side(barriere))
    assert Epost.objects.filter(til=roller["eier"].email, emne__startswith="Tatt ned").count() == 1
    klient.post(side(barriere, "legg_tilbake_barriere"))
    assert som("anonym").get(side(barriere)).status_code == 200


# ---- Nothing leaks -------------------------------------------------------------------------------------------------


@pytest.fixture
def skjulte(roller):
    """Barriers of a draft, a sector-only project, and one withdrawn, whose rule nobody else has named."""
    eier = lag_organisasjon("Skjult eier")
    sektor = lag_sokbart("Bare sektoren", eier=eier, synlighet="sektor")
    return [
        lag_barriere(lag_sokbart("Kladden", eier=eier, status=Status.KLADD), "Hemmelig lov", hva_stopper=HEMMELIG),
        lag_barriere(sektor, "Hemmelig lov", hva_stopper=HEMMELIG, policylab_status="endret", svar=HEMMELIG),
        lag_barriere(lag_sokbart(eier=eier), "Hemmelig lov", hva_stopper=HEMMELIG, trukket_tid="2026-01-01T12:00Z"),
    ]


@pytest.mark.parametrize(
    "adresse",
    [
        "/barrierer/", "/barrierer/?grupper=niva", "/barrierer/?q=hemmelig", "/barrierer/nye.atom",
        "/barrierer/barrierer.csv", "/sok/?q=hemmelig+lov", "/sok/forslag/?q=hemmelig", "/sitemap-regler.xml",
        "/sitemap-barrierer.xml",
    ],
)  # fmt: skip
def test_det_skjulte_er_ingen_steder(som, skjulte, adresse):
    svar = som("anonym").get(adresse)
    innhold_ = b"".join(svar.streaming_content) if svar.streaming else svar.content
    ren = innhold_.decode().replace("q=hemmelig", "").replace("«hemmelig", "").replace("hemmelig lov", "")

    assert HEMMELIG not in ren
    assert "Hemmelig lov" not in ren
    assert "/hemmelig-lov/" not in ren
    assert 'value="endret"' not in ren


def test_regelen_finnes_ikke_for_den_som_ikke_ser_noe_under_den(som, skjulte):
    regel = skjulte[0].regel

    assert som("anonym").get(regel.get_absolute_url()).status_code == 404
    assert som("fremmed").get(regel.get_absolute_url()).status_code == 200  # the sector sees the second
    assert HEMMELIG in html(som("fremmed"), regel.get_absolute_url())
    for barriere in skjulte:
        assert som("anonym").get(side(barriere)).status_code == 404


def test_fasettene_teller_bare_det_leseren_ser(som, skjulte, prosjekt):
    lag_barriere(prosjekt)

    assert fasett(som("anonym"), "/barrierer/", "type") == {"regelverk": 1}
    assert fasett(som("fremmed"), "/barrierer/", "type") == {"regelverk": 2}
    assert list(fasett(som("anonym"), "/barrierer/", "regel")) == ["helsepersonelloven-21"]
    assert list(fasett(som("fremmed"), "/barrierer/", "regel")) == ["helsepersonelloven-21", "hemmelig-lov"]


# ---- The list ------------------------------------------------------------------------------------------------------


def test_filtrene_velger_og_ukjente_sies(som):
    mission = lag_mission("Tidlig hjelp")
    kommunen = lag_organisasjon(kommune=lag_kommune())
    prosjekt = lag_sokbart(eier=kommunen)
    lag_barriere(prosjekt, niva="departement", hva_stopper="Loven stopper oss.")
    annet = lag_sokbart(koder=[("tjenesteomrade", "kultur_fritid")])
    annet.missiontilknytninger.create(mission=mission, svar="godtatt")
    lag_barriere(annet, "", hva_stopper="Vanen stopper oss.")
    klient = som("anonym")

    for valg, med, uten in (
        ("type=regelverk", "Loven", "Vanen"),
        ("niva=departement", "Loven", "Vanen"),
        ("tjenesteomrade=kultur_fritid", "Vanen", "Loven"),
        (f"mission={mission.slug}", "Vanen", "Loven"),
        ("regel=helsepersonelloven-21", "Loven", "Vanen"),
        (f"kommune={kommunen.kommune.nummer}", "Loven", "Vanen"),
        ("q=vanen", "Vanen", "Loven"),
        ("status=meldt&q=loven", "Loven", "Vanen"),
    ):
        siden = html(klient, f"/barrierer/?{valg}")
        assert f"{med} stopper oss" in siden, valg
        assert f"{uten} stopper oss" not in siden, valg
    assert "«tull» er ikke en slags barriere vi kjenner." in html(klient, "/barrierer/?type=tull")
    assert klient.get("/barrierer/nye.atom?type=tull").status_code == 400
    assert klient.get("/barrierer/barrierer.csv?type=tull").status_code == 400
    assert "Loven stopper oss" in html(klient, "/barrierer/nye.atom?type=regelverk")
    fil = b"".join(klient.get("/barrierer/barrierer.csv?type=regelverk").streaming_content).decode()
    assert "Loven stopper oss" in fil
    assert "Vanen" not in fil


def fasett(klient, adresse, navn):
    """{value: count} of one facet, as the page has it."""
    fasetter = {f.navn: f for f in klient.get(adresse).context["fasetter"]}
    boks = fasetter[navn]
    return {v.verdi: v.antall for v in (*boks.valg, *(v for _gruppe, valg in boks.meny for v in valg))}


def test_flere_verdier_i_en_fasett_er_eller_flere_fasetter_er_og(som, prosjekt):
    lag_barriere(prosjekt, niva="departement", hva_stopper="Loven stopper oss.")
    lag_barriere(prosjekt, "", type="kultur", niva="kommune", hva_stopper="Vanen stopper oss.")
    lag_barriere(prosjekt, "", type="insentiv", niva="kommune", hva_stopper="Pengene stopper oss.")
    klient = som("anonym")

    siden = html(klient, "/barrierer/?type=regelverk&type=kultur")
    assert "Loven stopper oss" in siden
    assert "Vanen stopper oss" in siden
    assert "Pengene stopper oss" not in siden
    siden = html(klient, "/barrierer/?type=regelverk&type=kultur&niva=kommune")
    assert "Loven stopper oss" not in siden
    assert "Vanen stopper oss" in siden


def test_tallene_i_en_fasett_er_av_det_de_andre_finner(som, prosjekt):
    annet = lag_sokbart(koder=[("tjenesteomrade", "kultur_fritid")])
    lag_barriere(prosjekt, niva="departement")
    lag_barriere(annet, "", type="kultur", niva="kommune")
    lag_barriere(annet, "", type="kultur", niva="departement")
    adresse = "/barrierer/?type=kultur&niva=kommune"

    assert fasett(som("anonym"), adresse, "type") == {"kultur": 1}
    assert fasett(som("anonym"), adresse, "niva") == {"kommune": 1, "departement": 1}
    assert fasett(som("anonym"), adresse, "tjenesteomrade") == {"kultur_fritid": 1}
    assert fasett(som("anonym"), "/barrierer/?tjenesteomrade=kultur_fritid", "type") == {"kultur": 2}


def test_en_regel_som_er_blitt_del_av_en_annen_velger_den(som, roller, prosjekt):
    barriere, annen = lag_barriere(prosjekt, hva_stopper="Loven stopper oss."), lag_barriere(prosjekt, "Hpl. 21")
    handlinger.sla_sammen(annen.regel, med=barriere.regel, av=roller["moderator"])

    assert "Loven stopper oss" in html(som("anonym"), f"/barrierer/?regel={annen.regel.slug}")


def test_en_regel_leseren_ikke_ser_er_en_ukjent_regel(som, skjulte):
    siden = html(som("anonym"), "/barrierer/?regel=hemmelig-lov")

    assert "«hemmelig-lov» er ikke en regel vi kjenner." in siden
    assert "Hemmelig lov" not in siden


def test_valg_og_samling_staar_i_skjemaet_uten_skript(som, prosjekt):
    lag_barriere(prosjekt)

    siden = html(som("anonym"), "/barrierer/?grupper=niva&type=regelverk")

    assert 'name="type" value="regelverk" id="f-type-regelverk" checked' in siden
    assert '<input type="hidden" name="grupper" value="niva">' in siden
    assert som("anonym").get("/barrierer/?grupper=regel&type=&side=1").url == "/barrierer/"
    assert som("anonym").get("/barrierer/?side=7").status_code == 404


def test_en_tom_liste_viser_vei(som, prosjekt):
    lag_barriere(prosjekt)
    lag_barriere(lag_sokbart(), "", type="kultur", niva="kommune")

    siden = html(som("anonym"), "/barrierer/?type=regelverk&niva=kommune")

    assert "Ingen barrierer" in siden
    assert "gir én barriere" in siden


@pytest.mark.parametrize(
    "adresse",
    ["/barrierer/", "/barrierer/?grupper=niva", "/barrierer/nye.atom",
     "/barrierer/?type=regelverk&type=kultur&status=meldt&niva=kommune&niva=departement&tjenesteomrade=helse_omsorg"],
)  # fmt: skip
def test_listene_bruker_like_mange_spoerringer(client, adresse, django_assert_max_num_queries):
    def antall():
        with django_assert_max_num_queries(40) as sporringer:
            client.get(adresse)
        return len(sporringer)

    lag_barriere(lag_sokbart())
    client.get(adresse)
    lag_barriere(lag_sokbart())  # a new row makes the page anew
    en = antall()
    for nr in range(4):
        lag_barriere(lag_sokbart(), f"Lov {nr}")
        lag_barriere(lag_sokbart(), "", type="kultur")
    Innholdsendring.objects.create(slag="barriere")
    assert antall() == en


def test_prosjektsiden_koster_ingenting_uten_og_en_sporring_med(client, prosjekt, django_assert_max_num_queries):
    def antall():
        Innholdsendring.objects.create(slag="barriere")
        with django_assert_max_num_queries(40) as sporringer:
            client.get(prosjekt.get_absolute_url())
        return len(sporringer)

    antall()
    uten = antall()
    lag_barriere(prosjekt)
    en = antall()
    for _nr in range(3):
        lag_barriere(prosjekt)

    assert (en, antall()) == (uten + 1, uten + 1)


def test_regelsiden_bruker_like_mange_sporringer(client, roller, django_assert_max_num_queries):
    def antall(regel):
        Innholdsendring.objects.create(slag="barriere")
        with django_assert_max_num_queries(20) as sporringer:
            client.get(regel.get_absolute_url())
        return len(sporringer)

    forste = lag_barriere(lag_sokbart())
    handlinger.flytt(forste, fra="meldt", til="avklart", tekst="Ja.", av=roller["moderator"])
    antall(forste.regel)
    en = antall(forste.regel)
    for _nr in range(3):
        barriere = lag_barriere(lag_sokbart())
        handlinger.flytt(barriere, fra="meldt", til="avklart", tekst="Ja.", av=roller["moderator"])
    assert antall(forste.regel) == en


# ---- Examples, and people ------------------------------------------------------------------------------------------


def test_eksemplene_er_gyldige_og_tas_bort_igjen():
    for data in innhold.barrierer():
        if not Prosjekt.objects.filter(slug=data["prosjekt"]).exists():
            lag_sokbart(slug=data["prosjekt"], er_eksempel=True)
    assert eksempler.lag() == len(innhold.barrierer())
    assert eksempler.lag() == 0
    assert Regel.objects.get(nokkel=regelnokkel("Helsepersonelloven § 21")).barrierer.count() == 3
    for barriere in Barriere.objects.all():
        barriere.full_clean(exclude=["meldt_av"])
        fra = ["meldt", *barriere.flytt.order_by("tid").values_list("til", flat=True)]
        for a, b in itertools.pairwise(fra):
            assert any(f.til == b and a in f.fra for f in overganger.FLYTT), (barriere, a, b)

    Prosjekt.objects.all().delete()
    eksempler.fjern_regler()

    assert not Regel.objects.exists()
    assert not Regel.historikk.exists()


def test_personen_faar_sitt_og_glemmes_uten_at_barrieren_blir_borte(som, roller, prosjekt):
    handlinger.meld(
        prosjekt, nokkel="n", type="kultur", hva_stopper="Vanen.", av=roller["eier"]
    )  # fmt: skip

    assert som("eier").get(reverse("mine_data")).json()["har_meldt_barrierer"][0]["hva_stopper"] == "Vanen."
    roller["eier"].delete()
    assert Barriere.objects.get().meldt_av is None


def test_en_kollega_som_har_sluttet_melder_ikke_mer(prosjekt):
    fremmed = lag_bruker(i=lag_organisasjon(), rolle=Rolle.ANSVARLIG)
    with pytest.raises(PermissionDenied):
        handlinger.meld(prosjekt, nokkel="n", type="kultur", hva_stopper="Vanen.", av=fremmed)
