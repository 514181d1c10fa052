"""The paper as a Word document: real headings, lists, links and table heads, in the paper's language."""

from io import BytesIO

from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from partnerskap.felles.xml import ren

SPRAK = {"nb": "nb-NO", "nn": "nn-NO", "se": "se-NO", "en": "en-GB"}
FORFATTER = "KS’ Partnerskap for radikal innovasjon"
LENKE = RGBColor(0x0B, 0x4F, 0x9E)
TEKSTBREDDE = 16  # centimetres of the sheet's 21
TEGNBREDDE, LUFT = 0.23, 0.5  # centimetres of a letter in bold, and around the text of a cell
MAKS_VEKT = 80  # letters; a longer text may well go over more lines
STILER = {"punkter": "List Bullet", "nummerert": "List Number"}


def lag(framlegg):
    """The bytes of the file."""
    dokument = Document()
    _oppsett(dokument, framlegg)
    dokument.add_paragraph(ren(framlegg.tittel), style="Title")
    merke = dokument.add_paragraph()
    merke.add_run(framlegg.utkast).bold = True
    dokument.add_paragraph(framlegg.om)
    forrige = None
    for blokk in framlegg.blokker:
        if blokk.slag == "tabell":
            dokument.paragraphs[-1].paragraph_format.keep_with_next = True
        _skriv(dokument, blokk)
        if forrige == "tabell" and blokk.slag == "avsnitt":
            dokument.paragraphs[-1].paragraph_format.space_before = Pt(10)
        forrige = blokk.slag
    _kilder(dokument, framlegg)
    ut = BytesIO()
    dokument.save(ut)
    return ut.getvalue()


def _oppsett(dokument, framlegg):
    sprak = SPRAK[framlegg.malform]
    egenskaper = dokument.core_properties
    egenskaper.title, egenskaper.language = ren(framlegg.tittel), sprak
    egenskaper.author, egenskaper.subject = FORFATTER, framlegg.utkast
    egenskaper.comments = ""
    _sett_sprak(dokument.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr")), sprak)
    dokument.styles["Normal"].font.name, dokument.styles["Normal"].font.size = "Calibri", Pt(11)
    for navn in ("Title", "Heading 1", "Heading 2"):
        dokument.styles[navn].font.color.rgb = RGBColor(0, 0, 0)
    dokument.styles["Title"].font.size = Pt(22)
    ark = dokument.sections[0]
    ark.page_width, ark.page_height = Cm(21), Cm(29.7)
    ark.left_margin = ark.right_margin = Cm((21 - TEKSTBREDDE) / 2)
    ark.header.paragraphs[0].add_run(framlegg.utkast)
    _sidetall(ark.footer.paragraphs[0], framlegg.ord["side"])


def _sett_sprak(egenskaper, sprak):
    lang = egenskaper.find(qn("w:lang"))
    if lang is None:
        lang = OxmlElement("w:lang")
        egenskaper.append(lang)
    lang.set(qn("w:val"), sprak)


def _sidetall(avsnitt, mal):
    """«Side 1 av 4», counted by Word."""
    for_, rest = mal.split("{nummer}")
    mellom, etter = rest.split("{antall}")
    avsnitt.add_run(for_)
    _felt(avsnitt, "PAGE")
    avsnitt.add_run(mellom)
    _felt(avsnitt, "NUMPAGES")
    avsnitt.add_run(etter)


def _felt(avsnitt, kode):
    felt = OxmlElement("w:fldSimple")
    felt.set(qn("w:instr"), kode)
    loep, tekst = OxmlElement("w:r"), OxmlElement("w:t")
    tekst.text = "1"
    loep.append(tekst)
    felt.append(loep)
    avsnitt._p.append(felt)


def _skriv(dokument, blokk):
    if blokk.slag == "overskrift":
        dokument.add_heading(blokk.tekst, level=blokk.niva - 1)
    elif blokk.slag == "tabell":
        _tabell(dokument, blokk)
    elif blokk.slag == "avsnitt":
        _biter(dokument.add_paragraph(style="Quote" if blokk.sitat else None), blokk.biter)
    else:
        for punkt in blokk.punkter:
            _biter(dokument.add_paragraph(style=STILER[blokk.slag]), punkt, kursiv=blokk.sitat)


def _tabell(dokument, blokk):
    tabell = dokument.add_table(rows=1, cols=len(blokk.kolonner), style="Table Grid")
    for celle, navn in zip(tabell.rows[0].cells, blokk.kolonner, strict=True):
        celle.paragraphs[0].add_run(ren(navn)).bold = True
    hode = OxmlElement("w:tblHeader")  # read as a heading, and repeated on the next page
    tabell.rows[0]._tr.get_or_add_trPr().append(hode)
    for rad in blokk.rader:
        ny = tabell.add_row()
        ny._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # a row stands on one page
        for celle, biter in zip(ny.cells, rad, strict=True):
            _biter(celle.paragraphs[0], biter)
    tabell.autofit = False
    for kolonne, bredde in zip(tabell.columns, _bredder(blokk), strict=True):
        kolonne.width = bredde  # LibreOffice goes by this, Word by that of each cell
        for celle in kolonne.cells:
            celle.width = bredde


def _bredder(blokk):
    """Room for the longest word of each column, and the rest of the page shared out by how much each has to say."""
    minst, vekter = [], []
    for nr, navn in enumerate(blokk.kolonner):
        tekster = [navn, *("".join(bit.tekst for bit in rad[nr]) for rad in blokk.rader)]
        minst.append(max(len(ord_) for tekst in tekster for ord_ in tekst.split() or [""]) * TEGNBREDDE + LUFT)
        vekter.append(min(max(map(len, tekster)), MAKS_VEKT))
    rest = TEKSTBREDDE - sum(minst)
    if rest < 0:
        return [Cm(TEKSTBREDDE * bredde / sum(minst)) for bredde in minst]
    return [Cm(bredde + rest * vekt / sum(vekter)) for bredde, vekt in zip(minst, vekter, strict=True)]


def _biter(avsnitt, biter, *, kursiv=False):
    for bit in biter:
        if bit.slag == "kilde":
            _lenke(avsnitt, bit.tekst, anker=f"kilde-{bit.nummer}")
            continue
        loep = avsnitt.add_run(ren(bit.tekst))
        loep.italic = True if kursiv else None
        if bit.slag == "fyll":
            loep.font.highlight_color = WD_COLOR_INDEX.YELLOW
        if bit.sprak:
            _sett_sprak(loep._r.get_or_add_rPr(), SPRAK.get(bit.sprak, "nb-NO"))


def _lenke(avsnitt, tekst, *, anker="", adresse=""):
    """To a bookmark in the document, or to an address."""
    lenke = OxmlElement("w:hyperlink")
    if anker:
        lenke.set(qn("w:anchor"), anker)
    else:
        lenke.set(qn("r:id"), avsnitt.part.relate_to(adresse, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    loep = avsnitt.add_run(ren(tekst))
    loep.font.underline, loep.font.color.rgb = True, LENKE
    lenke.append(loep._r)
    avsnitt._p.append(lenke)


def _kilder(dokument, framlegg):
    dokument.add_heading(framlegg.ord["h_kilder"], level=1)
    for kilde in framlegg.kilder:
        avsnitt = dokument.add_paragraph()
        _bokmerke(avsnitt, kilde)
        loep = avsnitt.add_run(ren(kilde.tittel))
        if kilde.sprak:
            _sett_sprak(loep._r.get_or_add_rPr(), SPRAK.get(kilde.sprak, "nb-NO"))
        avsnitt.add_run(f" {ren(kilde.om)} ")
        _lenke(avsnitt, kilde.adresse, adresse=kilde.adresse)


def _bokmerke(avsnitt, kilde):
    start, slutt = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for merke in (start, slutt):
        merke.set(qn("w:id"), str(kilde.nummer))
    start.set(qn("w:name"), kilde.anker)
    avsnitt._p.append(start)
    avsnitt.add_run(f"[{kilde.nummer}] ")
    avsnitt._p.append(slutt)
