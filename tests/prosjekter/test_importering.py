"""Lists of projects: what is wrong with them is said row by row, what is right comes in once."""

import csv
import io
import zipfile
from datetime import date, datetime, timedelta

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone
from openpyxl import Workbook

from kommuner.models import Kommunenummer
from partnerskap.felles import innhold
from prosjekter.handlinger import prosjekt as handlinger
from prosjekter.importering import lesing
from prosjekter.importering.kolonner import KOLONNER, Celleproblem, dato, publisert
from prosjekter.kodeverk import Status
from prosjekter.models import Importkobling, Missiontilknytning, Modereringssak, Prosjekt
from tests.fabrikker import lag_bruker, lag_kommune, lag_mission, lag_organisasjon, lag_prosjekt
from utboks.models import Epost

pytestmark = pytest.mark.django_db

RAD = {
    "id": "P-1",
    "tittel": "Nattilsyn uten nattevakt",
    "ingress": "Sensorer sier fra når noen trenger hjelp.",
    "utfordring": "For få folk om natta.",
    "kommunenummer": "0101",
    "tjenesteomrade": "Helse og omsorg",
    "kontakt": "Prosjektleder",
    "publisert": "ja",
}


@pytest.fixture
def halden():
    kommune = lag_kommune("Halden", "3101")
    Kommunenummer.objects.create(kommune=kommune, nummer="0101", navn="Halden", gyldig_til=date(2019, 12, 31))
    return lag_organisasjon("Halden kommune", kommune=kommune, slug="halden-kommune")


@pytest.fixture
def last(tmp_path):
    """Load rows (or a file as it is), and give back what was written on the screen."""

    def last(*rader, innhold=None, fil="liste.csv", valg=()):
        sti = tmp_path / fil
        sti.write_bytes(innhold if innhold is not None else som_csv(rader).encode())
        ut = io.StringIO()
        try:
            call_command("importer_prosjekter", str(sti), *valg, stdout=ut, stderr=ut)
        except CommandError as feil:
            ut.write(str(feil))
        return ut.getvalue()

    return last


def som_csv(rader, skilletegn=";"):
    ut = io.StringIO()
    skriver = csv.DictWriter(ut, list(dict.fromkeys(k for rad in rader for k in rad)), delimiter=skilletegn)
    skriver.writeheader()
    skriver.writerows(rader)
    return ut.getvalue()


def som_xlsx(*rader):
    bok, ut = Workbook(), io.BytesIO()
    for rad in rader:
        bok.active.append(rad)
    bok.save(ut)
    return ut.getvalue()


def rad(**felt):
    return {**RAD, **felt}


# ---- What comes in -------------------------------------------------------------------------------------------------


def test_uten_utfor_fortelles_det_bare_hva_som_ville_skjedd(halden, last):
    svar = last(rad())

    assert "nye               1" in svar
    assert "Ingenting er lagret" in svar
    assert not Prosjekt.objects.exists()


def test_en_hel_rad_blir_et_helt_prosjekt(halden, last, client):
    ntnu = lag_organisasjon("NTNU", sektor="forskning_utdanning", orgnr="974767880")
    mission = lag_mission("Trygg hele natta")
    kari = lag_bruker("Kari", email="kari@ks.example")
    foer = innhold.merke()

    last(
        rad(
            losning="Sensorer på rommet.", resultat="Færre fall.", laering="Spør de pårørende først.", malform="Nynorsk",
            fase="Pilot", utfall="Virket ikke", mission="trygg hele natta", emneord="velferdsteknologi; nattilsyn",
            partnere="974 767 880: forskningspartner", start="1.2.2024", slutt="2025-12", publisert="2025-06-01",
        ),
        valg=["--utfor", "--av", "kari@ks.example"],
    )  # fmt: skip

    prosjekt = Prosjekt.objects.get()
    assert (prosjekt.eier, prosjekt.status, prosjekt.opprettet_av, prosjekt.ansvarlig) == (
        halden,
        "publisert",
        kari,
        None,
    )
    assert (prosjekt.malform, prosjekt.fase, prosjekt.utfall) == ("nn", "pilot", "virket_ikke")
    assert (prosjekt.start_dato, prosjekt.slutt_dato) == (date(2024, 2, 1), date(2025, 12, 31))
    assert timezone.localdate(prosjekt.publisert_tid) == date(2025, 6, 1)
    assert prosjekt.tekst.laering == "Spør de pårørende først."
    assert list(prosjekt.missiontilknytninger.values_list("mission", "svar")) == [(mission.pk, "godtatt")]
    roller = prosjekt.deltakelser.values_list("organisasjon", "rolle", "sektor")
    assert set(roller) == {(halden.pk, "eier", "kommune"), (ntnu.pk, "forskningspartner", "forskning_utdanning")}
    assert prosjekt.historikk.get().history_user == kari
    assert innhold.merke() != foer
    side = client.get(prosjekt.get_absolute_url()).content.decode()
    assert "velferdsteknologi, nattilsyn" in side
    assert prosjekt.tittel in client.get("/prosjekter/?q=velferdsteknologi").content.decode()


def test_ingen_faar_varsel_og_ks_sin_ko_er_i_fred(halden, last):
    lag_bruker(i=halden, rolle="ansvarlig")
    lag_bruker(i=lag_organisasjon("KS", er_sekretariat=True), rolle="moderator")

    last(rad(), rad(id="P-2", tittel="Et annet", publisert="nei"), valg=["--utfor"])
    last(rad(ingress="Ny ingress."), rad(id="P-2", tittel="Et annet", publisert="ja"), valg=["--utfor"])

    assert Prosjekt.objects.publiserte().count() == 2
    assert not Epost.objects.exists()
    assert not Modereringssak.objects.exists()


def test_det_som_ikke_er_publisert_blir_en_kladd_bare_eieren_ser(halden, last, client):
    last(rad(publisert="nei", ingress="", kontakt=""), valg=["--utfor"])

    prosjekt = Prosjekt.objects.get()
    assert prosjekt.status == Status.KLADD
    assert client.get(prosjekt.get_absolute_url()).status_code == 404
    client.force_login(lag_bruker(i=halden))
    assert client.get(prosjekt.get_absolute_url()).status_code == 200


# ---- Again ---------------------------------------------------------------------------------------------------------


def test_aa_laste_det_samme_to_ganger_endrer_ingenting(halden, last):
    last(rad(start="2024", partnere=""), valg=["--utfor"])
    da = Prosjekt.objects.values().get()

    svar = last(rad(start="2024", partnere=""), valg=["--utfor"])

    assert "uendret           1" in svar
    assert Prosjekt.objects.values().get() == da
    assert Prosjekt.historikk.count() == 1


def test_det_lista_har_endret_blir_endret_med_historikk_og_soek(halden, last, client):
    asker = lag_organisasjon("Asker kommune")
    baerum = lag_organisasjon("Bærum kommune")
    en, to = lag_mission(), lag_mission()
    last(rad(partnere="Asker kommune", mission=en.slug), valg=["--utfor"])

    last(
        rad(tittel="Nattugla", utfordring="Nå med kråker.", partnere="Bærum kommune", mission=to.slug), valg=["--utfor"]
    )

    prosjekt = Prosjekt.objects.get()
    assert (prosjekt.tittel, prosjekt.versjon, prosjekt.tekst.utfordring) == ("Nattugla", 2, "Nå med kråker.")
    assert [d.organisasjon for d in prosjekt.deltakelser.aktive().exclude(rolle="eier")] == [baerum]
    assert prosjekt.deltakelser.get(organisasjon=asker).til_dato == timezone.localdate()
    assert list(Missiontilknytning.objects.values_list("mission", flat=True)) == [to.pk]
    assert handlinger.som_var(prosjekt, 1)["tittel"] == RAD["tittel"]
    assert "Nattugla" in client.get("/prosjekter/?q=kråker").content.decode()


def test_det_folk_har_skrevet_i_portalen_blir_ikke_skrevet_over(halden, last):
    last(rad(), valg=["--utfor"])
    prosjekt = Prosjekt.objects.get()
    ola = lag_bruker(i=halden)
    handlinger.lagre_seksjon(prosjekt, verdier={"ingress": "Olas ingress."}, versjon=1, av=ola)

    annet = last(rad(kontakt="Enhetsleder"), valg=["--utfor"])
    samme = last(rad(kontakt="Enhetsleder", ingress="Listas ingress."), valg=["--utfor"])

    prosjekt.refresh_from_db()
    assert "1 endret" in annet
    assert "Rad 2, ingress: Er endret både i lista og i portalen." in samme
    assert (prosjekt.kontaktrolle, prosjekt.ingress) == ("Enhetsleder", "Olas ingress.")

    last(rad(kontakt="Enhetsleder", ingress="Listas ingress."), valg=["--utfor", "--overskriv"])

    prosjekt.refresh_from_db()
    assert prosjekt.ingress == "Listas ingress."


def test_en_kolonne_som_ikke_er_i_lista_roeres_ikke(halden, last):
    last(rad(losning="Sensorer.", fase="pilot"), valg=["--utfor"])

    last(rad(kontakt="Enhetsleder", fase=""), valg=["--utfor"])

    prosjekt = Prosjekt.objects.get()
    assert (prosjekt.tekst.losning, prosjekt.fase, prosjekt.kontaktrolle) == ("Sensorer.", "pilot", "Enhetsleder")


def test_to_lister_med_samme_id_er_to_prosjekter(halden, last):
    last(rad(), valg=["--utfor", "--kilde", "nord"])
    last(rad(tittel="Et annet"), valg=["--utfor", "--kilde", "sør"])

    assert Prosjekt.objects.count() == 2


def test_en_kladd_som_er_slettet_kommer_ikke_tilbake(halden, last):
    last(rad(publisert="nei"), valg=["--utfor"])
    Prosjekt.objects.get().delete()

    svar = last(rad(publisert="nei", ingress="Ny."), valg=["--utfor"])

    assert "slettet i portalen" in svar
    assert not Prosjekt.objects.exists()


@pytest.mark.parametrize("status", [Status.AVPUBLISERT, Status.ARKIVERT])
def test_det_som_er_tatt_ned_eller_lagt_bort_blir_ikke_publisert_av_en_liste(halden, last, status):
    last(rad(), valg=["--utfor"])
    Prosjekt.objects.update(status=status)

    last(rad(ingress="Ny ingress."), valg=["--utfor"])

    assert Prosjekt.objects.get().status == status


# ---- What is wrong -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("felt", "melding"),
    [
        ({"id": ""}, "Rad 2, id: Raden mangler id."),
        ({"tittel": " "}, "Rad 2, tittel: Må fylles ut."),
        ({"tittel": "x" * 141}, "Rad 2, tittel: For langt: 141 tegn. Det meste er 140."),
        ({"utfordring": "x" * 100_000}, "Rad 2, utfordring: For langt: 100 000 tegn. Det meste er 8 000."),
        ({"utfordring": "nu\0ll"}, "Rad 2, utfordring: Teksten har et usynlig tegn som ikke kan lagres (U+0000)."),
        ({"ingress": "For fÃ¥ folk"}, "Rad 2, ingress: Bokstavene æ, ø og å er ødelagt."),
        ({"ingress": ""}, "Rad 2, ingress: Må fylles ut når prosjektet skal være publisert."),
        ({"fase": "Pilott"}, "Rad 2, fase: «Pilott» er ikke en lovlig verdi. Mente du «Pilot»? Lovlige verdier: ide,"),
        ({"tjenesteomrade": "helse_omsorg, demokrati"}, "Skill flere verdier med semikolon."),
        ({"kommunenummer": "9876"}, "Rad 2, kommunenummer: 9876 har ikke vært kommunenummer siden 2018."),
        ({"kommunenummer": "Halden"}, "Rad 2, kommunenummer: «Halden» er ikke et nummer."),
        ({"kommunenummer": ""}, "Rad 2, kommunenummer: Raden sier ikke hvem som eier prosjektet."),
        ({"organisasjonsnummer": "974767881"}, "Rad 2, organisasjonsnummer: «974767881»: Organisasjonsnummeret finnes ikke."),
        ({"start": "31.2.2024"}, "Rad 2, start: «31.2.2024» er ikke en dato som finnes. Skriv 2025-12-31,"),
        ({"start": "45658"}, "Rad 2, start: Tallet 45658 er en dato Excel har glemt å vise som dato."),
        ({"start": "0206-01-01"}, "Rad 2, start: Se etter om årstallet 206 er riktig."),
        ({"start": "2025", "slutt": "2024"}, "Rad 2, slutt: Kommer før start: 31.12.2024 er før 01.01.2025."),
        ({"publisert": "kanskje"}, "Rad 2, publisert: Det står «kanskje». Skriv ja, nei eller datoen"),
        ({"publisert": "2999"}, "Rad 2, publisert: Det står «2999»."),
        ({"partnere": "Haldan kommune"}, "Fant ingen organisasjon som heter «Haldan kommune». Mente du «Halden kommune»?"),
        ({"partnere": "Halden kommune: sjef"}, "Rad 2, partnere: «sjef» er ikke en rolle. Lovlige roller: medeier,"),
        ({"mission": "Månelanding"}, "Rad 2, mission: Fant ingen mission som heter «Månelanding»."),
        ({"utfall": "virket", "laering": ""}, "Rad 2, laering: Må fylles ut når prosjektet skal være publisert."),
    ],
)  # fmt: skip
def test_hver_feil_sies_med_rad_kolonne_og_hva_som_er_lov(halden, last, felt, melding):
    svar = last(rad(**felt), valg=["--utfor"])

    assert melding in svar
    assert not Prosjekt.objects.exists()


def test_en_feil_stopper_alt_om_ikke_de_gyldige_skal_med(halden, last):
    rader = rad(), rad(id="P-2", tittel="Feil", fase="måne"), rad(id="P-3", tittel="Tredje")

    alt = last(*rader, valg=["--utfor"])
    antall = Prosjekt.objects.count()
    gyldige = last(*rader, valg=["--utfor", "--behold-gyldige"])

    assert "Ingenting er lagret: 1 rad har feil." in alt
    assert antall == 0
    assert "Lagret: 2 nye" in gyldige
    assert Prosjekt.objects.count() == 2


def test_det_samme_prosjektet_to_ganger_i_lista_eller_fra_foer_i_portalen(halden, last):
    lag_prosjekt("Finnes fra før", eier=halden, slug="finnes")

    svar = last(rad(), rad(tittel="Samme id"), rad(id="P-2"), rad(id="P-3", tittel="finnes fra FØR"))

    assert "Rad 3, id: Rad 2 har samme id." in svar
    assert "Rad 4, tittel: Rad 2 har samme tittel og eier." in svar
    assert "Rad 5, tittel: Halden kommune har allerede et prosjekt med denne tittelen: /prosjekter/finnes/." in svar


def test_det_som_ikke_er_feil_men_boer_ses_paa_stopper_ingenting(halden, last):
    svar = last(rad(fase="pilot", kontakt="ring 91 23 45 67", farge="blå", malgruper="x"), valg=["--utfor"])

    assert "Kolonnen «farge» er ikke kjent og blir ikke lest." in svar
    assert "Kolonnen «malgruper» er ikke kjent og blir ikke lest. Mente du «malgruppe»?" in svar
    assert "Rad 2, kontakt: Det ser ut til å stå et telefonnummer her." in svar
    assert "Rad 2: Eieren blir spurt om dette i portalen: innovasjonstype, opphav, alene fordi." in svar
    assert "Lagret: 1 nye" in svar


def test_et_prosjekt_i_drift_kommer_inn_selv_om_lista_ikke_har_alt_portalen_spoer_om(halden, last):
    svar = last(rad(fase="I drift"), valg=["--utfor"])

    assert "Lagret: 1 nye" in svar
    assert "gevinster" in svar
    assert Prosjekt.objects.get().status == Status.PUBLISERT


def test_rapporten_kan_aapnes_i_excel(halden, last, tmp_path):
    last(rad(fase="måne", kontakt="kari@halden.example"), valg=["--rapport", str(tmp_path / "rapport.csv")])

    rapport = (tmp_path / "rapport.csv").read_bytes()
    assert rapport.startswith(b"\xef\xbb\xbfrad;kolonne;alvor;melding")
    assert "2;fase;feil;«måne» er ikke" in rapport.decode()


def test_et_ukjent_organisasjonsnummer_er_til_aa_leve_med_naar_kommunen_er_kjent(halden, last):
    uten = last(rad(kommunenummer="", organisasjonsnummer="974767880"))
    med = last(rad(organisasjonsnummer="974767880"), valg=["--utfor"])

    assert "Rad 2, organisasjonsnummer: Ingen i portalen har nummeret 974767880." in uten
    assert "974767880 er ikke i portalen. Halden kommune blir eier." in med
    assert Prosjekt.objects.get().eier == halden


def test_en_kommune_som_er_blitt_del_av_en_annen_eies_av_den_nye(halden, last):
    lag_organisasjon(
        "Gamlevik", kommune=lag_kommune("Gamlevik", "1999"), opphort_dato=date(2020, 1, 1), etterfolger=halden
    )

    svar = last(rad(kommunenummer="1999"), valg=["--utfor"])

    assert "1999 Gamlevik er nå en del av Halden. Halden kommune blir eier." in svar
    assert Prosjekt.objects.get().eier == halden


# ---- Files of all kinds --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "innhold",
    [
        som_csv([RAD]).encode("utf-8-sig"),
        som_csv([RAD]).encode("cp1252"),
        som_csv([RAD], ",").encode(),
        som_csv([RAD], "\t").encode("utf-16"),
        b"sep=,\r\n" + som_csv([RAD], ",").encode(),
        som_csv([RAD]).replace("\r\n", "\r").encode(),
        som_csv([RAD]).replace("tjenesteomrade", "TJENESTEOMRÅDE ").encode() + b"\r\n;;;;;;;\r\n\r\n",
        som_csv([RAD]).replace("0101", "101").encode(),
        som_xlsx(list(RAD), [v if k != "kommunenummer" else 101 for k, v in RAD.items()], [None] * 8),
    ],
    ids=["BOM", "Windows-1252", "komma", "UTF-16", "sep", "gammel Mac", "tomme rader", "uten null foran", "XLSX"],
)
def test_filer_slik_de_kommer_fra_excel_og_andre(halden, last, innhold):
    svar = last(innhold=innhold, valg=["--utfor"])

    assert "Lagret: 1 nye" in svar, svar
    prosjekt = Prosjekt.objects.get()
    assert (prosjekt.ingress, prosjekt.eier) == (RAD["ingress"], halden)


def test_anfoerselstegn_og_linjeskift_i_cellene_er_en_del_av_teksten(halden, last):
    utfordring = 'Hun sa: "Nå; nei."\n\nOg gikk, tror vi.'

    svar = last(
        rad(utfordring=utfordring), rad(id="P-2", tittel="To", fase="måne"), valg=["--utfor", "--behold-gyldige"]
    )

    assert Prosjekt.objects.get().tekst.utfordring == utfordring
    assert "Rad 3, fase" in svar  # the row of the spreadsheet, not the line of the file


def test_celler_i_regneark_datoer_tall_formler_og_feil(halden, last):
    hode = ["id", "tittel", "utfordring", "kommunenummer", "start", "kontakt"]
    svar = last(
        innhold=som_xlsx(
            hode,
            [7, "Datoer", "U", 3101.0, datetime(2024, 3, 1), "Leder"],
            [8, "Formler", "U", "3101", "=TODAY()", "Leder"],
            [9, "Feil", "#N/A", "3101", None, "Leder"],
        ),
        fil="liste.xlsx",
        valg=["--utfor", "--behold-gyldige"],
    )

    assert "Rad 3, start: Formelen har ingen verdi." in svar
    assert "Rad 4, utfordring: Cella viser en feil i regnearket: #N/A." in svar
    assert Importkobling.objects.get().ekstern_id == "7"
    assert Prosjekt.objects.get().start_dato == date(2024, 3, 1)


def bombe(antall):
    ut = io.BytesIO()
    with zipfile.ZipFile(ut, "w", zipfile.ZIP_DEFLATED) as pakke:
        pakke.writestr("xl/workbook.xml", "<workbook/>")
        pakke.writestr("xl/worksheets/sheet1.xml", b"0" * antall)
    return ut.getvalue()


@pytest.mark.parametrize(
    ("innhold", "melding"),
    [
        (b"", "Fila er tom."),
        (b"\n \n", "Fila er tom."),
        (b"id;tittel;utfordring;kommunenummer\n", "Fila har overskrifter, men ingen rader."),
        (b"navn;farge\na;b\n", "Fila mangler kolonnen id, utfordring, kommunenummer eller organisasjonsnummer."),
        (b"id;id;tittel;utfordring;eier\n1;2;a;b;c\n", "Kolonnen id står to ganger."),
        (b'id;tittel;utfordring;eier\n1;"aldri lukket;b;c\n', "blir aldri lukket"),
        (b'id;tittel;utfordring;eier\n1;"hei" du;b;c\n', "Rad 2: Et anførselstegn står midt i en celle."),
        (b"id;tittel;utfordring;eier\n1;a;b;c;d;e\n", "Rad 2: Raden har flere celler enn det er overskrifter."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "det gamle Excel-formatet (.xls) eller har passord"),
        (b"%PDF-1.7", "Fila er en PDF."),
        (b"\x89PNG\0\0\0\0\0\0", "Fila er verken CSV eller XLSX."),
        (b"\xff\xfe\x00", "Fila sier at den er UTF-16, men er det ikke."),
        (b"id;tittel\n1;\x81\n", "Linje 2 har tegn som verken er UTF-8 eller Windows-1252."),
        (b"PK\x03\x04tull", "ikke et regneark"),
        (bombe(10)[:-30], "ikke et regneark"),
        (bombe(10), "Regnearket er skadet og kan ikke leses."),
        (bombe(2_000_001), "for stort når det pakkes ut"),
    ],
)
@pytest.mark.hver_motor
def test_det_som_ikke_er_en_liste_faar_et_klart_svar(last, monkeypatch, innhold, melding):
    monkeypatch.setattr(lesing, "MAKS_UTPAKKET", 2_000_000)

    assert melding in last(innhold=innhold)


def test_en_celle_langt_ute_i_arket_er_ikke_farlig(halden, last):
    bok, ut = Workbook(), io.BytesIO()
    bok.active.append(list(RAD))
    bok.active.append(list(RAD.values()))
    bok.active["XFD30000"] = "x"
    bok.save(ut)

    assert "Lagret: 1 nye" in last(innhold=ut.getvalue(), valg=["--utfor"])


def test_en_fil_som_ikke_finnes_og_en_mappe(tmp_path):
    for sti, melding in ((tmp_path / "ingen.csv", "Fila finnes ikke."), (tmp_path, "Det er en mappe")):
        with pytest.raises(CommandError, match=melding):
            call_command("importer_prosjekter", str(sti))


# ---- Cells ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("skrevet", "forste", "siste"),
    [
        ("2025-12-31", date(2025, 12, 31), date(2025, 12, 31)),
        ("31.12.2025", date(2025, 12, 31), date(2025, 12, 31)),
        ("1. februar 2024", date(2024, 2, 1), date(2024, 2, 1)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("02.2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("feb. 2024", date(2024, 2, 1), date(2024, 2, 29)),
        (2024, date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-01-02T03:04:05", date(2024, 1, 2), date(2024, 1, 2)),
        ("", None, None),
    ],
)
def test_datoer_slik_folk_skriver_dem(skrevet, forste, siste):
    assert (dato()(skrevet), dato(sist=True)(skrevet)) == (forste, siste)


@pytest.mark.parametrize("skrevet", ["1.2.24", "13.13.2024", "i fjor", "01/02/2024", "99999", "x 2024"])
def test_datoer_som_kan_bety_noe_annet_avvises(skrevet):
    with pytest.raises(Celleproblem):
        dato()(skrevet)


def test_publisert_er_ja_nei_eller_en_dag_som_har_vaert():
    assert [publisert(v) for v in ("JA", "x", True, 1, "nei", "", None, False)] == [True] * 4 + [False] * 4
    assert publisert("1.6.2025") == date(2025, 6, 1)
    with pytest.raises(Celleproblem):
        publisert(timezone.localdate() + timedelta(days=1))


# ---- The documents -------------------------------------------------------------------------------------------------


def test_hver_kolonne_staar_i_dokumentet():
    tekst = (settings.ROT / "docs" / "importering.md").read_text()

    assert [k.navn for k in KOLONNER if f"| `{k.navn}` |" not in tekst] == []


def test_eksempelfila_i_dokumentene_kan_lastes_inn(last):
    for navn in ("Fjordvik", "Straumøy", "Kystuniversitetet", "Sensorsmia"):
        lag_organisasjon(navn, er_eksempel=True)
    lag_mission("Hjelp i rett tid, også når vi blir færre")

    svar = last(innhold=(settings.ROT / "docs" / "eksempler" / "prosjekter.csv").read_bytes(), valg=["--utfor"])

    assert "Lagret: 3 nye" in svar, svar
