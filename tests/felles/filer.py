"""Files for tests, made as they are asked for: pictures, PDFs, office files, and bad ones of each."""

import io
import struct
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from partnerskap.felles.filkontroll import TYPER


def opplastet(navn, innhold, mime="application/octet-stream"):
    return SimpleUploadedFile(navn, innhold, content_type=mime)


def bildefil(bredde=800, hoyde=600, slag="PNG", farge="teal", modus="RGB", **valg):
    ut = io.BytesIO()
    Image.new(modus, (bredde, hoyde), farge).save(ut, slag, **valg)
    return ut.getvalue()


def bilde(navn="bilde.png", **valg):
    return opplastet(navn, bildefil(**valg), "image/png")


def pdf(midt=b"", slutt=b"%%EOF\n"):
    return b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + midt + b"trailer << /Root 1 0 R >>\n" + slutt


def pakket_pdf(objekt):
    """A PDF whose objects are packed in an object stream, as newer programs write it."""
    pakket = zlib.compress(objekt)
    return pdf(b"2 0 obj << /Type /ObjStm /Length %d >>\nstream\n%b\nendstream endobj\n" % (len(pakket), pakket))


def arkiv(deler, **valg):
    """A zip archive of {name: bytes}, in that order."""
    ut = io.BytesIO()
    with zipfile.ZipFile(ut, "w", zipfile.ZIP_DEFLATED, **valg) as z:
        for navn, innhold in deler.items():
            z.writestr(navn, innhold)
    return ut.getvalue()


def ooxml(kode, ekstra=None, typer=None):
    hoveddel = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}[kode]
    innhold = typer or f'<Types><Override ContentType="{TYPER[kode].mime}.main+xml"/></Types>'
    return arkiv({"[Content_Types].xml": innhold, hoveddel: "<x/>", **(ekstra or {})})


def odf(kode, ekstra=None):
    return arkiv({"mimetype": TYPER[kode].mime, "content.xml": "<x/>", **(ekstra or {})})


def png_som_paastaar(bredde, hoyde):
    """A tiny PNG that says it is as large as that."""

    def bit(navn, data):
        return struct.pack(">I", len(data)) + navn + data + struct.pack(">I", zlib.crc32(navn + data))

    hode = struct.pack(">IIBBBBB", bredde, hoyde, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + bit(b"IHDR", hode) + bit(b"IDAT", zlib.compress(b"\0" * 1000)) + bit(b"IEND", b"")
