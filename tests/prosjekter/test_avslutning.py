"""Closing a project, and asking whether one is still right."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from prosjekter import ettersyn
from prosjekter.models import Prosjekt
from tests.fabrikker import lag_prosjekt
from utboks.models import Epost

pytestmark = pytest.mark.django_db


def avslutt(klient, prosjekt, **felt):
    data = {"versjon": prosjekt.versjon, "utfall": "virket_ikke", "laering": "Begynn i det små.", **felt}
    return klient.post(reverse("prosjekter:avslutt", args=[prosjekt.slug]), data)


# ---- How did it go? ------------------------------------------------------------------------------------------------


def test_avslutte_krever_utfall_og_laering_og_grunn_naar_det_stoppet(som, roller):
    prosjekt = lag_prosjekt(eier=roller.kommunen)

    uten = avslutt(som("eier"), prosjekt, utfall="", laering="")
    stopp = avslutt(som("eier"), prosjekt, utfall="stoppet")

    assert "Velg hvordan det gikk" in uten.content.decode()
    assert "Skriv minst én ting dere lærte" in uten.content.decode()
    assert "Velg hvorfor det stoppet" in stopp.content.decode()
    assert "Begynn i det små." in stopp.content.decode()
    assert Prosjekt.objects.get().utfall == "pagar"
    assert avslutt(som("eier"), prosjekt).status_code == 302
    prosjekt.refresh_from_db()
    assert (prosjekt.utfall, prosjekt.tekst.laering) == ("virket_ikke", "Begynn i det små.")


def test_knappen_for_en_rad_til_avslutter_ikke(som, roller):
    prosjekt = lag_prosjekt(eier=roller.kommunen)
    rad = {"avviklinger-TOTAL_FORMS": "1", "avviklinger-INITIAL_FORMS": "0", "avviklinger-0-hva": "Faksen"}

    html = avslutt(som("eier"), prosjekt, **rad, **{"avviklinger-flere": "1"}).content.decode()

    assert 'name="avviklinger-1-hva"' in html
    assert "Begynn i det små." in html
    assert Prosjekt.objects.get().utfall == "pagar"


def test_i_drift_spoer_vi_hva_dere_slutter_med(som, roller):
    prosjekt = lag_prosjekt(eier=roller.kommunen, fase="drift")

    svar = avslutt(som("eier"), prosjekt, utfall="virket")

    assert "Skriv hva dere slutter med" in svar.content.decode()
    assert avslutt(som("eier"), prosjekt, utfall="virket", avvikling="Papirlistene.").status_code == 302


def test_et_publisert_prosjekt_avsluttes_ikke_uten_laering_i_seksjonen_heller(som, roller):
    prosjekt = lag_prosjekt(eier=roller.kommunen)
    adresse = reverse("prosjekter:rediger_seksjon", args=[prosjekt.slug, "forsoket"])

    svar = som("eier").post(
        adresse,
        {"versjon": 1, "fase": "ide", "utfall": "stoppet", "losning": "Ny tekst", "opphav": "", "radikalitet": ""},
    )

    html = svar.content.decode()
    assert "Skriv minst én ting dere lærte først, under «Det som skjedde»" in html
    assert "Ny tekst" in html
    assert Prosjekt.objects.get().utfall == "pagar"


@pytest.mark.parametrize(("rolle", "status"), [("fremmed", 403), ("kollega", 200), ("moderator", 403)])
def test_bare_eierne_avslutter(som, roller, rolle, status):
    prosjekt = lag_prosjekt(eier=roller.kommunen)

    assert som(rolle).get(reverse("prosjekter:avslutt", args=[prosjekt.slug])).status_code == status


# ---- Still right? --------------------------------------------------------------------------------------------------


@pytest.fixture
def gammelt(roller):
    siden = timezone.localdate() - timedelta(days=200)
    return lag_prosjekt("Gammelt", eier=roller.kommunen, ansvarlig=roller["eier"], sist_bekreftet=siden)


def test_etter_et_halvt_aar_kommer_ett_brev_om_alle_og_ikke_igjen(roller, gammelt):
    gjerne = {"eier": roller.kommunen, "ansvarlig": roller["eier"]}
    lag_prosjekt("Også gammelt", sist_bekreftet=gammelt.sist_bekreftet, **gjerne)
    lag_prosjekt("Ferskt", sist_bekreftet=timezone.localdate(), **gjerne)
    lag_prosjekt("Ferdig", sist_bekreftet=gammelt.sist_bekreftet, utfall="virket_ikke", **gjerne)
    lag_prosjekt("Kladden", status="kladd", **gjerne)

    for _runde in range(2):
        ettersyn.minn()

    brev = Epost.objects.get()
    assert (brev.til, brev.emne) == (roller["eier"].email, "Stemmer de 2 prosjektene dine fortsatt?")
    assert "Gammelt\n" in brev.tekst
    assert "Også gammelt\n" in brev.tekst
    for annet in ("Ferskt", "Ferdig", "Kladden"):
        assert annet not in brev.tekst


def test_ingen_gamle_gir_ingen_brev(roller):
    lag_prosjekt(eier=roller.kommunen, ansvarlig=roller["eier"], sist_bekreftet=timezone.localdate())

    assert ettersyn.minn() is False
    assert not Epost.objects.exists()


def test_neste_halvaar_spoer_vi_igjen_men_ikke_den_som_har_sluttet(roller, gammelt):
    ettersyn.minn()
    roller["eier"].medlemskap.update(til_dato=timezone.localdate() - timedelta(days=1))
    Prosjekt.objects.update(paminnet_dato=timezone.localdate() - timedelta(days=184))
    roller["ansvarlig"]

    ettersyn.minn()

    assert [e.til for e in Epost.objects.order_by("pk")] == [roller["eier"].email, roller["ansvarlig"].email]


def test_lenken_i_brevet_bekrefter_med_ett_klikk_uten_innlogging(client, roller, gammelt):
    ettersyn.minn()
    adresse = ettersyn.adresse(gammelt, roller["eier"])
    assert adresse in Epost.objects.get().tekst

    html = client.get(adresse).content.decode()
    assert "Gammelt" in html
    assert Prosjekt.objects.get().sist_bekreftet == gammelt.sist_bekreftet
    for _klikk in range(2):
        client.post(adresse)

    prosjekt = Prosjekt.objects.get()
    assert prosjekt.sist_bekreftet == timezone.localdate()
    assert prosjekt.historikk.first().history_user == roller["eier"]
    assert prosjekt.versjon == gammelt.versjon + 1


def test_andres_gamle_og_falske_lenker_er_ingenting_verdt(client, roller, gammelt, monkeypatch):
    god = ettersyn.adresse(gammelt, roller["eier"])

    assert client.get(ettersyn.adresse(gammelt, roller["fremmed"])).status_code == 404
    assert client.post(god.replace("stemmer/", "stemmer/x")).status_code == 404
    monkeypatch.setattr(ettersyn, "LENKE_VARER", timedelta(seconds=-1))
    assert client.post(god).status_code == 404
    assert Prosjekt.objects.get().sist_bekreftet == gammelt.sist_bekreftet
