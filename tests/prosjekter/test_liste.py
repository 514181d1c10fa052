"""The list of projects: filters in the address, ways on, paging. Who may see what is in test_synlighet."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommuner.models import Kommuneendring, Kommunenummer
from prosjekter.forms.filtre import ProsjektFilter
from prosjekter.kodeverk import Fase, Kodeliste, Partnerrolle, Status, Tjenesteomrade, Utfall
from prosjekter.models import Deltakelse, Missiontilknytning, Prosjekt
from prosjekter.views.offentlig import MAKS_SIDER, PER_SIDE
from tests.fabrikker import lag_fylke, lag_kommune, lag_mission, lag_organisasjon, lag_sokbart

pytestmark = pytest.mark.django_db
Svar = Missiontilknytning.Svar


def hent(**sporring):
    return Client().get(reverse("prosjekter:liste"), sporring)


def titler(**sporring):
    svar = hent(**sporring)
    assert svar.status_code == 200
    return {p.tittel for p in svar.context["side"]}


def bli_med(prosjekt, organisasjon, rolle=Partnerrolle.FAGPARTNER):
    Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=organisasjon, rolle=rolle)


# ---- Filters -------------------------------------------------------------------------------------------------------


def test_flere_verdier_i_ett_filter_betyr_eller_og_flere_filtre_betyr_og():
    lag_sokbart("Pilot som virket", fase=Fase.PILOT, utfall=Utfall.VIRKET)
    lag_sokbart("Idé som virket", fase=Fase.IDE, utfall=Utfall.VIRKET)
    lag_sokbart("Pilot som stoppet", fase=Fase.PILOT, utfall=Utfall.STOPPET)
    lag_sokbart("Drift som virket", fase=Fase.DRIFT, utfall=Utfall.VIRKET)

    funnet = titler(fase=["pilot", "ide"], utfall="virket")

    assert funnet == {"Pilot som virket", "Idé som virket"}


@pytest.mark.parametrize(
    ("sok", "finner"),
    [
        ("ærlig", True),
        ("ÆRLIG ØKONOMI", True),
        ("økonomi ærlig", True),
        ("o\u0308konomi", True),  # a Swedish keyboard
        ("møter  om\tåret", True),
        ("100 %", True),
        ("møte", True),
        ('"åpne møter"', False),
        ("møter -skole", True),
        ("møter -økonomi", False),
    ],
)
@pytest.mark.hver_motor
def test_soket_finner_alle_ordene_uansett_store_og_smaa_bokstaver(sok, finner):
    lag_sokbart("Ærlige møter om økonomi, 100 % åpne", ingress="To ganger i året.")
    lag_sokbart("Noe annet", ingress="")

    funnet = titler(q=sok)

    assert funnet == ({"Ærlige møter om økonomi, 100 % åpne"} if finner else set())


@pytest.mark.parametrize("sok", ["%", "_", "\\", "...", '""', "-"])
def test_et_sok_uten_ord_blir_nevnt_og_viser_alt(sok):
    lag_sokbart("Droner")

    svar = hent(q=sok)

    assert svar.context["filter"].ukjente == [f"«{sok}» har ingen ord vi kan søke etter."]
    assert [p.tittel for p in svar.context["side"]] == ["Droner"]


def test_har_ingen_alle_ordene_vises_de_naermeste_og_det_blir_sagt():
    lag_sokbart("Bibliotek på hjul", fase=Fase.PILOT)
    lag_sokbart("Droner")
    lag_sokbart("Vikarer")

    svar = hent(q="droner bibliotek")

    assert {p.tittel for p in svar.context["side"]} == {"Bibliotek på hjul", "Droner"}
    assert "Ingen har alle ordene" in svar.content.decode()


def test_har_faa_alle_ordene_blir_det_sagt_at_andre_bare_ligner():
    lag_sokbart("Drosjeordningen", tekst={"utfordring": ""})
    lag_sokbart("Flere drosjer", tekst={"utfordring": ""})
    sies = "Resten er det som ligner mest"

    assert sies in hent(q="drosjeordning").content.decode()
    assert sies not in hent(q="drosje").content.decode()


def test_et_feilskrevet_ord_rettes_og_det_blir_sagt():
    lag_sokbart("Barnehage på hjul")
    lag_sokbart("Barnevogn til låns", status=Status.KLADD)
    call_command("bygg_sokeindeks", verbosity=0)

    assert "Viser treff for <strong>barnehage</strong>" in hent(q="barnehaje").content.decode()
    assert hent(q="barnevågn").context["funn"].rettet_til == ""  # a word only a draft has


def test_utdraget_viser_treffet_og_slipper_ikke_gjennom_html():
    lag_sokbart("Noe annet", tekst={"losning": "Vi prøver <b>nattevakter</b> på tvers."})

    html = hent(q="nattevakt").content.decode()

    assert "Vi prøver &lt;b&gt;<mark>nattevakter</mark>&lt;/b&gt; på tvers." in html


def test_det_mest_relevante_kommer_forst_og_nyeste_kan_velges():
    naa = timezone.now()
    lag_sokbart("Robot i kjøkkenet", publisert_tid=naa - timedelta(days=9))
    lag_sokbart("Noe annet", tekst={"losning": "Vi har en robot."}, publisert_tid=naa)

    assert [p.tittel for p in hent(q="robot").context["side"]] == ["Robot i kjøkkenet", "Noe annet"]
    assert [p.tittel for p in hent(q="robot", sorter="nyeste").context["side"]] == ["Noe annet", "Robot i kjøkkenet"]
    assert hent(sorter="relevans").context["filter"].ukjente == ["«relevans» er ikke en måte å sortere på."]


def test_soket_kjenner_igjen_bokstaver_som_er_satt_sammen_av_to_tegn():
    lag_sokbart("Åpen skole")
    lag_sokbart("Noe annet")

    assert titler(q="A\u030apen") == {"Åpen skole"}


def test_tjenesteomrade_finner_prosjekter_med_flere_omraader_en_gang():
    koder = [(Kodeliste.TJENESTEOMRADE, verdi) for verdi in (Tjenesteomrade.KLIMA, Tjenesteomrade.SAMFERDSEL)]
    lag_sokbart("Grønn buss", koder=koder)
    lag_sokbart("Sykehjem")

    svar = hent(tjenesteomrade=["klima_miljo", "samferdsel"])

    assert [p.tittel for p in svar.context["side"]] == ["Grønn buss"]
    assert svar.context["antall"] == "1 prosjekt"


def test_mission_viser_bare_det_kuratoren_har_godtatt():
    mission = lag_mission("Ingen utenfor")
    for svar in Svar:
        Missiontilknytning.objects.create(prosjekt=lag_sokbart(str(svar.label)), mission=mission, svar=svar)

    assert titler(mission=mission.slug) == {"Godtatt"}


def test_kommune_finner_ogsaa_prosjekter_der_kommunen_bare_deltar():
    kommune = lag_kommune("Halden", "3101")
    halden = lag_organisasjon("Halden kommune", kommune=kommune)
    bli_med(lag_sokbart("Deltar"), halden)
    lag_sokbart("Eier", eier=halden)
    lag_sokbart("Uten")

    assert titler(kommune="3101") == {"Deltar", "Eier"}


def test_et_gammelt_kommunenummer_gjelder_fortsatt():
    kommune = lag_kommune("Halden", "3101")
    Kommunenummer.objects.create(kommune=kommune, nummer="0101", navn="Halden", gyldig_til=date(2019, 12, 31))
    lag_sokbart("I Halden", eier=lag_organisasjon("Halden kommune", kommune=kommune))
    lag_sokbart("Et annet sted")

    svar = hent(kommune="0101")

    assert [p.tittel for p in svar.context["side"]] == ["I Halden"]
    assert [chip["navn"] for chip in svar.context["filter"].chips()] == ["Halden"]


@pytest.fixture
def delt_kommune():
    """Snillfjord was split between Hitra and Orkland. Its old projects keep their owner."""
    sor = lag_fylke("Trøndelag", "50")
    snillfjord = lag_kommune("Snillfjord", "5012", fylke=sor, gyldig_til=date(2019, 12, 31))
    nye = [lag_kommune(navn, nr, fylke=sor) for navn, nr in (("Hitra", "5056"), ("Orkland", "5059"))]
    for ny in nye:
        Kommuneendring.objects.create(
            dato=date(2020, 1, 1), type="deling", fra=snillfjord, til=ny, fra_nummer="5012", til_nummer=ny.nummer
        )
    lag_sokbart("Fra Snillfjord", eier=lag_organisasjon("Snillfjord kommune", kommune=snillfjord))
    lag_sokbart("Fra Hitra", eier=lag_organisasjon("Hitra kommune", kommune=nye[0]))
    lag_sokbart("Fra Orkland", eier=lag_organisasjon("Orkland kommune", kommune=nye[1]))
    lag_sokbart("Et annet sted")


@pytest.mark.parametrize(
    ("nummer", "finner"),
    [
        ("5056", {"Fra Snillfjord", "Fra Hitra"}),
        ("5059", {"Fra Snillfjord", "Fra Orkland"}),
        ("5012", {"Fra Snillfjord", "Fra Hitra", "Fra Orkland"}),
    ],
)
def test_prosjekter_folger_med_naar_en_kommune_deles(delt_kommune, nummer, finner):
    assert titler(kommune=nummer) == finner


def test_fylke_finner_kommunene_deres_forgjengere_og_dem_som_holder_til_der(delt_kommune):
    bli_med(lag_sokbart("Med fylkeskommunen"), lag_organisasjon("Trøndelag", fylke=lag_fylke("Trøndelag", "50")))

    assert titler(fylke="50") == {"Fra Snillfjord", "Fra Hitra", "Fra Orkland", "Med fylkeskommunen"}


def test_et_gammelt_fylke_finner_kommunene_som_var_der():
    viken = lag_fylke("Viken", "30", gyldig_til=date(2023, 12, 31))
    kommune = lag_kommune("Halden", "3101")
    Kommunenummer.objects.create(
        kommune=kommune, nummer="3001", navn="Halden", fylke=viken, gyldig_fra=date(2020, 1, 1)
    )
    lag_sokbart("I Halden", eier=lag_organisasjon("Halden kommune", kommune=kommune))
    lag_sokbart("Et annet sted")

    assert titler(fylke="30") == {"I Halden"}


def test_organisasjon_finner_ogsaa_det_den_har_tatt_over():
    ny = lag_organisasjon("Ny etat", slug="ny-etat", sektor="statlig_etat")
    gammel = lag_organisasjon("Gammel etat", sektor="statlig_etat", etterfolger=ny, opphort_dato=date(2024, 1, 1))
    bli_med(lag_sokbart("Med gammel"), gammel)
    bli_med(lag_sokbart("Med ny"), ny)
    lag_sokbart("Uten")

    assert titler(organisasjon="ny-etat") == {"Med gammel", "Med ny"}


def test_aaret_er_da_arbeidet_startet_og_ellers_da_det_ble_publisert():
    lag_sokbart("Startet 2023", start_dato=date(2023, 12, 31), publisert_tid=timezone.now())
    lag_sokbart("Publisert 2023", publisert_tid=timezone.make_aware(timezone.datetime(2023, 1, 1)))
    lag_sokbart("Publisert 2024", publisert_tid=timezone.make_aware(timezone.datetime(2024, 1, 1)))
    lag_sokbart("Startet 2024", start_dato=date(2024, 1, 1), publisert_tid=timezone.now())

    assert titler(aar="2023") == {"Startet 2023", "Publisert 2023"}


# ---- What means nothing is named -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sporring", "melding"),
    [
        ({"fase": "xyz"}, "«xyz» er ikke en fase."),
        ({"utfall": "<b>"}, "«&lt;b&gt;» er ikke et utfall."),
        ({"tjenesteomrade": "x"}, "«x» er ikke et tjenesteområde."),
        ({"mission": "x"}, "«x» er ikke en mission vi kjenner."),
        ({"fylke": "99"}, "«99» er ikke et fylkesnummer."),
        ({"kommune": "0000"}, "«0000» er ikke et kommunenummer."),
        ({"organisasjon": "x"}, "«x» er ikke en organisasjon vi kjenner."),
        ({"aar": "to tusen"}, "«to tusen» er ikke et år vi kjenner."),
        ({"aar": "٢٠٢٣"}, "«٢٠٢٣» er ikke et år vi kjenner."),
        ({"sorter": "x"}, "«x» er ikke en måte å sortere på."),
        ({"fase": "x" * 3000}, f"«{'x' * 40}…» er ikke en fase."),
        ({"q": "ord " * 90}, "Søket er for langt."),
    ],
)
@pytest.mark.hver_motor
def test_det_vi_ikke_kjenner_blir_nevnt(sporring, melding):
    lag_sokbart("Prosjekt")

    svar = hent(**sporring)

    assert svar.status_code == 200
    assert melding in svar.content.decode()


def test_en_ukjent_verdi_stopper_ikke_de_kjente():
    lag_sokbart("Pilot", fase=Fase.PILOT)
    lag_sokbart("Idé", fase=Fase.IDE)

    assert titler(fase=["pilot", "xyz"]) == {"Pilot"}


def test_for_mange_verdier_blir_nevnt():
    svar = hent(kommune=[f"{nr:04}" for nr in range(200)])

    assert "høyst 50" in svar.content.decode()


@pytest.mark.parametrize("tegn", ["\x01", "\x0b", "\x7f", "\u2028", "\ufffe", "😀"])
def test_underlige_tegn_er_bare_tegn(tegn):
    sporring = {"q": f"a{tegn}b", "fase": tegn, "kommune": tegn, "fylke": tegn, "organisasjon": tegn}

    svar = Client().get(reverse("prosjekter:liste"), sporring, follow=True)

    assert svar.status_code == 200


# ---- The address ---------------------------------------------------------------------------------------------------


def test_tomme_felt_og_det_som_er_vanlig_forsvinner_fra_adressen():
    svar = hent(q="", fase=["", "pilot"], kommune="", sorter="nyeste", side="1")

    assert svar.status_code == 302
    assert svar.url == "/prosjekter/?fase=pilot"


def test_hver_verdi_har_en_brikke_som_fjerner_bare_den():
    svar = hent(q="vakt", fase=["pilot", "ide"], sorter="tittel")

    assert {c["navn"]: c["adresse"] for c in svar.context["filter"].chips()} == {
        "«vakt»": "?fase=pilot&fase=ide&sorter=tittel",
        "Pilot": "?q=vakt&fase=ide&sorter=tittel",
        "Idé": "?q=vakt&fase=pilot&sorter=tittel",
    }
    assert "?q=vakt&amp;fase=ide&amp;sorter=tittel" in svar.content.decode()


def test_sidetittelen_sier_hva_listen_er_filtrert_paa():
    assert "<title>Prosjekter: Pilot –" in hent(fase="pilot").content.decode()


def test_filtrerte_lister_er_ikke_for_sokemotorer():
    assert 'content="noindex, follow"' in hent(fase="pilot").content.decode()
    assert "noindex" not in hent().content.decode()


def test_sok_filtre_og_rekkefolge_er_ett_skjema():
    """They stand in three places on the page; one of them left outside would forget the others."""
    html = hent().content.decode()

    assert 'id="filtre"' in html
    for felt in ("q", "sorter"):
        merke = re.search(rf'<(?:input|select)[^>]* id="id_{felt}"[^>]*>', html)[0]
        assert 'form="filtre"' in merke


def test_valgte_steder_kan_krysses_bort_igjen():
    lag_kommune("Halden", "3101")

    html = hent(kommune="3101").content.decode()

    assert '<input class="ds-input" type="checkbox" name="kommune" value="3101" id="f-kommune-3101" checked>' in html


def test_menyene_legger_til_en_verdi_om_gangen_og_har_bare_det_som_gir_noe():
    """A `multiple` on the select would make it a box of rows, and hide that one is added at a time."""
    halden, rygge = lag_kommune("Halden", "3101"), lag_kommune("Råde", "3112")
    lag_sokbart(eier=lag_organisasjon(kommune=halden))
    lag_sokbart(eier=lag_organisasjon(kommune=rygge), status=Status.KLADD)

    html = hent().content.decode()

    assert '<select class="ds-input" name="kommune" id="f-kommune" aria-label="Legg til: Kommune">' in html
    assert '<option value="3101">Halden (1)</option>' in html
    assert "3112" not in html


# ---- Counts --------------------------------------------------------------------------------------------------------


def tellinger(svar, fasett):
    return {v.verdi: v.antall for f in svar.context["fasetter"] if f.navn == fasett for v in f.valg}


def test_tallene_er_av_det_alle_de_andre_filtrene_finner():
    for fase, utfall in [("pilot", "virket"), ("pilot", "stoppet"), ("ide", "virket"), ("ide", "pagar")]:
        lag_sokbart(fase=fase, utfall=utfall)

    svar = hent(fase="pilot", utfall="virket")

    assert tellinger(svar, "fase") == {"ide": 1, "pilot": 1}
    assert tellinger(svar, "utfall") == {"virket": 1, "stoppet": 1}


def test_tallene_er_av_det_soket_finner():
    lag_sokbart("Droner over fjorden", fase="pilot")
    lag_sokbart("Droner i skogen", fase="ide")
    lag_sokbart("Vikarer", fase="drift")

    assert tellinger(hent(q="drone"), "fase") == {"ide": 1, "pilot": 1}


def test_det_ingen_har_vises_bare_naar_det_er_valgt():
    lag_sokbart(fase="pilot")

    assert tellinger(hent(), "fase") == {"pilot": 1}
    assert tellinger(hent(fase="drift"), "fase") == {"pilot": 1, "drift": 0}


@pytest.mark.parametrize(
    ("sporring", "felt"),
    [
        ({"malform": "nn"}, {"malform": "nn"}),
        ({"radikalitet": "brudd"}, {"radikalitet": "brudd"}),
        ({"malgruppe": "ungdom"}, {"koder": [(Kodeliste.MALGRUPPE, "ungdom")]}),
        ({"innovasjonstype": "system"}, {"koder": [(Kodeliste.INNOVASJONSTYPE, "system")]}),
        ({"metode": "gigakart"}, {"koder": [(Kodeliste.METODE, "gigakart")]}),
        ({"laering": "ja"}, {"tekst": {"laering": "Vi lærte noe."}}),
    ],
)
def test_hvert_filter_finner_sitt(sporring, felt):
    lag_sokbart("Det riktige", **felt)
    lag_sokbart("Noe annet", radikalitet="forbedring")

    svar = hent(**sporring)

    assert [p.tittel for p in svar.context["side"]] == ["Det riktige"]
    assert len(svar.context["filter"].chips()) == 1


def test_partnere_fra_en_sektor_er_ikke_eieren_selv():
    med = lag_sokbart("Med forskere")
    bli_med(med, lag_organisasjon(sektor="forskning_utdanning"))
    lag_sokbart("Eid av forskere", eier=lag_organisasjon(sektor="forskning_utdanning"))

    assert titler(partnersektor="forskning_utdanning") == {"Med forskere"}


# ---- Three ways of showing it --------------------------------------------------------------------------------------


def test_som_tabell_er_det_samme_i_en_tabell():
    lag_sokbart("Pilot", fase=Fase.PILOT)
    lag_sokbart("Idé", fase=Fase.IDE)

    html = hent(fase="pilot", vis="tabell").content.decode()

    assert re.findall(r'<th scope="row"[^>]*><a [^>]*>([^<]+)<', html) == ["Pilot"]
    assert '<input type="hidden" name="vis" value="tabell">' in html
    assert 'href="?fase=pilot"' in html  # back to the list


# ---- Order and paging ----------------------------------------------------------------------------------------------


def test_rekkefolgen():
    naa = timezone.now()
    for nr, tittel in enumerate(["Øve", "Ærlig", "Åpen", "Zoom", "Én los"]):
        lag_sokbart(tittel, publisert_tid=naa - timedelta(days=nr), endret_tid=naa + timedelta(days=nr))

    def rekkefolge(**sporring):
        return [p.tittel for p in hent(**sporring).context["side"]]

    assert rekkefolge() == ["Øve", "Ærlig", "Åpen", "Zoom", "Én los"]
    assert rekkefolge(sorter="oppdatert") == ["Én los", "Zoom", "Åpen", "Ærlig", "Øve"]
    assert rekkefolge(sorter="tittel") == ["Én los", "Zoom", "Ærlig", "Øve", "Åpen"]


def test_sidene_er_paa_tjue_og_henger_sammen():
    for _nr in range(PER_SIDE + 1):
        lag_sokbart()

    forste, andre = hent(sorter="tittel"), hent(sorter="tittel", side="2")

    assert [len(svar.context["side"]) for svar in (forste, andre)] == [20, 1]
    assert 'rel="next"' in forste.content.decode()
    assert "?sorter=tittel&amp;side=2" in forste.content.decode()
    assert 'rel="prev"' in andre.content.decode()


@pytest.mark.parametrize("side", ["0", "2", "-1", "abc", "1.5", "٢", "9" * 400, "1e3", "last"])
def test_en_side_som_ikke_finnes_sier_det_og_viser_vei(side):
    lag_sokbart("Eneste")

    svar = hent(fase="ide", side=side)

    assert svar.status_code == 404
    assert "Denne siden finnes ikke" in svar.content.decode()
    assert 'href="?fase=ide"' in svar.content.decode()


def test_det_er_en_grense_for_hvor_langt_inn_man_kan_bla(monkeypatch):
    monkeypatch.setattr("prosjekter.views.offentlig.MAKS_SIDER", 1)
    for _nr in range(PER_SIDE + 1):
        lag_sokbart()

    assert hent().context["side"].has_next() is False
    assert "Listen slutter her" in hent().content.decode()
    assert hent(side="2").status_code == 404
    assert MAKS_SIDER == 250


@pytest.mark.parametrize(("antall", "tekst"), [(0, "Ingen prosjekter"), (1, "1 prosjekt<"), (2, "2 prosjekter<")])
def test_antallet_staar_med_ord(antall, tekst):
    for _nr in range(antall):
        lag_sokbart()

    assert tekst in hent().content.decode()


@pytest.mark.parametrize("antall", [1, 3, 20])
def test_listen_bruker_like_mange_sporringer(antall, django_assert_num_queries):
    partner = lag_organisasjon(sektor="statlig_etat")
    for nr in range(antall):
        kommune = lag_kommune(f"Sted {nr}")
        prosjekt = lag_sokbart(eier=lag_organisasjon(kommune=kommune))
        bli_med(prosjekt, partner)
        Missiontilknytning.objects.create(prosjekt=prosjekt, mission=lag_mission(), svar=Svar.GODTATT)

    hent()  # the index of facets is read
    with django_assert_num_queries(2):  # the mark of the content, and the rows
        svar = hent()

    assert len(svar.context["side"]) == antall


# ---- Nothing found -------------------------------------------------------------------------------------------------


def test_en_tom_liste_viser_veier_videre_med_antall():
    lag_sokbart("Barnehage på hjul", fase=Fase.PILOT)
    lag_sokbart("Barnehage i skogen", fase=Fase.PILOT)
    lag_sokbart("Droner", fase=Fase.IDE)

    svar = hent(q="droner", fase="drift", utfall="overfort")

    assert [(v["navn"], v["adresse"], v["antall"]) for v in svar.context["utveier"]] == []

    svar = hent(q="droner", fase="pilot")

    assert [(v["navn"], v["adresse"], v["antall"]) for v in svar.context["utveier"]] == [
        ("Fjern søkeordene", "?fase=pilot", 2),
        ("Fjern «Pilot»", "?q=droner", 1),
    ]
    assert "gir 2 prosjekter" in svar.content.decode()


def test_stedsfiltrene_foreslaar_hele_landet():
    lag_kommune("Halden", "3101")
    lag_sokbart("Droner")

    svar = hent(q="droner", fylke="31", kommune="3101")
    assert svar.context["utveier"] == []

    svar = hent(q="droner", fylke="31")
    assert [(v["navn"], v["antall"]) for v in svar.context["utveier"]] == [("Se i hele landet", 1)]


def test_veiene_videre_bruker_et_fast_antall_sporringer(django_assert_max_num_queries):
    for _nr in range(3):
        lag_sokbart()

    hent()  # the index of facets is read
    with django_assert_max_num_queries(30):
        hent(
            q="en to tre fire fem seks", fase="pilot", utfall="virket", aar="2020", fylke="31",
            tjenesteomrade="klima_miljo", sorter="tittel",
        )  # fmt: skip


def test_en_portal_uten_prosjekter_inviterer():
    html = hent().content.decode()

    assert "Dere kan bli de første" in html
    assert Prosjekt.objects.count() == 0


def test_nynorske_titler_er_merket_med_spraaket_sitt():
    lag_sokbart("Heimetenesta planlegg", malform="nn")

    assert 'lang="nn"><a class="dekk"' in hent().content.decode()


def test_oppdiktede_prosjekter_er_merket():
    assert "Eksempeldata" not in hent().content.decode()
    lag_sokbart(er_eksempel=True)

    html = hent().content.decode()

    assert '<div class="eksempel">' in html
    assert "eksempelmerke" in html


def test_to_sett_filtre_vet_ikke_om_hverandre():
    pilot, ide = (
        ProsjektFilter(QueryDict(f"fase={fase}"), Prosjekt.objects.apne(), bruker=AnonymousUser())
        for fase in ("pilot", "ide")
    )

    assert (list(pilot.valgt["fase"]), list(ide.valgt["fase"])) == (["pilot"], ["ide"])
    assert all(sett.filters[navn].parent is sett for sett in (pilot, ide) for navn in sett.filters)
    assert all(pilot.filters[navn] is not ide.filters[navn] for navn in pilot.filters)
