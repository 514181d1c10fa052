"""The check while one writes: what it finds and why, and that it tells nobody about what she may not see."""

import pytest
from django.urls import reverse

from prosjekter import likhet, samspill
from prosjekter.kodeverk import Status, Synlighet
from prosjekter.models import Prosjekt
from tests.fabrikker import (
    lag_bruker,
    lag_initiativ,
    lag_kommune,
    lag_mission,
    lag_organisasjon,
    lag_sokbart,
    lag_utfordring,
)
from tests.rollebesetning import ROLLER

pytestmark = pytest.mark.django_db
LIGNER = "/prosjekter/ny/ligner/"
NY = "/prosjekter/ny/"
LOS = {"tittel": "Los mot skolefravær", "utfordring": "Skolefraværet øker, og ingen los følger opp."}


def los(tittel="Ein los i skulen", **felt):
    felt.setdefault("ingress", "En los følger ungdommen når skolefraværet øker.")
    return lag_sokbart(tittel, **felt)


def finn(roller, rolle="eier", **felt):
    return samspill.finn(samspill.Skrevet(**{**LOS, "eier": roller.kommunen, **felt}), roller[rolle])


def html(som, rolle="eier", **felt):
    svar = som(rolle).post(LIGNER, {**LOS, **felt})
    assert svar.status_code == 200
    return svar.content.decode()


class TestHvaDenFinner:
    def test_prosjekter_med_grunnen_i_ord(self, roller):
        annet = los()
        lag_sokbart("Geiter mot gjengroing", ingress="Geitene beiter ned krattet.")
        likhet.bygg()

        (treff,) = finn(roller).treff

        assert (treff.slag, treff.ting) == ("prosjekt", annet)
        assert treff.hvorfor == "Begge handler om los, skulen og skolefravær."

    def test_utfordringer_missions_og_initiativer(self, roller):
        utfordring = lag_utfordring("Skolefravær vi ikke rår med", beskrivelse="Ingen los når skolefraværet øker.")
        mission = lag_mission("Ingen skolefravær uten los")
        initiativ = lag_initiativ("Losordningen mot skolefravær", beskrivelse="Støtte til los mot skolefravær.")
        lag_utfordring("Vikarer i helgene", beskrivelse="Ingen vil jobbe.")
        lag_initiativ("Gatelys", beskrivelse="Støtte til lys i gatene.")

        funn = finn(roller)

        assert [(t.slag, t.ting) for t in funn.treff] == [
            ("utfordring", utfordring), ("mission", mission), ("initiativ", initiativ),
        ]  # fmt: skip
        assert all("skolefravær" in t.hvorfor for t in funn.treff)

    def test_missionen_det_er_foreslaatt_til_er_ingen_nyhet(self, roller):
        mission = lag_mission("Ingen skolefravær uten los")

        assert finn(roller, missions=frozenset({mission.pk})).treff == []

    def test_samme_fylke_sies(self, roller):
        roller.kommunen.kommune = lag_kommune("Halden")
        los(eier=lag_organisasjon("Sarpsborg kommune", kommune=lag_kommune("Sarpsborg")))
        likhet.bygg()

        assert finn(roller).treff[0].hvorfor.endswith("Samme fylke.")

    def test_et_lagret_prosjekt_ligner_ikke_paa_seg_selv(self, roller):
        prosjekt = los(eier=roller.kommunen, tittel="Los mot skolefravær")
        annet = los()
        likhet.bygg()

        treff = samspill.finn(samspill.fra_prosjekt(prosjekt), roller["eier"]).treff

        assert [t.ting for t in treff] == [annet]
        assert "Samme tjenesteområde." in treff[0].hvorfor


class TestDuplikat:
    @pytest.mark.parametrize("status", [Status.KLADD, Status.PUBLISERT])
    def test_i_samme_organisasjon_er_det_kanskje_det_samme(self, roller, status):
        eget = los("Los mot skolefravær", eier=roller.kommunen, status=status)
        likhet.bygg()

        assert finn(roller).duplikat.ting == eget

    def test_samme_tittel_holder(self, roller):
        eget = lag_sokbart("Prosjekt A", eier=roller.kommunen, status=Status.KLADD)

        funn = finn(roller, tittel="prosjekt a", utfordring="Noe helt annet.")

        assert funn.duplikat.ting == eget

    def test_i_en_annen_organisasjon_er_det_en_nabo(self, roller):
        los("Los mot skolefravær")
        likhet.bygg()

        assert finn(roller).treff
        assert finn(roller).duplikat is None

    def test_det_spoerres_foer_kladden_lages_og_svaret_gjelder(self, som, roller):
        eget = los("Los mot skolefravær", eier=roller.kommunen, status=Status.KLADD)
        felt = {**LOS, "eier": roller.kommunen.pk, "nokkel": "6b0f3c1e-6f34-4f0f-8df0-2a0d6d3f8a11"}
        klient = som("eier")

        spurt = klient.post(NY, felt)

        side = spurt.content.decode()
        assert spurt.status_code == 200
        assert f"Dere har alt «{eget.tittel}» fra {eget.opprettet_tid:%Y}. Er dette det samme?" in side
        assert LOS["utfordring"] in side
        assert Prosjekt.objects.count() == 1
        assert klient.post(NY, {**felt, "likevel": "1"}).status_code == 302
        assert klient.post(NY, {**felt, "likevel": "1"}).status_code == 302
        assert Prosjekt.objects.count() == 2


class TestUtenSkript:
    def test_knappen_viser_det_som_ligner_og_lager_ingenting(self, som, roller):
        los()
        likhet.bygg()

        side = som("eier").post(NY, {**LOS, "eier": roller.kommunen.pk, "ligner": "1"}).content.decode()

        assert "Ein los i skulen" in side
        assert LOS["tittel"] in side
        assert "Rett opp" not in side
        assert Prosjekt.objects.count() == 1

    def test_er_det_ingenting_sies_det(self, som, roller):
        side = som("eier").post(NY, {"tittel": "", "utfordring": "", "ligner": "1"}).content.decode()

        assert "Ingenting ligner på det du skriver." in side


class TestLekker:
    """Hidden things that would have been the nearest of all."""

    def test_kladder_og_sektorprosjekter_er_borte_for_fremmede(self, som, roller):
        los("Los i kladd", status=Status.KLADD)
        los("Los innsendt", status=Status.INNSENDT)
        los("Los for sektoren", synlighet=Synlighet.SEKTOR)
        los("Los for deltakerne", synlighet=Synlighet.PROSJEKT)
        lag_utfordring("Los mot skolefravær i kladd", status="kladd")
        lag_mission("Los mot skolefravær snart", er_publisert=False)
        lag_initiativ("Los mot skolefravær avsluttet", aktiv=False)
        likhet.bygg()

        assert html(som, "partner").count("<li>") == 0
        assert "Los for sektoren" in html(som, "fremmed")
        assert html(som, "fremmed").count("<li>") == 1

    def test_det_skjulte_tar_ikke_plassen_til_det_synlige(self, roller):
        for nr in range(8):
            los(f"Los mot skolefravær {nr}", synlighet=Synlighet.SEKTOR)
        synlig = los()
        likhet.bygg()

        assert [t.ting for t in finn(roller, "partner", eier=roller.partneren).treff] == [synlig]

    def test_egen_organisasjons_kladd_er_ens_egen(self, som, roller):
        los("Los i kladd", eier=roller.kommunen, status=Status.KLADD)

        assert "Los i kladd" in html(som, "kollega")
        assert "Los i kladd" not in html(som, "fremmed", eier=roller.kommunen.pk)
        assert "Los i kladd" not in html(som, "moderator")

    def test_et_annet_prosjekt_kan_ikke_sjekkes(self, som, roller):
        skjult = los("Los i kladd", status=Status.KLADD)
        apent = los()

        assert som("eier").post(LIGNER, {**LOS, "prosjekt": skjult.slug}).status_code == 404
        assert som("eier").post(LIGNER, {**LOS, "prosjekt": apent.slug}).status_code == 403


class TestAdressen:
    def test_rollene(self, som):
        svar = {rolle: som(rolle).post(LIGNER, LOS).status_code for rolle in ROLLER}

        assert (svar.pop("anonym"), svar.pop("folgeforsker")) == (302, 403)
        assert set(svar.values()) == {200}
        assert som("eier").get(LIGNER).status_code == 405

    def test_uten_organisasjon(self, client):
        client.force_login(lag_bruker("Enslig Prøve"))

        assert client.post(LIGNER, LOS).status_code == 403

    @pytest.mark.parametrize(
        "tull",
        ["x" * 10_000, "😀" * 2_500, "' OR 1=1 -- ; & | ! <-> :* (" * 300, "a-" * 5_000, "ord " * 2_500, "\u202e٣²", "ÅÅ" * 40, "a\x00b"],
    )  # fmt: skip
    def test_tull_gir_et_rolig_svar(self, som, tull):
        lag_utfordring("Skolefravær")

        klient = som("eier")

        assert klient.post(LIGNER, dict.fromkeys(("tittel", "utfordring", "eier", "mission"), tull)).status_code == 200
        assert klient.post(LIGNER, {**LOS, "prosjekt": tull}).status_code == 404
        assert klient.post(NY, {**dict.fromkeys(LOS, tull), "ligner": "1"}).status_code == 200

    def test_for_mye_og_for_ofte_sier_stopp(self, som, settings):
        settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "ligner": "2/m/user"}
        klient = som("eier")

        assert klient.post(LIGNER, {**LOS, "utfordring": "x" * 120_000}).status_code == 413
        assert [klient.post(LIGNER, LOS).status_code for _gang in range(3)] == [200, 200, 429]

    @pytest.mark.parametrize("antall", [1, 3])
    def test_antall_spoerringer(self, roller, django_assert_num_queries, antall):
        for nr in range(antall):
            los(f"Los {nr}")
            los(f"Los hjemme {nr}", eier=roller.kommunen, status=Status.KLADD)
            lag_utfordring(f"Skolefravær {nr}", beskrivelse="Los mot skolefravær.")
            lag_mission(f"Los mot skolefravær {nr}")
            lag_initiativ(f"Los mot skolefravær {nr}")
        likhet.bygg()
        roller["eier"].aktive_medlemskap  # noqa: B018

        with django_assert_num_queries(16):
            funn = finn(roller)
        with django_assert_num_queries(0):
            assert len([t.hvorfor for t in funn.treff]) >= 4
            assert all(str(t.ting.eier) for t in funn.treff if t.slag != "mission")


def test_skjemaet_har_det_som_skal_til(som, roller):
    side = som("eier").get(NY).content.decode()

    assert f'data-ligner="{reverse("prosjekter:ligner")}"' in side
    assert 'name="ligner"' in side


def test_i_et_lagret_prosjekt_staar_det_under_utfordringen(som, roller):
    kladd = los(eier=roller.kommunen, status=Status.KLADD)

    side = som("eier").get(reverse("prosjekter:rediger_seksjon", args=[kladd.slug, "kort"])).content.decode()

    assert f'data-prosjekt="{kladd.slug}"' in side
    assert side.index("Hva er utfordringen?") < side.index("data-ligner=") < side.index("Hvilke andre ord")
