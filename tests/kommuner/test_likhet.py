"""Which municipalities are alike: checked by hand against the real register."""

from math import log2

import pytest

from kommuner.likhet import avstand, folketall_i_ord, folketallsgruppe, hvorfor, lignende, ligner
from kommuner.models import Kommune
from tests.fabrikker import lag_kommune


def kommune(navn):
    return Kommune.objects.select_related("fylke").get(navn=navn, gyldig_til=None)


@pytest.mark.usefixtures("registeret", "db")
class TestMedRegisteret:
    @pytest.mark.parametrize(
        ("navn", "like"),
        [
            ("Røros", ["Heim", "Oppdal", "Tynset"]),
            ("Bodø", ["Moss", "Skien", "Ålesund"]),
            ("Utsira", ["Kvitsøy", "Røyrvik", "Træna"]),
            ("Oslo", ["Bergen", "Trondheim", "Stavanger"]),
            ("Kautokeino", ["Tana", "Skjervøy", "Steigen"]),
            ("Sunnfjord", ["Bjørnafjorden", "Alver", "Askøy"]),
        ],
    )
    def test_de_naermeste(self, navn, like):
        assert [lik.kommune.navn for lik in lignende(kommune(navn), 3)] == like

    @pytest.mark.parametrize(
        ("en", "annen", "venter", "grunn"),
        [
            # Same KOSTRA group, written form and county: only the inhabitants differ.
            ("Røros", "Heim", log2(6093 / 5685), "Samme KOSTRA-gruppe (2), 5 000–9 999 innbyggere, nøytral målform, samme fylke."),
            ("Røros", "Tynset", log2(5692 / 5685) + 0.5, "Samme KOSTRA-gruppe (2), 5 000–9 999 innbyggere, nøytral målform."),
            # Another group, the same form, another county.
            ("Oslo", "Bergen", log2(717710 / 291940) + 1 + 0.5, "Minst 50 000 innbyggere, nøytral målform."),
            # Nynorsk against neutral is half of nynorsk against bokmål.
            ("Kinn", "Askøy", log2(30145 / 17349) + 1 + 0.25, "Samme fylke."),
            ("Kinn", "Halden", log2(31935 / 17349) + 1 + 0.5 + 0.5, "Nærmest i folketall."),
            ("Utsira", "Kvitsøy", log2(544 / 215), "Samme KOSTRA-gruppe (16), under 2 000 innbyggere, nøytral målform, samme fylke."),
        ],
    )  # fmt: skip
    def test_avstanden_kan_regnes_for_haand(self, en, annen, venter, grunn):
        assert avstand(kommune(en), kommune(annen)) == pytest.approx(venter)
        assert avstand(kommune(annen), kommune(en)) == pytest.approx(venter)
        assert hvorfor(kommune(en), kommune(annen)).replace("\xa0", " ") == grunn

    def test_alle_kommuner_har_noen_aa_ligne_paa_og_aldri_seg_selv(self):
        for sted in Kommune.objects.gjeldende()[::40]:
            like = lignende(sted)
            assert len(like) == 5
            assert sted not in [lik.kommune for lik in like]
            assert [lik.avstand for lik in like] == sorted(lik.avstand for lik in like)
            assert all(lik.kommune.er_gjeldende for lik in like)

    def test_ligner_er_et_ja_eller_nei(self):
        assert ligner(kommune("Røros"), kommune("Oppdal"))
        assert not ligner(kommune("Røros"), kommune("Oslo"))
        assert not ligner(kommune("Røros"), kommune("Røros"))

    def test_to_spoerringer(self, django_assert_num_queries):
        roros = kommune("Røros")
        with django_assert_num_queries(2):
            lignende(roros)


@pytest.mark.django_db
def test_uten_tall_er_svaret_likevel_et_svar():
    bar, annen = lag_kommune("Nyvik"), lag_kommune("Gammelvik", folketall=3000, kostragruppe="EKG06")

    assert avstand(bar, annen) == 1  # unknown inhabitants count as a doubling
    assert folketallsgruppe(bar) is None
    assert hvorfor(bar, annen) == "Samme fylke."


@pytest.mark.parametrize(
    ("folketall", "ord_"),
    [
        (0, "under 2 000 innbyggere"),
        (1_999, "under 2 000 innbyggere"),
        (2_000, "2 000–4 999 innbyggere"),
        (19_999, "10 000–19 999 innbyggere"),
        (50_000, "minst 50 000 innbyggere"),
    ],
)
def test_folketallsgruppen_i_ord(folketall, ord_):
    assert folketall_i_ord(folketallsgruppe(Kommune(folketall=folketall))).replace("\xa0", " ") == ord_
