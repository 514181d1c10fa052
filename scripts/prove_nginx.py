"""Try docs/nginx.conf: the very file, in front of gunicorn under production settings and PostgreSQL.

Shows that an anonymous page is kept and revalidated, that what is changed is seen within the stated time, that nothing a
signed-in person reads is kept, that the cache lives on when the portal is down, and that compression, headers and health
are as they should be. TLS is with a certificate made for the occasion. Needs nginx and openssl (`apt-get install nginx
openssl`); everything listens on 127.0.0.1 and is gone afterwards.
"""

import contextlib
import http.client
import re
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import private_postgres
from prove_production import ROOT, Runner, expect, free_port, production_environment, wait_until_ready

HOST = "portal.example"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
OPENSSL = shutil.which("openssl")
PYTHON = Path(sys.executable)
CHANGE = """
from prosjekter.handlinger import prosjekt as handlinger
from prosjekter.models import Prosjekt
p = Prosjekt.objects.apne().order_by("-publisert_tid", "-pk")[0]
av = p.eier.medlemskap.aktive().exclude(rolle="folgeforsker")[0].bruker
handlinger.lagre_seksjon(p, verdier={"ingress": "Endret bak cachen"}, versjon=p.versjon, av=av)
"""
FIND = """
from django.test import Client
from prosjekter.models import Prosjekt
p = next(p for p in Prosjekt.objects.apne() if p.eier.medlemskap.aktive().exclude(rolle="folgeforsker").exists())
Prosjekt.objects.filter(pk=p.pk).update(publisert_tid="2099-01-01T00:00Z")
klient = Client()
klient.force_login(p.eier.medlemskap.aktive().exclude(rolle="folgeforsker")[0].bruker)
print(p.get_absolute_url(), next(m.value for n, m in klient.cookies.items() if n.endswith("sessionid")))
"""


def main():
    if not (NGINX and OPENSSL):
        sys.exit("nginx or openssl was not found. On Debian and Ubuntu: apt-get install nginx openssl")
    with tempfile.TemporaryDirectory(prefix="partnerskap-nginx-") as folder, private_postgres.cluster() as database:
        folder = Path(folder)
        folder.chmod(0o755)  # nginx' own user reads below it
        port, front, plain = free_port(), free_port(), free_port()
        certificate, key = make_certificate(folder)
        environment = production_environment(folder, PYTHON, database, port)
        run = Runner(ROOT, environment)
        run.build([PYTHON, "manage.py", "collectstatic", "--noinput", "-v0"])
        run(["sh", "scripts/klargjor.sh"], PYTHON=str(PYTHON))
        run([PYTHON, "manage.py", "last_eksempler", "--tving", "-v0"])
        page, session = run.output([PYTHON, "manage.py", "shell", "-v0", "-c", FIND]).split()[-2:]
        with nginx(folder, port, front, plain, certificate, key):
            with run.started([PYTHON.parent / "gunicorn"]):
                wait_until_ready(run, PYTHON)
                ask = Visitor(front, certificate)
                without_tls_is_sent_on(plain, page)
                anonymous_pages_are_kept(ask, page)
                changes_are_seen(ask, page, lambda: run([PYTHON, "manage.py", "shell", "-v0", "-c", CHANGE]))
                signed_in_pages_are_not(ask, page, session)
                compression_headers_and_health(ask, page)
            outage(ask, page)
    print("\ndocs/nginx.conf works.")


def make_certificate(folder):
    """Files with a certificate for HOST, signed by itself, and its key."""
    certificate, key = folder / "fullchain.pem", folder / "privkey.pem"
    names = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    command = [OPENSSL, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names, "-keyout", key]
    subprocess.run([*command, "-out", certificate], check=True, stderr=subprocess.DEVNULL)
    return certificate, key


@contextlib.contextmanager
def nginx(folder, port, front, plain, certificate, key):
    """The documented file, with our own ports, folders and certificate."""
    conf = (ROOT / "docs" / "nginx.conf").read_text()
    for wanted, put in (
        (r"server 127\.0\.0\.1:8000", f"server 127.0.0.1:{port}"),
        (r"/var/cache/nginx/portal", f"{folder}/cache"),
        (r"/var/log/nginx/portal\.log", f"{folder}/portal.log"),
        (r"listen 80;", f"listen 127.0.0.1:{plain};"),
        (r"listen 443 ssl", f"listen 127.0.0.1:{front} ssl"),
        (r"\n\s+listen \[::\]:\d+.*?;", ""),
        (r"/etc/letsencrypt/\S+/fullchain\.pem", str(certificate)),
        (r"/etc/letsencrypt/\S+/privkey\.pem", str(key)),
        (r"portal\.example\.no", HOST),
    ):
        conf, found = re.subn(wanted, put, conf)
        assert found, wanted
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind}; " for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log; daemon off;\n"
        f"events {{}}\nhttp {{ {temporary}\n{conf}\n}}\n"
    )
    command = [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf")]
    subprocess.run([*command, "-t", "-q"], check=True)
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)


class Visitor:
    """Asks as a browser does, over TLS when given whose certificate to trust, and keeps what came."""

    def __init__(self, port, certificate=None):
        self.port = port
        self.tls = certificate and ssl.create_default_context(cafile=certificate)
        if self.tls:
            self.tls.check_hostname = False  # it is for HOST, which this machine does not know the address of

    def __call__(self, path, method="GET", **headers):
        for _ in range(50):
            with contextlib.suppress(ConnectionRefusedError):
                return self._once(path, method, headers)
            time.sleep(0.1)
        sys.exit("nginx does not answer")

    def _once(self, path, method, headers):
        connection = self._connection()
        connection.request(method, path, headers={"Host": HOST, **{k.replace("_", "-"): v for k, v in headers.items()}})
        answer = connection.getresponse()
        answer.body = answer.read()
        connection.close()
        return answer

    def _connection(self):
        if self.tls:
            return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=60, context=self.tls)
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)


def without_tls_is_sent_on(port, page):
    answer = Visitor(port)(f"{page}?a=1")
    sent_to = answer.headers["Location"]
    expect(
        answer.status == 301 and sent_to == f"https://{HOST}{page}?a=1", "whoever comes without TLS is sent on to it"
    )


def anonymous_pages_are_kept(ask, page):
    first, second = ask(page), ask(page)
    expect(
        first.status == 200 and first.headers["X-Cache"] == "MISS", "the first visitor is answered by the portal (MISS)"
    )
    expect(second.headers["X-Cache"] == "HIT" and second.body == first.body, "the second by the cache (HIT)")
    expect("Set-Cookie" not in second.headers, "and no cookie is handed from one to the other")
    tag = second.headers["ETag"]
    expect(ask(page, If_None_Match=tag).status == 304, "a browser that has the page gets 304 from the cache")
    expect(ask("/prosjekter/?fase=pilot").headers["X-Cache"] == "MISS", "another address is another page")


def seconds(answer):
    return int(re.search(r"s-maxage=(\d+)", answer.headers["Cache-Control"])[1])


def changes_are_seen(ask, page, change):
    fresh = ask(page)
    limit = seconds(fresh)
    time.sleep(limit + 1)
    expect(
        ask(page).headers["X-Cache"] == "REVALIDATED",
        f"after {limit} s the portal is asked, and says 304 (REVALIDATED)",
    )
    expect(ask(page).headers["X-Cache"] == "HIT", "and the page is served from the cache again")
    change()
    changed = time.monotonic()
    while "Endret bak cachen" not in ask(page).body.decode():
        expect(time.monotonic() - changed < limit + 5, "waiting for the change", quiet=True)
        time.sleep(0.5)
    expect(True, f"a change was seen after {time.monotonic() - changed:.0f} s; the limit is {limit}")


def signed_in_pages_are_not(ask, page, session):
    cookie = f"__Host-sessionid={session}"
    for address in (page, "/min-side/", "/"):
        for _ in range(2):
            mine = ask(address, Cookie=cookie)
            expect(mine.status in (200, 301), f"a signed-in person gets {address}", quiet=True)
            expect(mine.headers["X-Cache"] == "BYPASS", f"signed in: {address} comes from the portal", quiet=True)
            expect("private" in mine.headers["Cache-Control"], "and is private", quiet=True)
    expect(b"Logg ut" in mine.body, "signed in: every page comes from the portal itself, and is private (BYPASS)")
    anonymous = ask("/")
    expect(
        b"Logg ut" not in anonymous.body and b"Logg inn" in anonymous.body,
        "a stranger after her gets the stranger's page",
    )
    odd = ask("/min-side/")
    expect(
        odd.status == 302 and odd.headers["X-Cache"] == "MISS", "a page that asks for sign-in is not kept", quiet=True
    )
    expect(ask("/min-side/").headers["X-Cache"] == "MISS", "what asks for sign-in is not kept")
    login = ask("/konto/logg-inn/"), ask("/konto/logg-inn/")
    tokens = {re.search(rb'csrfmiddlewaretoken" value="(\w+)"', a.body)[1] for a in login}
    expect(len(tokens) == 2 and login[1].headers["X-Cache"] == "MISS", "a page with a form token is not kept")


def compression_headers_and_health(ask, page):
    plain, packed = ask(page), ask(page, Accept_Encoding="gzip")
    expect(
        packed.headers["Content-Encoding"] == "gzip",
        f"HTML is compressed: {len(plain.body)} to {len(packed.body)} bytes",
    )
    expect(len(packed.body) < len(plain.body) / 2, "to less than half", quiet=True)
    css = re.search(r'href="(/static/[^"]+\.css)"', plain.body.decode())[1]
    packed = ask(css, Accept_Encoding="br")
    expect(
        packed.headers["Content-Encoding"] == "br" and "immutable" in packed.headers["Cache-Control"],
        "style sheets come as brotli",
    )
    expect(ask(css).headers["Content-Encoding"] is None, "and plain for those who cannot read it")
    lies = ask("/", X_Forwarded_Proto="http", X_Forwarded_For="1.2.3.4", Forwarded="for=1.2.3.4;proto=http")
    expect(lies.status == 200, "what a visitor says about proxies is overwritten")
    expect(
        ask("/helse/klar/").status == 200 and "X-Cache" not in ask("/helse/klar/").headers, "health is asked, not kept"
    )
    expect(ask("/", method="HEAD").body == b"", "HEAD has no body")


def outage(ask, page):
    """Gunicorn has stopped."""
    time.sleep(1)
    kept = ask(page)
    expect(
        kept.status == 200 and kept.headers["X-Cache"] in ("HIT", "STALE"), "the portal is down: public pages live on"
    )
    expect(ask("/prosjekter/?q=aldri-spurt-om").status == 502, "what nobody has asked for before is 502")


if __name__ == "__main__":
    main()
