"""Nonsense gets a message or 404, never 500: in every query string, every part of an address and every form.

What a page can be asked is read off the page itself (the names of its fields), so a new filter or form is included
when it is made. An exception in a view comes through the test client and fails the test with its own traceback. Forms
are sent in test_alle_adresser.py, where each page is fetched.
"""

import os
import re
from urllib.parse import quote_from_bytes

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.husregler.adresser import AAPNE, adresse_til

pytestmark = [pytest.mark.django_db, pytest.mark.hver_motor]
# What a database can stumble over is in SPESIELT, which both engines get all of; the second gets less of the rest.
ANDRE_MOTOR = "BARE_DATABASE" in os.environ
GRUNDIG = settings(
    max_examples=5 if ANDRE_MOTOR else 8,
    deadline=None,
    derandomize=True,  # the same nonsense every time: a red run can be run again
    suppress_health_check=list(HealthCheck),
)
SPESIELT = [
    b"",
    b"\x00",
    b"a\x00b",
    b"\xff\xfe",
    b"\xc3\x28",
    b"\xed\xa0\x80",  # half of a surrogate pair
    b"\r\nSet-Cookie: a=b",
    "\u202e\u200b\ufeff".encode(),
    "æøåÆØÅ č đ ŋ".encode(),
    "é".encode(),
    b"%",
    b"%00",
    b"%s%n{}${7*7}{{7*7}}",
    b"' OR 1=1 --",
    b'"*',
    b"a AND OR NOT ( * :",
    b"<script>alert(1)</script>",
    b"../../etc/passwd",
    b"0",
    b"-1",
    b"1.5",
    b"1e9",
    b"NaN",
    b"99999999999999999999999999",
    b"-9223372036854775809",
    "١٢".encode(),
    b"2026-02-30",
    b"0000-00-00",
    b"99999-01-01",
    b"true",
    b"null",
    b"siste",
    b"x" * 5_000,
    b"ord " * 1_000,
    "😀".encode() * 300,
]
tull = st.one_of(
    st.sampled_from(SPESIELT),
    st.text(max_size=40).map(lambda t: t.encode("utf-8", "surrogatepass")),
    st.binary(max_size=20),
    st.integers().map(lambda n: str(n).encode()),
)
SKJEMA = "application/x-www-form-urlencoded"
andre_navn = st.sampled_from(["side", "q", "sorter", "next", "x", "", "id", "_method", "side[]", "æ"])


def felt_i(html):
    """Names of the fields on a page."""
    return sorted(set(re.findall(r'<(?:input|select|textarea|button)\b[^>]*?\sname="([^"]+)"', html)))


def html(svar):
    """A page; a file has no fields."""
    er_fil = svar.streaming or "attachment" in svar.get("Content-Disposition", "")
    return "" if er_fil else svar.content.decode()


def sporring(par):
    return "&".join(f"{quote_from_bytes(navn.encode())}={quote_from_bytes(verdi)}" for navn, verdi in par)


def forsok(gjor):
    """One try, whose rows and rate limits are gone before the next."""
    with transaction.atomic():
        cache.clear()
        svar = gjor()
        assert svar.status_code < 500, html(svar)[:500]
        transaction.set_rollback(True)
    return svar


@pytest.mark.parametrize("navn", sorted(navn for navn, status in AAPNE.items() if status == 200))
def test_tull_i_spoerrestrengen(client, navn, verden):
    adresse = adresse_til(navn, verden)
    kjente = felt_i(html(client.get(adresse))) or ["x"]

    @GRUNDIG
    @given(st.lists(st.tuples(st.one_of(st.sampled_from(kjente), andre_navn), tull), max_size=4))
    def proev(par):
        forsok(lambda: client.get(f"{adresse}?{sporring(par)}"))

    proev()


@pytest.mark.parametrize("verdi", SPESIELT)
def test_alle_felt_faar_samme_underlige_verdi(client, verden, verdi):
    for navn in ("prosjekter:liste", "prosjekter:nye", "kommuner:liste", "account_login"):
        adresse = adresse_til(navn, verden)
        felt = [*felt_i(html(client.get(adresse))), "side"]
        forsok(lambda a=adresse, f=felt: client.get(f"{a}?{sporring([(navn, verdi) for navn in f])}"))
        forsok(lambda a=adresse: client.get(f"{a}?{sporring([('side', verdi)])}"))


@pytest.mark.parametrize(
    "adresse",
    [
        "/prosjekter/{}/",
        "/missions/{}/",
        "/missions/utfordringer/{}/",
        "/missions/hovedprosjekter/{}/",
        "/kommuner/{}/",
        "/partnere/{}/",
        "/organisasjoner/{}/",
        "/organisasjoner/invitasjon/{}/",
        "/abonnement/bekreft/{}/",
        "/abonnement/stopp/{}/",
        "/sitemap-{}.xml",
        "/{}",
        "/{}/",
    ],
)
def test_tull_i_adressen(client, verden, adresse):
    @GRUNDIG
    @given(tull)
    def proev(verdi):
        svar = forsok(lambda: client.get(adresse.format(quote_from_bytes(verdi, safe=""))))
        assert svar.status_code in (200, 301, 302, 400, 404), svar.status_code

    proev()


def send_tull(klient, adresse, svar, tur):
    """The next pieces of nonsense in all fields of the page that was answered. Used where each page is fetched anyway."""
    side = html(svar)
    if svar.status_code == 200 and 'method="post"' not in side:
        return  # takes no POST
    felt = [navn for navn in felt_i(side) if navn != "csrfmiddlewaretoken"] or ["x"]
    forsok(lambda: klient.post(adresse, sporring(zip(felt, tur, strict=False)), content_type=SKJEMA))


@pytest.mark.parametrize(
    ("kropp", "type_"),
    [
        (b"\xff\xfe\x00", SKJEMA),
        (b"a=1", f"{SKJEMA}; charset=tull"),
        (b"--x\r\n", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
        (b"[1,", "application/json"),
        (b"a=1&" * 2_000, SKJEMA),
        (b"a=" + b"x" * 2_000_000, SKJEMA),
    ],
)
def test_en_kropp_som_ikke_er_et_skjema(client, kropp, type_):
    svar = client.generic("POST", reverse("account_login"), kropp, content_type=type_)

    assert svar.status_code in (200, 400, 413)


@pytest.mark.parametrize(
    "hode", ["accept-language", "referer", "user-agent", "x-requested-with", "cookie", "if-none-match"]
)
def test_tull_i_hodene(client, verden, hode):
    for verdi in ("", "\xff\xfe", "x" * 5_000, "sessionid=\x7f; messages=tull", "nb;q=tull,,;", '"*'):
        for navn in ("forside", "prosjekter:liste"):
            forsok(lambda n=navn, v=verdi: client.get(adresse_til(n, verden), headers={hode: v}))
