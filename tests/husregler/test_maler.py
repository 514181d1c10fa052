"""Templates: used, strict, and put together as docs/arkitektur.md says."""

import re
from functools import cache
from pathlib import Path

import allauth
import django
import pytest
from django.conf import settings
from django.urls import get_resolver

MAPPE = settings.ROT / "templates"
ROM = ("partnerskap", "utboks", "kommuner", "missions", "prosjekter", "abonnement")
KOMMENTAR = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}", re.DOTALL)
ALLE = sorted(str(fil.relative_to(MAPPE)) for fil in MAPPE.rglob("*") if fil.is_file())
HTML = [mal for mal in ALLE if mal.endswith(".html")]


@cache
def raatekst(mal):
    return (MAPPE / mal).read_text()


@cache
def tekst(mal):
    """The template without its comments."""
    return KOMMENTAR.sub("", raatekst(mal))


@cache
def nevnt_i_kode():
    filer = [fil for rom in ROM for fil in (settings.ROT / rom).rglob("*.py")]
    return "\n".join(fil.read_text() for fil in filer)


def rammeverket_leter_etter(mal):
    """Django, allauth and the admin look for some names themselves; ours take the place of theirs."""
    pakker = [Path(django.__file__).parent, Path(allauth.__file__).parent]
    steder = [
        *(pakker[0].glob("contrib/*/templates")),
        pakker[0] / "forms" / "templates",
        *pakker[1].rglob("templates"),
    ]
    return mal in ("400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html") or any(
        (sted / mal).exists() for sted in steder
    )


@pytest.mark.parametrize("mal", ALLE)
def test_malen_brukes(mal):
    i_en_mal = any(f'"{mal}"' in tekst(annen) or f"'{mal}'" in tekst(annen) for annen in ALLE if annen != mal)

    assert i_en_mal or f'"{mal}"' in nevnt_i_kode() or rammeverket_leter_etter(mal)


@pytest.mark.parametrize("mal", HTML)
def test_ingen_kode_eller_stil_i_malen(mal):
    """The Content-Security-Policy would block it, and the reader would see a page that half works."""
    innhold = tekst(mal)

    assert not re.search(r"<[^>]*\s(style|on[a-z]+)\s*=", innhold)
    assert "<style" not in innhold
    assert "javascript:" not in innhold
    for attributter, kropp in re.findall(r"<script([^>]*)>(.*?)</script>", innhold, re.DOTALL):
        er_data = 'type="application/' in attributter  # JSON for machines and scripts: never run
        assert er_data or ("src=" in attributter and not kropp.strip())


@pytest.mark.parametrize("mal", HTML)
def test_ingenting_hentes_fra_andre(mal):
    assert not re.search(r"<(script|img|iframe|source|video|audio)[^>]*\ssrc=[\"']?(https?:)?//", tekst(mal))
    assert not re.search(r"<link[^>]*rel=[\"'](stylesheet|preload|icon)[\"'][^>]*href=[\"'](https?:)?//", tekst(mal))


@pytest.mark.parametrize("mal", HTML)
def test_skjema_som_endrer_noe_har_csrf_token(mal):
    for skjema in re.findall(r"<form\b[^>]*method=[\"']post[\"'].*?</form>", tekst(mal), re.DOTALL | re.IGNORECASE):
        assert "{% csrf_token %}" in skjema


@pytest.mark.parametrize("mal", [mal for mal in HTML if mal.startswith("komponenter/")])
def test_en_komponent_begynner_med_aa_si_hva_den_tar(mal):
    assert re.match(r"\s*({% load [^%]*%}\s*)*({#|{% comment)", raatekst(mal))


@pytest.mark.parametrize("mal", HTML)
def test_komponenter_og_biter_faar_bare_det_de_ber_om(mal):
    """`only`: so that what a piece needs can be read where it is used. A frame's own parts may know what it knows."""
    if mal in ("base.html", "django/forms/field.html"):
        return
    for merke, hva in re.findall(r"({% include [\"']([^\"']+)[\"'][^%]*%})", tekst(mal)):
        if hva.startswith("komponenter/") or Path(hva).name.startswith("_"):
            assert re.search(r"\bonly\s*%}$", merke), merke


@cache
def adressenavn(resolver=None, prefiks=""):
    resolver = resolver or get_resolver()
    navn = {f"{prefiks}{n}" for n in resolver.reverse_dict if isinstance(n, str)}
    for rom, (_vei, under) in resolver.namespace_dict.items():
        navn |= adressenavn(under, f"{prefiks}{rom}:")
    return navn


@pytest.mark.parametrize("mal", ALLE)
def test_hver_adresse_i_malen_finnes(mal):
    brukt = set(re.findall(r"{% url [\"']([^\"']+)[\"']", tekst(mal)))

    assert brukt - adressenavn() == set()


@pytest.mark.parametrize("mal", HTML)
def test_et_bilde_har_alternativ_tekst_og_stoerrelse(mal):
    for bilde in re.findall(r"<img\b[^>]*>", tekst(mal)):
        assert all(f" {attributt}=" in bilde for attributt in ("alt", "width", "height")), bilde
