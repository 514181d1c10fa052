"""Any number ever valid, any name in any language, and the way through mergers and splits."""

from datetime import date

import pytest

from kommuner.models import Kommune
from kommuner.oppslag import (
    Slektstre,
    etterfolgere,
    forgjengere,
    ider_med_forgjengere,
    kommune_med_nummer,
    kommuner_med_navn,
)
from kommuner.register.innlasting import last_register
from tests.kommuner.test_register import NYTTAR, fremtid  # noqa: F401


def numre(kommuner):
    return sorted(kommune.nummer for kommune in kommuner)


@pytest.mark.usefixtures("registeret", "db")
class TestOppslag:
    @pytest.mark.parametrize("nummer", ["0101", "3001", "3101"])
    def test_halden_finnes_med_alle_sine_numre(self, nummer):
        assert kommune_med_nummer(nummer).nummer == "3101"

    @pytest.mark.parametrize(
        ("nummer", "dag", "navn"),
        [
            ("0101", date(2019, 12, 31), "Halden"),
            ("0101", date(2020, 1, 1), None),
            ("3001", date(2020, 1, 1), "Halden"),
            ("3001", date(2024, 1, 1), None),
            ("0702", date(2017, 12, 31), "Holmestrand"),
            ("0702", date(2018, 1, 1), None),
            ("1507", date(2023, 12, 31), "Ålesund"),
        ],
    )
    def test_nummeret_gjelder_bare_i_sin_tid(self, nummer, dag, navn):
        kommune = kommune_med_nummer(nummer, dag)

        assert (kommune and kommune.navn) == navn

    @pytest.mark.parametrize("nummer", ["0000", "9999", "", "abcd", "31011"])
    def test_ukjent_nummer_gir_ingenting(self, nummer):
        assert kommune_med_nummer(nummer) is None

    @pytest.mark.parametrize("navn", ["Guovdageaidnu", "Kautokeino", "kautokeino", "GUOVDAGEAIDNU", "guovdageaidnu"])
    def test_navn_finnes_paa_alle_spraak(self, navn):
        assert numre(kommuner_med_navn(navn)) == ["5612"]

    @pytest.mark.parametrize(("navn", "nummer"), [("Porsáŋgu", "5622"), ("Porsangu", "5622"), ("alesund", "1508")])
    def test_navn_finnes_uten_aksenter(self, navn, nummer):
        assert nummer in numre(kommuner_med_navn(navn))

    def test_homonymer_finnes_begge_to(self):
        assert numre(kommuner_med_navn("Våler").filter(gyldig_til=None)) == ["3114", "3419"]
        assert numre(kommuner_med_navn("Herøy").filter(gyldig_til=None)) == ["1515", "1818"]

    def test_navn_gjelder_bare_i_sin_tid(self):
        assert numre(kommuner_med_navn("Oslove", date(2025, 12, 31))) == []
        assert numre(kommuner_med_navn("Oslove", date(2026, 1, 1))) == ["0301"]
        assert "3322" in numre(kommuner_med_navn("Nes", date(2019, 12, 31)))

    @pytest.mark.parametrize(
        ("nummer", "etter"),
        [
            ("1534", ["1508", "1580"]),  # Haram, by way of Ålesund 1507
            ("1507", ["1508", "1580"]),
            ("5012", ["5055", "5056", "5059"]),  # Snillfjord
            ("1850", ["1806", "1875"]),  # Tysfjord
            ("1141", ["1103"]),  # Finnøy, into a Stavanger that kept its number
            ("0714", ["3903"]),  # Hof, twice merged and renumbered
            ("3101", []),
        ],
    )
    def test_etterfolgere(self, nummer, etter):
        assert numre(etterfolgere(kommune_med_nummer(nummer))) == etter

    def test_forgjengere_gjennom_flere_ledd(self):
        assert numre(forgjengere(kommune_med_nummer("3903"))) == ["0702", "0713", "0714", "0715"]
        assert "1534" in numre(forgjengere(kommune_med_nummer("1580")))
        assert numre(forgjengere(kommune_med_nummer("3101"))) == []

    def test_ider_med_forgjengere_er_stedet_selv_og_de_det_kom_av(self):
        haram = kommune_med_nummer("1580")

        ider = ider_med_forgjengere(haram)

        assert numre(Kommune.objects.filter(pk__in=ider)) == [
            "1504", "1507", "1523", "1529", "1534", "1546", "1580",
        ]  # fmt: skip

    def test_slektstreet_er_en_spoerring(self, django_assert_num_queries):
        with django_assert_num_queries(1):
            tre = Slektstre()
            for pk in range(1, 500):
                tre.naavaerende(pk)
                tre.med_forgjengere(pk)

    def test_den_som_avgir_en_del_og_lever_videre_beholder_sitt(self, mappe):
        """A split where the number lives on: what was the old one's is not also the new one's."""
        mappe.kommune("1581", "Nyøya")
        mappe.endring("deling", "1580", "1581")
        last_register(mappe.mappe, NYTTAR)

        assert numre(forgjengere(kommune_med_nummer("1581"))) == []
        assert numre(etterfolgere(kommune_med_nummer("1580"))) == []

    def test_fremtidens_gamle_numre_finner_frem(self, fremtid):  # noqa: F811
        last_register(fremtid, NYTTAR)

        assert numre(etterfolgere(kommune_med_nummer("0101"))) == ["3190"]
        assert numre(etterfolgere(kommune_med_nummer("3419"))) == ["3491", "3492"]
        assert kommune_med_nummer("2012").nummer == "5690"
        assert numre(kommuner_med_navn("Hå")) == ["1119"]
