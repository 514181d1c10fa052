"""The package for those who want to do the same, and an organisation's own answers, which nobody else sees."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from prosjekter.handlinger import gjenbruk as handlinger
from prosjekter.kodeverk import Status, Synlighet
from prosjekter.models import Gjenbruksvurdering
from tests.fabrikker import lag_bruker, lag_gjenbruk, lag_organisasjon, lag_prosjekt
from tests.rollebesetning import ROLLER

pytestmark = pytest.mark.django_db


@pytest.fixture
def prosjekt(roller):
    tekst = {"kjerne": "Samtalen er en time.", "vilkar_jus": "Samtykke først.", "lenker": "[Mal](https://a.example/m)"}
    return lag_prosjekt("Samtalen", slug="samtalen", eier=roller.kommunen, tekst=tekst)


def adresse(navn):
    return reverse(f"prosjekter:{navn}", args=["samtalen"])


def _paa_min_side(klient):
    return klient.get(reverse("mitt_gjenbruk")).content.decode()


def test_pakken_sier_hva_som_maa_til_og_hva_andre_gjorde(prosjekt):
    lag_gjenbruk(prosjekt, lag_organisasjon("Bruksvik"), tilpasning="Vi gjør det på video.")
    lag_gjenbruk(prosjekt, taker_navn="Påstandsvik", tilpasning="De gjør det sikkert.")

    html = Client().get(adresse("gjenbrukspakke")).content.decode()

    assert "Samtalen er en time." in html
    assert "Samtykke først." in html
    assert 'href="https://a.example/m"' in html
    assert "Vi gjør det på video." in html
    assert "Påstandsvik" not in html


def test_pakken_og_sjekklisten_foelger_prosjektet(som, prosjekt):
    for synlighet, status in ((Synlighet.SEKTOR, Status.PUBLISERT), (Synlighet.APEN, Status.KLADD)):
        prosjekt.synlighet, prosjekt.status = synlighet, status
        prosjekt.save()
        for navn in ("gjenbrukspakke", "sjekkliste"):
            assert Client().get(adresse(navn)).status_code == 404
            assert som("eier").get(adresse(navn)).status_code == 200


def test_eieren_skriver_pakken_i_skjemaet_med_historikk(som, roller, prosjekt):
    skjema = reverse("prosjekter:rediger_seksjon", args=["samtalen", "deling"])
    svar = som("eier").post(
        skjema, {"versjon": prosjekt.versjon, "kjerne": "Samtalen er to timer.", "lokalt": "Stedet"}
    )

    assert svar.status_code == 302
    assert "to timer" in Client().get(adresse("gjenbrukspakke")).content.decode()
    historikk = som("eier").get(reverse("prosjekter:historikk", args=["samtalen"])).content.decode()
    assert "Det som må følge med uendret" in historikk


def test_en_besokende_fyller_ut_paa_skjermen_og_blir_bedt_om_aa_logge_inn_for_aa_lagre(prosjekt):
    lest = Client().get(adresse("sjekkliste"), {"notat_jus": "Husk dette", "svar_jus": "tull"})
    html = lest.content.decode()

    assert not lest.cookies
    assert "Husk dette" in html
    assert html.count('type="radio"') == 7 * 4
    assert "Samtykke først." in html
    assert "Logg inn først" in html
    svar = Client().post(adresse("sjekkliste"), {"svar_jus": "ja"})
    assert svar.status_code == 302
    assert not Gjenbruksvurdering.objects.exists()


def test_svarene_lagres_for_egen_organisasjon_og_ingen_andre_ser_dem(som, roller, prosjekt):
    som("fremmed").post(adresse("sjekkliste"), {"svar_jus": "vet_ikke", "notat_jus": "Spør personvernombudet"})

    vurdering = Gjenbruksvurdering.objects.get()
    assert (vurdering.svar_jus, vurdering.endret_av) == ("vet_ikke", roller["fremmed"])
    ser = {r for r in ROLLER if Gjenbruksvurdering.objects.synlige_for(roller[r]).exists()}
    assert ser == {"fremmed"}
    viser = {r for r in ROLLER if "Spør personvernombudet" in som(r).get(adresse("sjekkliste")).content.decode()}
    assert viser == {"fremmed"}
    finner = {r for r in ROLLER if r != "anonym" and "Samtalen" in _paa_min_side(som(r))}
    assert finner == {"fremmed"}


def test_ingen_lagrer_for_andre(roller, prosjekt):
    with pytest.raises(PermissionDenied):
        handlinger.lagre_vurdering(
            prosjekt, organisasjon=roller.partneren, verdier={"svar_jus": "ja"}, versjon=1, av=roller["fremmed"]
        )


def test_to_kolleger_fyller_ut_sammen(som, roller, prosjekt):
    kollega = Client()
    kollega.force_login(lag_bruker(i=roller["fremmed"].medlemskap.get().organisasjon))
    kollega.post(adresse("sjekkliste"), {"notat_jus": "Jussen er grei"})

    flettet = som("fremmed").post(adresse("sjekkliste"), {"versjon": 1, "notat_jus": "", "notat_folk": "Vi er to"})
    uenig = som("fremmed").post(adresse("sjekkliste"), {"versjon": 1, "notat_jus": "Nei, den er ikke det"})

    vurdering = Gjenbruksvurdering.objects.get()
    assert flettet.status_code == 302
    assert (vurdering.notat_jus, vurdering.notat_folk) == ("Jussen er grei", "Vi er to")
    assert uenig.status_code == 409
    assert "Nei, den er ikke det" in uenig.content.decode()
