"""Pictures are decoded and written anew: what comes out is ours, whatever came in.

Where it was taken and with what (EXIF, GPS), other hidden text and odd colour profiles are gone with the original, which
is not kept. Each picture is written in a few widths, never wider than it was, as WebP and as JPEG.
"""

import hashlib
import io
import warnings
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from partnerskap.felles.filkontroll import Filfeil, sjekksum

MAKS_BYTE = 20 * 1024 * 1024
MAKS_PUNKTER = 50_000_000  # a phone's 48 million
MAKS_PUNKTER_UPAKKET = 25_000_000  # what cannot be read smaller than it is: everything but JPEG
BREDDER = (480, 960, 1600)
MAKS_HOYDE = 2400
FORMATER = ("JPEG", "PNG", "WEBP", "GIF")
GODTAS = "image/jpeg,image/png,image/webp,image/gif"
MAKS_LAG = 100
MAKS_PROFIL = 512 * 1024
STAAR = {5, 6, 7, 8}  # EXIF orientations where width and height change places

Image.MAX_IMAGE_PIXELS = MAKS_PUNKTER


@dataclass(frozen=True)
class Bildefil:
    """A picture that has been read and written anew. Only `les` makes one. `utgaver` is {(width, kind): bytes}."""

    bredde: int
    hoyde: int
    utgaver: dict
    merke: str  # of what it became; in its address
    sjekksum: str  # of what was sent
    storrelse: int


def bredder(bredde):
    """The widths a picture is kept in."""
    return [*(b for b in BREDDER if b < bredde), bredde]


def utgavenavn(merke, bredde, slag):
    return f"{merke}-{bredde}.{slag}"


def les(fil):
    """Read an open file as a picture. Raises Filfeil."""
    bilde = _les(fil)
    utgaver = {}
    for bredde in bredder(bilde.width):
        hoyde = max(1, round(bilde.height * bredde / bilde.width))
        liten = bilde if bredde == bilde.width else bilde.resize((bredde, hoyde), Image.Resampling.LANCZOS)
        utgaver[bredde, "webp"] = _skriv(liten, "WEBP", quality=80, method=4)
        utgaver[bredde, "jpg"] = _skriv(_uten_hull(liten), "JPEG", quality=82, optimize=True, progressive=True)
    merke = hashlib.sha256(b"".join(utgaver.values())).hexdigest()[:24]
    return Bildefil(bilde.width, bilde.height, utgaver, merke, sjekksum(fil), sum(map(len, utgaver.values())))


def _les(fil):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            _kontroller(fil)
            return _avkod(fil)
    except Filfeil:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as feil:
        raise Filfeil(_for_mange_punkter()) from feil
    except Exception as feil:  # the decoders raise anything at all when the file is not what it says
        raise Filfeil(_ikke_et_bilde()) from feil


def _kontroller(fil):
    """What can be known before anything large is read."""
    fil.seek(0)
    with Image.open(fil, formats=FORMATER) as bilde:
        grense = MAKS_PUNKTER if bilde.format in ("JPEG", "MPO") else MAKS_PUNKTER_UPAKKET
        if bilde.width * bilde.height > grense:
            raise Filfeil(_for_mange_punkter())
        if getattr(bilde, "is_animated", False) and bilde.format != "MPO":  # MPO: a phone's photo with its depth beside
            raise Filfeil(_("Bildet beveger seg. Ta et stillbilde av det, og last opp det."))
        er_jpeg = bilde.format in ("JPEG", "MPO")
        bilde.verify()
    if er_jpeg and _for_mange_lag(fil):
        raise Filfeil(_ikke_et_bilde())


def _for_mange_lag(fil):
    """A JPEG may be sent in layers, each of which is worked through all of the picture: ten are usual, thousands a trap."""
    fil.seek(0)
    return fil.read(MAKS_BYTE).count(b"\xff\xda") > MAKS_LAG


def _avkod(fil):
    fil.seek(0)
    with Image.open(fil, formats=FORMATER) as bilde:
        profil = bilde.info.get("icc_profile")
        staar = bilde.getexif().get(0x0112) in STAAR
        ramme = (MAKS_HOYDE, BREDDER[-1]) if staar else (BREDDER[-1], MAKS_HOYDE)
        if bilde.mode == "P":
            bilde = bilde.convert("RGBA" if bilde.has_transparency_data else "RGB")
        # For JPEG this also reads it smaller to begin with: memory and time follow what we keep, not what was sent.
        bilde.thumbnail(ramme, Image.Resampling.LANCZOS)
        bilde = ImageOps.exif_transpose(bilde)
        ny = _vanlige_farger(bilde, profil)
        ny.info = {}
        return ny


def _vanlige_farger(bilde, profil):
    if bilde.mode.startswith("I"):  # sixteen bits
        bilde = bilde.convert("I").point(lambda verdi: verdi / 256).convert("L")
    ut = "RGBA" if bilde.has_transparency_data else "RGB"
    if profil and len(profil) <= MAKS_PROFIL and bilde.mode in ("RGB", "RGBA", "CMYK"):
        try:
            fra = ImageCms.ImageCmsProfile(io.BytesIO(profil))
            bilde = ImageCms.profileToProfile(bilde, fra, ImageCms.createProfile("sRGB"), outputMode=ut)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # an odd profile: the colours as they stand
    return bilde.convert(ut)


def _uten_hull(bilde):
    """JPEG knows no transparency: on white."""
    if bilde.mode != "RGBA":
        return bilde
    hvit = Image.new("RGB", bilde.size, "white")
    hvit.paste(bilde, mask=bilde.getchannel("A"))
    return hvit


def _skriv(bilde, slag, **valg):
    ut = io.BytesIO()
    bilde.save(ut, slag, **valg)
    return ut.getvalue()


def _for_mange_punkter():
    return _("Bildet er for stort. Gjør det mindre, for eksempel 4000 punkter bredt, og prøv igjen.")


def _ikke_et_bilde():
    return _("Dette er ikke et bilde vi kan lese, eller det er ødelagt. Vi tar imot JPEG, PNG, WebP og GIF.")
