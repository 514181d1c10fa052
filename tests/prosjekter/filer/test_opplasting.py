"""A picture, an attachment or a link is added, by the pages: what is taken in, what is refused, and how much."""

import os
import threading

import pytest
from django.core.files.storage import storages
from django.db import IntegrityError, connection, transaction
from django.test import Client

from partnerskap.felles import bildekontroll, filkontroll
from partnerskap.felles.opplasting import TilDisk
from prosjekter.handlinger import fil as handlinger
from prosjekter.models import (
    Bilde,
    Lenke,
    Prosjekt,
    Vedlegg,
)
from tests.felles import filer
from tests.felles.test_virus import EICAR
from tests.prosjekter.filer.hjelpere import OM_BILDET, adresse, nytt_vedlegg, paa_disk, side

pytestmark = pytest.mark.django_db


# ---- Adding, by the pages ------------------------------------------------------------------------------------------


def test_et_bilde_legges_til_og_vises_for_alle(som, prosjekt, lager):
    svar = som("eier").post(
        adresse("nytt_bilde"), {"fil": filer.bilde(bredde=1000), "bildetekst": "Ved bordet", **OM_BILDET}
    )

    bilde = Bilde.objects.get()
    assert svar["Location"] == f"/prosjekter/samtalen/filer/#bilde-{bilde.pk}"
    assert len(paa_disk(lager)) == 6
    html = side()
    assert 'alt="To stoler."' in html
    assert "Ved bordet" in html
    assert "Bilde: Fjordvik." in html
    assert 'width="1000" height="600"' in html
    assert f"{bilde.merke}-480.webp 480w" in html
    assert f'"image": "http://127.0.0.1:8000{bilde.storste}"' in html
    assert f'og:image" content="http://127.0.0.1:8000/prosjekter/samtalen/bilder/{bilde.pk}/' in html


def test_et_vedlegg_legges_til_og_heter_som_filen_naar_ingen_sier_noe(som, prosjekt):
    som("eier").post(adresse("nytt_vedlegg"), {"fil": filer.opplastet("../../Mal for møtet.pdf", filer.pdf())})

    vedlegg = Vedlegg.objects.get()
    assert (vedlegg.tittel, vedlegg.filnavn, vedlegg.type) == ("Mal for møtet", "Mal for møtet.pdf", "pdf")
    assert "PDF, " in side()


def test_en_lenke_legges_til(som, prosjekt):
    som("eier").post(adresse("ny_lenke"), {"url": " www.a.example/x ", "tittel": "Sluttrapport"})

    html = side()
    assert '<a href="https://www.a.example/x"' in html
    assert "Lenke til a.example" in html


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "ftp://a.example", "a", "https://", "//a.example", ""]
)
def test_en_lenke_som_ikke_er_til_en_nettside(som, prosjekt, url):
    svar = som("eier").post(adresse("ny_lenke"), {"url": url, "tittel": "Sluttrapport"})

    assert svar.status_code == 200
    assert "Sluttrapport" in svar.content.decode()
    assert not Lenke.objects.exists()
    if url != "https://":  # the database knows only how it must begin
        with pytest.raises(IntegrityError), transaction.atomic():
            Lenke.objects.create(prosjekt=prosjekt, tittel="x", url=url)


def test_to_klikk_lager_ett_og_samme_fil_to_ganger_er_ett(som, prosjekt, lager):
    klient = som("eier")
    nokkel = klient.get(adresse("nytt_bilde")).context["skjema"]["nokkel"].value()
    for _klikk in range(2):
        klient.post(adresse("nytt_bilde"), {"fil": filer.bilde(), "nokkel": nokkel, **OM_BILDET})

    igjen = som("kollega").post(adresse("nytt_bilde"), {"fil": filer.bilde(), **OM_BILDET}, follow=True)

    assert Bilde.objects.count() == 1
    assert "ligger her fra før" in igjen.content.decode()
    assert len({os.path.dirname(fil) for fil in paa_disk(lager)}) == 1


def test_pynt_har_ingen_tekst_og_ellers_maa_det_staa_hva_bildet_viser(som, prosjekt):
    klient = som("eier")
    uten = klient.post(adresse("nytt_bilde"), {"fil": filer.bilde(), **OM_BILDET, "alt_tekst": ""})
    klient.post(adresse("nytt_bilde"), {"fil": filer.bilde(), **OM_BILDET, "er_pynt": "on"})

    assert "Skriv hva bildet viser" in uten.content.decode()
    assert Bilde.objects.get().alt_tekst == ""
    assert 'alt=""' in side()


@pytest.mark.parametrize(
    ("navn", "fil", "melding"),
    [
        ("nytt_bilde", ("x.png", b"<svg onload=alert(1)>"), "ikke et bilde vi kan lese"),
        ("nytt_bilde", ("x.png", filer.png_som_paastaar(30_000, 30_000)), "Bildet er for stort"),
        ("nytt_bilde", ("x.png", b""), "Filen er tom"),
        ("nytt_vedlegg", ("x.pdf", b"<html><script>alert(1)</script>"), "men er ikke det"),
        ("nytt_vedlegg", ("x.zip", filer.arkiv({"a": b"b"})), "Pakkede filer"),
        ("nytt_vedlegg", ("x.docx", filer.ooxml("docx", {"word/vbaProject.bin": b"x"})), "makroer"),
        ("nytt_vedlegg", ("x" * 300 + ".pdf", b""), "Filen er tom"),
    ],
)
def test_det_som_ikke_tas_imot_sies_ved_feltet_og_ingenting_skrevet_er_borte(som, prosjekt, lager, navn, fil, melding):
    skrevet = {**OM_BILDET, "alt_tekst": "Skrevet tekst", "tittel": "Skrevet tekst"}

    svar = som("eier").post(adresse(navn), {"fil": filer.opplastet(*fil), **skrevet})

    html = svar.content.decode()
    assert svar.status_code == 200
    assert melding in html
    assert "Skrevet tekst" in html
    assert "Velg filen på nytt" in html
    assert paa_disk(lager) == []


def test_uten_fil(som, prosjekt):
    assert "Velg et bilde" in som("eier").post(adresse("nytt_bilde"), OM_BILDET).content.decode()
    assert "Velg en fil" in som("eier").post(adresse("nytt_vedlegg"), {}).content.decode()
    assert som("eier").post(adresse("nytt_vedlegg"), {"fil": "tekst"}).status_code == 200


@pytest.fixture
def trang(monkeypatch, settings, tmp_path_factory):
    """Small limits, and a folder for what is on its way."""
    mappe = tmp_path_factory.mktemp("paa-vei")
    settings.FILE_UPLOAD_TEMP_DIR = str(mappe)
    opprinnelig = TilDisk.__init__
    monkeypatch.setattr(TilDisk, "__init__", lambda self, request, maks: opprinnelig(self, request, 1000))
    return mappe


def test_for_stor_fil_leses_forbi_og_teksten_staar(som, prosjekt, trang):
    stor = filer.opplastet("stor.txt", b"x" * (3 * 1024 * 1024))

    svar = som("eier").post(adresse("nytt_vedlegg"), {"fil": stor, "tittel": "Skrevet etter filen"})

    html = svar.content.decode()
    assert "Filen er for stor. Grensen er 1000\xa0byte." in html
    assert "Skrevet etter filen" in html
    assert list(trang.iterdir()) == []


def test_en_enorm_fil_leser_vi_ikke_forbi(som, prosjekt, monkeypatch, trang):
    monkeypatch.setattr("partnerskap.felles.opplasting.MAKS_LEST", 2000)
    stor = filer.opplastet("stor.txt", b"x" * 5000)

    svar = som("eier").post(adresse("nytt_vedlegg"), {"tittel": "Skrevet foran filen", "fil": stor})

    assert "Filen er for stor" in svar.content.decode()
    assert "Skrevet foran filen" in svar.content.decode()


def test_to_filer_i_ett_skjema_blir_en(som, prosjekt, trang):
    filene = {"fil": filer.opplastet("a.txt", b"a"), "annen": filer.opplastet("b.txt", b"b")}

    som("eier").post(adresse("nytt_vedlegg"), filene)

    assert Vedlegg.objects.get().filnavn == "a.txt"
    assert list(trang.iterdir()) == []


class Full:
    """A disk with no room."""

    def __init__(self, *args, **kwargs):
        raise OSError(28, "No space left on device")


def test_full_disk_paa_vei_inn(som, prosjekt, monkeypatch):
    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryUploadedFile", Full)

    svar = som("eier").post(adresse("nytt_vedlegg"), {"fil": filer.opplastet("a.txt", b"a"), "tittel": "Skrevet"})

    assert "Vi fikk ikke lagret filen" in svar.content.decode()
    assert "Skrevet" in svar.content.decode()


@pytest.mark.parametrize(
    "feil", [OSError(28, "No space left on device"), RuntimeError("en annen lagring sier det slik")]
)
def test_full_disk_mens_filen_skrives(som, prosjekt, monkeypatch, lager, feil):
    antall = iter(range(100))
    skriv = type(storages["filer"])._save

    def fullt_etter_to(self, navn, innhold):
        if next(antall) == 2:
            raise feil
        return skriv(self, navn, innhold)

    monkeypatch.setattr(type(storages["filer"]), "_save", fullt_etter_to)

    svar = som("eier").post(adresse("nytt_bilde"), {"fil": filer.bilde(), **OM_BILDET})

    assert svar.status_code == 200
    assert "Vi fikk ikke lagret filen" in svar.content.decode()
    assert not Bilde.objects.exists()
    assert paa_disk(lager) == []


def test_en_avbrutt_opplasting_er_ingen_feil_hos_oss(som, prosjekt):
    klient = som("eier")
    klient.raise_request_exception = False
    halv = b'--x\r\nContent-Disposition: form-data; name="fil"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nhal'

    for innhold in (halv, halv[:40], b"", b"--x--"):
        svar = klient.post(adresse("nytt_vedlegg"), data=innhold, content_type="multipart/form-data; boundary=x")
        assert svar.status_code in (200, 302, 400)
    assert klient.post(adresse("nytt_vedlegg"), data=b"x", content_type="multipart/form-data").status_code == 400


def test_skjemaet_maa_ha_et_merke(roller, prosjekt):
    klient = Client(enforce_csrf_checks=True)
    klient.force_login(roller["eier"])

    svar = klient.post(adresse("nytt_vedlegg"), {"fil": filer.opplastet("a.txt", b"a")})

    assert svar.status_code == 403
    assert not Vedlegg.objects.exists()


def test_filer_fra_en_som_ikke_er_logget_inn_naar_aldri_disken_men_teksten_ventes_paa(roller, prosjekt, trang):
    from partnerskap.felles import gjenopptak

    klient = Client()
    skrevet = {
        "fil": filer.opplastet("a.txt", b"a" * 500),
        "tittel": "Skrevet",
        "skjemaeier": gjenopptak.merke(roller["eier"]),
    }

    svar = klient.post(adresse("nytt_vedlegg"), skrevet)

    assert svar.status_code == 302
    assert list(trang.iterdir()) == []
    klient.force_login(roller["eier"])
    assert "Skrevet" in klient.get(adresse("nytt_vedlegg")).content.decode()


def test_andre_adresser_tar_fortsatt_ikke_imot_filer(som, prosjekt, trang):
    svar = som("eier").post(adresse("ny_lenke"), {"url": filer.opplastet("a.txt", b"a"), "tittel": "x"})

    assert not svar.wsgi_request.FILES
    assert list(trang.iterdir()) == []


# ---- Viruses -------------------------------------------------------------------------------------------------------


def test_et_virus_slippes_ikke_inn(som, prosjekt, clamd, lager):
    svar = som("eier").post(adresse("nytt_vedlegg"), {"fil": filer.opplastet("a.txt", EICAR), "tittel": "Skrevet"})

    assert "Eicar-Test-Signature" in svar.content.decode()
    assert "Skrevet" in svar.content.decode()
    assert paa_disk(lager) == []


def test_det_som_er_sjekket_merkes(som, prosjekt, clamd):
    som("eier").post(adresse("nytt_vedlegg"), {"fil": filer.opplastet("a.txt", b"hei")})

    assert Vedlegg.objects.get().skannet_tid
    assert "ikke for virus" not in som("eier").get(adresse("nytt_vedlegg")).content.decode()


def test_uten_skanner_sier_siden_det_og_med_en_som_er_nede_slipper_ingenting_inn(som, prosjekt, settings):
    assert "men ikke for virus" in som("eier").get(adresse("nytt_vedlegg")).content.decode()

    settings.VIRUSSKANNER = "clamd://127.0.0.1:1"
    svar = som("eier").post(adresse("nytt_vedlegg"), {"fil": filer.opplastet("a.txt", b"hei"), "tittel": "Skrevet"})

    assert "Virusskanneren svarer ikke" in svar.content.decode()
    assert "Skrevet" in svar.content.decode()
    assert not Vedlegg.objects.exists()


# ---- How much ------------------------------------------------------------------------------------------------------


def test_det_er_en_grense_for_hvor_mange(som, roller, prosjekt, monkeypatch, lager):
    monkeypatch.setitem(handlinger.MAKS_ANTALL, "vedlegg", 2)
    for _nr in range(2):
        nytt_vedlegg(prosjekt, roller["eier"])

    svar = som("eier").post(adresse("nytt_vedlegg"), {"fil": filer.opplastet("a.txt", b"a"), "tittel": "Skrevet"})

    assert "flere er det ikke plass til" in svar.content.decode()
    assert len(paa_disk(lager)) == 2


def test_og_for_hvor_mye_de_veier_til_sammen(roller, prosjekt, monkeypatch, lager):
    monkeypatch.setattr(handlinger, "MAKS_SAMLET", 100)
    nytt_vedlegg(prosjekt, roller["eier"], innhold=b"x" * 60)

    with pytest.raises(handlinger.Fullt):
        nytt_vedlegg(prosjekt, roller["eier"], innhold=b"y" * 60)
    assert len(paa_disk(lager)) == 1


def test_det_er_en_grense_for_hvor_fort(som, prosjekt, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "last_opp": "1/h/user"}
    klient = som("eier")
    klient.post(adresse("ny_lenke"), {"url": "https://a.example", "tittel": "A"})

    svar = klient.post(adresse("ny_lenke"), {"url": "https://b.example", "tittel": "B"})

    assert "Det ble mange på kort tid" in svar.content.decode()
    assert Lenke.objects.count() == 1


@pytest.mark.parametrize(("navn", "leser"), [("nytt_bilde", bildekontroll), ("nytt_vedlegg", filkontroll)])
def test_ogsaa_mislykkede_forsok_teller_og_det_som_er_for_mye_leses_ikke(
    som, prosjekt, settings, monkeypatch, navn, leser
):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "last_opp": "2/h/user"}
    lest, opprinnelig = [], leser.les
    monkeypatch.setattr(leser, "les", lambda *fil: lest.append(fil) or opprinnelig(*fil))
    klient = som("eier")
    skrevet = {**OM_BILDET, "alt_tekst": "Skrevet tekst", "tittel": "Skrevet tekst"}

    svar = [klient.post(adresse(navn), {"fil": filer.opplastet("x.png", b"tull"), **skrevet}) for _nr in range(4)]

    assert len(lest) == 2
    assert ["Det ble mange på kort tid" in s.content.decode() for s in svar] == [False, False, True, True]
    assert "Skrevet tekst" in svar[-1].content.decode()
    assert klient.get(adresse(navn)).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_to_som_laster_opp_samtidig_faar_hver_sin_plass_og_grensen_holder(roller, prosjekt, monkeypatch, lager):
    monkeypatch.setitem(handlinger.MAKS_ANTALL, "vedlegg", 3)
    nytt_vedlegg(prosjekt, roller["eier"])
    klar, feil = threading.Barrier(3), []

    def last_opp():
        try:
            klar.wait()
            nytt_vedlegg(prosjekt, roller["eier"])
        except handlinger.Fullt as fullt:
            feil.append(fullt)
        finally:
            connection.close()

    traader = [threading.Thread(target=last_opp) for _nr in range(3)]
    for traad in traader:
        traad.start()
    for traad in traader:
        traad.join()

    assert len(feil) == 1
    assert list(Vedlegg.objects.values_list("rekkefolge", flat=True)) == [0, 1, 2]
    assert Prosjekt.objects.get().antall_vedlegg == 3
    assert len(paa_disk(lager)) == 3
