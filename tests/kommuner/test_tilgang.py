"""Every question in kommuner/tilgang.py, asked for everyone in the cast."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kommuner import tilgang
from kommuner.kodeverk import KS_ROLLER, Rolle
from kommuner.models import Bruker, Medlemskap
from tests.fabrikker import lag_bruker, lag_ks, lag_organisasjon
from tests.rollebesetning import ROLLER

pytestmark = pytest.mark.django_db

# Who gets a yes. Everyone else in the cast gets a no.
OM_PERSONEN = {
    tilgang.er_administrator: {"administrator"},
    tilgang.er_moderator: {"moderator", "administrator"},
    tilgang.er_missionkurator: {"missionkurator", "administrator"},
    tilgang.er_folgeforsker: {"folgeforsker"},
    tilgang.er_i_kommunesektoren: set(ROLLER) - {"anonym", "partner"},
}
OM_KOMMUNEN = {
    tilgang.er_medlem: {"eier", "kollega", "ansvarlig"},
    tilgang.er_ansvarlig: {"ansvarlig"},
    tilgang.kan_styre_medlemmer: {"ansvarlig", "moderator", "administrator"},
    tilgang.kan_soke_medlemskap: set(ROLLER) - {"anonym", "eier", "kollega", "ansvarlig"},
}
OM_MEDLEMSKAPET_TIL_EIER = {
    tilgang.kan_endre_medlemskap: {"ansvarlig", "moderator", "administrator"},
    tilgang.kan_avslutte_medlemskap: {"eier", "ansvarlig", "moderator", "administrator"},
}


@pytest.mark.parametrize("rolle", ROLLER)
@pytest.mark.parametrize("regel", OM_PERSONEN)
def test_om_personen(regel, rolle, roller):
    assert regel(roller[rolle]) is (rolle in OM_PERSONEN[regel])


@pytest.mark.parametrize("rolle", ROLLER)
@pytest.mark.parametrize("regel", OM_KOMMUNEN)
def test_om_kommunen(regel, rolle, roller):
    assert regel(roller[rolle], roller.kommunen) is (rolle in OM_KOMMUNEN[regel])


@pytest.mark.parametrize("rolle", ROLLER)
@pytest.mark.parametrize("regel", OM_MEDLEMSKAPET_TIL_EIER)
def test_om_medlemskapet_til_eier(regel, rolle, roller):
    medlemskap = roller["eier"].medlemskap.get()

    assert regel(roller[rolle], medlemskap) is (rolle in OM_MEDLEMSKAPET_TIL_EIER[regel])


@pytest.mark.parametrize("rolle", ROLLER)
def test_hvilke_roller_hver_av_dem_kan_gi(rolle, roller):
    vanlige = [Rolle.BIDRAGSYTER, Rolle.ANSVARLIG]
    i_kommunen = tilgang.roller_aa_gi(roller[rolle], roller.kommunen)
    i_ks = tilgang.roller_aa_gi(roller[rolle], lag_ks())

    assert i_kommunen == (vanlige if rolle in {"ansvarlig", "moderator", "administrator"} else [])
    assert i_ks == {"moderator": vanlige, "administrator": [*vanlige, *KS_ROLLER]}.get(rolle, [])


@pytest.mark.parametrize("rolle", KS_ROLLER)
def test_ks_roller_utenfor_ks_gir_ingenting(rolle):
    bruker = lag_bruker(i=lag_organisasjon(), rolle=rolle)

    for regel in (tilgang.er_administrator, tilgang.er_moderator, tilgang.er_missionkurator, tilgang.er_folgeforsker):
        assert not regel(bruker)
    assert not bruker.is_staff


def test_foelgeforskeren_leser_og_er_ikke_med_i_noe(roller):
    forsker = roller["folgeforsker"]

    assert tilgang.organisasjon_ider(forsker) == set()
    assert not tilgang.er_medlem(forsker, lag_ks())
    assert not tilgang.kan_styre_medlemmer(forsker, lag_ks())
    assert not tilgang.kan_soke_medlemskap(forsker, lag_ks())


@pytest.mark.parametrize(
    ("fra", "til", "gjelder"),
    [(-10, None, True), (0, None, True), (1, None, False), (-10, 1, True), (-10, 0, False), (-10, -1, False)],
)
def test_en_rolle_gjelder_fra_og_med_og_til_dagen_foer(fra, til, gjelder):
    idag = timezone.localdate()
    sted = lag_organisasjon()
    bruker = lag_bruker()
    Medlemskap.objects.create(
        bruker=bruker,
        organisasjon=sted,
        fra_dato=idag + timedelta(days=fra),
        til_dato=None if til is None else idag + timedelta(days=til),
    )

    assert tilgang.er_medlem(Bruker.objects.get(pk=bruker.pk), sted) is gjelder


@pytest.mark.parametrize("rolle", [rolle for rolle in ROLLER if rolle != "anonym"])
def test_bare_administratorer_kan_bruke_noedverktoeyet(rolle, roller):
    bruker = roller[rolle]

    assert bruker.is_staff is (rolle == "administrator")
    assert bruker.has_perm("kommuner.change_bruker") is (rolle == "administrator")
    assert bruker.has_module_perms("kommuner") is (rolle == "administrator")
    bruker.is_active = False
    assert not bruker.has_perm("kommuner.change_bruker")


def test_en_foresporsel_om_roller_koster_ett_oppslag(roller, django_assert_num_queries):
    bruker = Bruker.objects.get(pk=roller["moderator"].pk)

    with django_assert_num_queries(1):
        for regel in OM_PERSONEN:
            regel(bruker)
        bruker.is_staff  # noqa: B018
