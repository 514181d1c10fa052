"""Pictures are written anew: what was hidden in them is gone, and what is no picture is refused."""

import io
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from partnerskap.felles import bildekontroll
from partnerskap.felles.filkontroll import Filfeil
from tests.felles import filer


def les(innhold):
    return bildekontroll.les(io.BytesIO(innhold))


def ut(lest, bredde, slag):
    return Image.open(io.BytesIO(lest.utgaver[bredde, slag]))


def test_et_stort_bilde_lages_i_tre_bredder_og_to_slag():
    lest = les(filer.bildefil(2000, 1000, "JPEG"))

    assert (lest.bredde, lest.hoyde) == (1600, 800)
    assert set(lest.utgaver) == {(b, s) for b in (480, 960, 1600) for s in ("webp", "jpg")}
    assert ut(lest, 480, "webp").format == "WEBP"
    assert ut(lest, 960, "jpg").size == (960, 480)


@pytest.mark.parametrize(
    ("bredde", "ventet"), [(100, [100]), (480, [480]), (700, [480, 700]), (1600, [480, 960, 1600])]
)
def test_et_bilde_gjoeres_aldri_bredere_enn_det_er(bredde, ventet):
    lest = les(filer.bildefil(bredde, 50))

    assert sorted({b for b, _slag in lest.utgaver}) == ventet
    assert bildekontroll.bredder(lest.bredde) == ventet


def test_et_langt_smalt_bilde_gjoeres_kortere():
    assert (les(filer.bildefil(500, 5000)).bredde, les(filer.bildefil(500, 5000)).hoyde) == (240, 2400)
    assert les(filer.bildefil(1, 4000)).bredde == 1


def test_sted_kamera_og_andre_skjulte_ting_blir_borte_og_bildet_snus():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x010F] = "Hemmelig kamera"
    exif.get_ifd(0x8825)[1] = "N"
    innhold = filer.bildefil(600, 300, "JPEG", exif=exif, comment=b"hemmelig merknad")

    lest = les(innhold)

    assert (lest.bredde, lest.hoyde) == (300, 600)
    for utgave in lest.utgaver.values():
        assert b"emmelig" not in utgave
        assert b"Exif" not in utgave
        assert not Image.open(io.BytesIO(utgave)).getexif()


def test_en_html_side_bakerst_i_bildet_blir_borte():
    lest = les(filer.bildefil(300, 200) + b"<script>alert(1)</script>")

    assert not any(b"<script" in utgave for utgave in lest.utgaver.values())


def test_fargeprofilen_brukes_og_tas_bort():
    profil = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    lest = les(filer.bildefil(300, 200, "JPEG", icc_profile=profil))
    odelagt = les(filer.bildefil(300, 200, "JPEG", icc_profile=b"tull" * 100))

    assert "icc_profile" not in ut(lest, 300, "jpg").info
    assert odelagt.bredde == 300


@pytest.mark.parametrize(
    ("modus", "slag"),
    [("1", "PNG"), ("L", "JPEG"), ("LA", "PNG"), ("P", "GIF"), ("RGBA", "WEBP"), ("CMYK", "JPEG"), ("I;16", "PNG")],
)
def test_alle_slags_farger(modus, slag):
    lest = les(filer.bildefil(300, 200, slag, modus=modus, farge=0))

    assert ut(lest, 300, "jpg").mode == "RGB"


def test_gjennomsiktig_blir_hvitt_i_jpeg_og_forblir_gjennomsiktig_i_webp():
    lest = les(filer.bildefil(300, 200, "PNG", modus="RGBA", farge=(0, 0, 0, 0)))

    assert ut(lest, 300, "jpg").getpixel((9, 9)) == (255, 255, 255)
    assert ut(lest, 300, "webp").convert("RGBA").getpixel((9, 9))[3] == 0


def test_et_mobilbilde_med_dybde_ved_siden_av_er_ett_bilde():
    ut_ = io.BytesIO()
    dybde = Image.new("L", (100, 80))
    Image.new("RGB", (300, 200), "red").save(ut_, "MPO", save_all=True, append_images=[dybde])

    assert les(ut_.getvalue()).bredde == 300


def animert(slag):
    svar = io.BytesIO()
    rammer = [Image.new("RGB", (50, 50), farge) for farge in ("red", "blue")]
    rammer[0].save(svar, slag, save_all=True, append_images=rammer[1:])
    return svar.getvalue()


@pytest.mark.parametrize(
    ("innhold", "melding"),
    [
        (filer.png_som_paastaar(30_000, 30_000), "for stort"),
        (filer.png_som_paastaar(6_000, 5_000), "for stort"),
        (filer.png_som_paastaar(2**31 - 1, 2**31 - 1), "for stort"),
        (filer.png_som_paastaar(500, 500), "ødelagt"),
        (filer.bildefil(900, 900, "JPEG")[:3000], "ødelagt"),
        (filer.bildefil(900, 900, "JPEG") + b"\xff\xda" * 101, "ødelagt"),
        (animert("GIF"), "beveger seg"),
        (animert("WEBP"), "beveger seg"),
        (animert("PNG"), "beveger seg"),
        (filer.bildefil(300, 200, "BMP"), "ikke et bilde vi kan lese"),
        (filer.bildefil(300, 200, "TIFF"), "ikke et bilde vi kan lese"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "ikke et bilde vi kan lese"),
        (filer.pdf(), "ikke et bilde vi kan lese"),
        (b"", "ikke et bilde vi kan lese"),
    ],
)
def test_bomber_animasjoner_og_annet_enn_bilder(innhold, melding):
    with pytest.raises(Filfeil, match=melding):
        les(innhold)


def test_to_like_bilder_faar_samme_merke_og_et_annet_et_annet():
    assert les(filer.bildefil()).merke == les(filer.bildefil()).merke
    assert les(filer.bildefil()).merke != les(filer.bildefil(farge="red")).merke


@given(st.integers(0, 2000), st.binary(min_size=1, max_size=40))
@settings(max_examples=150, deadline=None)
def test_et_bilde_det_er_tuklet_med_gir_et_svar(sted, rot):
    innhold = bytearray(filer.bildefil(120, 80, "JPEG"))
    innhold[sted % len(innhold) : sted % len(innhold) + len(rot)] = rot

    with suppress(Filfeil):
        assert les(bytes(innhold)).utgaver
