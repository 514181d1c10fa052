"""A scanner of our own that speaks clamd's protocol: it knows one virus, can be slow, silent or gone."""

import io
import socketserver
import struct
import threading

import pytest
from django.core.exceptions import ImproperlyConfigured

from partnerskap.felles import virus

# The test file every scanner knows, put together here so that no scanner stops this one.
EICAR = ("X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!" + "$H+H*").encode()


class Clamd(socketserver.BaseRequestHandler):
    svar = None

    def handle(self):
        assert self._les(10) == b"zINSTREAM\0"
        innhold = b""
        while lengde := struct.unpack(">I", self._les(4))[0]:
            innhold += self._les(lengde)
        self.server.mottatt = innhold
        if self.server.svar is not None:
            self.request.sendall(self.server.svar)
        elif EICAR in innhold:
            self.request.sendall(b"stream: Eicar-Test-Signature FOUND\0")
        else:
            self.request.sendall(b"stream: OK\0")

    def _les(self, antall):
        svar = b""
        while len(svar) < antall:
            svar += self.request.recv(antall - len(svar))
        return svar


@pytest.fixture
def clamd(settings):
    """A running scanner; `clamd.svar` makes it answer something else."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as tjener:
        tjener.daemon_threads, tjener.svar = True, None
        settings.VIRUSSKANNER = f"clamd://127.0.0.1:{tjener.server_address[1]}"
        threading.Thread(target=tjener.serve_forever, args=[0.01], daemon=True).start()
        yield tjener
        tjener.shutdown()


def test_en_ren_fil_er_ren_og_hele_filen_leses(clamd):
    innhold = b"x" * (virus.BIT * 2 + 7)

    assert virus.skann(io.BytesIO(innhold)) == ""
    assert clamd.mottatt == innhold


def test_et_virus_har_et_navn(clamd):
    assert virus.skann(io.BytesIO(b"foran " + EICAR)) == "Eicar-Test-Signature"


def test_paa_en_sokkel_i_filsystemet(settings, tmp_path):
    sti = str(tmp_path / "c.sock")
    with socketserver.ThreadingUnixStreamServer(sti, Clamd) as tjener:
        tjener.daemon_threads, tjener.svar = True, None
        settings.VIRUSSKANNER = f"clamd://{sti}"
        threading.Thread(target=tjener.serve_forever, args=[0.01], daemon=True).start()

        assert virus.skann(io.BytesIO(EICAR)) == "Eicar-Test-Signature"
        tjener.shutdown()


@pytest.mark.parametrize(
    "svar", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"tull\0", b"stream: \xff\xfe\0", b"stream: NOT OK\0"]
)
def test_noe_annet_enn_et_ja_er_ikke_et_ja(clamd, svar):
    clamd.svar = svar

    with pytest.raises(virus.SkannerNede):
        virus.skann(io.BytesIO(b"hei"))


@pytest.mark.parametrize("adresse", ["clamd://127.0.0.1:1", "clamd:///finnes/ikke.ctl"])
def test_en_skanner_som_er_nede(settings, adresse):
    settings.VIRUSSKANNER = adresse

    with pytest.raises(virus.SkannerNede):
        virus.skann(io.BytesIO(b"hei"))


def test_en_skanner_som_ikke_svarer_venter_vi_ikke_paa(clamd, monkeypatch):
    monkeypatch.setattr(virus, "TIDSGRENSE", 0.2)
    monkeypatch.setattr(Clamd, "handle", lambda self: threading.Event().wait(1))

    with pytest.raises(virus.SkannerNede):
        virus.skann(io.BytesIO(b"hei"))


def test_en_adresse_vi_ikke_forstaar_sies_fra_om(settings):
    settings.VIRUSSKANNER = "http://skanner.example"

    with pytest.raises(ImproperlyConfigured, match="clamd://"):
        virus.skann(io.BytesIO(b"hei"))
