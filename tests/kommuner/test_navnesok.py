"""Places by any name and number they have had, and organisations by the words of their names."""

import pytest

from kommuner.models import Fylke
from kommuner.navnesok import finn_organisasjoner, finn_steder
from tests.fabrikker import lag_organisasjon

pytestmark = pytest.mark.django_db


def steder(tekst):
    return [f"{treff.sted}" + (f" ({treff.traff})" if treff.tidligere else "") for treff in finn_steder(tekst)]


@pytest.mark.usefixtures("registeret", "db")
class TestIRegisteret:
    @pytest.mark.parametrize(
        ("tekst", "svar"),
        [
            ("hald", ["Halden"]),
            ("Halden kommune", ["Halden"]),
            ("0101", ["Halden (0101)"]),
            ("3101", ["Halden"]),
            ("guovdageaidnu", ["Kautokeino"]),
            ("aurdal", ["Nord-Aurdal", "Sør-Aurdal"]),
            ("våler", ["Våler (Østfold)", "Våler (Innlandet)"]),
            ("snillfjord", ["Heim (Snillfjord)", "Hitra (Snillfjord)", "Orkland (Snillfjord)"]),
            ("Vestland fylke", ["Vestland"]),
            ("46", ["Vestland"]),
            ("oslo", ["Oslo", "Oslo"]),
            ("skolefravær i alta", ["Alta"]),
            ("skolefravær", []),
            ("b", []),
            ("", []),
            ("%", []),
            ("9999", []),
            ("1" * 5000, []),
        ],
    )
    def test_navn_og_nummer(self, tekst, svar):
        assert sorted(steder(tekst)) == sorted(svar)

    @pytest.mark.parametrize("tekst", ["ålesund", "Alesund", "aalesund", "ÅLESUND"])
    def test_med_og_uten_norske_bokstaver(self, tekst):
        assert steder(tekst)[0] == "Ålesund"

    def test_det_hele_navnet_foerst_og_saa_de_stoerste(self):
        assert steder("bø")[0] == "Bø"
        assert steder("be")[0] == "Bergen"

    def test_et_fylke_som_er_borte_finnes_fortsatt(self):
        assert [t.sted for t in finn_steder("viken")] == [Fylke.objects.get(nummer="30")]


def test_organisasjoner_har_alle_ordene_i_navnet():
    lag_organisasjon("Østre forskningsinstitutt", sektor="forskning_utdanning", orgnr="974760673")
    lag_organisasjon("Vestre forskningsinstitutt", sektor="forskning_utdanning")
    lag_organisasjon("Østre samarbeid, nedlagt", sektor="forskning_utdanning", opphort_dato="2020-01-01")

    for tekst in ("øst", "forskning østre", "ØSTRE  forsk", "974 760 673", "ostre"):
        funnet = [o.navn for o in finn_organisasjoner(tekst)]
        assert funnet == (["Østre forskningsinstitutt"] if tekst != "ostre" else [])
    assert [o.navn for o in finn_organisasjoner("forsk")] == ["Vestre forskningsinstitutt", "Østre forskningsinstitutt"]
    for tekst in ("", "%", "_", "ø", "   ", "x" * 5000, "974760674"):
        assert list(finn_organisasjoner(tekst)) == []
