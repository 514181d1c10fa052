"""The example data's own pictures and documents, drawn and written here: nothing of anyone's, and small."""

import io

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

BREDDE, HOYDE = 1280, 800
FIN = 2  # drawn this many times larger, for smooth edges
GRAN, LYS, MULTE, LYNG, SNO, HIMMEL = "#123f39", "#6cc4b1", "#f2a33a", "#8e3b6e", "#f3f5f2", "#cfe3ee"


class Tegning:
    """A canvas with the origin at the upper left, measured as the finished picture."""

    def __init__(self, bunn):
        self.bilde = Image.new("RGB", (BREDDE * FIN, HOYDE * FIN), bunn)
        self.penn = ImageDraw.Draw(self.bilde)

    def flate(self, farge, *punkter):
        self.penn.polygon([(x * FIN, y * FIN) for x, y in punkter], fill=farge)

    def boks(self, farge, x, y, bredde, hoyde, runding=0):
        self.penn.rounded_rectangle(
            [x * FIN, y * FIN, (x + bredde) * FIN, (y + hoyde) * FIN], radius=runding * FIN, fill=farge
        )

    def prikk(self, farge, x, y, radius):
        self.penn.ellipse([(x - radius) * FIN, (y - radius) * FIN, (x + radius) * FIN, (y + radius) * FIN], fill=farge)

    def strek(self, farge, x1, y1, x2, y2, tykkelse):
        self.penn.line([(x1 * FIN, y1 * FIN), (x2 * FIN, y2 * FIN)], fill=farge, width=tykkelse * FIN)

    def fil(self):
        ut = io.BytesIO()
        self.bilde.resize((BREDDE, HOYDE), Image.Resampling.LANCZOS).save(ut, "PNG")
        return ContentFile(ut.getvalue())


def to_stoler():
    """Two chairs at a table by a window, and two cups."""
    t = Tegning("#e9ede8")
    t.boks(HIMMEL, 470, 90, 340, 260, 8)
    t.flate(LYS, (470, 350), (470, 290), (580, 230), (690, 300), (810, 250), (810, 350))
    t.boks(SNO, 634, 90, 12, 260)
    t.boks("#d5ddd6", 0, 640, BREDDE, 160)
    for x, farge in ((230, GRAN), (930, LYNG)):
        t.boks(farge, x, 330, 120, 190, 24)
        t.boks(farge, x - 10, 490, 140, 40, 16)
        t.boks(farge, x + 4, 520, 14, 160)
        t.boks(farge, x + 102, 520, 14, 160)
    t.boks("#b98b4e", 430, 470, 420, 28, 10)
    t.boks("#8f6a39", 628, 498, 24, 180)
    for x in (560, 690):
        t.boks("white", x, 432, 46, 38, 8)
        t.prikk("white", x + 52, 450, 14)
        t.prikk("#e9ede8", x + 52, 450, 7)
    return t.fil()


def veien_til_tjenesten():
    """Three dots on a line: the talk, the plan, the service. The middle one is the new one."""
    t = Tegning(SNO)
    t.strek("#9fb0aa", 180, 400, 1100, 400, 10)
    for x, radius, farge in ((220, 70, LYS), (640, 110, MULTE), (1060, 70, GRAN)):
        t.prikk(SNO, x, 400, radius + 14)
        t.prikk(farge, x, 400, radius)
    t.boks("white", 590, 372, 100, 64, 20)
    t.flate("white", (612, 430), (650, 430), (606, 466))
    for x in (618, 640, 662):
        t.prikk(GRAN, x, 404, 7)
    return t.fil()


def fjoset():
    """A barn in the evening with light in the door, and notes in the air."""
    t = Tegning("#20384a")
    t.prikk("#f5e9c8", 1050, 150, 56)
    t.flate("#2d5a4f", (0, 620), (320, 520), (700, 600), (BREDDE, 500), (BREDDE, HOYDE), (0, HOYDE))
    t.boks("#9c2f2f", 340, 360, 520, 270)
    t.flate("#5d6b70", (300, 370), (420, 220), (780, 220), (900, 370))
    t.boks(MULTE, 540, 450, 120, 180, 4)
    for x in (390, 730):
        t.boks(MULTE, x, 420, 80, 60, 4)
    for x, y in ((930, 330), (1010, 270), (1100, 320)):
        t.prikk(LYS, x, y, 20)
        t.strek(LYS, x + 17, y, x + 17, y - 80, 7)
        t.strek(LYS, x + 17, y - 80, x + 48, y - 62, 7)
    return t.fil()


def regnbed():
    """Rain that falls, and plants that drink it."""
    t = Tegning("#dfe9ef")
    for nummer in range(46):
        x, y = (nummer * 97) % BREDDE, (nummer * 53) % 380
        t.strek("#7fa9c4", x, y, x - 12, y + 44, 5)
    t.boks("#8b9aa0", 0, 560, 400, 240)
    t.flate("#5b4632", (400, 560), (520, 690), (1120, 690), (1240, 560), (BREDDE, 560), (BREDDE, HOYDE), (400, HOYDE))
    t.flate("#9cc7dd", (452, 616), (520, 690), (1120, 690), (1188, 616))
    for nummer, x in enumerate(range(540, 1120, 72)):
        t.strek("#2f7a4f", x, 690, x, 470 + nummer % 3 * 46, 10)
        t.prikk((LYS, MULTE, LYNG)[nummer % 3], x, 462 + nummer % 3 * 46, 30)
    return t.fil()


def pdf(tittel, linjer):
    """A PDF of one page, written by hand: a heading and some lines."""
    rader = [f"BT /F2 20 Tf 72 760 Td ({_i_pdf(tittel)}) Tj ET"]
    rader += [f"BT /F1 12 Tf 72 {720 - 20 * nr} Td ({_i_pdf(linje)}) Tj ET" for nr, linje in enumerate(linjer)]
    side = "\n".join(rader).encode("cp1252")
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /{} /Encoding /WinAnsiEncoding >>"
    objekter = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (nb) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(side), side),
        font.format("Helvetica").encode(),
        font.format("Helvetica-Bold").encode(),
    ]
    ut, steder = b"%PDF-1.4\n", []
    for nummer, objekt in enumerate(objekter, 1):
        steder.append(len(ut))
        ut += b"%d 0 obj\n%b\nendobj\n" % (nummer, objekt)
    tabell = b"".join(b"%010d 00000 n \n" % sted for sted in steder)
    antall = len(objekter) + 1
    slutt = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (antall, len(ut))
    return ContentFile(ut + b"xref\n0 %d\n0000000000 65535 f \n%b" % (antall, tabell) + slutt)


def _i_pdf(tekst):
    return tekst.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
