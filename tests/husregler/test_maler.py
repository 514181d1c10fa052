"""Templates: used, strict, and put together as docs/arkitektur.md says."""

import re
from functools import cache
from pathlib import Path

import allauth
import django
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


def funnet(monster, flagg=0):
    """(template, what was found), in all of them: one test for each rule, and not one for each rule and template."""
    return [(mal, treff) for mal in HTML for treff in re.findall(monster, tekst(mal), flagg)]


def test_malene_brukes():
    nevnt = {navn for mal in ALLE for navn in re.findall(r"[\"']([\w./-]+)[\"']", tekst(mal)) if navn != mal}

    ubrukt = [m for m in ALLE if m not in nevnt and f'"{m}"' not in nevnt_i_kode() and not rammeverket_leter_etter(m)]
    assert ubrukt == []


def test_ingen_kode_eller_stil_i_malene():
    """The Content-Security-Policy would block it, and the reader would see a page that half works."""
    assert funnet(r"<[^>]*\s(style|on[a-z]+)\s*=") == []
    assert funnet(r"<style|javascript:") == []
    skript = funnet(r"<script([^>]*)>(.*?)</script>", re.DOTALL)
    kjores = [s for s in skript if 'type="application/' not in s[1][0]]  # JSON for machines and scripts is never run
    assert [s for s in kjores if "src=" not in s[1][0] or s[1][1].strip()] == []
    assert len(kjores) > 0


def test_ingenting_hentes_fra_andre():
    assert funnet(r"<(?:script|img|iframe|source|video|audio)[^>]*\ssrc=[\"']?(?:https?:)?//") == []
    assert funnet(r"<link[^>]*rel=[\"'](?:stylesheet|preload|icon)[\"'][^>]*href=[\"'](?:https?:)?//") == []


def test_skjema_som_endrer_noe_har_csrf_token():
    skjemaer = funnet(r"<form\b[^>]*method=[\"']post[\"'].*?</form>", re.DOTALL | re.IGNORECASE)

    assert [mal for mal, skjema in skjemaer if "{% csrf_token %}" not in skjema] == []
    assert len(skjemaer) > 10


def test_en_komponent_begynner_med_aa_si_hva_den_tar():
    komponenter = [mal for mal in HTML if mal.startswith("komponenter/")]
    begynnelse = re.compile(r"\s*({% load [^%]*%}\s*)*({#|{% comment)")

    assert [mal for mal in komponenter if not begynnelse.match(raatekst(mal))] == []


def test_komponenter_og_biter_faar_bare_det_de_ber_om():
    """`only`: so that what a piece needs can be read where it is used. A frame's own parts may know what it knows."""
    biter = [
        (mal, merke)
        for mal, (merke, hva) in funnet(r"({% include [\"']([^\"']+)[\"'][^%]*%})")
        if hva.startswith("komponenter/") or Path(hva).name.startswith("_")
    ]

    uten = [b for b in biter if not re.search(r"\bonly\s*%}$", b[1])]
    assert [b for b in uten if b[0] not in ("base.html", "django/forms/field.html")] == []
    assert len(biter) > 50


@cache
def adressenavn(resolver=None, prefiks=""):
    resolver = resolver or get_resolver()
    navn = {f"{prefiks}{n}" for n in resolver.reverse_dict if isinstance(n, str)}
    for rom, (_vei, under) in resolver.namespace_dict.items():
        navn |= adressenavn(under, f"{prefiks}{rom}:")
    return navn


def test_hver_adresse_i_malene_finnes():
    brukt = [(mal, navn) for mal in ALLE for navn in re.findall(r"{% url [\"']([^\"']+)[\"']", tekst(mal))]

    assert [b for b in brukt if b[1] not in adressenavn()] == []


def test_et_bilde_har_alternativ_tekst_og_stoerrelse():
    assert [b for b in funnet(r"<img\b[^>]*>") if not all(f" {a}=" in b[1] for a in ("alt", "width", "height"))] == []
