"""Saying how a project relates to others, answering, and being asked before sending in."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from partnerskap.sider.mine_data import samle
from prosjekter import krav, likhet
from prosjekter.handlinger import prosjekt as handlinger
from prosjekter.handlinger import samspill as deed
from prosjekter.handlinger.samspill import Valg
from prosjekter.kodeverk import Status, Synlighet
from prosjekter.models import Innholdsmelding, Komplementaritet, Likhet, Prosjekt
from prosjekter.sidedata import samspill as samspilldata
from tests.fabrikker import (
    lag_initiativ,
    lag_mission,
    lag_samspill,
    lag_sokbart,
    lag_utfordring,
)
from tests.rollebesetning import ROLLER
from utboks.models import Epost

pytestmark = pytest.mark.django_db


@pytest.fixture
def vaart(roller):
    return lag_sokbart("Los mot skolefravær", eier=roller.kommunen, ansvarlig=roller["eier"])


@pytest.fixture
def naboen(roller):
    """A project of the stranger's, who looks after it."""
    fremmed = roller["fremmed"]
    return lag_sokbart("Ein los i skulen", eier=fremmed.aktive_medlemskap[0].organisasjon, ansvarlig=fremmed)


def side(prosjekt, klient):
    svar = klient.get(prosjekt.get_absolute_url())
    assert svar.status_code == 200
    return svar.content.decode()


def adresse(prosjekt):
    return reverse("prosjekter:samspill", args=[prosjekt.slug])


def felt(**treff):
    """What the page posts: {key: (type, reason, version)}."""
    data = {"treff": [n.replace("_", "-") for n in treff]}
    for n, (type_, begrunnelse, versjon) in treff.items():
        nokkel = n.replace("_", "-")
        data |= {f"{nokkel}-type": type_, f"{nokkel}-begrunnelse": begrunnelse, f"{nokkel}-versjon": versjon}
    return data


def til(prosjekt):
    return Epost.objects.filter(til=prosjekt.ansvarlig.email)


class TestAaSiDet:
    def test_det_vises_paa_begge_sider_og_de_andre_faar_vite_det(self, som, vaart, naboen):
        svar = som("eier").post(
            adresse(vaart), felt(**{f"prosjekt_{naboen.pk}": ("bygger_pa", "Vi tok modellen deres.", "")})
        )

        assert svar.status_code == 302
        assert "Bygger videre på" in side(vaart, som("anonym"))
        hos_dem = side(naboen, som("anonym"))
        assert "Bygger videre på dette:" in hos_dem
        assert "Los mot skolefravær" in hos_dem
        assert "Vi tok modellen deres." in hos_dem
        (epost,) = til(naboen)
        assert epost.emne == "«Los mot skolefravær» bygger på prosjektet deres"

    @pytest.mark.parametrize(
        ("slag", "lag"), [("utfordring", lag_utfordring), ("mission", lag_mission), ("initiativ", lag_initiativ)]
    )
    def test_ogsaa_om_utfordringer_missions_og_initiativer(self, som, vaart, slag, lag):
        ting = lag()

        som("eier").post(adresse(vaart), felt(**{f"{slag}_{ting.pk}": ("utfyller", "", "")}))

        assert Komplementaritet.objects.get().maal == ting
        assert "Utfyller dette:" in side(ting, som("anonym"))
        assert "Los mot skolefravær" in side(ting, som("anonym"))
        assert str(ting) in side(vaart, som("anonym"))

    def test_to_klikk_sier_det_en_gang(self, som, vaart, naboen):
        data = felt(**{f"prosjekt_{naboen.pk}": ("utfyller", "", "")})

        for _klikk in range(2):
            assert som("eier").post(adresse(vaart), data).status_code == 302

        assert Komplementaritet.objects.count() == til(naboen).count() == 1
        assert Komplementaritet.objects.get().historikk.count() == 1

    def test_overlapp_uten_grunn_kommer_tilbake_utfylt(self, som, vaart, naboen):
        svar = som("eier").post(adresse(vaart), felt(**{f"prosjekt_{naboen.pk}": ("overlapper", " ", "")}))

        html = svar.content.decode()
        assert svar.status_code == 200
        assert "Skriv hvorfor det trengs to" in html
        assert 'value="overlapper"' in html
        assert "checked" in html
        assert not Komplementaritet.objects.exists()

    def test_ikke_relevant_ser_bare_forfatteren_og_hun_spoerres_ikke_igjen(self, som, vaart, naboen):
        som("eier").post(adresse(vaart), felt(**{f"prosjekt_{naboen.pk}": ("ikke_relevant", "", "")}))

        vaart.refresh_from_db()
        assert vaart.antall_samspill == 0
        assert "Ein los" not in side(vaart, som("eier")).split("Lignende prosjekter")[0]
        assert "Los mot" not in side(naboen, som("fremmed")).split("Lignende prosjekter")[0]
        assert not til(naboen)
        assert "Dette har dere svart på" in som("kollega").get(adresse(vaart)).content.decode()

    def test_ett_klikk_setter_resten_til_ikke_relevant(self, som, vaart, naboen):
        annet = lag_sokbart()
        data = felt(**{f"prosjekt_{naboen.pk}": ("utfyller", "", ""), f"prosjekt_{annet.pk}": ("", "", "")})

        som("eier").post(adresse(vaart), {**data, "resten": "1"})

        assert dict(Komplementaritet.objects.values_list("til_prosjekt", "type")) == {
            naboen.pk: "utfyller", annet.pk: "ikke_relevant",
        }  # fmt: skip

    def test_svaret_kan_tas_bort(self, som, vaart, naboen):
        rad = lag_samspill(vaart, naboen)

        som("eier").post(adresse(vaart), felt(**{f"prosjekt_{naboen.pk}": ("", "", rad.versjon)}))

        assert not Komplementaritet.objects.exists()
        naboen.refresh_from_db()
        assert naboen.antall_samspill == 0
        assert rad.historikk.count() == 2

    def test_to_kolleger_samtidig_mister_ingen_tekst(self, som, vaart, naboen):
        rad = lag_samspill(vaart, naboen, type="overlapper", begrunnelse="Ulik aldersgruppe.")
        data = felt(**{f"prosjekt_{naboen.pk}": ("utfyller", "Vi tar kveldene.", "0")})

        svar = som("kollega").post(adresse(vaart), data)

        html = svar.content.decode()
        assert svar.status_code == 409
        assert "En kollega har imens svart «overlapper»." in html
        assert "Ulik aldersgruppe." in html
        assert "Vi tar kveldene." in html
        data[f"prosjekt-{naboen.pk}-versjon"] = rad.versjon
        assert som("kollega").post(adresse(vaart), data).status_code == 302
        assert Komplementaritet.objects.get().type == "utfyller"

    def test_noe_hun_kjenner_til_legges_til_fra_adressen(self, som, vaart):
        annet = lag_sokbart("Geiter mot gjengroing")

        html = som("eier").post(adresse(vaart), {"legg_til": "1", "adresse": f"https://portal.example{annet.get_absolute_url()}"}).content.decode()  # fmt: skip

        assert f'value="prosjekt-{annet.pk}"' in html
        assert not Komplementaritet.objects.exists()

    @pytest.mark.parametrize(
        "tull", ["", "x", "http://[", "/prosjekter/finnes-ikke/", "/min-side/", "😀" * 400, "//\\"]
    )
    def test_en_adresse_som_ikke_er_noe_gir_beskjed(self, som, vaart, tull):
        svar = som("eier").post(adresse(vaart), {"legg_til": "1", "adresse": tull})

        assert svar.status_code == 200
        assert "Vi finner ikke noe der" in svar.content.decode()

    def test_tull_i_skjemaet(self, som, vaart, naboen):
        tull = {
            "treff": ["prosjekt-99999999999", "x", f"prosjekt-{naboen.pk}", f"prosjekt-{vaart.pk}", "mission-0"] * 30
        }
        n = f"prosjekt-{naboen.pk}"

        for verdi in ("😀" * 5000, "finnes_ikke", "-1", "١٢"):
            svar = som("eier").post(
                adresse(vaart), {**tull, f"{n}-type": verdi, f"{n}-begrunnelse": verdi, f"{n}-versjon": verdi}
            )
            assert svar.status_code == 200

        assert not Komplementaritet.objects.exists()


class TestHvemKan:
    def test_siden(self, som, vaart):
        svar = {rolle: som(rolle).get(adresse(vaart)).status_code for rolle in ROLLER}

        assert svar.pop("anonym") == 302
        assert {r for r, status in svar.items() if status == 200} == {"eier", "kollega", "ansvarlig"}
        assert set(svar.values()) == {200, 403}

    def test_en_kladd_finnes_ikke_for_fremmede(self, som, roller):
        kladd = lag_sokbart(eier=roller.kommunen, status=Status.KLADD)

        assert som("fremmed").get(adresse(kladd)).status_code == 404
        assert som("fremmed").post(adresse(kladd), {}).status_code == 404

    def test_det_skjulte_kan_ikke_nevnes(self, som, roller, vaart):
        skjult = lag_sokbart("Hemmelig los", status=Status.KLADD)

        svar = som("eier").post(adresse(vaart), felt(**{f"prosjekt_{skjult.pk}": ("utfyller", "", "")}))

        assert "Hemmelig" not in som("eier").get(svar["Location"]).content.decode()
        assert not Komplementaritet.objects.exists()
        with pytest.raises(PermissionDenied):
            deed.lagre(vaart, valg=[Valg(skjult, "utfyller")], av=roller["eier"])

    def test_bare_egne_prosjekter(self, roller, vaart, naboen):
        with pytest.raises(PermissionDenied):
            deed.lagre(vaart, valg=[Valg(naboen, "utfyller")], av=roller["fremmed"])


class TestLekker:
    """A draft's words about its neighbours are its own until it is published."""

    def test_naboen_faar_ikke_vite_om_kladden_foer_den_er_publisert(self, som, roller, naboen):
        kladd = lag_sokbart("Hemmelig los", eier=roller.kommunen, status=Status.INNSENDT, ansvarlig=roller["eier"])

        deed.lagre(kladd, valg=[Valg(naboen, "utfyller")], av=roller["eier"])

        assert "Hemmelig" not in side(naboen, som("fremmed"))
        assert "Hemmelig" not in side(naboen, som("anonym"))
        assert "Slik henger" not in side(naboen, som("anonym"))
        assert "Hemmelig" not in som("fremmed").get("/min-side/").content.decode()
        assert not til(naboen)

        handlinger.publiser(kladd, av=roller["moderator"])

        assert "Hemmelig" in side(naboen, som("anonym"))
        assert til(naboen).count() == 1

    def test_den_som_ikke_kan_se_prosjektet_faar_ikke_epost(self, roller, vaart):
        partnerens = lag_sokbart(eier=roller.partneren, ansvarlig=roller["partner"])
        Prosjekt.objects.filter(pk=vaart.pk).update(synlighet=Synlighet.SEKTOR)
        vaart.refresh_from_db()

        deed.lagre(vaart, valg=[Valg(partnerens, "overlapper", "Begge trengs.")], av=roller["eier"])

        assert not Epost.objects.exists()

    def test_sektorprosjektet_i_den_andre_enden_nevnes_ikke(self, som, vaart):
        skjult = lag_sokbart("Los for sektoren", synlighet=Synlighet.SEKTOR)
        lag_samspill(vaart, skjult)
        lag_samspill(vaart, lag_mission("Hemmelig mission", er_publisert=False))

        for rolle in ("anonym", "partner"):
            assert "Los for sektoren" not in side(vaart, som(rolle))
            assert "Slik henger" not in side(vaart, som(rolle))
        assert "Los for sektoren" in side(vaart, som("fremmed"))
        assert "Hemmelig mission" not in side(vaart, som("fremmed"))

    def test_historikken_nevner_ikke_den_andre_enden(self, som, roller, vaart, naboen):
        deed.lagre(
            vaart, valg=[Valg(naboen, "utfyller"), Valg(lag_sokbart("Geiter"), "ikke_relevant")], av=roller["eier"]
        )

        html = som("folgeforsker").get(reverse("prosjekter:historikk", args=[vaart.slug])).content.decode()

        assert "Utfyller" in html
        assert "Ein los" not in html
        assert "Ikke relevant" not in html


class TestSvar:
    @pytest.fixture
    def rad(self, vaart, naboen):
        return lag_samspill(vaart, naboen, type="overlapper", begrunnelse="Vi har en annen aldersgruppe.")

    def svar(self, klient, rad, **felt):
        return klient.post(rad.get_absolute_url(), {"svar": "enig", "kommentar": "", "versjon": rad.versjon, **felt})

    def test_begge_syn_staar_ved_siden_av_hverandre(self, som, rad):
        som_fremmed = som("fremmed")
        assert "Ser dere det likt?" in som_fremmed.get("/min-side/").content.decode()

        self.svar(som_fremmed, rad, svar="annerledes", kommentar="Vi når de samme.")

        for prosjekt in (rad.fra, rad.til_prosjekt):
            html = side(prosjekt, som("anonym"))
            assert "ser det annerledes." in html
            assert "Vi når de samme." in html
        assert til(rad.fra).get().emne == "De ser det annerledes: «Ein los i skulen»"
        assert "Ser dere det likt?" not in som_fremmed.get("/min-side/").content.decode()

    def test_annerledes_maa_sies_hvordan(self, som, rad):
        svar = self.svar(som("fremmed"), rad, svar="annerledes")

        assert "Skriv hvordan dere ser det" in svar.content.decode()
        rad.refresh_from_db()
        assert rad.svar == ""

    def test_bare_de_andre_svarer(self, som, rad):
        status = {
            rolle: self.svar(som(rolle), rad).status_code for rolle in ROLLER if rolle not in ("anonym", "fremmed")
        }

        assert set(status.values()) == {403}
        assert self.svar(som("fremmed"), rad).status_code == 302

    def test_fra_en_kladd_er_det_ingenting_aa_svare_paa(self, som, roller, naboen):
        rad = lag_samspill(lag_sokbart(eier=roller.kommunen, status=Status.KLADD), naboen)

        assert som("fremmed").get(rad.get_absolute_url()).status_code == 404

    def test_ikke_relevant_har_ingen_side(self, som, vaart, naboen):
        rad = lag_samspill(vaart, naboen, type="ikke_relevant")

        assert {som(r).get(rad.get_absolute_url()).status_code for r in ROLLER if r != "anonym"} == {404}

    def test_er_det_endret_imens_maa_de_lese_foerst(self, som, roller, rad):
        deed.lagre(rad.fra, valg=[Valg(rad.til_prosjekt, "erstatter", "", rad.versjon)], av=roller["eier"])

        svar = self.svar(som("fremmed"), rad, kommentar="Helt enig.")

        assert svar.status_code == 409
        assert "De har endret det de skrev" in svar.content.decode()
        assert "Helt enig." in svar.content.decode()

    def test_sier_de_noe_annet_gjelder_ikke_svaret_lenger(self, som, roller, rad):
        self.svar(som("fremmed"), rad)
        rad.refresh_from_db()

        deed.lagre(rad.fra, valg=[Valg(rad.til_prosjekt, "bygger_pa", "", rad.versjon)], av=roller["eier"])

        rad.refresh_from_db()
        assert (rad.type, rad.svar, rad.svart_tid) == ("bygger_pa", "", None)

    def test_samarbeid_er_gjensidig_bare_naar_begge_sier_det(self, som, vaart, naboen):
        rad = lag_samspill(vaart, naboen, type="samarbeider")
        assert "Sier at de samarbeider med" in side(vaart, som("anonym"))
        assert "Sier at de samarbeider om dette:" in side(naboen, som("anonym"))

        self.svar(som("fremmed"), rad)

        for prosjekt in (vaart, naboen):
            assert "Samarbeider med" in side(prosjekt, som("anonym"))
            assert "Sier at" not in side(prosjekt, som("anonym"))

    def test_sier_begge_det_selv_staar_det_en_gang(self, roller, vaart, naboen):
        lag_samspill(vaart, naboen, type="samarbeider")
        lag_samspill(naboen, vaart, type="samarbeider")
        vaart.refresh_from_db()

        (linje,) = samspilldata.for_prosjektside(vaart, roller["anonym"])

        assert (linje.setning, linje.ting) == ("Samarbeider med", naboen)


class TestKS:
    def test_meldt_til_ks_tatt_ned_og_vist_igjen(self, som, vaart, naboen):
        rad = lag_samspill(vaart, naboen, begrunnelse="Noe sårende.")
        meld = reverse("prosjekter:meld_samspill", args=[vaart.slug, rad.pk])

        som("fremmed").post(meld, {"grunn": "stemmer_ikke", "tekst": "Ikke sant."})

        assert Innholdsmelding.objects.get().innhold == "Noe sårende."
        ks = som("moderator")
        assert "Noe sårende." in ks.get(reverse("prosjekter:innholdsmeldinger")).content.decode()
        ta_ned = reverse("prosjekter:ta_ned_samspill", args=[vaart.slug, rad.pk])
        assert som("eier").post(ta_ned, {"begrunnelse": "Nei"}).status_code == 403
        ks.post(ta_ned, {"grunn": "personopplysninger", "begrunnelse": "Det stemmer ikke."})
        assert "Noe sårende." not in side(naboen, som("anonym"))
        assert til(vaart).get().emne == "Tatt ned: hva dere sa om «Ein los i skulen»"
        ks.post(reverse("prosjekter:legg_tilbake_samspill", args=[vaart.slug, rad.pk]))
        assert "Noe sårende." in side(naboen, som("anonym"))

    def test_kuratorer_ser_overlapp_i_portefoljen_og_ingen_andre(self, som, vaart, naboen):
        mission = lag_mission("Ingen unge på vent")
        vaart.missiontilknytninger.create(mission=mission, svar="godtatt")
        lag_samspill(vaart, naboen, type="overlapper", begrunnelse="Ulik aldersgruppe.")
        lag_samspill(naboen, lag_sokbart(), type="overlapper", begrunnelse="Utenfor porteføljen.")

        html = side(mission, som("missionkurator"))

        assert "Overlapp i porteføljen" in html
        assert "Ulik aldersgruppe." in html
        assert "Utenfor porteføljen." not in html
        assert "Overlapp i porteføljen" not in side(mission, som("moderator"))

    def test_det_er_med_i_ens_egne_data(self, roller, vaart, naboen):
        deed.lagre(vaart, valg=[Valg(naboen, "utfyller", "Sammen blir det helt.")], av=roller["eier"])

        assert samle(roller["eier"])["har_sagt_om_samspill"][0]["skrev"] == "Sammen blir det helt."


class TestFoerInnsending:
    @pytest.fixture
    def kladd(self, roller):
        return lag_sokbart("Los mot skolefravær", eier=roller.kommunen, status=Status.KLADD, ansvarlig=roller["eier"])

    def likt(self, kladd, annet, poeng=0.6):
        grunn = {"ord": ["los"], "koder": [], "hovedprosjekt": False, "mission": False}
        Likhet.objects.create(prosjekt=kladd, annet=annet, poeng=poeng, grunn=grunn)

    def test_det_som_ligner_mye_maa_besvares_en_gang(self, som, roller, kladd, naboen):
        self.likt(kladd, naboen)
        send_inn = reverse("prosjekter:send_inn", args=[kladd.slug])

        with pytest.raises(handlinger.Mangler) as mangler:
            handlinger.send_inn(kladd, av=roller["eier"])
        html = som("eier").post(send_inn).content.decode()

        assert mangler.value.sporsmal == [krav.SAMSPILL]
        assert "Først: hvordan henger det sammen med dette?" in html
        assert "Ein los i skulen" in html
        svar = som("eier").post(
            adresse(kladd), {"treff": [f"prosjekt-{naboen.pk}"], "resten": "1", "neste": "send_inn"}
        )
        assert svar["Location"] == send_inn
        self.likt(kladd, lag_sokbart())  # found later: nobody is asked twice
        assert som("eier").post(send_inn).status_code == 302
        kladd.refresh_from_db()
        assert kladd.status == Status.INNSENDT

    @pytest.mark.parametrize("felt", [{"synlighet": Synlighet.SEKTOR}, {"status": Status.KLADD}])
    def test_det_ikke_alle_ser_spoerres_det_ikke_om(self, kladd, felt):
        self.likt(kladd, lag_sokbart(**felt))

        assert krav.klart_til_innsending(kladd) == []

    def test_det_som_ligner_litt_stopper_ingen(self, som, kladd, naboen):
        self.likt(kladd, naboen, poeng=likhet.STERK - 0.01)

        assert krav.klart_til_innsending(kladd) == []
        assert som("eier").get(reverse("prosjekter:send_inn", args=[kladd.slug])).status_code == 200

    def test_ks_svarer_ikke_for_eieren(self, roller, naboen):
        innsendt = lag_sokbart(eier=roller.kommunen, status=Status.INNSENDT)
        self.likt(innsendt, naboen)

        assert handlinger.publiser(innsendt, av=roller["moderator"])


@pytest.mark.parametrize("antall", [0, 1, 3])
def test_prosjektsiden_spoer_like_mye(client, roller, vaart, django_assert_num_queries, antall):
    """One query more than without, whatever the number."""
    for _nr in range(antall):
        lag_samspill(vaart, lag_sokbart())
        lag_samspill(vaart, lag_utfordring())
        lag_samspill(lag_sokbart(), vaart)
    vaart.refresh_from_db()

    with django_assert_num_queries(1 if antall else 0):
        linjer = samspilldata.for_prosjektside(vaart, roller["anonym"])
    with django_assert_num_queries(0):
        assert (
            len([(str(linje.ting), str(linje.eier), linje.svar, linje.ting.get_absolute_url()) for linje in linjer])
            == 3 * antall
        )


@pytest.mark.parametrize("antall", [1, 3])
def test_samspillsiden_spoer_like_mye(som, roller, vaart, django_assert_num_queries, antall):
    for _nr in range(antall):
        lag_samspill(vaart, lag_sokbart())
        lag_samspill(vaart, lag_utfordring())
        lag_samspill(vaart, lag_mission())
        lag_samspill(vaart, lag_initiativ())
    klient = som("eier")
    klient.get(adresse(vaart))

    with django_assert_num_queries(23):
        klient.get(adresse(vaart))
