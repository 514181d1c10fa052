"""The files as they are fetched: who gets them, what they are called, and what the answer says about them."""

import pytest
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse

from prosjekter.kodeverk import Status, Synlighet
from prosjekter.models import GammelSlug, Prosjekt
from tests.fabrikker import lag_prosjekt
from tests.felles import filer
from tests.prosjekter.filer.hjelpere import nytt_bilde, nytt_vedlegg

pytestmark = pytest.mark.django_db
ALLE = ("anonym", "fremmed", "eier", "kollega", "ansvarlig", "partner", "folgeforsker", "moderator", "administrator")


@pytest.fixture
def prosjekt(roller):
    return lag_prosjekt("Samtalen", slug="samtalen", eier=roller.kommunen)


def innhold(svar):
    return b"".join(svar.streaming_content)


@pytest.mark.parametrize(
    ("status", "synlighet", "faar"),
    [
        (Status.PUBLISERT, Synlighet.APEN, set(ALLE)),
        (Status.PUBLISERT, Synlighet.SEKTOR, set(ALLE) - {"anonym", "partner"}),
        (
            Status.PUBLISERT,
            Synlighet.PROSJEKT,
            {"eier", "kollega", "ansvarlig", "folgeforsker", "moderator", "administrator"},
        ),
        (Status.KLADD, Synlighet.APEN, {"eier", "kollega", "ansvarlig"}),
        (Status.AVPUBLISERT, Synlighet.APEN, {"eier", "kollega", "ansvarlig", "moderator", "administrator"}),
        (Status.ARKIVERT, Synlighet.APEN, {"eier", "kollega", "ansvarlig", "moderator", "administrator"}),
    ],
)
def test_den_som_ser_prosjektet_faar_filene_og_ingen_andre(som, roller, prosjekt, status, synlighet, faar):
    bilde, vedlegg = nytt_bilde(prosjekt, roller["eier"]), nytt_vedlegg(prosjekt, roller["eier"])
    Prosjekt.objects.update(status=status, synlighet=synlighet)

    for adresse in (bilde.adresse(480, "webp"), vedlegg.adresse):
        svar = {rolle: som(rolle).get(adresse) for rolle in ALLE}
        assert {rolle for rolle, ett in svar.items() if ett.status_code == 200} == faar
        assert {ett.status_code for ett in svar.values()} <= {200, 404}
        apent = (status, synlighet) == (Status.PUBLISERT, Synlighet.APEN)
        for rolle in faar:
            assert svar[rolle]["Cache-Control"].startswith("public" if apent else "private, no-store")


def test_et_vedlegg_lagres_og_aapnes_ikke(roller, prosjekt):
    vedlegg = nytt_vedlegg(prosjekt, roller["eier"], navn="Årsmelding\u202e; filename=x.html.pdf", innhold=filer.pdf())

    svar = Client().get(vedlegg.adresse)

    assert innhold(svar) == filer.pdf()
    assert svar["Content-Type"] == "application/pdf"
    assert svar["Content-Disposition"] == "attachment; filename*=utf-8''%C3%85rsmelding%20filename%20x.html.pdf"
    assert svar["X-Content-Type-Options"] == "nosniff"
    assert svar["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert svar["Content-Length"] == str(len(filer.pdf()))


def test_ingen_type_en_nettleser_kan_kjoere_sendes():
    from partnerskap.felles.filkontroll import TYPER

    assert not any(ord_ in t.mime for t in TYPER.values() for ord_ in ("html", "svg", "script", "/xml"))


def test_et_bilde_kan_beholdes_av_nettleseren_og_et_halvt_minutt_av_andre(roller, prosjekt):
    bilde = nytt_bilde(prosjekt, roller["eier"])
    adresse = bilde.adresse(480, "webp")

    svar = Client().get(adresse)

    assert svar["Content-Type"] == "image/webp"
    assert set(svar["Cache-Control"].split(", ")) == {"public", "max-age=31536000", "s-maxage=30", "immutable"}
    assert svar["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert not svar.cookies
    igjen = Client().get(adresse, headers={"If-None-Match": svar["ETag"]})
    assert igjen.status_code == 304
    assert igjen["Cache-Control"] == svar["Cache-Control"]
    Prosjekt.objects.update(status=Status.AVPUBLISERT)
    assert Client().get(adresse, headers={"If-None-Match": svar["ETag"]}).status_code == 404


@pytest.mark.parametrize(
    "navn", ["x-480.webp", "../../etc/passwd", "{merke}-481.webp", "{merke}-480.svg", "{merke}-480.webp "]
)
def test_bare_utgavene_som_finnes(roller, prosjekt, navn):
    bilde = nytt_bilde(prosjekt, roller["eier"])

    svar = Client().get(f"/prosjekter/samtalen/bilder/{bilde.pk}/{navn.format(merke=bilde.merke)}")

    assert svar.status_code == 404


def test_en_gammel_adresse_til_prosjektet_gir_filen_og_en_annens_gjoer_det_ikke(roller, prosjekt):
    vedlegg = nytt_vedlegg(prosjekt, roller["eier"])
    GammelSlug.objects.create(slug="het-noe-annet", prosjekt=prosjekt)
    lag_prosjekt(slug="et-annet")

    def gir(slug):
        return Client().get(reverse("prosjekter:vedlegg", args=[slug, vedlegg.pk])).status_code

    assert (gir("het-noe-annet"), gir("et-annet"), gir("finnes-ikke")) == (200, 404, 404)


def test_en_fil_som_mangler_paa_disken_er_ikke_funnet(roller, prosjekt, lager):
    vedlegg = nytt_vedlegg(prosjekt, roller["eier"])
    for sti in lager.rglob("innhold"):
        sti.unlink()

    assert Client().get(vedlegg.adresse).status_code == 404


@pytest.mark.parametrize("feil", [PermissionError("nei"), RuntimeError("en annen lagring sier det slik")])
def test_et_lager_som_ikke_svarer_sier_fra_og_blir_ikke_husket(roller, prosjekt, monkeypatch, feil):
    vedlegg = nytt_vedlegg(prosjekt, roller["eier"])

    def svarer_ikke(self, navn, modus="rb"):
        raise feil

    monkeypatch.setattr(type(storages["filer"]), "_open", svarer_ikke)
    svar = Client().get(vedlegg.adresse)

    assert (svar.status_code, svar["Retry-After"]) == (503, "60")
    assert "Prøv igjen om litt" in svar.content.decode()
    assert "no-store" in svar["Cache-Control"]
    assert "ETag" not in svar


def test_bare_lesing(roller, prosjekt):
    vedlegg = nytt_vedlegg(prosjekt, roller["eier"])

    assert Client().post(vedlegg.adresse).status_code == 405
    assert Client().head(vedlegg.adresse).status_code == 200
