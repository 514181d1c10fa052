"""What a process remembers is read once, and anew as soon as somebody tells of a change."""

import pytest

from partnerskap.felles import innhold

pytestmark = pytest.mark.django_db


class Kilde:
    def __init__(self):
        self.lest = 0

    def les(self):
        self.lest += 1
        return f"lest {self.lest}"


def test_det_som_huskes_leses_en_gang_til_noe_endres():
    kilde = Kilde()
    assert [innhold.husk("menyen", kilde.les) for _gang in range(3)] == ["lest 1"] * 3

    innhold.endret("mission")

    assert innhold.husk("menyen", kilde.les) == "lest 2"


def test_hvert_navn_huskes_for_seg():
    kilde = Kilde()

    assert innhold.husk("menyen", kilde.les) == "lest 1"
    assert innhold.husk(("menyen", 7), kilde.les) == "lest 2"
    assert innhold.husk("menyen", kilde.les) == "lest 1"


def test_en_side_som_bare_leser_spoer_en_gang_om_noe_er_endret(django_assert_num_queries):
    with innhold.som_lest(), django_assert_num_queries(1):
        merker = {innhold.merke() for _gang in range(3)}
        innhold.husk("menyen", lambda: 1)
    assert len(merker) == 1

    with innhold.som_lest(), django_assert_num_queries(0):
        pass


def test_inne_i_siden_gjelder_merket_den_begynte_med_og_etterpaa_det_nye():
    with innhold.som_lest():
        foer = innhold.merke()
        innhold.endret()
        assert innhold.merke() == foer

    assert innhold.merke() != foer
