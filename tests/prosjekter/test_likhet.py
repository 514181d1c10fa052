"""Similar projects: found by what they are about, across the written forms, and shown only to those who may see them."""

import pytest

from kommuner.kodeverk import Sprakvedtak
from missions.models import Hovedprosjekt
from prosjekter import likhet
from prosjekter.handlinger import prosjekt as handlinger
from prosjekter.kodeverk import Kodeliste, Malgruppe, Partnerrolle, Status, Synlighet, Tjenesteomrade, Utfall
from prosjekter.lignende import lignende
from prosjekter.models import Deltakelse, Kjennetegn, Likhet, Missiontilknytning
from tests.fabrikker import lag_kommune, lag_mission, lag_organisasjon, lag_sokbart
from tests.rollebesetning import ROLLER

pytestmark = pytest.mark.django_db
LOS = "Los mot skolefravær"
SKOLE = [(Kodeliste.TJENESTEOMRADE, Tjenesteomrade.OPPVEKST), (Kodeliste.MALGRUPPE, Malgruppe.UNGDOM)]
KLIMA = [(Kodeliste.TJENESTEOMRADE, Tjenesteomrade.KLIMA)]


def los(tittel=LOS, **felt):
    felt.setdefault("ingress", "En los følger ungdommen når skolefraværet øker.")
    return lag_sokbart(tittel, koder=SKOLE, **felt)


def hageflekk():
    return lag_sokbart("Geiter mot gjengroing", ingress="Geitene beiter ned krattet.", koder=KLIMA)


def titler(prosjekt, bruker):
    return [nabo.prosjekt.tittel for nabo in lignende(prosjekt, bruker)]


@pytest.fixture
def anonym(roller):
    return roller["anonym"]


class TestHvemSomLigner:
    def test_grunnen_sies_med_vanlige_ord(self, anonym):
        forst, annet = los(), los("Ein los i skulen")
        hageflekk()
        likhet.bygg()

        (nabo,) = lignende(forst, anonym)

        assert nabo.prosjekt == annet
        assert nabo.hvorfor == "Begge handler om los, skulen og skolefravær. Samme tjenesteområde og målgruppe."

    def test_nynorsk_finner_sin_tvilling_paa_bokmaal(self, anonym):
        nynorsk = lag_sokbart(
            "Sjukefråvær i heimetenesta", ingress="Dei tilsette i heimetenesta er mykje sjuke.", malform="nn"
        )
        lag_sokbart("Sykefravær i hjemmetjenesten", ingress="De ansatte i hjemmetjenesten er mye syke.", koder=KLIMA)
        hageflekk()
        likhet.bygg()

        (nabo,) = lignende(nynorsk, anonym)

        assert nabo.prosjekt.tittel == "Sykefravær i hjemmetjenesten"
        assert nabo.hvorfor == "Begge handler om sjukefråvær og heimetenesta."

    def test_navn_paa_folk_og_steder_gjoer_ingen_like(self, anonym):
        forst = lag_sokbart("Robot i fjøset", ingress="Her i Bodø bor Kari som eier fjøset.", koder=KLIMA)
        lag_sokbart("Badekåpe i svømmehallen", ingress="Vi i Bodø spurte Kari om svømmehallen.")
        likhet.bygg()

        assert titler(forst, anonym) == []
        assert not Kjennetegn.objects.filter(ord__in=["bodø", "kari"]).exists()

    def test_det_som_bare_nevnes_i_forbifarten_teller_ikke(self, anonym):
        forst = lag_sokbart(
            "Elsykkel til alle", ingress="Vi lånte ut elsykler.", tekst={"utfordring": "Dyr parkering."}
        )
        lag_sokbart("Talegjenkjenning i journalen", ingress="Legen leser inn.", tekst={"utfordring": "Lite parkering."})
        likhet.bygg()

        assert titler(forst, anonym) == []

    def test_emneord_teller_som_tittelen(self, anonym):
        forst = lag_sokbart("Onsdager på huset", emneord="ensomhet; eldre", koder=KLIMA)
        lag_sokbart("Besøk med hund", emneord="dyr; ensomhet")
        likhet.bygg()

        assert [nabo.hvorfor for nabo in lignende(forst, anonym)] == ["Begge handler om ensomhet."]

    def test_samme_hovedprosjekt_er_nok(self, anonym):
        hoved = Hovedprosjekt.objects.create(tittel="Skole for alle", slug="skole-for-alle")
        forst, _annet = los(hovedprosjekt=hoved), lag_sokbart("Geiter", hovedprosjekt=hoved, koder=KLIMA)
        likhet.bygg()

        assert [nabo.hvorfor for nabo in lignende(forst, anonym)] == ["Samme hovedprosjekt."]

    def test_samme_mission_tjenesteomraade_og_maalgruppe_fyller_opp(self, anonym):
        mission = lag_mission()
        forst, annet = los(), lag_sokbart("Frokost for alle", ingress="Gratis grøt.", koder=SKOLE)
        for prosjekt in (forst, annet, lag_sokbart("Geiter", koder=KLIMA)):
            Missiontilknytning.objects.create(prosjekt=prosjekt, mission=mission, svar="godtatt")
        likhet.bygg()

        assert titler(forst, anonym) == ["Frokost for alle"]

    def test_skjult_mission_roeper_ikke_at_den_finnes(self, anonym):
        mission = lag_mission(er_publisert=False)
        forst, annet = los(), los("Los i klasserommet")
        for prosjekt in (forst, annet):
            Missiontilknytning.objects.create(prosjekt=prosjekt, mission=mission, svar="godtatt")
        likhet.bygg()

        (nabo,) = lignende(forst, anonym)
        assert "mission" not in nabo.hvorfor

    def test_det_som_ikke_virket_faar_en_plass(self, client, anonym):
        forst = los()
        for nummer in range(6):
            los(f"Los mot skolefravær {nummer}")
        los("Los som ga opp", ingress="Vi prøvde en los.", utfall=Utfall.VIRKET_IKKE)
        likhet.bygg()

        assert titler(forst, anonym)[3] == "Los som ga opp"
        assert len(titler(forst, anonym)) == 4
        svar = client.get(forst.get_absolute_url()).content.decode()
        assert "Ett av dem kom ikke i mål. Les hvorfor før dere begynner." in svar

    def test_uten_lignende_er_det_ingen_overskrift(self, client):
        forst = hageflekk()
        likhet.bygg()

        assert "Lignende prosjekter" not in client.get(forst.get_absolute_url()).content.decode()


class TestHvemSomSerDem:
    @pytest.mark.parametrize("rolle", ROLLER)
    def test_hver_leser_ser_bare_det_hun_har_lov_til(self, roller, som, rolle):
        forst = los("Forst", eier=roller.kommunen)
        los("Aapent")
        los("For sektoren", synlighet=Synlighet.SEKTOR)
        los("For deltakerne", synlighet=Synlighet.PROSJEKT)
        los("Kladden", status=Status.KLADD)
        los("Tatt ned", status=Status.AVPUBLISERT)
        likhet.bygg()

        venter = {"Aapent"}
        if rolle not in ("anonym", "partner"):
            venter.add("For sektoren")
        if rolle in ("folgeforsker", "moderator", "administrator"):
            venter.add("For deltakerne")
        assert set(titler(forst, roller[rolle])) == venter
        svar = som(rolle).get(forst.get_absolute_url()).content.decode()
        assert "Kladden" not in svar
        assert "Tatt ned" not in svar
        assert ("For deltakerne" in svar) == ("For deltakerne" in venter)

    def test_tatt_ned_etter_at_likheten_ble_funnet(self, anonym):
        forst, annet = los(), los("Los i klasserommet")
        likhet.bygg()
        type(annet).objects.filter(pk=annet.pk).update(status=Status.AVPUBLISERT)

        assert Likhet.objects.filter(prosjekt=forst, annet=annet).exists()
        assert titler(forst, anonym) == []

    def test_den_som_registrerer_ser_hvem_som_proever_det_samme(self, roller, django_capture_on_commit_callbacks):
        los("Los som ga opp", utfall=Utfall.VIRKET_IKKE)
        likhet.bygg()

        with django_capture_on_commit_callbacks(execute=True):
            kladd, _ny = handlinger.opprett(
                tittel="Los mot skolefravær", utfordring="Fravær.", eier=roller.kommunen, nokkel="1", av=roller["eier"]
            )

        assert titler(kladd, roller["eier"]) == ["Los som ga opp"]
        assert not Kjennetegn.objects.filter(prosjekt=kladd).exists()

    def test_fra_kommuner_som_ligner_din(self, som, roller):
        def i(navn, folketall):
            sted = lag_kommune(navn, folketall=folketall, kostragruppe="EKG07", malform=Sprakvedtak.BOKMAL)
            return lag_organisasjon(f"{navn} kommune", kommune=sted)

        roller.kommunen = i("Hjemme", 8_000)
        forst = los("Forst")
        los("Stor", eier=i("Storby", 300_000))
        los("Lik", eier=i("Nabo", 9_000))
        likhet.bygg()

        assert [(n.prosjekt.tittel, n.ligner_din) for n in lignende(forst, roller["eier"])] == [
            ("Lik", True),
            ("Stor", False),
        ]
        assert "Ligner kommunen din." in som("eier").get(forst.get_absolute_url()).content.decode()
        assert not any(n.ligner_din for n in lignende(forst, roller["anonym"]))


class TestHoldtVedLike:
    def test_en_endring_flytter_prosjektet_til_nye_naboer(self, roller, anonym, django_capture_on_commit_callbacks):
        geiter, annen_los = hageflekk(), los()
        forst = los("Los i klasserommet", eier=roller.kommunen)
        likhet.bygg()
        verdier = {"tittel": "Geiter mot gjengroing i vest", "ingress": "Geitene beiter krattet."}

        with django_capture_on_commit_callbacks(execute=True):
            handlinger.lagre_seksjon(forst, verdier=verdier, versjon=forst.versjon, av=roller["eier"])

        assert titler(forst, anonym) == [geiter.tittel]
        assert titler(geiter, anonym) == [verdier["tittel"]]
        assert titler(annen_los, anonym) == []

    def test_det_samme_en_om_gangen_som_alle_paa_en_gang(self):
        prosjekter = [los(f"Los nummer {n}") for n in range(4)] + [hageflekk(), los("Kladd", status=Status.KLADD)]
        for prosjekt in prosjekter:
            Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=lag_organisasjon(), rolle=Partnerrolle.MEDEIER)
        likhet.bygg()
        alle = set(Likhet.objects.values_list("prosjekt", "annet", "poeng"))

        for prosjekt in prosjekter:
            likhet.oppdater(prosjekt.pk)

        assert alle
        assert set(Likhet.objects.values_list("prosjekt", "annet", "poeng")) == alle
        assert likhet.bygg() == 6
        assert set(Likhet.objects.values_list("prosjekt", "annet", "poeng")) == alle

    def test_et_slettet_prosjekt_er_ingen_feil(self):
        likhet.oppdater(0)

    @pytest.mark.parametrize("antall", [1, 3])
    def test_lista_koster_en_spoerring(self, anonym, django_assert_num_queries, antall):
        forst = los()
        for nummer in range(antall):
            los(f"Los {nummer}")
        likhet.bygg()

        with django_assert_num_queries(1):
            assert len(titler(forst, anonym)) == antall
