"""A report of what should not stand here is KS' until KS has answered, also when what it was about is deleted."""

import pytest
from django.urls import reverse
from django.utils.text import capfirst

from prosjekter import henvendelser
from prosjekter.handlinger import fil as fil_handlinger
from prosjekter.handlinger import gjenbruk as gjenbruk_handlinger
from prosjekter.handlinger import laering as laering_handlinger
from prosjekter.handlinger import nedtaking as nedtaking_handlinger
from prosjekter.handlinger import samspill as samspill_handlinger
from prosjekter.models import Henvendelse, Innholdsmelding, Lenke
from tests.fabrikker import (
    lag_barriere,
    lag_bilde,
    lag_eksperiment,
    lag_gjenbruk,
    lag_laering,
    lag_prosjekt,
    lag_samspill,
    lag_vedlegg,
)
from utboks.models import Epost

KOEN = reverse("prosjekter:innholdsmeldinger")


def trekk_samspill(rad, *, av):
    valg = samspill_handlinger.Valg(maal=rad.maal, type="", versjon=rad.versjon)
    samspill_handlinger.lagre(rad.fra, valg=[valg], av=av)


def slett_rad(rad, *, av):
    """What no page deletes; it goes with a project that is deleted in admin, or a sender who leaves the portal."""
    rad.delete()


TING = {  # what is reported: how it is made, how it is deleted, and what KS reads of it when it is gone
    "bilde": (lambda p: lag_bilde(p, "To stoler."), fil_handlinger.slett, "bilde «To stoler.», Samtalen"),
    "vedlegg": (lambda p: lag_vedlegg(p, "Guiden"), fil_handlinger.slett, "vedlegg «Guiden», Samtalen"),
    "lenke": (
        lambda p: Lenke.objects.create(prosjekt=p, tittel="Rapporten", url="https://x.example/"),
        fil_handlinger.slett,
        "lenke «Rapporten», Samtalen",
    ),
    "laering": (lag_laering, laering_handlinger.slett, "læringskort, Samtalen"),
    "gjenbruk": (
        lambda p: lag_gjenbruk(p, taker_navn="Borettslaget"),
        gjenbruk_handlinger.fjern_pastand,
        "gjenbruk i Borettslaget, Samtalen",
    ),
    "komplementaritet": (lambda p: lag_samspill(p, lag_prosjekt()), trekk_samspill, "samspill, Samtalen"),
    "barriere": (lag_barriere, slett_rad, "barriere, Samtalen"),
    "eksperiment": (lag_eksperiment, slett_rad, "eksperiment, Samtalen"),
}


@pytest.fixture
def prosjekt(roller):
    return lag_prosjekt("Samtalen", slug="samtalen", eier=roller.kommunen, ansvarlig=roller["eier"])


@pytest.fixture(params=TING)
def meldt(request, roller, prosjekt):
    """(the report, what it is about, how that is deleted, its name)"""
    lag, slett, navn = TING[request.param]
    ting = lag(prosjekt)
    melding, _ny = henvendelser.meld(
        **{request.param: ting}, grunn="personopplysninger", tekst="Kari står der.", av=roller["fremmed"]
    )
    return melding, ting, slett, navn


def koen(som):
    return som("moderator").get(KOEN).content.decode()


def test_meldingen_blir_naar_det_den_gjelder_slettes(som, roller, meldt):
    _melding, ting, slett, navn = meldt
    assert capfirst(navn) in koen(som)

    slett(ting, av=roller["eier"])

    html = koen(som)
    assert capfirst(navn) in html
    assert "Slettet etter at det ble meldt" in html
    assert "Kari står der." in html
    assert "1 melding om innhold" in som("moderator").get(reverse("minside")).content.decode()


def test_den_som_meldte_faar_svar_ogsaa_om_det_som_er_slettet(som, roller, meldt):
    melding, ting, slett, navn = meldt
    slett(ting, av=roller["eier"])

    som("moderator").post(KOEN, {"melding": melding.pk, "svar": "Eieren har slettet det."})

    brev = Epost.objects.get(til=roller["fremmed"].email)
    assert "Eieren har slettet det." in brev.tekst
    assert navn in brev.tekst
    assert "Kari står der." not in koen(som)


def test_meldingen_blir_naar_hele_prosjektet_slettes(som, meldt):
    _melding, ting, _slett, navn = meldt

    ting.prosjekt.delete()

    assert capfirst(navn) in koen(som)


def test_et_meldt_spoersmaal_kan_slettes_med_den_som_spurte(som, roller, prosjekt):
    henvendelse = Henvendelse.objects.create(prosjekt=prosjekt, avsender=roller["fremmed"], tekst="Ring meg på 90 00.")
    henvendelser.meld(henvendelse=henvendelse, grunn="upassende", tekst="", av=roller["eier"])

    henvendelse.delete()

    html = koen(som)
    assert "Spørsmål til Samtalen" in html
    assert "Ring meg" not in html


def test_ks_ser_bildet_og_om_det_som_er_meldt_alt_er_tatt_ned(som, roller, prosjekt):
    bilde, kort = lag_bilde(prosjekt), lag_laering(prosjekt)
    henvendelser.meld(bilde=bilde, grunn="personopplysninger", tekst="", av=roller["fremmed"])
    henvendelser.meld(laering=kort, grunn="personopplysninger", tekst="", av=roller["fremmed"])
    nedtaking_handlinger.ta_ned(kort, grunn="reklame", begrunnelse="Nei.", av=roller["moderator"])

    _for, om_bildet, om_kortet, *_bunn = koen(som).split("<h2")

    assert bilde.minste in om_bildet
    assert "Tatt ned" not in om_bildet
    assert "Tatt ned" in om_kortet


def test_koen_leder_moderatorer_og_ingen_andre_til_meldingene(som, meldt):
    lenke = f'href="{KOEN}">1 melding om innhold</a>'

    assert lenke in som("moderator").get(reverse("prosjekter:ko")).content.decode()
    assert KOEN not in som("missionkurator").get(reverse("prosjekter:ko")).content.decode()


def test_ks_leser_om_aa_ta_ned_og_eieren_om_aa_legge_til(som, prosjekt):
    lag_bilde(prosjekt)
    adresse = reverse("prosjekter:filer", args=["samtalen"])
    ks, eier = (som(rolle).get(adresse).content.decode() for rolle in ("moderator", "eier"))

    assert ("Her tar du ned én ting" in ks, "1 av 20" in ks, "det du legger til" in ks) == (True, False, False)
    assert ("Her tar du ned én ting" in eier, "1 av 20" in eier, "det du legger til" in eier) == (False, True, True)


def test_ingen_andre_enn_ks_leser_meldinger_om_det_som_er_slettet(som, roller, meldt):
    _melding, ting, slett, _navn = meldt
    slett(ting, av=roller["eier"])

    for rolle in ("fremmed", "eier", "partner", "missionkurator", "folgeforsker"):
        assert som(rolle).get(KOEN).status_code == 403, rolle
        assert not Innholdsmelding.objects.synlige_for(roller[rolle]).exists()


@pytest.mark.parametrize("antall", [1, 3])
def test_koen_bruker_like_mange_sporringer(som, roller, antall, django_assert_max_num_queries):
    for nummer in range(antall):
        prosjekt = lag_prosjekt(f"Prosjekt nr. {nummer}", eier=roller.kommunen)
        for felt, (lag, slett, _navn) in TING.items():
            for _gang, skal_slettes in ((1, True), (2, False)):
                ting = lag(prosjekt)
                henvendelser.meld(**{felt: ting}, grunn="reklame", tekst="", av=roller["fremmed"])
                if skal_slettes:
                    slett(ting, av=roller["eier"])
    klient = som("moderator")
    klient.get(KOEN)

    with django_assert_max_num_queries(12):
        klient.get(KOEN)
