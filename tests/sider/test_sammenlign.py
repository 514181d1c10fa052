"""Side by side: municipalities and projects, from any address, and never more than the reader may see."""

import re

import pytest
from django.urls import reverse

from kommuner.models import Kommune, Organisasjon
from prosjekter import likhet
from prosjekter.kodeverk import Kodeliste, Malgruppe, Partnerrolle, Status, Synlighet, Tjenesteomrade, Utfall
from prosjekter.models import Deltakelse, GammelSlug, Missiontilknytning
from tests.fabrikker import lag_mission, lag_sokbart, lag_utfordring
from tests.rollebesetning import ROLLER

SKOLE = [(Kodeliste.TJENESTEOMRADE, Tjenesteomrade.OPPVEKST), (Kodeliste.MALGRUPPE, Malgruppe.UNGDOM)]
RART = [
    "x" * 10_000,
    "'; drop table",
    "\u202e3101",
    "٣١٠١",
    "🙂",
    "<script>alert(1)</script>",
    "%00",
    "-1",
    "1e3",
    "  ",
]


def tekst(svar):
    return " ".join(re.sub(r"<[^>]+>", " ", svar.content.decode()).split())


def kommuner(client, *numre, **mer):
    return client.get(reverse("sammenlign_kommuner"), {"k": numre, **mer})


def prosjekter(client, *slugger, **mer):
    return client.get(reverse("sammenlign_prosjekter"), {"p": slugger, **mer})


def navn(svar):
    return [str(ting) for ting in svar.context["utvalg"].ting]


def i(nummer):
    return Organisasjon.objects.get(kommune__nummer=nummer)


@pytest.mark.usefixtures("registeret", "db")
class TestHvilkeKommuner:
    @pytest.mark.parametrize(
        ("spurt", "valgt", "sagt"),
        [
            (["5025", "5021"], ["Røros", "Oppdal"], ""),
            (["Røros", "oppdal"], ["Røros", "Oppdal"], ""),
            (["301", "1103"], ["Oslo", "Stavanger"], ""),
            (["0101", "1141"], ["Halden", "Stavanger"], "Finnøy (1141) er i dag en del av Stavanger."),
            (["5025", "5025", ""], ["Røros"], "Velg minst én kommune til"),
            (["5025", "1507"], ["Røros"], "Ålesund (1507) er delt mellom flere kommuner. Velg en:"),
            (["5025", "Våler"], ["Røros"], "Flere kommuner heter «Våler». Velg en:"),
            (["5025", "9999"], ["Røros"], "Vi fant ingen kommune for «9999»."),
            ([], [], "Velg to til fire kommuner"),
            (
                ["5025", "5021", "0301", "1103", "4601"],
                ["Røros", "Oppdal", "Oslo", "Stavanger"],
                "Du kan sammenligne fire om gangen. Bergen er ikke med.",
            ),
        ],
    )
    def test_alle_numre_og_navn_gir_svar_og_en_vei_videre(self, client, spurt, valgt, sagt):
        svar = kommuner(client, *spurt)

        assert svar.status_code == 200
        assert navn(svar) == valgt
        assert sagt in tekst(svar)

    def test_delt_kommune_tilbyr_dem_den_ble_til(self, client):
        svar = kommuner(client, "5025", "1507").content.decode()

        assert 'href="/sammenlign/kommuner/?k=5025&amp;k=1580">Haram (Møre og Romsdal)</a>' in svar

    def test_de_som_ligner_foreslaas_foerst(self, client):
        svar = kommuner(client, "5025")

        assert '<optgroup label="Ligner på Røros"><option value="5055">Heim</option>' in svar.content.decode()

    def test_en_kan_tas_bort(self, client):
        assert 'href="/sammenlign/kommuner/?k=5021"' in kommuner(client, "5025", "5021").content.decode()

    @pytest.mark.parametrize("rart", RART)
    @pytest.mark.hver_motor
    def test_rare_ting_i_adressen(self, client, rart):
        assert kommuner(client, "5025", rart).status_code == 200

    def test_bare_den_tomme_siden_er_for_soekemotorer(self, client):
        merke = '<meta name="robots" content="noindex, follow">'
        assert merke in kommuner(client, "5025", "5021").content.decode()
        assert merke not in kommuner(client).content.decode()


@pytest.mark.usefixtures("registeret", "db")
class TestKommunerSideOmSide:
    def test_fakta_tellinger_og_det_de_har_felles(self, client):
        ett = lag_sokbart("Los på Røros", eier=i("5025"), koder=SKOLE, utfall=Utfall.VIRKET_IKKE)
        annet = lag_sokbart("Los på Oppdal", eier=i("5021"), koder=SKOLE)
        felles = lag_sokbart("Felles legevakt", eier=i("5025"))
        Deltakelse.objects.create(prosjekt=felles, organisasjon=i("5021"), rolle=Partnerrolle.MEDEIER)
        mission = lag_mission("Alle unge")
        for prosjekt in (ett, annet):
            Missiontilknytning.objects.create(prosjekt=prosjekt, mission=mission, svar="godtatt")
        lag_utfordring("Langt til legen", eier=i("5025"), har=[i("5021")])
        lag_utfordring("Bare vår", eier=i("5025"))
        likhet.bygg()

        svar = kommuner(client, "5025", "5021")

        assert [u.tittel for u in svar.context["utfordringer"]] == ["Langt til legen"]
        assert "Fylke Trøndelag Trøndelag" in tekst(svar)
        assert "Prosjekter i alt 2 1" in tekst(svar)
        assert "Prøvd, virket ikke 1 ingen" in tekst(svar)
        assert "Oppvekst og utdanning 1 1" in tekst(svar)
        assert "Samme KOSTRA-gruppe (2), 5 000–9 999 innbyggere, nøytral målform, samme fylke." in tekst(svar)
        assert 'href="/prosjekter/?kommune=5025&amp;utfall=virket_ikke" aria-label="Røros, Prøvd, virket ikke: 1"' in (
            svar.content.decode()
        )
        assert [p.tittel for p in svar.context["sammen"]] == ["Felles legevakt"]
        assert [m["mission"] for m in svar.context["missions"]] == [mission]
        assert [(par["en"], par["annen"]) for par in svar.context["like"]] == [(ett, annet)]

    def test_prosjektene_fra_kommuner_som_gikk_inn_er_med(self, client):
        gammel = Organisasjon.objects.create(
            navn="Finnøy kommune", slug="finnoy", kommune=Kommune.objects.get(nummer="1141"), sektor="kommune"
        )
        lag_sokbart(eier=gammel)

        assert "Prosjekter i alt 1 ingen" in tekst(kommuner(client, "1103", "5025"))

    @pytest.mark.parametrize("rolle", ROLLER)
    def test_hver_leser_teller_bare_det_hun_ser(self, som, rolle):
        for nummer in ("5025", "5021"):
            for felt in (
                {},
                {"synlighet": Synlighet.SEKTOR},
                {"synlighet": Synlighet.PROSJEKT},
                {"status": Status.KLADD},
                {"status": Status.AVPUBLISERT},
            ):
                prosjekt = lag_sokbart("Los i skolen", eier=i(nummer), koder=SKOLE, **felt)
                Deltakelse.objects.create(
                    prosjekt=prosjekt, organisasjon=i("5021" if nummer == "5025" else "5025"), rolle="fagpartner"
                )
        likhet.bygg()

        svar = som(rolle).get(reverse("sammenlign_kommuner"), {"k": ["5025", "5021"]})

        ser = 1 + (rolle not in ("anonym", "partner")) + (rolle in ("folgeforsker", "moderator", "administrator"))
        assert f"Prosjekter i alt {ser} {ser}" in tekst(svar)
        assert len(svar.context["sammen"]) == 2 * ser
        assert {p["en"].status for p in svar.context["like"]} == {Status.PUBLISERT}
        assert len(svar.context["like"]) == ser

    @pytest.mark.parametrize("antall", [1, 3])
    def test_antall_spoerringer_avhenger_ikke_av_antall_prosjekter(self, client, django_assert_num_queries, antall):
        mission = lag_mission()
        for _nr in range(antall):
            for nummer in ("5025", "5021"):
                prosjekt = lag_sokbart("Los i skolen", eier=i(nummer), koder=SKOLE)
                Missiontilknytning.objects.create(prosjekt=prosjekt, mission=mission, svar="godtatt")
                Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=i("0301"), rolle=Partnerrolle.FAGPARTNER)
        likhet.bygg()

        with django_assert_num_queries(28):
            kommuner(client, "5025", "5021", "0301")


@pytest.mark.django_db
class TestProsjekterSideOmSide:
    def test_likt_for_seg_og_ulikt_side_om_side(self, client):
        ett = lag_sokbart("Ett", koder=SKOLE, utfall=Utfall.VIRKET, tekst={"laering": "Gå **sakte**.", "okonomi": "50"})
        to = lag_sokbart("To", koder=SKOLE, malform="nn", utfall=Utfall.VIRKET_IKKE, tekst={"laering": "Gå fort."})

        svar = prosjekter(client, ett.slug, to.slug)

        assert ">Ungdom<" in dict(svar.context["likt"])["Målgruppe"]
        rader = {rad.navn: rad.celler for rad in svar.context["ulikt"]}
        assert rader["Det vi lærte"] == ["<p>Gå <strong>sakte</strong>.</p>\n", "<p>Gå fort.</p>\n"]
        assert "Målgruppe" not in rader
        assert "Det som skjedde" not in rader  # nobody has written it
        assert "Kostnad og tid 50 Ikke fylt ut" in tekst(svar)
        assert "Hvordan det gikk Virket Prøvd, virket ikke" in tekst(svar)
        assert '<td role="cell" data-navn="To" lang="nn">' in svar.content.decode()

    def test_hele_adresser_gamle_adresser_og_det_samme_to_ganger(self, client):
        ett, to = lag_sokbart("Ett"), lag_sokbart("To")
        GammelSlug.objects.create(slug="het-for", prosjekt=to)

        svar = prosjekter(client, f"https://portalen.example/prosjekter/{ett.slug}/?x=1", "het-for", to.slug)

        assert navn(svar) == ["Ett", "To"]
        assert svar.context["utvalg"].beskjeder == []

    @pytest.mark.parametrize("rart", [*RART, "/", "https://", "finnes-ikke"])
    @pytest.mark.hver_motor
    def test_rare_ting_i_adressen(self, client, rart):
        svar = prosjekter(client, lag_sokbart("Ett").slug, rart, q=rart)

        assert svar.status_code == 200
        assert navn(svar) == ["Ett"]
        assert "Velg minst ett prosjekt til" in tekst(svar)

    def test_ikke_flere_enn_fire(self, client):
        svar = prosjekter(client, *(lag_sokbart(f"Nr {n}").slug for n in range(5)))

        assert navn(svar) == ["Nr 0", "Nr 1", "Nr 2", "Nr 3"]
        assert "Du kan sammenligne fire om gangen. Nr 4 er ikke med." in tekst(svar)

    def test_soek_og_lignende_gir_noe_aa_legge_til(self, client):
        ett = lag_sokbart("Los mot skolefravær", koder=SKOLE)
        to = lag_sokbart("Los i skolen", koder=SKOLE)
        likhet.bygg()

        assert [f["prosjekt"] for f in prosjekter(client, ett.slug).context["forslag"]] == [to]
        svar = prosjekter(client, ett.slug, q="los")
        assert [t["prosjekt"] for t in svar.context["treff"]] == [to]
        assert f'href="/sammenlign/prosjekter/?p={ett.slug}&amp;p={to.slug}"' in svar.content.decode()

    @pytest.mark.parametrize("rolle", ROLLER)
    def test_det_skjulte_finnes_ikke_for_den_som_ikke_ser_det(self, roller, som, rolle):
        apent = lag_sokbart("Los som er åpen")
        sektor = lag_sokbart("Los for sektoren", synlighet=Synlighet.SEKTOR)
        deltakere = lag_sokbart("Los for deltakerne", synlighet=Synlighet.PROSJEKT)
        kladd = lag_sokbart("Los i kladd", status=Status.KLADD)
        mission = lag_mission("Hemmelig mission", er_publisert=False)
        for prosjekt in (apent, sektor):
            Missiontilknytning.objects.create(prosjekt=prosjekt, mission=mission, svar="godtatt")
        likhet.bygg()

        svar = prosjekter(som(rolle), apent.slug, sektor.slug, deltakere.slug, kladd.slug)
        soek = prosjekter(som(rolle), apent.slug, q="los")

        ser = ["Los som er åpen"]
        if rolle not in ("anonym", "partner"):
            ser.append("Los for sektoren")
        if rolle in ("folgeforsker", "moderator", "administrator"):
            ser.append("Los for deltakerne")
        assert navn(svar) == ser
        assert {t["prosjekt"].tittel for t in soek.context["treff"]} == set(ser[1:])
        assert "Los i kladd" not in tekst(svar) + tekst(soek)
        assert ("Hemmelig mission" in tekst(svar)) == (rolle in ("missionkurator", "administrator"))

    @pytest.mark.parametrize("antall", [2, 4])
    def test_like_mange_spoerringer_uansett(self, client, django_assert_num_queries, antall):
        slugger = []
        for nr in range(antall):
            prosjekt = lag_sokbart(f"Los {nr}", koder=SKOLE)
            Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=prosjekt.eier, rolle=Partnerrolle.FAGPARTNER)
            slugger.append(prosjekt.slug)
        likhet.bygg()

        with django_assert_num_queries(7 if antall == 4 else 9):  # two: why they are alike, and what to add
            prosjekter(client, *slugger)
