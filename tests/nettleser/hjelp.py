"""What we ask of a page in a browser."""

import time
from urllib.parse import urlsplit

MOBIL, DESKTOP, LITEN = ({"width": b, "height": h} for b, h in ((390, 844), (1280, 900), (320, 640)))
# What a phone or a dark screen can change on a page whose structure has been looked at already.
SYNLIG_FORSKJELL = ["color-contrast", "target-size", "link-in-text-block", "scrollable-region-focusable"]
AXE_REGLER = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def vent_til(page, uttrykk, sekunder=10):
    """Until it is true in the page. `wait_for_function` asks by eval there, which our CSP forbids from the second time on."""
    frist = time.monotonic() + sekunder
    while not page.evaluate(uttrykk):
        assert time.monotonic() < frist, f"never true: {uttrykk}"
        page.wait_for_timeout(50)


class Nettside:
    """A playwright page that remembers what went wrong while it was shown."""

    def __init__(self, page, nettsted, *, axe):
        self.page, self.nettsted, self._axe = page, nettsted, axe
        self.feil, self.hos_andre, self.svar = [], [], None
        page.on("console", self._noter_fra_konsollen)
        page.on("pageerror", lambda feil: self.feil.append(str(feil)))
        page.on("requestfailed", lambda r: self.feil.append(f"{r.failure}: {r.url}"))
        page.on("request", self._noter_hvem_det_spoerres_hos)

    def gaa_til(self, sti):
        self.svar = self.page.goto(sti, wait_until="load")
        return self

    def _noter_fra_konsollen(self, melding):
        # Said of a typeface too when the machine was busy for some seconds; that they are used has a test of its own.
        if melding.type in ("error", "warning") and "was preloaded using link preload but not used" not in melding.text:
            self.feil.append(melding.text)

    def _noter_hvem_det_spoerres_hos(self, request):
        adresse = urlsplit(request.url)
        if adresse.scheme in ("http", "https") and adresse.netloc != urlsplit(self.nettsted).netloc:
            self.hos_andre.append(request.url)

    def vis_som(self, *, vindu, moerk):
        """The same page, as it would look on another screen, without fetching it again."""
        self.page.emulate_media(color_scheme="dark" if moerk else "light")
        self.page.set_viewport_size(vindu)

    def brudd(self, regler=None):
        """What axe finds wrong, one line each, with where; all rules, or only those that are named."""
        if not self.page.evaluate("!!window.axe"):
            self.page.evaluate(self._axe)
        utvalg = {"type": "rule", "values": regler} if regler else {"type": "tag", "values": AXE_REGLER}
        funn = self.page.evaluate(
            "utvalg => axe.run({runOnly: utvalg, resultTypes: ['violations'], preload: false}).then(svar => svar.violations)",
            utvalg,
        )
        return [f"{brudd['id']}: {node['target']} {node['html'][:120]}" for brudd in funn for node in brudd["nodes"]]

    def for_bred(self):
        """How many pixels the page must be scrolled sideways."""
        return self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    def har_fokus(self):
        """The text of what has focus, as a person with a keyboard would name it."""
        return self.page.evaluate(
            "(e => (e.getAttribute('aria-label') || e.innerText || e.name || e.tagName).trim())(document.activeElement)"
        )
