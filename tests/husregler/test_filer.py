"""What is in the repository: nothing of the machine it was written on."""

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

# Put together here, so that this file passes its own test.
FORBUDT = re.compile(
    "|".join(
        (
            "pypi" + r"\.org",
            "python" + r"hosted\.org",
            "registry" + r"\.npmjs",
            "--(extra-)?index" + r"-url",
            r"https?://[^\s\"')]+(/simple/|\.whl)",
            "/ro" + r"ot/",
            "/ho" + r"me/[a-z]",
            "/Us" + r"ers/[a-z]",
            "/wo" + r"rk/",
        )
    )
)
HOSTS_I_LAASEN = re.compile(r"https?://")


def sporede_filer():
    """The files git knows; in an unpacked archive, what is there."""
    svar = subprocess.run(["git", "ls-files", "-z"], cwd=settings.ROT, capture_output=True, text=True)
    if svar.returncode == 0 and svar.stdout:
        return [settings.ROT / navn for navn in svar.stdout.split("\0") if navn]
    utenom = {".venv", ".git", "var"}
    return [f for f in settings.ROT.rglob("*") if f.is_file() and not utenom & set(f.relative_to(settings.ROT).parts)]


def tekstfiler():
    for fil in sporede_filer():
        try:
            yield fil, fil.read_text()
        except (UnicodeDecodeError, FileNotFoundError):
            continue  # a picture or a font, or deleted and not yet committed


def test_ingen_fil_nevner_et_pakkelager_eller_en_sti_paa_denne_maskinen():
    treff = [f"{fil.name}: {m.group()}" for fil, tekst in tekstfiler() for m in FORBUDT.finditer(tekst)]

    assert treff == []


@pytest.mark.parametrize("navn", ["drift", "utvikling", "postgres"])
def test_laasfilen_har_summer_og_ingen_adresser(navn):
    tekst = (settings.ROT / "krav" / f"{navn}.txt").read_text()
    pakker = re.findall(r"^[a-z0-9][\w.\-]*==", tekst, re.MULTILINE)

    assert pakker
    assert not HOSTS_I_LAASEN.search(tekst)
    for krav in re.split(r"\n(?=[a-z0-9])", tekst)[1:]:
        assert "--hash=sha256:" in krav, krav


def test_laasfilene_er_enige():
    """Tests run on exactly what production runs on."""
    drift, utvikling = (
        dict(re.findall(r"^([a-z0-9][\w.\-]*)==([^ ;]+)", (settings.ROT / "krav" / f"{n}.txt").read_text(), re.M))
        for n in ("drift", "utvikling")
    )

    assert drift.items() <= utvikling.items()


def test_hver_avhengighet_sier_hvorfor():
    linjer = (settings.ROT / "pyproject.toml").read_text().splitlines()
    krav = [linje for linje in linjer if re.match(r'\s+"[a-z][\w\-]*(\[[\w,]+\])?[<>=]', linje)]

    assert len(krav) >= 15
    assert [linje for linje in krav if "#" not in linje] == []


def test_ingen_hemmelighet_er_lagret():
    navn = {Path(fil).name for fil in sporede_filer()}

    assert not navn & {".env", "db.sqlite3", "portal.sqlite3"}


def test_hvert_rom_staar_i_importkontrakten():
    import tomllib

    kontrakt = tomllib.loads((settings.ROT / "pyproject.toml").read_text())["tool"]["importlinter"]
    rom = {app.partition(".")[0] for app in settings.INSTALLED_APPS if (settings.ROT / app.partition(".")[0]).is_dir()}

    assert rom <= set(kontrakt["root_packages"])
    assert rom - {"partnerskap"} <= set(kontrakt["contracts"][0]["layers"])
