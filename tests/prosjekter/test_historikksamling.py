"""One sitting, one row: the history of what saved itself is gathered, and still tells the truth."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partnerskap.felles.versjon import Konflikt
from prosjekter import historikksamling
from prosjekter.handlinger import prosjekt as handlinger
from prosjekter.kodeverk import Status
from prosjekter.models import Arbeidskopi, Klassifisering, Prosjekt, Prosjekttekst
from prosjekter.sidedata import historikk as historikkdata

pytestmark = pytest.mark.django_db

TO_DAGER = timedelta(days=2)


@pytest.fixture
def klokka(monkeypatch):
    """`klokka(minutter)` says what time it is, from two days ago."""
    start = timezone.now() - TO_DAGER

    def still(minutter):
        monkeypatch.setattr(timezone, "now", lambda: start + timedelta(minutes=minutter))

    still(0)
    return still


def opprett(roller, av="eier"):
    prosjekt, _ny = handlinger.opprett(
        tittel="Nattevakt", utfordring="Start.", eier=roller.kommunen, nokkel="a", av=roller[av]
    )
    return prosjekt


def lagre(prosjekt, av, **verdier):
    return handlinger.lagre_seksjon(prosjekt, verdier=verdier, versjon=Prosjekt.objects.get().versjon, av=av)


def sitt(prosjekt, av, klokka, fra=1):
    """Five pauses: the challenge grows, a code comes and goes, another comes and stays."""
    ord_ = ["Vi", "Vi ser", "Vi ser at", "Vi ser at noe", "Vi ser at noe mangler."]
    for nr, tekst in enumerate(ord_):
        klokka(fra + nr)
        koder = {1: ["eldre"], 2: ["eldre", "barn"], 3: ["barn"], 4: ["barn"]}.get(nr, [])
        lagre(prosjekt, av, utfordring=tekst, **({"malgruppe": koder} if nr else {}))
    return ord_


def i_dag(klokka):
    klokka(TO_DAGER.total_seconds() / 60)


def test_en_okt_blir_en_rad_og_siden_viser_det_samme(roller, klokka):
    prosjekt = opprett(roller)
    sitt(prosjekt, roller["eier"], klokka)
    i_dag(klokka)
    foer = [
        (e.tid, e.hvem, e.hva, [(f.etikett, f.fra, f.til) for f in e.felter]) for e in historikkdata.endringer(prosjekt)
    ]
    naa = handlinger.som_var(prosjekt, 6)

    historikksamling.samle()
    historikksamling.samle()

    etter = [
        (e.tid, e.hvem, e.hva, [(f.etikett, f.fra, f.til) for f in e.felter]) for e in historikkdata.endringer(prosjekt)
    ]
    assert etter == foer
    assert [(r.versjon, r.history_change_reason) for r in Prosjekt.historikk.order_by("versjon")] == [
        (1, "opprett"), (6, "lagre_seksjon"),
    ]  # fmt: skip
    assert Prosjekttekst.historikk.count() == 2
    assert [(r.verdi, r.history_type) for r in Klassifisering.historikk.all()] == [("barn", "+")]
    assert handlinger.som_var(prosjekt, 6) == naa
    assert handlinger.som_var(prosjekt, 1)["utfordring"] == "Start."
    assert handlinger.som_var(prosjekt, 1)["malgruppe"] == []


def test_to_personer_lange_pauser_og_det_publiserte_holdes_fra_hverandre(roller, klokka):
    prosjekt = opprett(roller)
    for minutt, hvem in ((1, "eier"), (2, "eier"), (3, "kollega"), (4, "eier"), (60, "eier"), (61, "eier")):
        klokka(minutt)
        lagre(prosjekt, roller[hvem], ingress=f"Etter {minutt}.")
    Prosjekt.objects.update(status=Status.PUBLISERT, publisert_tid=timezone.now(), kontaktrolle="Leder")
    for minutt in (62, 63):
        klokka(minutt)
        lagre(prosjekt, roller["eier"], ingress=f"Etter {minutt}.")
    i_dag(klokka)

    historikksamling.samle()

    igjen = Prosjekt.historikk.exclude(ingress="").order_by("versjon").values_list("ingress", flat=True)
    assert list(igjen) == [f"Etter {m}." for m in (2, 3, 4, 61, 62, 63)]


def test_det_som_ikke_er_en_dag_gammelt_og_det_noen_skriver_oppaa_staar(roller, klokka):
    prosjekt = opprett(roller)
    sitt(prosjekt, roller["eier"], klokka)
    Arbeidskopi.objects.create(prosjekt=prosjekt, bruker=roller["kollega"], seksjon="kort", versjon=4)
    klokka(TO_DAGER.total_seconds() / 60 - 30)
    lagre(prosjekt, roller["eier"], ingress="Nå.")
    klokka(TO_DAGER.total_seconds() / 60 - 29)
    lagre(prosjekt, roller["eier"], ingress="Nå nettopp.")
    i_dag(klokka)
    var = handlinger.som_var(prosjekt, 4)

    historikksamling.samle()

    assert list(Prosjekt.historikk.order_by("versjon").values_list("versjon", flat=True)) == [1, 4, 6, 7, 8]
    assert handlinger.som_var(prosjekt, 4) == var


def test_konflikter_finnes_fortsatt_for_en_side_fra_midt_i_okten(roller, klokka):
    """Somebody left a page open that showed a version which has no row any more."""
    prosjekt = opprett(roller)
    sitt(prosjekt, roller["eier"], klokka)
    i_dag(klokka)
    historikksamling.samle()

    flettet = handlinger.lagre_seksjon(
        prosjekt, verdier={"ingress": "Kollegaens ingress."}, versjon=4, av=roller["kollega"]
    )
    assert flettet.ingress == "Kollegaens ingress."  # nobody touched it in the sitting: merged
    with pytest.raises(Konflikt) as feil:
        handlinger.lagre_seksjon(prosjekt, verdier={"utfordring": "Noe annet."}, versjon=4, av=roller["kollega"])
    assert [f.navn for f in feil.value.felter] == ["utfordring"]
    assert Prosjekttekst.objects.get().utfordring == "Vi ser at noe mangler."
