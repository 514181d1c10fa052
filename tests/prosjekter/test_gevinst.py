"""Gains with evidence, drivers and barriers, and looking for partners: written in the sections, shown on the page."""

import pytest
from django.urls import reverse

from prosjekter import krav
from prosjekter.handlinger import prosjekt as handlinger
from prosjekter.kodeverk import Status, Synlighet
from prosjekter.models import Faktor, Gevinst, Prosjekt
from tests.fabrikker import lag_sokbart

pytestmark = pytest.mark.django_db


def rader(navn, *rader):
    """As the browser sends a list of rows."""
    felt = {f"{navn}-{nr}-{f}": verdi for nr, rad in enumerate(rader) for f, verdi in rad.items()}
    return {f"{navn}-TOTAL_FORMS": len(rader), f"{navn}-INITIAL_FORMS": 0, **felt}


KVALITET = {
    "dimensjon": "kvalitet", "mottaker": "pårørende", "forventet": "Færre runder", "realisert": "", "belegg": "antatt",
}  # fmt: skip
TID = {
    "dimensjon": "effektivitet", "mottaker": "", "forventet": "", "realisert": "To timer i uken", "belegg": "malt",
}  # fmt: skip
LEDELSE = {"faktor": "ledelse", "retning": "fremmet", "styrke": 5}
TOM = {"dimensjon": "", "mottaker": "", "forventet": "", "realisert": "", "belegg": ""}


@pytest.fixture
def prosjekt(roller):
    return lag_sokbart(eier=roller.kommunen, fase="pilot")


def lagre(klient, prosjekt, *, gevinster=(), faktorer=(), **felt):
    prosjekt.refresh_from_db()
    return klient.post(
        reverse("prosjekter:rediger_seksjon", args=[prosjekt.slug, "nytte"]),
        {"versjon": prosjekt.versjon, **rader("gevinster", *gevinster), **rader("faktorer", *faktorer), **felt},
    )


def test_gevinster_lagres_med_belegg_og_vises_paa_siden(som, prosjekt):
    svar = lagre(som("eier"), prosjekt, gevinster=[KVALITET, TID, TOM], faktorer=[LEDELSE])

    prosjekt.refresh_from_db()
    html = som("anonym").get(prosjekt.get_absolute_url()).content.decode()
    assert svar.status_code == 302
    assert (prosjekt.belegg, prosjekt.gevinster.count()) == ("malt", 2)
    for ord_ in ("pårørende", "Færre runder", "To timer i uken", "Målt før og etter", "Ledelse", "5 av 6"):
        assert ord_ in html


def test_en_toemt_rad_blir_borte_og_belegget_foelger_med(som, prosjekt):
    lagre(som("eier"), prosjekt, gevinster=[KVALITET, TID])

    lagre(som("eier"), prosjekt, gevinster=[KVALITET, TOM])

    prosjekt.refresh_from_db()
    assert [g.dimensjon for g in prosjekt.gevinster.all()] == ["kvalitet"]
    assert prosjekt.belegg == "antatt"
    assert Gevinst.historikk.filter(prosjekt_id=prosjekt.pk, history_type="-").count() == 1


def test_en_halv_rad_sies_fra_om_og_ingenting_er_borte(som, prosjekt):
    svar = lagre(som("eier"), prosjekt, gevinster=[KVALITET, {**TOM, "mottaker": "Bestefars naboer"}])

    html = svar.content.decode()
    assert svar.status_code == 200
    assert not Gevinst.objects.exists()
    assert "Bestefars naboer" in html
    assert "Færre runder" in html
    assert "Velg hva slags gevinst det er" in html
    assert 'href="#id_gevinster_0"' in html
    assert 'id="id_gevinster_0"' in html


def test_samme_faktor_to_ganger_og_tull_i_styrken_faar_et_svar(som, prosjekt):
    dobbelt = lagre(som("eier"), prosjekt, faktorer=[LEDELSE, {**LEDELSE, "retning": "hemmet"}])
    tull = lagre(som("eier"), prosjekt, faktorer=[{**LEDELSE, "styrke": "sju"}])

    assert "«Ledelse» er valgt to ganger" in dobbelt.content.decode()
    assert "En av radene mangler noe" in tull.content.decode()
    assert not Faktor.objects.exists()


def test_faktorer_kan_bytte_retning_og_plass(som, prosjekt):
    okonomi = {"faktor": "okonomi", "retning": "hemmet", "styrke": 2}
    lagre(som("eier"), prosjekt, faktorer=[LEDELSE, okonomi])

    lagre(som("eier"), prosjekt, faktorer=[{**okonomi, "styrke": 6}, {**LEDELSE, "retning": "begge"}])

    assert list(prosjekt.faktorer.values_list("faktor", "retning", "styrke")) == [
        ("okonomi", "hemmet", 6),
        ("ledelse", "begge", 5),
    ]


def test_en_rad_til_viser_bare_skjemaet_paa_nytt(som, prosjekt):
    svar = lagre(som("eier"), prosjekt, gevinster=[KVALITET], **{"gevinster-flere": "1"})

    html = svar.content.decode()
    assert not Gevinst.objects.exists()
    assert 'name="gevinster-1-dimensjon"' in html
    assert "Færre runder" in html


@pytest.mark.parametrize("antall", ["", "x", "-1", "9999999", "٣"])
def test_antall_rader_noen_har_rotet_med_er_ingen_krise(som, prosjekt, antall):
    svar = lagre(som("eier"), prosjekt, gevinster=[KVALITET], **{"gevinster-TOTAL_FORMS": antall})

    assert svar.status_code in (200, 302)


def test_to_som_skriver_paa_samme_liste_ser_forskjellen(som, roller, prosjekt):
    versjon = prosjekt.versjon
    lagre(som("eier"), prosjekt, gevinster=[KVALITET])

    svar = som("kollega").post(
        reverse("prosjekter:rediger_seksjon", args=[prosjekt.slug, "nytte"]),
        {"versjon": versjon, **rader("gevinster", TID), **rader("faktorer", LEDELSE)},
    )

    html = svar.content.decode()
    assert svar.status_code == 409
    assert "Eier Prøve lagret mens du skrev" in html
    assert "Færre runder" in html
    assert "To timer i uken" in html
    assert [g.dimensjon for g in prosjekt.gevinster.all()] == ["kvalitet"]


def test_den_ene_listen_flettes_naar_den_andre_er_endret(som, roller, prosjekt):
    versjon = prosjekt.versjon
    lagre(som("eier"), prosjekt, gevinster=[KVALITET])

    svar = som("kollega").post(
        reverse("prosjekter:rediger_seksjon", args=[prosjekt.slug, "nytte"]),
        {"versjon": versjon, **rader("gevinster"), **rader("faktorer", LEDELSE)},
    )

    assert svar.status_code == 302
    assert (prosjekt.gevinster.count(), prosjekt.faktorer.count()) == (1, 1)


def test_svarene_kan_hentes_som_de_var(som, roller, prosjekt):
    lagre(som("eier"), prosjekt, gevinster=[KVALITET])
    prosjekt.refresh_from_db()
    versjon = prosjekt.versjon
    lagre(som("eier"), prosjekt, gevinster=[TID])

    var = handlinger.som_var(prosjekt, versjon)

    assert [str(rad) for rad in var["gevinster"]] == ["Bedre kvalitet, for pårørende\nVentet: Færre runder\nAntatt"]
    assert [rad.felt["dimensjon"] for rad in krav.les(prosjekt)["gevinster"]] == ["effektivitet"]


def test_hvem_soeker_partnere_staar_oeverst_og_i_en_kolonne(som, roller, prosjekt):
    adresse = reverse("prosjekter:rediger_seksjon", args=[prosjekt.slug, "hvem"])
    svar = som("eier").post(adresse, {"versjon": prosjekt.versjon, "partnersok": "En øykommune med  fastlege"})

    prosjekt.refresh_from_db()
    html = som("anonym").get(prosjekt.get_absolute_url()).content.decode()
    assert svar.status_code == 302
    assert (prosjekt.partnersok, prosjekt.soker_partnere) == ("En øykommune med fastlege", True)
    assert "Vi søker partnere" in html
    assert "Prosjektleder" in html
    som("eier").post(adresse, {"versjon": prosjekt.versjon, "partnersok": " "})
    assert not Prosjekt.objects.get(pk=prosjekt.pk).soker_partnere


@pytest.mark.parametrize(
    "felt", [{"status": Status.KLADD}, {"synlighet": Synlighet.SEKTOR}, {"synlighet": Synlighet.PROSJEKT}]
)
def test_gevinster_og_partnersoek_i_det_skjulte_lekker_ikke(som, roller, felt):
    skjult = lag_sokbart(eier=roller.kommunen, partnersok="En hemmelig øykommune", **felt)
    lagre(som("eier"), skjult, gevinster=[{**KVALITET, "forventet": "Hemmelig gevinst"}])

    for adresse in (skjult.get_absolute_url(), "/prosjekter/?q=hemmelig", "/"):
        html = som("anonym").get(adresse).content.decode()
        assert "Hemmelig gevinst" not in html
        assert "hemmelig øykommune" not in html


def test_gevinst_og_partnersoek_finnes_i_soek(som, prosjekt):
    lagre(som("eier"), prosjekt, gevinster=[{**KVALITET, "forventet": "Færre gråmåker på balkongen"}])

    assert prosjekt.tittel in som("anonym").get("/prosjekter/?q=gråmåker").content.decode()
