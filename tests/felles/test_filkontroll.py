"""What an attachment really is, and what is not let in. No file here is what a stranger could not have sent."""

import io
import time
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerskap.felles import filkontroll
from partnerskap.felles.filkontroll import Filfeil, filnavn
from tests.felles import filer


def les(innhold, navn):
    return filkontroll.les(io.BytesIO(innhold), navn)


GODE = {
    "rapport.pdf": filer.pdf(),
    "brev.docx": filer.ooxml("docx"),
    "tall.xlsx": filer.ooxml("xlsx"),
    "bilder.pptx": filer.ooxml("pptx"),
    "brev.odt": filer.odf("odt"),
    "tall.ods": filer.odf("ods"),
    "bilder.odp": filer.odf("odp"),
    "tall.csv": "kommune;antall\nTromsø;3\n".encode("cp1252"),
    "les.txt": "Blåbærsyltetøy".encode(),
    "gammelt.txt": "Blåbær".encode("utf-16"),
}


@pytest.mark.parametrize("navn", GODE)
def test_det_vi_tar_imot_kjennes_paa_innholdet(navn):
    lest = les(GODE[navn], navn)

    assert lest.type == navn.rpartition(".")[2]
    assert lest.filnavn == navn
    assert lest.storrelse == len(GODE[navn])
    assert len(lest.sjekksum) == 64


def test_en_fil_uten_endelse_faar_den_som_passer():
    assert les(filer.pdf(), "Rapport").filnavn == "Rapport.pdf"
    assert les(b"hei", "LESMEG").filnavn == "LESMEG.txt"


@pytest.mark.parametrize(
    ("navn", "innhold", "melding"),
    [
        ("rapport.pdf", filer.ooxml("docx"), "innholdet er noe annet"),
        ("rapport.docx", filer.pdf(), "innholdet er noe annet"),
        ("rapport.pdf", b"hei", "men er ikke det"),
        ("tall.xlsx", filer.ooxml("docx"), "innholdet er noe annet"),
        ("program.exe", b"MZ\x90\x00", "tar vi ikke imot"),
        ("program.txt", b"MZ\x90\x00\x03\x00", "ikke ren tekst"),
        ("side.html", b"<!doctype html><script>alert(1)</script>", "tar vi ikke imot"),
        ("side.txt", b"\xef\xbb\xbf \n<!DOCTYPE HTML><script>alert(1)</script>", "nettside eller et program"),
        ("tegning.svg", b"<svg onload=alert(1)>", "tar vi ikke imot"),
        ("tegning.csv", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'>", "nettside eller et program"),
        ("tegning.txt", "<svg onload=alert(1)>".encode("utf-16"), "nettside eller et program"),
        ("skript.txt", b"#!/bin/sh\nrm -rf /", "nettside eller et program"),
        ("data.xml", b"<?xml version='1.0'?><x/>", "tar vi ikke imot"),
        ("pakke.zip", filer.arkiv({"a.exe": b"MZ"}), "Pakkede filer"),
        ("brev.docx", filer.arkiv({"a.txt": b"hei"}), "Pakkede filer"),
        ("brev.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "velg .docx eller PDF"),
        ("tall.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "velg .xlsx eller PDF"),
        ("brev.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "låst med passord"),
        ("tom.pdf", b"", "tom"),
        ("nuller.csv", b"a;b\0;c", "ikke ren tekst"),
    ],
)
def test_filer_som_lyver_eller_ikke_hoerer_hjemme(navn, innhold, melding):
    with pytest.raises(Filfeil, match=melding):
        les(innhold, navn)


@pytest.mark.parametrize(
    ("innhold", "melding"),
    [
        (filer.pdf(slutt=b""), "slutter midt i"),
        (filer.pdf(b"<< /Encrypt 9 0 R >>"), "låst"),
        (filer.pdf(b"<< /S /JavaScript /JS (app.alert(1)) >>"), "skript"),
        (filer.pdf(b"<< /S /J#61v#61Script /JS (app.alert(1)) >>"), "skript"),
        (filer.pdf(b"<< /S /Launch /F (cmd.exe) >>"), "skript"),
        (filer.pakket_pdf(b"<< /S /JavaScript /JS (app.alert(1)) >>"), "skript"),
        (filer.pakket_pdf(b"\0" * (40 * 1024 * 1024)), "ikke kan kontrollere"),
    ],
)
def test_pdf_med_laas_skript_eller_bombe(innhold, melding):
    with pytest.raises(Filfeil, match=melding):
        les(innhold, "rapport.pdf")


@pytest.mark.parametrize("innhold", [filer.pdf(b"<< /JavaScripture 1 >>"), filer.pakket_pdf(b"<< /Type /Page >>")])
def test_en_vanlig_pdf_slipper_gjennom(innhold):
    assert les(innhold, "rapport.pdf").type == "pdf"


@pytest.mark.parametrize("biter", [b"/ObjStm", b"stream\n", b"/ObjStm stream\n", b"/Ja"])
def test_en_pdf_som_er_laget_for_aa_vaere_treg_er_ikke_det(biter):
    innhold = filer.pdf(biter * (filkontroll.MAKS_BYTE // 2 // len(biter)))
    start = time.monotonic()

    les(innhold, "rapport.pdf")

    assert time.monotonic() - start < 8


DOCX_TYPER = '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
FREMMED_MAL = '<Relationship Type="x/attachedTemplate" Target="https://x.example/a.dotm" TargetMode="External"/>'


@pytest.mark.parametrize(
    ("navn", "innhold", "melding"),
    [
        ("brev.docx", filer.ooxml("docx", {"word/vbaProject.bin": b"x"}), "makroer"),
        ("brev.docx", filer.ooxml("docx", typer=DOCX_TYPER), "makroer"),
        ("tall.xlsx", filer.ooxml("xlsx", {"xl/macrosheets/sheet1.xml": "<x/>"}), "makroer"),
        ("brev.odt", filer.odf("odt", {"Basic/Standard/Module1.xml": "<x/>"}), "makroer"),
        ("brev.odt", filer.odf("odt", {"META-INF/manifest.xml": "<manifest:encryption-data/>"}), "låst med passord"),
        ("brev.docx", filer.ooxml("docx", {"word/_rels/settings.xml.rels": FREMMED_MAL}), "mal fra et annet sted"),
        ("brev.docx", filer.ooxml("docx", {"../../etc/passwd": "x"}), "ikke satt sammen"),
        ("brev.docx", filer.ooxml("docx", {"/etc/passwd": "x"}), "ikke satt sammen"),
        ("brev.docx", filer.ooxml("docx", {"word/stor.xml": b"\0" * (60 * 1024 * 1024)}), "altfor stor"),
        ("brev.docx", filer.ooxml("docx", {f"word/{n}.xml": "" for n in range(5_001)}), "altfor stor"),
        ("brev.docx", filer.ooxml("docx", typer="<x>" + " " * 2_000_000), "ikke satt sammen"),
        ("brev.docx", filer.ooxml("docx")[:-30], "ødelagt"),
        ("brev.docx", filer.ooxml("docx")[:200], "ødelagt"),
    ],
)
def test_kontorfiler_med_makroer_laas_bomber_og_hull(navn, innhold, melding):
    with pytest.raises(Filfeil, match=melding):
        les(innhold, navn)


def test_et_arkiv_med_to_deler_av_samme_navn():
    ut = io.BytesIO(filer.ooxml("docx"))
    with zipfile.ZipFile(ut, "a") as z, pytest.warns(UserWarning, match="Duplicate name"):
        z.writestr("word/document.xml", "en annen")

    with pytest.raises(Filfeil, match="ikke satt sammen"):
        les(ut.getvalue(), "brev.docx")


def test_et_arkiv_som_skriver_at_listen_er_enorm_leses_ikke():
    innhold = bytearray(filer.ooxml("docx"))
    slutt = innhold.rfind(b"PK\x05\x06")
    innhold[slutt + 12 : slutt + 16] = (2**31).to_bytes(4, "little")

    with pytest.raises(Filfeil, match="altfor stor"):
        les(bytes(innhold), "brev.docx")


@pytest.mark.parametrize(
    ("navn", "ble"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Kari\\Rapport 2026.pdf", "Rapport 2026.pdf"),
        ("rapport\u202egpj.pdf", "rapport gpj.pdf"),
        ("fil\x00navn.pdf", "fil navn.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie x.pdf"),
        ("😀 smil 😀.pdf", "smil.pdf"),
        ("x" * 500 + ".pdf", "x" * 100 + ".pdf"),
        ('"; filename="ond.html.pdf', "filename ond.html.pdf"),
        ("CON.pdf", "vedlegg CON.pdf"),
        ("....pdf", "vedlegg.pdf"),
        (".pdf", "vedlegg.pdf"),
        ("", "vedlegg.pdf"),
        ("Årsmelding for Ærø.PDF", "Årsmelding for Ærø.pdf"),
        ("rapport.html", "rapport.html.pdf"),
    ],
)
def test_navn_som_er_trygge_paa_alle_maskiner(navn, ble):
    assert filnavn(navn, "pdf") == ble


@given(st.text(max_size=600))
@settings(max_examples=300, deadline=None)
def test_uansett_navn_blir_det_et_navn(navn):
    ble = filnavn(navn, "pdf")

    assert ble.endswith(".pdf")
    assert len(ble) <= 120
    assert not set(ble) & set('/\\:*?"<>|\r\n\0')
    assert ble.isprintable()


@given(st.binary(max_size=3000), st.sampled_from([*filkontroll.TYPER, "zip", ""]))
@settings(max_examples=300, deadline=None)
def test_uansett_innhold_blir_det_et_svar(innhold, endelse):
    for hode in (b"", b"%PDF-1.4 ", b"PK\x03\x04"):
        with suppress(Filfeil):
            assert les(hode + innhold, f"fil.{endelse}").type in filkontroll.TYPER
