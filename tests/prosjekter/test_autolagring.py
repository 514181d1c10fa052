"""Saving while somebody writes: nothing is lost, nothing half-written is published, nobody is written over."""

import pytest
from django.urls import reverse
from django.utils import timezone

from prosjekter import arbeidskopier
from prosjekter.handlinger import prosjekt as handlinger
from prosjekter.kodeverk import Status
from prosjekter.models import Arbeidskopi, Prosjekttekst
from tests.prosjekter.test_gevinst import LEDELSE, rader
from tests.prosjekter.test_registrering import kladd, seksjon, svar_i

pytestmark = pytest.mark.django_db


def autolagre(klient, prosjekt, del_="kort", *, versjon=None, utkast=0, **felt):
    """As the script sends it: changed answers and no others."""
    if versjon is None:
        prosjekt.refresh_from_db()
        versjon = prosjekt.versjon
    navn = list(dict.fromkeys(n.split("-")[0] for n in felt))
    return klient.post(
        reverse("prosjekter:autolagre", args=[prosjekt.slug, del_]),
        {"versjon": versjon, "utkast": utkast, "felt": navn, **felt},
    )


def tekst(prosjekt):
    return Prosjekttekst.objects.get(prosjekt=prosjekt)


# ---- A draft -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["kladd", "til_retting"])
def test_i_en_kladd_lagres_det_som_er_endret_og_ikke_noe_annet(som, roller, status):
    prosjekt = kladd(roller, status=status, tekst={"utfordring": "Urørt."})

    svar = autolagre(som("eier"), prosjekt, ingress="Halvskrevet set").json()

    prosjekt.refresh_from_db()
    assert (prosjekt.ingress, tekst(prosjekt).utfordring, prosjekt.versjon) == ("Halvskrevet set", "Urørt.", 2)
    assert (svar["versjon"], svar["maa_ordnes"], svar["endret"]) == (2, False, True)
    assert svar["melding"].startswith("Sist lagret kl. ")
    assert not Arbeidskopi.objects.exists()


def test_samme_lagring_to_ganger_er_en(som, roller):
    prosjekt = kladd(roller)
    autolagre(som("eier"), prosjekt, versjon=1, ingress="Ny")

    svar = autolagre(som("eier"), prosjekt, versjon=1, ingress="Ny").json()

    prosjekt.refresh_from_db()
    assert (prosjekt.versjon, svar["versjon"], svar["endret"], svar["maa_ordnes"]) == (2, 2, False, False)


def test_et_kryss_som_er_tatt_bort_og_rader_kommer_med(som, roller):
    prosjekt = kladd(roller)
    klient = som("eier")
    navnet = reverse("prosjekter:autolagre", args=[prosjekt.slug, "kort"])
    klient.post(navnet, {"versjon": 1, "felt": "tjenesteomrade"})
    svar = autolagre(klient, prosjekt, "nytte", **rader("faktorer", LEDELSE))

    assert svar.status_code == 200
    assert prosjekt.koder("tjenesteomrade") == []
    assert [f.faktor for f in prosjekt.faktorer.all()] == ["ledelse"]


def test_det_ugyldige_er_tatt_vare_paa_og_nevnt_og_resten_er_lagret(som, roller):
    prosjekt = kladd(roller)
    klient = som("eier")

    svar = autolagre(klient, prosjekt, "forsoket", losning="Vi prøver.", start_dato="0206-01-01").json()

    html = klient.get(seksjon(prosjekt, "forsoket")).content.decode()
    assert tekst(prosjekt).losning == "Vi prøver."
    assert "Dette må rettes: «Når begynte dere?»" in svar["melding"]
    assert svar["maa_ordnes"]
    assert 'value="0206-01-01"' in html
    assert "Når begynte dere? Se etter om årstallet er riktig" in html
    assert "Noe av det du skrev, er ikke lagret i prosjektet ennå" in html

    autolagre(klient, prosjekt, "forsoket", start_dato="2026-01-01", utkast=svar["utkast"])
    prosjekt.refresh_from_db()
    assert str(prosjekt.start_dato) == "2026-01-01"
    assert not Arbeidskopi.objects.exists()


def test_en_halv_rad_er_ikke_borte(som, roller):
    prosjekt = kladd(roller)
    klient = som("eier")

    autolagre(klient, prosjekt, "nytte", **rader("faktorer", {"faktor": "ledelse", "retning": "", "styrke": ""}))

    html = klient.get(seksjon(prosjekt, "nytte")).content.decode()
    assert '<option value="ledelse" selected>' in html
    assert not prosjekt.faktorer.exists()


def test_slutt_foer_start_stoppes_ogsaa_naar_bare_den_ene_er_sendt(som, roller):
    prosjekt = kladd(roller, start_dato="2026-05-01")

    svar = autolagre(som("eier"), prosjekt, "forsoket", slutt_dato="2026-01-01").json()

    prosjekt.refresh_from_db()
    assert prosjekt.slutt_dato is None
    assert svar["maa_ordnes"]


def test_to_som_skriver_i_hvert_sitt_felt_faar_hverandres_med(som, roller):
    prosjekt = kladd(roller)
    autolagre(som("kollega"), prosjekt, versjon=1, utfordring="Kollegas tekst.")

    svar = autolagre(som("eier"), prosjekt, versjon=1, ingress="Min ingress").json()

    prosjekt.refresh_from_db()
    assert (prosjekt.ingress, tekst(prosjekt).utfordring) == ("Min ingress", "Kollegas tekst.")
    assert list(svar["felter"]) == ["utfordring"]  # the page takes it in, and goes on from there
    assert "Kollegas tekst.</textarea>" in svar["felter"]["utfordring"]
    assert "Endret et annet sted, og tatt inn her: «Hva er utfordringen?»." in svar["melding"]
    assert svar["versjon"] == 3


def test_to_som_skriver_i_samme_felt_ingen_skrives_over_og_knappen_viser_begge(som, roller):
    prosjekt = kladd(roller, tekst={"utfordring": "Seks unge."})
    klient = som("eier")
    autolagre(som("kollega"), prosjekt, versjon=1, utfordring="Åtte unge.")

    svar = autolagre(klient, prosjekt, versjon=1, utfordring="Syv unge.", ingress="Min ingress").json()

    assert tekst(prosjekt).utfordring == "Åtte unge."
    assert svar["versjon"] == 1  # the page still shows what it was written on top of
    assert "Kollega Prøve har også endret «Hva er utfordringen?»." in svar["melding"]
    # What is written after that waits too: the page has not seen the other's text.
    svar = autolagre(klient, prosjekt, versjon=1, utkast=svar["utkast"], tjenesteomrade="demokrati").json()
    assert (svar["versjon"], svar["maa_ordnes"]) == (1, True)

    # A closed laptop later: all of it is there, and the button shows both.
    side = klient.get(seksjon(prosjekt, "kort"))
    assert "Syv unge.</textarea>" in side.content.decode()
    assert "Min ingress" in side.content.decode()
    skjema = side.context["skjema"]
    mitt = {
        **svar_i(prosjekt, "kort", utfordring="Syv unge.", ingress="Min ingress", tjenesteomrade=["demokrati"]),
        "versjon": skjema["versjon"].value(), "utkast": skjema["utkast"].value(),
    }  # fmt: skip
    konflikt = klient.post(seksjon(prosjekt, "kort"), mitt)
    assert konflikt.status_code == 409
    assert "åtte" in konflikt.content.decode().lower()
    assert [f.etikett for f in konflikt.context["konflikt"].felter] == ["Hva er utfordringen?"]

    mitt |= {"versjon": konflikt.context["skjema"]["versjon"].value(), "utfordring": "Åtte unge, eller syv."}
    assert klient.post(seksjon(prosjekt, "kort"), mitt).status_code == 302
    prosjekt.refresh_from_db()
    assert (tekst(prosjekt).utfordring, prosjekt.ingress) == ("Åtte unge, eller syv.", "Min ingress")
    assert prosjekt.koder("tjenesteomrade") == ["Demokrati"]
    assert not Arbeidskopi.objects.exists()


def test_det_ugyldige_jeg_venter_med_blir_ikke_skrevet_over_av_at_jeg_gaar_videre(som, roller):
    """She changes the date, wrongly; a colleague changes it, rightly; she writes on in another field."""
    prosjekt = kladd(roller)
    forste = autolagre(som("eier"), prosjekt, "forsoket", versjon=1, start_dato="0206-01-01").json()
    autolagre(som("kollega"), prosjekt, "forsoket", versjon=1, start_dato="2026-02-02")

    svar = autolagre(som("eier"), prosjekt, "forsoket", versjon=1, utkast=forste["utkast"], losning="Mer.").json()

    assert (svar["versjon"], svar["maa_ordnes"]) == (1, True)
    assert "«Når begynte dere?»" in svar["melding"]


# ---- What others read ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["publisert", "innsendt", "avpublisert"])
def test_det_andre_leser_endres_foerst_naar_noen_trykker_lagre(som, roller, status):
    prosjekt = kladd(roller, status=Status(status), ingress="Som publisert.", publisert_tid=timezone.now())
    klient = som("eier")

    svar = autolagre(klient, prosjekt, ingress="Halvskrevet set").json()

    prosjekt.refresh_from_db()
    assert (prosjekt.ingress, prosjekt.versjon) == ("Som publisert.", 1)
    assert svar["melding"].endswith("Bare du ser det til du trykker Lagre.")
    html = klient.get(seksjon(prosjekt, "kort")).content.decode()
    assert "Halvskrevet set" in html
    assert "Dette er utkastet ditt" in html
    for andre in ("kollega", "moderator", "anonym", "fremmed"):
        for adresse in (prosjekt.get_absolute_url(), seksjon(prosjekt, "kort")):
            assert "Halvskrevet set" not in som(andre).get(adresse).content.decode()
    for sok in (reverse("sok"), reverse("prosjekter:liste")):
        assert prosjekt.tittel not in som("anonym").get(sok, {"q": "halvskrevet"}).content.decode()

    ferdig = {**svar_i(prosjekt, "kort", ingress="Ferdig."), "utkast": svar["utkast"]}
    assert klient.post(seksjon(prosjekt, "kort"), ferdig).status_code == 302
    prosjekt.refresh_from_db()
    assert prosjekt.ingress == "Ferdig."
    assert not Arbeidskopi.objects.exists()


def test_aa_skrive_tilbake_det_som_stod_er_ikke_et_utkast(som, roller):
    prosjekt = kladd(roller, status=Status.PUBLISERT, ingress="Som før.", publisert_tid=timezone.now())
    autolagre(som("eier"), prosjekt, ingress="Noe annet")

    svar = autolagre(som("eier"), prosjekt, ingress="Som før.", utkast=1).json()

    assert svar["utkast"] == 0
    assert not Arbeidskopi.objects.exists()


def test_et_utkast_flettes_med_det_kollegaen_har_publisert_imens(som, roller):
    prosjekt = kladd(roller, status=Status.PUBLISERT, ingress="Før.", publisert_tid=timezone.now())
    klient = som("eier")
    autolagre(klient, prosjekt, ingress="Mitt utkast.")
    handlinger.lagre_seksjon(prosjekt, verdier={"utfordring": "Kollegas."}, versjon=1, av=roller["kollega"])

    side = klient.get(seksjon(prosjekt, "kort"))
    skjema = side.context["skjema"]
    mitt = {**svar_i(prosjekt, "kort", ingress="Mitt utkast."), "versjon": skjema["versjon"].value(), "utkast": 1}
    assert klient.post(seksjon(prosjekt, "kort"), mitt).status_code == 302

    prosjekt.refresh_from_db()
    assert (prosjekt.ingress, tekst(prosjekt).utfordring) == ("Mitt utkast.", "Kollegas.")


def test_to_vinduer_hos_samme_person_faar_vite_om_hverandre(som, roller):
    prosjekt = kladd(roller, status=Status.PUBLISERT, publisert_tid=timezone.now())
    klient = som("eier")
    autolagre(klient, prosjekt, versjon=1, ingress="Fra det ene vinduet")

    # Another field: both are kept, and the window is shown what the other has.
    svar = autolagre(klient, prosjekt, versjon=1, utkast=0, utfordring="Fra det andre").json()
    assert "Fra det ene vinduet" in svar["felter"]["ingress"]
    assert set(Arbeidskopi.objects.get().felt) == {"ingress", "utfordring"}

    # The same field: what stands is not written over, and the button shows both.
    svar = autolagre(klient, prosjekt, versjon=1, utkast=0, ingress="Fra det andre vinduet").json()
    assert svar["ikke_tatt"] == ["ingress"]
    assert "Du har skrevet noe annet i et annet vindu" in svar["melding"]
    mitt = {**svar_i(prosjekt, "kort", ingress="Fra det andre vinduet"), "utkast": 0}
    konflikt = klient.post(seksjon(prosjekt, "kort"), mitt)
    assert konflikt.status_code == 409
    assert "Du lagret i et annet vindu" in konflikt.content.decode()
    assert "ene" in konflikt.content.decode()
    mitt["utkast"] = konflikt.context["skjema"]["utkast"].value()
    assert klient.post(seksjon(prosjekt, "kort"), mitt).status_code == 302


def test_vinduet_kan_spoerre_uten_aa_ha_noe_nytt(som, roller):
    prosjekt = kladd(roller)
    autolagre(som("kollega"), prosjekt, versjon=1, ingress="Kollegas")

    svar = autolagre(som("eier"), prosjekt, versjon=1).json()

    assert (svar["versjon"], svar["endret"], list(svar["felter"])) == (2, False, ["ingress"])


def test_forkast_viser_det_som_er_lagret_og_er_bare_ens_eget(som, roller):
    prosjekt = kladd(roller, status=Status.PUBLISERT, ingress="Lagret.", publisert_tid=timezone.now())
    autolagre(som("eier"), prosjekt, ingress="Mitt")
    autolagre(som("kollega"), prosjekt, ingress="Kollegas")
    adresse = reverse("prosjekter:forkast_utkast", args=[prosjekt.slug, "kort"])

    html = som("eier").post(adresse, follow=True).content.decode()
    som("eier").post(adresse)  # a second click

    assert "Utkastet er forkastet." in html
    assert "Lagret." in html
    assert [k.bruker for k in Arbeidskopi.objects.all()] == [roller["kollega"]]


# ---- Who, and nonsense ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rolle", "kode"),
    [("eier", 200), ("kollega", 200), ("partner", 403), ("fremmed", 404), ("moderator", 404), ("anonym", 302)],
)
def test_bare_de_som_kan_redigere(som, roller, rolle, kode):
    prosjekt = kladd(roller)
    handlinger.Deltakelse.objects.create(prosjekt=prosjekt, organisasjon=roller.partneren, rolle="fagpartner")

    assert autolagre(som(rolle), prosjekt, ingress="x").status_code == kode


@pytest.mark.parametrize(
    "data",
    [
        {"felt": ["finnes_ikke", "versjon", "status", "eier"], "status": "publisert", "eier": "1"},
        {"felt": "ingress", "versjon": "x", "utkast": "-4", "ingress": "Ny"},
        {"felt": "ingress", "ingress": "🎉 \u202e" * 200},
        {"felt": "hovedprosjekt", "hovedprosjekt": "999999"},
        {"felt": "gevinster", "gevinster-TOTAL_FORMS": "9999999"},
        {},
    ],
)
def test_tull_gir_et_svar_og_endrer_ingen_regler(som, roller, data):
    prosjekt = kladd(roller)

    svar = som("eier").post(reverse("prosjekter:autolagre", args=[prosjekt.slug, "kort"]), data)

    prosjekt.refresh_from_db()
    assert svar.status_code == 200
    assert (prosjekt.status, prosjekt.eier) == ("kladd", roller.kommunen)


def test_for_mye_tekst_sies_nei_til(som, roller):
    prosjekt = kladd(roller)

    svar = autolagre(som("eier"), prosjekt, utfordring="x" * (arbeidskopier.MAKS_TEGN + 1))

    assert (svar.status_code, svar.json()["melding"]) == (413, "Ikke lagret: det er for mye tekst.")


def test_gamle_kopier_ryddes(roller):
    prosjekt = kladd(roller)
    for dager, bruker in ((181, "eier"), (179, "kollega")):
        Arbeidskopi.objects.create(
            prosjekt=prosjekt, seksjon="kort", bruker=roller[bruker], versjon=1,
            tid=timezone.now() - timezone.timedelta(days=dager),
        )  # fmt: skip

    assert not arbeidskopier.rydd()

    assert [k.bruker for k in Arbeidskopi.objects.all()] == [roller["kollega"]]


def test_hva_det_ligner_paa_finnes_ved_knappen_og_innsending_ikke_ved_hver_pause(
    som, roller, monkeypatch, django_capture_on_commit_callbacks
):
    funnet = []
    monkeypatch.setattr("prosjekter.likhet.oppdater", funnet.append)
    prosjekt, klient = kladd(roller), som("eier")

    with django_capture_on_commit_callbacks(execute=True):
        autolagre(klient, prosjekt, ingress="Skrevet mens hun tenkte.")
    assert funnet == []
    with django_capture_on_commit_callbacks(execute=True):
        klient.post(seksjon(prosjekt, "kort"), svar_i(prosjekt, "kort"))  # nothing new: it has saved itself
    assert funnet == [prosjekt.pk]
    with django_capture_on_commit_callbacks(execute=True):
        klient.post(reverse("prosjekter:send_inn", args=[prosjekt.slug]))
    assert funnet[1:2] == [prosjekt.pk]
