"""Markdown to safe HTML, behind two independent barriers: no raw HTML in, and a sanitiser on what comes out."""

from functools import lru_cache

import nh3
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

TILLATT = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote", "h3", "h4", "h5", "code", "pre", "hr"}
_md = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(["image", "html_block", "html_inline"])


@lru_cache(maxsize=2_000)
def til_html(tekst, nivaa=3):
    """Render Markdown, once for the same text. The highest heading used becomes `nivaa`, so that they fit under the page's own without gaps."""
    tegn = _md.parse(tekst or "")
    overskrifter = [t for t in tegn if t.type in ("heading_open", "heading_close")]
    brukte = sorted({t.tag for t in overskrifter})
    for t in overskrifter:
        t.tag = f"h{min(nivaa + brukte.index(t.tag), 5)}"
    html = _md.renderer.render(tegn, _md.options, {})
    return mark_safe(  # noqa: S308 - sanitised on this very line
        nh3.clean(
            html,
            tags=TILLATT,
            attributes={"a": {"href"}, "ol": {"start"}},
            url_schemes={"http", "https", "mailto"},
            link_rel="nofollow noopener ugc",
        )
    )
