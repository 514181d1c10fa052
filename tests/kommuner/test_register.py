"""The register loaded: once, twice, step by step, and with a future nobody has decided."""

from datetime import date
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from kommuner.models import (
    Fylke,
    Kommune,
    Kommuneendring,
    Kommunenummer,
    Nettdomene,
    Organisasjon,
    Stedsnavn,
)
from kommuner.models.organisasjon import gyldig_orgnr
from kommuner.register.filer import Registerfeil
from kommuner.register.innlasting import last_register
from tests.fabrikker import lag_prosjekt

NYTTAR = date(2028, 1, 1)


def numre(navn, **felt):
    return [rad.nummer for rad in Kommune.objects.get(navn=navn, **felt).numre.all()]


def navn(kommune):
    rader = sorted(kommune.stedsnavn.all(), key=lambda rad: (rad.gyldig_fra or date.min, rad.rekkefolge))
    return [
        (rad.navn, rad.sprak, rad.gyldig_fra and rad.gyldig_fra.year, rad.gyldig_til and rad.gyldig_til.year)
        for rad in rader
    ]


def innhold():
    """Everything the loader has written, without primary keys."""
    return {
        "fylker": list(Fylke.objects.values_list("nummer", "navn", "gyldig_fra", "gyldig_til").order_by("nummer")),
        "kommuner": list(
            Kommune.objects.values_list(
                "nummer", "navn", "navn_offisielt", "er_homonym", "fylke__nummer", "gyldig_fra", "gyldig_til"
            ).order_by("nummer")
        ),
        "numre": list(
            Kommunenummer.objects.values_list(
                "nummer", "kommune__nummer", "fylke__nummer", "navn", "gyldig_fra", "gyldig_til"
            ).order_by("nummer", "gyldig_fra")
        ),
        "navn": sorted(
            map(
                str,
                Stedsnavn.objects.values_list(
                    "kommune__nummer", "fylke__nummer", "navn", "sprak", "rekkefolge", "gyldig_fra", "gyldig_til"
                ),
            )
        ),
        "endringer": sorted(
            map(
                str,
                Kommuneendring.objects.values_list("dato", "type", "fra_nummer", "til_nummer", "fra__nummer", "til__nummer"),
            )
        ),
    }  # fmt: skip


@pytest.mark.usefixtures("registeret", "db")
class TestRegisteret:
    def test_antall_stemmer_med_kommune_norge_til_alle_tider(self):
        dager = [date(2018, 6, 1), date(2020, 6, 1), date(2024, 6, 1)]

        assert [Kommunenummer.objects.gjeldende(dag).count() for dag in dager] == [422, 356, 357]
        assert [Kommune.objects.gjeldende(dag).count() for dag in dager] == [422, 356, 357]
        assert [Fylke.objects.gjeldende(dag).count() for dag in dager] == [18, 11, 15]

    def test_halden_er_en_kommune_med_tre_numre(self):
        assert numre("Halden") == ["0101", "3001", "3101"]
        assert Kommune.objects.filter(navn="Halden").count() == 1

    def test_trondheim_og_stavanger_beholdt_nummeret_gjennom_sammenslaaing(self):
        assert numre("Trondheim") == ["1601", "5001"]
        assert numre("Stavanger") == ["1103"]

    def test_nes_skiftet_navn_da_den_skiftet_nummer(self):
        assert navn(Kommune.objects.get(navn="Nesbyen")) == [
            ("Nes", "no", None, 2019),
            ("Nesbyen", "no", 2020, None),
        ]

    def test_haram_er_to_kommuner_med_aalesund_imellom(self):
        gamle, nye = Kommune.objects.filter(navn="Haram").order_by("nummer")

        assert (gamle.nummer, gamle.gyldig_til) == ("1534", date(2019, 12, 31))
        assert (nye.nummer, nye.gyldig_fra, nye.gyldig_til) == ("1580", date(2024, 1, 1), None)

    def test_snillfjord_ble_delt_paa_tre(self):
        snillfjord = Kommune.objects.get(navn="Snillfjord")

        assert snillfjord.gyldig_til == date(2019, 12, 31)
        assert [e.til.navn for e in snillfjord.endringer_fra.filter(type="deling")] == ["Heim", "Hitra", "Orkland"]

    def test_naavaerende_homonymer_baerer_fylket(self):
        med_fylke = [k.visningsnavn for k in Kommune.objects.gjeldende().filter(er_homonym=True)]

        assert med_fylke == [
            "Herøy (Møre og Romsdal)", "Herøy (Nordland)", "Våler (Østfold)", "Våler (Innlandet)",
        ]  # fmt: skip

    def test_kautokeino_har_to_navn_og_det_samiske_staar_forst(self):
        kautokeino = Kommune.objects.get(navn="Kautokeino")

        assert kautokeino.navn_offisielt == "Guovdageaidnu - Kautokeino"
        assert navn(kautokeino) == [("Guovdageaidnu", "se", None, None), ("Kautokeino", "no", None, None)]

    def test_oslo_fikk_sitt_samiske_navn_i_2026(self):
        oslo = Kommune.objects.get(nummer="0301")

        assert navn(oslo) == [("Oslo", "no", None, None), ("Oslove", "sma", 2026, None)]
        assert [n.navn for n in oslo.stedsnavn.gjeldende(date(2025, 12, 31))] == ["Oslo"]

    def test_alle_kommuner_og_fylkeskommuner_har_en_organisasjon(self):
        gjeldende = set(Kommune.objects.gjeldende().values_list("pk", flat=True))

        assert set(Organisasjon.objects.filter(sektor="kommune").values_list("kommune", flat=True)) == gjeldende
        fylkeskommuner = Organisasjon.objects.filter(sektor="fylkeskommune")
        assert fylkeskommuner.count() == 14
        assert not fylkeskommuner.filter(fylke__nummer="03").exists()

    def test_organisasjonen_har_slug_nettsted_domene_og_nummer(self):
        halden = Organisasjon.objects.get(kommune__navn="Halden")

        assert (halden.navn, halden.slug, halden.nettsted, halden.orgnr) == (
            "Halden kommune", "halden-kommune", "https://www.halden.kommune.no/", "959159092",
        )  # fmt: skip
        assert [d.domene for d in halden.nettdomener.all()] == ["halden.kommune.no"]
        assert (halden.kart_x, halden.kart_y) != (None, None)

    def test_alle_organisasjonsnumre_er_gyldige_og_homonymer_har_hver_sin_slug(self):
        for org in Organisasjon.objects.exclude(orgnr=None):
            gyldig_orgnr(org.orgnr)

        assert sorted(o.slug for o in Organisasjon.objects.filter(navn__startswith="Våler")) == [
            "valer-kommune-innlandet", "valer-kommune-ostfold",
        ]  # fmt: skip

    def test_andre_gang_endrer_ingenting_og_sier_det(self):
        foer = innhold()
        ut = StringIO()

        call_command("last_register", stdout=ut)

        assert ut.getvalue() == "Registeret er som før. Ingenting er endret.\n"
        assert innhold() == foer

    def test_det_folk_har_skrevet_om_organisasjonen_blir_staaende(self):
        halden = Organisasjon.objects.get(kommune__navn="Halden")
        halden.navn, halden.nettsted, halden.om = "Halden bykommune", "https://ny.example/", "Om oss."
        halden.er_betrodd = True
        halden.save()
        halden.nettdomener.all().delete()

        last_register()

        halden.refresh_from_db()
        assert (halden.navn, halden.nettsted, halden.om) == ("Halden bykommune", "https://ny.example/", "Om oss.")
        assert halden.er_betrodd
        assert not halden.nettdomener.exists()

    def test_en_reform_som_ikke_har_begynt_venter(self, mappe):
        mappe.avslutt("5601")
        mappe.kommune("5690", "Alta")
        mappe.endring("nummerendring", "5601", "5690")
        foer = innhold()

        rapport = last_register(mappe.mappe, date(2027, 12, 31))

        assert rapport.er_tom
        assert innhold() == foer


@pytest.mark.django_db
def test_aa_laste_aar_for_aar_gir_det_samme_som_aa_laste_alt():
    last_register()
    direkte = innhold()
    Kommuneendring.objects.all().delete()
    Organisasjon.objects.all().delete()
    Kommune.objects.all().delete()
    Stedsnavn.objects.all().delete()
    Fylke.objects.all().delete()

    rapporter = [last_register(dag=date(aar, 6, 1)) for aar in (2018, 2019, 2020, 2023, 2024, 2026)]

    assert innhold() == direkte
    assert [len(r.apnet) for r in rapporter] == [422, 0, 41, 0, 2, 0]
    assert [len(r.lukket) for r in rapporter] == [0, 0, 107, 0, 1, 0]
    assert len(rapporter[4].omnummerert) == 113
    etterfolger = dict(Organisasjon.objects.filter(sektor="fylkeskommune").values_list("navn", "etterfolger__navn"))
    assert etterfolger["Vest-Agder fylkeskommune"] == "Agder fylkeskommune"
    assert etterfolger["Viken fylkeskommune"] is None
    assert Organisasjon.objects.aktive().filter(sektor="fylkeskommune").count() == 14


@pytest.fixture
def fremtid(mappe):
    """2028: Halden and Aremark merge, Hå is renamed, Alta renumbered, Våler split, Stavanger takes in Kvitsøy."""
    aremark = Kommune.objects.get(navn="Aremark").nummer
    mappe.avslutt("3101")
    mappe.avslutt(aremark)
    mappe.kommune("3190", "Grensevik")
    mappe.endring("sammenslåing", "3101", "3190")
    mappe.endring("sammenslåing", aremark, "3190")
    mappe.endre("kommunedetaljer.csv", lambda rad: rad["kommunenummer"] == "3190", nettdomene="halden.kommune.no")

    mappe.endre("kommuner.csv", lambda rad: rad["kommunenummer"] == "1119", navn="Nærbø", navn_offisielt="Nærbø")
    haa = {"enhet": "kommune", "nummer": "1119", "sprak": "no", "rekkefolge": "1"}
    mappe.legg_til(
        "parallellnavn.csv",
        haa | {"navn": "Hå", "gyldig_fra": "2018-01-01", "gyldig_til": "2027-12-31", "eldre_enn_register": "ja"},
        haa | {"navn": "Nærbø", "gyldig_fra": "2028-01-01", "eldre_enn_register": "nei"},
    )
    mappe.endring("navneendring", "1119", "1119")

    mappe.avslutt("5601")
    mappe.kommune("5690", "Alta")
    mappe.endring("nummerendring", "5601", "5690")

    mappe.avslutt("3419")
    mappe.kommune("3491", "Våler nord")
    mappe.kommune("3492", "Våler sør")
    mappe.endring("deling", "3419", "3491")
    mappe.endring("deling", "3419", "3492")

    mappe.avslutt("1144")
    mappe.endring("sammenslåing", "1144", "1103")
    mappe.endring("sammenslåing", "1103", "1103")
    return mappe.mappe


@pytest.mark.usefixtures("registeret", "db")
class TestFremtiden:
    def test_perioder_lukkes_og_aapnes_og_fortiden_staar(self, fremtid):
        i_2027 = Kommunenummer.objects.gjeldende(date(2027, 6, 1)).order_by("nummer").values_list("nummer", "navn")
        foer = list(i_2027)

        rapport = last_register(fremtid, NYTTAR)

        assert [nummer for nummer, _navn in i_2027.all()] == [nummer for nummer, _navn in foer]
        assert rapport.apnet == ["3190 Grensevik", "3491 Våler nord", "3492 Våler sør"]
        assert sorted(rapport.lukket) == ["1144 Kvitsøy", "3101 Halden", "3124 Aremark", "3419 Våler"]
        assert rapport.omdopt == ["Hå → Nærbø"]
        assert rapport.omnummerert == ["5601 → 5690 Alta"]
        assert Kommune.objects.gjeldende().count() == 356

    def test_ny_lasting_av_samme_fremtid_endrer_ingenting(self, fremtid):
        last_register(fremtid, NYTTAR)

        assert last_register(fremtid, NYTTAR).er_tom

    def test_navneendringen_beholder_det_gamle_navnet_og_organisasjonen_folger_med(self, fremtid):
        last_register(fremtid, NYTTAR)

        kommune = Kommune.objects.get(nummer="1119")
        assert navn(kommune) == [("Hå", "no", None, 2027), ("Nærbø", "no", 2028, None)]
        assert kommune.organisasjon.navn == "Nærbø kommune"
        assert kommune.organisasjon.slug == "ha-kommune"

    def test_det_nye_nummeret_er_samme_kommune(self, fremtid):
        alta = Kommune.objects.get(navn="Alta")

        last_register(fremtid, NYTTAR)

        alta.refresh_from_db()
        assert alta.nummer == "5690"
        assert [n.nummer for n in alta.numre.all()] == ["2012", "5403", "5601", "5690"]

    def test_sammenslaatt_kommunes_organisasjon_opphorer_og_faar_etterfolger(self, fremtid):
        halden = Organisasjon.objects.get(kommune__navn="Halden")
        prosjekt = lag_prosjekt(eier=halden)

        last_register(fremtid, NYTTAR)

        halden.refresh_from_db()
        prosjekt.refresh_from_db()
        assert halden.opphort_dato == NYTTAR
        assert halden.etterfolger.navn == "Grensevik kommune"
        assert prosjekt.eier == halden

    def test_domenet_folger_med_til_den_som_tar_over_det(self, fremtid):
        last_register(fremtid, NYTTAR)

        assert Nettdomene.objects.get(domene="halden.kommune.no").organisasjon.navn == "Grensevik kommune"

    def test_delt_kommunes_organisasjon_opphorer_uten_etterfolger(self, fremtid):
        last_register(fremtid, NYTTAR)

        valer = Organisasjon.objects.get(slug="valer-kommune-innlandet")
        assert (valer.opphort_dato, valer.etterfolger) == (NYTTAR, None)

    def test_den_som_er_alene_om_navnet_trenger_ikke_fylket_lenger(self, fremtid):
        last_register(fremtid, NYTTAR)

        assert str(Kommune.objects.get(nummer="3114")) == "Våler"
        assert str(Kommune.objects.get(nummer="3419")) == "Våler (Innlandet)"

    def test_nummer_som_lever_videre_gir_samme_kommune_og_etterfolger(self, fremtid):
        stavanger = Kommune.objects.get(nummer="1103")

        last_register(fremtid, NYTTAR)

        kvitsoy = Organisasjon.objects.get(kommune__navn="Kvitsøy")
        assert kvitsoy.etterfolger.kommune == stavanger
        assert Organisasjon.objects.get(kommune=stavanger).opphort_dato is None


@pytest.mark.usefixtures("registeret", "db")
class TestFeil:
    def forkast(self, mappe):
        """Load what is wrong; returns the sentences. Nothing may have been written."""
        foer = innhold()
        with pytest.raises(Registerfeil) as feil:
            last_register(mappe.mappe, NYTTAR)
        assert innhold() == foer
        return feil.value.feil

    def test_alle_feil_i_celler_meldes_paa_en_gang(self, mappe):
        mappe.endre("fylker.csv", lambda rad: rad["fylkesnummer"] == "03", gyldig_fra="i går")
        mappe.endre("kommuner.csv", lambda rad: rad["kommunenummer"] == "0301", malform="svensk")
        mappe.endre("kommunedetaljer.csv", lambda rad: rad["kommunenummer"] == "0301", organisasjonsnummer="958935421")

        assert [f.split(": ", 1)[1] for f in self.forkast(mappe)] == [
            "gyldig_fra kan ikke være «i går»",
            "malform kan ikke være «svensk»",
            "organisasjonsnummer kan ikke være «958935421»",
        ]

    def test_manglende_fil_og_kolonne_meldes(self, mappe):
        (mappe.mappe / "fylker.csv").unlink()
        (mappe.mappe / "parallellnavn.csv").write_text("enhet,nummer\n")

        feil = self.forkast(mappe)

        assert feil[0].startswith("fylker.csv: kan ikke leses")
        assert feil[1].startswith("parallellnavn.csv: kolonner mangler: navn, sprak")

    def test_slutt_uten_endring_meldes(self, mappe):
        mappe.avslutt("5601")

        assert "5601 slutter 2027-12-31 uten at en endring sier hvor det ble av" in self.forkast(mappe)[0]

    def test_start_uten_endring_meldes(self, mappe):
        mappe.kommune("5690", "Nyvik")

        assert "5690 begynner 2028-01-01 uten at en endring sier hvorfor" in self.forkast(mappe)[0]

    def test_nummerendring_til_flere_meldes(self, mappe):
        mappe.avslutt("5601")
        for nummer in ("5690", "5691"):
            mappe.kommune(nummer, "Alta")
            mappe.endring("nummerendring", "5601", nummer)

        assert all("er ikke én til én" in f for f in self.forkast(mappe))

    def test_nytt_navn_uten_navnerad_meldes(self, mappe):
        mappe.endring("navneendring", "1119", "1119")

        assert "navnet står ikke i parallellnavn.csv" in self.forkast(mappe)[0]

    def test_samme_nummer_to_ganger_meldes(self, mappe):
        mappe.kommune("0301", "Oslo igjen")

        assert any("0301 gjelder to ganger samtidig" in f for f in self.forkast(mappe))

    def test_kommune_som_forsvinner_fra_filene_meldes(self, mappe):
        for fil, kolonne in (("kommuner.csv", "kommunenummer"), ("kommunedetaljer.csv", "kommunenummer")):
            mappe.fjern(fil, lambda rad, kolonne=kolonne: rad[kolonne] == "0301")
        mappe.fjern("kommuneendringer.csv", lambda rad: "0301" in rad.values())
        mappe.fjern("parallellnavn.csv", lambda rad: rad["nummer"] == "0301")

        assert self.forkast(mappe) == ["0301 Oslo er gjeldende i databasen, men mangler i filene"]

    def test_fortid_som_skrives_om_meldes(self, mappe):
        mappe.endre("kommuner_utgatt_2017.csv", lambda rad: rad["kommunenummer"] == "1601", gyldig_til="2016-12-31")
        mappe.fjern("kommuneendringer.csv", lambda rad: rad["fra_kommunenummer"] == "1601")

        assert self.forkast(mappe) != []

    def test_kommandoen_lister_feilene_og_sier_at_ingenting_er_lagret(self, mappe):
        mappe.avslutt("5601")

        with pytest.raises(CommandError, match=r"Ingenting er lagret. 1 feil:\nkommuner.csv:\d+: 5601 slutter"):
            call_command("last_register", "--mappe", mappe.mappe)


@pytest.mark.parametrize("nummer", ["958935420", "974760673", "123456785"])
def test_gyldig_organisasjonsnummer_slipper_gjennom(nummer):
    gyldig_orgnr(nummer)


@pytest.mark.parametrize(
    "nummer",
    ["958935421", "589935420", "12345678", "1234567890", "95893542O", "", "९५८९३५४२०", "100000010"],
    ids=["kontrollsiffer", "ombyttet", "kort", "langt", "bokstav", "tomt", "andre-siffer", "kontroll-10"],
)
def test_ugyldig_organisasjonsnummer_stanses(nummer):
    with pytest.raises(ValidationError):
        gyldig_orgnr(nummer)
