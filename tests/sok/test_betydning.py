"""What is near in meaning without sharing a word, as the lists tell it."""

import numpy as np
import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.urls import reverse

from partnerskap.felles import innhold
from prosjekter import fasettindeks, sokeindeks
from prosjekter.forms import filtre
from prosjekter.handlinger import prosjekt as handlinger
from prosjekter.models import Prosjekt, Prosjektretning
from sok import betydning
from sok.forslag import bygg_ordforrad
from tests.fabrikker import lag_sokbart

VANN = "Akustiske loggere på kummene hører vannet som siver ut, og driftsoperatøren kan grave ett hull."


def naer(ett, annet):
    rad = np.frombuffer(betydning.retning((annet, 1)), np.int8)[None]
    return betydning.naerhet(betydning.retning((ett, 1)), rad)[0]


def test_retningene_er_av_listene_slik_de_er():
    with np.load(betydning.FIL) as fil:
        assert fil["laget_av"].tobytes().decode() == betydning.laget_av(), "run `make ordretninger`"
        assert fil["retninger"].shape[1] == betydning.BREDDE


@pytest.mark.parametrize(
    ("sok", "tekst"),
    [
        ("lekkasje på ledningsnettet", VANN),
        ("skolevegring", "Et team møter familien ved kjøkkenbordet når eleven har vært borte i ti dager."),
        ("einsame eldre", "Frivillige drikker kaffe med pensjonister som ellers sitter alene."),
    ],
)
def test_det_samme_med_andre_ord_er_naermere_enn_noe_annet(sok, tekst):
    andre = ["Roboten leser fakturaer og fører regnskap.", "Hogstmaskinen kjørte i den gamle granskogen."]

    assert naer(sok, tekst) > 0.2
    assert max(naer(sok, annet) for annet in andre) < 0.15
    assert naer(sok, sok) == pytest.approx(1, abs=0.02)


def test_ord_ingen_liste_har_peker_ingen_vei():
    assert betydning.retning(("xyzzy plugh", 1)) == b""
    assert betydning.retning(("", 1), ("og i på", 2)) == b""


@pytest.mark.django_db
class TestIListen:
    def sok(self, klient, q):
        svar = klient.get(reverse("prosjekter:liste"), {"q": q})
        return [p.tittel for p in svar.context["side"]], svar.content.decode()

    def test_det_som_ligner_vises_og_det_blir_sagt(self, client):
        lag_sokbart(
            "Matpakker for store og små", ingress="Elevene lager frokost før første time.", tekst={"utfordring": ""}
        )
        lag_sokbart("Droner", ingress="Vi flyr over skredbanen.", tekst={"utfordring": ""})

        titler, html = self.sok(client, "kantinemåltid skoleelever")

        assert titler == ["Matpakker for store og små"]
        assert "Ingen har alle ordene. Her er de som ligner mest." in html
        assert self.sok(client, '"kantinemåltid"')[0] == []

    def test_av_dem_som_har_ordet_kommer_det_som_handler_om_det_foerst(self, client):
        om_demens = lag_sokbart(
            "Trygg hverdag", ingress="Sykehjemmet lager hukommelsesbøker for alle med demens.", tekst={"utfordring": ""}
        )
        lag_sokbart("Trygg hverdag", ingress="Regnskapet for demens er ført i Excel.", tekst={"utfordring": ""})

        svar = client.get(reverse("prosjekter:liste"), {"q": "demens"})

        assert [p.pk for p in svar.context["side"]][0] == om_demens.pk
        assert len(svar.context["side"]) == 2

    def test_av_veldig_mange_rangeres_de_naermeste_og_alle_kommer_en_gang(self, monkeypatch):
        monkeypatch.setattr(filtre, "MAKS_RANGERTE", 2)
        om_demens = lag_sokbart("Hukommelsesbok for demens", ingress="Sykehjemmet.", tekst={"utfordring": ""})
        andre = [
            lag_sokbart(f"Regnskap {nr}", ingress="Føring for avdeling demens.", tekst={"utfordring": ""})
            for nr in range(4)
        ]

        liste = filtre.ProsjektFilter(QueryDict("q=demens"), Prosjekt.objects.apne(), bruker=AnonymousUser())
        pks = liste.pks(0, 1) + liste.pks(1, 3) + liste.pks(3, 9)

        assert pks[0] == om_demens.pk
        assert sorted(pks) == sorted(p.pk for p in [om_demens, *andre])

    def test_et_langt_spoersmaal_leses_helt_ut(self, client):
        lag_sokbart("Lange helgevakter", ingress="De ansatte jobber færre helger.", tekst={"utfordring": ""})

        titler, html = self.sok(client, "hva gjør vi når de ansatte klager over for mange helgevakter")

        assert titler == ["Lange helgevakter"]
        assert "Søket er for langt" not in html

    def test_et_feilskrevet_ord_ingen_har_finner_det_som_ligner_paa_det_rettede(self, client):
        lag_sokbart("Matpakker", ingress="Elevene lager frokost før første time.", tekst={"utfordring": ""})

        titler, html = self.sok(client, "skolemåltidd kjøkkenhage")

        assert titler == ["Matpakker"]
        assert "Her er de som ligner mest på <strong>skolemåltid kjøkkenhage</strong>" in html

    def test_at_resten_bare_ligner_blir_sagt_ogsaa_naar_ordene_er_rettet(self, client):
        lag_sokbart("Drosjeordningen", tekst={"utfordring": ""})
        lag_sokbart("Flere drosjer", tekst={"utfordring": ""})
        bygg_ordforrad(["drosjeordningen"])

        titler, html = self.sok(client, "drosjeordninggen")

        assert titler == ["Drosjeordningen", "Flere drosjer"]
        assert "Viser treff for <strong>drosjeordningen</strong>" in html
        assert "Resten er det som ligner mest." in html

    def test_det_som_har_det_tyngste_ordet_er_naermest_selv_om_det_peker_en_annen_vei(self, client):
        lag_sokbart("Kajakk", ingress="Regnskap og faktura for et isanlegg.", tekst={"utfordring": ""})
        for nr in range(9):
            lag_sokbart(f"Skole {nr}", ingress="Elever og lærere.", tekst={"utfordring": ""})

        assert self.sok(client, "hvordan får vi elevene ut i kajakk")[0][0] == "Kajakk"

    def test_det_som_er_trukket_fra_peker_ingen_vei(self, client):
        lag_sokbart("Roboten leser", ingress="Den fører regnskap.", tekst={"utfordring": ""})

        assert self.sok(client, "kantinemåltid skoleelever -programvarerobot -faktura -lønnsutbetaling")[0] == []

    def test_skjulte_prosjekter_ligner_ingenting_for_den_som_ikke_ser_dem(self, client, som):
        lag_sokbart(
            "Matpakker for store og små",
            ingress="Elevene lager frokost før første time.",
            tekst={"utfordring": ""},
            synlighet="sektor",
        )

        assert self.sok(client, "kantinemåltid skoleelever")[0] == []
        assert self.sok(som("fremmed"), "kantinemåltid skoleelever")[0] == ["Matpakker for store og små"]

    def test_et_prosjekt_som_endres_peker_en_annen_vei(self, client, roller):
        prosjekt = lag_sokbart(
            "Matpakker", ingress="Frokost for elever.", tekst={"utfordring": ""}, eier=roller.kommunen
        )
        assert self.sok(client, "kantinemåltid skoleelever")[0] == ["Matpakker"]

        handlinger.lagre_seksjon(
            prosjekt,
            verdier={"tittel": "Pensjonister på besøk", "ingress": "Frivillige drikker kaffe med dem som er alene."},
            versjon=prosjekt.versjon,
            av=roller["eier"],
        )

        assert self.sok(client, "kantinemåltid skoleelever")[0] == []
        assert self.sok(client, "einsame eldre")[0] == ["Pensjonister på besøk"]

    def test_en_kort_ingress_faar_med_begynnelsen_av_teksten(self, client):
        lag_sokbart("Prøveprosjektet", ingress="Slik er det.", tekst={"utfordring": "Elevene lager frokost."})

        assert self.sok(client, "kantinemåltid skoleelever")[0] == ["Prøveprosjektet"]

    def test_det_er_ingenting_naer_et_prosjekt_uten_ord_vi_kjenner(self, client):
        lag_sokbart("Xyzzy", ingress="Plugh.", tekst={"utfordring": ""})

        assert self.sok(client, "kantinemåltid skoleelever")[0] == []
        assert self.sok(client, "xyzzy")[0] == ["Xyzzy"]


@pytest.mark.django_db
def test_indeksen_leser_bare_det_som_er_endret_paa_nytt(django_assert_max_num_queries):
    en, to = lag_sokbart("Matpakker"), lag_sokbart("Droner")
    foer = fasettindeks.naa()
    Prosjekt.objects.filter(pk=en.pk).update(tittel="Tunnel")

    sokeindeks.oppdater([en.pk])
    etter = fasettindeks.naa()

    assert (foer.retninger[foer.plass[en.pk]] != etter.retninger[etter.plass[en.pk]]).any()
    assert (foer.retninger[foer.plass[to.pk]] == etter.retninger[etter.plass[to.pk]]).all()
    Prosjektretning.objects.all().delete()
    innhold.endret("mission")
    assert fasettindeks.naa().retninger is etter.retninger
