"""What we ask of a page in a browser."""

from urllib.parse import urlsplit

AXE_REGLER = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Nettside:
    """A playwright page that remembers what went wrong while it was shown."""

    def __init__(self, page, nettsted, *, axe):
        self.page, self.nettsted, self._axe = page, nettsted, axe
        self.feil, self.hos_andre, self.svar = [], [], None
        page.on("console", lambda m: self.feil.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda feil: self.feil.append(str(feil)))
        page.on("requestfailed", lambda r: self.feil.append(f"{r.failure}: {r.url}"))
        page.on("request", self._noter_hvem_det_spoerres_hos)

    def gaa_til(self, sti):
        self.svar = self.page.goto(sti, wait_until="load")
        return self

    def _noter_hvem_det_spoerres_hos(self, request):
        adresse = urlsplit(request.url)
        if adresse.scheme in ("http", "https") and adresse.netloc != urlsplit(self.nettsted).netloc:
            self.hos_andre.append(request.url)

    def brudd(self):
        """What axe finds wrong, one line each, with where."""
        self.page.evaluate(self._axe)
        funn = self.page.evaluate(
            "regler => axe.run({runOnly: {type: 'tag', values: regler}, resultTypes: ['violations']}).then(svar => svar.violations)",
            AXE_REGLER,
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
