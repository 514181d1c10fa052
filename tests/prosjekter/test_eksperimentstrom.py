"""/eksperimenter/: filters with counts, the feed, the file, who sees what, and the same number of questions always."""

import csv
import io
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from prosjekter.forms.eksperimentfiltre import EksperimentFilter
from prosjekter.handlinger import eksperiment as handlinger
from prosjekter.handlinger import prosjekt as prosjekthandlinger
from prosjekter.kodeverk import Kodeliste, Status, Synlighet
from prosjekter.models import Deltakelse, Eksperiment, Eksperimentsok, Missiontilknytning
from tests.fabrikker import lag_eksperiment, lag_fylke, lag_mission, lag_organisasjon, lag_sokbart

pytestmark = pytest.mark.django_db
LISTE = "eksperimenter:liste"
TATT_NED = {"tatt_ned_tid": "2026-01-01T00:00Z", "tatt_ned_grunn": "reklame"}


def hent(klient=None, navn=LISTE, **valg):
    return (klient or Client()).get(reverse(navn), valg)


def hypoteser(svar):
    return [e.hypotese for e in svar.context["side"]]


def fra_fil(svar):
    return list(csv.DictReader(io.StringIO(b"".join(svar.streaming_content).decode("utf-8-sig")), delimiter=";"))


def filter_for(sporring="", bruker=None):
    bruker = bruker or AnonymousUser()
    return EksperimentFilter(QueryDict(sporring), Eksperiment.objects.synlige_for(bruker).i_strommen(), bruker=bruker)


def tall(filter_, navn):
    return {verdi: n for verdi, n in filter_.tell(navn, [v for v, _n in filter_.filters[navn].meny()]).items() if n}


# ---- The list ------------------------------------------------------------------------------------------------------


def test_uten_eksperimenter_viser_siden_en_vei_videre():
    html = hent().content.decode()

    assert "Ingen har logget et eksperiment ennå" in html
    assert reverse("minside") in html


def test_det_som_begynte_sist_staar_forst_og_det_eldste_naar_en_ber_om_det():
    prosjekt = lag_sokbart()
    for hypotese, dager in (("Midt.", 5), ("Nyest.", 1), ("Eldst.", 9)):
        lag_eksperiment(prosjekt, hypotese, fra_dato=timezone.localdate() - timedelta(days=dager))

    assert hypoteser(hent()) == ["Nyest.", "Midt.", "Eldst."]
    assert hypoteser(hent(sorter="eldste")) == ["Eldst.", "Midt.", "Nyest."]


def test_en_stopp_staar_som_de_andre_og_sier_hva_de_vet():
    prosjekt = lag_sokbart("Ringerunden")
    for beslutning in ("skaler", "stopp"):
        lag_eksperiment(prosjekt, f"Vi tror på {beslutning}.", beslutning=beslutning, observasjon="Ingen svarte.")

    html = hent().content.decode()

    kort = html.split('<article class="kort">')[1:]
    assert [("Vi vet nå:" in k, "Ingen svarte." in k, "Ringerunden" in k) for k in kort] == [(True, True, True)] * 2
    assert "Vi stoppet" in html
    assert "danger" not in "".join(kort)


@pytest.mark.parametrize("side", ["0", "3", "abc", "999999999"])
def test_en_side_som_ikke_finnes_sier_det(side):
    prosjekt = lag_sokbart()
    for _n in range(21):
        lag_eksperiment(prosjekt)

    assert len(hypoteser(hent(side="2"))) == 1
    svar = hent(side=side)
    assert svar.status_code == 404
    assert "Denne siden finnes ikke. Listen har 2 sider." in svar.content.decode()


# ---- Search --------------------------------------------------------------------------------------------------------


def test_det_som_er_provd_finnes_med_halve_ord_nynorsk_skrivefeil_og_prosjektets_navn(roller):
    eier = roller["eier"]
    prosjekt = lag_sokbart("Kortere kø", eier=roller.kommunen)
    plan = {"hypotese": "Flere kommer til barnehagen.", "endring": "Åpner tidligere.", "forventning": "Ingen venter."}
    e, _ny = handlinger.logg(prosjekt, nokkel="a", av=eier, fra_dato=date(2026, 1, 1), **plan)
    lag_eksperiment(lag_sokbart(), "Traktoren skal ha vinterdekk.", beslutning="stopp")
    call_command("bygg_sokeindeks", verbosity=0)
    for q in ("barnehage", "barnehagane", "åpner tidlig", "barnehge", "kortere kø", "fjordvik"):
        assert hypoteser(hent(q=q)) == [e.hypotese], q
    assert hypoteser(hent(q="barnehage", beslutning="stopp")) == []

    verdier = {"observasjon": "Flaggermusene flyttet inn.", "beslutning": "stopp", "begrunnelse": ""}
    handlinger.si_hva_som_skjedde(e, verdier=verdier, versjon=1, av=eier)
    prosjekt.refresh_from_db()
    prosjekthandlinger.lagre_seksjon(prosjekt, verdier={"tittel": "Uglene"}, versjon=prosjekt.versjon, av=eier)

    assert hypoteser(hent(q="flaggermus", beslutning="stopp")) == [e.hypotese]
    assert hypoteser(hent(q="ugle")) == [e.hypotese]
    assert "Søk i forsøk" in hent(q="elefant").content.decode()


def test_det_som_passer_best_staar_forst_og_indeksen_kan_bygges_paa_nytt():
    prosjekt = lag_sokbart()
    svak = lag_eksperiment(prosjekt, "Noe annet.", endring="Vi ringer.", fra_dato=date(2026, 2, 2))
    sterk = lag_eksperiment(prosjekt, "Vi ringer alle.", fra_dato=date(2026, 1, 1))
    Eksperimentsok.objects.all().delete()
    assert hypoteser(hent(q="ringer")) == []

    call_command("bygg_sokeindeks", verbosity=0)

    assert hypoteser(hent(q="ringer")) == [sterk.hypotese, svak.hypotese]
    assert hypoteser(hent(q="ringer", sorter="nyeste")) == [svak.hypotese, sterk.hypotese]


# ---- Filters -------------------------------------------------------------------------------------------------------


def test_flere_verdier_i_et_filter_er_eller_og_flere_filtre_er_og():
    helse, bolig = lag_sokbart(), lag_sokbart(koder=[(Kodeliste.TJENESTEOMRADE, "bolig_stedsutvikling")])
    lag_eksperiment(helse, "A.", beslutning="stopp")
    lag_eksperiment(helse, "B.")
    lag_eksperiment(bolig, "C.", beslutning="stopp")

    assert sorted(hypoteser(hent(beslutning=["stopp", "uavgjort"]))) == ["A.", "B.", "C."]
    assert hypoteser(hent(beslutning="uavgjort")) == ["B."]
    assert hypoteser(hent(beslutning="stopp", tjenesteomrade="bolig_stedsutvikling")) == ["C."]


def test_tallene_ved_hvert_filter_ser_bort_fra_filteret_selv():
    mission, fylke = lag_mission(), lag_fylke("Nordland", "18")
    bolig = [(Kodeliste.TJENESTEOMRADE, "bolig_stedsutvikling")]
    med = lag_sokbart(eier=lag_organisasjon(fylke=fylke), koder=bolig)
    Missiontilknytning.objects.create(mission=mission, prosjekt=med, svar="godtatt")
    for beslutning in ("stopp", "stopp", "juster", ""):
        lag_eksperiment(med, beslutning=beslutning, fra_dato=date(2025, 12, 31))
    lag_eksperiment(lag_sokbart(), beslutning="juster", fra_dato=date(2026, 1, 1))

    alle, valgt = filter_for(), filter_for(f"beslutning=stopp&mission={mission.slug}")

    assert (alle.antall, valgt.antall) == (5, 2)
    assert tall(alle, "beslutning") == {"stopp": 2, "juster": 2, "uavgjort": 1}
    assert tall(alle, "tjenesteomrade") == {"bolig_stedsutvikling": 4, "helse_omsorg": 1}
    assert tall(alle, "mission") == {mission.slug: 4}
    assert tall(alle, "fylke") == {"18": 4}
    assert alle.per_egen("aar") == {"2025": 4, "2026": 1}
    assert tall(valgt, "beslutning") == {"stopp": 2, "juster": 1, "uavgjort": 1}
    assert tall(valgt, "mission") == {mission.slug: 2}
    assert filter_for("aar=2026").antall == 1


@pytest.mark.parametrize(
    ("valg", "sagt"),
    [
        ({"beslutning": "jubel"}, "«jubel» er ikke en beslutning vi kjenner."),
        ({"fylke": "99"}, "«99» er ikke et fylkesnummer."),
        ({"mission": "ukjent"}, "«ukjent» er ikke en mission vi kjenner."),
        ({"aar": "0"}, "«0» er ikke et år vi kjenner."),
        ({"sorter": "populaert"}, "«populaert» er ikke en måte å sortere på."),
    ],
)
def test_det_vi_ikke_kjenner_blir_navngitt(valg, sagt):
    lag_eksperiment(lag_sokbart())

    assert sagt in hent(**valg).content.decode()
    assert hent(navn="eksperimenter:feed", **valg).status_code == 400
    assert hent(navn="eksperimenter:eksport", **valg).status_code == 400


def test_hvert_valg_er_en_chip_som_kan_fjernes_og_en_tom_liste_viser_veier_videre():
    lag_eksperiment(lag_sokbart(), beslutning="stopp")

    html = hent(beslutning=["stopp", "skaler"]).content.decode()
    assert 'href="?beslutning=skaler">Stoppet</a>' in html
    tom = hent(beslutning="skaler", tjenesteomrade="helse_omsorg").content.decode()
    assert "gir ett eksperiment" in tom


def test_uten_noe_aa_velge_blant_staar_ikke_knappen_for_filtrene_alene():
    lag_eksperiment(lag_sokbart(), "Flere svarer når vi ringer.")

    assert '<details class="filtre" hidden>' in hent(q="romfart").content.decode()
    assert '<details class="filtre">' in hent(q="ringer").content.decode()


# ---- Feed and file -------------------------------------------------------------------------------------------------


def test_strommen_og_regnearket_tar_de_samme_filtrene_og_soket():
    prosjekt = lag_sokbart("=cmd()", eier=lag_organisasjon("Prøvestad"))
    lag_eksperiment(prosjekt, "Flere svarer.", beslutning="stopp", observasjon="Ingen svarte.")
    lag_eksperiment(prosjekt, "Flere sykler.")

    atom = hent(navn="eksperimenter:feed", beslutning="stopp").content.decode()
    rader = fra_fil(hent(navn="eksperimenter:eksport", beslutning="stopp"))

    assert "Vi stoppet: Flere svarer." in atom
    assert "Nye eksperimenter: Stoppet" in atom
    assert "Flere sykler." not in atom
    assert [r["hypotese"] for r in fra_fil(hent(navn="eksperimenter:eksport", q="sykler"))] == ["Flere sykler."]
    sokt = hent(navn="eksperimenter:feed", q="sykler").content.decode()
    assert ("Flere sykler." in sokt, "Flere svarer." in sokt) == (True, False)
    assert [(r["hypotese"], r["det_som_skjedde"], r["beslutning"], r["prosjekt"], r["eier"]) for r in rader] == [
        ("Flere svarer.", "Ingen svarte.", "Stopp", "'=cmd()", "Prøvestad")
    ]


# ---- Who sees what -------------------------------------------------------------------------------------------------


@pytest.fixture
def skjult(roller):
    """One that all may see, and beside it all that some may not: each with an own year and decision that would leak."""
    apent = lag_sokbart("Åpent", eier=roller.kommunen)
    lag_eksperiment(apent, "Åpent.", beslutning="juster", fra_dato=date(2025, 1, 1))
    lag_eksperiment(apent, "Trukket.", beslutning="stopp", fra_dato=date(2019, 1, 1), trukket_tid=timezone.now())
    lag_eksperiment(apent, "Tatt ned.", beslutning="stopp", fra_dato=date(2018, 1, 1), **TATT_NED)
    kladd = lag_sokbart("Kladd", eier=roller.kommunen, status=Status.KLADD)
    lag_eksperiment(kladd, "Kladdens.", beslutning="stopp", fra_dato=date(2017, 1, 1))
    sektor = lag_sokbart("Sektor", eier=roller.kommunen, synlighet=Synlighet.SEKTOR)
    lag_eksperiment(sektor, "Sektorens.", beslutning="skaler", fra_dato=date(2016, 1, 1))
    Deltakelse.objects.filter(organisasjon=roller.partneren).delete()


SER_SEKTOREN = {"fremmed", "eier", "kollega", "ansvarlig", "moderator", "administrator", "missionkurator"}


@pytest.mark.parametrize("rolle", ["anonym", "partner", "fremmed", "eier", "moderator", "missionkurator"])
def test_hver_ser_og_faar_talt_bare_det_hun_kan_se(som, roller, skjult, rolle):
    ventet = ["Åpent.", "Sektorens."] if rolle in SER_SEKTOREN else ["Åpent."]
    klient = som(rolle)

    svar = hent(klient)
    assert hypoteser(svar) == ventet
    assert [r["hypotese"] for r in fra_fil(hent(klient, "eksperimenter:eksport"))] == ventet
    fasetter = {f.navn: {v.verdi: v.antall for v in f.valg} for f in svar.context["fasetter"]}
    assert fasetter["beslutning"] == ({"skaler": 1, "juster": 1} if len(ventet) > 1 else {"juster": 1})
    assert fasetter["aar"] == ({"2025": 1, "2016": 1} if len(ventet) > 1 else {"2025": 1})
    assert hypoteser(hent(klient, beslutning="stopp")) == []
    atom = hent(klient, "eksperimenter:feed").content.decode()
    assert ("Åpent." in atom, "Sektorens." in atom) == (True, False)
    for ord_ in ("trukket", "tatt ned", "kladdens", "sektorens"):
        funnet = ["Sektorens."] if ord_ == "sektorens" and rolle in SER_SEKTOREN else []
        svar = hent(klient, q=ord_)
        assert (hypoteser(svar), svar.context["antall"][:6]) == (funnet, "1 eksp" if funnet else "Ingen "), ord_
        assert {r["hypotese"] for r in fra_fil(hent(klient, "eksperimenter:eksport", q=ord_))} == set(funnet)
        assert "<entry" not in hent(klient, "eksperimenter:feed", q=ord_).content.decode()


def test_nettkartet_har_bare_det_alle_kan_se(skjult):
    kart = Client().get(reverse("nettkart_del", args=["eksperimenter"])).content.decode()

    assert kart.count("<loc>") == 1
    assert reverse(LISTE) in Client().get(reverse("nettkart_del", args=["sider"])).content.decode()


def test_lenket_fra_prosjektet_loggen_og_laeringen():
    prosjekt = lag_sokbart()
    lag_eksperiment(prosjekt)

    for adresse in (
        prosjekt.get_absolute_url(),
        reverse("prosjekter:eksperimenter", args=[prosjekt.slug]),
        reverse("laering:liste"),
    ):
        innhold = Client().get(adresse).content.decode().split("<footer")[0]
        assert f'href="{reverse(LISTE)}"' in innhold, adresse


# ---- How much it costs ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("antall", [1, 3, 25])
@pytest.mark.parametrize("valg", [{}, {"beslutning": "stopp", "tjenesteomrade": "helse_omsorg", "fylke": "31"}])
def test_listen_bruker_like_mange_sporringer(antall, valg):
    lag_mission()
    fylke = lag_fylke()
    for _n in range(antall):
        lag_eksperiment(lag_sokbart(eier=lag_organisasjon(fylke=fylke)), beslutning="stopp")
    adresse = f"{reverse(LISTE)}?{urlencode(valg)}"
    _sporringer(adresse)

    # The mark of the content, how many per project, per decision and per year, the page's keys and its rows;
    # and the county that was asked for.
    assert _sporringer(adresse) == 6 + ("fylke" in valg)


def _sporringer(adresse):
    """How many questions a page costs when it is made anew."""
    caches["sider"].clear()
    with CaptureQueriesContext(connection) as sporringer:
        Client().get(adresse)
    return len(sporringer)
